"""The contact clock of a job order, its return, and the logs of what became of orders and proposals."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Self

from pydantic import Field

from api.casework.clocks import Clock as ClockRecord
from api.casework.returns import ReturnedOrder
from api.domain.moves import Move, ReturnCause
from api.schemas.candidates import Candidates
from api.schemas.job_orders import JobOrder
from api.schemas.shapes import IDS, Body, Code, Day, OfCitizens, OrderId, Shown, Text, Whole, looks_like


class Pause(Shown):
    """A stretch in which the contact clock stood still, and why; `until` is null while it does."""

    model_config = looks_like(
        since="2026-11-19T12:40:00Z", until="2026-11-20T08:00:00Z", reason="Virksomheden holder lukket"
    )

    since: datetime
    until: datetime | None
    reason: str


class Clock(Shown):
    """Until when a citizen has to be contacted; null while the clock stands still.

    Without a running clock, `contact_by` is what a proposal made now would have.
    """

    model_config = looks_like(running=True, paused=False)

    job_order: OrderId
    contact_by: datetime | None = Field(examples=["2026-11-26T23:59:00+01:00"])
    running: bool
    paused: bool
    pauses: tuple[Pause, ...]

    @classmethod
    def of(cls, order_id: str, clock: ClockRecord) -> Self:
        """The clock as it stands."""
        pauses = [Pause(since=one.since, until=one.until, reason=one.reason) for one in clock.pauses]
        return cls(
            job_order=order_id,
            contact_by=clock.contact_by,
            running=clock.running,
            paused=clock.paused,
            pauses=pauses,
        )


class PauseCreate(Body):
    """Why the clock stands still."""

    reason: Annotated[str, Field(min_length=1, max_length=1000, examples=["Virksomheden holder lukket"])]


class ReturnCreate(Body):
    """Why the order goes back to who sent it, and how many next candidates are wanted."""

    model_config = looks_like(cause="no_candidate", note="Ingen kan om fredagen", k=10)

    cause: ReturnCause
    note: Text = ""
    proposal_id: Code | None = Field(
        None, description="Whose citizen is not able now, where several are asked"
    )
    review_on: Day | None = Field(None, description="When to ask a citizen again who is not able now")
    k: Annotated[Whole, Field(ge=1, le=200)] = 10


class StillWanted(Body):
    """What was said when the employer was asked about a silent order."""

    note: Text = Field("", examples=["Gerne efter jul, siger Bo"])


class Returned(OfCitizens):
    """The order as it was sent back, its new clock, and who is next; null when the employer withdrew."""

    job_order: JobOrder
    clock: Clock
    candidates: Candidates | None

    @property
    def whom(self) -> Mapping[str, bool]:
        """The next candidates, and whether by name."""
        return self.candidates.whom if self.candidates else {}

    @property
    def version(self) -> int:
        """Of the order, which is what was changed."""
        return self.job_order.version

    @classmethod
    def of(cls, returned: ReturnedOrder, language: str) -> Self:
        """The return, said in one language."""
        found = Candidates.of(returned.next, language) if returned.next else None
        order = JobOrder.of(returned.order)
        return cls(job_order=order, clock=Clock.of(order.id, returned.clock), candidates=found)


class Moved(Shown):
    """One line of a log: when, by whom, from where (null: it began) to where, and why."""

    model_config = looks_like(
        at="2026-11-20T12:20:00Z", by=IDS["user_id"], before="received", after="open", cause="", note=""
    )

    at: datetime
    by: str
    before: str | None
    after: str
    cause: str
    note: str


class Moves(Shown):
    """Everything that became of a record, oldest first."""

    items: tuple[Moved, ...]

    @classmethod
    def of(cls, moves: Iterable[Move]) -> Self:
        """The log as it is kept."""
        names = tuple(Moved.model_fields)
        return cls(items=[Moved(**{name: getattr(move, name) for name in names}) for move in moves])
