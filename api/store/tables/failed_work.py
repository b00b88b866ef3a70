"""Work in the background that failed and has not worked since."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.domain.failed_work import Work
from api.domain.imports import ImportKind
from api.store.tables.base import Base


class FailedWorkRow(Base):
    """What failed, by the kind of its fault: neither a text nor a file's name, which may hold anything.

    `municipality` points nowhere: an address can be looked up before anything of its municipality is kept.
    """

    __tablename__ = "failed_work"
    __table_args__ = (CheckConstraint("times >= 1", name="times"),)

    municipality: Mapped[str] = mapped_column(primary_key=True)
    work: Mapped[Work] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[ImportKind | None]
    by: Mapped[str]
    cause: Mapped[str]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    times: Mapped[int]
