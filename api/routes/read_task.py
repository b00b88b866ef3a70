"""`/api/v1/read-task`: from an employer's words to a proposal; nothing is kept or sent elsewhere."""

from fastapi import APIRouter

from api.routes.bodies import StrictRoute
from api.routes.guards import TasksRead
from api.schemas.readings import Reading, TaskText
from matching.reading import read_task
from matching.times import today_in_denmark

router = APIRouter(prefix="/api/v1", tags=["reading"], route_class=StrictRoute)


@router.post("/read-task", operation_id="read_task", response_model_exclude_unset=True)
def read(caller: TasksRead, body: TaskText) -> Reading:
    """What a task text says, with the words that gave each away; what is not known is absent."""
    return Reading.model_validate(read_task(body.text, on=today_in_denmark()).to_json())
