"""The job orders of the municipality, the newest first: those that wait for somebody, or others."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.access.scopes import Scope, may
from api.casework.order_lists import WAITING, OrderListed, count, listed
from api.domain.records import OrderState
from api.pages.call_draft import begun_calls
from api.pages.intake_page import BegunCall
from api.pages.rendering import render
from api.routes.bodies import StrictRoute
from api.routes.cursors import Stretched
from api.routes.guards import JobOrdersRead
from api.routes.language import label, language_of
from api.routes.units import ReadUnit
from geo import Refused
from geo.errors import N_

router = APIRouter(prefix="/job-orders", include_in_schema=False, route_class=StrictRoute)
ROWS = 25
_STATES = {"": WAITING, "all": tuple(OrderState), **{str(state): (state,) for state in OrderState}}


@dataclass(frozen=True, slots=True)
class JobOrdersPage:
    """A stretch of the list and how many are on all of it.

    `more` is the address of the next stretch, `calls_begun` are calls broken off.
    """

    rows: tuple[OrderListed, ...]
    total: int
    state: str
    words: str
    more: str
    first: bool
    writes: bool
    states: tuple[tuple[str, str], ...]
    calls_begun: tuple[BegunCall, ...]
    template: str = "job_orders.html"


@router.get("")
def job_orders(
    request: Request,
    caller: JobOrdersRead,
    unit: ReadUnit,
    stretch: Stretched,
    state: Annotated[str, Query(max_length=20)] = "",
    q: Annotated[str, Query(max_length=100)] = "",
) -> HTMLResponse:
    """The list in the states that the address names, found by words in title or employer's name."""
    if state not in _STATES:
        raise Refused("state", N_("{value!r} is not a state."), N_("Choose one of the list."), value=state)
    language = language_of(request.scope)
    sifted = stretch.sifted(state=state, q=q)
    rows, next_key = listed(unit, caller, _STATES[state], q, sifted.after_day, ROWS)
    more = {"state": state, "q": q, "cursor": sifted.next(next_key)} if next_key else {}
    page = JobOrdersPage(
        rows=tuple(rows),
        total=count(unit, caller, _STATES[state], q) if next_key or stretch.cursor else len(rows),
        state=state,
        words=q,
        more=f"?{urlencode({name: value for name, value in more.items() if value})}" if more else "",
        first=stretch.cursor is None,
        writes=may(caller, Scope.JOB_ORDERS_WRITE),
        states=tuple((str(one), label(language, "order_state", one)) for one in OrderState),
        calls_begun=begun_calls(unit, caller),
    )
    return render(request, page)
