"""The desk of drop-in centres: places, not people, so looking at them is not written down."""

from collections.abc import Set
from dataclasses import replace

from api.access import audit
from api.casework.places import moved, placed
from api.casework.versions import require_seen
from api.domain.caller import Caller
from api.domain.records import Centre
from api.store import Unit, centres
from api.store.errors import Missing
from geo import Owner


def read(unit: Unit, caller: Caller, centre_id: str) -> Centre:
    """A centre of the own municipality; raises `Missing`."""
    found = centres.find(unit, caller, centre_id)
    if found is None:
        raise Missing("centre", centre_id)
    return found


def register(unit: Unit, caller: Caller, centre: Centre) -> Centre:
    """Keep a new centre, with the best point known for its address."""
    place = placed(centre.place, Owner.CENTRE, caller.municipality)
    kept = centres.add(unit, caller, replace(centre, place=place))
    audit.record(unit, caller, "centre_registered", subject=kept.id)
    return kept


def change(unit: Unit, caller: Caller, before: Centre, after: Centre, seen: Set[int] | None) -> Centre:
    """Replace a centre; raises `Stale` with the current state."""
    expected = require_seen("centre", before, seen)
    place = moved(before.place, after.place, Owner.CENTRE, caller.municipality)
    kept = centres.replace(unit, caller, replace(after, place=place), expected)
    audit.record(unit, caller, "centre_changed", subject=kept.id, details={"version": kept.version})
    return kept
