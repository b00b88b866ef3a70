"""A task text as it is read: folded letters, words with their place, sentences and clauses.

Notes from the telephone spell æ, ø and å in two ways; folding spells them ae, oe and aa, so that both are the
same word. Every folded letter knows the letter it came from: what is found can always be shown in the text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import category, combining, normalize

from geo import Refused
from geo.errors import N_

MAX_CHARACTERS = 20_000
"""A longer text is no task; it is refused before anything is read."""

_SPELT = {"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "½": "½", "\u030a": "a", "\u0308": "e"}
_DANISH = str.maketrans({letter: _SPELT[letter] for letter in "æøå"})
_WORD = re.compile(r"[^\W_]+")
_ABBREVIATIONS = frozenset(
    (
        *("kl", "ca", "evt", "pr", "kr", "max", "maks", "min", "bl", "a", "f", "eks", "fx", "nr", "d", "dvs"),
        *("inkl", "dkk", "tlf", "osv", "m", "mm", "t", "st", "stk", "mdr", "jan", "feb", "mar", "apr", "jun"),
        *("jul", "aug", "sep", "sept", "okt", "nov", "dec", "tir", "tirs", "ons", "tor", "tors", "fre"),
        *("loer", "soen"),
    )
)
_NEW_CLAUSE = frozenset({"men", "saa", "hvor", "fordi", "selvom"})
_MARKS = frozenset(",()[]")
_BEFORE_PLACES = frozenset({"i", "paa", "ved", "fra", "hos"})
_SUBORDINATE = frozenset({"naar", "foer", "inden", "mens", "hvis"})


class Evidence(NamedTuple):
    """The words that gave a finding away: `text[start:end]`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word, where it stands in the folded text, and its sentence and clause."""

    form: str
    start: int
    end: int
    sentence: int
    clause: int


@dataclass(frozen=True)
class Passage:
    """A text with its folded form; `origin[i]` is the place in the text of the folded letter `i`."""

    text: str
    folded: str
    origin: list[int] = field(repr=False)
    words: list[Word] = field(repr=False)
    subordinate: frozenset[int] = field(repr=False)
    """Clauses that say when or whether, not what: "when the children have left"."""

    @classmethod
    def of(cls, text: str) -> "Passage":
        """Fold a text and find its words; raises `Refused` for what is no text or too long."""
        if not isinstance(text, str):
            raise Refused("text", N_("{value!r} is not a text."), N_("Give the task as text."), value=text)
        if len(text) > MAX_CHARACTERS:
            problem = N_("The text has {value} characters; a task has at most {most}.")
            raise Refused(
                "text",
                problem,
                N_("Give the description of the task only."),
                value=len(text),
                most=MAX_CHARACTERS,
            )
        letters = [(folded, place) for place, letter in enumerate(text) for folded in _letter(letter)]
        folded = "".join(letter for letter, _ in letters)
        origin = [place for _, place in letters]
        words, subordinate = _words(text, folded, origin)
        return cls(text, folded, origin, words, subordinate)

    def evidence(self, start: int, end: int) -> Evidence:
        """The piece of the text behind the folded letters from `start` to `end`."""
        first, last = self.origin[start], self.origin[end - 1] + 1
        return Evidence(first, last, self.text[first:last])

    def evidence_of(self, places: Iterable[int]) -> list[Evidence]:
        """The pieces behind the words at these places; neighbours are one piece."""
        runs: list[list[int]] = []
        for place in sorted(set(places)):
            if runs and place == runs[-1][-1] + 1 and self.neighbours(place - 1):
                runs[-1].append(place)
            else:
                runs.append([place])
        return [self.evidence(self.words[run[0]].start, self.words[run[-1]].end) for run in runs]

    def neighbours(self, place: int) -> bool:
        """Whether only a space or a hyphen stands between this word and the next."""
        gap = self.folded[self.words[place].end : self.words[place + 1].start]
        return len(gap) <= 2 and not gap.strip(" -")

    @cached_property
    def apart(self) -> frozenset[int]:
        """The places of words that the next does not follow at once, for a mark or a new sentence."""
        return frozenset(place for place in range(len(self.words)) if self._ends_here(place))

    def _ends_here(self, place: int) -> bool:
        if place + 1 == len(self.words):
            return True
        one, other = self.words[place], self.words[place + 1]
        return one.sentence != other.sentence or not _MARKS.isdisjoint(self.folded[one.end : other.start])

    @cached_property
    def names(self) -> frozenset[int]:
        """The places of words with a capital letter that neither begin a sentence nor tell a place."""
        pairs = pairwise(range(len(self.words)))
        return frozenset(at for before, at in pairs if self._names(before, at))

    def _names(self, before: int, at: int) -> bool:
        begins = self.origin[self.words[at].start]
        capital = self.text[begins].isupper() and self.text[begins + 1 : begins + 2].islower()
        inside = self.words[before].sentence == self.words[at].sentence
        return capital and inside and self.words[before].form not in _BEFORE_PLACES

    def sentence_at(self, folded_place: int) -> int:
        """The sentence that a place of the folded text stands in."""
        after = bisect_right(self.words, folded_place, key=lambda word: word.end)
        return self.words[after].sentence if after < len(self.words) else -1


def fold(text: str) -> str:
    """Spell a text as all texts are compared: small letters, ae, oe and aa, no accents."""
    return "".join(map(_letter, text))


def expression(source: str) -> re.Pattern[str]:
    """Compile an expression over folded text; it is written with the Danish letters."""
    return re.compile(source.translate(_DANISH))


@lru_cache(maxsize=4096)
def _letter(letter: str) -> str:
    small = letter.lower()
    if small in _SPELT:
        return _SPELT[small]
    if category(letter) == "Cf":
        return ""
    if category(letter) == "Cc":
        return "\n" if letter == "\n" else " "
    return "".join(part for part in normalize("NFKD", small) if not combining(part))


def _words(text: str, folded: str, origin: list[int]) -> tuple[list[Word], frozenset[int]]:
    words: list[Word] = []
    subordinate: set[int] = set()
    sentence = clause = end = 0
    for found in _WORD.finditer(folded):
        gap, form = folded[end : found.start()], found.group()
        if words and _ends_sentence(gap, words[-1].form, text[origin[found.start()]]):
            sentence, clause = sentence + 1, clause + 1
        elif words and (_ends_clause(gap) or form in _NEW_CLAUSE or form in _SUBORDINATE):
            clause += 1
        if form in _SUBORDINATE:
            subordinate.add(clause)
        end = found.end()
        if words and form == "ved" and words[-1].form == "bag" and gap == " ":
            words[-1] = Word(
                "bagved", words[-1].start, end, sentence, clause
            )  # a place, not work at a machine
        else:
            words.append(Word(form, found.start(), end, sentence, clause))
    return words, frozenset(subordinate)


def _ends_sentence(gap: str, before: str, after: str) -> bool:
    if any(mark in gap for mark in "!?;\n:•") and not (":" in gap and before.isdigit()):
        return True
    if "." not in gap:
        return False
    # "kl. 9", "pr. uge" and "1. december" go on; a capital letter starts anew all the same
    return after.isupper() or not (before in _ABBREVIATIONS or before.isdigit())


def _ends_clause(gap: str) -> bool:
    return " - " in gap or any(mark in gap for mark in ',()[]"–—')
