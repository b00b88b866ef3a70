"""Taking a list back that was taken in by mistake: what would come of it, the press, and what stays."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from api.access.masking import MaskedCitizen
from api.casework import citizens as citizens_desk
from api.casework import taking_lists_back as desk
from api.casework.errors import NothingToTakeBack
from api.domain.caller import Caller
from api.domain.imports import ImportKind, ImportRun, Stays, Which
from api.domain.records import RecordKind
from api.exchange.taking_lists_back import take_back_behind
from api.pages.imports import Run, run_of
from api.pages.rendering import render
from api.routes.answers import Id
from api.routes.background import background_of
from api.routes.bodies import StrictRoute
from api.routes.guards import ImportsWrite
from api.routes.units import store_of
from api.store import Unit, centres, employers, job_orders

router = APIRouter(prefix="/imports/{import_id}", include_in_schema=False, route_class=StrictRoute)
SHOWN = 20
"""So many of those that stay for one reason are named."""


@dataclass(frozen=True, slots=True)
class Stayer:
    """A record that stays, as the reader sees it in lists, and its page."""

    called: str
    address: str


@dataclass(frozen=True, slots=True)
class Staying:
    """How many records stay for a reason, and the first of them."""

    why: Stays
    count: int
    shown: tuple[Stayer, ...]


@dataclass(frozen=True, slots=True)
class TakeBackPage:
    """What would come of taking a list back; nothing has yet."""

    run: Run
    removed: int
    restored: int
    staying: tuple[Staying, ...]
    template: str = "import_take_back.html"

    @property
    def stayed(self) -> int:
        """How many records stay as they are."""
        return sum(one.count for one in self.staying)


@router.get("/take-back")
def look(request: Request, import_id: Id, caller: ImportsWrite) -> Response:
    """What would be removed and what would stay; where nothing can be taken back, the list and why."""
    with store_of(request).unit(read_only=True) as unit:
        try:
            run, outlook = desk.look(unit, caller, import_id)
        except NothingToTakeBack:
            return _to(import_id)
        staying = shown_of(request, unit, caller, run, outlook.stays)
    return render(request, TakeBackPage(run_of(run, ""), outlook.removed, outlook.restored, staying))


@router.post("/taken-back")
def take_back(request: Request, import_id: Id, caller: ImportsWrite) -> Response:
    """Take the list back; whoever presses twice, or after somebody else, is shown what came of it."""
    store = store_of(request)
    try:
        with store.unit() as unit:
            begun = desk.begin(unit, caller, import_id)
            unit.commit()
    except NothingToTakeBack:
        return _to(import_id)
    if begun:
        background_of(request).do(partial(take_back_behind, store, caller, import_id))
    return _to(import_id)


def shown_of(
    request: Request, unit: Unit, caller: Caller, run: ImportRun, stays: Mapping[Stays, tuple[Which, ...]]
) -> tuple[Staying, ...]:
    """What stays of a list; looks at citizens are written down, in a unit of their own."""
    if not stays or run.kind is not ImportKind.CITIZENS:
        return staying_of(unit, caller, stays)
    with store_of(request).unit() as looking:
        found = staying_of(looking, caller, stays)
        looking.commit()
    return found


def staying_of(unit: Unit, caller: Caller, stays: Mapping[Stays, tuple[Which, ...]]) -> tuple[Staying, ...]:
    """What stays, by reason; of many the first are named, where they are there still."""
    return tuple(
        Staying(why, len(which), tuple(_named(unit, caller, which[:SHOWN]))) for why, which in stays.items()
    )


def _named(unit: Unit, caller: Caller, which: tuple[Which, ...]) -> list[Stayer]:
    ids = {kind: [id_ for of, id_ in which if of is kind] for kind in RecordKind}
    firms = employers.some(unit, caller, ids[RecordKind.EMPLOYER]).values()
    orders = job_orders.some(unit, caller, ids[RecordKind.JOB_ORDER]).values()
    places = centres.some(unit, caller, ids[RecordKind.CENTRE]).values()
    people = ids[RecordKind.CITIZEN]
    listed = citizens_desk.some(unit, caller, people, "citizen_listed") if people else {}
    return [
        *(Stayer(one.name, f"/employers/{one.id}") for one in firms),
        *(Stayer(one.title, f"/job-orders/{one.id}") for one in orders),
        *(Stayer(one.name, f"/centres/{one.id}") for one in places),
        *(
            Stayer(one.initials if isinstance(one, MaskedCitizen) else one.name, f"/citizens/{one.id}")
            for one in listed.values()
        ),
    ]


def _to(import_id: str) -> Response:
    return RedirectResponse(f"/imports/{import_id}", 303)
