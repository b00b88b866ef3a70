"""Municipalities, their users and the ways in: tokens and browser sessions, of which only hashes are kept."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.domain.caller import Role
from api.store.columns import PlainText
from api.store.tables.base import Base


class MunicipalityRow(Base):
    """A municipality, and the number of the last change in it that a ranking can feel.

    The number is raised by an update of this row: the row's lock makes the order of numbers the order of
    commits on either database, so that a reader who has seen number n has seen all before it.
    """

    __tablename__ = "municipality"
    __table_args__ = (
        CheckConstraint("length(code) = 4", name="code_of_four_digits"),
        CheckConstraint("change_seq >= 0", name="change_seq"),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    example: Mapped[bool] = mapped_column(default=False)
    change_seq: Mapped[int] = mapped_column(default=0)


class UserRow(Base):
    """Somebody who can sign in, for one municipality; `name` is the person's own, empty where unknown.

    `one_time_until` is when a password stops that somebody else gave; null for one that its owner chose.
    """

    __tablename__ = "user_account"
    __table_args__ = (
        UniqueConstraint("username"),
        CheckConstraint("username <> ''", name="username"),
    )

    municipality: Mapped[str] = mapped_column(ForeignKey("municipality.code"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    username: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    role: Mapped[Role]
    password_hash: Mapped[str] = mapped_column(default="")
    one_time_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class TokenRow(Base):
    """An API token; the token itself is shown once and never stored."""

    __tablename__ = "api_token"
    __table_args__ = (
        ForeignKeyConstraint(["municipality", "user_id"], ["user_account.municipality", "user_account.id"]),
        UniqueConstraint("secret_hash"),
        CheckConstraint("length(secret_hash) = 64", name="secret_hash"),
        Index(None, "municipality", "user_id"),
    )

    municipality: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str]
    label: Mapped[str] = mapped_column(default="")
    secret_hash: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class SessionRow(Base):
    """A browser that is signed in; `seen_at` bounds idleness, `expires_at` the whole."""

    __tablename__ = "browser_session"
    __table_args__ = (
        ForeignKeyConstraint(["municipality", "user_id"], ["user_account.municipality", "user_account.id"]),
        UniqueConstraint("secret_hash"),
        CheckConstraint("length(secret_hash) = 64", name="secret_hash"),
        CheckConstraint("expires_at > created_at", name="expires_later"),
        Index(None, "municipality", "user_id"),
    )

    municipality: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str]
    secret_hash: Mapped[str]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SignInFailureRow(Base):
    """How often in a row signing in went wrong for a name, an address or both, by their fingerprint.

    It belongs to no municipality: a name that was typed may be nobody's.
    """

    __tablename__ = "sign_in_failure"
    __table_args__ = (CheckConstraint("failures >= 1", name="failures"), Index(None, "last_at"))

    whose: Mapped[str] = mapped_column(PlainText(64), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime]
