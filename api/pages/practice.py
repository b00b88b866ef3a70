"""What the municipality does its own way: read by everybody, set by who may, dated, and put back to any date.

Nothing that was set is lost: another value is a new version with a day and a name, and deadlines that were
told before it stay as they were.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.access.scopes import Scope, may
from api.casework import practices as desk
from api.casework.practices import DatedPractice
from api.casework.users import names_of
from api.domain.caller import Caller
from api.domain.practice import COUNTS, LONGEST, CandidateOrder, Practice
from api.domain.working_days import MonthDay
from api.exchange import values
from api.exchange.days import day_near
from api.exchange.values import Given
from api.pages.rendering import render
from api.routes.bodies import StrictRoute
from api.routes.guards import PoliciesRead, PoliciesWrite
from api.routes.language import language_of, translator
from api.routes.problem import Several
from api.routes.units import ReadUnit, WriteUnit, store_of
from api.store import Unit
from api.store.errors import Stale
from geo import Refused
from geo.errors import N_
from matching.times import DENMARK_TIME
from matching.vocabulary import EXPOSURES, REQUIREMENTS, Demand, Support

router = APIRouter(prefix="/practice", include_in_schema=False, route_class=StrictRoute)
DONE = ("saved", "put-back")
ASKED_ABOUT: tuple[tuple[str, tuple[Demand | Support, ...]], ...] = (
    (N_("What the workplace can offer"), tuple(Support)),
    (N_("What somebody may have to avoid"), tuple(code for code in Demand if code in EXPOSURES)),
    (N_("What somebody has to have"), tuple(code for code in Demand if code in REQUIREMENTS)),
)
"""What an employer can be asked about, in groups with their headings."""

_LEAP_YEAR = 2024


@dataclass(frozen=True, slots=True)
class Dated:
    """A version as the page lists it: since when it counts, by whom, and the fields that it changed."""

    version: int
    at: datetime | None
    by: str
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticePage:
    """The practice that counts, or what was sent and not kept; `typed` are the fields as they stand."""

    version: int
    typed: Mapping[str, str]
    required: frozenset[str]
    history: tuple[Dated, ...]
    writes: bool
    done: str = ""
    wrong: str = ""
    asked_about: tuple[tuple[str, tuple[Demand | Support, ...]], ...] = ASKED_ABOUT
    orders: tuple[CandidateOrder, ...] = tuple(CandidateOrder)
    most: int = LONGEST
    template: str = "practice.html"


async def _sent(request: Request) -> list[tuple[str, str]]:
    form = await request.form()
    return [(name, value) for name, value in form.multi_items() if isinstance(value, str)]


Sent = Annotated[list[tuple[str, str]], Depends(_sent)]
Version = Annotated[int, Form(ge=0, lt=2**31)]


@router.get("")
def practice(request: Request, caller: PoliciesRead, unit: ReadUnit, done: str = "") -> Response:
    """The practice that counts, where each part of it comes from, and how it came to be."""
    now = desk.seen(unit, caller.municipality)
    shown = texts_of(now.practice)
    page = _page(unit, caller, now.version, shown, now.practice.required_answers)
    return render(request, replace(page, done=done if done in DONE else ""))


@router.post("")
def change(request: Request, caller: PoliciesWrite, sent: Sent) -> Response:
    """Put what the form says in the place of what was; what has another value counts from now on."""
    told, required = dict(sent), [value for name, value in sent if name == "required_answers"]
    seen = told.get("seen", "")
    try:
        with store_of(request).unit() as unit:
            said = _said(told, required)
            desk.change(unit, caller, said, {int(seen) if seen.isascii() and seen.isdigit() else -1})
            unit.commit()
    except Stale as stale:
        return _overtaken(request, caller, stale, told, required)
    return RedirectResponse("/practice?done=saved", 303)


@router.post("/put-back")
def put_back(caller: PoliciesWrite, unit: WriteUnit, version: Version, seen: Version) -> Response:
    """Put back the practice of an earlier day, 0 for what counts where nobody has said anything."""
    desk.put_back(unit, caller, version, {seen})
    return RedirectResponse("/practice?done=put-back", 303)


def texts_of(practice: Practice) -> dict[str, str]:
    """The fields of a practice as they stand in the form; days are written day first."""
    return {
        **{name: str(getattr(practice, name)) for name in COUNTS},
        "candidates_by": str(practice.candidates_by),
        "yearly_days_off": ", ".join(f"{one.day:02}-{one.month:02}" for one in practice.yearly_days_off),
        "extra_days_off": ", ".join(f"{day:%d-%m-%Y}" for day in practice.extra_days_off),
    }


def _said(told: Mapping[str, str], required: Sequence[str]) -> dict[str, object]:
    """What the form says; raises `Several` with all that cannot be read, the days one by one."""
    texts = {name: [told.get(name, "")] for name in COUNTS}
    texts |= {name: _several(told.get(name, "")) for name in _DAYS}
    read: dict[str, list[object]] = {name: [] for name in texts}
    faults: list[Refused] = []
    for name, text in ((name, one) for name, several in texts.items() for one in several):
        try:
            read[name].append(_DAYS.get(name, _number)(name, text))
        except Refused as refused:
            faults.append(refused)
    if faults:
        raise Several(faults)
    return {
        **{name: read[name][0] for name in COUNTS},
        **{name: tuple(read[name]) for name in _DAYS},
        "candidates_by": told.get("candidates_by", ""),
        "required_answers": tuple(required),
    }


def _number(name: str, text: str) -> int:
    plain = text.strip()
    if not (plain.isascii() and plain.isdigit() and len(plain) < 10 and 1 <= int(plain) <= LONGEST):
        problem, remedy = N_("{value!r} is not possible here."), N_("Give a whole number from 1 to {most}.")
        raise Refused(name, problem, remedy, value=text, most=LONGEST)
    return int(plain)


def _several(text: str) -> list[str]:
    return [one.strip() for one in text.replace("\n", ",").replace(";", ",").split(",") if one.strip()]


def _given(name: str, text: str) -> object:
    return day_near(Given.typed(name, text))


def _yearly(name: str, text: str) -> MonthDay:
    """A day of every year, day first: 24-12, 24/12 or 24. december."""
    between = "-" if text[-1].isdigit() else " "
    try:
        found = values.day(Given.typed(name, f"{text}{between}{_LEAP_YEAR}"))
    except Refused:
        found = None
    if found is None:
        problem, remedy = N_("{value!r} is not a day of the year."), N_("Write day and month, like 24-12.")
        raise Refused(name, problem, remedy, value=text)
    return MonthDay(found.month, found.day)


_DAYS: Mapping[str, Callable[[str, str], object]] = {"yearly_days_off": _yearly, "extra_days_off": _given}
"""The fields that hold several days, and how each of them is read."""


def _overtaken(
    request: Request, caller: Caller, stale: Stale, told: Mapping[str, str], required: Sequence[str]
) -> Response:
    """What was written comes back beside the version that somebody else has made meanwhile."""
    wrong = stale.said(translator(language_of(request.scope)))
    with store_of(request).unit(read_only=True) as unit:
        now = desk.seen(unit, caller.municipality)
        typed = {name: told.get(name, "") for name in texts_of(now.practice)}
        return render(request, _page(unit, caller, now.version, typed, required, wrong), 412)


def _page(
    unit: Unit,
    caller: Caller,
    version: int,
    typed: Mapping[str, str],
    required: Iterable[str],
    wrong: str = "",
) -> PracticePage:
    past = desk.history(unit, caller)
    names = names_of(unit, caller, {one.by for one in past})
    return PracticePage(
        version=version,
        typed=typed,
        required=frozenset(map(str, required)),
        history=tuple(_dated(one, names) for one in past),
        writes=may(caller, Scope.POLICIES_WRITE),
        wrong=wrong,
    )


def _dated(one: DatedPractice, names: Mapping[str, str]) -> Dated:
    at = one.at.astimezone(DENMARK_TIME) if one.at else None
    return Dated(one.version, at, names.get(one.by, ""), one.changed)
