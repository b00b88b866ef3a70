"""The municipality's drop-in centres, where citizens' ways start: listed, added, corrected, marked.

Whatever cannot be kept comes back with the page, as it was written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from typing import Annotated, Self

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import AwareDatetime, Field

from api.access.masking import MaskedCitizen
from api.access.scopes import Scope, may
from api.casework import centres as desk
from api.casework.citizens import Listed, starting_from
from api.casework.places import elsewhere
from api.casework.relocating import may_be_undone, open_to_all
from api.domain.caller import Caller
from api.domain.names import filed_as, visible
from api.domain.records import Centre, Place
from api.domain.working_days import day_of
from api.exchange.days import day_near
from api.exchange.firsts import address_line
from api.exchange.values import Given
from api.pages.employer_map import marking_map
from api.pages.place_form import MARKED_AS, Line, SentAddress, SentMark, meant, refuse_unmoved
from api.pages.place_map import PlaceMap
from api.pages.rendering import render
from api.routes.addresses import ask
from api.routes.answers import Id
from api.routes.bodies import StrictRoute
from api.routes.guards import CentresRead, CentresWrite
from api.routes.language import language_of, translator
from api.routes.units import ReadUnit, WriteUnit, store_of
from api.store import Unit, centres, new_id
from api.store.errors import Missing, Stale
from geo import Gazetteer, Precision, Refused
from matching.vocabulary import AnchorKind, parse_code

router = APIRouter(prefix="/centres", include_in_schema=False, route_class=StrictRoute)
Seen = Annotated[int, Form(ge=1, lt=2**63)]
KINDS = (AnchorKind.DROP_IN_CENTRE, AnchorKind.SUPPORTED_HOUSING)
"""What a place of the municipality can be."""

_MOVES = ("moved", "moved_already", "moved_back", "back_already")
DONE = ("registered", "changed", "mark", "closed", "reopened", *_MOVES)
Stayed = Annotated[int, Query(ge=0, lt=10_000)]
Moment = Annotated[
    AwareDatetime, Field(ge=datetime(2020, 1, 1, tzinfo=UTC), lt=datetime(2100, 1, 1, tzinfo=UTC))
]
After = Annotated[str, Query(max_length=64)]
SHOWN = 30
"""So many of those who start at a closed centre are shown at once."""

_NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class SentCentre:
    """What a centre is called, which kind it is and how it is reached, as a form sends it."""

    name: Line = ""
    kind: Annotated[str, Form(max_length=40)] = str(AnchorKind.DROP_IN_CENTRE)
    phone: Line = ""

    def of(self, centre: Centre, place: Place) -> Centre:
        """The centre with what was sent; raises `Refused` for a kind that does not exist."""
        name = visible(" ".join(self.name.split()))
        kind = parse_code(AnchorKind, "kind", self.kind)
        return replace(centre, name=name, kind=kind, phone=" ".join(self.phone.split()), place=place)


Told = Annotated[SentCentre, Depends(SentCentre)]
Address = Annotated[SentAddress, Depends(SentAddress)]


@dataclass(frozen=True, slots=True)
class Wrong:
    """What was not kept, in which form of the page, and what had been written there.

    `faults` is all that is wrong with it, by field.
    """

    part: str
    faults: Mapping[str, str]
    typed: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusing:
    """A page whose forms come back as they were sent, with what is wrong with one of them."""

    wrong: Wrong | None = None

    def is_wrong(self, part: str, name: str) -> bool:
        """Whether a field of a form is what kept it from being saved."""
        return bool(self.fault_at(part, name))

    def fault_at(self, part: str, name: str) -> str:
        """What is wrong with a field of a form, "" for nothing."""
        return self.wrong.faults.get(name, "") if self.wrong and self.wrong.part == part else ""

    def typed(self, part: str, name: str, otherwise: str = "") -> str:
        """What had been written in a field of a form that was not kept."""
        return self.wrong.typed.get(name, "") if self.wrong and self.wrong.part == part else otherwise


@dataclass(frozen=True, slots=True)
class CentresPage(Refusing):
    """All centres by name, and the form for one more."""

    centres: tuple[Centre, ...]
    writes: bool
    imports: bool
    today: date
    place: Place = _NOWHERE
    kinds: tuple[AnchorKind, ...] = KINDS
    template: str = "centres.html"

    @staticmethod
    def address(centre: Centre) -> str:
        """Where the centre is, as one line."""
        return address_line(centre.place)


@dataclass(frozen=True, slots=True)
class Starting:
    """A citizen whose way starts at a centre that closes; by initials where not open to the reader."""

    id: str
    called: str
    is_open: bool

    @classmethod
    def of(cls, citizen: Listed) -> Self:
        """The citizen as the reader sees one in lists."""
        if isinstance(citizen, MaskedCitizen):
            return cls(citizen.id, citizen.initials, is_open=False)
        return cls(citizen.id, citizen.name, is_open=True)


@dataclass(frozen=True, slots=True)
class Moved:
    """How many can be moved back, to which moment they belong, and how many stayed."""

    count: int
    at: datetime | None
    stayed: int


@dataclass(frozen=True, slots=True)
class CentrePage(Refusing):
    """One centre, its map, and what was done or refused a moment ago.

    Of a centre that closes, `starting` are some of those whose way starts there still, and `next` is the id
    after which they go on, "" at the end; `others` are open, and to one of `elsewhere_open` the reader may
    move everybody. `moved` says how many were a moment ago.
    """

    centre: Centre
    map: PlaceMap | None
    writes: bool
    today: date
    starting: tuple[Starting, ...] = ()
    starting_total: int = 0
    next: str = ""
    others: int = 0
    elsewhere_open: tuple[Centre, ...] = ()
    moved: Moved | None = None
    done: str = ""
    kinds: tuple[AnchorKind, ...] = KINDS
    precisions: tuple[Precision, ...] = MARKED_AS
    template: str = "centre.html"

    @property
    def is_closed(self) -> bool:
        """Whether it is closed today, and not only about to be."""
        return self.centre.closed_on(self.today)

    @property
    def address(self) -> str:
        """Where the centre is, as one line."""
        return address_line(self.centre.place)

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """The municipalities in which it lies, as it seems, where its own is none of them."""
        return elsewhere(self.centre.place, self.centre.municipality)

    @property
    def meant(self) -> Precision:
        """How precise a mark is until somebody says otherwise."""
        return meant(self.centre.place)


@router.get("")
def all_centres(request: Request, caller: CentresRead, unit: ReadUnit) -> Response:
    """The municipality's centres."""
    return render(request, _all(unit, caller))


@router.post("")
def register(request: Request, caller: CentresWrite, told: Told, address: Address) -> Response:
    """Keep a new centre, placed as well as its address allows, and show where that is."""
    try:
        new = Centre(id=new_id(), municipality=caller.municipality, name="", place=_NOWHERE)
        centre = told.of(new, address.to_place())
        with store_of(request).unit(read_only=True) as unit:
            faults = desk.faults(unit, caller, centre)
        if faults:
            return _not_new(request, caller, faults, told, address)
        # the address service is asked before the unit that writes, which keeps nobody waiting
        answers = ask(request, caller, centre)
        with store_of(request).unit() as unit:
            desk.refuse_same_name(unit, caller, centre)
            desk.register(unit, caller, centre, answers)
            unit.commit()
    except Refused as refused:
        return _not_new(request, caller, (refused,), told, address)
    return _to(centre.id, "registered")


@router.get("/{centre_id}")
def one_centre(
    request: Request,
    centre_id: Id,
    caller: CentresRead,
    unit: WriteUnit,
    done: str = "",
    at: Moment | None = None,
    stayed: Stayed = 0,
    after: After = "",
) -> Response:
    """One centre as it is known now; of those who start there still, some after an id."""
    page = _page(unit, caller, centre_id, after)
    moved = may_be_undone(unit, caller, centre_id, at) if at and may(caller, Scope.CITIZENS_ASSIGN) else 0
    told = Moved(moved, at, stayed) if done in _MOVES else None
    return render(request, replace(page, done=done if done in DONE else "", moved=told))


@router.post("/{centre_id}")
def change(
    request: Request, centre_id: Id, caller: CentresWrite, seen: Seen, told: Told, address: Address
) -> Response:
    """Correct what a centre is called, how it is reached and where it is; a new address is looked up."""
    with store_of(request).unit(read_only=True) as unit:
        before = desk.read(unit, caller, centre_id)
    try:
        after = told.of(before, address.to_place())
        with store_of(request).unit(read_only=True) as unit:
            faults = desk.faults(unit, caller, after, before)
        if faults:
            return _not_kept(request, caller, centre_id, "change", faults, _typed(told, address))
        answers = ask(request, caller, after, before.place)
        with store_of(request).unit() as unit:
            desk.refuse_same_name(unit, caller, after)
            desk.change(unit, caller, before, after, {seen}, answers)
            unit.commit()
    except Refused as refused:
        return _not_kept(request, caller, centre_id, "change", (refused,), _typed(told, address))
    return _to(centre_id, "changed")


@router.post("/{centre_id}/mark")
def mark(
    request: Request,
    centre_id: Id,
    caller: CentresWrite,
    seen: Seen,
    sent: Annotated[SentMark, Depends(SentMark)],
) -> Response:
    """Put the centre where somebody has marked it, on the map or by coordinates."""
    try:
        with store_of(request).unit() as unit:
            before = desk.read(unit, caller, centre_id)
            meant = sent.to_mark()
            refuse_unmoved(before.place, meant)
            desk.mark_by_hand(unit, caller, centre_id, meant, {seen})
            unit.commit()
    except Missing:
        raise
    except Refused as refused:
        return _not_kept(request, caller, centre_id, "mark", (refused,), asdict(sent))
    return _to(centre_id, "mark")


@router.post("/{centre_id}/closed")
def close(
    request: Request,
    centre_id: Id,
    caller: CentresWrite,
    seen: Seen,
    closed_from: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Say from which day the centre is closed; whoever starts there is asked where they come now."""
    try:
        day = day_near(Given.typed("closed_from", closed_from))
        with store_of(request).unit() as unit:
            desk.close(unit, caller, centre_id, day, {seen})
            unit.commit()
    except Missing:
        raise
    except Refused as refused:
        return _not_kept(request, caller, centre_id, "close", (refused,), {"closed_from": closed_from})
    return _to(centre_id, "closed")


@router.post("/{centre_id}/reopened")
def reopen(request: Request, centre_id: Id, caller: CentresWrite, seen: Seen) -> Response:
    """Open the centre again, or take back that it closes."""
    try:
        with store_of(request).unit() as unit:
            desk.reopen(unit, caller, centre_id, {seen})
            unit.commit()
    except Stale as stale:
        return _not_kept(request, caller, centre_id, "close", (stale,), {})
    return _to(centre_id, "reopened")


def _all(unit: Unit, caller: Caller) -> CentresPage:
    known = sorted(centres.all_of(unit, caller.municipality), key=lambda one: filed_as(one.name))
    writes = may(caller, Scope.CENTRES_WRITE)
    imports = writes and may(caller, Scope.IMPORTS_WRITE)
    return CentresPage(tuple(known), writes, imports, today=day_of(unit.at))


def _page(unit: Unit, caller: Caller, centre_id: str, after: str = "") -> CentrePage:
    found = desk.read(unit, caller, centre_id)
    others = [one for one in centres.all_of(unit, caller.municipality) if one.id != centre_id]
    somewhere = Gazetteer.shipped().main_point(caller.municipality)
    today = day_of(unit.at)
    page = CentrePage(
        found,
        marking_map(others, found.place.point, somewhere),
        writes=may(caller, Scope.CENTRES_WRITE),
        today=today,
        others=sum(not one.closed_on(today) for one in others),
    )
    return _with_starting(unit, caller, page, after) if found.closed_from else page


def _with_starting(unit: Unit, caller: Caller, page: CentrePage, after: str) -> CentrePage:
    shown, total, following = starting_from(unit, caller, page.centre.id, SHOWN, after)
    to = open_to_all(unit, caller, page.centre) if may(caller, Scope.CITIZENS_ASSIGN) else ()
    starting = tuple(map(Starting.of, shown))
    return replace(page, starting=starting, starting_total=total, next=following, elsewhere_open=to)


def _typed(told: SentCentre, address: SentAddress) -> dict[str, str]:
    return {**asdict(told), **asdict(address)}


def _not_new(
    request: Request, caller: Caller, faults: Sequence[Refused], told: SentCentre, address: SentAddress
) -> Response:
    with store_of(request).unit(read_only=True) as unit:
        page = replace(_all(unit, caller), wrong=_wrong(request, "new", faults, _typed(told, address)))
    return render(request, page, 422)


def _not_kept(
    request: Request,
    caller: Caller,
    centre_id: str,
    part: str,
    faults: Sequence[Refused],
    typed: Mapping[str, str],
) -> Response:
    # those who start there may stand on the page, and each look is written down
    with store_of(request).unit() as unit:
        page = replace(_page(unit, caller, centre_id), wrong=_wrong(request, part, faults, typed))
        unit.commit()
    return render(request, page, 412 if isinstance(faults[0], Stale) else 422)


def _wrong(request: Request, part: str, faults: Sequence[Refused], typed: Mapping[str, str]) -> Wrong:
    translate = translator(language_of(request.scope))
    return Wrong(part, {one.field.rpartition(".")[2]: one.said(translate) for one in faults}, typed)


def _to(centre_id: str, done: str) -> Response:
    return RedirectResponse(f"/centres/{centre_id}?done={done}", 303)
