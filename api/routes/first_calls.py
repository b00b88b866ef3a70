"""`/api/v1/calls`: which employers to ring first for those who wait."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from api.casework import first_calls as desk
from api.casework.prospecting import CALLS, ENOUGH, Sought
from api.routes.answers import catalogues_of
from api.routes.bodies import StrictRoute
from api.routes.guards import CandidatesRead
from api.routes.language import language_of
from api.routes.units import store_of
from api.schemas.first_calls import FirstCalls
from matching.times import today_in_denmark

router = APIRouter(prefix="/api/v1/calls", tags=["calls"], route_class=StrictRoute)


@router.get("", operation_id="list_first_calls")
def list_first_calls(
    caller: CandidatesRead,
    request: Request,
    k: Annotated[int, Query(ge=1, le=20)] = CALLS,
    least_points: Annotated[
        float, Query(ge=0, le=100, description="The points from which on a job order counts")
    ] = ENOUGH,
) -> FirstCalls:
    """The calls that open something for most of the municipality's citizens who wait, and what to say."""
    store, kept, language = store_of(request), catalogues_of(request), language_of(request.scope)
    sought = Sought(k=k, least_points=least_points)
    found = desk.first_calls(store, kept, caller, sought, today_in_denmark(), language)
    return FirstCalls.of(found, language)
