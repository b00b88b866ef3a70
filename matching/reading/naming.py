"""What the lexicon alone names as the work: matches to activities with shares.

Each thing to do that is named counts once; shares are the counts. A longer match beats a shorter one over the
same words ("feje staldgangen" is no outdoor sweeping). What stands in a clause of time or condition ("when we
have finished baking") counts only where nothing else was said.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from matching.reading.hits import Hit
from matching.reading.scope import AGAINST, INTRODUCED_UNTIL, INTRODUCTIONS, MOSTLY
from matching.reading.text import Passage
from matching.vocabulary import Activity

VAGUE_BELOW = 0.76
"""A hit less sure than this ("the market") counts only where nothing surer was said."""

_NAMES_FOLLOW = {("det", "er"), ("du", "snakker")}
"""In front of a name they say who is calling: "det er Mette fra brugsen"."""

_GREETED = 2
"""So many words may stand in front of an introduction: "hej"."""


class Named(NamedTuple):
    """An activity that the lexicon names: its share of what is named, how sure, and by which words."""

    share: float
    sure: float
    places: frozenset[int]
    mostly: bool = False
    """Said to be most of the work."""


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
    employer = introduced(passage)
    main = [hit for hit in chosen if not _aside(passage, hit, employer)] or chosen
    return [hit for hit in main if hit.confidence >= VAGUE_BELOW] or main


def named_activities(passage: Passage, mentioned: Sequence[Hit]) -> dict[Activity, Named]:
    """The activities that are named, the most named first."""
    by_activity: dict[Activity, list[Hit]] = defaultdict(list)
    for hit in mentioned:
        by_activity[_activity(hit)].append(hit)
    # a verb with two objects of one kind is one thing to do
    counts = {code: len({hit.match.places[0] for hit in hits}) for code, hits in by_activity.items()}
    total = sum(counts.values())
    most_first = sorted(counts, key=lambda code: -counts[code])
    return {code: _named(passage, by_activity[code], counts[code] / total) for code in most_first}


def _named(passage: Passage, hits: Sequence[Hit], share: float) -> Named:
    places = frozenset(at for hit in hits for at in hit.match.places)
    mostly = any(passage.words[at].clause in _clauses_of_most(passage) for at in places)
    return Named(share, max(hit.confidence for hit in hits), places, mostly)


def _clauses_of_most(passage: Passage) -> set[int]:
    return {word.clause for word in passage.words if word.form in MOSTLY}


def _activity(hit: Hit) -> Activity:
    return Activity(hit.entry.code)


def introduced(passage: Passage) -> frozenset[int]:
    """Where an employer tells who they are: the places of "vi driver et vaskeri" before "og mangler"."""
    found: set[int] = set()
    begins, clause = 0, -1
    for place, word in enumerate(passage.words):
        if word.clause != clause:
            begins, clause = place, word.clause
        if place - begins <= _GREETED and _introduces(passage, place):
            found |= set(_until_the_work(passage, place))
    return frozenset(found)


def _introduces(passage: Passage, place: int) -> bool:
    forms = tuple(word.form for word in passage.words[place : place + 4])
    named = place + 2 in passage.names and forms[:2] in _NAMES_FOLLOW
    return named or any(forms[: len(row)] == row for row in INTRODUCTIONS)


def _until_the_work(passage: Passage, place: int) -> Iterator[int]:
    for at in range(place, len(passage.words)):
        word = passage.words[at]
        if word.clause != passage.words[place].clause or word.form in INTRODUCED_UNTIL:
            return
        yield at


def _aside(passage: Passage, hit: Hit, employer: frozenset[int]) -> bool:
    """In a clause of time or condition, or where the employer tells who they are."""
    first = hit.match.places[0]
    return passage.words[first].clause in passage.subordinate or first in employer
