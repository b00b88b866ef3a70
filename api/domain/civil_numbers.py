"""Civil registration numbers: they are never kept here, whatever they are written into.

A day in six digits or nearly so, and four more, whatever stands between them; their check digit tells nothing
since 2007. A number of another register can look the same, and has a field of its own.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise

from geo import Refused
from geo.errors import N_

_BETWEEN = r"[-\s./_]{0,3}"
# behind a comma or semicolon and a blank stands another number as a rule: "ordre 101112, 8800 Viborg"
_BEFORE_LAST = r"(?:[-\s./_]{0,4}|[,;]|\s?[:(]\s?)"
_YEAR = r"(?P<year>19[0-9]{2}|20[01][0-9]|[0-9]{2})"
_LAST = r"(?P<last>[0-9]{4})(?![0-9])"
_SPELLINGS = (
    # 010190-1234, 01 01 90 1234, 01-01-1990 1234
    rf"(?<![0-9])(?P<day>[0-3][0-9])(?P<one>{_BETWEEN})(?P<month>[01][0-9])(?P<two>{_BETWEEN}){_YEAR}"
    rf"(?P<three>{_BEFORE_LAST}){_LAST}",
    # 1.1.1990-1234
    rf"(?<![0-9])(?P<day>[0-3]?[0-9])(?P<one>[-./])\s?(?P<month>[01]?[0-9])(?P<two>(?P=one))\s?{_YEAR}"
    rf"(?P<three>{_BEFORE_LAST}){_LAST}",
    # 01 01 90 12 34: five pairs, where a telephone has four and two telephones eight
    r"(?<![0-9])(?<![0-9][-\s./])(?P<day>[0-3][0-9])(?P<one>[- ./])(?P<month>[01][0-9])(?P<two>(?P=one))"
    r"(?P<year>[0-9]{2})(?P<three>(?P=one))(?P<last>[0-9]{2}(?P=one)[0-9]{2})(?![-\s./]?[0-9])",
    # 19900101-1234; eight digits before a blank are a telephone
    r"(?<![0-9])(?P<year>19[0-9]{2}|20[01][0-9])(?P<one>)(?P<month>[01][0-9])(?P<two>)(?P<day>[0-3][0-9])"
    rf"(?P<three>|\s?[-./_:]\s?){_LAST}",
    # 1990-01-01-1234
    r"(?<![0-9])(?P<year>19[0-9]{2}|20[01][0-9])(?P<one>[-./])(?P<month>[01][0-9])(?P<two>(?P=one))"
    rf"(?P<day>[0-3][0-9])(?P<three>{_BEFORE_LAST}){_LAST}",
)
_LOOKS_LIKE_ONE = tuple(re.compile(spelling) for spelling in _SPELLINGS)
_ID = re.compile(r"(?<![0-9a-z])[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}(?![0-9a-z])", re.IGNORECASE)
_TO_COME = re.compile(r"[23][0-9]|20[23][0-9]")
_LEAST_DIGITS = 8
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
    found = list(_spans(text))
    for start, end in reversed(found):
        text = text[:start] + MASK + text[end:]
    return text


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """From where to where each number stands."""
    if sum(letter.isdigit() for letter in text) < _LEAST_DIGITS:
        return
    plain, at = _plain(text)
    # an id of ours may hold any digits
    plain = _ID.sub(lambda id_: "x" * len(id_[0]), plain)
    last = 0
    for start, end in sorted(_found_in(plain)):
        if start >= last:
            yield at[start], at[end - 1] + 1
            last = end


def _found_in(plain: str) -> Iterator[tuple[int, int]]:
    for spelling in _LOOKS_LIKE_ONE:
        for found in spelling.finditer(plain):
            day = _is_day(int(found["day"]), int(found["month"]))
            if day and not _is_appointment(found) and not _is_row(found[0]):
                yield found.span()


def _plain(text: str) -> tuple[str, list[int]]:
    """The text in plain digits and hyphens, without what cannot be seen, and where each letter stood."""
    if text.isascii():
        return text, list(range(len(text)))
    plain = [
        ("-" if unicodedata.category(letter) in ("Pd", "Sm") else letter, number)
        for number, written in enumerate(text)
        for letter in unicodedata.normalize("NFKC", written)
        if unicodedata.category(letter) not in ("Cf", "Mn")
    ]
    return "".join(letter for letter, _ in plain), [number for _, number in plain]


def _is_appointment(found: re.Match[str]) -> bool:
    """Whether it is rather a day to come and an hour, or weeks and a year: 04.12.26 0900, 10 11 12 2026."""
    beside = not found["three"].strip(" \t\n\r:;,") and bool(found["three"])
    spaced = bool(found["one"] and found["two"] and beside) or "(" in found["three"]
    return spaced and any(_TO_COME.fullmatch(part) for part in (found["year"], found["last"]))


def _is_row(said: str) -> bool:
    """Whether these are numbers in a row, as of weeks: 10 11 12 13 14."""
    numbers = [int(number) for number in re.findall("[0-9]+", said)]
    return len(numbers) > 3 and all(two - one == 1 for one, two in pairwise(numbers))


def refuse_civil_numbers(texts: Mapping[str, str]) -> None:
    """Refuse the first of some texts, by field, that holds what looks like one; it is not repeated."""
    for field, text in texts.items():
        if holds_civil_number(text):
            named = field.endswith("name")
            about_work = N_("Take the number out; write about the work only.")
            remedy = N_("Take the number out; a name is enough.") if named else about_work
            raise Refused(field, IS_CIVIL_NUMBER, remedy)


def _is_day(day: int, month: int) -> bool:
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True
