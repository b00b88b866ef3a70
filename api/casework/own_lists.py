"""Taking in what is the municipality's own: its drop-in centres, and the citizens who come there.

A list brings a known centre up to date as one of employers does. Of citizens it only adds: what somebody has
said in a talk since is worth more than a list, and a list that comes in again must not bring back what was
put right. So the same file taken in again changes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from api.access import audit
from api.casework.imports import TakenIn, better, brought_together, take_turns
from api.domain.caller import Caller
from api.domain.records import Centre, CitizenRecord
from api.store import Unit, assignments, centres, citizens, new_id
from geo.names import fold
from matching.vocabulary import AnchorKind


@dataclass(frozen=True, kw_only=True)
class ToldCentre:
    """A centre as a list tells it; `kind` is None where the list does not say."""

    centre: Centre
    kind: AnchorKind | None = None


@dataclass(frozen=True, kw_only=True)
class ToldCitizen:
    """A citizen as a list tells one, with the user whose work the citizen is; None for nobody's.

    `centre` and `consultant` are what the centre and that user are called, for whoever looks at the list.
    """

    record: CitizenRecord
    user_id: str | None = None
    centre: str = ""
    consultant: str = ""


def take_in_centres(unit: Unit, caller: Caller, told: Sequence[ToldCentre]) -> TakenIn:
    """Add or update centres, which are known again by their names."""
    take_turns(unit, caller)
    known = {fold(one.name): one for one in centres.all_of(unit, caller.municipality)}

    def put(centre: Centre) -> None:
        known[fold(centre.name)] = centre

    outcome = brought_together(
        told,
        lambda one: known.get(fold(one.centre.name)),
        put,
        _centre_with,
        lambda one: _own_centre(one, caller),
    )
    centres.add_all(unit, caller, outcome.new)
    for record in outcome.changed:
        centres.replace(unit, caller, record, record.version)
    return outcome.counts


def take_in_citizens(unit: Unit, caller: Caller, told: Sequence[ToldCitizen]) -> TakenIn:
    """Add citizens whose name or reference is not known yet; those who are known stay as they are."""
    take_turns(unit, caller)
    known = {fold(name) for name in citizens.names(unit, caller).values()}
    new = [_own_citizen(one, caller) for one in told if fold(one.record.name) not in known]
    citizens.add_all(unit, caller, [one.record for one in new])
    audit.record_each(unit, caller, "citizen_registered", [(one.record.id, {"version": 1}) for one in new])
    _assign(unit, caller, new)
    return TakenIn(added=len(new), unchanged=len(told) - len(new))


def _assign(unit: Unit, caller: Caller, new: Iterable[ToldCitizen]) -> None:
    whose = [(one.record.id, one.user_id) for one in new if one.user_id]
    for citizen_id, user_id in whose:
        assignments.assign(unit, caller, citizen_id, user_id)
    audit.record_each(unit, caller, "citizen_assigned", [(id_, {"user": user_id}) for id_, user_id in whose])


def _centre_with(before: Centre, told: ToldCentre) -> Centre:
    return replace(
        before,
        kind=told.kind or before.kind,
        phone=told.centre.phone or before.phone,
        place=better(before.place, told.centre.place),
    )


def _own_centre(told: ToldCentre, caller: Caller) -> Centre:
    kind = told.kind or told.centre.kind
    return replace(told.centre, id=new_id(), municipality=caller.municipality, kind=kind)


def _own_citizen(told: ToldCitizen, caller: Caller) -> ToldCitizen:
    return replace(told, record=replace(told.record, id=new_id(), municipality=caller.municipality))
