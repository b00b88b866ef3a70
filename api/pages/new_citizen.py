"""A new citizen: a name and where the way starts; the rest is filled in on the citizen's own page.

The form brings the id that the citizen will have, so that pressing twice registers nobody twice.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.access.scopes import Scope, may
from api.casework import citizens as desk
from api.casework import erasure
from api.casework.errors import NotAsRegistered, RegisteredOtherwise
from api.domain.caller import Caller
from api.domain.names import visible
from api.domain.records import AnchorRecord, Centre, CitizenRecord
from api.domain.working_days import day_of
from api.pages.forms import Values
from api.pages.rendering import render
from api.routes.answers import Id
from api.routes.bodies import StrictRoute
from api.routes.guards import CitizensWrite
from api.routes.language import language_of, translator
from api.routes.problem import Several
from api.routes.units import ReadUnit, store_of
from api.store import Unit, centres, new_id
from geo import Refused
from geo.errors import N_
from matching.vocabulary import AnchorKind

router = APIRouter(prefix="/citizens", include_in_schema=False, route_class=StrictRoute)
_ID = re.compile(r"[0-9a-f]{32}")

Line = Annotated[str, Form(max_length=200)]


@dataclass(frozen=True, slots=True)
class NewCitizenPage:
    """The form with what was written in it, and what is wrong with it.

    `wrong` says what by field. `namesakes` are citizens of the same name whom the reader may see; another one
    is registered on purpose.
    """

    id: str
    centres: tuple[Centre, ...]
    name: str = ""
    centre: str = ""
    postcode: str = ""
    wrong: Values = field(default_factory=dict)
    namesakes: tuple[CitizenRecord, ...] = ()
    registers_centres: bool = False
    template: str = "new_citizen.html"


@router.get("/new")
def new_citizen(request: Request, caller: CitizensWrite, unit: ReadUnit) -> Response:
    """An empty form."""
    return render(request, _page(unit, caller, new_id()))


@router.post("/new")
def register(
    request: Request,
    caller: CitizensWrite,
    id: Annotated[str, Form(max_length=64)] = "",
    name: Annotated[str, Form(max_length=1000)] = "",
    centre: Annotated[str, Form(max_length=64)] = "",
    postcode: Line = "",
    another: Line = "",
) -> Response:
    """Keep the citizen, who becomes the caller's work, and lead to the citizen's page.

    Where the caller sees somebody of that name already, `another` says for which name it is somebody else.
    """
    citizen_id = id if _ID.fullmatch(id) else new_id()
    told = (visible(" ".join(name.split())), centre.strip(), postcode.strip())
    try:
        with store_of(request).unit() as unit:
            record = _read(unit, caller, citizen_id, *told)
            if another != record.name and (namesakes := _namesakes(unit, caller, record)):
                page = replace(_page(unit, caller, citizen_id, *told), namesakes=namesakes)
                unit.commit()
                return render(request, page, 409)
            desk.register_once(unit, caller, record)
            unit.commit()
    except RegisteredOtherwise as taken:
        return _refused(request, caller, new_id(), told, taken, 409)
    except Refused as refused:
        return _refused(request, caller, citizen_id, told, refused)
    return RedirectResponse(f"/citizens/{citizen_id}?done=registered", 303)


@router.post("/{citizen_id}/taken-back")
def take_back(request: Request, citizen_id: Id, caller: CitizensWrite) -> Response:
    """Undo a registration, which erases the citizen; where more was added, it is said that it stands."""
    try:
        with store_of(request).unit() as unit:
            erasure.take_back(unit, caller, citizen_id)
            unit.commit()
    except NotAsRegistered:
        return RedirectResponse(f"/citizens/{citizen_id}?done=stands", 303)
    return RedirectResponse("/citizens?done=taken-back", 303)


def _namesakes(unit: Unit, caller: Caller, record: CitizenRecord) -> tuple[CitizenRecord, ...]:
    found = desk.namesakes(unit, caller, record.name)
    # pressed twice: who is registered already is no other
    return () if any(one.id == record.id for one in found) else tuple(found)


def _read(
    unit: Unit, caller: Caller, citizen_id: str, name: str, centre: str, postcode: str
) -> CitizenRecord:
    """The citizen that the form tells of; raises `Several` with all that is wrong."""
    wrong: list[Refused] = []
    anchors: tuple[AnchorRecord, ...] = ()
    if not name:
        remedy = N_("Write what you know the citizen by.")
        wrong.append(Refused("name", N_("The citizen has no name or reference."), remedy))
    try:
        anchors = (_start(unit, caller, centre, postcode),)
    except Refused as refused:
        wrong.append(refused)
    # whoever is written down waits from that day on at the latest; an earlier one stands on their page
    record = CitizenRecord(
        id=citizen_id,
        municipality=caller.municipality,
        name=name,
        anchors=anchors,
        waiting_since=day_of(unit.at),
    )
    if wrong := [*wrong, *desk.faults(unit, caller, record)]:
        raise Several(wrong)
    return record


def _start(unit: Unit, caller: Caller, centre: str, postcode: str) -> AnchorRecord:
    if not centre and not postcode:
        problem = N_("It is not said where the way starts.")
        raise Refused("centre", problem, N_("Choose a centre, or write a postcode."))
    if not centre:
        return AnchorRecord(kind=AnchorKind.POSTAL_DISTRICT, postcode=postcode)
    if postcode:
        problem = N_("{value!r} stands beside a place that was chosen.")
        raise Refused("postcode", problem, N_("Clear it, or choose no centre."), value=postcode)
    found = centres.find(unit, caller, centre)
    return AnchorRecord(kind=found.kind if found else AnchorKind.DROP_IN_CENTRE, centre_id=centre)


def _refused(
    request: Request,
    caller: Caller,
    citizen_id: str,
    told: tuple[str, str, str],
    refused: Refused,
    status: int = 422,
) -> Response:
    name, centre, postcode = told
    start = "centre" if centre or not postcode else "postcode"
    translate = translator(language_of(request.scope))
    each = refused.each if isinstance(refused, Several) else [refused]
    at = {one: one.field if one.field in ("name", "postcode") else start for one in each}
    wrong = {place: one.said(translate) for one, place in at.items()}
    with store_of(request).unit(read_only=True) as unit:
        page = _page(unit, caller, citizen_id, name, centre, postcode, wrong)
    return render(request, page, status)


def _page(
    unit: Unit,
    caller: Caller,
    citizen_id: str,
    name: str = "",
    centre: str = "",
    postcode: str = "",
    wrong: Values | None = None,
) -> NewCitizenPage:
    today = day_of(unit.at)
    here = (one for one in centres.all_of(unit, caller.municipality) if not one.closed_on(today))
    known = sorted(here, key=lambda one: one.name)
    return NewCitizenPage(
        id=citizen_id,
        centres=tuple(known),
        name=name,
        centre=centre or (known[0].id if len(known) == 1 and not wrong else ""),
        postcode=postcode,
        wrong=wrong or {},
        registers_centres=may(caller, Scope.CENTRES_WRITE),
    )
