"""`/api/v1/employers`: the municipality's employers and what they answered."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from api.casework import employers as desk
from api.casework.addresses import NOTHING_ASKED
from api.domain.caller import Caller
from api.domain.records import EmployerRecord
from api.routes.addresses import Asked, addresses_of, ask
from api.routes.answers import Id, changed, created, page, patched, tag
from api.routes.bodies import StrictRoute
from api.routes.cursors import Stretched
from api.routes.etags import IfMatch, IfMatchSent
from api.routes.guards import EmployersRead, EmployersWrite
from api.routes.idempotency import CreatedOnce
from api.routes.units import ReadUnit, WriteUnit, store_of
from api.schemas.employers import Employer, EmployerCreate, EmployerUpdate, PlaceMarked
from api.schemas.shapes import AnswerGiven, Page
from api.store import employers, new_id

COLLECTION = "/api/v1/employers"
router = APIRouter(prefix=COLLECTION, tags=["employers"], route_class=StrictRoute)


def _new(caller: Caller, body: EmployerCreate) -> EmployerRecord:
    return body.to_record(new_id(), caller.municipality)


def _changed(before: EmployerRecord, body: EmployerUpdate) -> EmployerRecord:
    return replace(before, **patched(EmployerCreate, EmployerCreate.base(before), body).to_fields())


def _asked_for_new(request: Request, caller: EmployersWrite, body: EmployerCreate) -> Asked[EmployerCreate]:
    return Asked(body, ask(request, caller, _new(caller, body)))


def _asked_for_changed(
    request: Request, employer_id: Id, caller: EmployersWrite, body: EmployerUpdate
) -> Asked[EmployerUpdate]:
    if not addresses_of(request).asks:
        return Asked(body, NOTHING_ASKED)
    with store_of(request).unit(read_only=True) as unit:
        before = desk.read(unit, caller, employer_id)
    return Asked(body, ask(request, caller, _changed(before, body), before.place))


New = Annotated[Asked[EmployerCreate], Depends(_asked_for_new)]
Changed = Annotated[Asked[EmployerUpdate], Depends(_asked_for_changed)]


@router.get("", operation_id="list_employers")
def list_employers(caller: EmployersRead, stretch: Stretched, unit: ReadUnit) -> Page[Employer]:
    """The municipality's employers."""
    found = employers.page(unit, caller, after=stretch.after_id, limit=stretch.limit)
    return page(stretch, found.items, found.next, Employer.of)


@router.post("", operation_id="create_employer", status_code=201, response_model=Employer)
def create_employer(caller: EmployersWrite, new: New, once: CreatedOnce, unit: WriteUnit) -> Response:
    """Register an employer; the address is looked up unless a point is sent."""

    def create() -> Response:
        record = desk.register(unit, caller, _new(caller, new.body), new.answers)
        return created(Employer.of(record), COLLECTION)

    return once.answer(unit, caller, create)


@router.get("/{employer_id}", operation_id="read_employer")
def read_employer(employer_id: Id, caller: EmployersRead, unit: ReadUnit, response: Response) -> Employer:
    """One employer."""
    record = desk.read(unit, caller, employer_id)
    tag(response, record.version)
    return Employer.of(record)


@router.patch("/{employer_id}", operation_id="update_employer")
def update_employer(
    employer_id: Id,
    caller: EmployersWrite,
    sent: Changed,
    seen: IfMatch,
    unit: WriteUnit,
    response: Response,
) -> Employer:
    """Change an employer by a merge patch."""
    before = desk.read(unit, caller, employer_id)
    record = desk.change(unit, caller, before, _changed(before, sent.body), seen, sent.answers)
    tag(response, record.version)
    return Employer.of(record)


@router.post("/{employer_id}/mark", operation_id="mark_employer", response_model=Employer)
def mark_employer(
    employer_id: Id,
    caller: EmployersWrite,
    body: PlaceMarked,
    seen: IfMatch,
    once: CreatedOnce,
    unit: WriteUnit,
) -> Response:
    """Put the employer where somebody has marked it by hand; no list moves it from there."""

    def mark() -> Response:
        return changed(Employer.of(desk.mark_by_hand(unit, caller, employer_id, body.to_mark(), seen)))

    return once.answer(unit, caller, mark)


@router.post("/{employer_id}/answers", operation_id="answer_for_employer", response_model=Employer)
def answer_for_employer(
    employer_id: Id,
    caller: EmployersWrite,
    body: AnswerGiven,
    seen: IfMatchSent,
    once: CreatedOnce,
    unit: WriteUnit,
) -> Response:
    """Record what the employer answered, for every task there; `unknown` takes an answer back."""

    def answer() -> Response:
        record = desk.answer(unit, caller, employer_id, body.to_code(), body.answer, seen)
        return changed(Employer.of(record))

    return once.answer(unit, caller, answer)
