"""The municipality's catalogues, kept in memory and never older than the last change.

Every change that a ranking can feel has a number in the database; what is kept remembers the number it stands
at and first takes in what came after, so that all processes agree.
"""

from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from api.casework.supply import Supply
from api.domain.caller import Caller
from api.domain.records import RecordKind
from api.store import Unit, changes, employers, job_orders, policies
from matching import Policy

MOST_CHANGES = 500
"""After more changes than this, as after an import, everything is read anew."""


@dataclass(frozen=True)
class Kept:
    """What of a municipality can be ranked, at one change number, and by which numbers.

    The supply stays the same object while only others change.
    """

    seq: int
    policy: Policy
    supply: Supply


class Catalogues:
    """The catalogues of all municipalities asked for, shared by the threads of one process."""

    def __init__(self) -> None:
        """Nothing is built before it is asked for."""
        self._kept: dict[str, Kept] = {}
        self._locks: dict[str, Lock] = {}

    def of(self, unit: Unit, caller: Caller) -> Kept:
        """The catalogues of the caller's municipality, as of the last change that `unit` can see or later."""
        code = caller.municipality
        seq = changes.seq(unit, code)
        with self._locks.setdefault(code, Lock()):
            kept = self._kept.get(code)
            # another thread may have seen more than this unit can, and what it keeps is whole
            if kept is None or kept.seq < seq:
                kept = self._kept[code] = (
                    _followed(unit, caller, kept, seq) if kept else _read(unit, code, seq)
                )
        return kept


def _read(unit: Unit, municipality: str, seq: int) -> Kept:
    supply = Supply.of(employers.all_of(unit, municipality), job_orders.open_of(unit, municipality))
    return Kept(seq, _policy(unit, municipality), supply)


def _followed(unit: Unit, caller: Caller, kept: Kept, seq: int) -> Kept:
    """What is kept with the changes since applied, record by record; anew after very many of them."""
    changed = changes.since(unit, caller.municipality, kept.seq)
    if len(changed) > MOST_CHANGES:
        return _read(unit, caller.municipality, seq)
    ids = {kind: {each.record_id for each in changed if each.kind is kind} for kind in RecordKind}
    supply, policy = kept.supply, _policy(unit, caller.municipality)
    # citizens, centres and policies change all day, and no catalogue holds any of them
    if ids[RecordKind.EMPLOYER] or ids[RecordKind.JOB_ORDER]:
        met = employers.some(unit, caller, ids[RecordKind.EMPLOYER])
        supply = supply.followed(met, job_orders.some(unit, caller, ids[RecordKind.JOB_ORDER]))
    return Kept(seq, policy, supply)


def _policy(unit: Unit, municipality: str) -> Policy:
    adopted = policies.current(unit, municipality)
    return _read_policy(adopted.text) if adopted else Policy.default()


@lru_cache(maxsize=100)
def _read_policy(text: str) -> Policy:
    return Policy.from_toml(text)
