"""Column types with a rule of their own: moments in UTC, text by its bytes, text only sealed.

What one of the databases cannot hold is refused by both, so that none of them knows more than the other.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Integer, LargeBinary, String, TypeDecorator
from sqlalchemy.types import TypeEngine

from api.store.errors import Unstorable
from api.store.sealing import Sealed


class PlainText(TypeDecorator[str]):
    """Text that is compared and sorted by its bytes on either database, as Python does.

    A PostgreSQL database sorts by the language it was made for: in Danish `aa` comes after `z`, and pages in
    the order of ids would skip rows that are sorted elsewhere. It holds no NUL; SQLite would.
    """

    impl = String
    cache_ok = True

    def __init__(self, length: int | None = None) -> None:
        """`length` is the most that is held; without one, any text is."""
        super().__init__(length)
        self.length = length

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Leave the language of the database aside; SQLite knows none."""
        collation = "C" if dialect.name == "postgresql" else None
        return dialect.type_descriptor(String(self.length, collation))

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Refuse a text with a NUL."""
        if value is not None and "\0" in value:
            raise Unstorable
        return value


class WholeNumber(TypeDecorator[int]):
    """A whole number of 32 bits, as PostgreSQL holds it; SQLite would hold twice as many."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        """Refuse a number that is too large."""
        if value is not None and not -(2**31) <= value < 2**31:
            raise Unstorable
        return value


class Instant(TypeDecorator[datetime]):
    """A moment, stored in UTC on every database. A datetime without a zone is a mistake and raises."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn to UTC on the way in; raises `ValueError` for a moment without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Say UTC on the way out; SQLite keeps no zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class SealedText(TypeDecorator[Sealed]):
    """Text that reaches the database sealed or not at all: plain text is a mistake and raises."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Let sealed text in; raises `TypeError` for anything else."""
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError("this column takes sealed text only")
        return value.token

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Sealed | None:
        """Hand it out still sealed; the store's queries know whose it is and open it."""
        return None if value is None else Sealed(bytes(value))
