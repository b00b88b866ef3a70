"""Job cafés that are kept until some days after their day, and who comes to them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from api.store.tables.base import Base, RecordColumns, version_from_1
from api.store.tables.proposals import CITIZEN


class CafeRow(RecordColumns, Base):
    """A café: `plan` holds hours, orders and tables, nothing of a citizen; `former` as they stood before."""

    __tablename__ = "cafe"
    __table_args__ = (
        version_from_1(),
        Index(None, "municipality", "day"),
        Index(None, "expires_on"),
    )

    day: Mapped[date]
    expires_on: Mapped[date]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    updated_by: Mapped[str]
    plan: Mapped[dict[str, Any]]
    former: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class CafeGuestRow(Base):
    """What a guest was told, and before the last change; goes with the café and with the citizen."""

    __tablename__ = "cafe_guest"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality", "cafe_id"], ["cafe.municipality", "cafe.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["municipality", "citizen_id"], CITIZEN, ondelete="CASCADE"),
        Index(None, "municipality", "citizen_id"),
    )

    municipality: Mapped[str] = mapped_column(primary_key=True)
    cafe_id: Mapped[str] = mapped_column(primary_key=True)
    citizen_id: Mapped[str] = mapped_column(primary_key=True)
    told: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    former: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
