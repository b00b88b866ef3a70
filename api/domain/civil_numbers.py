"""Civil registration numbers: they are never kept here, whatever they are written into.

Six digits that are a day, and four more; their check digit tells nothing since 2007. A number of another
register can look the same, and has a field of its own.
"""

import re
from collections.abc import Mapping
from datetime import date

from geo import Refused
from geo.errors import N_

_LOOKS_LIKE_ONE = re.compile(r"(?<![0-9])([0-3][0-9])([01][0-9])([0-9]{2})\s?[-–]?\s?[0-9]{4}(?![0-9])")
_LEAP_YEAR = 2000
"""The century is not told by the first six digits: 29 February may be a day."""


def holds_civil_number(text: str) -> bool:
    """Whether something in the text looks like a civil registration number.

    >>> holds_civil_number("Anna, 010190-1234, vil gerne"), holds_civil_number("P-nummer 1999000367")
    (True, False)
    """
    return any(_is_day(int(found[1]), int(found[2])) for found in _LOOKS_LIKE_ONE.finditer(text))


def refuse_civil_numbers(texts: Mapping[str, str]) -> None:
    """Refuse the first of some texts, by field, that holds what looks like one; it is not repeated."""
    for field, text in texts.items():
        if holds_civil_number(text):
            problem = N_("What looks like a civil registration number (CPR) is not kept here.")
            raise Refused(field, problem, N_("Take the number out; write about the work only."))


def _is_day(day: int, month: int) -> bool:
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True
