"""From a word of a text to the written words of the lexicon that it is a form, a compound or a slip of."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from matching.reading.inflection import forms
from matching.reading.text import fold

SLIP_LENGTH = 7
"""Shorter words are not taken for slips of others: too many are words of their own."""

_LONGEST_WORD = 60


@dataclass
class WordIndex:
    """Which written words ("hæk", "*brænde*") a folded word of a text stands for."""

    exact: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    beginnings: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    ends: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    last_parts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
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
        word = written.strip("*=-")
        if written.startswith("="):
            self.exact[fold(word)].add(written)
        elif written.startswith("*") and written.endswith("*"):
            self.middles[fold(word)].add(written)
        elif written.endswith("*"):
            self.beginnings[fold(word)].add(written)
        else:
            tables = {"*": self.ends, "-": self.last_parts}
            table = tables.get(written[0], self.exact)
            for form in forms(word):
                table[fold(form)].add(written)

    def stands_for(self, form: str) -> frozenset[str]:
        """The written words that a folded word is a form or a compound of."""
        form = form[:_LONGEST_WORD]
        found = set(self.exact.get(form, ()))
        for cut in range(len(form)):
            found |= self.ends.get(form[cut:], set())
            found |= self.last_parts.get(form[cut:], set()) if cut else set()
            found |= self.beginnings.get(form[: cut + 1], set())
            for end in range(cut + 3, len(form) + 1):
                found |= self.middles.get(form[cut:end], set())
        return frozenset(found)

    def whole(self, form: str) -> frozenset[str]:
        """The written words that a folded word is a form of; compounds of them do not count."""
        return frozenset(self.exact.get(form, set()) | self.ends.get(form, set()))

    def nearest_spelling(self, form: str) -> str | None:
        """The one known spelling a single slip away; None for short words and when two are as near."""
        if not SLIP_LENGTH <= len(form) <= _LONGEST_WORD or not form.isalpha():
            return None
        lengths = range(len(form) - 1, len(form) + 2)
        candidates = (known for length in lengths for known in self.spellings.get((form[0], length), ()))
        near = [known for known in candidates if _is_slip(form, known)]
        readings = {self.stands_for(known) for known in near}
        return near[0] if len(readings) == 1 else None


def _is_slip(form: str, known: str) -> bool:
    """A letter too many or too few, two swapped, or a wrong vowel; another consonant makes another word."""
    if OSA.distance(form, known, score_cutoff=1) != 1:
        return False
    changed = [pair for pair in zip(form, known, strict=False) if pair[0] != pair[1]]
    return len(form) != len(known) or len(changed) == 2 or set(changed[0]) <= set("aeiouy")
