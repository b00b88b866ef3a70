"""`/api/v1/lists/{id}/reorder`: the order of a list is advice; a person may give it another and say why."""

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from api.casework import reorderings as desk
from api.routes.answers import Id
from api.routes.bodies import StrictRoute
from api.routes.guards import ProposalsWrite
from api.routes.idempotency import CreatedOnce
from api.routes.units import WriteUnit
from api.schemas.reorderings import ReorderCreate, ReorderShown

router = APIRouter(prefix="/api/v1/lists", tags=["lists"], route_class=StrictRoute)


@router.post("/{list_id}/reorder", operation_id="reorder_list", status_code=201, response_model=ReorderShown)
def reorder_list(
    list_id: Id, caller: ProposalsWrite, body: ReorderCreate, once: CreatedOnce, unit: WriteUnit
) -> Response:
    """Keep another order of a citizen's list, and why; no score moves by it."""

    def create() -> JSONResponse:
        kept = desk.reorder(
            unit,
            caller,
            list_id,
            body.citizen_id,
            shown=body.shown,
            order=body.order,
            reason=body.reason,
        )
        return JSONResponse(ReorderShown.of(kept).model_dump(mode="json"), 201)

    answer, repeated = once.answered(unit, caller, create)
    if repeated:
        desk.repeated(unit, caller, list_id, body.citizen_id)
    return answer
