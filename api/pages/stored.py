"""What is stored about a citizen, in plain words, for the citizen to read and take home on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request, Response

from api.casework import stored as desk
from api.casework.municipalities import name_of
from api.casework.stored import State, Stored
from api.domain.caller import Caller
from api.domain.records import CitizenRecord
from api.domain.working_days import day_of
from api.pages.citizen_form import values_of
from api.pages.citizen_questions import Form, form_of
from api.pages.rendering import render
from api.routes.answers import Id
from api.routes.bodies import StrictRoute
from api.routes.guards import CitizensRead
from api.routes.language import language_of, translator
from api.routes.units import WriteUnit
from api.store import Unit, centres
from matching.language import speech

router = APIRouter(prefix="/citizens/{citizen_id}/stored", include_in_schema=False, route_class=StrictRoute)
MOST = 200
"""So many changes, and so many days with looks, are told; the rest is counted."""

_DISTRICT = "postcode:"


@dataclass(frozen=True, slots=True)
class Fact:
    """What was asked and what is kept of the answer."""

    asked: str
    said: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What was kept anew at a moment, and by whom."""

    at: datetime
    by: str
    facts: tuple[Fact, ...]
    reached: bool
    rested: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPage:
    """All that is stored, with the citizen's own answers as the form asks them; the newest change first."""

    all: Stored
    facts: tuple[Fact, ...]
    changes: tuple[Changed, ...]
    municipality: str
    most: int = MOST
    template: str = "stored.html"


@router.get("")
def stored(request: Request, citizen_id: Id, caller: CitizensRead, unit: WriteUnit) -> Response:
    """The page; asks why when the citizen is somebody else's work."""
    found = desk.stored(unit, caller, citizen_id)
    facts = _facts(_form(request, unit, caller, found.record))
    changes = tuple(reversed(_changes(request, unit, caller, found)))
    called = name_of(found.record.municipality)
    return render(request, StoredPage(all=found, facts=facts, changes=changes, municipality=called))


def _form(request: Request, unit: Unit, caller: Caller, record: CitizenRecord) -> Form:
    language = language_of(request.scope)
    places = centres.all_of(unit, caller.municipality)
    return form_of(values_of(record), places, day_of(unit.at), speech(language), translator(language))


def _facts(form: Form, names: Sequence[str] | None = None) -> tuple[Fact, ...]:
    """The answers to these questions, of all of them those that are given."""
    asked = [one for one in form.questions.values() if (one.value if names is None else one.name in names)]
    return tuple(Fact(one.label, one.said.removeprefix(_DISTRICT)) for one in asked)


def _changes(request: Request, unit: Unit, caller: Caller, found: Stored) -> list[Changed]:
    told, before = [], None
    for state in found.states:
        told.append(_changed(request, unit, caller, found, before, state))
        before = state
    return told


def _changed(
    request: Request, unit: Unit, caller: Caller, found: Stored, before: State | None, state: State
) -> Changed:
    was = values_of(before.record) if before else {}
    names = [name for name, value in values_of(state.record).items() if was.get(name, "") != value]
    old = before.record if before else None
    return Changed(
        state.at,
        found.people.get(state.by, ""),
        _facts(_form(request, unit, caller, state.record), names),
        reached=state.record.chain != (old.chain if old else ()),
        rested=state.record.not_able_until != (old.not_able_until if old else None),
    )
