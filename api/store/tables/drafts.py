"""Calls that are half taken down, sealed, until they are registered or their day has passed."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from api.store.sealing import Sealed
from api.store.tables.base import Base


class CallDraftRow(Base):
    """What somebody has typed of a call into a form; what stands in it is sealed.

    `kept` says that it was put aside on purpose, so that signing out leaves it.
    """

    __tablename__ = "call_draft"
    __table_args__ = (
        ForeignKeyConstraint(["municipality", "by"], ["user_account.municipality", "user_account.id"]),
        Index(None, "expires_at"),
    )

    municipality: Mapped[str] = mapped_column(primary_key=True)
    by: Mapped[str] = mapped_column(primary_key=True)
    form: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    expires_at: Mapped[datetime]
    kept: Mapped[bool]
    content: Mapped[Sealed]
