"""`/api/v1/centres`: drop-in centres and supported housing of the municipality."""

from dataclasses import replace

from fastapi import APIRouter, Response

from api.casework import centres as desk
from api.domain.records import Centre as CentreRecord
from api.routes.answers import Id, created, page, patched, tag
from api.routes.bodies import StrictRoute
from api.routes.cursors import Stretched
from api.routes.etags import IfMatch
from api.routes.guards import CentresRead, CentresWrite
from api.routes.idempotency import CreatedOnce
from api.routes.units import ReadUnit, WriteUnit
from api.schemas.centres import Centre, CentreCreate, CentreUpdate
from api.schemas.shapes import Page
from api.store import centres, new_id

COLLECTION = "/api/v1/centres"
router = APIRouter(prefix=COLLECTION, tags=["centres"], route_class=StrictRoute)


@router.get("", operation_id="list_centres")
def list_centres(caller: CentresRead, stretch: Stretched, unit: ReadUnit) -> Page[Centre]:
    """The municipality's centres."""
    found = centres.page(unit, caller, after=stretch.after_id, limit=stretch.limit)
    return page(list(found.items), found.next, Centre.of)


@router.post("", operation_id="create_centre", status_code=201, response_model=Centre)
def create_centre(caller: CentresWrite, body: CentreCreate, once: CreatedOnce, unit: WriteUnit) -> Response:
    """Register a centre; its address is looked up unless a point is sent."""

    def create() -> Response:
        record = CentreRecord(
            id=new_id(),
            municipality=caller.municipality,
            name=body.name,
            kind=body.kind,
            place=body.place.to_place(),
            verified_on=body.verified_on,
            valid_to=body.valid_to,
        )
        return created(Centre.of(desk.register(unit, caller, record)), COLLECTION)

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
    body: CentreUpdate,
    seen: IfMatch,
    unit: WriteUnit,
    response: Response,
) -> Centre:
    """Change a centre by a merge patch."""
    before = desk.read(unit, caller, centre_id)
    whole = patched(CentreCreate, CentreCreate.base(before), body)
    after = replace(
        before,
        name=whole.name,
        kind=whole.kind,
        place=whole.place.to_place(),
        verified_on=whole.verified_on,
        valid_to=whole.valid_to,
    )
    record = desk.change(unit, caller, before, after, seen)
    tag(response, record.version)
    return Centre.of(record)
