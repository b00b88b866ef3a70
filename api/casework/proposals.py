"""Suggesting a citizen for a job order, from either end, and what became of it.

A proposal of a citizen who is not open to the caller is shown by initials and without a word of what was
noted. What came of one is recorded by those whose work the citizen is, and by who made the suggestion. An
open proposal weighs on its order in the same commit.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime

from api.access import audit
from api.access.masking import initials
from api.access.scopes import Scope, may
from api.casework import citizens as citizens_desk
from api.casework import practices
from api.casework.clocks import due_by
from api.casework.consequences import citizen_follows, in_state, looks_again, order_follows, weigh
from api.casework.errors import AlreadyProposed, NoPlaceLeft, NotCandidate, NotYourWork, OrderWithdrawn
from api.casework.practices import Practices, practice_of
from api.domain.accounts import Outcome
from api.domain.caller import Caller
from api.domain.civil_numbers import refuse_civil_numbers
from api.domain.moves import HEARD, TAKEN_BACK, Move, ProposalState, require_proposal_move
from api.domain.plausible_days import require_not_far_off
from api.domain.proposals import DeclineReason, Proposal, Side, StartedFrom
from api.domain.records import ChainLink, CitizenRecord, JobOrderRecord, OrderState, Through, rests_until
from api.domain.working_days import day_of, has_passed
from api.store import Unit, citizens, clock_pauses, job_orders, moves, new_id, proposals
from api.store.errors import Missing, Stale
from geo import Refused
from geo.errors import N_


@dataclass(frozen=True, kw_only=True)
class NewProposal:
    """A pair to suggest, from which end, with a note and the list it was found on."""

    citizen_id: str
    order_id: str
    started_from: StartedFrom
    note: str = ""
    list_id: str = ""


@dataclass(frozen=True, kw_only=True)
class CameOf:
    """What became of a proposal: the state, and what goes with it.

    `through` says who made the contact; `declined_by` and `reason` go with declined; `review_on` with not
    able now, the practice's number of days when it is left out.
    """

    state: ProposalState
    note: str = ""
    through: Through | None = None
    declined_by: Side | None = None
    reason: DeclineReason | None = None
    review_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ProposalSeen:
    """A proposal as far as it is open to the caller: without `name` and `chain`, initials are all there is.

    `contact_by` is the contact deadline, None once the citizen has been contacted or while the clock stands
    still; `overdue` says that it has passed.
    """

    proposal: Proposal
    order: JobOrderRecord
    initials: str
    name: str | None
    chain: Sequence[ChainLink]
    contact_by: datetime | None
    overdue: bool

    @property
    def open(self) -> bool:
        """Whether the citizen is open to the caller."""
        return self.name is not None


def propose(unit: Unit, caller: Caller, new: NewProposal) -> ProposalSeen:
    """Suggest a citizen for a job order, which is taken up by it when it was received or returned.

    From a citizen's end the citizen has to be open to the caller. Raises `AlreadyProposed` when the pair is
    suggested or agreed on, `NotCandidate` for a citizen who is not ready now, `OrderWithdrawn`, and
    `NoPlaceLeft` for an order that is filled, ended or without a place.
    """
    refuse_civil_numbers({"note": new.note, "list": new.list_id})
    if new.started_from is StartedFrom.CITIZEN:
        citizen = citizens_desk.opened(unit, caller, new.citizen_id, "proposal_made")
    else:
        citizen = citizens_desk.known(unit, caller, new.citizen_id)
    order = job_orders.held(unit, caller, new.order_id)
    # looked at again: the citizen may have been changed, or erased, while the order was waited for
    citizen = citizens.held(unit, caller, citizen.id)
    _require_candidate(unit, citizen)
    _require_place(order)
    require_no_other(unit, caller, order.id, citizen.id)
    made = proposals.add(unit, caller, _begun(unit, caller, order, new))
    weigh(unit, caller, in_state(unit, caller, order, OrderState.OPEN))
    details = {"order": order.id, "started_from": str(new.started_from)}
    audit.record(unit, caller, "proposal_made", citizen_id=citizen.id, subject=made.id, details=details)
    return seen_one(unit, caller, made)


def _require_place(order: JobOrderRecord) -> None:
    if order.is_withdrawn:
        raise OrderWithdrawn(order.id)
    # filled and ended orders are opened again by a person, never by a suggestion
    if order.places < 1 or order.state in (OrderState.FILLED, OrderState.ENDED):
        raise NoPlaceLeft(order.id)


def _begun(unit: Unit, caller: Caller, order: JobOrderRecord, new: NewProposal) -> Proposal:
    """The proposal as it begins: by the clock of its order while that runs, else by one of its own."""
    clock_from, practice = order.clock_from, order.clock_practice
    if clock_from is None or order.clock_met_at is not None:
        clock_from, practice = unit.at, practices.seen(unit, caller.municipality).version
    return Proposal(
        id=new_id(),
        municipality=caller.municipality,
        citizen_id=new.citizen_id,
        order_id=order.id,
        started_from=new.started_from,
        note=new.note,
        list_id=new.list_id,
        clock_from=clock_from,
        clock_practice=practice,
        created_at=unit.at,
        created_by=caller.user_id,
    )


def record(
    unit: Unit, caller: Caller, proposal_id: str, came: CameOf, seen: Set[int] | None = None
) -> ProposalSeen:
    """Record what became of a proposal; its order, load and clock follow in the same commit.

    `seen` are the versions it may be at, None to go by its state alone. Raises `Missing`,
    `NotYourWork`, `Stale` when it has moved since, `NotFromHere` for a move that the table does not
    have, `AlreadyProposed` to go on with a pair that was suggested anew since the citizen was not able,
    `OrderWithdrawn` to go on with what the employer has withdrawn, `NoPlaceLeft` when it is accepted for an
    order without one, and `Refused` when what has to go with it is missing.
    """
    before, order = held_pair(unit, caller, proposal_id, f"proposal_{came.state}", seen)
    refuse_civil_numbers({"note": came.note})
    came = _whole(unit, caller, came)
    if came.state in (ProposalState.CONTACTED, ProposalState.ACCEPTED):
        require_proposal_move(before.state, came.state)
        require_no_other(unit, caller, order.id, before.citizen_id, besides=before.id)
    after = _after(unit, caller, before, came)
    moved = proposals.move(unit, caller, before, after, str(came.reason or came.through or ""), came.note)
    order_follows(unit, caller, order, before.state, came.state)
    citizen_follows(unit, caller, before, came.state, came.review_on)
    if before.has_ended_waiting:
        looks_again(unit, caller, before.citizen_id)
    details = {"order": order.id, "before": str(before.state)}
    action = f"proposal_{came.state}"
    audit.record(unit, caller, action, citizen_id=before.citizen_id, subject=before.id, details=details)
    return seen_one(unit, caller, moved)


def _after(unit: Unit, caller: Caller, before: Proposal, came: CameOf) -> Proposal:
    citizen = citizens_desk.known(unit, caller, before.citizen_id)
    return replace(
        before,
        state=came.state,
        declined_by=came.declined_by,
        reason=came.reason,
        review_on=came.review_on,
        # a yes that has come to nothing takes its first day along
        starts_on=None,
        began_on=None,
        contacted_at=unit.at if came.state in HEARD else before.contacted_at,
        contacted_through=came.through or before.contacted_through,
        former=before.as_former(caller.user_id, citizen),
    )


def require_no_other(
    unit: Unit, caller: Caller, order_id: str, citizen_id: str, besides: str | None = None
) -> None:
    """Raise `AlreadyProposed` when a proposal of the pair stands, besides the one that is named."""
    for earlier in proposals.of_order(unit, caller, order_id):
        if earlier.citizen_id == citizen_id and earlier.stands and earlier.id != besides:
            raise AlreadyProposed(earlier.id)


def held_pair(
    unit: Unit, caller: Caller, proposal_id: str, action: str, seen: Set[int] | None
) -> tuple[Proposal, JobOrderRecord]:
    """A proposal that the caller may answer and its order, which nobody else changes before the unit ends.

    Raises `Missing`, `NotYourWork`, and `Stale` when it is at none of the versions `seen` (None: any will
    do); it is shown as it stands then, which is a look and written down as one.
    """
    before = _answerable(unit, caller, proposal_id, action)
    order = job_orders.held(unit, caller, before.order_id)
    # whoever held the order before may have moved the proposal meanwhile, or erased its citizen
    held = proposals.find(unit, caller, proposal_id)
    if held is None:
        raise Missing("proposal", proposal_id)
    if seen is not None and held.version not in seen:
        raise _overtaken(unit, caller, held)
    return held, order


def _overtaken(unit: Unit, caller: Caller, now: Proposal) -> Stale:
    shown = seen_one(unit, caller, now)
    details = {"masked": not shown.open}
    audit.record(unit, caller, "proposal_read", citizen_id=now.citizen_id, subject=now.id, details=details)
    unit.commit()
    return Stale("proposal", shown)


def read(unit: Unit, caller: Caller, proposal_id: str) -> ProposalSeen:
    """One proposal; by initials when its citizen is not open to the caller. Raises `Missing`."""
    found = proposals.find(unit, caller, proposal_id)
    shown = listed(unit, caller, [found] if found else [], "proposal_read")
    if not shown:
        raise Missing("proposal", proposal_id)
    return shown[0]


def page(
    unit: Unit,
    caller: Caller,
    *,
    order_id: str | None = None,
    citizen_id: str | None = None,
    state: ProposalState | None = None,
    after: str | None = None,
    limit: int = 50,
) -> tuple[list[ProposalSeen], str | None]:
    """A stretch of the municipality's proposals and the id to go on after; one audit row for each.

    Who may not list others' citizens gets those of their own citizens only.
    """
    only = frozenset({citizen_id}) if citizen_id else None
    if not may(caller, Scope.CITIZENS_LIST):
        mine = citizens.assigned_to(unit, caller)
        only = mine if only is None else mine & only
    found = proposals.page(
        unit, caller, order_id=order_id, citizen_ids=only, state=state, after=after, limit=limit
    )
    return listed(unit, caller, found.items, "proposal_listed"), found.next


def listed(unit: Unit, caller: Caller, found: Sequence[Proposal], action: str) -> list[ProposalSeen]:
    """Proposals as far as they are open to the caller, an audit row for each that is shown."""
    known = seen_by(unit, caller, found)
    shown = [one for one in known if one.open or may(caller, Scope.CITIZENS_LIST)]
    for one in shown:
        citizen_id = one.proposal.citizen_id
        details = {"masked": not one.open}
        audit.record(unit, caller, action, citizen_id=citizen_id, subject=one.proposal.id, details=details)
    return shown


def history(unit: Unit, caller: Caller, proposal_id: str) -> tuple[Move, ...]:
    """What became of a proposal, oldest first; raises as `record` does.

    Who made it sees its states; a note or a cause only while the citizen is open to them.
    """
    found = _answerable(unit, caller, proposal_id, "proposal_history_read")
    is_open = citizens.may_open(unit, caller, found.citizen_id)
    details = {"masked": not is_open}
    audit.record(
        unit, caller, "proposal_history_read", citizen_id=found.citizen_id, subject=found.id, details=details
    )
    log = moves.of(unit, caller, moves.OF_PROPOSALS, proposal_id)
    return log if is_open else tuple(replace(move, cause="", note="") for move in log)


def of_citizen(unit: Unit, caller: Caller, citizen_id: str) -> dict[str, Proposal]:
    """The last suggestion of a citizen for each job order; for whom the citizen was opened before.

    One that was made by mistake and taken back is as if it had not been.
    """
    found = proposals.of_citizen(unit, caller, citizen_id)
    return {one.order_id: one for one in _meant(unit, caller, found)}


def passed_by(unit: Unit, caller: Caller, order_id: str) -> frozenset[str]:
    """Those who were suggested for a job order before, without who only was not able and is again."""
    found = suggested_for(unit, caller, order_id)
    others = {one.citizen_id for one in found if one.state is not ProposalState.NOT_ABLE_NOW}
    people = citizens.some(unit, caller, {one.citizen_id for one in found} - others)
    return frozenset(others | {id_ for id_, one in people.items() if _rests(unit, one)})


def suggested_for(unit: Unit, caller: Caller, order_id: str) -> tuple[Proposal, ...]:
    """Everybody who was ever suggested for a job order, but for what was made by mistake and taken back."""
    return _meant(unit, caller, proposals.of_order(unit, caller, order_id))


def _meant(unit: Unit, caller: Caller, found: Sequence[Proposal]) -> tuple[Proposal, ...]:
    withdrawn = [one.id for one in found if one.state is ProposalState.WITHDRAWN]
    last = moves.last_of(unit, caller, moves.OF_PROPOSALS, withdrawn)
    mistakes = {id_ for id_, line in last.items() if line.cause == TAKEN_BACK}
    return tuple(one for one in found if one.id not in mistakes)


def is_ready(unit: Unit, caller: Caller, seen: ProposalSeen) -> bool:
    """Whether the citizen of a proposal that was read wants work, as far as is written down."""
    return citizens_desk.known(unit, caller, seen.proposal.citizen_id).ready


def _review_day(unit: Unit, caller: Caller, asked: date | None) -> date:
    """The day to look again; raises `Refused` for one that is not to come."""
    today = day_of(unit.at)
    if asked is None:
        return practice_of(unit, caller.municipality).review_day(today)
    if asked <= today:
        remedy = N_("Give a day to come.")
        raise Refused("review_on", N_("{value} has been already."), remedy, value=asked)
    require_not_far_off("review_on", asked, today)
    return asked


def _require_candidate(unit: Unit, citizen: CitizenRecord) -> None:
    if _rests(unit, citizen) or not citizen.ready:
        raise NotCandidate(citizen.id)


def _rests(unit: Unit, citizen: CitizenRecord) -> bool:
    return rests_until(citizen.not_able_until, day_of(unit.at)) is not None


def _answerable(unit: Unit, caller: Caller, proposal_id: str, action: str) -> Proposal:
    found = proposals.find(unit, caller, proposal_id)
    if found is None:
        raise Missing("proposal", proposal_id)
    if caller.user_id and caller.user_id in (found.created_by, found.taken_by):
        return found
    if not citizens.may_open(unit, caller, found.citizen_id):
        audit.record(
            unit, caller, action, citizen_id=found.citizen_id, subject=found.id, outcome=Outcome.DENIED
        )
        unit.commit()
        known = may(caller, Scope.CITIZENS_LIST)
        raise NotYourWork(found.citizen_id) if known else Missing("proposal", proposal_id)
    return found


def _whole(unit: Unit, caller: Caller, came: CameOf) -> CameOf:
    if came.state is ProposalState.DECLINED and (came.reason is None or came.declined_by is None):
        missing = "reason" if came.reason is None else "declined_by"
        raise Refused(missing, N_("A no has a side and a reason."), N_("Send declined_by and reason."))
    if came.state is ProposalState.NOT_ABLE_NOW:
        return replace(came, review_on=_review_day(unit, caller, came.review_on))
    return came


def seen_by(unit: Unit, caller: Caller, found: Sequence[Proposal]) -> list[ProposalSeen]:
    """Proposals as far as they are open to the caller; whoever shows them writes that down.

    Those whose citizen was erased after they were found are left out.
    """
    people = citizens.some(unit, caller, [one.citizen_id for one in found])
    found = [one for one in found if one.citizen_id in people]
    opened = citizens.open_to(unit, caller, people)
    orders = job_orders.some(unit, caller, [one.order_id for one in found])
    pauses = clock_pauses.of(unit, caller, orders)
    practised = Practices(unit, caller.municipality)
    shown = []
    for one in found:
        citizen, is_open = people[one.citizen_id], one.citizen_id in opened
        waits = one.state is ProposalState.PROPOSED
        practice = practised.of(one.clock_practice)
        deadline = due_by(one.clock_from, pauses.get(one.order_id, ()), practice) if waits else None
        shown.append(
            ProposalSeen(
                proposal=one if is_open else _masked(one),
                order=orders[one.order_id],
                initials=initials(citizen.name),
                name=citizen.name if is_open else None,
                chain=citizen.chain if is_open else (),
                contact_by=deadline,
                overdue=deadline is not None and has_passed(deadline, unit.at),
            )
        )
    return shown


def seen_one(unit: Unit, caller: Caller, found: Proposal) -> ProposalSeen:
    """The same of one proposal; raises `Missing` where its citizen was erased."""
    for one in seen_by(unit, caller, [found]):
        return one
    raise Missing("proposal", found.id)


def _masked(proposal: Proposal) -> Proposal:
    return replace(proposal, note="", declined_by=None, reason=None, review_on=None)
