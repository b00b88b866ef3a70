"""A job order that another person looks after from now on: its taker is ill, away, or here no longer.

Whose an order is decides on whose desk it stands when something is due. Who took it down stays in its log.
"""

from collections.abc import Set
from dataclasses import replace

from api.access import audit
from api.casework.errors import NothingToTakeBack
from api.casework.job_orders import at_version
from api.casework.versions import require_seen
from api.domain.caller import Caller
from api.domain.records import JobOrderRecord, OrderState
from api.store import Unit, job_orders, moves
from geo import Refused
from geo.errors import N_

TAKEN_OVER = "taken_over"
"""Why a line stands in the log of an order that keeps its state: somebody else looks after it."""

HANDED_BACK = "handed_back"
"""The same, when that is undone."""


def take_over(unit: Unit, caller: Caller, order_id: str) -> JobOrderRecord:
    """Look after a job order from now on; one that is the caller's already stays as it is.

    Raises `Missing`, and `Refused` for an order that has ended.
    """
    order = job_orders.held(unit, caller, order_id)
    if order.state is OrderState.ENDED:
        problem = N_("The job order has ended: nobody has to look after it.")
        raise Refused("state", problem, N_("Open it again first."))
    if order.taken_by == caller.user_id:
        return order
    return _given_to(unit, caller, order, caller.user_id, TAKEN_OVER)


def hand_back(unit: Unit, caller: Caller, order_id: str, seen: Set[int] | None) -> JobOrderRecord:
    """Undo that the caller has taken an order over, as long as nothing else was changed in it since.

    Raises `Missing`, `Stale` with the current state, and `NothingToTakeBack`.
    """
    order = job_orders.held(unit, caller, order_id)
    require_seen("job order", order, seen)
    before = at_version(unit, caller, order_id, order.version - 1) if order.version > 1 else order
    if order.taken_by != caller.user_id or before.taken_by == order.taken_by:
        raise NothingToTakeBack(
            N_("You have not just taken this job order over."), N_("Let others take it over.")
        )
    return _given_to(unit, caller, order, before.taken_by, HANDED_BACK)


def _given_to(unit: Unit, caller: Caller, order: JobOrderRecord, user_id: str, cause: str) -> JobOrderRecord:
    kept = job_orders.replace(unit, caller, replace(order, taken_by=user_id), order.version)
    moves.keep(unit, caller, moves.OF_ORDERS, kept.id, kept.state, kept.state, cause)
    details = {"before": order.taken_by, "after": user_id, "version": kept.version}
    audit.record(unit, caller, f"job_order_{cause}", subject=kept.id, details=details)
    return kept
