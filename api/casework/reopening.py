"""Undoing that a job order was closed or sent back: all is as before, but for its log.

By who did it, on the same working day, as long as nothing was changed in the order since. Who was not able as
the order was sent back is as able as before, and has the place that was given back with it.
"""

from collections.abc import Set
from dataclasses import replace

from api.access import audit
from api.casework.consequences import weigh
from api.casework.errors import NothingToTakeBack
from api.casework.job_orders import read
from api.casework.practices import practice_of
from api.casework.taking_back import citizen_goes_back
from api.casework.versions import require_seen
from api.domain.caller import Caller
from api.domain.moves import TAKEN_BACK, Move, ProposalState, ReturnCause
from api.domain.records import JobOrderRecord, OrderState
from api.store import Unit, clock_pauses, job_orders, moves, proposals
from geo.errors import N_

_CLOSED = (OrderState.ENDED, OrderState.RETURNED)


def may_be_reopened(unit: Unit, caller: Caller, order: JobOrderRecord) -> bool:
    """Whether the caller can still undo that the order was closed or sent back."""
    if order.state not in _CLOSED or not caller.user_id:
        return False
    last = moves.of(unit, caller, moves.OF_ORDERS, order.id)[-1]
    calendar = practice_of(unit, caller.municipality).calendar
    return (
        last.before is not None
        and last.by == caller.user_id
        and last.after == order.state
        and (last.cause in set(ReturnCause) or last.before != last.after)
        and last.at == order.updated_at
        and calendar.in_one_working_day(last.at, unit.at)
    )


def reopen(unit: Unit, caller: Caller, order_id: str, seen: Set[int] | None) -> JobOrderRecord:
    """Put an order back to how it stood before it was closed or sent back, its clock and suggestions with it.

    Raises `Missing`, `Stale` with the current state, and `NothingToTakeBack`.
    """
    order = job_orders.held(unit, caller, order_id)
    require_seen("job order", order, seen)
    if not may_be_reopened(unit, caller, order):
        problem = N_("What was closed or sent back is opened by who did it, on the same working day.")
        raise NothingToTakeBack(problem, N_("Open it again."))
    last = moves.of(unit, caller, moves.OF_ORDERS, order_id)[-1]
    _suggest_again(unit, caller, order_id, last)
    if last.cause == ReturnCause.CITIZEN_NOT_ABLE:
        _able_again(unit, caller, order_id, last)
    clock_pauses.go_on(unit, caller, order_id, last.at)
    before = job_orders.before(unit, caller, order_id, last.at)
    clock = {name: getattr(before, name) for name in ("clock_from", "clock_met_at", "clock_practice")}
    weigh(unit, caller, replace(order, state=before.state, places=before.places, **clock))
    moves.keep(unit, caller, moves.OF_ORDERS, order_id, order.state, before.state, TAKEN_BACK)
    audit.record(unit, caller, "job_order_reopened", subject=order_id, details={"state": str(before.state)})
    return read(unit, caller, order_id)


def _suggest_again(unit: Unit, caller: Caller, order_id: str, last: Move) -> None:
    """Let the suggestions that went with the order stand as they stood."""
    gone = {
        one.id: one
        for one in proposals.of_order(unit, caller, order_id)
        if one.state is ProposalState.WITHDRAWN and one.updated_at == last.at
    }
    for id_, line in moves.last_of(unit, caller, moves.OF_PROPOSALS, gone).items():
        after = replace(gone[id_], state=ProposalState(line.before or ""))
        proposals.take_back(unit, caller, gone[id_], after)
        audit.record(unit, caller, "proposal_taken_back", citizen_id=after.citizen_id, subject=id_)


def _able_again(unit: Unit, caller: Caller, order_id: str, last: Move) -> None:
    """Let who was not able stand where they stood, as able as they were."""
    for one in proposals.of_order(unit, caller, order_id):
        if one.state is ProposalState.NOT_ABLE_NOW and one.former and one.updated_at == last.at:
            proposals.take_back(unit, caller, one, one.taken_back())
            citizen_goes_back(unit, caller, one)
            audit.record(unit, caller, "proposal_taken_back", citizen_id=one.citizen_id, subject=one.id)
