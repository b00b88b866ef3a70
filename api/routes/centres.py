"""`/api/v1/centres`: drop-in centres and supported housing of the municipality."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from api.casework import centres as desk
from api.casework.addresses import NOTHING_ASKED
from api.domain.caller import Caller
from api.domain.records import Centre as CentreRecord
from api.routes.addresses import Asked, addresses_of, ask
from api.routes.answers import Id, created, page, patched, tag
from api.routes.bodies import StrictRoute
from api.routes.cursors import Stretched
from api.routes.etags import IfMatch
from api.routes.guards import CentresRead, CentresWrite
from api.routes.idempotency import CreatedOnce
from api.routes.units import ReadUnit, WriteUnit, store_of
from api.schemas.centres import Centre, CentreCreate, CentreUpdate
from api.schemas.shapes import Page
from api.store import centres, new_id

COLLECTION = "/api/v1/centres"
router = APIRouter(prefix=COLLECTION, tags=["centres"], route_class=StrictRoute)


def _new(caller: Caller, body: CentreCreate) -> CentreRecord:
    return CentreRecord(
        id=new_id(),
        municipality=caller.municipality,
        name=body.name,
        kind=body.kind,
        place=body.place.to_place(),
        phone=body.phone,
        verified_on=body.verified_on,
        valid_to=body.valid_to,
    )


def _changed(before: CentreRecord, body: CentreUpdate) -> CentreRecord:
    whole = patched(CentreCreate, CentreCreate.base(before), body)
    return replace(
        before,
        name=whole.name,
        kind=whole.kind,
        place=whole.place.to_place(),
        phone=whole.phone,
        verified_on=whole.verified_on,
        valid_to=whole.valid_to,
    )


def _asked_for_new(request: Request, caller: CentresWrite, body: CentreCreate) -> Asked[CentreCreate]:
    return Asked(body, ask(request, caller, _new(caller, body)))


def _asked_for_changed(
    request: Request, centre_id: Id, caller: CentresWrite, body: CentreUpdate
) -> Asked[CentreUpdate]:
    if not addresses_of(request).asks:
        return Asked(body, NOTHING_ASKED)
    with store_of(request).unit(read_only=True) as unit:
        before = desk.read(unit, caller, centre_id)
    return Asked(body, ask(request, caller, _changed(before, body), before.place))


New = Annotated[Asked[CentreCreate], Depends(_asked_for_new)]
Changed = Annotated[Asked[CentreUpdate], Depends(_asked_for_changed)]


@router.get("", operation_id="list_centres")
def list_centres(caller: CentresRead, stretch: Stretched, unit: ReadUnit) -> Page[Centre]:
    """The municipality's centres."""
    found = centres.page(unit, caller, after=stretch.after_id, limit=stretch.limit)
    return page(stretch, found.items, found.next, Centre.of)


@router.post("", operation_id="create_centre", status_code=201, response_model=Centre)
def create_centre(caller: CentresWrite, new: New, once: CreatedOnce, unit: WriteUnit) -> Response:
    """Register a centre; its address is looked up unless a point is sent."""

    def create() -> Response:
        record = desk.register(unit, caller, _new(caller, new.body), new.answers)
        return created(Centre.of(record), COLLECTION)

    return once.answer(unit, caller, create)


@router.get("/{centre_id}", operation_id="read_centre")
def read_centre(centre_id: Id, caller: CentresRead, unit: ReadUnit, response: Response) -> Centre:
    """One centre."""
    record = desk.read(unit, caller, centre_id)
    tag(response, record.version)
    return Centre.of(record)


@router.patch("/{centre_id}", operation_id="update_centre")
def update_centre(
    centre_id: Id,
    caller: CentresWrite,
    sent: Changed,
    seen: IfMatch,
    unit: WriteUnit,
    response: Response,
) -> Centre:
    """Change a centre by a merge patch."""
    before = desk.read(unit, caller, centre_id)
    record = desk.change(unit, caller, before, _changed(before, sent.body), seen, sent.answers)
    tag(response, record.version)
    return Centre.of(record)
