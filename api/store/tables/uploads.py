"""Files on their way in, sealed, until they are stored or their day has passed."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from api.domain.imports import ImportKind
from api.domain.uploads import Step
from api.store.sealing import Sealed
from api.store.tables.base import Base


class UploadRow(Base):
    """A file of somebody, what was chosen about it and what was found in it; both are sealed."""

    __tablename__ = "upload"
    __table_args__ = (
        ForeignKeyConstraint(["municipality", "by"], ["user_account.municipality", "user_account.id"]),
        Index(None, "expires_at"),
    )

    municipality: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    by: Mapped[str]
    kind: Mapped[ImportKind]
    step: Mapped[Step]
    since: Mapped[datetime]
    expires_at: Mapped[datetime]
    content: Mapped[Sealed]
    about: Mapped[Sealed]
