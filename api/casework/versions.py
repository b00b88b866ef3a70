"""Changes to what has versions: only to the version that was seen."""

from collections.abc import Set
from typing import Protocol

from api.domain.caller import Caller
from api.domain.records import RecordKind
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


def require_seen(field: str, record: Versioned, seen: Set[int] | None) -> int:
    """Answer the version to replace; raises `Stale` unless it is among `seen` (None: any will do)."""
    if seen is not None and record.version not in seen:
        raise Stale(field, record)
    return record.version
