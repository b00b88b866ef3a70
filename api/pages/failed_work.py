"""What failed in the background: what, since when, and the way out; gone when somebody has seen to it."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.casework import failures as desk
from api.casework.failures import Failure
from api.domain.failed_work import Work
from api.pages.rendering import render
from api.routes.bodies import StrictRoute
from api.routes.guards import FailuresRead
from api.routes.units import ReadUnit, WriteUnit

router = APIRouter(prefix="/failures", include_in_schema=False, route_class=StrictRoute)


@dataclass(frozen=True, slots=True)
class FailedWorkPage:
    """Everything that failed and has not worked since, the last first."""

    items: tuple[Failure, ...]
    done: bool
    template: str = "failed_work.html"


@router.get("")
def failed_work(request: Request, caller: FailuresRead, unit: ReadUnit, done: str = "") -> Response:
    """What failed in the municipality."""
    return render(request, FailedWorkPage(desk.listed(unit, caller), done=done == "seen"))


@router.post("/seen-to")
def see_to(
    caller: FailuresRead,
    unit: WriteUnit,
    work: Annotated[Work, Form()],
    subject: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Take one away that somebody has seen to."""
    desk.see_to(unit, caller, work, subject)
    return RedirectResponse("/failures?done=seen", 303)
