"""Where a list goes on: one keyset cursor for all lists.

A cursor holds the sort key of the last row shown, so that a list neither skips nor repeats rows when others
are added in between. It is opaque to callers; a garbled one is refused, never guessed at. It gives no access:
the query behind it narrows to the caller all the same.
"""

import base64
import binascii
import json
import zlib
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends, Query

from geo import Refused
from geo.errors import N_

MAX_LIMIT = 200
DEFAULT_LIMIT = 50
_SUM_BYTES = 4


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which part of a list is asked for: after which sort key (None: from the start), and how many rows."""

    after: tuple[str, ...] | None
    limit: int

    @property
    def after_id(self) -> str | None:
        """The id to go on after, in a list that is sorted by id."""
        if self.after is not None and len(self.after) != 1:
            raise _no_cursor()
        return self.after[0] if self.after else None

    @property
    def after_day(self) -> tuple[date, str] | None:
        """The day and id to go on after, in a list that is sorted by day and then by id."""
        if self.after is None:
            return None
        try:
            day, record_id = self.after
            return date.fromisoformat(day), record_id
        except ValueError:
            raise _no_cursor() from None


def cursor_of_day(key: tuple[date, str] | None) -> str | None:
    """The cursor that goes on after a day and an id; None at the end of the list."""
    return cursor((key[0].isoformat(), key[1])) if key else None


def cursor(key: tuple[str, ...]) -> str:
    """The cursor that goes on after the row with this sort key."""
    payload = json.dumps(key, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_sum(payload) + payload).decode().rstrip("=")


def parse_cursor(text: str) -> tuple[str, ...]:
    """The sort key of a cursor; raises `Refused` for anything that `cursor` did not make."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        found, payload = raw[:_SUM_BYTES], raw[_SUM_BYTES:]
        if found != _sum(payload):
            raise ValueError(text)
        return tuple(str(part) for part in json.loads(payload))
    except (ValueError, TypeError, binascii.Error):
        raise _no_cursor() from None


def _no_cursor() -> Refused:
    remedy = N_("Use `next` of the page before as it stands, or start again without a cursor.")
    return Refused("cursor", N_("This is not a cursor of this list."), remedy)


def _sum(payload: bytes) -> bytes:
    return zlib.crc32(payload).to_bytes(_SUM_BYTES, "big")


async def _stretch(
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT, description="Rows in the answer")] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, Query(max_length=500, description="`next` of the page before")] = None,
) -> Stretch:
    return Stretch(parse_cursor(cursor) if cursor else None, limit)


Stretched = Annotated[Stretch, Depends(_stretch)]
"""`limit` and `cursor` of a list, in the signature of every list."""
