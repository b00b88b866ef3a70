"""A municipality's numbers and its practice, and the few facts about the installation itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from api.store.tables.base import Base, version_from_1


class PolicyRow(Base):
    """One named version of the ranking's numbers, as TOML; the last adopted one counts."""

    __tablename__ = "policy"
    __table_args__ = (
        CheckConstraint("(adopted_at IS NULL) = (adopted_by IS NULL)", name="adopted_whole"),
        CheckConstraint("version <> ''", name="version"),
    )

    municipality: Mapped[str] = mapped_column(ForeignKey("municipality.code"), primary_key=True)
    version: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    adopted_by: Mapped[str | None]
    adopted_at: Mapped[datetime | None]


class PracticeRow(Base):
    """Who decides, which steps and deadlines: what a municipality does its own way."""

    __tablename__ = "practice"
    __table_args__ = (version_from_1(),)

    municipality: Mapped[str] = mapped_column(ForeignKey("municipality.code"), primary_key=True)
    body: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)
    updated_by: Mapped[str]
    updated_at: Mapped[datetime]


class MetaRow(Base):
    """A fact about the installation: whether its data is an example, the checks of its keys."""

    __tablename__ = "meta"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
