"""A list put into another order, as it is sent and shown."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field

from api.domain.reordering import Reordered
from api.schemas.shapes import Body, Code, Shown

Ids = Annotated[tuple[Code, ...], Field(min_length=2, max_length=200)]
Reason = Annotated[str, Field(min_length=3, max_length=2000, examples=["Har talt med stedet i går"])]


class ReorderCreate(Body):
    """What the list was, its new order, both best first, and why."""

    citizen_id: Code
    shown: Ids
    order: Ids
    reason: Reason


class ReorderShown(Shown):
    """A list as a person has put it."""

    id: str
    list: str
    citizen: str
    shown: tuple[str, ...]
    order: tuple[str, ...]
    reason: str
    by: str
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
