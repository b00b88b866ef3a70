"""`/api/v1/proposals`: citizens suggested for job orders, from either end, and what became of it."""

from collections.abc import Callable, Set
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import JsonValue

from api.casework import beginnings, taking_back
from api.casework import proposals as desk
from api.casework.proposals import ProposalSeen
from api.domain.caller import Caller
from api.domain.moves import ProposalState
from api.routes.answers import Id, once_shown, page, tagged
from api.routes.bodies import StrictRoute
from api.routes.cursors import Stretched
from api.routes.etags import IfMatchSent
from api.routes.examples import answering
from api.routes.guards import ProposalsAnswer, ProposalsRead, ProposalsWrite
from api.routes.idempotency import CreatedOnce, Once
from api.routes.units import WriteUnit
from api.schemas.clocks import Moves
from api.schemas.proposals import (
    AcceptedBody,
    BegunBody,
    ContactedBody,
    DeclinedBody,
    NotAbleNowBody,
    ProposalCreate,
    ProposalShown,
    StartAgreedBody,
    TakenBackBody,
    WithdrawnBody,
)
from api.schemas.shapes import Page
from api.store import Unit

COLLECTION = "/api/v1/proposals"
router = APIRouter(prefix=COLLECTION, tags=["proposals"], route_class=StrictRoute)
HEARD: dict[str, JsonValue] = {"contacted_at": "2026-11-23T10:15:00Z"}
"""How a proposal looks whose citizen has been spoken to."""
OneId = Annotated[str | None, Query(max_length=64)]


@router.get("", operation_id="list_proposals")
def list_proposals(
    caller: ProposalsRead,
    stretch: Stretched,
    unit: WriteUnit,
    order_id: OneId = None,
    citizen_id: OneId = None,
    state: ProposalState | None = None,
) -> Page[ProposalShown]:
    """The municipality's proposals; those of citizens who are not the caller's work by initials only."""
    sifted = stretch.sifted(order_id=order_id, citizen_id=citizen_id, state=state)
    found, next_id = desk.page(
        unit,
        caller,
        order_id=order_id,
        citizen_id=citizen_id,
        state=state,
        after=sifted.after_id,
        limit=sifted.limit,
    )
    return page(sifted, found, next_id, ProposalShown.of)


@router.post("", operation_id="create_proposal", status_code=201, response_model=ProposalShown)
def create_proposal(
    caller: ProposalsWrite, body: ProposalCreate, once: CreatedOnce, unit: WriteUnit
) -> Response:
    """Suggest a citizen for a job order."""

    def create() -> ProposalShown:
        return ProposalShown.of(desk.propose(unit, caller, body.to_proposal()))

    return once_shown(once, unit, caller, create, _afresh(unit, caller), ProposalShown, COLLECTION)


@router.get("/{proposal_id}", operation_id="read_proposal")
def read_proposal(
    proposal_id: Id, caller: ProposalsRead, unit: WriteUnit, response: Response
) -> ProposalShown:
    """One proposal."""
    return tagged(response, ProposalShown.of(desk.read(unit, caller, proposal_id)))


@router.get("/{proposal_id}/moves", operation_id="list_proposal_moves")
def list_proposal_moves(proposal_id: Id, caller: ProposalsRead, unit: WriteUnit) -> Moves:
    """Everything that became of the proposal, oldest first."""
    return Moves.of(desk.history(unit, caller, proposal_id))


@router.post(
    "/{proposal_id}/contacted",
    operation_id="proposal_contacted",
    response_model=ProposalShown,
    openapi_extra=answering("contact_by", **HEARD, state="contacted", contacted_through="drop_in_centre"),
)
def contacted(
    proposal_id: Id,
    caller: ProposalsAnswer,
    body: ContactedBody,
    seen: IfMatchSent,
    once: CreatedOnce,
    unit: WriteUnit,
) -> Response:
    """Record that the citizen has been contacted, and through whom; the order's clock is met."""
    return _came(unit, caller, once, proposal_id, body.came_of(), seen)


@router.post(
    "/{proposal_id}/accepted",
    operation_id="proposal_accepted",
    response_model=ProposalShown,
    openapi_extra=answering("contact_by", **HEARD, state="accepted"),
)
def accepted(
    proposal_id: Id,
    caller: ProposalsAnswer,
    body: AcceptedBody,
    seen: IfMatchSent,
    once: CreatedOnce,
    unit: WriteUnit,
) -> Response:
    """Record that the proposal is accepted; it takes a place of the order, and an agreement can follow."""
    return _came(unit, caller, once, proposal_id, body.came_of(), seen)


@router.post(
    "/{proposal_id}/start-agreed",
    operation_id="proposal_start_agreed",
    response_model=ProposalShown,
    openapi_extra=answering("contact_by", **HEARD, state="accepted", starts_on="2026-12-04"),
)
def start_agreed(
    proposal_id: Id,
    caller: ProposalsAnswer,
    body: StartAgreedBody,
    seen: IfMatchSent,
    once: CreatedOnce,
    unit: WriteUnit,
) -> Response:
    """Record the first day of work of who has said yes; until it comes, nothing is due about it."""
    return _told(
        unit, caller, once, lambda: beginnings.agree_start(unit, caller, proposal_id, body.step(), seen)
    )


@router.post(
    "/{proposal_id}/begun",
    operation_id="proposal_begun",
    response_model=ProposalShown,
    openapi_extra=answering("contact_by", **HEARD, state="accepted", began_on="2026-11-23"),
)
def begun(
    proposal_id: Id,
    caller: ProposalsAnswer,
    body: BegunBody,
    seen: IfMatchSent,
    once: CreatedOnce,
    unit: WriteUnit,
) -> Response:
    """Record that who has said yes is at work."""
    return _told(unit, caller, once, lambda: beginnings.begin(unit, caller, proposal_id, body.step(), seen))


@router.post(
    "/{proposal_id}/declined",
    operation_id="proposal_declined",
    response_model=ProposalShown,
    openapi_extra=answering("contact_by", **HEARD, state="declined", declined_by="citizen", reason="times"),
)
def declined(
    proposal_id: Id,
    caller: ProposalsAnswer,
    body: DeclinedBody,
    seen: IfMatchSent,
    once: CreatedOnce,
    unit: WriteUnit,
) -> Response:
    """Record a no, whose it is and why."""
    return _came(unit, caller, once, proposal_id, body.came_of(), seen)


@router.post(
    "/{proposal_id}/not-able-now",
    operation_id="proposal_not_able_now",
    response_model=ProposalShown,
    openapi_extra=answering("contact_by", **HEARD, state="not_able_now", review_on="2026-12-07"),
)
def not_able_now(
    proposal_id: Id,
    caller: ProposalsAnswer,
    body: NotAbleNowBody,
    seen: IfMatchSent,
    once: CreatedOnce,
    unit: WriteUnit,
) -> Response:
    """Record that the citizen is not able now, and when to ask again."""
    return _came(unit, caller, once, proposal_id, body.came_of(), seen)


@router.post(
    "/{proposal_id}/withdrawn",
    operation_id="proposal_withdrawn",
    response_model=ProposalShown,
    openapi_extra=answering("contact_by", state="withdrawn"),
)
def withdrawn(
    proposal_id: Id,
    caller: ProposalsAnswer,
    body: WithdrawnBody,
    seen: IfMatchSent,
    once: CreatedOnce,
    unit: WriteUnit,
) -> Response:
    """Take the proposal back; an accepted one gives its place back."""
    return _came(unit, caller, once, proposal_id, body.came_of(), seen)


@router.post("/{proposal_id}/taken-back", operation_id="proposal_taken_back", response_model=ProposalShown)
def taken_back(
    proposal_id: Id,
    caller: ProposalsAnswer,
    body: TakenBackBody,
    seen: IfMatchSent,
    once: CreatedOnce,
    unit: WriteUnit,
) -> Response:
    """Take back what the caller recorded last and by mistake, on the same working day.

    The proposal, its order and the citizen are as before, and the log says so; one that nothing has become of
    is withdrawn. It is refused once something builds on it.
    """

    return _told(
        unit, caller, once, lambda: taking_back.take_back(unit, caller, proposal_id, body.note, seen)
    )


def _came(
    unit: Unit, caller: Caller, once: Once, proposal_id: str, came: desk.CameOf, seen: Set[int] | None
) -> Response:
    return _told(unit, caller, once, lambda: desk.record(unit, caller, proposal_id, came, seen))


def _told(unit: Unit, caller: Caller, once: Once, change: Callable[[], ProposalSeen]) -> Response:
    return once_shown(
        once, unit, caller, lambda: ProposalShown.of(change()), _afresh(unit, caller), ProposalShown
    )


def _afresh(unit: Unit, caller: Caller) -> Callable[[ProposalShown], ProposalShown]:
    return lambda told: ProposalShown.of(desk.read(unit, caller, told.id))
