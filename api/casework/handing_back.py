"""What was handed over in one step, put back by who did it, on the same working day and once.

What was changed since stays as it is. What is put back is held first and read after that, as it is where it
is handed over.
"""

from datetime import datetime

from api.casework.errors import NothingToTakeBack
from api.casework.handing_over import HANDED_OVER, HandedOver, Things, pending, write_down
from api.casework.job_orders import at_version
from api.casework.practices import practice_of
from api.casework.steps import is_put_back, naming, step_at
from api.casework.taking_over import HANDED_BACK, TAKEN_OVER, given_to, handed
from api.domain.caller import Caller
from api.domain.proposals import Proposal
from api.domain.records import JobOrderRecord, RecordKind
from api.store import Unit, assignments, citizens, job_orders, moves, versions
from geo.errors import N_

_PUT_BACK = "work_handed_back"


def may_be_undone(unit: Unit, caller: Caller, user_id: str, at: datetime) -> bool:
    """Whether what the caller has handed over at a moment can still be put back."""
    if not _is_todays(unit, caller, user_id, at) or is_put_back(unit, caller, _PUT_BACK, user_id, at):
        return False
    return bool(assignments.handed_on(unit, caller, user_id, at) or _given_orders(unit, caller, user_id, at))


def undo(unit: Unit, caller: Caller, user_id: str, at: datetime) -> HandedOver:
    """Put back what the caller has handed over from a colleague at a moment; what was changed since stays.

    It is done once: asked for again it does nothing. Raises `NothingToTakeBack` for what is another's or of
    an earlier day, and where all of it was changed since.
    """
    step = step_at(unit, caller, HANDED_OVER, user_id, at)
    if step is None or not _is_todays(unit, caller, user_id, at):
        problem = N_("Who handed it over puts it back, on the same working day.")
        raise NothingToTakeBack(problem, N_("Hand it over once more."))
    to_id = str(step.details["to"])
    back, given = _held_again(unit, caller, user_id, to_id, at)
    # asked once all is held: whoever pressed at the same moment has put it back by then
    if is_put_back(unit, caller, _PUT_BACK, user_id, at):
        return HandedOver(0, 0, at)
    if not back.count:
        problem = N_("All of it was changed since it was handed over, and stays as it is.")
        raise NothingToTakeBack(problem, N_("Hand over what is to be somebody else's."))
    _give_back(unit, caller, back, user_id, at)
    details = {"to": to_id, **naming(at)}
    write_down(unit, caller, _PUT_BACK, user_id, {"from": user_id, "to": to_id}, back, details)
    return HandedOver(len(back.citizens), len(back.orders), at, given - back.count)


def _held_again(unit: Unit, caller: Caller, user_id: str, to_id: str, at: datetime) -> tuple[Things, int]:
    """What can be put back of what was given at a moment, held, and how much was given then."""
    orders = versions.written(unit, caller.municipality, RecordKind.JOB_ORDER, caller.user_id, at)
    gone = assignments.ended_at(unit, caller, user_id, at)
    asked = _taken_along(unit, caller, to_id, at)
    held = job_orders.held_some(unit, caller, {*orders, *(one.order_id for one in asked)})
    citizens.held_some(unit, caller, gone)
    back = Things(
        tuple(sorted(assignments.handed_on(unit, caller, user_id, at))),
        tuple(_given_orders(unit, caller, user_id, at)),
        tuple(one for one in _taken_along(unit, caller, to_id, at) if one.order_id in held),
    )
    return back, len(gone) + len(orders)


def _give_back(unit: Unit, caller: Caller, back: Things, user_id: str, at: datetime) -> None:
    for one in back.suggestions:
        handed(unit, caller, one, user_id, HANDED_BACK)
    for order in back.orders:
        given_to(unit, caller, order, user_id, HANDED_BACK)
    taken = assignments.handed_on(unit, caller, user_id, at)
    for citizen_id in back.citizens:
        if to_id := taken[citizen_id]:
            assignments.end(unit, caller, citizen_id, to_id)
        assignments.assign(unit, caller, citizen_id, user_id)


def _is_todays(unit: Unit, caller: Caller, user_id: str, at: datetime) -> bool:
    in_time = practice_of(unit, caller.municipality).calendar.in_one_working_day(at, unit.at)
    return in_time and step_at(unit, caller, HANDED_OVER, user_id, at) is not None


def _taken_along(unit: Unit, caller: Caller, to_id: str, at: datetime) -> list[Proposal]:
    """What waits on the desk of who was given it at a moment, and has not been given anybody else since."""
    theirs = {one.id: one for one in pending(unit, caller, to_id)}
    given = moves.last_of(unit, caller, moves.OF_PROPOSALS, theirs, causes=(TAKEN_OVER, HANDED_BACK))
    return [one for id_, one in theirs.items() if id_ in given and given[id_].at == at]


def _given_orders(unit: Unit, caller: Caller, user_id: str, at: datetime) -> list[JobOrderRecord]:
    """The orders that the caller has given away from a colleague at a moment and nobody has changed since."""
    written = versions.written(unit, caller.municipality, RecordKind.JOB_ORDER, caller.user_id, at)
    found = job_orders.some(unit, caller, written)
    now = [one for id_, one in sorted(found.items()) if one.version == written[id_] > 1]
    before = {one.id: at_version(unit, caller, one.id, one.version - 1) for one in now}
    return [one for one in now if before[one.id].taken_by == user_id != one.taken_by]
