"""The job cafés to come, and a new one before it is planned: who comes, and what lies on the tables."""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated, TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.casework import cafes, kept_cafes
from api.casework.cafe_offers import Offer
from api.casework.cafes import Room
from api.casework.kept_cafes import Coming
from api.domain.caller import Caller
from api.domain.names import holds
from api.domain.records import Centre, CitizenRecord
from api.pages.cafe_form import CafeForm, Sent, day_of, hours_of, span_of
from api.pages.rendering import render
from api.routes.answers import catalogues_of
from api.routes.bodies import StrictRoute
from api.routes.guards import CandidatesRead
from api.routes.language import language_of, translator
from api.routes.problem import Several
from api.routes.units import store_of
from geo import Refused
from geo.names import fold
from matching.times import DENMARK_TIME

One = TypeVar("One")

router = APIRouter(prefix="/cafe", include_in_schema=False, route_class=StrictRoute)

LISTED, NAMED = 60, 20
"""People, tasks and centres that are listed, and names in a line; what is chosen is always listed."""


@dataclass(frozen=True, slots=True)
class CafePage:
    """The form of a café; `wrong` says by field what cannot be accepted.

    `people`, `offers` and `centres` are those of the room that are listed; the words looked for are in none
    of all when `unfound`. `off` have called off, `kept_back` are the chosen people and tasks that are not
    listed: they stay chosen.
    `address` is that of a café that is kept, "/cafe" for a new one, and `coming` are those to come.
    `moved` says that a plan was asked for, of people whom nobody had seen. `keeps` is for how many days after
    its day a café is kept.
    """

    form: CafeForm
    day: date
    room: Room
    people: tuple[CitizenRecord, ...]
    offers: tuple[Offer, ...]
    centres: tuple[Centre, ...]
    wrong: dict[str, str]
    address: str
    keeps: int
    coming: tuple[Coming, ...] = ()
    moved: bool = False
    off: frozenset[str] = frozenset()
    unfound: bool = False
    named: int = NAMED
    template: str = "cafe.html"

    def suited(self, offer: Offer) -> int:
        """How many of those chosen a task suits without asking first."""
        return len(offer.suits & set(self.form.citizens))

    @property
    def kept_back(self) -> dict[str, list[str]]:
        """The chosen who are not listed, by field."""
        people, tasks = {one.id for one in self.people}, {offer.order.id for offer in self.offers}
        return {
            "citizens": [id_ for id_ in self.form.citizens if id_ not in people],
            "orders": [id_ for id_ in self.form.orders if id_ not in tasks],
        }

    @property
    def seated(self) -> frozenset[str]:
        """The employers who get a table, by id: one of their chosen tasks suits somebody chosen."""
        chosen = (offer for offer in self.offers if offer.order.id in self.form.orders)
        return frozenset(offer.employer.id for offer in chosen if self.suited(offer))


@router.get("")
def cafe(
    request: Request,
    caller: CandidatesRead,
    day: Annotated[str, Query(max_length=40)] = "",
    centre: Annotated[str, Query(max_length=64)] = "",
    moved: bool = False,
) -> HTMLResponse:
    """The cafés to come; everybody who could come to a new one on a day, and the tasks to begin with."""
    form = CafeForm(day=day, centre=centre)
    try:
        room = room_of(request, caller, form)
    except Refused as refused:
        room = room_of(request, caller, replace(form, day=""))
        return form_page(request, caller, form.suggested(room), room, refused)
    return form_page(request, caller, form.suggested(room), room, moved=moved)


@router.post("")
def plan(request: Request, caller: CandidatesRead, form: Sent) -> Response:
    """Plan who gets what and meets whom when, and keep it: the café has an address from then on.

    With *Show*, the form as it was filled in, to choose others. The people of another centre are a page of
    their own, with its address.
    """
    if form.starts_elsewhere:
        return _begin(form) if form.show else _begin(form, moved="yes")
    if form.looks:
        return again(request, caller, form)
    store = store_of(request)
    try:
        hours = hours_of(form)
        found = cafes.planned(store, catalogues_of(request), caller, form.wanted(hours))
    except Refused as refused:
        return again(request, caller, form, refused)
    kept = kept_cafes.keep(store, caller, form.afternoon(hours, found), found, days_kept(request))
    return RedirectResponse(f"/cafe/{kept.id}{f'?lost={found.lost}' if found.lost else ''}", 303)


def days_kept(request: Request) -> int:
    """For how many days after its day a café is kept."""
    days: int = request.app.state.settings.cafe_days
    return days


def again(
    request: Request,
    caller: Caller,
    form: CafeForm,
    refused: Refused | None = None,
    address: str = "/cafe",
    off: frozenset[str] = frozenset(),
) -> HTMLResponse:
    """The form as it was filled in, with what cannot be accepted; `off` have called off the café."""
    named = replace(form, citizens=(*form.citizens, *off))
    try:
        room = room_of(request, caller, named)
    except Refused as no_day:
        refused = refused or no_day
        room = room_of(request, caller, replace(named, day=""))
    return form_page(request, caller, form, room, refused, address, off)


def room_of(request: Request, caller: Caller, form: CafeForm) -> Room:
    """Who could come on the day of a form; raises `Refused` for what is no day."""
    store, kept, day = store_of(request), catalogues_of(request), day_of(form)
    span, chosen = span_of(form, day), frozenset(form.citizens)
    return cafes.room(store, kept, caller, day, form.centre, span=span, chosen=chosen)


def form_page(
    request: Request,
    caller: Caller,
    form: CafeForm,
    room: Room,
    refused: Refused | None = None,
    address: str = "/cafe",
    off: frozenset[str] = frozenset(),
    *,
    moved: bool = False,
) -> HTMLResponse:
    """The page of the form; what was typed and cannot be accepted stays in its field."""
    wrong: dict[str, str] = {}
    for one in refused.each if isinstance(refused, Several) else [refused] if refused else []:
        wrong[one.field] = one.said(translator(language_of(request.scope)))
    chosen = {*form.citizens, *form.orders, form.centre, *off}
    words = fold(form.find).split()
    people, some_people = _part(room.people, words, chosen, lambda one: (one.id, one.name))
    offers, some_offers = _part(room.offers, words, chosen, _told)
    centres, some_centres = _part(room.centres, words, chosen, lambda one: (one.id, one.name))
    page = CafePage(
        form=form,
        day=datetime.now(DENMARK_TIME).date() if "day" in wrong else day_of(form),
        room=room,
        people=people,
        offers=offers,
        centres=centres,
        wrong=wrong,
        address=address,
        keeps=days_kept(request),
        coming=_coming(request, caller) if address == "/cafe" else (),
        moved=moved,
        off=off,
        unfound=bool(form.find) and not (some_people or some_offers or some_centres),
    )
    return render(request, page, 422 if wrong else 200)


def _part(
    listed: Sequence[One], words: Sequence[str], chosen: Set[str], told: Callable[[One], tuple[str, str]]
) -> tuple[tuple[One, ...], bool]:
    """The chosen and the first of those that hold the words, and whether any holds them.

    `told` answers the id of one and what is read. A list in which nothing holds the words stays as it is: a
    person is looked for among people, whatever the tasks are called.
    """
    names = dict(map(told, listed))
    wished = [id_ for id_, name in names.items() if holds(fold(name), words)]
    first = {*(wished or [*names])[:LISTED], *chosen}
    return tuple(one for one in listed if told(one)[0] in first), bool(wished)


def _told(offer: Offer) -> tuple[str, str]:
    return offer.order.id, f"{offer.order.title} {offer.employer.name}"


def _coming(request: Request, caller: Caller) -> tuple[Coming, ...]:
    with store_of(request).unit(read_only=True) as unit:
        return kept_cafes.coming(unit, caller)


def _begin(form: CafeForm, **told: str) -> Response:
    return RedirectResponse(f"/cafe?{urlencode({'day': form.day, 'centre': form.centre, **told})}", 303)
