"""What came of a proposal is taken down, or taken back.

A script gets the form back in its place and an announcement; without one the reader goes back to the page, or
to a page with the form alone when something could not be kept.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.casework import beginnings, taking_back
from api.casework import proposals as desk
from api.casework.errors import AlreadyProposed, NoPlaceLeft, NotAccepted, NothingToTakeBack
from api.casework.proposals import ProposalSeen
from api.domain.caller import Caller
from api.domain.moves import TAKEN_BACK, NotFromHere
from api.pages.due_count import DueCount, count_at
from api.pages.outcomes import Faster, Outcomes, Told, just_recorded, noted, one_of
from api.pages.rendering import by_htmx, render
from api.pages.sign_in import local
from api.routes.answers import Id
from api.routes.bodies import StrictRoute
from api.routes.guards import ProposalsAnswer
from api.routes.language import language_of, translator
from api.routes.units import WriteUnit, store_of
from api.store import Unit, moves, users
from api.store.errors import Stale
from geo import Refused

router = APIRouter(prefix="/proposals/{proposal_id}", include_in_schema=False, route_class=StrictRoute)


@dataclass(frozen=True, slots=True)
class OutcomePage:
    """A proposal with its form alone: the whole page, or the form in its place when a script asks.

    `due` is what waits now, where the form stood on the page that counts it.
    """

    proposal: Outcomes
    back: str
    due: DueCount | None = None
    template: str = "outcome.html"


@router.get("/outcome")
def outcome_form(
    request: Request,
    proposal_id: Id,
    caller: ProposalsAnswer,
    unit: WriteUnit,
    back: Annotated[str, Query(max_length=1000)] = "/",
) -> HTMLResponse:
    """The form alone, to come back to when one is sent here."""
    shown = one_of(unit, caller, desk.read(unit, caller, proposal_id))
    return render(request, OutcomePage(shown, local(back)))


Code = Annotated[str, Form(max_length=40)]


def _told(
    outcome: Code = "",
    through: Code = "",
    declined_by: Code = "",
    reason: Code = "",
    review_on: Code = "",
    starts_on: Code = "",
    note: Annotated[str, Form(max_length=5000)] = "",
    version: Annotated[int, Form(ge=0, lt=2**63)] = 0,
    back: Annotated[str, Form(max_length=1000)] = "/",
) -> Told:
    said = Told(outcome, through, declined_by, reason, review_on, starts_on, note.strip())
    return replace(said, version=version, back=local(back))


@router.post("/outcome")
def record_outcome(
    request: Request, proposal_id: Id, caller: ProposalsAnswer, told: Annotated[Told, Depends(_told)]
) -> Response:
    """Record what came of the proposal, or say who was faster or what is missing; nothing is kept then."""

    def record(unit: Unit) -> ProposalSeen:
        return desk.record(unit, caller, proposal_id, told.came(), told.seen)

    return _recorded(request, proposal_id, caller, told, record)


@router.post("/start-agreed")
def agree_start(
    request: Request, proposal_id: Id, caller: ProposalsAnswer, told: Annotated[Told, Depends(_told)]
) -> Response:
    """Record the first day of work, as it was agreed with the employer."""

    def agree(unit: Unit) -> ProposalSeen:
        return beginnings.agree_start(unit, caller, proposal_id, told.first_day(), told.seen)

    return _recorded(request, proposal_id, caller, told, agree)


@router.post("/begun")
def begin(
    request: Request, proposal_id: Id, caller: ProposalsAnswer, told: Annotated[Told, Depends(_told)]
) -> Response:
    """Record that the citizen is at work, since the day that stands beside the button."""

    def begun(unit: Unit) -> ProposalSeen:
        return beginnings.begin(unit, caller, proposal_id, told.first_day(), told.seen)

    return _recorded(request, proposal_id, caller, told, begun)


@router.post("/undo")
def undo(
    request: Request,
    proposal_id: Id,
    caller: ProposalsAnswer,
    version: Annotated[int, Form(ge=0, lt=2**63)] = 0,
    back: Annotated[str, Form(max_length=1000)] = "/",
) -> Response:
    """Take back what the caller recorded last, or the proposal itself; says why when that cannot be."""
    store, told = store_of(request), Told(version=version, back=local(back))
    try:
        with store.unit() as unit:
            seen = taking_back.take_back(unit, caller, proposal_id, seen=told.seen)
            page = _kept(request, unit, caller, seen, told.back)
            unit.commit()
    except Stale:
        with store.unit() as unit:
            page = _overtaken(unit, caller, proposal_id, told)
            unit.commit()
        return _shown(request, page, 412)
    except (AlreadyProposed, NoPlaceLeft, NothingToTakeBack) as refused:
        with store.unit() as unit:
            now = one_of(unit, caller, desk.read(unit, caller, proposal_id))
            unit.commit()
        problem = refused.said(translator(language_of(request.scope)))
        return _shown(request, OutcomePage(replace(now, kept_back=problem), told.back), 422)
    return _answered(request, page)


def _recorded(
    request: Request, proposal_id: str, caller: Caller, told: Told, change: Callable[[Unit], ProposalSeen]
) -> Response:
    # what is turned away may have written something before it was, so the unit is this form's own
    store = store_of(request)
    try:
        with store.unit() as unit:
            seen = change(unit)
            page = _kept(request, unit, caller, seen, told.back)
            unit.commit()
    except (Stale, NotFromHere, NotAccepted):
        with store.unit() as unit:
            page = _overtaken(unit, caller, proposal_id, told)
            unit.commit()
        return _shown(request, page, 412)
    except Refused as refused:
        if refused.field not in _FIELDS:
            raise
        with store.unit() as unit:
            now = one_of(unit, caller, desk.read(unit, caller, proposal_id))
            unit.commit()
        problem = refused.said(translator(language_of(request.scope)))
        wrong = replace(told, problem=problem, field=refused.field)
        return _shown(request, OutcomePage(replace(now, told=wrong), told.back), 422)
    return _answered(request, page)


def _kept(request: Request, unit: Unit, caller: Caller, seen: ProposalSeen, back: str) -> OutcomePage:
    last = moves.last_of(unit, caller, moves.OF_PROPOSALS, [seen.proposal.id])[seen.proposal.id]
    due = count_at(unit, caller, back) if by_htmx(request) else None
    return OutcomePage(just_recorded(unit, caller, seen, last.cause == TAKEN_BACK), back, due)


def _answered(request: Request, page: OutcomePage) -> Response:
    """The box in its place for a script, else the page that the form stood on.

    On a job order's page its state, its clock and who else suits it hang on what was recorded, so that a
    script reads the whole page again.
    """
    afresh = noted(page.back, page.proposal.id)
    if not by_htmx(request):
        return RedirectResponse(afresh, 303)
    if page.back.startswith(_ORDERS):
        return Response(status_code=204, headers={"HX-Redirect": afresh})
    return _shown(request, page)


def _shown(request: Request, page: OutcomePage, status: int = 200) -> HTMLResponse:
    return render(request, replace(page, template="outcome_part.html") if by_htmx(request) else page, status)


_ORDERS = "/job-orders/"

_FIELDS = (
    *("outcome", "through", "declined_by", "reason", "review_on", "starts_on", "began_on", "note"),
    *("order_id", "citizen_id"),
)
"""What a form can be corrected in, and the pair: no place may be left, or it may be suggested anew."""


def _overtaken(unit: Unit, caller: Caller, proposal_id: str, told: Told) -> OutcomePage:
    shown = one_of(unit, caller, desk.read(unit, caller, proposal_id))
    last = desk.history(unit, caller, proposal_id)[-1]
    user = users.find(unit, caller.municipality, last.by)
    faster = Faster(user.called if user else "", last.at, last.by == caller.user_id)
    return OutcomePage(replace(shown, faster=faster, told=told), told.back)
