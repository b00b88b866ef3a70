"""What a list has written, and what has become of it since: what goes or goes back with it, and what stays.

What a list has added and nobody has used or changed goes. What it has changed goes back to how it was, where
nothing came after. Everything else stays, each with a reason.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Protocol

from api.domain.caller import Caller
from api.domain.imports import ImportKind, ImportRun, Stays, Which
from api.domain.records import Centre, CitizenRecord, EmployerRecord, JobOrderRecord, RecordKind
from api.store import Unit, centres, citizens, employers, job_orders, uses, versions

Record = Centre | CitizenRecord | EmployerRecord | JobOrderRecord

WRITES: Mapping[ImportKind, tuple[RecordKind, ...]] = {
    ImportKind.CENTRES: (RecordKind.CENTRE,),
    ImportKind.CITIZENS: (RecordKind.CITIZEN,),
    ImportKind.EMPLOYERS: (RecordKind.EMPLOYER,),
    # a new order gives its employer a basis for contact
    ImportKind.JOB_ORDERS: (RecordKind.EMPLOYER, RecordKind.JOB_ORDER),
}
"""What a list of each kind writes, in the order in which it is held: an employer before its orders, as
everywhere, so that two units never wait for each other."""


class Kept(Protocol):
    """What the store has for each of these records."""

    def some(self, unit: Unit, caller: Caller, ids: Iterable[str], /) -> Mapping[str, Any]:
        """Those that are there."""

    def held_some(self, unit: Unit, caller: Caller, ids: Iterable[str], /) -> Mapping[str, Any]:
        """The same, held."""

    def past(
        self, unit: Unit, caller: Caller, wanted: Collection[tuple[str, int]], /
    ) -> Mapping[tuple[str, int], Any]:
        """Some of them as they were, by id and version."""


KEPT: Mapping[RecordKind, Kept] = {
    RecordKind.CENTRE: centres,
    RecordKind.CITIZEN: citizens,
    RecordKind.EMPLOYER: employers,
    RecordKind.JOB_ORDER: job_orders,
}


@dataclass(frozen=True, slots=True)
class Trace:
    """A record as it is now, as a list has left it, and as it was before; None where the list added it."""

    now: Any
    left: Any
    before: Any | None

    @property
    def untouched(self) -> bool:
        """Whether nothing is different from how the list left it; what was changed back is not."""
        now, left = (replace(one, version=1, updated_at=None) for one in (self.now, self.left))
        return bool(now == left)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What goes, what goes back (now and before) and what stays if a list is taken back."""

    going: Mapping[RecordKind, tuple[Any, ...]]
    going_back: Mapping[RecordKind, tuple[tuple[Any, Any], ...]]
    stays: Mapping[Stays, tuple[Which, ...]]

    @property
    def removed(self) -> int:
        """How many go."""
        return sum(map(len, self.going.values()))

    @property
    def restored(self) -> int:
        """How many go back."""
        return sum(map(len, self.going_back.values()))


def outlook(unit: Unit, caller: Caller, run: ImportRun, *, held: bool = False) -> Outlook:
    """What taking a list back comes to now; with `held`, nobody changes that before the unit ends."""
    going: dict[RecordKind, tuple[Any, ...]] = {}
    going_back: dict[RecordKind, tuple[tuple[Any, Any], ...]] = {}
    stays: defaultdict[Stays, list[Which]] = defaultdict(list)
    traces = {kind: _traces(unit, caller, run, kind, held) for kind in WRITES[run.kind]}
    # whether an employer stays hangs on which of its orders go
    for kind, found in reversed(traces.items()):
        gone = {one.id for one in going.get(RecordKind.JOB_ORDER, ())}
        reasons = _reasons(unit, caller, run, kind, found, gone)
        free = [one for one in found if one.now.id not in reasons]
        going[kind] = tuple(one.now for one in free if one.before is None)
        going_back[kind] = tuple((one.now, one.before) for one in free if one.before is not None)
        for record_id, why in sorted(reasons.items()):
            stays[why].append((kind, record_id))
    told = {why: tuple(stays[why]) for why in Stays if why in stays}
    return Outlook(going, going_back, MappingProxyType(told))


def _traces(unit: Unit, caller: Caller, run: ImportRun, kind: RecordKind, held: bool) -> list[Trace]:
    """What of a kind the list has written and is there still, in the order of the ids."""
    assert run.at is not None
    kept, written = KEPT[kind], versions.written(unit, caller.municipality, kind, run.by, run.at)
    there = (kept.held_some if held else kept.some)(unit, caller, written)
    needed = {id_: _needed(now, written[id_]) for id_, now in sorted(there.items())}
    past = kept.past(unit, caller, set().union(*needed.values()))
    return [
        Trace(there[id_], past.get((id_, written[id_]), there[id_]), past.get((id_, written[id_] - 1)))
        for id_, which in needed.items()
        # of what has no past any more, nothing is known to go back to
        if which <= past.keys()
    ]


def _needed(now: Any, written: int) -> set[tuple[str, int]]:
    """The versions beside the present one that tell what a list has made of a record."""
    left = {(now.id, written)} if now.version != written else set()
    return left | {(now.id, written - 1)} if written > 1 else left


def _reasons(
    unit: Unit, caller: Caller, run: ImportRun, kind: RecordKind, found: Iterable[Trace], gone: Set[str]
) -> dict[str, Stays]:
    """Why those that stay do, by id; how one is used says more than that it was changed."""
    assert run.at is not None
    by_id = {one.now.id: one for one in found}
    added = [id_ for id_, one in by_id.items() if one.before is None]
    changed = [id_ for id_, one in by_id.items() if one.before is not None]
    planned = uses.of_cafes(unit, caller) & set(added) if kind is not RecordKind.CITIZEN else frozenset()
    return {
        **{id_: Stays.CHANGED for id_, one in by_id.items() if not one.untouched},
        **_of_kind(unit, caller, run, kind, added, changed, gone),
        **dict.fromkeys(planned, Stays.PLANNED),
        **uses.of(unit, caller, kind, added),
        **uses.since(unit, caller, kind, changed, run.at),
    }


def _of_kind(
    unit: Unit,
    caller: Caller,
    run: ImportRun,
    kind: RecordKind,
    added: Iterable[str],
    changed: Iterable[str],
    gone: Set[str],
) -> dict[str, Stays]:
    """What no column tells that points to the record."""
    assert run.at is not None
    if kind is RecordKind.EMPLOYER:
        return dict.fromkeys(_asking_since(unit, caller, run, changed, gone), Stays.ORDERED)
    if kind is RecordKind.CENTRE and added:
        return dict.fromkeys(citizens.reached_through(unit, caller) & set(added), Stays.VISITED)
    if kind is RecordKind.CITIZEN:
        otherwise = uses.assigned_otherwise(unit, caller, added, run.by, run.at)
        return dict.fromkeys(otherwise, Stays.WORKED_WITH)
    return {}


def _asking_since(
    unit: Unit, caller: Caller, run: ImportRun, employer_ids: Iterable[str], gone: Set[str]
) -> Set[str]:
    """The employers with a job order that came with the list or after it, and stays.

    It may rest on what the list has said of its employer, as the basis for contact does.
    """
    assert run.at is not None
    theirs = uses.employers_of(unit, caller, employer_ids)
    if not theirs:
        return frozenset()
    since = versions.begun_since(unit, caller.municipality, RecordKind.JOB_ORDER, run.at)
    return {employer_id for id_, employer_id in theirs.items() if id_ in since and id_ not in gone}
