"""What needs a person now: contact deadlines, first days of work, orders sent back, reviews, silence.

One kind of item for all of them, so that they stand in one list: what is overdue first, then by the time
until when, then by what weighs most.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from api.domain.parts import Place
from api.domain.working_days import has_passed
from matching.vocabulary import Demand, Support


class DueKind(StrEnum):
    """What has to be done, in the order of its weight: people before questions."""

    PROPOSAL_DEADLINE = "proposal_deadline"
    AGREE_START = "agree_start"
    BEGINNING = "beginning"
    ORDER_DEADLINE = "order_deadline"
    RETURNED_ORDER = "returned_order"
    EMPLOYER_SAID_NO = "employer_said_no"
    REVIEW = "review"
    START_CLOSED = "start_closed"
    CALL_BACK = "call_back"
    QUESTION = "question"
    STILL_PAUSED = "still_paused"
    STILL_WANTED = "still_wanted"


class Whose(StrEnum):
    """Whose items are wanted: the caller's own, or all of the municipality."""

    MINE = "mine"
    MUNICIPALITY = "municipality"


class Why(StrEnum):
    """Why an item is the caller's."""

    YOUR_CITIZEN = "your_citizen"
    YOUR_PROPOSAL = "your_proposal"
    YOUR_ORDER = "your_order"
    YOUR_CONTACT = "your_contact"
    NOBODYS = "nobodys"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, kw_only=True)
class Staffed:
    """Who is there: the users who are not shut out, and the citizens whom one of them works with."""

    users: Set[str]
    citizens: Set[str]


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Whose work an item is: a user, and the citizens who are that user's. `whose` widens it to everybody.

    With `staffed`, what stands on nobody's desk stands on this one: its taker is shut out, or it has none.
    """

    user_id: str
    citizens: Set[str]
    whose: Whose = Whose.MINE
    staffed: Staffed | None = None

    @property
    def only_by(self) -> str | None:
        """The user whose orders are wanted; None for everybody's."""
        return None if self.whose is Whose.MUNICIPALITY else self.user_id

    def of_proposal(self, citizen_id: str, held_by: str) -> Why | None:
        """Why a proposal is the user's: the citizen comes before who suggested it or has taken it over."""
        if citizen_id in self.citizens:
            return Why.YOUR_CITIZEN
        return Why.YOUR_PROPOSAL if self._is_user(held_by) else self._others(held_by, citizen_id)

    def of_citizen(self, citizen_id: str) -> Why | None:
        """Why what concerns a citizen is the user's."""
        return Why.YOUR_CITIZEN if citizen_id in self.citizens else self._others("", citizen_id)

    def of_order(self, taken_by: str) -> Why | None:
        """Why a job order is the user's."""
        return Why.YOUR_ORDER if self._is_user(taken_by) else self._others(taken_by)

    def of_contact(self, by: str) -> Why | None:
        """Why a contact with an employer is the user's."""
        return Why.YOUR_CONTACT if self._is_user(by) else self._others(by)

    def _is_user(self, user_id: str) -> bool:
        return bool(user_id) and user_id == self.user_id

    def _others(self, by: str, citizen_id: str = "") -> Why | None:
        if self.staffed and by not in self.staffed.users and citizen_id not in self.staffed.citizens:
            return Why.NOBODYS
        return Why.MUNICIPALITY if self.whose is Whose.MUNICIPALITY else None


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One item by ids: since when it waits, until when (None: no deadline), and why it is the caller's.

    `id` is that of the proposal, the job order, the contact or the citizen it is about; `about` is what
    questions ask, `centre_id` the place to start from that closes.
    """

    kind: DueKind
    id: str
    why: Why
    since: datetime
    by: datetime | None = None
    citizen_id: str | None = None
    order_id: str | None = None
    employer_id: str | None = None
    centre_id: str | None = None
    about: tuple[Demand | Support, ...] = ()

    def overdue(self, at: datetime) -> bool:
        """Whether its deadline has passed."""
        return self.by is not None and has_passed(self.by, at)


def in_order(items: Iterable[Waiting]) -> list[Waiting]:
    """The items as they are taken up: overdue first, then the nearest deadline.

    What has the same one, or none, goes by the weight of its kind, then by how long it waits.
    """
    return sorted(items, key=place_of)


def place_of(item: Waiting) -> Place:
    """The place of an item in the list; it stays as it is while its deadline passes."""
    until, weight = item.by or _NEVER, list(DueKind).index(item.kind)
    return _written(until), f"{weight:02}", _written(item.since), item.id


_NEVER = datetime.max.replace(tzinfo=UTC)


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
