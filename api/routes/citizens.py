"""`/api/v1/citizens`: the people it is about. Names never stand in an address; every look is written down."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from api.casework import assignments, explanations, rankings
from api.casework import citizens as desk
from api.casework.supply import Kind
from api.domain.caller import Caller
from api.domain.records import CitizenRecord
from api.routes.answers import Id, catalogues_of, changed, created, once_about, page, patched, tag, tagged
from api.routes.bodies import StrictRoute
from api.routes.cursors import Stretched
from api.routes.etags import IfMatch, IfTagSent, require_same
from api.routes.guards import CitizensAssign, CitizensList, CitizensRead, CitizensWrite, ShortlistsRead
from api.routes.idempotency import CreatedOnce
from api.routes.language import language_of
from api.routes.units import WriteUnit, store_of
from api.schemas.chains import Chain, ChainGiven, Link
from api.schemas.citizens import (
    AccessGranted,
    AccessRequest,
    AssignmentCreate,
    Assignments,
    Citizen,
    CitizenCreate,
    CitizenListed,
    CitizenSearch,
    CitizenUpdate,
)
from api.schemas.pairs import Explanation
from api.schemas.shapes import Page
from api.schemas.shortlists import Shortlist
from api.store import Unit, new_id
from geo import Mode
from matching.citizens import NEEDS_FIELDS
from matching.times import today_in_denmark

COLLECTION = "/api/v1/citizens"
router = APIRouter(prefix=COLLECTION, tags=["citizens"], route_class=StrictRoute)


@router.get("", operation_id="list_citizens")
def list_citizens(
    caller: CitizensRead,
    stretch: Stretched,
    unit: WriteUnit,
    nobodys: Annotated[bool, Query(description="Only those whom nobody works with")] = False,
) -> Page[CitizenListed]:
    """The municipality's citizens; those who are not the caller's work by initials only."""
    sifted = stretch.sifted(nobodys=nobodys)
    found, next_id = desk.page(unit, caller, sifted.after_id, sifted.limit, nobodys=nobodys)
    return page(sifted, found, next_id, CitizenListed.of)


@router.post("", operation_id="create_citizen", status_code=201, response_model=Citizen)
def create_citizen(
    caller: CitizensWrite, body: CitizenCreate, once: CreatedOnce, unit: WriteUnit
) -> Response:
    """Register a citizen, who becomes the caller's work."""

    def create() -> Response:
        record = CitizenRecord(id=new_id(), municipality=caller.municipality, **_fields(body))
        return created(Citizen.of(desk.register(unit, caller, record)), COLLECTION)

    answer, repeated = once.answered(unit, caller, create)
    if repeated:
        desk.repeated(unit, caller, answer.headers["location"].rpartition("/")[2])
    return answer


@router.post("/search", operation_id="search_citizens")
def search_citizens(caller: CitizensRead, body: CitizenSearch, unit: WriteUnit) -> Page[CitizenListed]:
    """The municipality's citizens whose name holds the words; the search itself is written down."""
    found = desk.search(unit, caller, body.name, body.limit)
    return Page(items=[CitizenListed.of(one) for one in found], next=None)


@router.get("/{citizen_id}", operation_id="read_citizen")
def read_citizen(citizen_id: Id, caller: CitizensRead, unit: WriteUnit, response: Response) -> Citizen:
    """One citizen in detail; 403 without being the caller's work, until a reason is given."""
    record = desk.read(unit, caller, citizen_id)
    tag(response, record.version)
    return Citizen.of(record)


@router.patch("/{citizen_id}", operation_id="update_citizen")
def update_citizen(
    citizen_id: Id,
    caller: CitizensWrite,
    body: CitizenUpdate,
    seen: IfMatch,
    unit: WriteUnit,
    response: Response,
) -> Citizen:
    """Change a citizen by a merge patch."""
    before = desk.opened(unit, caller, citizen_id, "citizen_changed")
    whole = patched(CitizenCreate, CitizenCreate.base(before), body)
    record = desk.change(unit, caller, before, replace(before, **_fields(whole)), seen)
    tag(response, record.version)
    return Citizen.of(record)


@router.post(
    "/{citizen_id}/access-requests",
    operation_id="request_access",
    status_code=201,
    response_model=AccessGranted,
)
def request_access(
    citizen_id: Id, caller: CitizensList, body: AccessRequest, once: CreatedOnce, unit: WriteUnit
) -> Response:
    """Open a citizen who is not the caller's work for 60 minutes; the coordinator is shown the reason."""

    def request() -> Response:
        granted = AccessGranted.of(desk.ask_access(unit, caller, citizen_id, body.reason))
        return JSONResponse(granted.model_dump(mode="json"), 201)

    return once_about(once, unit, caller, citizen_id, request)


@router.get("/{citizen_id}/assignments", operation_id="list_assignments")
def list_assignments(
    citizen_id: Id, caller: CitizensRead, unit: WriteUnit, response: Response
) -> Assignments:
    """Whose work the citizen is, so that a colleague can be asked."""
    return tagged(response, _assigned(unit, caller, citizen_id))


@router.post("/{citizen_id}/assignments", operation_id="assign_citizen", response_model=Assignments)
def assign_citizen(
    citizen_id: Id,
    caller: CitizensAssign,
    body: AssignmentCreate,
    seen: IfTagSent,
    once: CreatedOnce,
    unit: WriteUnit,
) -> Response:
    """Make the citizen a colleague's work, or, without a user, the caller's own."""

    def assign() -> Response:
        require_same(unit, "assignments", seen, lambda: _assigned(unit, caller, citizen_id))
        users = assignments.assign(unit, caller, citizen_id, body.user_id)
        return changed(Assignments(citizen=citizen_id, users=list(users)))

    return once_about(once, unit, caller, citizen_id, assign)


@router.delete("/{citizen_id}/assignments/{user_id}", operation_id="unassign_citizen")
def unassign_citizen(
    citizen_id: Id,
    user_id: Id,
    caller: CitizensAssign,
    seen: IfTagSent,
    unit: WriteUnit,
    response: Response,
) -> Assignments:
    """End that the citizen is somebody's work; 404 where the citizen is not."""
    require_same(unit, "assignments", seen, lambda: _assigned(unit, caller, citizen_id))
    users = assignments.unassign(unit, caller, citizen_id, user_id)
    return tagged(response, Assignments(citizen=citizen_id, users=list(users)))


@router.get("/{citizen_id}/contact-chain", operation_id="read_contact_chain")
def read_contact_chain(citizen_id: Id, caller: CitizensRead, unit: WriteUnit, response: Response) -> Chain:
    """Through whom the citizen is contacted, the best way first."""
    return _chain(desk.read(unit, caller, citizen_id), response)


@router.put("/{citizen_id}/contact-chain", operation_id="replace_contact_chain")
def replace_contact_chain(
    citizen_id: Id,
    caller: CitizensWrite,
    body: ChainGiven,
    seen: IfMatch,
    unit: WriteUnit,
    response: Response,
) -> Chain:
    """Say through whom the citizen is contacted, in order of preference."""
    before = desk.opened(unit, caller, citizen_id, "citizen_changed")
    return _chain(desk.change(unit, caller, before, replace(before, chain=body.to_chain()), seen), response)


@router.get("/{citizen_id}/shortlist", operation_id="read_shortlist")
def read_shortlist(
    citizen_id: Id,
    caller: ShortlistsRead,
    request: Request,
    kind: Kind = Kind.JOB_ORDERS,
    k: Annotated[int, Query(ge=1, le=200)] = 20,
    mode: Mode | None = None,
    max_minutes: Annotated[float | None, Query(ge=0, le=1440)] = None,
    ranked: Annotated[bool, Query(description="Without: in the order of arrival, no score")] = True,
) -> Shortlist:
    """Job orders, or employers, for the citizen: what suits, what to ask first, what was left out and why."""
    wanted = rankings.Wanted(kind=kind, k=k, mode=mode, max_minutes=max_minutes, ranked=ranked)
    store, kept = store_of(request), catalogues_of(request)
    found = rankings.for_citizen(store, kept, caller, citizen_id, wanted, today_in_denmark())
    return Shortlist.of(found, language_of(request.scope))


@router.get("/{citizen_id}/explanations/{other_id}", operation_id="explain_shortlist")
def explain_shortlist(citizen_id: Id, other_id: Id, caller: ShortlistsRead, request: Request) -> Explanation:
    """Why the citizen and a job order (or an employer) go together, or why not."""
    language = language_of(request.scope)
    store, kept = store_of(request), catalogues_of(request)
    found = explanations.explained(store, kept, caller, citizen_id, other_id, today_in_denmark(), language)
    return Explanation.of(found.ledger)


def _assigned(unit: Unit, caller: Caller, citizen_id: str) -> Assignments:
    return Assignments(citizen=citizen_id, users=list(assignments.assigned(unit, caller, citizen_id)))


def _chain(record: CitizenRecord, response: Response) -> Chain:
    tag(response, record.version)
    links = [Link.of(link) for link in record.chain]
    return Chain(citizen=record.id, links=links, version=record.version)


def _fields(body: CitizenCreate) -> dict[str, Any]:
    plain = {name: getattr(body, name) for name in CitizenCreate.model_fields if name not in NEEDS_FIELDS}
    return {**plain, "anchors": body.to_anchors(), "needs": body.to_needs()}
