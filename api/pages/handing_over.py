"""What a colleague has on the desk, handed over from the colleague's page, and put back there."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.casework import colleagues, handing_back
from api.casework import handing_over as desk
from api.casework.handing_over import HandedOver
from api.pages.centres import Moment
from api.pages.colleagues import with_fault
from api.pages.relocating import said_at
from api.routes.answers import Id
from api.routes.bodies import StrictRoute
from api.routes.guards import CitizensAssign
from api.routes.units import store_of
from geo import Refused

router = APIRouter(
    prefix="/colleagues/{user_id}/handed-over", include_in_schema=False, route_class=StrictRoute
)
Ids = Annotated[list[Annotated[str, Form(max_length=64)]], Form(max_length=5_000)]


@router.post("")
def hand_over(
    request: Request,
    user_id: Id,
    caller: CitizensAssign,
    to: Annotated[str, Form(max_length=64)] = "",
    citizen: Ids = [],  # noqa: B006 - a default that the form's reader copies
    order: Ids = [],  # noqa: B006
    everything: Annotated[bool, Form()] = False,
) -> Response:
    """Hand over what is ticked to one colleague, or everything that there is."""
    try:
        with store_of(request).unit() as unit:
            colleagues.read(unit, caller, user_id)
            done = desk.hand_over(unit, caller, user_id, to, citizen, order, everything=everything)
            unit.commit()
    except Refused as refused:
        if refused.field not in ("to", "citizen"):
            raise
        return with_fault(request, caller, user_id, refused)
    return _back(user_id, "handed" if done.citizens or done.orders else "handed_already", done)


@router.post("/undone")
def undo(request: Request, user_id: Id, caller: CitizensAssign, at: Annotated[Moment, Form()]) -> Response:
    """Put back what was handed over at a moment."""
    with store_of(request).unit() as unit:
        colleagues.read(unit, caller, user_id)
        done = handing_back.undo(unit, caller, user_id, at)
        unit.commit()
    return _back(user_id, "handed_back" if done.citizens or done.orders else "back_already", done)


def _back(user_id: str, what: str, done: HandedOver) -> Response:
    at = f"&at={said_at(done.at)}" if done.at else ""
    return RedirectResponse(f"/colleagues/{user_id}?done={what}{at}&stayed={done.stayed}#h-work", 303)
