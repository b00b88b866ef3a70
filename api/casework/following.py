"""What is read out of a municipality's records, held in memory and never older than the last change.

Every change that a ranking can feel has a number in the database; what is held remembers the number it stands
at and first takes in what came after, so that all processes agree.
"""

from collections.abc import Callable, Mapping, Set
from threading import Lock
from typing import Generic, Protocol, TypeVar

from api.domain.caller import Caller
from api.domain.records import RecordKind
from api.store import Unit, changes


class Numbered(Protocol):
    """Something that knows the number of the last change that it has taken in."""

    @property
    def seq(self) -> int:
        """That number."""


Held = TypeVar("Held", bound=Numbered)


def _never(unit: Unit, held: object) -> bool:
    return False


Changed = Mapping[RecordKind, Set[str]]
"""The ids of the records of each kind that were changed."""

MOST_CHANGES = 500
"""After more changes than this, as after an import, everything is read anew."""


class Following(Generic[Held]):
    """One value a municipality asked for, shared by the threads of one process."""

    def __init__(
        self,
        read: Callable[[Unit, Caller, int], Held],
        follow: Callable[[Unit, Caller, int, Held, Changed], Held],
        outdated: Callable[[Unit, Held], bool] = _never,
    ) -> None:
        """`read` answers the value at a number, `follow` an earlier one brought up to a number by changes.

        A value that is `outdated` for a unit is followed although nothing was changed. Nothing is read before
        it is asked for.
        """
        self._read, self._follow, self._outdated = read, follow, outdated
        self._held: dict[str, Held] = {}
        self._locks: dict[str, Lock] = {}

    def of(self, unit: Unit, caller: Caller) -> Held:
        """The value of the caller's municipality, as of the last change that `unit` can see or later."""
        code = caller.municipality
        seq = changes.seq(unit, code)
        with self._locks.setdefault(code, Lock()):
            held = self._held.get(code)
            # another thread may have seen more than this unit can, and what it holds is whole
            if held is None or held.seq < seq or (held.seq == seq and self._outdated(unit, held)):
                held = self._held[code] = self._now(unit, caller, seq, held)
        return held

    def _now(self, unit: Unit, caller: Caller, seq: int, held: Held | None) -> Held:
        if held is None:
            return self._read(unit, caller, seq)
        since = changes.since(unit, caller.municipality, held.seq)
        if len(since) > MOST_CHANGES:
            return self._read(unit, caller, seq)
        ids = {kind: {each.record_id for each in since if each.kind is kind} for kind in RecordKind}
        return self._follow(unit, caller, seq, held, ids)
