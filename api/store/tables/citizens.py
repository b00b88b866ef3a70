"""Centres, citizens, whose work a citizen is, and the glass that was broken to see another's."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from api.store.sealing import Sealed
from api.store.tables.base import (
    Base,
    PlaceColumns,
    RecordColumns,
    point_on_earth,
    point_whole,
    version_from_1,
)
from matching.vocabulary import AnchorKind

CITIZEN = ["citizen.municipality", "citizen.id"]
USER = ["user_account.municipality", "user_account.id"]


class CentreRow(RecordColumns, PlaceColumns, Base):
    """A drop-in centre or supported housing; its telephone is the house's own, nobody's in particular."""

    __tablename__ = "centre"
    __table_args__ = (version_from_1(), point_whole(), point_on_earth())

    name: Mapped[str]
    kind: Mapped[AnchorKind]
    phone: Mapped[str] = mapped_column(default="")
    verified_on: Mapped[date | None]
    valid_to: Mapped[date | None]


class CitizenRow(RecordColumns, Base):
    """A citizen; name, needs and the chain of contact are sealed."""

    __tablename__ = "citizen"
    __table_args__ = (version_from_1(),)

    name: Mapped[Sealed]
    needs: Mapped[Sealed]
    ready: Mapped[bool] = mapped_column(default=True)
    objects_to_ranking: Mapped[bool] = mapped_column(default=False)
    waiting_since: Mapped[date | None]
    not_able_until: Mapped[date | None]
    chain: Mapped[Sealed | None]


class AnchorRow(Base):
    """Where a citizen's way starts, in the citizen's order: a centre of the municipality or a postcode."""

    __tablename__ = "citizen_anchor"
    __table_args__ = (
        ForeignKeyConstraint(["municipality", "citizen_id"], CITIZEN, ondelete="CASCADE"),
        ForeignKeyConstraint(["municipality", "centre_id"], ["centre.municipality", "centre.id"]),
        CheckConstraint("(centre_id IS NULL) <> (postcode IS NULL)", name="centre_or_postcode"),
        CheckConstraint("postcode IS NULL OR length(postcode) = 4", name="postcode"),
        Index(None, "municipality", "centre_id"),
    )

    municipality: Mapped[str] = mapped_column(primary_key=True)
    citizen_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[AnchorKind]
    centre_id: Mapped[str | None]
    postcode: Mapped[str | None]


class AssignmentRow(Base):
    """A citizen is the work of a user, from one moment until it is ended."""

    __tablename__ = "citizen_assignment"
    __table_args__ = (
        ForeignKeyConstraint(["municipality", "citizen_id"], CITIZEN, ondelete="CASCADE"),
        ForeignKeyConstraint(["municipality", "user_id"], USER),
        Index(
            "uq_citizen_assignment_running",
            "municipality",
            "citizen_id",
            "user_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(None, "municipality", "user_id"),
    )

    municipality: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    citizen_id: Mapped[str]
    user_id: Mapped[str]
    assigned_at: Mapped[datetime]
    assigned_by: Mapped[str]
    ended_at: Mapped[datetime | None]


class GrantRow(Base):
    """Sight of a citizen who is not one's work: asked for with a reason, short, and looked at afterwards."""

    __tablename__ = "access_grant"
    __table_args__ = (
        ForeignKeyConstraint(["municipality", "citizen_id"], CITIZEN, ondelete="CASCADE"),
        ForeignKeyConstraint(["municipality", "user_id"], USER),
        CheckConstraint("expires_at > granted_at", name="expires_later"),
        CheckConstraint("(reviewed_at IS NULL) = (reviewed_by IS NULL)", name="reviewed_whole"),
        Index(None, "municipality", "citizen_id", "user_id"),
    )

    municipality: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    citizen_id: Mapped[str]
    user_id: Mapped[str]
    reason: Mapped[Sealed]
    granted_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    flagged: Mapped[bool] = mapped_column(default=True)
    reviewed_at: Mapped[datetime | None]
    reviewed_by: Mapped[str | None]
