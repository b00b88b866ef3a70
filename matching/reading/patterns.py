"""The way the lexicon writes what to look for, and finding it in a passage.

    feje|spule + gårdsplads|fortov    one of these and within reach one of those: "feje den store gårdsplads"
    rengøring|gøre rent               an alternative may be several words in a row
    skolebørn                         the word with its usual endings
    =kassen                           this form only
    *gård   legeplads*   *brænde*     compounds that end in, begin with or hold the word
    -maskine                          compounds that end in the word, the word itself not
    ^                                 a name: a word with a capital letter inside a sentence

The second of two parts may also come first when a word between says so: "gårdspladsen skal fejes".
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from matching.reading.text import Passage, fold
from matching.reading.words import SLIP_LENGTH, WordIndex

REACH = 5
"""So many words may stand between the parts of a pattern."""

_LINKS = frozenset(
    map(
        fold,
        (
            *("skal", "skulle", "trænger", "blive", "bliver", "have", "vil", "kan"),
            *("må", "der", "som", "vi", "få", "får", "er"),
        ),
    )
)
_JOINING = frozenset({"og", "eller", "samt"})
_NEVER_JOINED = frozenset({"inden"})
"""What means something else apart: "inden for hegnet"."""

_BEFORE_HAVING = frozenset(
    map(
        fold,
        (
            *("skal", "skulle", "sku", "ska", "vil", "ville", "kan", "kunne", "ku", "må", "måtte"),
            *("bør", "burde", "at", "gerne", "ønsker"),
        ),
    )
)
_BETWEEN = frozenset(
    map(
        fold,
        (
            *(
                "vi",
                "i",
                "jeg",
                "du",
                "man",
                "han",
                "hun",
                "de",
                "alle",
                "os",
                "ikke",
                "godt",
                "også",
                "lige",
            ),
            *("da", "nu", "så", "bare", "altid", "helst", "måske", "nok", "jo"),
        ),
    )
)
_REACH_OF_HAVING = 4
"""So many words stand between "skal" and its verb at most: "kan vi så ikke også have"."""

_A_NAME = frozenset({"^"})

Row = tuple[str, ...]
"""Written words that follow each other."""


@dataclass(frozen=True, slots=True)
class Alternatives:
    """The rows that a part of a pattern may be, the longest first, so that it wins."""

    rows: tuple[Row, ...]
    by_first_word: Mapping[str, tuple[Row, ...]]

    @classmethod
    def parse(cls, written: str) -> "Alternatives":
        """Read rows divided by bars."""
        rows = sorted((tuple(row.split()) for row in written.split("|")), key=_longest_first)
        return cls(tuple(rows), {first: tuple(r for r in rows if r[0] == first) for first, *_ in rows})

    def beginning(self, words: Set[str]) -> list[Row]:
        """The rows that begin with one of these written words, the longest first."""
        found = [row for word in words & self.by_first_word.keys() for row in self.by_first_word[word]]
        return sorted(found, key=_longest_first)


def _longest_first(row: Row) -> tuple[int, Row]:
    return -len(row), row


class Match(NamedTuple):
    """A pattern found: the places of its words, those of its last part, and whether a slip was forgiven."""

    pattern: "Pattern"
    places: tuple[int, ...]
    last: tuple[int, ...]
    slip: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """One thing to look for: parts within reach of each other, each with its alternative rows of words."""

    written: str
    parts: tuple["Alternatives", ...] = field(compare=False)

    @classmethod
    def parse(cls, written: str) -> "Pattern":
        """Read a pattern as the lexicon writes it; it may be broken into lines at any bar or plus."""
        written = re.sub(r"\s*\|\s*", "|", " ".join(written.split()))
        return cls(written, tuple(Alternatives.parse(part) for part in written.split(" + ")))

    @property
    def words(self) -> set[str]:
        """All written words of the pattern."""
        return {word for part in self.parts for row in part.rows for word in row}

    @property
    def first_words(self) -> set[str]:
        """The written words that it can begin with."""
        return set(self.parts[0].by_first_word)


class Finder:
    """Finds all of a set of patterns in one walk over a passage."""

    def __init__(self, patterns: Iterable[Pattern], verbs_of: Iterable[Pattern] = ()) -> None:
        """`verbs_of` are patterns whose first word, when another verb follows it, has lost its object."""
        self.patterns = list(patterns)
        self.index = WordIndex.of(word for pattern in self.patterns for word in pattern.words)
        self.starting: dict[str, list[Pattern]] = defaultdict(list)
        for pattern in self.patterns:
            for word in pattern.first_words:
                self.starting[word].append(pattern)
        pairs = [pattern for pattern in verbs_of if len(pattern.parts) > 1]
        self.verbs = {row[0] for pattern in pairs for row in pattern.parts[0].rows if len(row) == 1}
        self.reading = lru_cache(maxsize=20_000)(self._reading)

    def _reading(self, form: str) -> tuple[frozenset[str], bool]:
        if found := self.index.stands_for(form):
            return found, False
        near = self.index.nearest_spelling(form)
        return (self.index.stands_for(near), True) if near else (frozenset(), False)

    def find(self, passage: Passage) -> list[Match]:
        """Every match, in the order of the text; overlapping ones too."""
        return list(_Walk(self, passage).matches())


class _Walk:
    """One passage under one finder."""

    def __init__(self, finder: Finder, passage: Passage) -> None:
        self.finder, self.words, self.apart = finder, passage.words, passage.apart
        read = [finder.reading(word.form) for word in passage.words]
        self.known = [found | _A_NAME if at in passage.names else found for at, (found, _) in enumerate(read)]
        self.slip = [slip for _, slip in read]
        # "have arbejde": a compound written apart still is one word
        self.joined: list[frozenset[str]] = [frozenset()] * len(self.words)
        for place in range(len(self.words) - 1):
            form = self.words[place].form + self.words[place + 1].form
            apart = self.words[place].form in _NEVER_JOINED or self.is_having(place)
            if len(form) > SLIP_LENGTH and passage.neighbours(place) and not apart:
                self.joined[place] = finder.index.whole(form)
        self.starts = [known | joined for known, joined in zip(self.known, self.joined, strict=True)]

    def is_having(self, place: int) -> bool:
        """Whether "have" is the verb and no garden: "vi skal også have hjælp"."""
        if self.words[place].form != "have":
            return False
        for at in range(place - 1, max(place - _REACH_OF_HAVING - 2, -1), -1):
            if self.words[at].form in _BEFORE_HAVING:
                return self.words[at].sentence == self.words[place].sentence
            if self.words[at].form not in _BETWEEN:
                return False
        return False

    def matches(self) -> Iterator[Match]:
        for place in range(len(self.words)):
            candidates = {
                id(pattern): pattern for word in self.starts[place] for pattern in self.finder.starting[word]
            }
            for pattern in candidates.values():
                yield from self.match(pattern, place)

    def match(self, pattern: Pattern, place: int) -> Iterator[Match]:
        head = self.rows(pattern.parts[0], place)
        if not head:
            return
        places, last = head, head
        for part in pattern.parts[1:]:
            found = self.after(part, last) or (self.before(part, place) if len(pattern.parts) == 2 else ())
            if not found:
                return
            places, last = (*places, *found), found
        yield Match(pattern, tuple(sorted(places)), last, any(self.slip[at] for at in places))

    def rows(self, part: Alternatives, place: int) -> tuple[int, ...]:
        """The places of the first of these rows that begins here, or none."""
        rows = part.beginning(self.starts[place])
        return next((found for row in rows if (found := self.row(row, place))), ())

    def row(self, row: Row, place: int) -> tuple[int, ...]:
        """The places of a row of words that begins here, or none."""
        places: list[int] = []
        for word in row:
            at = places[-1] + 1 if places else place
            if places and places[-1] in self.apart:
                return ()
            if word in self.known[at]:
                places.append(at)
            elif word in self.joined[at]:
                places += [at, at + 1]
            else:
                return ()
        return tuple(places)

    def after(self, part: Alternatives, head: tuple[int, ...]) -> tuple[int, ...]:
        """The nearest row within reach behind, unless another verb has taken over."""
        start = head[-1] + 1
        coordinated = True
        for at in range(start, min(start + REACH + 1, len(self.words))):
            if self.words[at].sentence != self.words[head[0]].sentence:
                return ()
            if found := self.rows(part, at):
                return found
            is_verb = bool(self.known[at] & self.finder.verbs)
            if is_verb and not coordinated:
                return ()
            coordinated = coordinated and (is_verb or self.words[at].form in _JOINING)
        return ()

    def before(self, part: Alternatives, verb: int) -> tuple[int, ...]:
        """The nearest row in front, when a word between says that the object came first."""
        linked = self.words[verb].form.endswith("es")  # the passive: "sandet rives"
        for at in range(verb - 1, max(verb - REACH - 2, -1), -1):
            if self.words[at].sentence != self.words[verb].sentence:
                return ()
            if linked and (found := self.rows(part, at)):
                return found
            linked = linked or self.words[at].form in _LINKS
        return ()
