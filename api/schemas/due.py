"""What needs a person now, as it is shown."""

from collections.abc import Mapping
from datetime import datetime
from typing import Self

from pydantic import Field

from api.casework.due import Due as DueRecord
from api.casework.due import DueList as DueListRecord
from api.domain.due import DueKind, Why
from api.schemas.candidates import Person
from api.schemas.shapes import IDS, Shown, looks_like


class Due(Shown):
    """One thing to do: what, about whom, since and until when, and why it is the caller's.

    `id` is that of the proposal, the job order, the contact or the citizen it is about.
    """

    model_config = looks_like(
        kind="proposal_deadline",
        id=IDS["proposal_id"],
        why="your_citizen",
        since="2026-11-23T09:30:00Z",
        overdue=False,
        job_order=IDS["order_id"],
        title="Luge og rive på kirkegården",
        employer=IDS["employer_id"],
        employer_name="Eksempel Sogns Menighedsråd",
        centre=None,
        centre_name="",
        about=[],
    )

    kind: DueKind
    id: str
    why: Why
    since: datetime
    by: datetime | None = Field(
        description="The deadline; null where there is none", examples=["2026-11-26T23:59:00+01:00"]
    )
    overdue: bool
    working_days_left: int | None = Field(
        description="Working days after today up to the deadline, 0 on its day; null when it has passed",
        examples=[2],
    )
    citizen: Person | None
    job_order: str | None
    title: str
    employer: str | None
    employer_name: str
    centre: str | None = Field(description="The place to start from that closes")
    centre_name: str
    href: str = Field(
        description="Where it is dealt with", examples=[f"/api/v1/proposals/{IDS['proposal_id']}"]
    )
    about: tuple[str, ...] = Field(description="The demands and supports that a question asks for")

    @classmethod
    def of(cls, due: DueRecord) -> Self:
        """The item as far as its citizen is open to the caller."""
        item = due.waiting
        return cls(
            kind=item.kind,
            id=item.id,
            why=item.why,
            since=item.since,
            by=item.by,
            overdue=due.overdue,
            working_days_left=due.working_days_left,
            citizen=Person(id=item.citizen_id, initials=due.initials, name=due.name)
            if item.citizen_id
            else None,
            job_order=item.order_id,
            title=due.task,
            employer=due.employer_id,
            employer_name=due.employer,
            centre=item.centre_id,
            centre_name=due.centre,
            href=_href(due),
            about=item.about,
        )


def _href(due: DueRecord) -> str:
    item = due.waiting
    if due.proposal:
        return f"/api/v1/proposals/{item.id}"
    if item.kind is DueKind.START_CLOSED:
        return f"/api/v1/citizens/{item.id}"
    if item.kind is DueKind.CALL_BACK:
        return f"/api/v1/employers/{item.employer_id}/contacts"
    return f"/api/v1/job-orders/{item.id}"


class DueList(Shown):
    """The items as they are taken up: overdue first, then the nearest deadline. `total` counts them all."""

    model_config = looks_like(total=4, overdue=0)

    items: tuple[Due, ...]
    total: int
    overdue: int
    counts: Mapping[DueKind, int] = Field(examples=[{"proposal_deadline": 3, "review": 1}])

    @classmethod
    def of(cls, found: DueListRecord) -> Self:
        """The list."""
        return cls(
            items=[Due.of(one) for one in found.items],
            total=found.total,
            overdue=found.overdue,
            counts=dict(found.counts),
        )
