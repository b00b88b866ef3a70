"""Who opened a citizen who is not their work, and why: seen by one press, which is undone."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.access.scopes import Scope, may
from api.casework import accesses as desk
from api.casework.accesses import Access
from api.pages.rendering import render
from api.routes.answers import Id
from api.routes.bodies import StrictRoute
from api.routes.guards import AuditRead
from api.routes.units import WriteUnit

router = APIRouter(prefix="/accesses", include_in_schema=False, route_class=StrictRoute)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessesPage:
    """What nobody has looked at yet; `seen` is what the reader has just looked at, to be taken back."""

    items: tuple[Access, ...]
    total: int
    lists: bool
    seen: Access | None = None
    template: str = "accesses.html"


@router.get("")
def accesses(
    request: Request, caller: AuditRead, unit: WriteUnit, seen: Annotated[str, Query(max_length=64)] = ""
) -> Response:
    """The accesses that wait to be looked at, the oldest first."""
    found = desk.unseen(unit, caller)
    page = AccessesPage(
        items=found.items,
        total=found.total,
        lists=may(caller, Scope.CITIZENS_LIST),
        seen=desk.just_seen(unit, caller, seen) if seen else None,
    )
    return render(request, page)


@router.post("/{grant_id}/seen")
def see(grant_id: Id, caller: AuditRead, unit: WriteUnit) -> Response:
    """Record that the reader has looked at one."""
    desk.see(unit, caller, grant_id)
    return RedirectResponse(f"/accesses?seen={grant_id}", 303)


@router.post("/{grant_id}/undo")
def take_back(grant_id: Id, caller: AuditRead, unit: WriteUnit) -> Response:
    """Let one wait again."""
    desk.take_back(unit, caller, grant_id)
    return RedirectResponse("/accesses", 303)
