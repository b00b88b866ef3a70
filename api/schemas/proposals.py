"""Proposals, as they are sent and shown. Who the citizen is not open to sees initials and the state."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Self

from pydantic import Field

from api.casework.beginnings import Step
from api.casework.proposals import CameOf, NewProposal, ProposalSeen
from api.domain.moves import ProposalState
from api.domain.proposals import DeclineReason, Side, StartedFrom
from api.domain.records import Through
from api.schemas.candidates import Person
from api.schemas.chains import Link
from api.schemas.shapes import (
    IDS,
    Body,
    Code,
    Day,
    EmployerId,
    ListId,
    OfCitizens,
    OrderId,
    Shown,
    Text,
    UserId,
    Version,
    looks_like,
)


class ProposalCreate(Body):
    """A citizen to suggest for a job order, from a citizen's shortlist or an order's candidates."""

    citizen_id: Annotated[str, Field(max_length=64, examples=[IDS["citizen_id"]])]
    order_id: Annotated[str, Field(max_length=64, examples=[IDS["order_id"]])]
    started_from: StartedFrom = StartedFrom.JOB_ORDER
    note: Text = Field("", examples=["Karen Marie glæder sig til at komme ud"])
    list: Code = Field("", description="The `list` of the shortlist or the candidates it was found on")

    def to_proposal(self) -> NewProposal:
        """The suggestion as the desk takes it."""
        return NewProposal(
            citizen_id=self.citizen_id,
            order_id=self.order_id,
            started_from=self.started_from,
            note=self.note,
            list_id=self.list,
        )


class ContactedBody(Body):
    """Who made the contact with the citizen."""

    model_config = looks_like(through="drop_in_centre", note="Talte med hende på værestedet")

    through: Through | None = None
    note: Text = ""

    def came_of(self) -> CameOf:
        """What is recorded."""
        return CameOf(state=ProposalState.CONTACTED, through=self.through, note=self.note)


class AcceptedBody(Body):
    """The citizen wants the task; an agreement can follow."""

    model_config = looks_like(note="Vil gerne begynde fredag")

    through: Through | None = None
    note: Text = ""

    def came_of(self) -> CameOf:
        """What is recorded."""
        return CameOf(state=ProposalState.ACCEPTED, through=self.through, note=self.note)


class StartAgreedBody(Body):
    """The first day of work, as it was agreed with the employer."""

    model_config = looks_like(starts_on="2026-12-04", note="Møder Bo ved kapellet kl. 9")

    starts_on: Day
    note: Text = ""

    def step(self) -> Step:
        """What is written down."""
        return Step(on=self.starts_on, note=self.note)


class BegunBody(Body):
    """The citizen is at work."""

    model_config = looks_like(began_on="2026-11-23")

    began_on: Day | None = Field(None, description="Left out: the day that was agreed on, else today")
    note: Text = ""

    def step(self) -> Step:
        """What is written down."""
        return Step(on=self.began_on, note=self.note)


class DeclinedBody(Body):
    """Whose no it is, and why; it lowers nobody in any later list."""

    model_config = looks_like(declined_by="citizen", reason="times")

    declined_by: Side
    reason: DeclineReason
    note: Text = ""

    def came_of(self) -> CameOf:
        """What is recorded."""
        said = {"declined_by": self.declined_by, "reason": self.reason, "note": self.note}
        return CameOf(state=ProposalState.DECLINED, **said)  # type: ignore[arg-type]


class NotAbleNowBody(Body):
    """When to ask again; until then the citizen is no candidate, and afterwards nothing is left of it."""

    model_config = looks_like(review_on="2026-12-07", note="Spørg igen om to uger")

    review_on: Day | None = Field(None, description="Left out: as many days on as the practice says")
    note: Text = ""

    def came_of(self) -> CameOf:
        """What is recorded."""
        return CameOf(state=ProposalState.NOT_ABLE_NOW, review_on=self.review_on, note=self.note)


class WithdrawnBody(Body):
    """The suggestion is taken back."""

    model_config = looks_like(note="Graveren fandt en anden")

    note: Text = ""

    def came_of(self) -> CameOf:
        """What is recorded."""
        return CameOf(state=ProposalState.WITHDRAWN, note=self.note)


class TakenBackBody(Body):
    """What was recorded last was a mistake."""

    model_config = looks_like(note="Det var en anden")

    note: Text = ""


class OrderNamed(Shown):
    """A job order by id and title."""

    id: OrderId
    title: str = Field(examples=["Luge og rive på kirkegården"])
    employer_id: EmployerId


class ProposalShown(OfCitizens):
    """A suggested pair. `open` says whether the citizen is open to the caller; if not, initials are all."""

    model_config = looks_like(
        id=IDS["proposal_id"],
        started_from="job_order",
        open=True,
        note="Karen Marie glæder sig til at komme ud",
        overdue=False,
        created_at="2026-11-23T09:30:00Z",
        taken_by="",
    )

    id: str
    citizen: Person
    job_order: OrderNamed
    started_from: StartedFrom
    state: ProposalState
    open: bool
    note: str
    list: ListId
    contact_by: datetime | None = Field(
        description="Until when the citizen has to be contacted; null once that is done, or paused",
        examples=["2026-11-26T23:59:00+01:00"],
    )
    overdue: bool
    chain: tuple[Link, ...] = Field(description="Through whom the citizen is contacted, the best way first")
    contacted_at: datetime | None
    contacted_through: Through | None
    declined_by: Side | None
    reason: DeclineReason | None
    review_on: date | None
    starts_on: date | None = Field(
        description="The first day of work as agreed with the employer; null until then, and without a yes"
    )
    began_on: date | None = Field(description="The day on which the work began")
    created_at: datetime
    created_by: UserId
    taken_by: UserId = Field(description='Who has taken it over with its job order; "" for who made it')
    version: Version

    @property
    def whom(self) -> Mapping[str, bool]:
        """The citizen, and whether by name."""
        return {self.citizen.id: self.open}

    @classmethod
    def of(cls, seen: ProposalSeen) -> Self:
        """The proposal as far as it is open to the caller."""
        one, order = seen.proposal, seen.order
        return cls(
            id=one.id,
            citizen=Person(id=one.citizen_id, initials=seen.initials, name=seen.name),
            job_order=OrderNamed(id=order.id, title=order.title, employer_id=order.employer_id),
            started_from=one.started_from,
            state=one.state,
            open=seen.open,
            note=one.note,
            list=one.list_id,
            contact_by=seen.contact_by,
            overdue=seen.overdue,
            chain=[Link.of(link) for link in seen.chain],
            contacted_at=one.contacted_at,
            contacted_through=one.contacted_through,
            declined_by=one.declined_by,
            reason=one.reason,
            review_on=one.review_on,
            starts_on=one.starts_on,
            began_on=one.began_on,
            created_at=one.created_at,
            created_by=one.created_by,
            taken_by=one.taken_by,
            version=one.version,
        )
