"""A list put into another order, as it is sent and shown."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field

from api.domain.reordering import Reordered
from api.schemas.shapes import IDS, Body, CitizenId, Code, ListId, Shown, UserId, looks_like

Ids = Annotated[tuple[Code, ...], Field(min_length=2, max_length=200)]
Reason = Annotated[str, Field(min_length=3, max_length=2000, examples=["Har talt med stedet i går"])]


class ReorderCreate(Body):
    """What the list was, its new order, both best first, and why."""

    model_config = looks_like(
        shown=["order-0370-01", "order-0370-03"], order=["order-0370-03", "order-0370-01"]
    )

    citizen_id: Code = Field(examples=[IDS["citizen_id"]])
    shown: Ids
    order: Ids
    reason: Reason


class ReorderShown(Shown):
    """A list as a person has put it."""

    model_config = looks_like(
        id="01a207bda9c07e1d8f5a4c3b2d1e0f96",
        shown=["order-0370-01", "order-0370-03"],
        order=["order-0370-03", "order-0370-01"],
        reason="Har talt med stedet i går",
        at="2026-11-23T09:30:00Z",
    )

    id: str
    list: ListId
    citizen: CitizenId
    shown: tuple[str, ...]
    order: tuple[str, ...]
    reason: str
    by: UserId
    at: datetime

    @classmethod
    def of(cls, kept: Reordered) -> Self:
        """The new order as it is kept."""
        return cls(
            id=kept.id,
            list=kept.list_id,
            citizen=kept.citizen_id,
            shown=kept.shown,
            order=kept.order,
            reason=kept.reason,
            by=kept.by,
            at=kept.at,
        )
