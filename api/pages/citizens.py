"""Whom one works with: one's own citizens first, the municipality's by initials."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.access.masking import MaskedCitizen
from api.access.scopes import Scope, may
from api.casework import citizens as desk
from api.casework import suggestions
from api.casework.starts import Starts, anchors_of, starts_of
from api.casework.suggestions import Begun
from api.domain.caller import Caller
from api.domain.parts import Part
from api.domain.records import CitizenRecord, ListedCitizen, rests_until
from api.domain.working_days import day_of
from api.pages.failures import AccessPage
from api.pages.rendering import render
from api.routes.answers import Id
from api.routes.bodies import StrictRoute
from api.routes.cursors import Stretch, Stretched
from api.routes.guards import CitizensList, CitizensRead
from api.routes.language import language_of, translator
from api.routes.units import WriteUnit
from api.store import Unit
from geo import Refused

router = APIRouter(prefix="/citizens", include_in_schema=False, route_class=StrictRoute)

SHOWN = 40
"""So many are shown at a time."""


@dataclass(frozen=True, slots=True)
class Row:
    """A citizen in a list: a name and where the way starts, or only initials of somebody else's work.

    `suggested` says that a suggestion waits for its answer, `begun` which tasks they have begun with,
    `rests_until` when somebody who cannot now is asked again.
    """

    id: str
    name: str
    start: str = ""
    ready: bool = False
    waiting_since: date | None = None
    open: bool = True
    suggested: bool = False
    begun: tuple[Begun, ...] = ()
    nobodys: bool = False
    rests_until: date | None = None

    @property
    def reference(self) -> str:
        """The end of the id, which tells two with the same initials apart; ids begin alike."""
        return self.id[-6:]

    @classmethod
    def of(cls, listed: desk.Listed, starts: Starts, on: date) -> "Row":
        """The citizen as much as the caller may see in a list."""
        if isinstance(listed, MaskedCitizen):
            return cls(listed.id, listed.initials, open=False, nobodys=listed.nobodys)
        return cls(
            listed.id,
            listed.name,
            _start(listed, starts),
            listed.ready,
            listed.waiting_since,
            rests_until=rests_until(listed.not_able_until, on),
        )


@dataclass(frozen=True, slots=True)
class CitizensPage:
    """One of the two lists: the reader's own, or others'; `next` is where it goes on."""

    own: Part[Row] | None = None
    others: tuple[Row, ...] | None = None
    next: str | None = None
    nobodys: bool = False
    lists_others: bool = False
    registers: bool = False
    assigns: bool = False
    taken_back: bool = False
    template: str = "citizens.html"


@router.get("")
def own_citizens(
    request: Request, caller: CitizensRead, unit: WriteUnit, stretch: Stretched, done: str = ""
) -> HTMLResponse:
    """The caller's own citizens, so many at a time."""
    page = _page(unit, caller, stretch)
    return render(request, replace(page, taken_back=done == "taken-back"))


@router.get("/all")
def all_citizens(
    request: Request, caller: CitizensList, stretch: Stretched, unit: WriteUnit, nobodys: bool = False
) -> HTMLResponse:
    """The municipality's citizens, or those whom nobody works with; others' citizens by initials."""
    sifted = stretch.sifted(nobodys=nobodys)
    found, next_id = desk.page(unit, caller, sifted.after_id, min(sifted.limit, SHOWN), nobodys=nobodys)
    rows = rows_of(unit, caller, found)
    following = sifted.next(next_id and (next_id,))
    return render(request, CitizensPage(others=rows, next=following, nobodys=nobodys))


@router.post("/{citizen_id}/access")
def ask_access(
    request: Request,
    citizen_id: Id,
    caller: CitizensList,
    unit: WriteUnit,
    reason: Annotated[str, Form(max_length=5000)] = "",
) -> Response:
    """Open a citizen who is not the caller's work for an hour, or ask for the reason again."""
    try:
        desk.ask_access(unit, caller, citizen_id, reason)
    except Refused as refused:
        if refused.field != "reason":
            raise
        said = refused.said(translator(language_of(request.scope)))
        nobodys = desk.is_nobodys(unit, caller, citizen_id)
        return render(request, AccessPage(citizen_id, said, reason, nobodys), 422)
    return RedirectResponse(f"/citizens/{citizen_id}", 303)


def _page(unit: Unit, caller: Caller, stretch: Stretch) -> CitizensPage:
    found = desk.own_work(unit, caller, stretch.after, min(stretch.limit, SHOWN))
    return CitizensPage(
        own=found.showing(rows_of(unit, caller, found.rows)),
        next=stretch.next(found.next),
        lists_others=may(caller, Scope.CITIZENS_LIST),
        registers=may(caller, Scope.CITIZENS_WRITE),
        assigns=may(caller, Scope.CITIZENS_ASSIGN),
    )


def rows_of(unit: Unit, caller: Caller, listed: Sequence[desk.Listed]) -> tuple[Row, ...]:
    """Citizens as every list tells of them; of who is not open to the caller the initials alone."""
    starts, ids = starts_of(unit, caller.municipality), {one.id for one in listed}
    waiting, begun = suggestions.waiting(unit, caller, ids), suggestions.begun(unit, caller, ids)
    rows = (Row.of(one, starts, day_of(unit.at)) for one in listed)
    return tuple(
        replace(row, suggested=row.id in waiting, begun=begun.get(row.id, ())) if row.open else row
        for row in rows
    )


def _start(record: CitizenRecord | ListedCitizen, starts: Starts) -> str:
    return next((anchor.name for anchor in anchors_of(record, starts)), "")
