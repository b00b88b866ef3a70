"""`/api/v1/practices`: what the municipality does its own way."""

from fastapi import APIRouter, Response

from api.casework import practices as desk
from api.routes.answers import tag
from api.routes.bodies import StrictRoute
from api.routes.etags import IfMatch
from api.routes.guards import PoliciesRead, PoliciesWrite
from api.routes.units import ReadUnit, WriteUnit
from api.schemas.practices import PracticeShown, PracticeUpdate

router = APIRouter(prefix="/api/v1/practices", tags=["practices"], route_class=StrictRoute)


@router.get("", operation_id="read_practice")
def read_practice(caller: PoliciesRead, unit: ReadUnit, response: Response) -> PracticeShown:
    """The practice of the caller's municipality; version 0 as long as it has said nothing."""
    seen = desk.seen(unit, caller.municipality)
    tag(response, seen.version)
    return PracticeShown.of(seen)


@router.patch("", operation_id="update_practice")
def update_practice(
    caller: PoliciesWrite, body: PracticeUpdate, seen: IfMatch, unit: WriteUnit, response: Response
) -> PracticeShown:
    """Change the practice by a merge patch; null puts the default back."""
    said = body.model_dump(exclude_unset=True)
    found = desk.change(unit, caller, said, seen)
    tag(response, found.version)
    return PracticeShown.of(found)
