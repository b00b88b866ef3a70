"""Versions of what is changed: given out as `ETag`, asked for in `If-Match`.

A change without the version it is a change of is refused (428), so that nobody overwrites what they have not
seen; one that comes late answers with the current state (412).
"""

import re
from typing import Annotated

from fastapi import Depends, Header

from api.routes.problem import PreconditionMissing
from geo import Refused
from geo.errors import N_

_TAG = re.compile(r'(?:W/)?"([^"]*)"')
_REMEDY = N_("Send the ETag of the state you saw in If-Match.")


def etag(version: int) -> str:
    """The tag of a version: "3" in quotes."""
    return f'"{version}"'


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
    if if_match.strip() == "*":
        return None
    tags = [part.strip() for part in if_match.split(",")]
    if not all(_TAG.fullmatch(tag) for tag in tags):
        raise Refused("If-Match", N_("{value!r} is not a list of entity tags."), _REMEDY, value=if_match)
    # weak tags never match in If-Match (RFC 9110, 13.1.1)
    strong = (found[1] for tag in tags if not tag.startswith("W/") and (found := _TAG.fullmatch(tag)))
    return frozenset(int(text) for text in strong if text.isascii() and text.isdigit() and len(text) < 10)


IfMatch = Annotated[frozenset[int] | None, Depends(if_match)]
"""The versions of `If-Match`, in the signature of every change."""


def missing() -> PreconditionMissing:
    """The refusal of a change that does not say what it is a change of."""
    return PreconditionMissing("If-Match", N_("A change needs the version that was seen."), _REMEDY)
