"""The form of a job café: who comes, what lies on the tables, the hours, and what people were told already.

It is sent as a form and never stands in an address, and nothing of it is kept: the plan that hangs on the
wall travels in hidden fields.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Self

from fastapi import Depends, Request

from api.casework.cafes import Cafe, Hanging, Room
from api.domain.plausible_days import require_not_far_off
from api.exchange import amounts, values
from api.exchange.days import day_ahead
from api.exchange.values import Given
from geo import Refused
from geo.errors import N_
from matching.talks import Talk
from matching.times import DENMARK_TIME

START, MINUTES, TALK = "13.00", "90", "15"
"""When a café begins, how long it lasts and a talk takes, until somebody says otherwise."""

MOST = {"minutes": 480, "talk": 120, "tables": 60}
"""The largest number that each field takes."""

MOST_LINES = 2000
"""Values that a form has at most."""


@dataclass(frozen=True, slots=True)
class CafeForm:
    """What was filled in, as texts. `held`, `slot` and `seat` are the plan people were told, `gone` who has
    left.

    `shown_centre` is the centre whose people are on the page that was sent, None for a page without them.
    """

    day: str = ""
    centre: str = ""
    start: str = START
    minutes: str = MINUTES
    talk: str = TALK
    tables: str = ""
    citizens: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    slot: tuple[str, ...] = ()
    seat: tuple[str, ...] = ()
    shown_centre: str | None = None

    @property
    def starts_elsewhere(self) -> bool:
        """Whether another centre was chosen than that of the people shown, and nobody was told a plan yet."""
        return self.shown_centre not in (None, self.centre) and self.hanging is None

    def after(self, leaves: str = "", comes: str = "") -> Self:
        """The same when somebody has left, or is here after all; who is chosen has not left."""
        here = tuple(one for one in dict.fromkeys((*self.citizens, comes)) if one and one != leaves)
        gone = tuple(one for one in dict.fromkeys((*self.gone, leaves)) if one and one not in here)
        return replace(self, citizens=here, gone=gone)

    @property
    def hanging(self) -> Hanging | None:
        """The plan that people were told, None before the first."""
        tasks = dict(line.split(" ") for line in self.held if line.count(" ") == 1)
        slots = dict(_slots(self.slot))
        told = Hanging(tasks=tasks, slots=slots, tables=dict(_tables(self.seat)))
        return told if tasks or slots else None

    def suggested(self, room: Room) -> Self:
        """The same with everybody of the room and the tasks to begin with."""
        employers = {offer.employer.id for offer in room.offers if offer.order.id in room.suggested}
        return replace(
            self,
            citizens=tuple(one.id for one in room.people),
            orders=tuple(offer.order.id for offer in room.offers if offer.order.id in room.suggested),
            tables=str(max(len(employers), 1)),
        )

    def told(self, cafe: Cafe) -> Self:
        """The same with the plan that is told now."""
        return replace(
            self,
            held=tuple(f"{citizen} {order}" for citizen, order in cafe.assignment.tasks.items()),
            slot=tuple(
                f"{talk.citizen_id} {talk.employer_id} {at}" for talk, at in cafe.plan.slot_of.items()
            ),
            seat=tuple(f"{employer} {number}" for employer, number in cafe.tables.items()),
        )


@dataclass(frozen=True, slots=True)
class Hours:
    """The time of a café: `slots` talks of `minutes` each, from `start` on."""

    day: date
    start: time
    minutes: int
    slots: int
    tables: int

    def at(self, slot: int) -> time:
        """When a slot begins, on the Danish clock."""
        return self._begins(slot).time()

    def over(self, now: datetime) -> bool:
        """Whether the last talk has ended."""
        return self._begins(self.slots) <= now

    def _begins(self, slot: int) -> datetime:
        return datetime.combine(self.day, self.start, DENMARK_TIME) + timedelta(minutes=slot * self.minutes)


def hours_of(form: CafeForm) -> Hours:
    """The hours as they were filled in; raises `Refused` with the name of the field."""
    total, minutes = (_count(name, getattr(form, name), amounts.minutes) for name in ("minutes", "talk"))
    if total < minutes:
        remedy = N_("Make the talks shorter, or the café longer.")
        raise Refused("minutes", N_("Not even one talk fits into {value} minutes."), remedy, value=total)
    tables = _count("tables", form.tables, amounts.count)
    start = values.clock(Given.typed("start", form.start)) or values.clock(Given.typed("start", START))
    assert start
    return Hours(day_of(form), start, minutes, total // minutes, tables)


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
    return CafeForm(**_texts(lines)).after(**{name: value for name, value in lines if name in _PRESSED})


Sent = Annotated[CafeForm, Depends(_sent)]
"""The form that was sent, in the signature of its pages."""

_SINGLE = ("day", "centre", "start", "minutes", "talk", "tables", "shown_centre")
_PRESSED = ("leaves", "comes")
_LISTED = ("citizens", "orders", "gone", "held", "slot", "seat")


def _texts(lines: list[tuple[str, str]]) -> Mapping[str, Any]:
    single = {name: value.strip() for name, value in lines if name in _SINGLE}
    listed = {
        name: tuple(dict.fromkeys(value for key, value in lines if key == name))[:MOST_LINES]
        for name in _LISTED
    }
    return {**single, **listed}


def _slots(lines: tuple[str, ...]) -> Iterator[tuple[Talk, int]]:
    """Talks with their slots; a line that is none is nobody's, and left out."""
    for line in lines:
        citizen, _, rest = line.partition(" ")
        employer, _, at = rest.partition(" ")
        if at.isdecimal() and len(at) < 4:
            yield Talk(citizen, employer), int(at)


def _tables(lines: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Employers with their tables; a line that is none, or gives a table twice, is left out."""
    given: set[int] = set()
    for line in lines:
        employer, _, at = line.partition(" ")
        if at.isdecimal() and len(at) < 4 and (number := int(at)) > 0 and number not in given:
            given.add(number)
            yield employer, number


def _count(name: str, written: str, parse: Callable[[Given], float | None]) -> int:
    try:
        found = parse(Given.typed(name, written))
    except Refused:
        found = None
    if found is None or found != int(found) or not 1 <= found <= MOST[name]:
        remedy = N_("Give a whole number from 1 to {most}.")
        raise Refused(name, N_("{value!r} is not possible here."), remedy, value=written, most=MOST[name])
    return int(found)
