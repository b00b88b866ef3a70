"""The way the lexicon writes what to look for, and finding it in a passage.

    feje|spule + gårdsplads|fortov    a verb and, within reach, its object: "feje den store gårdsplads"
    gøre rent                         words in a row
    skolebørn                         the word with its usual endings
    =kassen                           this form only
    *gård   legeplads*   *brænde*     compounds that end in, begin with or hold the word

An object may also come first when something says so: "gårdspladsen skal fejes".
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from matching.reading.inflection import forms
from matching.reading.text import Passage, fold

REACH = 5
"""So many words may stand between the parts of a pattern."""

SLIP_LENGTH = 7
"""Shorter words are not taken for slips of others: too many are words of their own."""

_LINKS = frozenset("skal skulle traenger blive bliver have vil kan maa der som vi faa faar er".split())
_JOINING = frozenset({"og", "eller", "samt"})
_LONGEST_WORD = 60


class Match(NamedTuple):
    """A pattern found: the places of its words, those of its last part, and whether a slip was forgiven."""

    pattern: "Pattern"
    places: tuple[int, ...]
    last: tuple[int, ...]
    slip: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """One thing to look for: parts, each a row of words, each word a set of alternatives."""

    written: str
    parts: tuple[tuple[frozenset[str], ...], ...]

    @classmethod
    def parse(cls, written: str) -> "Pattern":
        """Read a pattern as the lexicon writes it."""
        parts = (
            tuple(frozenset(alternatives.split("|")) for alternatives in part.split())
            for part in written.split(" + ")
        )
        return cls(written, tuple(parts))


@dataclass
class WordIndex:
    """Which written words ("hæk", "*brænde*") a folded word of a text stands for."""

    exact: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    beginnings: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    ends: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    middles: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    spellings: dict[tuple[str, int], list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, written_words: Iterable[str]) -> "WordIndex":
        """Index every form of every written word."""
        index = cls()
        for written in set(written_words):
            index._add(written)
        for form in sorted({*index.exact, *index.ends}):
            if len(form) >= SLIP_LENGTH:
                index.spellings[form[0], len(form)].append(form)
        return index

    def _add(self, written: str) -> None:
        word = written.strip("*=")
        if written.startswith("="):
            self.exact[fold(word)].add(written)
        elif written.startswith("*") and written.endswith("*"):
            self.middles[fold(word)].add(written)
        elif written.endswith("*"):
            self.beginnings[fold(word)].add(written)
        else:
            table = self.ends if written.startswith("*") else self.exact
            for form in forms(word):
                table[fold(form)].add(written)

    def stands_for(self, form: str) -> frozenset[str]:
        """The written words that a folded word is a form or a compound of."""
        form = form[:_LONGEST_WORD]
        found = set(self.exact.get(form, ()))
        for cut in range(len(form)):
            found |= self.ends.get(form[cut:], set())
            found |= self.beginnings.get(form[: cut + 1], set())
            for end in range(cut + 3, len(form) + 1):
                found |= self.middles.get(form[cut:end], set())
        return frozenset(found)

    def nearest_spelling(self, form: str) -> str | None:
        """The one known spelling a single slip away; None for short words and when two are as near."""
        if not SLIP_LENGTH <= len(form) <= _LONGEST_WORD or not form.isalpha():
            return None
        lengths = range(len(form) - 1, len(form) + 2)
        candidates = (known for length in lengths for known in self.spellings.get((form[0], length), ()))
        near = [known for known in candidates if OSA.distance(form, known, score_cutoff=1) <= 1]
        readings = {self.stands_for(known) for known in near}
        return near[0] if len(readings) == 1 else None


class Finder:
    """Finds all of a set of patterns in one walk over a passage."""

    def __init__(self, patterns: Iterable[Pattern], verbs_of: Iterable[Pattern] = ()) -> None:
        """`verbs_of` are patterns whose first word, when another verb follows it, has lost its object."""
        self.patterns = list(patterns)
        words = {word for pattern in self.patterns for part in pattern.parts for row in part for word in row}
        self.index = WordIndex.of(words)
        self.starting: dict[str, list[Pattern]] = defaultdict(list)
        for pattern in self.patterns:
            for word in pattern.parts[0][0]:
                self.starting[word].append(pattern)
        self.verbs = {word for pattern in verbs_of if len(pattern.parts) > 1 for word in pattern.parts[0][0]}
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
        self.finder, self.words = finder, passage.words
        read = [finder.reading(word.form) for word in passage.words]
        self.known = [found for found, _ in read]
        self.slip = [slip for _, slip in read]
        # "have arbejde": a compound written apart still is one word
        self.joined: list[frozenset[str]] = [frozenset()] * len(self.words)
        for place in range(len(self.words) - 1):
            form = self.words[place].form + self.words[place + 1].form
            if len(form) > SLIP_LENGTH and passage.neighbours(place):
                self.joined[place] = frozenset(finder.index.exact.get(form, ()))

    def matches(self) -> Iterator[Match]:
        for place in range(len(self.words)):
            starts = self.known[place] | self.joined[place]
            candidates = {id(pattern): pattern for word in starts for pattern in self.finder.starting[word]}
            for pattern in candidates.values():
                yield from self.match(pattern, place)

    def match(self, pattern: Pattern, place: int) -> Iterator[Match]:
        head = self.row(pattern.parts[0], place)
        if not head:
            return
        places, last = head, head
        for part in pattern.parts[1:]:
            found = self.after(part, last) or (len(pattern.parts) == 2 and self.before(part, place)) or None
            if not found:
                return
            places, last = (*places, *found), found
        yield Match(pattern, tuple(sorted(places)), last, any(self.slip[at] for at in places))

    def row(self, part: tuple[frozenset[str], ...], place: int) -> tuple[int, ...]:
        """The places of a row of words that begins here, or none."""
        places: list[int] = []
        for alternatives in part:
            at = place if not places else places[-1] + 1
            if at >= len(self.words) or self.words[at].sentence != self.words[place].sentence:
                return ()
            if self.known[at] & alternatives:
                places.append(at)
            elif self.joined[at] & alternatives:
                places += [at, at + 1]
            else:
                return ()
        return tuple(places)

    def after(self, part: tuple[frozenset[str], ...], head: tuple[int, ...]) -> tuple[int, ...]:
        """The nearest row within reach behind, unless another verb has taken over."""
        start = head[-1] + 1
        coordinated = True
        for at in range(start, min(start + REACH + 1, len(self.words))):
            if found := self.row(part, at):
                return found
            is_verb = bool(self.known[at] & self.finder.verbs)
            if is_verb and not coordinated:
                return ()
            coordinated = coordinated and (is_verb or self.words[at].form in _JOINING)
        return ()

    def before(self, part: tuple[frozenset[str], ...], verb: int) -> tuple[int, ...]:
        """The nearest row in front, when a word between says that the object came first."""
        linked = False
        for at in range(verb - 1, max(verb - REACH - 2, -1), -1):
            if linked and (found := self.row(part, at)):
                return found
            linked = linked or self.words[at].form in _LINKS
        return ()
