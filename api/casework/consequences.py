"""What a move of a proposal does to its job order and its citizen, in the same commit."""

from dataclasses import replace
from datetime import date

from api.casework.errors import NoPlaceLeft, OrderWithdrawn
from api.domain.caller import Caller
from api.domain.moves import HEARD, ProposalState, require_order_move
from api.domain.proposals import Proposal
from api.domain.records import CitizenRecord, JobOrderRecord, OrderState
from api.domain.working_days import day_of
from api.store import Unit, citizens, job_orders, moves, proposals


def order_follows(
    unit: Unit, caller: Caller, order: JobOrderRecord, before: ProposalState, after: ProposalState
) -> None:
    """Keep an order as it is after a move of one of its proposals: places, clock, state and load.

    Raises `OrderWithdrawn` to go on with what the employer has withdrawn, and `NoPlaceLeft` for an acceptance
    without a place and for an order that has ended.
    """
    taken = (after is ProposalState.ACCEPTED) - (before is ProposalState.ACCEPTED)
    goes_on = after in (ProposalState.CONTACTED, ProposalState.ACCEPTED)
    if goes_on and order.is_withdrawn:
        raise OrderWithdrawn(order.id)
    if (taken > 0 and order.places < 1) or (goes_on and order.state is OrderState.ENDED):
        raise NoPlaceLeft(order.id)
    met = order.clock_met_at or (unit.at if after in HEARD and order.clock_from else None)
    followed = replace(order, clock_met_at=met, places=order.places - taken)
    if goes_on and order.state in (OrderState.RECEIVED, OrderState.RETURNED):
        followed = in_state(unit, caller, followed, OrderState.OPEN)
    if taken > 0 and followed.places == 0:
        followed = in_state(unit, caller, followed, OrderState.FILLED)
    elif taken < 0 and followed.state is OrderState.FILLED:
        followed = in_state(unit, caller, followed, OrderState.OPEN)
    weigh(unit, caller, followed)


def in_state(unit: Unit, caller: Caller, order: JobOrderRecord, state: OrderState) -> JobOrderRecord:
    """The order in another state, logged; kept by `weigh`. Raises `NotFromHere`."""
    if state is order.state:
        return order
    require_order_move(order.state, state)
    moves.keep(unit, caller, moves.OF_ORDERS, order.id, order.state, state)
    return replace(order, state=state)


def weigh(unit: Unit, caller: Caller, order: JobOrderRecord) -> None:
    """Keep an order whose row is held, with the load of its open proposals."""
    load = proposals.open_for(unit, caller, order.id)
    job_orders.replace(unit, caller, replace(order, open_proposals=load), order.version)


def citizen_follows(
    unit: Unit, caller: Caller, before: Proposal, after: ProposalState, review_on: date | None
) -> None:
    """Keep a citizen as one is after a move of a proposal: not able until the day of a review, or again."""
    if review_on is not None:
        citizen = citizens.held(unit, caller, before.citizen_id)
        citizens.replace(unit, caller, replace(citizen, not_able_until=review_on), citizen.version)
    elif before.review_on is not None and after in (ProposalState.CONTACTED, ProposalState.ACCEPTED):
        citizen = citizens.held(unit, caller, before.citizen_id)
        # able again before the day of the review
        if citizen.not_able_until == before.review_on:
            citizens.replace(unit, caller, replace(citizen, not_able_until=None), citizen.version)


def waits_no_more(unit: Unit, caller: Caller, citizen_id: str) -> None:
    """Keep a citizen who has begun to work as one who is asked about no other task, and waits for none."""
    citizen = citizens.held(unit, caller, citizen_id)
    if citizen.ready:
        citizens.replace(unit, caller, replace(citizen, ready=False, waiting_since=None), citizen.version)


def looks_again(unit: Unit, caller: Caller, citizen_id: str) -> CitizenRecord:
    """Keep a citizen as ready for work, who waits from today on; who is ready already waits as before."""
    citizen = citizens.held(unit, caller, citizen_id)
    if citizen.ready:
        return citizen
    looking = replace(citizen, ready=True, waiting_since=day_of(unit.at))
    return citizens.replace(unit, caller, looking, citizen.version)
