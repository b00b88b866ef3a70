"""A week of one's own: what one has done, by day, for oneself to see, to print and to copy."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.casework import own_week as desk
from api.casework.own_week import Week
from api.domain.working_days import day_of
from api.pages.rendering import render
from api.routes.bodies import StrictRoute
from api.routes.guards import ProposalsRead
from api.routes.units import WriteUnit

router = APIRouter(prefix="/week", include_in_schema=False, route_class=StrictRoute)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPage:
    """The week, and the weeks around it as an address names them.

    `before` is "" for the week in which the reader began, `after` for the one that runs.
    """

    week: Week
    number: int
    before: str
    after: str
    template: str = "week.html"


@router.get("")
def own_week(
    request: Request, caller: ProposalsRead, unit: WriteUnit, week: Annotated[str, Query(max_length=10)] = ""
) -> Response:
    """What the reader has done in a week, this one unless another is named."""
    today = day_of(unit.at)
    monday = desk.monday_of(week, today)
    following = monday + timedelta(days=7)
    told = desk.own_week(unit, caller, monday)
    page = WeekPage(
        week=told,
        number=monday.isocalendar().week,
        before="" if told.is_first else _named(monday - timedelta(days=7)),
        after=_named(following) if following <= today else "",
    )
    return render(request, page)


def _named(monday: date) -> str:
    year, number, _ = monday.isocalendar()
    return f"{year}-W{number:02}"
