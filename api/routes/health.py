"""Whether the service works: for monitors, without sign-in."""

from typing import Literal

from fastapi import APIRouter
from pydantic import Field

from api.casework.code_version import code_version
from api.routes.bodies import StrictRoute
from api.routes.units import ReadUnit
from api.schemas.shapes import Shown
from api.store import failed_work, installation

router = APIRouter(tags=["service"], route_class=StrictRoute)


class Health(Shown):
    """The service answers, and its database does.

    `failed` counts what failed in the background and neither works again nor was seen to; a coordinator
    reads what it is.
    """

    status: Literal["ok"]
    version: str = Field(examples=["0.1.0"])
    database: Literal["ok"]
    example_data: bool = Field(examples=[True])
    failed: int = Field(examples=[0])


@router.get("/health", operation_id="health")
def health(unit: ReadUnit) -> Health:
    """Whether the service and its database answer; 503 when the database does not."""
    example = installation.is_example_data(unit)
    failed = failed_work.count_everywhere(unit)
    return Health(status="ok", version=code_version(), database="ok", example_data=example, failed=failed)
