"""Who opened a citizen who is not their work, and why: seen by one press, which is undone."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.casework import accesses as desk
from api.casework.accesses import Access
from api.domain.parts import Part
from api.pages.rendering import render
from api.routes.answers import Id
from api.routes.bodies import StrictRoute
from api.routes.cursors import Stretched
from api.routes.guards import AuditRead
from api.routes.units import WriteUnit

router = APIRouter(prefix="/accesses", include_in_schema=False, route_class=StrictRoute)
Cursor = Annotated[str, Form(max_length=500)]

SHOWN = 30
"""So many are shown at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessesPage:
    """What nobody has looked at yet; `seen` is what the reader has just looked at, to be taken back.

    `cursor` is where this part begins, and `next` where the list goes on.
    """

    part: Part[Access]
    cursor: str | None
    next: str | None
    seen: Access | None = None
    template: str = "accesses.html"


@router.get("")
def accesses(
    request: Request,
    caller: AuditRead,
    unit: WriteUnit,
    stretch: Stretched,
    seen: Annotated[str, Query(max_length=64)] = "",
) -> Response:
    """The accesses that wait to be looked at, the oldest first, so many at a time."""
    found = desk.unseen(unit, caller, stretch.after_id, min(stretch.limit, SHOWN))
    page = AccessesPage(
        part=found,
        cursor=stretch.cursor,
        next=stretch.next(found.next),
        seen=desk.just_seen(unit, caller, seen) if seen else None,
    )
    return render(request, page)


@router.post("/{grant_id}/seen")
def see(grant_id: Id, caller: AuditRead, unit: WriteUnit, cursor: Cursor = "") -> Response:
    """Record that the reader has looked at one, and go on where they were."""
    desk.see(unit, caller, grant_id)
    return _back(seen=grant_id, cursor=cursor)


@router.post("/{grant_id}/undo")
def take_back(grant_id: Id, caller: AuditRead, unit: WriteUnit, cursor: Cursor = "") -> Response:
    """Let one wait again."""
    desk.take_back(unit, caller, grant_id)
    return _back(cursor=cursor)


def _back(**said: str) -> Response:
    query = urlencode({name: value for name, value in said.items() if value})
    return RedirectResponse(f"/accesses?{query}" if query else "/accesses", 303)
