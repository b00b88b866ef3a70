"""A contact that was recorded by mistake: who can take it back, until when, and the clock without it."""

from collections.abc import Iterable
from datetime import datetime

from api.casework.practices import practice_of
from api.domain.caller import Caller
from api.domain.moves import ProposalState, heard_at, require_proposal_move
from api.domain.proposals import Proposal
from api.domain.records import JobOrderRecord
from api.domain.working_days import day_of
from api.store import Unit, moves, proposals
from geo import Refused
from geo.errors import N_


def may_be_taken_back(unit: Unit, caller: Caller, found: Iterable[Proposal]) -> frozenset[str]:
    """Those whose contact the caller has recorded by mistake, maybe, and can still take back.

    It is taken back by who recorded it, on the same working day, as long as nothing else came of it.
    """
    contacted = [one.id for one in found if one.state is ProposalState.CONTACTED]
    if not contacted:
        return frozenset()
    calendar = practice_of(unit, caller.municipality).calendar
    today = calendar.working_day_of(day_of(unit.at))
    last = moves.last_of(unit, caller, moves.OF_PROPOSALS, contacted)
    return frozenset(
        id_
        for id_, line in last.items()
        if (line.before, line.after, line.by)
        == (ProposalState.PROPOSED, ProposalState.CONTACTED, caller.user_id)
        and calendar.working_day_of(day_of(line.at)) == today
    )


def require_own(unit: Unit, caller: Caller, before: Proposal) -> None:
    """Raise `NotFromHere` or `Refused` unless the caller can take the contact back."""
    require_proposal_move(before.state, ProposalState.PROPOSED)
    if before.id not in may_be_taken_back(unit, caller, [before]):
        problem = N_("A contact is taken back by who recorded it, on the same working day.")
        raise Refused("outcome", problem, N_("Record what came of it instead."))


def met_otherwise(unit: Unit, caller: Caller, order: JobOrderRecord, taken_back: Proposal) -> datetime | None:
    """When an order's clock was met, without the contact that is taken back; None when it was not."""
    begun = order.clock_from
    if begun is None or order.clock_met_at != taken_back.contacted_at:
        return order.clock_met_at
    others = [one.id for one in proposals.of_order(unit, caller, order.id) if one.id != taken_back.id]
    logs = (moves.of(unit, caller, moves.OF_PROPOSALS, id_) for id_ in others)
    # what was heard as the order was sent back has begun the clock and does not meet it
    return min((at for log in logs for at in heard_at(log) if at > begun), default=None)
