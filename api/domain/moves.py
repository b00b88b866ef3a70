"""From which state to which: the transitions of job orders and proposals as one table each, and their log.

A return has its own way in, because it needs a cause and starts a new clock; so does every outcome of a
proposal. Filled and open again are told by the places that are left.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from api.domain.records import OrderState
from geo import Refused
from geo.errors import N_, Word


class ProposalState(StrEnum):
    """Where a suggested pair stands."""

    PROPOSED = "proposed"
    CONTACTED = "contacted"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    NOT_ABLE_NOW = "not_able_now"
    WITHDRAWN = "withdrawn"


class ReturnCause(StrEnum):
    """Why a job order goes back to who sent it."""

    CITIZEN_NOT_ABLE = "citizen_not_able"
    NO_CANDIDATE = "no_candidate"
    EMPLOYER_WITHDREW = "employer_withdrew"
    UNSUITABLE = "unsuitable"
    OTHER = "other"


State = TypeVar("State", OrderState, ProposalState)

ORDER_MOVES: Mapping[OrderState, frozenset[OrderState]] = {
    OrderState.RECEIVED: frozenset({OrderState.OPEN, OrderState.RETURNED, OrderState.ENDED}),
    OrderState.OPEN: frozenset({OrderState.FILLED, OrderState.RETURNED, OrderState.ENDED}),
    OrderState.FILLED: frozenset({OrderState.OPEN, OrderState.ENDED}),
    OrderState.RETURNED: frozenset({OrderState.OPEN, OrderState.RETURNED, OrderState.ENDED}),
    OrderState.ENDED: frozenset({OrderState.OPEN}),
}
"""What can become of a job order; one that was returned can be returned by the next to look at it."""

PROPOSAL_MOVES: Mapping[ProposalState, frozenset[ProposalState]] = {
    ProposalState.PROPOSED: frozenset(set(ProposalState) - {ProposalState.PROPOSED}),
    ProposalState.CONTACTED: frozenset(
        set(ProposalState) - {ProposalState.PROPOSED, ProposalState.CONTACTED}
    ),
    # who has said yes may turn out not to be able, before or at the first day of work
    ProposalState.ACCEPTED: frozenset({ProposalState.NOT_ABLE_NOW, ProposalState.WITHDRAWN}),
    ProposalState.DECLINED: frozenset(),
    ProposalState.NOT_ABLE_NOW: frozenset(
        {ProposalState.CONTACTED, ProposalState.ACCEPTED, ProposalState.DECLINED, ProposalState.WITHDRAWN}
    ),
    ProposalState.WITHDRAWN: frozenset(),
}
"""What can become of a proposal; who was not able can be contacted again.

Each of these moves can be taken back along the way it came, and a proposal that was made by mistake by
withdrawing it; by whom and until when, `casework` knows.
"""

TAKEN_BACK = "taken_back"
"""The cause of a line in a log that takes back what was recorded by mistake."""

STILL_WANTED = "still_wanted"
"""The cause of a line in an order's log that leaves it where it is: the employer was asked and wants it."""

START_AGREED, BEGUN = "start_agreed", "begun"
"""The causes of lines that leave a proposal accepted: its first day is agreed on, and the work has begun."""

OPEN_PROPOSALS = (ProposalState.PROPOSED, ProposalState.CONTACTED)
"""The states in which a suggestion is not answered yet: these feed the load."""

HEARD = frozenset(ProposalState) - {ProposalState.PROPOSED, ProposalState.WITHDRAWN}
"""The states that say that the citizen has been spoken to."""


@dataclass(frozen=True, kw_only=True)
class Move:
    """One line of a log: who moved it when, from where (None: it began) to where, and why."""

    seq: int
    at: datetime
    by: str
    before: str | None
    after: str
    cause: str = ""
    note: str = ""


def heard_at(log: Sequence[Move]) -> tuple[datetime, ...]:
    """When a proposal's citizen was spoken to, out of its log, oldest first; nothing that was taken back."""
    back = {line.seq for line in log if line.cause == TAKEN_BACK}
    told = (line for line in log if line.seq not in back and line.seq + 1 not in back)
    return tuple(line.at for line in told if line.after in HEARD and line.after != line.before)


class NotFromHere(Refused):
    """A move that the table does not have."""

    def __init__(self, before: StrEnum, after: StrEnum, possible: frozenset[StrEnum]) -> None:
        """`possible` are the states that can follow."""
        problem = N_("It is {before!s} and cannot become {after!s}.")
        remedy = N_("From here it can become: {possible}.")
        if not possible:
            remedy = N_("Nothing follows on this; make a new one.")
        known = tuple(state_word(state) for state in sorted(possible))
        facts = {"before": state_word(before), "after": state_word(after), "possible": known}
        super().__init__("state", problem, remedy, **facts)


STATE_WORDS: Mapping[str, str] = {
    OrderState.RECEIVED: N_("received"),
    OrderState.OPEN: N_("open"),
    OrderState.FILLED: N_("filled"),
    OrderState.RETURNED: N_("returned"),
    OrderState.ENDED: N_("ended"),
    ProposalState.PROPOSED: N_("proposed"),
    ProposalState.CONTACTED: N_("contacted"),
    ProposalState.ACCEPTED: N_("accepted"),
    ProposalState.DECLINED: N_("declined"),
    ProposalState.NOT_ABLE_NOW: N_("not able now"),
    ProposalState.WITHDRAWN: N_("withdrawn"),
}
"""The states as words of a sentence; no two tables use one word for different states."""


def state_word(state: StrEnum) -> Word:
    """A state in a sentence, translated with it."""
    return Word(STATE_WORDS[state])


def require_order_move(before: OrderState, after: OrderState) -> None:
    """Raise `NotFromHere` unless the table of job orders has the move."""
    if after not in ORDER_MOVES[before]:
        raise NotFromHere(before, after, frozenset(ORDER_MOVES[before]))


def require_proposal_move(before: ProposalState, after: ProposalState) -> None:
    """Raise `NotFromHere` unless the table of proposals has the move."""
    if after not in PROPOSAL_MOVES[before]:
        raise NotFromHere(before, after, frozenset(PROPOSAL_MOVES[before]))


def require_taking_back(before: ProposalState, after: ProposalState) -> None:
    """Raise `NotFromHere` unless the table of proposals has the move the other way round.

    A step towards the first day of work leaves a proposal accepted, before and after.
    """
    made = (before, after) == (ProposalState.PROPOSED, ProposalState.WITHDRAWN)
    stays = before is after is ProposalState.ACCEPTED
    if not made and not stays and before not in PROPOSAL_MOVES[after]:
        raise NotFromHere(before, after, frozenset(PROPOSAL_MOVES[before]))
