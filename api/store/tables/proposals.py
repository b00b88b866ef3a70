"""Suggested pairs, the logs of what became of them and of job orders, and the pauses of an order's clock."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from api.domain.moves import ProposalState
from api.domain.proposals import DeclineReason, Side, StartedFrom
from api.domain.records import Through
from api.store.sealing import Sealed
from api.store.tables.base import Base

CITIZEN = ["citizen.municipality", "citizen.id"]
ORDER = ["job_order.municipality", "job_order.id"]
PROPOSAL = ["proposal.municipality", "proposal.id"]
OPEN = text("state IN ('proposed', 'contacted')")


class ProposalRow(Base):
    """A citizen suggested for a job order; a pair is suggested once at a time."""

    __tablename__ = "proposal"
    __table_args__ = (
        ForeignKeyConstraint(["municipality", "citizen_id"], CITIZEN, ondelete="CASCADE"),
        ForeignKeyConstraint(["municipality", "order_id"], ORDER),
        CheckConstraint("(state = 'not_able_now') = (review_on IS NOT NULL)", name="review"),
        CheckConstraint(
            "(state = 'declined') = (reason IS NOT NULL AND declined_by IS NOT NULL)", name="declined"
        ),
        CheckConstraint("state = 'accepted' OR (starts_on IS NULL AND began_on IS NULL)", name="begins"),
        Index(
            "uq_proposal_open",
            "municipality",
            "order_id",
            "citizen_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index(None, "municipality", "order_id"),
        Index(None, "municipality", "citizen_id"),
        Index(None, "municipality", "state"),
    )

    municipality: Mapped[str] = mapped_column(ForeignKey("municipality.code"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    citizen_id: Mapped[str]
    order_id: Mapped[str]
    started_from: Mapped[StartedFrom]
    state: Mapped[ProposalState]
    note: Mapped[Sealed]
    list_id: Mapped[str] = mapped_column(default="")
    clock_from: Mapped[datetime]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    contacted_at: Mapped[datetime | None]
    contacted_through: Mapped[Through | None]
    declined_by: Mapped[Side | None]
    reason: Mapped[DeclineReason | None]
    review_on: Mapped[date | None]
    updated_at: Mapped[datetime]
    clock_practice: Mapped[int | None]
    former: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    starts_on: Mapped[date | None]
    began_on: Mapped[date | None]
    taken_by: Mapped[str]


class MoveColumns:
    """One line of a log: rows are added, and go with what they speak of."""

    municipality: Mapped[str] = mapped_column(primary_key=True, sort_order=-3)
    record_id: Mapped[str] = mapped_column(primary_key=True, sort_order=-2)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-1)
    at: Mapped[datetime]
    by: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str]
    cause: Mapped[str] = mapped_column(default="")
    note: Mapped[Sealed]


class ProposalMoveRow(MoveColumns, Base):
    """A move of a proposal."""

    __tablename__ = "proposal_move"
    __table_args__ = (
        ForeignKeyConstraint(["municipality", "record_id"], PROPOSAL, ondelete="CASCADE"),
        CheckConstraint("seq >= 1", name="seq"),
    )


class OrderMoveRow(MoveColumns, Base):
    """A move of a job order."""

    __tablename__ = "job_order_move"
    __table_args__ = (
        ForeignKeyConstraint(["municipality", "record_id"], ORDER, ondelete="CASCADE"),
        CheckConstraint("seq >= 1", name="seq"),
    )


class PauseRow(Base):
    """A stretch in which the contact clock of a job order stands still; the reason is sealed."""

    __tablename__ = "clock_pause"
    __table_args__ = (
        ForeignKeyConstraint(["municipality", "order_id"], ORDER, ondelete="CASCADE"),
        CheckConstraint("until IS NULL OR until >= since", name="forward"),
        Index(
            "uq_clock_pause_running",
            "municipality",
            "order_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
        Index(None, "municipality", "order_id"),
    )

    municipality: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[str]
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    reason: Mapped[Sealed]
    by: Mapped[str]


class ReorderRow(Base):
    """A citizen's list as a person has put it: `ids` holds what was shown and the new order."""

    __tablename__ = "list_reorder"
    __table_args__ = (
        ForeignKeyConstraint(["municipality", "citizen_id"], CITIZEN, ondelete="CASCADE"),
        Index(None, "municipality", "citizen_id"),
    )

    municipality: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    list_id: Mapped[str]
    citizen_id: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    ids: Mapped[dict[str, Any]]
    reason: Mapped[Sealed]
