"""What the threshold of the main activity does: how much is answered, and how much of that is right.

A text is read once and everything it offers is kept, however unlikely; then any threshold can be held against
it. What is chosen at the threshold in use is what `read_task` reads.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from matching.reading.activities import LEAST_LIKELY, guessed_activity, likelihoods, words_of_work
from matching.reading.entries import Part
from matching.reading.hits import hits_in
from matching.reading.naming import mentions, named_activities
from matching.reading.scope import Stances
from matching.reading.text import Passage
from matching.vocabulary import Activity


class Source(StrEnum):
    """Where an answer comes from."""

    NAMED = "named"
    """By the lexicon alone."""

    JUDGED = "judged"
    """Named by the lexicon and judged by the model."""

    GUESSED = "guessed"
    """By the letters alone."""


class Offer(NamedTuple):
    """A main activity that a text offers, and how likely it is."""

    activity: Activity
    confidence: float
    source: Source


Offers = Sequence[Offer]
"""What a text offers; the first that is likely enough is the answer."""


class Point(NamedTuple):
    """A threshold: of so many texts that tell an activity, so many are answered, and so many rightly."""

    least: float
    of: int
    answered: int
    right: int


WAYS: Mapping[str, frozenset[Source]] = {
    "lexicon alone": frozenset({Source.NAMED}),
    "model alone": frozenset({Source.GUESSED}),
    "both": frozenset({Source.JUDGED, Source.GUESSED}),
}


def offers_of(text: str) -> list[Offer]:
    """Everything that a text offers: what is named, the same as it is judged, and the model's guess."""
    passage = Passage.of(text)
    stances = Stances(passage)
    hits = hits_in(passage, stances)
    meant = words_of_work(stances, hits)
    named = named_activities(mentions(passage, [hit for hit in hits if hit.entry.part is Part.ACTIVITIES]))
    guess = guessed_activity(passage, meant, least=0.0)
    return [
        *(Offer(code, found.sure, Source.NAMED) for code, found in list(named.items())[:1]),
        *(Offer(code, sure, Source.JUDGED) for code, sure in likelihoods(passage, named, meant).items()),
        *(Offer(code, found.confidence, Source.GUESSED) for code, found in guess.items()),
    ]


def by_way(offers: Offers, way: str) -> list[Offer]:
    """What is offered by the lexicon alone, by the model alone, or by both as they work together."""
    return [offer for offer in offers if offer.source in WAYS[way]]


def chosen(offers: Offers, least: float = LEAST_LIKELY) -> Offer | None:
    """The answer at a threshold; None where nothing is likely enough."""
    return next((offer for offer in offers if offer.confidence >= least), None)


def curve(texts: Sequence[Offers], wanted: Sequence[Activity | None]) -> list[Point]:
    """What each threshold that changes anything does, highest first; texts of no activity do not count."""
    asked = [(offers, code) for offers, code in zip(texts, wanted, strict=True) if code]
    levels = sorted({offer.confidence for offers, _ in asked for offer in offers}, reverse=True)
    return [point(asked, least) for least in levels]


def point(asked: Sequence[tuple[Offers, Activity]], least: float) -> Point:
    """What one threshold does."""
    given = [(answer, code) for offers, code in asked if (answer := chosen(offers, least))]
    return Point(least, len(asked), len(given), sum(answer.activity == code for answer, code in given))
