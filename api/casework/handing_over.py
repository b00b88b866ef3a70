"""What somebody who leaves has on the desk, handed over to a colleague in one step.

Whoever works with a citizen is put in the other's place; an order is looked after by the other, and a
suggestion that waits goes along where the other works with its citizen. All of it is undone together.
What is given is held first, job orders before citizens, and read after that: of two who hand over or put
back the same at once, one does it, and the other finds it done.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from api.access import audit
from api.access.scopes import ROLES, Scope
from api.casework.leavers import open_to
from api.casework.steps import last_step
from api.casework.taking_over import TAKEN_OVER, given_to, handed
from api.domain.accounts import UserRecord
from api.domain.caller import Caller
from api.domain.moves import ProposalState
from api.domain.proposals import Proposal
from api.domain.records import JobOrderRecord, OrderState
from api.store import Unit, assignments, citizens, job_orders, proposals
from geo import Refused
from geo.errors import N_

HANDED_OVER = "work_handed_over"
"""What the log calls it that somebody's work was handed over."""

_LATELY = timedelta(days=1)
"""For so long a form that is sent again is told when it was done."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """How many citizens and orders somebody else has now, and how many stayed with whoever has them.

    What stayed was another's already or was changed since. `at` is when it was done: where nothing was, as
    it had been done before, the moment of that, and None where the caller has not done it.
    """

    citizens: int
    orders: int
    at: datetime | None
    stayed: int = 0


@dataclass(frozen=True, slots=True)
class Things:
    """What is given from one to another; the unit holds the orders, and with them their suggestions."""

    citizens: tuple[str, ...]
    orders: tuple[JobOrderRecord, ...]
    suggestions: tuple[Proposal, ...]

    @property
    def count(self) -> int:
        """How many citizens and orders they are."""
        return len(self.citizens) + len(self.orders)


def hand_over(
    unit: Unit,
    caller: Caller,
    user_id: str,
    to_id: str,
    citizen_ids: Iterable[str] = (),
    order_ids: Iterable[str] = (),
    *,
    everything: bool = False,
) -> HandedOver:
    """Make those citizens the work of `to_id` instead, and those orders the other's to look after.

    With `everything` it is all that the colleague has. What is not the colleague's any more by now stays
    where it is, so that the same asked for again does nothing. Raises `Refused` for nothing, for nobody who
    can be handed anything, and for orders to who sees none.
    """
    to = _receiver(unit, caller, user_id, to_id)
    wanted, orders = set(citizen_ids), set(order_ids)
    if everything:
        wanted = set(assignments.of_user(unit, caller, user_id))
        orders = {one.id for one in job_orders.looked_after(unit, caller, user_id)}
    elif not wanted and not orders:
        raise Refused("citizen", N_("Nothing is ticked."), N_("Tick what is to be handed over."))
    theirs = _held_of(unit, caller, user_id, to_id, wanted, orders)
    _require_fitting(to, theirs.orders)
    stayed = len(wanted) + len(orders) - theirs.count
    if not theirs.count:
        return HandedOver(0, 0, _done_lately(unit, caller, user_id, to_id), stayed)
    _give(unit, caller, theirs, user_id, to_id)
    write_down(unit, caller, HANDED_OVER, user_id, {"from": user_id, "to": to_id}, theirs, {"to": to_id})
    return HandedOver(len(theirs.citizens), len(theirs.orders), unit.at, stayed)


def _receiver(unit: Unit, caller: Caller, user_id: str, to_id: str) -> UserRecord:
    to = next((one for one in open_to(unit, caller, user_id) if one.id == to_id), None)
    if to is None:
        raise Refused("to", N_("Nobody is chosen."), N_("Choose who is to have it."))
    return to


def _require_fitting(to: UserRecord, orders: Collection[JobOrderRecord]) -> None:
    if orders and Scope.JOB_ORDERS_WRITE not in ROLES[to.role]:
        problem = N_("{name} does not look after job orders.")
        raise Refused("to", problem, N_("Hand the orders over to another colleague."), name=to.called)


def _held_of(
    unit: Unit, caller: Caller, user_id: str, to_id: str, citizen_ids: set[str], order_ids: set[str]
) -> Things:
    """Those of the ids that are the colleague's once nobody else can give them away, and what goes along."""
    asked = _going_along(unit, caller, user_id, to_id, citizen_ids)
    held = job_orders.held_some(unit, caller, order_ids | {one.order_id for one in asked})
    there = citizens.held_some(unit, caller, citizen_ids)
    going = assignments.of_user(unit, caller, user_id) & there.keys()
    along = _going_along(unit, caller, user_id, to_id, going)
    return Things(
        tuple(sorted(going)),
        tuple(
            one
            for id_, one in held.items()
            if id_ in order_ids and one.taken_by == user_id and one.state is not OrderState.ENDED
        ),
        tuple(one for one in along if one.order_id in held),
    )


def _give(unit: Unit, caller: Caller, theirs: Things, user_id: str, to_id: str) -> None:
    for order in theirs.orders:
        given_to(unit, caller, order, to_id, TAKEN_OVER)
    for citizen_id in theirs.citizens:
        assignments.end(unit, caller, citizen_id, user_id)
        assignments.assign(unit, caller, citizen_id, to_id)
    for one in theirs.suggestions:
        handed(unit, caller, one, to_id, TAKEN_OVER)


def _done_lately(unit: Unit, caller: Caller, user_id: str, to_id: str) -> datetime | None:
    last = last_step(unit, caller, HANDED_OVER, user_id, unit.at - _LATELY)
    return last.at if last and last.details["to"] == to_id else None


def pending(unit: Unit, caller: Caller, held_by: str) -> tuple[Proposal, ...]:
    """The suggestions on somebody's desk that wait for an answer, or for the work to begin."""
    found = proposals.in_states(unit, caller, tuple(ProposalState))
    return tuple(one for one in found if one.is_pending and one.held_by == held_by)


def _going_along(
    unit: Unit, caller: Caller, user_id: str, to_id: str, citizen_ids: Iterable[str]
) -> list[Proposal]:
    """The leaver's suggestions that wait, for those citizens and others with whom the other works."""
    works = assignments.of_user(unit, caller, to_id) | set(citizen_ids)
    return [one for one in pending(unit, caller, user_id) if one.citizen_id in works]


def write_down(
    unit: Unit,
    caller: Caller,
    action: str,
    user_id: str,
    way: dict[str, str],
    given: Things,
    details: dict[str, str],
) -> None:
    """Write a row of each citizen, with the `way` they went, and one of the step with its `details`."""
    looks = [(id_, way) for id_ in given.citizens]
    audit.record_each(unit, caller, f"citizen_{action.removeprefix('work_')}", looks, subject=user_id)
    counts = {"citizens": len(looks), "orders": len(given.orders)}
    audit.record(unit, caller, action, subject=user_id, details={**details, **counts})
