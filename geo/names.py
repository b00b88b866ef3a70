"""How well a written name or code fits a known one, and which known ones it may mean.

The grades are our own, after those of the Danish address cleansing: A exact, B safe with small variations,
C uncertain or several candidates. A name that fits several places is said to; none is picked.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

Row = TypeVar("Row")
LONG_ENOUGH = 5
"""Letters a name must have for a slip of one letter to be told from another name."""

_SPELLINGS = str.maketrans({"æ": "ae", "ä": "ae", "ø": "oe", "ö": "oe", "å": "aa", "é": "e", "ü": "y"})
_ALIASES = {"kbh": "koebenhavn", "copenhagen": "koebenhavn", "frb": "frederiksberg"}


class Grade(StrEnum):
    """How safe a match is; of several, the worst counts, which is also the greatest."""

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True, slots=True)
class Match(Generic[Row]):
    """What a name or code was found to mean: one row, or several that it fits equally well (grade C)."""

    grade: Grade
    candidates: tuple[Row, ...]

    @property
    def row(self) -> Row | None:
        """The one that is meant; None when there are several."""
        return self.candidates[0] if len(self.candidates) == 1 else None


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence about an answer: a template over named facts, said late so that it can be said in Danish."""

    message: str
    facts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, message: str, **facts: str) -> "Note":
        """`message` is marked for the translators where it is written."""
        return cls(message, tuple(facts.items()))

    def said(self, translate: Callable[[str], str] = str) -> str:
        """The sentence; `translate` is a gettext function, English without one."""
        return translate(self.message).format(**dict(self.facts))


def fold(name: str) -> str:
    """A name without what people vary: case, æ/ø/å or ae/oe/aa, hyphens, dots and blanks."""
    words = re.sub(r"[\W_]+", " ", name.casefold().translate(_SPELLINGS)).split()
    return " ".join(_ALIASES.get(word, word) for word in words)


class Names(Generic[Row]):
    """Rows that can be asked for by a name that people write by hand."""

    def __init__(self, rows: Iterable[Row], name_of: Callable[[Row], str]) -> None:
        """`name_of` says under which name a row is known; several rows may share one."""
        self._name_of = name_of
        self._by_folded: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            self._by_folded[fold(name_of(row))].append(row)

    def __contains__(self, name: str) -> bool:
        """Whether a row is called so, however it is spelt; a slip of a letter does not count."""
        return fold(name) in self._by_folded

    def match(self, name: str) -> Match[Row] | None:
        """What `name` may mean, or None: exact (A), spelt otherwise or one letter off (B), two off (C)."""
        written = " ".join(name.split())
        folded = fold(written)
        if same := self._by_folded.get(folded):
            exact = [row for row in same if self._name_of(row) == written]
            return _graded(Grade.A, exact) if len(exact) == len(same) else _graded(Grade.B, same)
        one_off = self._within(folded, 1)
        return _graded(Grade.B, one_off) or _graded(Grade.C, self._within(folded, 2))

    def _within(self, folded: str, letters: int) -> list[Row]:
        """Rows whose name is at most that many slips away, for names long enough to tell."""
        if len(folded) < LONG_ENOUGH * letters:
            return []
        near = process.extract(
            folded, self._by_folded.keys(), scorer=OSA.distance, score_cutoff=letters, limit=None
        )
        return [row for name, _, _ in near for row in self._by_folded[name]]


def _graded(grade: Grade, rows: list[Row]) -> Match[Row] | None:
    if not rows:
        return None
    return Match(grade if len(rows) == 1 else Grade.C, tuple(rows))
