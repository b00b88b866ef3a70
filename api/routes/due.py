"""`/api/v1/due`: what needs the caller now."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.casework import due as desk
from api.domain.due import Whose
from api.routes.bodies import StrictRoute
from api.routes.guards import ProposalsRead
from api.routes.units import WriteUnit
from api.schemas.due import DueList

router = APIRouter(prefix="/api/v1/due", tags=["due"], route_class=StrictRoute)


@router.get("", operation_id="list_due")
def list_due(
    caller: ProposalsRead,
    unit: WriteUnit,
    whose: Whose = Whose.MINE,
    limit: Annotated[int, Query(ge=1, le=desk.MOST)] = desk.MOST,
) -> DueList:
    """Contact deadlines, orders sent back, days to ask again and what else waits; the most urgent first."""
    return DueList.of(desk.due(unit, caller, whose, limit))
