"""Names that misspelt words may mean, for who is looked for where no name holds the words.

For employers and centres alone, never for citizens: a slip must not lead to somebody else's page, and a name
near to one that was typed tells whoever has no business with that person that they are known here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from geo.names import LONG_ENOUGH, fold

MOST_NEAR = 3
"""So few are asked about: a long list of names that were not meant is read by nobody."""

_LETTERS_A_SLIP = 4
"""So many letters allow one that is wrong, missing, too many or in another's place (judgement)."""

_FORMS = frozenset({"aps", "ivs", "amba", "smba", "fmba"})
"""What says how a firm is owned and is often left out."""


def near(names: Iterable[tuple[str, str]], words: str) -> list[str]:
    """Ids of the few whose folded name the words are a slip of, the nearest first; `names` are id and name.

    Every word has to be near to a word of the name or to an end of it (andels|boligforeningen), and one of
    fewer than five letters to be one of its words. Words without one of five letters mean nobody.
    """
    wanted = [word for word in fold(words).split() if len(word) > 2 and word not in _FORMS]
    if not any(len(word) >= LONG_ENOUGH for word in wanted):
        return []
    holders: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in names:
        for word in one[1].split():
            holders[word].append(one)
    slips = [_fitting(holders, word) for word in wanted]
    meant = set(slips[0]).intersection(*slips[1:])
    nearest = sorted(meant, key=lambda one: (sum(fits[one] for fits in slips), len(one[1]), one))
    return [id_ for id_, _ in nearest[:MOST_NEAR]]


def _fitting(holders: Mapping[str, Sequence[tuple[str, str]]], wanted: str) -> dict[tuple[str, str], int]:
    """How many slips a wanted word is away from each of those who hold a word that it may mean."""
    found: dict[tuple[str, str], int] = {}
    for word, slips in _slips(list(holders), wanted).items():
        for one in holders[word]:
            found[one] = min(slips, found.get(one, slips))
    return found


def _slips(known: Sequence[str], wanted: str) -> dict[str, int]:
    """How many letters off each known word is that may be meant; of a longer one an end counts as well."""
    if len(wanted) < LONG_ENOUGH:
        return {wanted: 0} if wanted in known else {}
    most, length = len(wanted) // _LETTERS_A_SLIP, len(wanted)
    longer = [word for word in known if len(word) > length + 1]
    # the definite form has up to three letters more, so that an end of a compound may be so much longer
    tried = (
        ([word for word in known if abs(len(word) - length) <= most], slice(None)),
        (longer, slice(length + 1)),
        (longer, slice(-length - 1, None)),
        (longer, slice(-length - 3, None)),
    )
    found: dict[str, int] = {}
    for words, part in tried:
        slips = cdist([wanted], [word[part] for word in words], scorer=OSA.distance, score_cutoff=most)[0]
        for at in (slips <= most).nonzero()[0]:
            found[words[at]] = min(int(slips[at]), found.get(words[at], most))
    return found
