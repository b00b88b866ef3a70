"""`/api/v1/job-orders`: what employers ask for, what was answered about it, and who suits it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from api.casework import clocks, explanations, questions, rankings, reopening, returns, silence, taking_over
from api.casework import job_orders as desk
from api.casework.readings import made_ready
from api.domain.caller import Caller
from api.domain.records import JobOrderRecord
from api.routes.answers import Id, catalogues_of, changed, created, once_shown, page, patched, tag, tagged
from api.routes.bodies import StrictRoute
from api.routes.cursors import Stretched
from api.routes.etags import IfMatch, IfMatchSent, IfTagSent, require_same
from api.routes.guards import CandidatesRead, JobOrdersRead, JobOrdersWrite, ShortlistsRead
from api.routes.idempotency import CreatedOnce, Once
from api.routes.language import language_of
from api.routes.units import ReadUnit, WriteUnit, store_of
from api.schemas.candidates import Candidates
from api.schemas.clocks import Clock, Moves, PauseCreate, ReturnCreate, Returned, StillWanted
from api.schemas.job_orders import JobOrder, JobOrderCreate, JobOrderUpdate
from api.schemas.pairs import Explanation
from api.schemas.questions import StillToAskList
from api.schemas.shapes import AnswerGiven, Page
from api.store import Unit, job_orders, new_id
from matching.orders import TASK_FIELDS
from matching.times import today_in_denmark

COLLECTION = "/api/v1/job-orders"
router = APIRouter(prefix=COLLECTION, tags=["job orders"], route_class=StrictRoute)


@router.get("", operation_id="list_job_orders")
def list_job_orders(caller: JobOrdersRead, stretch: Stretched, unit: ReadUnit) -> Page[JobOrder]:
    """The municipality's job orders."""
    found = job_orders.page(unit, caller, after=stretch.after_id, limit=stretch.limit)
    return page(stretch, found.items, found.next, JobOrder.of)


@router.post(
    "",
    operation_id="create_job_order",
    status_code=201,
    response_model=JobOrder,
    dependencies=[Depends(made_ready)],
)
def create_job_order(
    caller: JobOrdersWrite, body: JobOrderCreate, once: CreatedOnce, unit: WriteUnit
) -> Response:
    """Take down a job order of an employer who is registered."""

    def create() -> Response:
        fields = {**_fields(body), "state": body.begins}
        record = JobOrderRecord(id=new_id(), municipality=caller.municipality, **fields)
        return created(JobOrder.of(desk.register(unit, caller, record)), COLLECTION)

    return once.answer(unit, caller, create)


@router.get("/{order_id}", operation_id="read_job_order")
def read_job_order(order_id: Id, caller: JobOrdersRead, unit: ReadUnit, response: Response) -> JobOrder:
    """One job order."""
    record = desk.read(unit, caller, order_id)
    tag(response, record.version)
    return JobOrder.of(record)


@router.patch("/{order_id}", operation_id="update_job_order", dependencies=[Depends(made_ready)])
def update_job_order(
    order_id: Id,
    caller: JobOrdersWrite,
    body: JobOrderUpdate,
    seen: IfMatch,
    unit: WriteUnit,
    response: Response,
) -> JobOrder:
    """Change a job order by a merge patch."""
    before = desk.read(unit, caller, order_id)
    whole = patched(JobOrderCreate, JobOrderCreate.base(before), body)
    fields = {**_fields(whole), "state": whole.state or before.state}
    record = desk.change(unit, caller, before, replace(before, **fields), seen)
    tag(response, record.version)
    return JobOrder.of(record)


@router.post("/{order_id}/answers", operation_id="answer_for_job_order", response_model=JobOrder)
def answer_for_job_order(
    order_id: Id,
    caller: JobOrdersWrite,
    body: AnswerGiven,
    seen: IfMatchSent,
    once: CreatedOnce,
    unit: WriteUnit,
) -> Response:
    """Record what was answered about this order; it counts before the employer's own answers."""
    return _changed_once(
        once, unit, caller, lambda: desk.answer(unit, caller, order_id, body.to_code(), body.answer, seen)
    )


@router.get("/{order_id}/questions", operation_id="list_job_order_questions")
def list_questions(order_id: Id, caller: CandidatesRead, unit: ReadUnit, request: Request) -> StillToAskList:
    """What the municipality wants to know of every order and nobody has answered, the most useful first."""
    found = questions.of_order(unit, caller, catalogues_of(request), order_id)
    return StillToAskList.of(found, language_of(request.scope))


@router.post("/{order_id}/still-wanted", operation_id="job_order_still_wanted", response_model=JobOrder)
def still_wanted(
    order_id: Id,
    caller: JobOrdersWrite,
    body: StillWanted,
    seen: IfMatchSent,
    once: CreatedOnce,
    unit: WriteUnit,
) -> Response:
    """Record that the employer still wants the order; one that is not wanted any more is ended by a patch."""
    return _changed_once(
        once, unit, caller, lambda: silence.still_wanted(unit, caller, order_id, body.note, seen)
    )


@router.post("/{order_id}/taken-over", operation_id="take_job_order_over", response_model=JobOrder)
def take_over(
    order_id: Id,
    caller: JobOrdersWrite,
    seen: IfMatchSent,
    once: CreatedOnce,
    unit: WriteUnit,
    with_suggestions: Annotated[
        bool, Query(description="Take along what that person has suggested, for citizens open to the caller")
    ] = False,
) -> Response:
    """Look after the order from now on, in the place of whoever did: it is due with the caller."""

    def take() -> JobOrderRecord:
        return taking_over.take_over(unit, caller, order_id, with_suggestions=with_suggestions, seen=seen)

    return _changed_once(once, unit, caller, take)


@router.post("/{order_id}/handed-back", operation_id="hand_job_order_back", response_model=JobOrder)
def hand_back(
    order_id: Id, caller: JobOrdersWrite, seen: IfMatch, once: CreatedOnce, unit: WriteUnit
) -> Response:
    """Undo that the caller has just taken the order over; who looked after it before does so again."""
    return _changed_once(once, unit, caller, lambda: taking_over.hand_back(unit, caller, order_id, seen))


@router.post("/{order_id}/reopened", operation_id="reopen_job_order", response_model=JobOrder)
def reopen(
    order_id: Id, caller: JobOrdersWrite, seen: IfMatch, once: CreatedOnce, unit: WriteUnit
) -> Response:
    """Undo that the caller has just ended the order or sent it back, its clock and suggestions with it."""
    return _changed_once(once, unit, caller, lambda: reopening.reopen(unit, caller, order_id, seen))


@router.get("/{order_id}/moves", operation_id="list_job_order_moves")
def list_job_order_moves(order_id: Id, caller: JobOrdersRead, unit: ReadUnit) -> Moves:
    """Every state the order has been in, oldest first."""
    return Moves.of(desk.history(unit, caller, order_id))


@router.post("/{order_id}/return", operation_id="return_job_order", response_model=Returned)
def return_job_order(
    order_id: Id,
    caller: JobOrdersWrite,
    body: ReturnCreate,
    seen: IfMatchSent,
    once: CreatedOnce,
    unit: WriteUnit,
    request: Request,
) -> Response:
    """Send the order back to who sent it, with a cause; a new clock starts, the next candidates are shown."""
    kept = rankings.kept_now(store_of(request), catalogues_of(request), caller)
    back = returns.Returned(**body.model_dump())

    def send() -> Returned:
        found = returns.return_order(unit, caller, kept, order_id, back, seen)
        return Returned.of(found, language_of(request.scope))

    def afresh(_: Returned) -> Returned:
        found = returns.read_again(unit, caller, kept, order_id, back.k)
        return Returned.of(found, language_of(request.scope))

    return once_shown(once, unit, caller, send, afresh, Returned)


@router.get("/{order_id}/clock-pauses", operation_id="read_clock")
def read_clock(order_id: Id, caller: JobOrdersRead, unit: ReadUnit, response: Response) -> Clock:
    """Until when a citizen has to be contacted, and when the clock stood still."""
    clock = clocks.clock_of(unit, caller, desk.read(unit, caller, order_id))
    return tagged(response, Clock.of(order_id, clock))


@router.post("/{order_id}/clock-pauses", operation_id="pause_clock", status_code=201, response_model=Clock)
def pause_clock(
    order_id: Id,
    caller: JobOrdersWrite,
    body: PauseCreate,
    seen: IfTagSent,
    once: CreatedOnce,
    unit: WriteUnit,
) -> Response:
    """Let the contact clock stand still from now, with a reason."""

    def pause() -> Response:
        require_same(unit, "clock", seen, lambda: _clock_held(unit, caller, order_id))
        return changed(Clock.of(order_id, clocks.pause(unit, caller, order_id, body.reason)), 201)

    return once.answer(unit, caller, pause)


@router.delete("/{order_id}/clock-pauses", operation_id="resume_clock")
def resume_clock(
    order_id: Id, caller: JobOrdersWrite, seen: IfTagSent, unit: WriteUnit, response: Response
) -> Clock:
    """Let the contact clock run again."""
    require_same(unit, "clock", seen, lambda: _clock_held(unit, caller, order_id))
    return tagged(response, Clock.of(order_id, clocks.resume(unit, caller, order_id)))


@router.get("/{order_id}/candidates", operation_id="list_candidates")
def list_candidates(
    order_id: Id,
    caller: CandidatesRead,
    request: Request,
    k: Annotated[int, Query(ge=1, le=200)] = 20,
    ranked: Annotated[bool, Query(description="Without: in the order of registration, no score")] = True,
) -> Candidates:
    """The citizens whom the order suits, whom to ask about, and how many were left out."""
    store, kept = store_of(request), catalogues_of(request)
    found = rankings.for_order(store, kept, caller, order_id, k, ranked, today_in_denmark())
    return Candidates.of(found, language_of(request.scope))


@router.get("/{order_id}/explanations/{citizen_id}", operation_id="explain_candidate")
def explain_candidate(order_id: Id, citizen_id: Id, caller: ShortlistsRead, request: Request) -> Explanation:
    """Why the order and the citizen go together, or why not; no points for who objects to being ranked."""
    language = language_of(request.scope)
    store, kept = store_of(request), catalogues_of(request)
    found = explanations.explained(store, kept, caller, citizen_id, order_id, today_in_denmark(), language)
    return Explanation.of(found.ledger, scored=not found.objects_to_ranking)


def _clock_held(unit: Unit, caller: Caller, order_id: str) -> Clock:
    """The clock as it stands, which nobody else changes before the unit ends."""
    return Clock.of(order_id, clocks.clock_of(unit, caller, job_orders.held(unit, caller, order_id)))


def _changed_once(once: Once, unit: Unit, caller: Caller, change: Callable[[], JobOrderRecord]) -> Response:
    return once.answer(unit, caller, lambda: changed(JobOrder.of(change())))


def _fields(body: JobOrderCreate) -> dict[str, Any]:
    plain = {name: getattr(body, name) for name in JobOrderCreate.model_fields if name not in TASK_FIELDS}
    return {**plain, "task": body.to_task()}
