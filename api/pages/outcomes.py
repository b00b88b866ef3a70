"""What can come of a proposal, as it is asked where it is read: a citizen's page, an order's, the day's list.

`outcomes_of` makes of proposals what the macro `outcome_forms` of outcomes.html shows, so that every page has
the same form; `recording` takes down what it says.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from urllib.parse import urlsplit

from api.access.scopes import Scope, may
from api.casework import proposals as desk
from api.casework import taking_back
from api.casework.beginnings import Step
from api.casework.centres import by_id
from api.casework.errors import NotYourWork
from api.casework.order_lists import WAITING
from api.casework.practices import practice_of
from api.casework.proposals import CameOf, ProposalSeen
from api.domain.caller import Caller
from api.domain.moves import PROPOSAL_MOVES, TAKEN_BACK, ProposalState
from api.domain.proposals import DeclineReason, Side
from api.domain.records import Centre, ChainLink, EmployerRecord, Through
from api.domain.working_days import day_of, working_days_left
from api.exchange.days import day_ahead, day_near
from api.exchange.values import Given
from api.pages.contact_chain import chain_at
from api.pages.go_between import GoBetween, go_betweens
from api.store import Unit, employers, moves
from api.store.errors import Missing
from geo import Refused
from geo.errors import N_
from matching.vocabulary import parse_code


@dataclass(frozen=True, slots=True)
class Told:
    """What a form said, as it was typed; `problem` and `field` when it could not be kept."""

    outcome: str = ""
    through: str = ""
    declined_by: str = ""
    reason: str = ""
    review_on: str = ""
    starts_on: str = ""
    note: str = ""
    version: int = 0
    back: str = "/"
    problem: str = ""
    field: str = ""

    @property
    def seen(self) -> set[int] | None:
        """The version that the form was made of; None for a form that names none."""
        return {self.version} if self.version else None

    def came(self) -> CameOf:
        """The outcome that was told; raises `Refused` for a day or a word that is none.

        What goes with another outcome than the one that was chosen stands in the form, and is not meant.
        """
        state = parse_code(ProposalState, "outcome", self.outcome)
        if state is ProposalState.DECLINED:
            side, reason = self._no()
            return CameOf(state=state, note=self.note, declined_by=side, reason=reason)
        if state is ProposalState.NOT_ABLE_NOW:
            day = day_ahead(Given.typed("review_on", self.review_on))
            return CameOf(state=state, note=self.note, review_on=day)
        reached = state in (ProposalState.CONTACTED, ProposalState.ACCEPTED) and self.through
        through = parse_code(Through, "through", self.through) if reached else None
        return CameOf(state=state, note=self.note, through=through)

    def first_day(self) -> Step:
        """The first day that was told, agreed on or come; raises `Refused` for what is no day."""
        return Step(on=day_near(Given.typed("starts_on", self.starts_on)), note=self.note)

    def _no(self) -> tuple[Side, DeclineReason]:
        problem = N_("A no has a side and a reason.")
        if not self.declined_by:
            raise Refused("declined_by", problem, N_("Choose whose no it is."))
        if not self.reason:
            raise Refused("reason", problem, N_("Choose why."))
        side = parse_code(Side, "declined_by", self.declined_by)
        return side, parse_code(DeclineReason, "reason", self.reason)


@dataclass(frozen=True, slots=True)
class Faster:
    """Who recorded something about the proposal meanwhile, and when; `own` when the reader has."""

    name: str
    at: datetime
    own: bool


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next, as far as the reader may go there: the citizen, the employer, others for the task.

    `contact_by`, `chain` and where it is written are for who has still to be contacted, `employer` for who
    has said yes; `others` when the order has a place left. `may_look` is for who has begun, and may be said
    to look for more.
    """

    contact_by: datetime | None = None
    days_left: int | None = None
    chain: tuple[ChainLink, ...] = ()
    centres: Mapping[str, Centre] = field(default_factory=dict)
    chain_at: str = ""
    citizen_id: str = ""
    order_id: str = ""
    employer: EmployerRecord | None = None
    others: bool = False
    may_look: bool = False


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What a proposal can become, and what the form needs to take it down.

    `review_on` is the day that the practice proposes, `begins_on` the one to come on which the employer wants
    somebody; `starts_on` and `began_on` are those of a yes, as far as they are written down. `note` is what
    was written with a suggestion that nothing has come of yet, for who may answer it; `declined_by` and
    `reason` tell of a no and `noted` of what came last, for who may see the citizen. `colleagues`
    make the contact with who is somebody else's work, `unstaffed` is the citizen's id where none of them
    comes in; `way` is what one press notes. `undo` says that the
    reader may take back what was recorded last. `recorded` says that it has just been moved, and `next`
    what comes then; `undone` that this took something back, and `mistaken` that it was the proposal itself.
    """

    id: str
    order_id: str
    citizen: str
    task: str
    state: ProposalState
    version: int
    possible: tuple[ProposalState, ...]
    through: tuple[tuple[Through, str], ...]
    review_on: date
    answerable: bool
    colleagues: str = ""
    unstaffed: str = ""
    way: Through | None = None
    through_used: Through | None = None
    reviewed_on: date | None = None
    starts_on: date | None = None
    began_on: date | None = None
    begins_on: date | None = None
    note: str = ""
    declined_by: Side | None = None
    reason: DeclineReason | None = None
    noted: str = ""
    undo: bool = False
    recorded: bool = False
    undone: bool = False
    next: NextStep = field(default_factory=NextStep)
    faster: Faster | None = None
    kept_back: str = ""
    told: Told | None = None

    @property
    def to_begin(self) -> bool:
        """Whether somebody has said yes and has not begun, as far as is written down."""
        return self.state is ProposalState.ACCEPTED and self.began_on is None

    @property
    def mistaken(self) -> bool:
        """Whether the proposal is as if it had not been made."""
        return self.undone and self.state is ProposalState.WITHDRAWN

    @property
    def at_once(self) -> tuple[ProposalState, ...]:
        """What one press records."""
        plain = (ProposalState.CONTACTED, ProposalState.ACCEPTED)
        return tuple(state for state in plain if state in self.possible)


def outcomes_of(unit: Unit, caller: Caller, found: Iterable[ProposalSeen]) -> Mapping[str, Outcomes]:
    """What the macro `outcome_forms` needs of each proposal, by its id."""
    practice, listed = practice_of(unit, caller.municipality), list(found)
    today = day_of(unit.at)
    review_on = practice.review_day(today)
    slips = taking_back.may_be_taken_back(unit, caller, [seen.proposal for seen in listed])
    asked = go_betweens(unit, caller, listed)
    remarks = remarks_of(unit, caller, listed)
    shown = [
        _outcomes(caller, seen, review_on, today, asked.get(seen.proposal.citizen_id)) for seen in listed
    ]
    return {one.id: replace(one, undo=one.id in slips, noted=remarks.get(one.id, "")) for one in shown}


def remarks_of(unit: Unit, caller: Caller, found: Iterable[ProposalSeen]) -> Mapping[str, str]:
    """What was noted with what came last, of each whose citizen is open; nothing that was taken back."""
    moved = [one.proposal.id for one in found if one.open and one.proposal.updated_at]
    last = moves.last_of(unit, caller, moves.OF_PROPOSALS, moved)
    return {id_: line.note for id_, line in last.items() if line.cause != TAKEN_BACK}


def recorded_of(unit: Unit, caller: Caller, proposal_id: str) -> Outcomes | None:
    """A proposal that was made, or about which something was recorded, a moment ago, and what comes next.

    None when it is not there for the caller: the address that names it may be an old one.
    """
    try:
        seen = desk.read(unit, caller, proposal_id)
        log = desk.history(unit, caller, proposal_id)
    except (Missing, NotYourWork):
        return None
    # the log goes with a citizen who is erased meanwhile
    return just_recorded(unit, caller, seen, bool(log) and log[-1].cause == TAKEN_BACK)


def just_recorded(unit: Unit, caller: Caller, seen: ProposalSeen, undone: bool) -> Outcomes:
    """A proposal that was moved a moment ago, or put back by it, and what comes next."""
    shown = one_of(unit, caller, seen)
    return replace(shown, recorded=True, undone=undone, next=_next_step(unit, caller, seen))


def _next_step(unit: Unit, caller: Caller, seen: ProposalSeen) -> NextStep:
    order = seen.order
    called = seen.proposal.is_to_begin and may(caller, Scope.EMPLOYERS_READ)
    calendar = practice_of(unit, caller.municipality).calendar
    works = bool(seen.proposal.began_on) and seen.open and may(caller, Scope.CITIZENS_WRITE)
    by = seen.contact_by
    return NextStep(
        contact_by=by,
        days_left=None if by is None or seen.overdue else working_days_left(unit.at, by, calendar),
        chain=tuple(seen.chain),
        centres=by_id(unit, caller),
        chain_at=chain_at(caller, seen.proposal.citizen_id) if seen.open else "",
        citizen_id=seen.proposal.citizen_id if seen.open else "",
        order_id=order.id if may(caller, Scope.CANDIDATES_READ) else "",
        employer=employers.find(unit, caller, order.employer_id) if called else None,
        may_look=works and not desk.is_ready(unit, caller, seen),
        others=order.places > 0 and order.state in WAITING and not order.is_withdrawn,
    )


def noted(back: str, id_: str, name: str = "recorded") -> str:
    """The page to go back to, told which proposal was recorded, or what else by another name."""
    parts = urlsplit(back)
    query = f"{parts.query}&" if parts.query else ""
    return parts._replace(query=f"{query}{name}={id_}").geturl()


def one_of(unit: Unit, caller: Caller, seen: ProposalSeen) -> Outcomes:
    """What `outcomes_of` answers, of one proposal."""
    return outcomes_of(unit, caller, [seen])[seen.proposal.id]


def _still_to_come(day: date | None, today: date) -> date | None:
    return day if day and day >= today else None


def _outcomes(
    caller: Caller, seen: ProposalSeen, review_on: date, today: date, asked: GoBetween | None
) -> Outcomes:
    one = seen.proposal
    named = (
        [(asked.through, asked.names)]
        if asked and asked.names
        else [(link.through, link.name) for link in seen.chain]
    )
    mine = caller.user_id in (one.created_by, one.taken_by)
    answerable = may(caller, Scope.PROPOSALS_ANSWER) and (seen.open or mine)
    return Outcomes(
        id=one.id,
        order_id=one.order_id,
        citizen=seen.name or seen.initials,
        task=seen.order.title,
        state=one.state,
        version=one.version,
        possible=_possible(seen),
        through=tuple(_ways(named)),
        review_on=review_on,
        answerable=answerable,
        colleagues=asked.names if asked else "",
        unstaffed=one.citizen_id if asked and not asked.names else "",
        way=named[0][0] if named else None,
        through_used=one.contacted_through,
        reviewed_on=one.review_on,
        starts_on=one.starts_on,
        began_on=one.began_on,
        begins_on=_still_to_come(seen.order.task.starts_on, today),
        note=one.note if answerable and one.state is ProposalState.PROPOSED else "",
        declined_by=one.declined_by,
        reason=one.reason,
    )


_OUTCOMES = tuple(state for state in ProposalState if state is not ProposalState.PROPOSED)
"""What can come of a proposal."""


def _possible(seen: ProposalSeen) -> tuple[ProposalState, ...]:
    """What can come of it now; nobody goes on with what the employer has withdrawn."""
    possible = PROPOSAL_MOVES[seen.proposal.state]
    if seen.order.is_withdrawn:
        possible -= {ProposalState.CONTACTED, ProposalState.ACCEPTED}
    return tuple(state for state in _OUTCOMES if state in possible)


def _ways(named: Iterable[tuple[Through, str]]) -> Iterable[tuple[Through, str]]:
    """Through whom the citizen can be reached: who is named first, then whoever is not."""
    known: dict[Through, str] = {}
    for through, name in named:
        known.setdefault(through, name)
    return [*known.items(), *((through, "") for through in Through if through not in known)]
