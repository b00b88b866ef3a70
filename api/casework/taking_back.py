"""Taking back what was recorded of a proposal by mistake: everything is as before, but for the log.

A press is undone by who made it, on the same working day, as long as nothing builds on it: neither a further
move of the proposal, nor an order that has gone on, nor a place that somebody else has got since.
"""

from collections.abc import Iterable, Set
from dataclasses import replace
from datetime import datetime

from api.access import audit
from api.casework.consequences import weigh
from api.casework.errors import NoPlaceLeft, NothingToTakeBack
from api.casework.practices import practice_of
from api.casework.proposals import ProposalSeen, held_pair, require_no_other, seen_one
from api.domain.caller import Caller
from api.domain.civil_numbers import refuse_civil_numbers
from api.domain.moves import TAKEN_BACK, ProposalState, heard_at, state_word
from api.domain.proposals import Proposal
from api.domain.records import CitizenRecord, JobOrderRecord, OrderState
from api.domain.working_days import day_of
from api.store import Unit, citizens, moves, proposals
from geo.errors import N_


def may_be_taken_back(unit: Unit, caller: Caller, found: Iterable[Proposal]) -> frozenset[str]:
    """Those whose last move, or whose making, the caller can still take back, by id."""
    mine = [one for one in found if caller.user_id and one.last_by == caller.user_id]
    if not mine:
        return frozenset()
    calendar = practice_of(unit, caller.municipality).calendar
    return frozenset(
        one.id for one in mine if calendar.in_one_working_day(one.updated_at or one.created_at, unit.at)
    )


def take_back(
    unit: Unit, caller: Caller, proposal_id: str, note: str = "", seen: Set[int] | None = None
) -> ProposalSeen:
    """Put a proposal back to how it stood before its last move, and its order and citizen with it.

    One that nothing has become of is withdrawn, and is as if it had not been made. Raises as
    `proposals.record` does, `NothingToTakeBack` for what is not the caller's own or of an earlier day and for
    an order that has gone on, `AlreadyProposed` when the pair was suggested anew, and `NoPlaceLeft` when
    somebody else has got the place.
    """
    refuse_civil_numbers({"note": note})
    before, order = held_pair(unit, caller, proposal_id, "proposal_taken_back", seen)
    _require_own_slip(unit, caller, before)
    after = before.taken_back()
    _require_nothing_built(unit, caller, order, before, after)
    moved = proposals.take_back(unit, caller, before, after, note)
    order = replace(order, clock_met_at=_met_otherwise(unit, caller, order, before, after))
    _order_goes_back(unit, caller, order, before, after)
    citizen_goes_back(unit, caller, before)
    details = {"order": order.id, "before": str(before.state), "after": str(after.state)}
    audit.record(
        unit,
        caller,
        "proposal_taken_back",
        citizen_id=before.citizen_id,
        subject=before.id,
        details=details,
    )
    return seen_one(unit, caller, moved)


def _require_own_slip(unit: Unit, caller: Caller, before: Proposal) -> None:
    if not before.last_by:
        raise NothingToTakeBack(N_("There is nothing here to take back."))
    if before.id not in may_be_taken_back(unit, caller, [before]):
        problem = N_("What was recorded is taken back by who recorded it, on the same working day.")
        raise NothingToTakeBack(problem)


def _require_nothing_built(
    unit: Unit, caller: Caller, order: JobOrderRecord, before: Proposal, after: Proposal
) -> None:
    goes_back = after.state is not before.state
    if goes_back and after.stands and order.state in (OrderState.RETURNED, OrderState.ENDED):
        problem = N_("The job order has gone on since: it is {state}.")
        remedy = N_("Open the job order first, or suggest the citizen anew.")
        raise NothingToTakeBack(problem, remedy, state=state_word(order.state))
    if after.stands:
        require_no_other(unit, caller, order.id, before.citizen_id, besides=before.id)


def _met_otherwise(
    unit: Unit, caller: Caller, order: JobOrderRecord, before: Proposal, after: Proposal
) -> datetime | None:
    """When the order's clock was met, without the move that is taken back."""
    begun = order.clock_from
    if begun is None or order.clock_met_at != before.contacted_at:
        return order.clock_met_at
    others = [one.id for one in proposals.of_order(unit, caller, order.id) if one.id != before.id]
    logs = (moves.of(unit, caller, moves.OF_PROPOSALS, id_) for id_ in others)
    # what was heard as the order was sent back has begun the clock and does not meet it
    heard = (at for log in logs for at in heard_at(log))
    return min((at for at in (*heard, after.contacted_at) if at and at > begun), default=None)


def _order_goes_back(
    unit: Unit, caller: Caller, order: JobOrderRecord, before: Proposal, after: Proposal
) -> None:
    taken = (after.state is ProposalState.ACCEPTED) - (before.state is ProposalState.ACCEPTED)
    if taken > 0 and order.places < 1:
        raise NoPlaceLeft(order.id)
    left = replace(order, places=order.places - taken)
    state = _state_before(unit, caller, left, before, taken)
    if state is not order.state:
        moves.keep(unit, caller, moves.OF_ORDERS, order.id, order.state, state, TAKEN_BACK)
    weigh(unit, caller, replace(left, state=state))


def _state_before(
    unit: Unit, caller: Caller, order: JobOrderRecord, before: Proposal, taken: int
) -> OrderState:
    """The state of the order without the move: the one that it took up with it, if that move was its last."""
    if taken > 0:
        return OrderState.FILLED if order.places == 0 else order.state
    log = moves.of(unit, caller, moves.OF_ORDERS, order.id)
    with_it = [line for line in log if line.at == (before.updated_at or before.created_at)]
    if with_it and with_it[-1] is log[-1] and not _others_go_on(unit, caller, before):
        first = with_it[0].before
        if first in (OrderState.RECEIVED, OrderState.RETURNED):
            return OrderState(first)
    return OrderState.OPEN if taken < 0 and order.state is OrderState.FILLED else order.state


def _others_go_on(unit: Unit, caller: Caller, besides: Proposal) -> bool:
    others = (one for one in proposals.of_order(unit, caller, besides.order_id) if one.id != besides.id)
    return any(one.stands for one in others)


def citizen_goes_back(unit: Unit, caller: Caller, before: Proposal) -> None:
    """Let the citizen be as able as before a move that is taken back; what was said since stays."""
    former = before.former
    if former is None:
        return
    citizen = citizens.held(unit, caller, before.citizen_id)
    after = citizen
    # what somebody has said of the citizen since stays
    if ProposalState.NOT_ABLE_NOW in (before.state, former.state) and (
        citizen.not_able_until == before.review_on
    ):
        after = replace(after, not_able_until=former.not_able_until)
    if before.began_on != former.began_on and _waits_as_left(citizen, before):
        after = replace(after, ready=former.ready, waiting_since=former.waiting_since)
    if after != citizen:
        citizens.replace(unit, caller, after, citizen.version)


def _waits_as_left(citizen: CitizenRecord, before: Proposal) -> bool:
    """Whether a citizen waits as the beginning of work, or its end, has left it."""
    if before.began_on:
        return (citizen.ready, citizen.waiting_since) == (False, None)
    return (citizen.ready, citizen.waiting_since) == (True, day_of(before.updated_at or before.created_at))
