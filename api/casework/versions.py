"""Changes to what has versions: only to the version that was seen."""

from collections.abc import Set
from typing import Protocol

from api.casework.users import names_of
from api.domain.caller import Caller
from api.domain.records import RecordKind
from api.domain.working_days import day_of
from api.store import Unit, versions
from api.store.errors import Stale


class Versioned(Protocol):
    """Anything that counts its versions."""

    @property
    def version(self) -> int:
        """Counts from 1."""


def own_since(unit: Unit, caller: Caller, kind: RecordKind, record_id: str, seen: int) -> bool:
    """Whether the caller alone has changed a record since a version was seen: in another window."""
    return versions.makers_since(unit, caller.municipality, kind, record_id, seen) == {caller.user_id}


def own_of_today_since(unit: Unit, caller: Caller, kind: RecordKind, record_id: str, seen: int) -> bool:
    """Whether what was changed since a version is the caller's alone, and of this day."""
    first = versions.made(unit, caller.municipality, kind, record_id, seen + 1)
    of_today = first is not None and day_of(first[1]) == day_of(unit.at)
    return of_today and own_since(unit, caller, kind, record_id, seen)


def others_since(unit: Unit, caller: Caller, kind: RecordKind, record_id: str, seen: int) -> tuple[str, ...]:
    """The names of the colleagues who have changed a record since a version was seen."""
    makers = versions.makers_since(unit, caller.municipality, kind, record_id, seen)
    return tuple(sorted(names_of(unit, caller, makers - {caller.user_id}).values()))


def require_seen(field: str, record: Versioned, seen: Set[int] | None) -> int:
    """Answer the version to replace; raises `Stale` unless it is among `seen` (None: any will do)."""
    if seen is not None and record.version not in seen:
        raise Stale(field, record)
    return record.version
