"""Taking back a list that was taken in by mistake: as if it had not come, as far as nobody has built on it.

As everywhere it is the working day on which something was done that it can be undone in. A list is the
municipality's, so that whoever may take in such a list may take it back. It is done once, in one unit.
"""

from collections.abc import Iterable
from typing import Any

from api.access import audit
from api.access.scopes import Scope, lists_of, may
from api.casework.erasure import erase
from api.casework.errors import NothingToTakeBack
from api.casework.imports import take_turns
from api.casework.list_traces import Outlook, outlook
from api.casework.practices import practice_of
from api.domain.caller import Caller
from api.domain.imports import ImportKind, ImportRun, TakenBack
from api.domain.moves import TAKEN_BACK
from api.domain.records import JobOrderRecord, RecordKind
from api.store import Unit, centres, employers, idempotency, imports, job_orders, moves
from api.store.errors import Missing
from geo import Refused
from geo.errors import N_


def read(unit: Unit, caller: Caller, run_id: str) -> ImportRun:
    """A list of the municipality that was taken in, of a kind that is the caller's; raises `Missing`."""
    return _theirs(caller, run_id, imports.find(unit, caller, run_id))


def may_be_taken_back(unit: Unit, caller: Caller, run: ImportRun) -> bool:
    """Whether the caller may take a list back now; what has become of it since may still keep all of it."""
    return may(caller, Scope.IMPORTS_WRITE) and run.kind in lists_of(caller) and _fault(unit, run) is None


def look(unit: Unit, caller: Caller, run_id: str) -> tuple[ImportRun, Outlook]:
    """What would come of taking a list back; raises `Missing` and `NothingToTakeBack`."""
    run = read(unit, caller, run_id)
    _require_in_time(unit, run)
    return run, outlook(unit, caller, run)


def begin(unit: Unit, caller: Caller, run_id: str) -> bool:
    """Say that a list is being taken back; answers False where it is already. Raises as `look` does."""
    if read(unit, caller, run_id).being_taken_back_since(unit.at):
        return False
    run = _theirs(caller, run_id, imports.held(unit, caller, run_id))
    if run.being_taken_back_since(unit.at):
        return False
    _require_in_time(unit, run)
    imports.retell(unit, run.with_begun(unit.at))
    return True


def make_way(unit: Unit, caller: Caller, run_id: str) -> None:
    """Wait for what erasing citizens waits for before anything else, where a list may bring that."""
    run = imports.find(unit, caller, run_id)
    if run and run.kind is ImportKind.CITIZENS:
        idempotency.none_meanwhile(unit, caller.municipality)


def take_back(unit: Unit, caller: Caller, run_id: str) -> ImportRun:
    """Take a list back; raises `Missing`, and `NothingToTakeBack` after its day and the second time.

    Of two at once the second waits, and is told that it is done.
    """
    make_way(unit, caller, run_id)
    take_turns(unit, caller)
    run = _theirs(caller, run_id, imports.held(unit, caller, run_id))
    _require_in_time(unit, run)
    found = outlook(unit, caller, run, held=True)
    if not found.removed and not found.restored:
        problem = N_("Everything that came with the list was used or changed since.")
        raise NothingToTakeBack(problem, _WHERE_IT_STANDS)
    _remove(unit, caller, found)
    for kind, pairs in found.going_back.items():
        for now, before in pairs:
            _restore(unit, caller, kind, now, before)
    return _told(unit, caller, run, found)


def _theirs(caller: Caller, run_id: str, run: ImportRun | None) -> ImportRun:
    if run is None or run.kind not in lists_of(caller):
        raise Missing("import", run_id)
    return run


def _require_in_time(unit: Unit, run: ImportRun) -> None:
    if fault := _fault(unit, run):
        raise fault


def _fault(unit: Unit, run: ImportRun) -> Refused | None:
    """Why a list is not to be taken back, whatever has become of it."""
    assert run.at is not None
    if run.taken_back:
        problem = N_("The list has been taken back already.")
        return NothingToTakeBack(problem, N_("Take it in again if it was the right one."))
    if not run.added and not run.changed:
        return NothingToTakeBack(N_("The list has added and changed nothing."), _WHERE_IT_STANDS)
    if not practice_of(unit, run.municipality).calendar.in_one_working_day(run.at, unit.at):
        problem = N_("A list is taken back on the working day on which it was taken in.")
        return NothingToTakeBack(problem, _WHERE_IT_STANDS)
    return None


def _remove(unit: Unit, caller: Caller, found: Outlook) -> None:
    """An employer after its orders; a citizen as everybody is erased."""
    job_orders.remove(unit, caller, _ids(found.going.get(RecordKind.JOB_ORDER, ())))
    employers.remove(unit, caller, _ids(found.going.get(RecordKind.EMPLOYER, ())))
    centres.remove(unit, caller, _ids(found.going.get(RecordKind.CENTRE, ())))
    for citizen_id in _ids(found.going.get(RecordKind.CITIZEN, ())):
        erase(unit, caller, citizen_id)


def _restore(unit: Unit, caller: Caller, kind: RecordKind, now: Any, before: Any) -> None:
    if kind is RecordKind.JOB_ORDER:
        _restore_order(unit, caller, now, before)
    elif kind is RecordKind.EMPLOYER:
        employers.replace(unit, caller, before, now.version)
    else:
        # of citizens a list only adds
        centres.replace(unit, caller, before, now.version)


def _restore_order(unit: Unit, caller: Caller, now: JobOrderRecord, before: JobOrderRecord) -> None:
    kept = job_orders.replace(unit, caller, before, now.version)
    if kept.state is not now.state:
        moves.keep(unit, caller, moves.OF_ORDERS, kept.id, now.state, kept.state, TAKEN_BACK)


def _told(unit: Unit, caller: Caller, run: ImportRun, found: Outlook) -> ImportRun:
    came_to = TakenBack(
        removed=found.removed, restored=found.restored, stays=found.stays, at=unit.at, by=caller.user_id
    )
    told = run.with_taken_back(came_to)
    imports.retell(unit, told)
    stayed = sum(map(len, found.stays.values()))
    details = {"kind": str(run.kind), "removed": found.removed, "restored": found.restored, "stayed": stayed}
    audit.record(unit, caller, "file_taken_back", subject=run.id, details=details)
    return told


def _ids(records: Iterable[Any]) -> list[str]:
    return [record.id for record in records]


_WHERE_IT_STANDS = N_("Put right what was wrong where it stands, or take in a corrected list.")
