"""All citizens of a centre that closes, moved to another one: looked at first, then moved by one press."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.casework import centres
from api.casework import relocating as desk
from api.casework.relocating import Coming
from api.pages.centres import SHOWN, After, Moment, Starting
from api.pages.rendering import render
from api.routes.answers import Id
from api.routes.bodies import StrictRoute
from api.routes.guards import CitizensAssign
from api.routes.units import WriteUnit
from geo import Refused
from geo.errors import N_

router = APIRouter(prefix="/centres", include_in_schema=False, route_class=StrictRoute)


@dataclass(frozen=True, slots=True)
class RelocationPage:
    """Who would move to where; nothing has moved yet."""

    coming: Coming
    template: str = "relocation.html"

    @property
    def citizens(self) -> tuple[Starting, ...]:
        """Some of them, as the reader sees them in lists."""
        return tuple(map(Starting.of, self.coming.shown))

    @property
    def seen(self) -> str:
        """The version of each as it was looked at, for the form that moves them."""
        return " ".join(f"{id_}:{version}" for id_, version in self.coming.seen.items())


@router.get("/{centre_id}/relocation")
def look(
    request: Request,
    centre_id: Id,
    caller: CitizensAssign,
    unit: WriteUnit,
    to: Annotated[str, Query(max_length=64)] = "",
    after: After = "",
) -> Response:
    """Who would move; each look is written down. Without another centre, where one is chosen."""
    if not to:
        centres.read(unit, caller, centre_id)
        return RedirectResponse(f"/centres/{centre_id}#closing", 303)
    return render(request, RelocationPage(desk.coming(unit, caller, centre_id, to, SHOWN, after)))


@router.post("/{centre_id}/relocation")
def relocate(
    centre_id: Id,
    caller: CitizensAssign,
    unit: WriteUnit,
    to: Annotated[str, Form(max_length=64)] = "",
    seen: Annotated[str, Form(max_length=200_000)] = "",
    chains: Annotated[bool, Form()] = False,
) -> Response:
    """Move those who are still as they were looked at, and how they are reached where that is ticked."""
    done = desk.relocate(unit, caller, centre_id, to, _versions(seen), with_chains=chains)
    if not done.at:
        return _back(centre_id, f"moved&stayed={done.stayed}")
    what = "moved" if done.moved else "moved_already"
    return _back(centre_id, f"{what}&at={said_at(done.at)}&stayed={done.stayed}")


@router.post("/{centre_id}/relocation/undone")
def undo(centre_id: Id, caller: CitizensAssign, unit: WriteUnit, at: Annotated[Moment, Form()]) -> Response:
    """Put back where the ways of those start who were moved at a moment."""
    done = desk.undo(unit, caller, centre_id, at)
    return _back(centre_id, f"{'moved_back' if done.moved else 'back_already'}&stayed={done.stayed}")


def _versions(seen: str) -> dict[str, int]:
    pairs = [one.rpartition(":") for one in seen.split()]
    if any(not id_ or not version.isdecimal() or len(version) > 9 for id_, _, version in pairs):
        raise Refused("seen", N_("It is not said who is to be moved."), N_("Look at them once more."))
    return {id_: int(version) for id_, _, version in pairs}


def said_at(at: datetime) -> str:
    """A moment as an address holds it."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _back(centre_id: str, done: str) -> Response:
    return RedirectResponse(f"/centres/{centre_id}?done={done}#closing", 303)
