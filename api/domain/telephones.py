"""Telephone numbers that can be rung: eight digits in Denmark, elsewhere with the code of the country.

Lengths are those of ITU-T E.164, at most fifteen digits; whether a number is in use is not asked.
"""

import re

from geo import Refused
from geo.errors import N_

_BETWEEN = re.compile(r"[\s./()-]+")
_DANISH = re.compile(r"(?:(?:\+|00)?45)?" + r"([0-9]{2})" * 4)
_FOREIGN = re.compile(r"(?:\+|00)(?!45)[1-9][0-9]{6,14}")


def is_telephone(text: str) -> bool:
    """Whether a text is a number that can be rung, and nothing else."""
    digits = _BETWEEN.sub("", text)
    return bool(_DANISH.fullmatch(digits) or _FOREIGN.fullmatch(digits))


def require_telephone(field: str, text: str) -> None:
    """Refuse what nobody can ring; no number at all is none that is wrong."""
    if text and not is_telephone(text):
        remedy = N_(
            "Write eight digits, with or without +45; a foreign number begins with + and its country."
        )
        raise Refused(field, N_("{value!r} is not a telephone number."), remedy, value=text)


def telephone_shown(text: str) -> str:
    """A Danish number in pairs after +45, however it was written down; any other as it stands."""
    danish = _DANISH.fullmatch(_BETWEEN.sub("", text))
    return " ".join(("+45", *danish.groups())) if danish else text
