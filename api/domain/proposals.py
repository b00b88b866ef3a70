"""A suggested pair of citizen and job order: from which end it began, where it stands and what came of it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from api.domain.moves import OPEN_PROPOSALS, ProposalState
from api.domain.records import Through


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
class Proposal:
    """A citizen suggested for a job order. `note` is sealed at rest.

    `clock_from` is what the contact deadline is reckoned from: the order's clock if it was running, else the
    proposal itself. `review_on` is set while the citizen is not able, `declined_by` and `reason` when it is
    declined. `list_id` names the list it was made from.
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
    created_at: datetime
    created_by: str
    contacted_at: datetime | None = None
    contacted_through: Through | None = None
    declined_by: Side | None = None
    reason: DeclineReason | None = None
    review_on: date | None = None
    updated_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.state in OPEN_PROPOSALS

    @property
    def version(self) -> int:
        """Grows with every move: the moment of the last one, in microseconds."""
        return ((self.updated_at or self.created_at) - _EPOCH) // timedelta(microseconds=1)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
