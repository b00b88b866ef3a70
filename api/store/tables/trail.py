"""What happened: versions, the audit log and its chain, changes a ranking feels, answers given, imports."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from api.domain.accounts import Outcome
from api.domain.caller import Channel, Role
from api.domain.imports import ImportKind
from api.domain.records import RecordKind
from api.store.columns import PlainText
from api.store.sealing import Sealed
from api.store.tables.base import Base


class VersionRow(Base):
    """A record as it stood at one version, sealed; rows are added and, when a citizen is erased, removed."""

    __tablename__ = "record_version"
    __table_args__ = (CheckConstraint("version >= 1", name="version"),)

    municipality: Mapped[str] = mapped_column(ForeignKey("municipality.code"), primary_key=True)
    kind: Mapped[RecordKind] = mapped_column(primary_key=True)
    record_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    by: Mapped[str]
    body: Mapped[Sealed]


class AuditRow(Base):
    """One look or change, chained to the one before it by a hash; never updated.

    `municipality` and `citizen_id` point nowhere: the log outlives what it speaks of, and an attempt to sign
    in with an unknown name belongs to no municipality (the empty one).
    """

    __tablename__ = "audit"
    __table_args__ = (
        CheckConstraint("seq >= 1", name="seq"),
        CheckConstraint("length(hash) = 64", name="hash"),
        Index(None, "municipality", "citizen_id", "seq"),
    )

    municipality: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    user_id: Mapped[str]
    role: Mapped[Role | None]
    channel: Mapped[Channel]
    action: Mapped[str]
    citizen_id: Mapped[str | None]
    subject: Mapped[str] = mapped_column(default="")
    outcome: Mapped[Outcome]
    details: Mapped[dict[str, Any]]
    hash: Mapped[str] = mapped_column(PlainText(64))


class ChainRow(Base):
    """Both ends of one municipality's audit log: where it starts after a purge, and its last row.

    Its row is locked while a row is added, so that no two rows follow the same one.
    """

    __tablename__ = "audit_chain"
    __table_args__ = (CheckConstraint("last_seq >= first_seq", name="forward"),)

    municipality: Mapped[str] = mapped_column(primary_key=True)
    first_seq: Mapped[int] = mapped_column(default=0)
    first_hash: Mapped[str] = mapped_column(PlainText(64))
    last_seq: Mapped[int] = mapped_column(default=0)
    last_hash: Mapped[str] = mapped_column(PlainText(64))


class ChangeRow(Base):
    """A change that a ranking can feel, numbered in the order of commits."""

    __tablename__ = "catalogue_change"
    __table_args__ = (CheckConstraint("seq >= 1", name="seq"),)

    municipality: Mapped[str] = mapped_column(ForeignKey("municipality.code"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[RecordKind]
    record_id: Mapped[str]
    at: Mapped[datetime]


class AnswerRow(Base):
    """The answer that was given to a request with an Idempotency-Key, sealed, to be given again."""

    __tablename__ = "idempotency"
    __table_args__ = (
        ForeignKeyConstraint(["municipality", "user_id"], ["user_account.municipality", "user_account.id"]),
        CheckConstraint("status BETWEEN 100 AND 599", name="status"),
        Index(None, "at"),
    )

    municipality: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    request_hash: Mapped[str]
    status: Mapped[int]
    headers: Mapped[dict[str, Any]]
    body: Mapped[Sealed]
    at: Mapped[datetime]


class ImportRow(Base):
    """One file that was read in, what became of its rows, and the report, sealed."""

    __tablename__ = "import_run"
    __table_args__ = (
        CheckConstraint("added >= 0 AND changed >= 0 AND unchanged >= 0 AND refused >= 0", name="counts"),
    )

    municipality: Mapped[str] = mapped_column(ForeignKey("municipality.code"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[ImportKind]
    file_name: Mapped[str]
    file_hash: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    added: Mapped[int]
    changed: Mapped[int]
    unchanged: Mapped[int]
    refused: Mapped[int]
    report: Mapped[Sealed]
