"""From matches to activities with shares: the lexicon first, then the model.

Each thing to do that the lexicon finds counts once; shares are the counts. A longer match beats a shorter one
over the same words ("feje staldgangen" is no outdoor sweeping). What stands in a clause of time or condition
("when we have finished baking") counts only where nothing else was said.

The model has a second opinion on all of it: a word of the lexicon makes its activity many times as likely as the
letters alone do. What is less likely than `LEAST_LIKELY` after that stays unknown.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from matching.orders import MAX_ACTIVITIES
from matching.reading.corpus import NOTHING
from matching.reading.findings import SharedFinding
from matching.reading.hits import Hit
from matching.reading.scope import AGAINST
from matching.reading.text import Passage
from matching.vocabulary import Activity

VAGUE_BELOW = 0.76
"""A hit less sure than this ("the market") counts only where nothing surer was said."""

LEXICON_WEIGHT = 10.0
"""A word of the lexicon, all the work and quite sure, makes its activity so many times as likely."""

LEAST_LIKELY = 0.45
"""What is less likely than this is not told, but asked."""


def read_activities(
    passage: Passage, mentioned: Sequence[Hit], meant: Sequence[int]
) -> dict[Activity, SharedFinding]:
    """Up to three activities with shares that sum to 1, the largest first; none where they stay unknown.

    `mentioned` is what the lexicon found, `meant` the places of the words that nothing speaks against.
    """
    named = named_activities(passage, mentioned)
    likely = likely_activities(passage, named, meant)
    others = 1 - sum(likely.get(code, 0.0) for code in named)
    if named and 1 - others >= LEAST_LIKELY:
        return {code: _judged(found, likely[code], others) for code, found in named.items()}
    return guessed_activity(passage, likely, meant)


def mentions(passage: Passage, hits: Sequence[Hit]) -> list[Hit]:
    """The hits that name something to do, none of them twice, in the order of the text."""
    meant = [hit for hit in hits if not hit.stance & AGAINST]
    chosen: list[Hit] = []
    taken: dict[int, set[Activity]] = defaultdict(set)
    objects: set[int] = set()
    for hit in sorted(meant, key=lambda hit: (-len(hit.match.places), -hit.confidence, hit.match.places)):
        places = set(hit.match.places)
        if objects & set(hit.match.last) or all(at in taken for at in places):
            continue
        chosen.append(hit)
        objects |= set(hit.match.last)
        for at in places:
            taken[at].add(_activity(hit))
    chosen.sort(key=lambda hit: hit.match.places)
    main = [hit for hit in chosen if not _aside(passage, hit)] or chosen
    return [hit for hit in main if hit.confidence >= VAGUE_BELOW] or main


def named_activities(passage: Passage, named: Sequence[Hit]) -> dict[Activity, SharedFinding]:
    """What the lexicon alone says: up to three activities, the most named first."""
    by_activity: dict[Activity, list[Hit]] = defaultdict(list)
    for hit in named:
        by_activity[_activity(hit)].append(hit)
    # a verb with two objects of one kind is one thing to do
    counts = {code: len({hit.match.places[0] for hit in hits}) for code, hits in by_activity.items()}
    most = sorted(counts, key=lambda code: -counts[code])[:MAX_ACTIVITIES]
    total = sum(counts[code] for code in most)
    return {
        code: SharedFinding(
            counts[code] / total,
            max(hit.confidence for hit in by_activity[code]),
            passage.evidence_of(at for hit in by_activity[code] for at in hit.match.places),
        )
        for code in most
    }


def likely_activities(
    passage: Passage, named: Mapping[Activity, SharedFinding], meant: Sequence[int]
) -> dict[str, float]:
    """How likely each activity is the work, after the letters and the words of the lexicon; empty without words."""
    words = [passage.words[at].form for at in meant]
    if not any(map(str.isalpha, words)):
        return {}
    from matching.reading.model import activity_model, weighed  # scikit-learn waits until a text is read

    factors = {
        str(code): 1 + LEXICON_WEIGHT * found.share * found.confidence for code, found in named.items()
    }
    if named:
        factors[NOTHING] = 0.0  # something is named
    return weighed(activity_model().likely(words), factors)


def guessed_activity(
    passage: Passage, likely: Mapping[str, float], meant: Sequence[int]
) -> dict[Activity, SharedFinding]:
    """The one activity that is likely enough without the lexicon, with the words that speak most for it."""
    best = max(likely, key=lambda code: likely[code], default=NOTHING)
    if best == NOTHING or likely[best] < LEAST_LIKELY:
        return {}
    from matching.reading.model import activity_model

    code = Activity(best)
    telling = activity_model().telling([passage.words[at].form for at in meant], code)
    evidence = passage.evidence_of(meant[at] for at in telling)
    return {code: SharedFinding(1.0, round(likely[best], 4), evidence)} if evidence else {}


def _judged(found: SharedFinding, likely: float, others: float) -> SharedFinding:
    """What the lexicon names, as sure as it is against everything that it does not name."""
    return SharedFinding(found.share, round(likely / (likely + others), 4), found.evidence)


def _activity(hit: Hit) -> Activity:
    return Activity(hit.entry.code)


def _aside(passage: Passage, hit: Hit) -> bool:
    return passage.words[hit.match.places[0]].clause in passage.subordinate
