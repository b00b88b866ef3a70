"""What happens to a job order from its page: suggested, asked about, paused, sent back, filled, ended."""

from dataclasses import replace
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.casework import clocks, rankings, reopening, returns, silence, taking_over
from api.casework import job_orders as desk
from api.casework import proposals as proposals_desk
from api.casework.errors import PausedAlready
from api.casework.order_lists import last_change
from api.casework.proposals import NewProposal
from api.casework.versions import own_since
from api.domain.moves import ReturnCause
from api.domain.proposals import StartedFrom
from api.domain.records import OrderState, RecordKind
from api.exchange.days import day_ahead
from api.exchange.values import Given
from api.pages.job_order import SHOWN, Change, not_done, page_of
from api.pages.outcomes import noted
from api.pages.rendering import render
from api.pages.sign_in import local
from api.routes.answers import Id, catalogues_of
from api.routes.bodies import StrictRoute
from api.routes.guards import JobOrdersWrite, ProposalsWrite
from api.routes.units import WriteUnit, store_of
from api.store.errors import Stale

router = APIRouter(prefix="/job-orders/{order_id}", include_in_schema=False, route_class=StrictRoute)
Note = Annotated[str, Form(max_length=2000)]
Came = Annotated[str, Form(max_length=1000)]
"""The page that a form stood on, where that is another one."""


@router.post("/proposals")
def propose(
    order_id: Id,
    caller: ProposalsWrite,
    unit: WriteUnit,
    citizen_id: Annotated[str, Form(max_length=64)],
    list_id: Annotated[str, Form(max_length=64)] = "",
    note: Note = "",
) -> Response:
    """Suggest one of the candidates."""
    new = NewProposal(
        citizen_id=citizen_id,
        order_id=order_id,
        started_from=StartedFrom.JOB_ORDER,
        note=note.strip(),
        list_id=list_id,
    )
    made = proposals_desk.propose(unit, caller, new).proposal
    return RedirectResponse(noted(f"/job-orders/{order_id}", made.id), 303)


@router.post("/still-wanted")
def still_wanted(order_id: Id, caller: JobOrdersWrite, unit: WriteUnit, note: Note = "") -> Response:
    """Record that the employer was asked and still wants the order."""
    silence.still_wanted(unit, caller, order_id, note.strip())
    return _back(order_id, "wanted")


@router.post("/taken-over")
def take_over(
    order_id: Id,
    caller: JobOrdersWrite,
    unit: WriteUnit,
    along: Annotated[str, Form(max_length=3)] = "",
) -> Response:
    """Look after the order from now on, with what was suggested for it where that is ticked."""
    taking_over.take_over(unit, caller, order_id, with_suggestions=along == "yes")
    return _back(order_id, "taken-over")


@router.post("/handed-back")
def hand_back(
    order_id: Id, caller: JobOrdersWrite, unit: WriteUnit, seen: Annotated[int, Form(ge=1)]
) -> Response:
    """Undo that."""
    taking_over.hand_back(unit, caller, order_id, {seen})
    return _back(order_id, "handed-back")


@router.post("/pause")
def pause(
    request: Request,
    order_id: Id,
    caller: JobOrdersWrite,
    unit: WriteUnit,
    reason: Annotated[str, Form(min_length=1, max_length=1000)],
) -> Response:
    """Let the contact clock stand still, with a reason; the page says so when it does already."""
    try:
        clocks.pause(unit, caller, order_id, reason.strip())
    except PausedAlready as refused:
        # nothing was written: the page is made by units of its own
        unit.commit()
        return not_done(request, caller, order_id, refused)
    return _back(order_id, "paused")


@router.post("/resume")
def resume(order_id: Id, caller: JobOrdersWrite, unit: WriteUnit) -> Response:
    """Let it run again."""
    clocks.resume(unit, caller, order_id)
    return _back(order_id, "resumed")


@router.post("/return")
def send_back(
    request: Request,
    order_id: Id,
    caller: JobOrdersWrite,
    unit: WriteUnit,
    cause: Annotated[ReturnCause, Form()],
    note: Note = "",
    proposal_id: Annotated[str, Form(max_length=64)] = "",
    review_on: Annotated[str, Form(max_length=40)] = "",
    came: Came = "",
) -> Response:
    """Send the order back with a cause; the page shows the next candidates, and the way back to `came`."""
    kept = rankings.kept_now(store_of(request), catalogues_of(request), caller)
    # what belongs to another cause is out of sight, and may have been filled in before that was chosen
    not_able = cause is ReturnCause.CITIZEN_NOT_ABLE
    day: date | None = day_ahead(Given.typed("review_on", review_on)) if not_able else None
    whose = proposal_id or None if not_able else None
    back = returns.Returned(cause=cause, note=note.strip(), proposal_id=whose, review_on=day, k=SHOWN)
    returns.return_order(unit, caller, kept, order_id, back)
    return _back(order_id, "returned", came)


@router.post("/state")
def move(
    request: Request,
    order_id: Id,
    caller: JobOrdersWrite,
    unit: WriteUnit,
    state: Annotated[OrderState, Form()],
    seen: Annotated[int, Form(ge=1)],
    came: Came = "",
) -> Response:
    """Fill, end or open the order again; shows who was faster when somebody changed it meanwhile."""
    before = desk.read(unit, caller, order_id)
    opens = state is OrderState.OPEN
    after = desk.opened_again(unit, caller, before) if opens else replace(before, state=state)
    try:
        desk.change(unit, caller, before, after, {seen})
    except Stale:
        change = last_change(unit, caller, before)
        own = own_since(unit, caller, RecordKind.JOB_ORDER, order_id, seen)
        # nothing was written: the page is made by units of its own
        unit.commit()
        page = page_of(request, caller, order_id, "")
        who, at = change or ("", unit.at)
        return render(request, replace(page, conflict=Change(who, at, own)), 412)
    return _back(order_id, str(state), came)


@router.post("/reopened")
def reopen(
    order_id: Id, caller: JobOrdersWrite, unit: WriteUnit, seen: Annotated[int, Form(ge=1)]
) -> Response:
    """Undo that the order was closed or sent back."""
    reopening.reopen(unit, caller, order_id, {seen})
    return _back(order_id, "undone")


def _back(order_id: str, done: str, came: str = "") -> Response:
    told = {"done": done} | ({"came": local(came)} if came else {})
    return RedirectResponse(f"/job-orders/{order_id}?{urlencode(told)}", 303)
