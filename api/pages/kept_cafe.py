"""A job café that is kept: its plan, who does not come after all, planning it anew, undoing, deleting."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.casework import cafes, kept_cafes
from api.domain.cafes import KeptCafe
from api.domain.caller import Caller
from api.pages.cafe import again, days_kept
from api.pages.cafe_form import CafeForm, Hours, Sent, hours_of
from api.pages.cafe_view import Timetable, timetable
from api.pages.rendering import render
from api.routes.answers import Id, catalogues_of
from api.routes.bodies import StrictRoute
from api.routes.guards import CandidatesRead
from api.routes.language import language_of, translator
from api.routes.units import store_of
from api.store.errors import Stale
from geo import Refused
from matching.language import speech
from matching.times import DENMARK_TIME

router = APIRouter(prefix="/cafe/{cafe_id}", include_in_schema=False, route_class=StrictRoute)

MOST_TITLES = 3
"""Tasks that stand at one talk on a person's sheet: all of them lie on the table."""

WHOLE_NAMES = 6
"""So many columns of the timetable hold a first name in one piece on a tablet; more would not fit."""

Pressed = Annotated[str, Form(max_length=64)]
Seen = Annotated[int, Form(ge=1)]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A café as it is kept. `ahead` says that its day is to come, `over` that its last talk has ended, and
    `late` that it had when it was planned.

    `anew` says that it was planned before, `changed` that something that people were told holds no more, and
    `lost` counts what was chosen and was not there any more when it was planned. `wrong` is why a change was
    not made.
    """

    address: str
    seen: int
    day: date
    timetable: Timetable
    gone: tuple[tuple[str, str], ...]
    anew: bool
    changed: bool
    lost: int
    day_off: bool
    ahead: bool
    over: bool
    late: bool
    kept_until: date
    list_id: str
    policy: str
    place: str
    made_at: datetime
    wrong: str = ""
    titles: int = MOST_TITLES
    whole: int = WHOLE_NAMES
    template: str = "cafe_plan.html"


@router.get("")
def kept(
    request: Request,
    caller: CandidatesRead,
    cafe_id: Id,
    lost: Annotated[int, Query(ge=0, le=9999)] = 0,
) -> HTMLResponse:
    """The plan as people were told it, with the sheets to print."""
    return _shown(request, caller, cafe_id, lost=lost)


@router.get("/sheets")
def sheets(request: Request, caller: CandidatesRead, cafe_id: Id) -> HTMLResponse:
    """The sheets of paper: for the host, for each table and for each person."""
    return _shown(request, caller, cafe_id, template="cafe_paper.html")


@router.get("/change")
def choose(request: Request, caller: CandidatesRead, cafe_id: Id) -> HTMLResponse:
    """The form of the café, to choose others."""
    return _chosen_again(request, caller, cafe_id, _form_of(request, caller, cafe_id))


@router.post("/change")
def change(request: Request, caller: CandidatesRead, cafe_id: Id, form: Sent) -> Response:
    """The form as it was filled in, with the people of another centre or another day."""
    return _chosen_again(request, caller, cafe_id, form)


@router.post("/plan")
def plan(request: Request, caller: CandidatesRead, cafe_id: Id, form: Sent) -> Response:
    """Plan it anew from what people were told: as little else as can be."""
    if form.looks:
        return _chosen_again(request, caller, cafe_id, form)
    return _anew(request, caller, cafe_id, form)


@router.post("/guests")
def guests(
    request: Request,
    caller: CandidatesRead,
    cafe_id: Id,
    seen: Seen,
    leaves: Pressed = "",
    comes: Pressed = "",
) -> Response:
    """Plan it anew without somebody who does not come after all, or with them again."""
    form = _form_of(request, caller, cafe_id).after(leaves, comes)
    return _anew(request, caller, cafe_id, form, seen, leaves)


@router.post("/undo")
def undo(request: Request, caller: CandidatesRead, cafe_id: Id, seen: Seen) -> Response:
    """The café as it stood before its last change."""
    return _done(request, caller, cafe_id, lambda: kept_cafes.undo(store_of(request), caller, cafe_id, seen))


@router.post("/deleted")
def delete(request: Request, caller: CandidatesRead, cafe_id: Id, seen: Seen) -> Response:
    """Delete the café."""
    try:
        kept_cafes.forget(store_of(request), caller, cafe_id, seen)
    except Stale as stale:
        return _shown(request, caller, cafe_id, stale)
    return RedirectResponse("/cafe", 303)


def _form_of(request: Request, caller: Caller, cafe_id: str) -> CafeForm:
    """The form of the café with those guests only whom the caller sees."""
    store = store_of(request)
    return CafeForm.of(kept_cafes.seen_by(store, caller, kept_cafes.find(store, caller, cafe_id)))


def _chosen_again(
    request: Request, caller: Caller, cafe_id: str, form: CafeForm, refused: Refused | None = None
) -> HTMLResponse:
    """The form of the café, with who has called off told as that."""
    store = store_of(request)
    seen = kept_cafes.seen_by(store, caller, kept_cafes.find(store, caller, cafe_id))
    off = frozenset(id_ for id_, told in seen.guests.items() if told.left)
    return again(request, caller, form, refused, f"/cafe/{cafe_id}", off)


def _anew(
    request: Request, caller: Caller, cafe_id: str, form: CafeForm, seen: int | None = None, leaves: str = ""
) -> Response:
    store, version = store_of(request), form.version if seen is None else seen
    kept = kept_cafes.find(store, caller, cafe_id)
    try:
        kept_cafes.require_seen(kept, version)
        hours = hours_of(form, accepted=seen is not None)
        wanted = kept_cafes.anew(store, caller, kept, form.wanted(hours), leaves)
        found = cafes.planned(store, catalogues_of(request), caller, wanted)
        afternoon = form.afternoon(hours, found)
        kept_cafes.keep_anew(store, caller, kept, afternoon, wanted, found, days_kept(request))
    except Stale as stale:
        return _shown(request, caller, cafe_id, stale)
    except Refused as refused:
        return _chosen_again(request, caller, cafe_id, form, refused)
    # whoever has pressed goes on at what came of it
    return RedirectResponse(f"/cafe/{cafe_id}{f'?lost={found.lost}' if found.lost else ''}#placed", 303)


def _done(request: Request, caller: Caller, cafe_id: str, do: Callable[[], KeptCafe]) -> Response:
    try:
        do()
    except Stale as stale:
        return _shown(request, caller, cafe_id, stale)
    return RedirectResponse(f"/cafe/{cafe_id}", 303)


def _shown(
    request: Request,
    caller: Caller,
    cafe_id: str,
    stale: Stale | None = None,
    lost: int = 0,
    template: str = "cafe_plan.html",
) -> HTMLResponse:
    store, language = store_of(request), language_of(request.scope)
    kept = kept_cafes.find(store, caller, cafe_id)
    hours = Hours.of(kept)
    found = kept_cafes.shown(store, catalogues_of(request), caller, kept, hours.slots)
    page = PlanPage(
        address=f"/cafe/{cafe_id}",
        seen=kept.version,
        day=hours.day,
        timetable=timetable(found, hours, speech(language)),
        gone=tuple((one.id, one.name) for one in found.gone.values()),
        anew=kept.former is not None,
        changed=kept_cafes.has_changed(kept, found),
        lost=lost,
        day_off=found.day_off,
        ahead=hours.day > found.at.astimezone(DENMARK_TIME).date(),
        over=hours.over(found.at),
        late=hours.over(kept.updated_at),
        kept_until=kept.expires_on,
        list_id=kept.now.list_id,
        policy=kept.now.policy,
        place=kept.now.place,
        made_at=kept.updated_at.astimezone(DENMARK_TIME),
        wrong=stale.said(translator(language)) if stale else "",
        template=template,
    )
    return render(request, page, 412 if stale else 200)
