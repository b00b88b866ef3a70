"""Through whom a citizen is reached: written down in the order in which it is tried, the best way first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.access.scopes import Scope, may
from api.casework import citizens as desk
from api.casework.centres import names_of
from api.casework.versions import own_since
from api.domain.caller import Caller
from api.domain.records import ChainLink, CitizenRecord, Means, RecordKind, Through
from api.pages.forms import Sent, Told, Unacceptable, Values, Wrong, seen_in
from api.pages.rendering import render
from api.routes.answers import Id
from api.routes.bodies import StrictRoute
from api.routes.guards import CitizensWrite
from api.routes.language import Translate, language_of, translator
from api.routes.units import WriteUnit
from api.schemas.chains import ChainGiven
from api.store import Unit
from api.store.errors import Stale
from geo import Refused
from geo.errors import N_

router = APIRouter(
    prefix="/citizens/{citizen_id}/contact-chain", include_in_schema=False, route_class=StrictRoute
)
MOST, SPARE = 10, 2
"""Ways that a chain can have, and empty lines that the form has room for."""

FIELDS = ("through", "name", "means", "number", "centre")


@dataclass(frozen=True, slots=True)
class Line:
    """A way to reach the citizen as it stands in the form; without `through` it is none."""

    through: str = ""
    name: str = ""
    means: str = str(Means.PHONE)
    number: str = ""
    centre: str = ""


@dataclass(frozen=True, slots=True)
class ContactChainPage:
    """The lines of the form and the version they were read from.

    `changed` when somebody was faster; `own` when that was the reader, in another window.
    """

    id: str
    name: str
    version: int
    lines: tuple[Line, ...]
    centres: Mapping[str, str]
    wrong: tuple[Wrong, ...] = ()
    saved: bool = False
    changed: bool = False
    own: bool = False
    through: tuple[Through, ...] = tuple(Through)
    means: tuple[Means, ...] = tuple(Means)
    template: str = "contact_chain.html"


def chain_at(caller: Caller, citizen_id: str) -> str:
    """The address where the ways to reach a citizen are written; "" for who may not write them."""
    return f"/citizens/{citizen_id}/contact-chain" if may(caller, Scope.CITIZENS_WRITE) else ""


@router.get("")
def contact_chain(
    request: Request,
    citizen_id: Id,
    caller: CitizensWrite,
    unit: WriteUnit,
    done: Annotated[str, Query(max_length=10)] = "",
) -> HTMLResponse:
    """The ways to reach the citizen, with room for more."""
    record = desk.read(unit, caller, citizen_id)
    return render(request, replace(_page(unit, caller, record), saved=done == "saved"))


@router.post("")
def save(request: Request, citizen_id: Id, caller: CitizensWrite, unit: WriteUnit, sent: Sent) -> Response:
    """Keep the ways in the order of the lines; a line without through whom is left out."""
    now = desk.opened(unit, caller, citizen_id, "citizen_changed")
    translate = translator(language_of(request.scope))
    try:
        chain = _read(sent, translate)
        desk.change(unit, caller, now, replace(now, chain=chain), {seen_in(sent)})
    except Stale:
        own = own_since(unit, caller, RecordKind.CITIZEN, citizen_id, seen_in(sent))
        return render(request, replace(_page(unit, caller, now), changed=True, own=own), 412)
    except Unacceptable as unacceptable:
        wrong = unacceptable.wrong
    except Refused as refused:
        wrong = (Wrong("links", refused.said(translate)),)
    else:
        return RedirectResponse(f"/citizens/{citizen_id}/contact-chain?done=saved", 303)
    page = replace(_page(unit, caller, now), lines=tuple(_lines(sent)), version=seen_in(sent), wrong=wrong)
    return render(request, page, 422)


def _page(unit: Unit, caller: Caller, record: CitizenRecord) -> ContactChainPage:
    kept = [_line(link) for link in record.chain]
    room = min(len(kept) + SPARE, MOST)
    return ContactChainPage(
        id=record.id,
        name=record.name,
        version=record.version,
        lines=(*kept, *[Line()] * (room - len(kept))),
        centres=names_of(unit, caller),
    )


def _line(link: ChainLink) -> Line:
    return Line(str(link.through), link.name, str(link.means), link.number, link.centre_id or "")


def _lines(sent: Values) -> Iterable[Line]:
    for number in range(MOST):
        if f"through.{number}" in sent:
            yield Line(*(" ".join(sent.get(f"{name}.{number}", "").split()) for name in FIELDS))


def _read(sent: Values, translate: Translate) -> tuple[ChainLink, ...]:
    """The chain that the form describes, by the schema that programs send; raises `Unacceptable`."""
    told = Told(sent, translate)
    lines = list(_lines(sent))
    links = [
        {**{name: getattr(one, name) for name in FIELDS[:-1]}, "centre_id": one.centre or None}
        for one in lines
        if one.through
    ]
    for one in lines:
        if not one.through and (one.name or one.number):
            told.wrong.append(Wrong("links", translate(N_("Choose through whom each way goes."))))
            break
    found = told.checked(ChainGiven, {"links": links}, lambda one: Wrong("links", one.said(translate)))
    if found is None or told.wrong:
        raise Unacceptable(tuple(told.wrong))
    return found.to_chain()
