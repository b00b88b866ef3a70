"""A job order that another person looks after from now on: its taker is ill, away, or here no longer.

Whose an order is decides on whose desk it stands when something is due. Who took it down stays in its log.
What that person has suggested for it goes along where the new one wants it and may see the citizens.
"""

from collections.abc import Iterator, Set
from dataclasses import replace

from api.access import audit
from api.casework.errors import NothingToTakeBack
from api.casework.job_orders import at_version
from api.casework.versions import require_seen
from api.domain.caller import Caller
from api.domain.proposals import Proposal
from api.domain.records import JobOrderRecord, OrderState
from api.store import Unit, citizens, job_orders, moves, proposals
from geo import Refused
from geo.errors import N_

TAKEN_OVER = "taken_over"
"""Why a line stands in the log of an order that keeps its state: somebody else looks after it."""

HANDED_BACK = "handed_back"
"""The same, when that is undone."""


def goes_along(unit: Unit, caller: Caller, order: JobOrderRecord) -> tuple[Proposal, ...]:
    """What can be taken over with an order: suggestions of who looks after it, for citizens whom the caller
    may open; those that wait for an answer, and those of a yes until the work has begun.
    """
    if order.taken_by in ("", caller.user_id):
        return ()
    found = proposals.of_order(unit, caller, order.id)
    theirs = [one for one in found if one.is_pending and one.held_by == order.taken_by]
    opened = citizens.open_to(unit, caller, [one.citizen_id for one in theirs])
    return tuple(one for one in theirs if one.citizen_id in opened)


def take_over(
    unit: Unit,
    caller: Caller,
    order_id: str,
    *,
    with_suggestions: bool = False,
    seen: Set[int] | None = None,
) -> JobOrderRecord:
    """Look after a job order from now on; one that is the caller's already stays as it is.

    With its suggestions, those of `goes_along` are the caller's as well; the others stay with whom they are.
    Raises `Missing`, `Stale` with the current state, and `Refused` for an order that has ended.
    """
    order = job_orders.held(unit, caller, order_id)
    require_seen("job order", order, seen)
    if order.state is OrderState.ENDED:
        problem = N_("The job order has ended: nobody has to look after it.")
        raise Refused("state", problem, N_("Open it again first."))
    if order.taken_by == caller.user_id:
        return order
    for one in goes_along(unit, caller, order) if with_suggestions else ():
        handed(unit, caller, one, caller.user_id, TAKEN_OVER)
    return given_to(unit, caller, order, caller.user_id, TAKEN_OVER)


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
    for one in _taken_along(unit, caller, order):
        handed(unit, caller, one, before.taken_by, HANDED_BACK)
    return given_to(unit, caller, order, before.taken_by, HANDED_BACK)


def _taken_along(unit: Unit, caller: Caller, order: JobOrderRecord) -> Iterator[Proposal]:
    """The suggestions that were taken over in the same unit as the order."""
    found = {one.id: one for one in proposals.of_order(unit, caller, order.id)}
    moved = moves.by_moment(unit, caller, moves.OF_PROPOSALS, found)
    with_it = moved.get(order.updated_at, frozenset()) if order.updated_at else frozenset()
    return (one for id_, one in found.items() if id_ in with_it and one.taken_by == caller.user_id)


def handed(unit: Unit, caller: Caller, proposal: Proposal, user_id: str, cause: str) -> None:
    """Let a suggestion stand on somebody's desk, with its row in the log."""
    proposals.hand(unit, caller, proposal, user_id, cause)
    details = {"before": proposal.held_by, "after": user_id}
    audit.record(
        unit,
        caller,
        f"proposal_{cause}",
        citizen_id=proposal.citizen_id,
        subject=proposal.id,
        details=details,
    )


def given_to(unit: Unit, caller: Caller, order: JobOrderRecord, user_id: str, cause: str) -> JobOrderRecord:
    """Let a job order, which is locked by the caller, be looked after by somebody, with a line in its log."""
    kept = job_orders.replace(unit, caller, replace(order, taken_by=user_id), order.version)
    moves.keep(unit, caller, moves.OF_ORDERS, kept.id, kept.state, kept.state, cause)
    details = {"before": order.taken_by, "after": user_id, "version": kept.version}
    audit.record(unit, caller, f"job_order_{cause}", subject=kept.id, details=details)
    return kept
