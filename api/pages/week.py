"""A week of one's own: what one has done, by day, for oneself to see, to print and to copy.

Of a week in which very much was done the days come in parts; what is printed and copied is always the whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.casework import own_week as desk
from api.casework.own_week import Done, Week
from api.domain.working_days import day_of
from api.pages.part_by_weight import Part, part_at, parts_by_weight, weight_of
from api.pages.rendering import render
from api.routes.bodies import StrictRoute
from api.routes.guards import ProposalsRead
from api.routes.units import WriteUnit

router = APIRouter(prefix="/week", include_in_schema=False, route_class=StrictRoute)
HEAVIEST, ROW = 42_000, 200
"""Bytes of days that a page holds beside as much text to copy, and those of a row beside the names in it."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day as far as a page holds it; `goes_on` says that a part before this one has begun with it."""

    day: date
    done: tuple[Done, ...]
    goes_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPage:
    """The week, the days of it that are shown, and the weeks around it as an address names them.

    `before` is "" for the week in which the reader began, `after` for the one that runs.
    """

    week: Week
    days: Part[Day]
    named: str
    number: int
    before: str
    after: str
    template: str = "week.html"


@router.get("")
def own_week(
    request: Request,
    caller: ProposalsRead,
    unit: WriteUnit,
    week: Annotated[str, Query(max_length=10)] = "",
    part: Annotated[int, Query(ge=1, le=10_000)] = 1,
    whole: Annotated[str, Query(max_length=3)] = "",
) -> Response:
    """What the reader has done in a week, this one unless another is named; the whole of it for paper."""
    today = day_of(unit.at)
    monday = desk.monday_of(week, today)
    following = monday + timedelta(days=7)
    told = desk.own_week(unit, caller, monday)
    page = WeekPage(
        week=told,
        days=Part(tuple(_stretches(told.days))) if whole == "yes" else part_of(told.days, part),
        named=_named(monday),
        number=monday.isocalendar().week,
        before="" if told.is_first else _named(monday - timedelta(days=7)),
        after=_named(following) if following <= today else "",
    )
    return render(request, page)


def _named(monday: date) -> str:
    year, number, _ = monday.isocalendar()
    return f"{year}-W{number:02}"


def part_of(days: Mapping[date, Sequence[Done]], number: int) -> Part[Day]:
    """The days of a part; one that is heavier than a page is cut, all others stand whole."""
    return part_at(list(_stretches(days, HEAVIEST)), _weight_of_day, HEAVIEST, number)


def _stretches(days: Mapping[date, Sequence[Done]], limit: int | None = None) -> Iterator[Day]:
    for day, done in days.items():
        pieces = (tuple(done),) if limit is None else parts_by_weight(done, _weight_of, limit)
        for place, piece in enumerate(pieces):
            yield Day(day, piece, goes_on=place > 0)


def _weight_of_day(day: Day) -> int:
    return ROW + sum(map(_weight_of, day.done))


def _weight_of(one: Done) -> int:
    return ROW + weight_of(one.about, one.citizen)
