"""Cells as Danish offices write them to values: dates, answers, plain texts; numbers are read in `amounts`.

A blank cell is unknown and gives None, '' or `Answer.UNKNOWN`, never a default. Nothing is evaluated: a cell
that looks like a formula is text. What cannot be read raises `Refused`.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Self

from api.domain.civil_numbers import refuse_civil_numbers, without_civil_numbers
from api.exchange.limits import LIMITS
from api.exchange.tables import Cell
from geo import Refused
from geo.errors import N_
from matching.vocabulary import Answer

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_EXCEL_ERRORS = frozenset(
    {
        "#N/A",
        "#I/T",
        "#REF!",
        "#REFERENCE!",
        "#VALUE!",
        "#VÆRDI!",
        "#DIV/0!",
        "#NAME?",
        "#NAVN?",
        "#NULL!",
        "#NUL!",
        "#NUM!",
        "#NUMMER!",
        "#####",
    }
)
_DAY_FIRST = re.compile(r"(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4}|\d{2})(?:[ T]\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?")
_NAMED = re.compile(r"(\d{1,2})[. ] ?([a-z]{3})[a-z]*[. ]+(\d{4})", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_YEARS = (1950, 2100)
_CLOCK = re.compile(r"(?:kl\.? ?)?(\d{1,2})(?:[.:](\d{2}))?", re.IGNORECASE)

_ANSWERS = {
    Answer.YES: ("ja", "j", "yes", "y", "true", "sand", "sandt", "1", "x"),
    Answer.NO: ("nej", "n", "no", "false", "falsk", "0"),
    Answer.UNKNOWN: ("", "ukendt", "unknown", "ved ikke", "?", "-"),
}
_ANSWER_OF = {word: answer for answer, words in _ANSWERS.items() for word in words}


@dataclass(frozen=True, slots=True)
class Given:
    """A cell on its way to a value: the field it is for, what stands in it, and where to say things."""

    field: str
    cell: Cell
    tell: Callable[..., None]

    @classmethod
    def typed(cls, field: str, text: str) -> Self:
        """What somebody wrote into a field of a form; there is no report to say things in."""
        return cls(field, text.strip(), lambda *_, **__: None)

    @property
    def text(self) -> str:
        """The cell as one line of text; a whole number without decimals."""
        return " ".join(as_text(self.cell).split())

    def refused(self, problem: str, remedy: str, **facts: object) -> Refused:
        """The refusal of this cell; `problem` may name {value}."""
        return Refused(self.field, problem, remedy, value=shown(self.cell), **facts)


def shown(cell: Cell) -> str:
    """A cell as a report quotes it, nobody's civil registration number repeated."""
    text = discreet(as_text(cell))
    return text if len(text) <= 80 else f"{text[:79]}…"


def discreet(text: str) -> str:
    """The text without civil registration numbers; digits alone may be a number of another register."""
    return text if text.isdigit() else without_civil_numbers(text)


def as_text(cell: Cell) -> str:
    """A cell as it would be typed in a Danish spreadsheet; '99003626', never '99003626.0'."""
    if isinstance(cell, bool):
        return "Ja" if cell else "Nej"
    if isinstance(cell, float | int):
        whole = cell == cell and abs(cell) < 1e15 and cell == int(cell)
        return str(int(cell)) if whole else repr(cell).replace(".", ",")
    if isinstance(cell, datetime):
        return f"{cell:%d-%m-%Y}" if cell.time() == time() else f"{cell:%d-%m-%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d-%m-%Y}"
    return str(cell)


def cleaned(given: Given) -> Given:
    """The cell without what cannot be seen, said when there was any.

    Raises `Refused` for a text that is too long and for Excel's error values.
    """
    if not isinstance(given.cell, str):
        return given
    if len(given.cell) > LIMITS.cell_characters:
        problem = N_("The text is longer than {limit} characters.")
        raise given.refused(problem, N_("Shorten it."), limit=LIMITS.cell_characters)
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", given.cell))
    if len(_UNSEEN.sub("", given.cell)) != len(given.cell):
        given.tell(N_("Invisible or control characters were taken out."))
    if text.strip().upper() in _EXCEL_ERRORS:
        problem = N_("{value!r} is an error from Excel, not a value.")
        raise given.refused(problem, N_("Correct the formula, or clear the cell when it is not known."))
    return Given(given.field, text.strip(), given.tell)


def impersonal(given: Given) -> str:
    """One line of text without anybody's civil registration number."""
    refuse_civil_numbers({given.field: given.text})
    return given.text


def long_text(given: Given) -> str:
    """Text that keeps its line breaks, without anybody's civil registration number."""
    found = "\n".join(" ".join(line.split()) for line in as_text(given.cell).splitlines()).strip()
    refuse_civil_numbers({given.field: found})
    return found


def day(given: Given) -> date | None:
    """A date: '03-12-2026', '3.12.2026', '3/12-26', '3. december 2026', '2026-12-03' or a typed one.

    None when blank.
    """
    if not given.text:
        return None
    if isinstance(given.cell, date):
        return _possible(given, given.cell.date() if isinstance(given.cell, datetime) else given.cell)
    if not isinstance(given.cell, str):
        # a bare serial number may count from 1900 or from 1904; only a typed cell says which
        raise given.refused(
            N_("{value!r} is not a date."), N_("Give the column the format of a date in Excel.")
        )
    parts = _day_parts(given.text)
    try:
        found = date(*parts) if parts else None
    except ValueError:
        found = None
    return _possible(given, found)


def _possible(given: Given, found: date | None) -> date:
    """A day of this century or the end of the last: a slip in a year, or a bare time, is none."""
    if not found or not _YEARS[0] <= found.year <= _YEARS[1]:
        raise given.refused(N_("{value!r} is not a date."), N_("Write day, month and year: 03-12-2026."))
    return found


def _day_parts(written: str) -> tuple[int, int, int] | None:
    if iso := _ISO.fullmatch(written):
        return int(iso[1]), int(iso[2]), int(iso[3])
    if found := _DAY_FIRST.fullmatch(written):
        year = int(found[3])
        return (year if year >= 100 else 2000 + year), int(found[2]), int(found[1])
    if (named := _NAMED.fullmatch(written)) and (month := named[2].casefold()) in _MONTHS:
        return int(named[3]), _MONTHS.index(month) + 1, int(named[1])
    return None


def clock(given: Given) -> time | None:
    """A time of day: '13.30', '13:30', 'kl. 9', '9'; None when blank."""
    if not given.text:
        return None
    found = _CLOCK.fullmatch(given.text) if given.text.isascii() else None
    try:
        if found:
            return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        pass
    raise given.refused(N_("{value!r} is not a time of day."), N_("Write it like 13.30."))


def answer(given: Given) -> Answer:
    """Ja, Nej or blank, which is unknown."""
    found = _ANSWER_OF.get(given.text.casefold())
    if found is None:
        raise given.refused(N_("{value!r} is neither yes nor no."), N_("Write Ja or Nej, or leave it blank."))
    return found
