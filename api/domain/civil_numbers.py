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
MASK = "••••••-••••"
"""What stands where a number is quoted; it is none of a name either, until it is taken out."""

IS_CIVIL_NUMBER = N_("What looks like a civil registration number (CPR) is not kept here.")
_LEAP_YEAR = 2000
"""The century is not told by the first six digits: 29 February may be a day."""


def holds_civil_number(text: str) -> bool:
    """Whether something in the text looks like a civil registration number.

    >>> holds_civil_number("Anna, 010190-1234, vil gerne"), holds_civil_number("P-nummer 1999000367")
    (True, False)
    """
    return MASK in text or without_civil_numbers(text) != text


def without_civil_numbers(text: str) -> str:
    """The text with `MASK` where a civil registration number seems to stand, to be quoted.

    >>> without_civil_numbers("Maler Jens 010190-1234")
    'Maler Jens ••••••-••••'
    """
    return _LOOKS_LIKE_ONE.sub(
        lambda found: MASK if _is_day(int(found[1]), int(found[2])) else found[0], text
    )


def refuse_civil_numbers(texts: Mapping[str, str]) -> None:
    """Refuse the first of some texts, by field, that holds what looks like one; it is not repeated."""
    for field, text in texts.items():
        if holds_civil_number(text):
            named = field.rpartition(".")[2] == "name"
            about_work = N_("Take the number out; write about the work only.")
            remedy = N_("Take the number out; a name is enough.") if named else about_work
            raise Refused(field, IS_CIVIL_NUMBER, remedy)


def _is_day(day: int, month: int) -> bool:
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True
