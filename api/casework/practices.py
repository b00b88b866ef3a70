"""A municipality's practice: read for every deadline, changed only from the version seen."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from api.access import audit
from api.domain.caller import Caller
from api.domain.practice import Practice
from api.store import Unit, practices
from api.store.errors import Stale


@dataclass(frozen=True)
class PracticeSeen:
    """The practice that counts and its version, 0 while the municipality has said nothing."""

    practice: Practice
    version: int


def practice_of(unit: Unit, municipality: str) -> Practice:
    """The practice that counts in a municipality."""
    return seen(unit, municipality).practice


def seen(unit: Unit, municipality: str) -> PracticeSeen:
    """The same with its version."""
    kept = practices.find(unit, municipality)
    return PracticeSeen(Practice.from_json(kept.body), kept.version) if kept else PracticeSeen(Practice(), 0)


def change(unit: Unit, caller: Caller, said: Mapping[str, object], versions: Set[int] | None) -> PracticeSeen:
    """Put what is said in the place of what was; raises `Stale` with the current state, or `Refused`."""
    before = seen(unit, caller.municipality)
    if versions is not None and before.version not in versions:
        raise Stale("practice", before)
    # null puts the default back
    default = Practice().to_json()
    practice = before.practice.changed(
        {name: default.get(name) if value is None else value for name, value in said.items()}
    )
    kept = practices.put(unit, caller, practice.to_json(), before.version)
    audit.record(unit, caller, "practice_changed", details={"version": kept.version, "fields": sorted(said)})
    return PracticeSeen(practice, kept.version)
