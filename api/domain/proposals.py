"""A suggested pair of citizen and job order: from which end it began, where it stands and what came of it."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Self

from api.domain.moves import OPEN_PROPOSALS, ProposalState
from api.domain.records import CitizenRecord, Through


class StartedFrom(StrEnum):
    """From which end a pair was suggested: a citizen's shortlist, or a job order's candidates."""

    CITIZEN = "citizen"
    JOB_ORDER = "job_order"


class Side(StrEnum):
    """Whose no it is."""

    CITIZEN = "citizen"
    EMPLOYER = "employer"


class DeclineReason(StrEnum):
    """Why a suggestion came to nothing; said about the pair, never about the person."""

    TASK = "task"
    TIMES = "times"
    PLACE = "place"
    PAY = "pay"
    TAKEN_OTHERWISE = "taken_otherwise"
    NOT_ANSWERED = "not_answered"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Former:
    """What a proposal's last move by a person has changed, for taking it back: who made it, and what was.

    `not_able_until`, `ready` and `waiting_since` are the citizen's own, and count where the move has changed
    them.
    """

    by: str
    state: ProposalState
    contacted_at: datetime | None = None
    contacted_through: Through | None = None
    review_on: date | None = None
    not_able_until: date | None = None
    starts_on: date | None = None
    began_on: date | None = None
    ready: bool = False
    waiting_since: date | None = None


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A citizen suggested for a job order. `note` is sealed at rest.

    `clock_from` is what the contact deadline is reckoned from: the order's clock if it was running, else the
    proposal itself, by the practice of the version `clock_practice`. `review_on` is set while the citizen is
    not able, `declined_by` and `reason` when it is declined. Of a yes, `starts_on` is the first day as it was
    agreed with the employer, and `began_on` the day on which the work began; both go with the yes.
    `list_id` names the list it was made from. `taken_by` is who has taken it over, "" for who made it.
    `former` is how it stood before its last move, None where that is not to be taken back.
    """

    id: str
    municipality: str
    citizen_id: str
    order_id: str
    started_from: StartedFrom
    state: ProposalState = ProposalState.PROPOSED
    note: str = ""
    list_id: str = ""
    clock_from: datetime
    clock_practice: int | None = None
    created_at: datetime
    created_by: str
    contacted_at: datetime | None = None
    contacted_through: Through | None = None
    declined_by: Side | None = None
    reason: DeclineReason | None = None
    review_on: date | None = None
    starts_on: date | None = None
    began_on: date | None = None
    taken_by: str = ""
    updated_at: datetime | None = None
    former: Former | None = field(default=None, repr=False)

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.state in OPEN_PROPOSALS

    @property
    def stands(self) -> bool:
        """Whether it waits for an answer or was answered by a yes: its pair is not suggested again."""
        return self.is_open or self.state is ProposalState.ACCEPTED

    @property
    def is_to_begin(self) -> bool:
        """Whether somebody has said yes and has not begun, as far as is written down."""
        return self.state is ProposalState.ACCEPTED and self.began_on is None

    @property
    def has_ended_waiting(self) -> bool:
        """Whether its citizen waited for work until it began, and does not since."""
        return self.began_on is not None and self.former is not None and self.former.ready

    @property
    def is_pending(self) -> bool:
        """Whether something is still to be done about it: an answer, or a beginning."""
        return self.is_open or self.is_to_begin

    @property
    def held_by(self) -> str:
        """On whose desk it stands, beside those who work with the citizen."""
        return self.taken_by or self.created_by

    @property
    def last_by(self) -> str:
        """Who made its last move, or the proposal itself; "" where that is not to be taken back."""
        if self.former:
            return self.former.by
        return self.created_by if self.is_as_made else ""

    @property
    def is_as_made(self) -> bool:
        """Whether nothing has become of it since it was made."""
        return self.state is ProposalState.PROPOSED and self.updated_at in (None, self.created_at)

    def as_former(self, by: str, citizen: CitizenRecord) -> Former:
        """How it stands before a move that somebody makes now, and how its citizen waits."""
        return Former(
            by=by,
            state=self.state,
            contacted_at=self.contacted_at,
            contacted_through=self.contacted_through,
            review_on=self.review_on,
            not_able_until=citizen.not_able_until,
            starts_on=self.starts_on,
            began_on=self.began_on,
            ready=citizen.ready,
            waiting_since=citizen.waiting_since,
        )

    def taken_back(self) -> Self:
        """How it stood before its last move; withdrawn when there was none before it was made."""
        if self.former is None:
            return replace(self, state=ProposalState.WITHDRAWN)
        return replace(
            self,
            state=self.former.state,
            contacted_at=self.former.contacted_at,
            contacted_through=self.former.contacted_through,
            review_on=self.former.review_on,
            starts_on=self.former.starts_on,
            began_on=self.former.began_on,
            # nothing follows on a no, so none was before
            declined_by=None,
            reason=None,
            former=None,
        )

    @property
    def version(self) -> int:
        """Grows with every move: the moment of the last one, in microseconds."""
        return ((self.updated_at or self.created_at) - _EPOCH) // timedelta(microseconds=1)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
