"""Where a list goes on: one keyset cursor for all lists.

A cursor holds the sort key of the last row shown, so that a list neither skips nor repeats rows when others
are added in between. It is opaque to callers; a garbled one is refused, never guessed at, and so is one of
another list or of the same list sifted otherwise: its sum is made over those too. It gives no access: the
query behind it narrows to the caller all the same.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Annotated

from fastapi import Depends, Query, Request

from geo import Refused
from geo.errors import N_

MAX_LIMIT = 200
DEFAULT_LIMIT = 50
_SUM_BYTES = 8


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which part of which list is asked for: after which cursor (None: from the start), and how many rows.

    `path` and `sifted_by` say which list it is; every other list refuses its cursors. `name` is what the
    address calls the cursor.
    """

    path: str
    limit: int = DEFAULT_LIMIT
    cursor: str | None = None
    sifted_by: tuple[tuple[str, str], ...] = ()
    name: str = "cursor"

    def sifted(self, **by: object) -> "Stretch":
        """The same stretch of the list that is sifted by these filters; None, "" and False sift nothing."""
        found = sorted((name, str(value)) for name, value in by.items() if value)
        return replace(self, sifted_by=tuple(found))

    @property
    def after(self) -> tuple[str, ...] | None:
        """The sort key to go on after; `Refused` for a cursor that `next` of this list did not make."""
        return parse_cursor(self.cursor, self._list, self.name) if self.cursor else None

    @property
    def after_id(self) -> str | None:
        """The id to go on after, in a list that is sorted by id."""
        if (after := self.after) is None:
            return None
        if len(after) != 1:
            raise _no_cursor(self.name)
        return after[0]

    @property
    def after_day(self) -> tuple[date, str] | None:
        """The day and id to go on after, in a list that is sorted by day and then by id."""
        if (after := self.after) is None:
            return None
        try:
            day, record_id = after
            return date.fromisoformat(day), record_id
        except ValueError:
            raise _no_cursor(self.name) from None

    def next(self, key: Sequence[str | date] | None) -> str | None:
        """The cursor that goes on after the row with this sort key; None at the end of the list."""
        return cursor([str(part) for part in key], self._list) if key else None

    @property
    def _list(self) -> str:
        return json.dumps([self.path, self.sifted_by])


def cursor(key: Sequence[str], of: str) -> str:
    """The cursor that goes on after the row with this sort key in the list `of`."""
    payload = json.dumps(key, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_sum(payload, of) + payload).decode().rstrip("=")


def parse_cursor(text: str, of: str, name: str = "cursor") -> tuple[str, ...]:
    """The sort key of a cursor; `Refused` for anything that `cursor` did not make for the list `of`."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        found, payload = raw[:_SUM_BYTES], raw[_SUM_BYTES:]
        if found != _sum(payload, of):
            raise ValueError(text)
        key = tuple(str(part) for part in json.loads(payload))
        # whoever reads this can make a sum; what no database takes is found here, half a pair by encoding
        if b"\0" in "".join(key).encode():
            raise ValueError(text)
        return key
    except (ValueError, TypeError, binascii.Error):
        raise _no_cursor(name) from None


def _no_cursor(name: str) -> Refused:
    remedy = N_("Use `next` of the page before with the same filters, or start again without a cursor.")
    return Refused(name, N_("This is not a cursor of this list."), remedy)


def _sum(payload: bytes, of: str) -> bytes:
    return sha256(of.encode() + b"\0" + payload).digest()[:_SUM_BYTES]


async def _stretch(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT, description="Rows in the answer")] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, Query(max_length=500, description="`next` of the page before")] = None,
) -> Stretch:
    return Stretch(request.scope["path"], limit, cursor)


Stretched = Annotated[Stretch, Depends(_stretch)]
"""`limit` and `cursor` of a list, in the signature of every list."""
