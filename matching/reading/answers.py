"""From hits to plainly stated answers on demands and supports.

Nothing is concluded: a till does not say that there are customers. Where the text says both, it is left open,
unless one statement takes more words, some of them the other's.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from matching.reading.entries import Part, Says
from matching.reading.findings import AnsweredFinding
from matching.reading.hits import Hit
from matching.reading.scope import Stance
from matching.reading.text import Passage
from matching.vocabulary import REQUIREMENTS, Answer, Demand, Support

SURE_OF_INDIRECT = 0.8
"""The confidence of a "no" that rests on a list, or on "that we do ourselves"."""

_ASKED_FOR = REQUIREMENTS | {Demand.FOOD_HYGIENE}
"""What is "an advantage" is not asked for."""

_INDIRECT = Stance.LISTED | Stance.BY_EMPLOYER


class _Statement(NamedTuple):
    hit: Hit
    answer: Answer


def read_demands(passage: Passage, hits: Sequence[Hit]) -> dict[Demand, AnsweredFinding]:
    """The demands that the text answers, in the order of the vocabulary."""
    found = ((code, _answered(passage, _about(hits, Part.DEMANDS, code))) for code in Demand)
    return {code: finding for code, finding in found if finding}


def read_supports(passage: Passage, hits: Sequence[Hit]) -> dict[Support, AnsweredFinding]:
    """The supports that the text answers, in the order of the vocabulary."""
    found = ((code, _answered(passage, _about(hits, Part.SUPPORTS, code))) for code in Support)
    return {code: finding for code, finding in found if finding}


def _about(hits: Iterable[Hit], part: Part, code: Demand | Support) -> list[_Statement]:
    about = [hit for hit in hits if hit.entry.part is part and hit.entry.code == code]
    beside = {at for hit in about if hit.entry.says is Says.NEITHER for at in hit.match.places}
    answered = ((hit, _answer(hit)) for hit in about if beside.isdisjoint(hit.match.places))
    return [_Statement(hit, answer) for hit, answer in answered if answer]


def _answer(hit: Hit) -> Answer | None:
    """What one hit says; None where it is only named, hedged or turned round twice."""
    says, required = hit.entry.says, hit.entry.code in _ASKED_FOR
    if says is not Says.NO and _denied(hit):
        return Answer.NO
    hedged = Stance.HEDGED in hit.stance or (required and Stance.WISHED in hit.stance)
    if says is Says.MATTER or hedged or Stance.DENIED in hit.stance:
        return None
    return Answer.YES if says is Says.MENTION else Answer(str(says))


def _denied(hit: Hit) -> bool:
    if hit.entry.part is Part.SUPPORTS:
        # "ingen tunge løft og fast kontaktperson" denies the first only
        return Stance.DENIED in hit.stance and Stance.LISTED not in hit.stance
    return bool(hit.stance & (Stance.DENIED | Stance.NOT_REQUIRED | Stance.BY_EMPLOYER))


def _answered(passage: Passage, statements: Sequence[_Statement]) -> AnsweredFinding | None:
    held: list[_Statement] = []
    for said in sorted(statements, key=lambda said: -len(said.hit.match.places)):
        places = set(said.hit.match.places)
        longer = (other for other in held if len(other.hit.match.places) > len(places))
        if not any(places & set(other.hit.match.places) for other in longer):
            held.append(said)
    if len({said.answer for said in held}) > 1:
        held = [said for said in held if not _mentioned(said)]
    if len({said.answer for said in held}) != 1:
        return None
    places_shown = [at for said in held for at in (*said.hit.match.places, *said.hit.cues)]
    return AnsweredFinding(held[0].answer, max(map(_confidence, held)), passage.evidence_of(places_shown))


def _mentioned(said: _Statement) -> bool:
    """ "The children's playground, no children about": to be named is not yet to be there."""
    return said.hit.entry.says is Says.MENTION and said.answer is Answer.YES


def _confidence(said: _Statement) -> float:
    turned = said.answer is Answer.NO and said.hit.entry.says is not Says.NO
    indirect = turned and bool(said.hit.stance & _INDIRECT)
    return min(said.hit.confidence, SURE_OF_INDIRECT) if indirect else said.hit.confidence
