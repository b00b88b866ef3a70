"""The form of a job café: who comes, what lies on the tables, and the hours.

It is sent as a form and never stands in an address. What people were told already is kept with the café.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Annotated, Any, Self, TypeVar

from fastapi import Depends, Request

from api.casework.cafes import Cafe, Room, Wanted
from api.domain.cafes import Afternoon, KeptCafe
from api.domain.plausible_days import require_not_far_off
from api.exchange import amounts, values
from api.exchange.days import day_ahead
from api.exchange.values import Given
from api.routes.problem import Several
from geo import Refused
from geo.errors import N_
from matching.times import DENMARK_TIME, Slot, Weekday

Found = TypeVar("Found")
START, MINUTES, TALK = "13.00", "90", "15"
"""When a café begins, how long it lasts and a talk takes, until somebody says otherwise."""

MOST = {"minutes": 480, "talk": 120, "tables": 60}
"""The largest number that each field takes."""

MOST_PEOPLE, MOST_TASKS, MOST_TALKS = 40, 30, 48
"""How many people and tasks a café takes, and how many talks one after another.

A judgement of November 2026: more than one host can look after and more than a sheet of paper shows, four
times what the largest café of the examples has; 48 talks are eight hours of ten minutes each.
"""

MOST_PLACE = 80
"""Letters of where a café is held: what stands on one line of a sheet."""

MOST_LINES = 500
"""Values of a kind that a form has at most: more than can be ticked on its page."""


@dataclass(frozen=True, slots=True)
class CafeForm:
    """What was filled in, as texts.

    `shown_centre` is the centre whose people are on the page that was sent, None for a page without them.
    `place` is where the café is held, in words. `find` are words that people, tasks or centres are looked for
    by, and `found` those that the page that was sent was looked through by.
    `seen` is the version of a café that is kept, and `show` is sent by the button that plans nothing.
    """

    day: str = ""
    centre: str = ""
    start: str = START
    minutes: str = MINUTES
    talk: str = TALK
    tables: str = ""
    place: str = ""
    citizens: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    shown_centre: str | None = None
    seen: str = ""
    show: str = ""
    find: str = ""
    found: str = ""

    @classmethod
    def of(cls, kept: KeptCafe) -> Self:
        """The form of a café that is kept, with who comes and has not left."""
        now = kept.now
        return cls(
            day=f"{now.day:%d-%m-%Y}",
            centre=now.centre_id,
            start=now.start,
            minutes=str(now.minutes),
            talk=str(now.talk),
            tables=str(now.tables),
            place=now.place,
            citizens=tuple(id_ for id_, told in kept.guests.items() if not told.left),
            orders=now.order_ids,
            seen=str(kept.version),
        )

    @property
    def starts_elsewhere(self) -> bool:
        """Whether another centre was chosen than that of the people shown."""
        return self.shown_centre not in (None, self.centre)

    @property
    def looks(self) -> bool:
        """Whether the form is asked for again: by its button, or by Enter after other words to look for."""
        return bool(self.show) or self.find != self.found

    @property
    def version(self) -> int:
        """The version of the café that was seen; 0, which none has, for what is no number."""
        return int(self.seen) if self.seen.isdecimal() and len(self.seen) < 9 else 0

    def after(self, leaves: str = "", comes: str = "") -> Self:
        """The same when somebody has left, or is here after all."""
        here = tuple(one for one in dict.fromkeys((*self.citizens, comes)) if one and one != leaves)
        return replace(self, citizens=here)

    def suggested(self, room: Room) -> Self:
        """The same with who of the room can come, the tasks to begin with and the centre as the place."""
        can_come = [one.id for one in room.people if one.id not in room.elsewhen]
        held_at = next((one.name for one in room.centres if one.id == self.centre), "")
        employers = {offer.employer.id for offer in room.offers if offer.order.id in room.suggested}
        return replace(
            self,
            citizens=tuple(can_come[:MOST_PEOPLE]),
            place=held_at[:MOST_PLACE],
            orders=tuple(offer.order.id for offer in room.offers if offer.order.id in room.suggested),
            tables=str(max(len(employers), 1)),
        )

    def wanted(self, hours: "Hours") -> Wanted:
        """What is to be planned."""
        return Wanted(
            day=hours.day,
            citizen_ids=self.citizens,
            order_ids=self.orders,
            slots=hours.slots,
            tables=hours.tables,
        )

    def afternoon(self, hours: "Hours", cafe: Cafe) -> Afternoon:
        """What is kept of a plan beside its guests."""
        return Afternoon(
            day=hours.day,
            centre_id=self.centre,
            start=f"{hours.start:%H.%M}",
            minutes=hours.lasts,
            talk=hours.minutes,
            tables=hours.tables,
            order_ids=tuple(cafe.orders),
            seats=cafe.seats,
            place=self.place[:MOST_PLACE],
            list_id=cafe.list_id,
            policy=cafe.policy,
        )


@dataclass(frozen=True, slots=True)
class Hours:
    """The time of a café, which `lasts` some minutes: `slots` talks of `minutes` each, from `start` on."""

    day: date
    start: time
    minutes: int
    slots: int
    tables: int
    lasts: int = 0

    @classmethod
    def of(cls, kept: KeptCafe) -> Self:
        """The hours of a café that is kept."""
        now = kept.now
        hour, minute = map(int, now.start.split("."))
        start = time(hour, minute)
        return cls(now.day, start, now.talk, now.minutes // now.talk, now.tables, now.minutes)

    def at(self, slot: int) -> time:
        """When a slot begins, on the Danish clock."""
        return self._begins(slot).time()

    def over(self, now: datetime) -> bool:
        """Whether the last talk has ended."""
        return self._begins(self.slots) <= now

    def _begins(self, slot: int) -> datetime:
        return datetime.combine(self.day, self.start, DENMARK_TIME) + timedelta(minutes=slot * self.minutes)


def hours_of(form: CafeForm, *, accepted: bool = False) -> Hours:
    """The hours as they were filled in; raises `Several` with all that is wrong, each by its field.

    That more is chosen than a café takes is wrong as well, unless the form was `accepted` before.
    """
    wrong: list[Refused] = [] if accepted else list(_too_many(form))
    total, minutes, tables = (
        _or_wrong(wrong, partial(_count, name, getattr(form, name), parse))
        for name, parse in (
            ("minutes", amounts.minutes),
            ("talk", amounts.minutes),
            ("tables", amounts.count),
        )
    )
    start = _or_wrong(wrong, lambda: values.clock(Given.typed("start", form.start or START)))
    day = _or_wrong(wrong, partial(day_of, form))
    if total and minutes and total < minutes:
        remedy = N_("Make the talks shorter, or the café longer.")
        fits = N_("Not even one talk fits into {value} minutes.")
        wrong.append(Refused("minutes", fits, remedy, value=total))
    if total and minutes and total // minutes > MOST_TALKS and not accepted:
        remedy = N_("Make the talks longer, or the café shorter.")
        problem = N_("There would be {value} talks one after another, and a café takes {most} at most.")
        wrong.append(Refused("talk", problem, remedy, value=total // minutes, most=MOST_TALKS))
    if wrong:
        raise Several(wrong)
    assert total
    assert minutes
    assert tables
    assert start
    assert day
    return Hours(day, start, minutes, total // minutes, tables, total)


def _too_many(form: CafeForm) -> Iterator[Refused]:
    if len(form.citizens) > MOST_PEOPLE:
        problem = N_("{value} people are chosen, and a café takes {most} at most.")
        remedy = N_("Take some out, or hold two cafés.")
        yield Refused("citizens", problem, remedy, value=len(form.citizens), most=MOST_PEOPLE)
    if len(form.orders) > MOST_TASKS:
        problem = N_("{value} tasks are chosen, and a café takes {most} at most.")
        remedy = N_("Take some out, or hold two cafés.")
        yield Refused("orders", problem, remedy, value=len(form.orders), most=MOST_TASKS)


def span_of(form: CafeForm, day: date) -> Slot:
    """The stretch of the week in which the café is held; what cannot be read is as it is at first."""
    begins, lasts = START, int(MINUTES)
    try:
        hours = hours_of(replace(form, tables="1", day=f"{day:%d-%m-%Y}"), accepted=True)
        begins, lasts = f"{hours.start:%H.%M}", hours.lasts
    except Refused:
        pass
    hour, minute = map(int, begins.split("."))
    start = 60 * hour + minute
    return Slot(list(Weekday)[day.weekday()], start, min(start + lasts, 24 * 60))


def _or_wrong(wrong: list[Refused], read: Callable[[], Found | None]) -> Found | None:
    """What is read of a field; None where it is refused, which `wrong` then holds."""
    try:
        return read()
    except Refused as refused:
        wrong.append(refused)
        return None


def day_of(form: CafeForm) -> date:
    """The day of the café, today when none is said; raises `Refused` for what is no day, or one that is over.

    A café of today may have begun: somebody leaves, and it is planned anew.
    """
    today = datetime.now(DENMARK_TIME).date()
    found = day_ahead(Given.typed("day", form.day)) or today
    if found < today:
        raise Refused("day", N_("{value} has passed."), N_("Choose today or a day to come."), value=found)
    require_not_far_off("day", found, today)
    return found


async def _sent(request: Request) -> CafeForm:
    form = await request.form()
    lines = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    return CafeForm(**_texts(lines))


Sent = Annotated[CafeForm, Depends(_sent)]
"""The form that was sent, in the signature of its pages."""

_SINGLE = (
    *("day", "centre", "start", "minutes", "talk", "tables", "place", "shown_centre", "seen", "show"),
    *("find", "found"),
)
_LISTED = ("citizens", "orders")


def _texts(lines: list[tuple[str, str]]) -> Mapping[str, Any]:
    single = {name: value.strip() for name, value in lines if name in _SINGLE}
    listed = {
        name: tuple(dict.fromkeys(value for key, value in lines if key == name))[:MOST_LINES]
        for name in _LISTED
    }
    return {**single, **listed}


def _count(name: str, written: str, parse: Callable[[Given], float | None]) -> int:
    try:
        found = parse(Given.typed(name, written))
    except Refused:
        found = None
    if found is None or found != int(found) or not 1 <= found <= MOST[name]:
        remedy = N_("Give a whole number from 1 to {most}.")
        raise Refused(name, N_("{value!r} is not possible here."), remedy, value=written, most=MOST[name])
    return int(found)
