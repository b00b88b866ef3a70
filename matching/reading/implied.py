"""What goes with work of this nature though nobody has said it: a till means customers and cash.

It is a finding of its own kind. It may raise a question to the employer; it answers none, and what the text
does answer, either way, is not implied any more.
"""

from collections.abc import Collection, Sequence

from matching.reading.findings import ImpliedFinding
from matching.reading.hits import Hit
from matching.reading.scope import AGAINST
from matching.reading.text import Passage
from matching.vocabulary import Answer, Demand


def read_implied(
    passage: Passage, hits: Sequence[Hit], answered: Collection[Demand]
) -> dict[Demand, ImpliedFinding]:
    """The demands that such work implies and the text leaves open, in the order of the vocabulary."""
    meant = [hit for hit in hits if not hit.stance & AGAINST]
    found: dict[Demand, ImpliedFinding] = {}
    for code in Demand:
        telling = [hit for hit in meant if hit.entry.code == code]
        if telling and code not in answered:
            words = passage.evidence_of(at for hit in telling for at in hit.match.places)
            found[code] = ImpliedFinding(Answer.YES, max(hit.confidence for hit in telling), words)
    return found
