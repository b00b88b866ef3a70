"""The job café: choose who comes and what lies on the tables, see who gets what and why, print it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.casework import cafes
from api.casework.cafe_offers import Offer
from api.casework.cafes import Room, Wanted
from api.domain.caller import Caller
from api.pages.cafe_form import CafeForm, Sent, day_of, hours_of
from api.pages.cafe_view import Timetable, timetable
from api.pages.rendering import render
from api.routes.answers import catalogues_of
from api.routes.bodies import StrictRoute
from api.routes.guards import CandidatesRead
from api.routes.language import language_of, translator
from api.routes.units import store_of
from geo import Refused
from matching.language import speech
from matching.times import DENMARK_TIME

router = APIRouter(prefix="/cafe", include_in_schema=False, route_class=StrictRoute)

MOST_OFFERS = 60
"""Tasks that are listed, those that suit most first; what is chosen already is always among them."""


@dataclass(frozen=True, slots=True)
class CafePage:
    """The form of a café; `wrong` says by field what cannot be accepted.

    `moved` says that a plan was asked for, of people whom nobody had seen.
    """

    form: CafeForm
    day: date
    room: Room
    offers: tuple[Offer, ...]
    wrong: dict[str, str]
    moved: bool = False
    template: str = "cafe.html"


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A café that is planned, and the form that it can be made anew from."""

    form: CafeForm
    day: date
    timetable: Timetable
    gone: tuple[tuple[str, str], ...]
    anew: bool
    lost: int
    day_off: bool
    over: bool
    list_id: str
    policy: str
    made_at: datetime
    template: str = "cafe_plan.html"


@router.get("")
def cafe(
    request: Request,
    caller: CandidatesRead,
    day: Annotated[str, Query(max_length=40)] = "",
    centre: Annotated[str, Query(max_length=64)] = "",
    moved: bool = False,
) -> HTMLResponse:
    """Everybody who could come on a day, and the tasks to begin with."""
    form = CafeForm(day=day, centre=centre)
    try:
        room = _room(request, caller, form)
    except Refused as refused:
        room = _room(request, caller, replace(form, day=""))
        return _form(request, form.suggested(room), room, refused)
    return _form(request, form.suggested(room), room, moved=moved)


@router.post("")
def change(request: Request, caller: CandidatesRead, form: Sent) -> Response:
    """The form as it was filled in, to choose others; what people were told goes with it.

    The people of another centre are a page of their own, with its address.
    """
    return _begin(form) if form.starts_elsewhere else _again(request, caller, form)


@router.post("/plan")
def plan(request: Request, caller: CandidatesRead, form: Sent) -> Response:
    """Who gets what and meets whom when; with a plan that people were told, as little else as can be."""
    if form.starts_elsewhere:
        return _begin(form, moved="yes")
    try:
        hours = hours_of(form)
        wanted = Wanted(
            day=hours.day,
            citizen_ids=form.citizens,
            gone_ids=form.gone,
            order_ids=form.orders,
            slots=hours.slots,
            tables=hours.tables,
            hanging=form.hanging,
        )
        found = cafes.planned(store_of(request), catalogues_of(request), caller, wanted)
    except Refused as refused:
        return _again(request, caller, form, refused)
    said = speech(language_of(request.scope))
    page = PlanPage(
        # a day that was said by its weekday is another one next week, and the plan keeps its own
        form=replace(form.told(found), day=f"{hours.day:%d-%m-%Y}"),
        day=hours.day,
        timetable=timetable(found, hours, said),
        gone=tuple((one.id, one.name) for one in found.gone.values()),
        anew=form.hanging is not None,
        lost=found.lost,
        day_off=found.day_off,
        over=hours.over(found.at),
        list_id=found.list_id,
        policy=found.policy,
        made_at=found.at.astimezone(DENMARK_TIME),
    )
    return render(request, page)


def _begin(form: CafeForm, **told: str) -> Response:
    return RedirectResponse(f"/cafe?{urlencode({'day': form.day, 'centre': form.centre, **told})}", 303)


def _again(request: Request, caller: Caller, form: CafeForm, refused: Refused | None = None) -> HTMLResponse:
    try:
        room = _room(request, caller, form)
    except Refused as no_day:
        refused = refused or no_day
        room = _room(request, caller, replace(form, day=""))
    return _form(request, form, room, refused)


def _room(request: Request, caller: Caller, form: CafeForm) -> Room:
    return cafes.room(store_of(request), catalogues_of(request), caller, day_of(form), form.centre)


def _form(
    request: Request, form: CafeForm, room: Room, refused: Refused | None = None, *, moved: bool = False
) -> HTMLResponse:
    wrong = {}
    if refused:
        wrong[refused.field] = refused.said(translator(language_of(request.scope)))
    listed = tuple(
        offer
        for place, offer in enumerate(room.offers)
        if place < MOST_OFFERS or offer.order.id in form.orders
    )
    day = datetime.now(DENMARK_TIME).date() if "day" in wrong else day_of(form)
    return render(request, CafePage(form, day, room, listed, wrong, moved), 422 if wrong else 200)
