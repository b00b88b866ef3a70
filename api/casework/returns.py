"""Sending a job order back to who sent it: with a cause, a new clock, and the next candidates at once.

Holstebro: "Er borgeren i en tilstand, hvor han eller hun på det pågældende tidspunkt ikke er i stand til at
udføre jobbet, bliver jobordren sendt retur". That costs the citizen nothing in any later list.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from api.access import audit
from api.casework import practices
from api.casework import proposals as proposals_desk
from api.casework.catalogues import Kept
from api.casework.clocks import Clock, clock_of, resume
from api.casework.errors import OrderWithdrawn
from api.casework.job_orders import close_proposals, read
from api.casework.rankings import CandidatesFound, ranked_in
from api.casework.versions import require_seen
from api.domain.caller import Caller
from api.domain.civil_numbers import refuse_civil_numbers
from api.domain.moves import PROPOSAL_MOVES, ProposalState, ReturnCause, require_order_move
from api.domain.proposals import Proposal
from api.domain.records import JobOrderRecord, OrderState
from api.domain.working_days import day_of
from api.store import Unit, job_orders, moves, proposals
from geo import Refused
from geo.errors import N_


@dataclass(frozen=True, kw_only=True)
class Returned:
    """Why a job order goes back.

    When a citizen is not able, `proposal_id` says who (the only one suggested, when it is left out), and
    `review_on` when to ask again. `k` next candidates are shown.
    """

    cause: ReturnCause
    note: str = ""
    proposal_id: str | None = None
    review_on: date | None = None
    k: int = 10


@dataclass(frozen=True, kw_only=True)
class ReturnedOrder:
    """The order as it was sent back, its new clock, and who could be asked next; None when it is off."""

    order: JobOrderRecord
    clock: Clock
    next: CandidatesFound | None


def return_order(
    unit: Unit, caller: Caller, kept: Kept, order_id: str, back: Returned, seen: Set[int] | None = None
) -> ReturnedOrder:
    """Send a job order back; what is still suggested for it is closed, and a new clock starts.

    A pause goes on over it: the employer's holiday is as long for the next candidate as it was for the last.
    A citizen who is not able now is no candidate until the day of the review. Those who were suggested for it
    before are not among the next, as `proposals.passed_by` has it. Nobody is suggested for an order that the
    employer withdrew, no clock runs for it, and another cause gives it none. Who has said yes and is not able
    gives the place back, so a filled order can go back as well. Raises `Missing`, `Stale`, `OrderWithdrawn`,
    `NotFromHere` for an order that is filled or ended otherwise, and as `proposals.record` does.
    """
    refuse_civil_numbers({"note": back.note})
    _refuse_what_is_not_of(back)
    order = job_orders.held(unit, caller, order_id)
    require_seen("job order", order, seen)
    goes_on = back.cause is not ReturnCause.EMPLOYER_WITHDREW
    if order.is_withdrawn and goes_on:
        raise OrderWithdrawn(order.id)
    order = _closed(unit, caller, order, back)
    require_order_move(order.state, OrderState.RETURNED)
    if not goes_on:
        resume(unit, caller, order.id)
    after = replace(
        order,
        state=OrderState.RETURNED,
        clock_from=unit.at if goes_on else None,
        clock_met_at=None,
        clock_practice=practices.version_now(unit, caller) if goes_on else None,
    )
    sent = job_orders.replace(unit, caller, after, order.version)
    moves.keep(unit, caller, moves.OF_ORDERS, sent.id, order.state, sent.state, back.cause, back.note)
    audit.record(unit, caller, "job_order_returned", subject=sent.id, details={"cause": str(back.cause)})
    found = _next(unit, caller, kept, sent, back.k) if goes_on else None
    return ReturnedOrder(order=sent, clock=clock_of(unit, caller, sent), next=found)


def read_again(unit: Unit, caller: Caller, kept: Kept, order_id: str, k: int) -> ReturnedOrder:
    """An order that was sent back as it stands now, and the first k who could be asked next by now."""
    order = read(unit, caller, order_id)
    return ReturnedOrder(
        order=order, clock=clock_of(unit, caller, order), next=_next(unit, caller, kept, order, k)
    )


def _next(unit: Unit, caller: Caller, kept: Kept, order: JobOrderRecord, k: int) -> CandidatesFound:
    passed = proposals_desk.passed_by(unit, caller, order.id)
    return ranked_in(unit, caller, kept, order, k, day_of(unit.at), without=passed)


def _closed(unit: Unit, caller: Caller, order: JobOrderRecord, back: Returned) -> JobOrderRecord:
    found = proposals.of_order(unit, caller, order.id)
    if back.cause is ReturnCause.CITIZEN_NOT_ABLE:
        proposal_id = _whose(found, back.proposal_id)
        state = ProposalState.NOT_ABLE_NOW
        came = proposals_desk.CameOf(state=state, note=back.note, review_on=back.review_on)
        proposals_desk.record(unit, caller, proposal_id, came)
        order = job_orders.held(unit, caller, order.id)
    return close_proposals(unit, caller, order, ProposalState.WITHDRAWN, "order_returned")


def _refuse_what_is_not_of(back: Returned) -> None:
    if back.cause is ReturnCause.CITIZEN_NOT_ABLE:
        return
    for field in ("proposal_id", "review_on"):
        if getattr(back, field) is not None:
            problem = N_("This belongs to a citizen who is not able now, which is not the cause.")
            raise Refused(field, problem, N_("Leave it out, or give that cause."))


def _whose(found: Sequence[Proposal], proposal_id: str | None) -> str:
    """The proposal whose citizen is not able: the one that is named, else the only one that can be meant.

    Who waits for an answer is meant before who has said yes.
    """
    able = [one for one in found if ProposalState.NOT_ABLE_NOW in PROPOSAL_MOVES[one.state]]
    if proposal_id in {one.id for one in able}:
        return proposal_id
    waiting = [one.id for one in able if one.is_open] or [one.id for one in able]
    if not waiting and proposal_id is None:
        problem = N_("Nobody is suggested for this order who could be the one.")
        raise Refused("cause", problem, N_("Suggest the citizen first, or give another cause."))
    if proposal_id is None and len(waiting) == 1:
        return waiting[0]
    problem = N_("Several citizens are suggested for this order, or not this one.")
    raise Refused("proposal_id", problem, N_("Say which proposal's citizen is not able now."))
