"""Versions of what is changed: given out as `ETag`, asked for in `If-Match`.

A change without the version it is a change of is refused (428), so that nobody overwrites what they have not
seen; one that comes late answers with the current state (412). What only adds to a record need not say it,
and is held to it when it does. What counts no versions is told by what it says.
"""

import hashlib
import re
from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Header
from pydantic import BaseModel

from api.routes.problem import PreconditionMissing
from api.store import Unit
from api.store.errors import Stale
from geo import Refused
from geo.errors import N_

_TAG = re.compile(r'(?:W/)?"([^"]*)"')
_REMEDY = N_("Send the ETag of the state you saw in If-Match.")


def etag(version: int) -> str:
    """The tag of a version: "3" in quotes."""
    return f'"{version}"'


def tag_of(shown: BaseModel) -> str:
    """The tag of what is shown: of its version, or of all that it says where it counts none."""
    version = getattr(shown, "version", None)
    if isinstance(version, int):
        return etag(version)
    return f'"{hashlib.blake2b(shown.model_dump_json().encode(), digest_size=12).hexdigest()}"'


def if_match(
    if_match: Annotated[
        str, Header(description="The `ETag` of the state that is changed", examples=['"3"'], max_length=200)
    ],
) -> frozenset[int] | None:
    """The versions a caller is content with; None for `*`, which is any.

    Raises `PreconditionMissing` when nothing is sent. A weak tag or one of another shape matches no version.
    """
    if not if_match.strip():
        raise missing()
    return _versions(_strong(if_match))


_Sent = Annotated[
    str | None,
    Header(
        description="The `ETag` of the state that was seen; left out, whatever it is now is changed",
        examples=['"3"'],
        max_length=200,
    ),
]


def if_match_sent(if_match: _Sent = None) -> frozenset[int] | None:
    """The versions a caller is content with; None for `*` and when nothing is sent, which is any."""
    return _versions(if_tag_sent(if_match))


def if_tag_sent(if_match: _Sent = None) -> frozenset[str] | None:
    """The same as the text of the tags, of what counts no versions."""
    return None if if_match is None else _strong(if_match)


def _strong(header: str) -> frozenset[str] | None:
    if header.strip() == "*":
        return None
    tags = [part.strip() for part in header.split(",")]
    if not all(_TAG.fullmatch(tag) for tag in tags):
        raise Refused("If-Match", N_("{value!r} is not a list of entity tags."), _REMEDY, value=header)
    # weak tags never match in If-Match (RFC 9110, 13.1.1)
    return frozenset(tag for tag in tags if not tag.startswith("W/"))


def _versions(tags: frozenset[str] | None) -> frozenset[int] | None:
    if tags is None:
        return None
    said = (tag.strip('"') for tag in tags)
    return frozenset(int(text) for text in said if text.isascii() and text.isdigit() and len(text) < 19)


def require_same(unit: Unit, field: str, tags: frozenset[str] | None, show: Callable[[], BaseModel]) -> None:
    """Raise `Stale` unless what is shown now has one of the tags (None: any); it is a look, and is kept."""
    if tags is None:
        return
    shown = show()
    if tag_of(shown) not in tags:
        unit.commit()
        raise Stale(field, shown)


IfMatch = Annotated[frozenset[int] | None, Depends(if_match)]
"""The versions of `If-Match`, in the signature of every change that replaces."""

IfMatchSent = Annotated[frozenset[int] | None, Depends(if_match_sent)]
"""The same, in the signature of every change that adds to a record: it need not be sent."""

IfTagSent = Annotated[frozenset[str] | None, Depends(if_tag_sent)]
"""The same, for what counts no versions."""


def missing() -> PreconditionMissing:
    """The refusal of a change that does not say what it is a change of."""
    return PreconditionMissing("If-Match", N_("A change needs the version that was seen."), _REMEDY)
