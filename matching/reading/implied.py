"""What goes with work of this nature though nobody has said it: a till means customers, a kitchen hygiene.

It is a finding of its own kind. It may raise a question to the employer; it answers none, and what the text
does answer, either way, is not implied any more.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from matching.reading.findings import ImpliedFinding, SharedFinding
from matching.reading.hits import Hit
from matching.reading.scope import AGAINST
from matching.reading.text import Passage
from matching.vocabulary import Activity, Answer, Demand

BY_ACTIVITY = {
    Activity.KITCHEN: Demand.FOOD_HYGIENE,
    Activity.ANIMALS: Demand.ANIMALS_PRESENT,
    Activity.MACHINE_WORK: Demand.MACHINES,
}
"""What is hardly ever done without."""


def read_implied(
    passage: Passage,
    hits: Sequence[Hit],
    activities: Mapping[Activity, SharedFinding],
    answered: Collection[Demand],
) -> dict[Demand, ImpliedFinding]:
    """The demands that such work implies and the text leaves open, in the order of the vocabulary."""
    found = dict(_by_activity(activities)) | _by_words(passage, hits)
    return {code: found[code] for code in Demand if code in found and code not in answered}


def _by_activity(
    activities: Mapping[Activity, SharedFinding],
) -> Iterator[tuple[Demand, ImpliedFinding]]:
    for code, demand in BY_ACTIVITY.items():
        if code in activities:
            work = activities[code]
            yield demand, ImpliedFinding(Answer.YES, work.confidence, work.evidence)


def _by_words(passage: Passage, hits: Sequence[Hit]) -> dict[Demand, ImpliedFinding]:
    found: dict[Demand, ImpliedFinding] = {}
    meant = [hit for hit in hits if not hit.stance & AGAINST]
    for code in {Demand(hit.entry.code) for hit in meant}:
        telling = [hit for hit in meant if hit.entry.code == code]
        words = passage.evidence_of(at for hit in telling for at in hit.match.places)
        found[code] = ImpliedFinding(Answer.YES, max(hit.confidence for hit in telling), words)
    return found
