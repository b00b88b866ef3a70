"""Entries of the lexicon found in a passage, with how their words are meant."""

from collections.abc import Iterable
from dataclasses import dataclass

from matching.reading.entries import Entry, Says, lexicon
from matching.reading.patterns import Match
from matching.reading.scope import DENIALS, NOBODY, Stance, Stances
from matching.reading.text import Passage

AFTER_A_SLIP = 0.85
"""What is left of the confidence when a slip of spelling was forgiven."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found: its words, how they are meant, and the words that turn them ("ikke", "selv")."""

    entry: Entry
    match: Match
    stance: Stance
    cues: frozenset[int]

    @property
    def confidence(self) -> float:
        """The entry's own, less for a slip."""
        return round(self.entry.sure * (AFTER_A_SLIP if self.match.slip else 1.0), 4)


def _is_out_of_reach(passage: Passage, stances: Stances, denial: int, places: Iterable[int]) -> bool:
    """Whether all that was meant stands behind a comma: "ingen alkohol, kontaktperson er Bente"."""
    meant = [at for at in places if passage.words[at].form not in DENIALS | NOBODY]
    return bool(meant) and all(
        _are_parted(passage, denial, at) and denial not in stances.cues([at]) for at in meant
    )


def _are_parted(passage: Passage, one: int, other: int) -> bool:
    between = range(one, other)
    return any(at in passage.apart or passage.words[at].form == "men" for at in between)


def hits_in(passage: Passage, stances: Stances) -> list[Hit]:
    """Every entry that is found in the passage, overlapping ones too, in the order of the text."""
    words = lexicon()
    found = []
    for match in words.finder.find(passage):
        # a pattern that holds a denial of its own says what it says: "ikke bange for + hund"
        own = {at for at in match.places if passage.words[at].form in DENIALS}
        if any(_is_out_of_reach(passage, stances, denial, match.places) for denial in own):
            continue
        stance = stances.of(match.places)
        if own:
            stance = Stance.HEDGED if Stance.NEARLY in stance else Stance.PLAIN
        cues = frozenset() if own else stances.cues(match.places)
        found += [
            Hit(entry, match, stance, cues)
            for entry in words.entries[match.pattern]
            if entry.says is not Says.NO or own.isdisjoint(stances.idle)
        ]
    return found
