"""The activities of a text: what the model makes of each sentence, made likelier by what the lexicon names.

Each sentence has a say as far as it seems to tell of work at all, and of one kind of work before others; a
later one has half of what the one before had: employers begin with what they want, after a word on who they
are. What the lexicon names, and names first, is so many times likelier.
The factors began as those of the least log loss over sentences of left-out topics (`python -m
tests.evaluate.joining`); whole texts ask for somewhat more weight on what is named, and are given it.
What is less likely than `LEAST_LIKELY` stays unknown.
"""

from collections.abc import Mapping, Sequence

from matching.orders import MAX_ACTIVITIES
from matching.reading.corpus import NOTHING
from matching.reading.entries import Part
from matching.reading.findings import SharedFinding
from matching.reading.hits import Hit
from matching.reading.naming import Named, introduced
from matching.reading.scope import BESIDE_THE_POINT, Stances
from matching.reading.text import Passage
from matching.vocabulary import Activity

LEAST_LIKELY = 0.5
"""What is less likely than this is not told, but asked."""

LATER = 0.5
"""How much less a sentence has to say than the one before."""

DECIDED = 2
"""The likeliest activity of a sentence to this power is how much more it has to say."""

NAMED = 0.5
"""What is named is as many times likelier as the lexicon's odds for it, to this power."""

NAMED_FIRST = 4.0
"""What is named first, or said to be most of it, is so many times likelier again."""

THOUGH_NAMED = 0.05
"""That no work is told is so many times as likely where the lexicon names some."""


def read_activities(
    passage: Passage, named: Mapping[Activity, Named], meant: Sequence[int]
) -> dict[Activity, SharedFinding]:
    """Up to three activities with shares that sum to 1, the main one first; none where it stays unknown.

    `named` is what the lexicon says, `meant` the places of the words that may tell the work.
    """
    by_sentence = _by_sentence(passage, meant)
    told = _main(by_sentence, named)
    if told is None or told[1] < LEAST_LIKELY:
        return {}
    held = dict([told])
    for code in named:
        if code not in held:
            sure = _where_it_stands(passage, named, code, by_sentence)
            held |= {code: sure} if sure >= LEAST_LIKELY else {}
    return _shared(passage, named, dict(list(held.items())[:MAX_ACTIVITIES]), meant)


def main_activity(
    passage: Passage, named: Mapping[Activity, Named], meant: Sequence[int]
) -> tuple[Activity, float] | None:
    """The activity that is likeliest to be the main one, and how likely; None where none is told."""
    return _main(_by_sentence(passage, meant), named)


def words_of_work(stances: Stances, hits: Sequence[Hit]) -> list[int]:
    """The places of the words that may tell the work: not denied, nor only where it is or who wants it.

    Where work is named, words of asking and of time are left out: however long a call, it is about that work.
    """
    work = {at for hit in hits if hit.entry.part is Part.ACTIVITIES for at in hit.match.places}
    other = {at for hit in hits if hit.entry.part is Part.SETTING for at in hit.match.places}
    words = stances.passage.words
    telling = [at for at in stances.meant() if at in work or at not in other]
    employer = introduced(stances.passage)
    at_work = [at for at in telling if at not in employer] or telling
    named = {words[at].sentence for at in work}  # elsewhere those words speak for there being no work
    return [
        at
        for at in at_work
        if at in work or words[at].sentence not in named or words[at].form not in BESIDE_THE_POINT
    ]


def weighed(likely: Mapping[str, float], factors: Mapping[str, float]) -> dict[str, float]:
    """The likelihoods with some of them made so many times greater; together they are 1 again."""
    raised = {code: share * factors.get(code, 1.0) for code, share in likely.items()}
    total = sum(raised.values())
    return {code: share / total for code, share in raised.items()}


def odds(confidence: float) -> float:
    """How many times as likely as not."""
    return confidence / (1 - confidence)


def _main(
    by_sentence: Mapping[int, Mapping[str, float]], named: Mapping[Activity, Named]
) -> tuple[Activity, float] | None:
    if not by_sentence:
        return None
    likely = weighed(_joined(list(by_sentence.values())), _factors(named))
    best = max(likely, key=lambda code: likely[code])
    # of several that are named, the likeliest is answered when they are likely enough together
    together = sum(likely[code] for code in named) if best in named else 0.0
    sure = max(likely[best], min(together, LEAST_LIKELY))
    return None if best == NOTHING else (Activity(best), round(sure, 4))


def _by_sentence(passage: Passage, meant: Sequence[int]) -> dict[int, dict[str, float]]:
    """What the model makes of each sentence that has words."""
    from matching.reading.model import activity_model  # scikit-learn waits until a text is read

    words: dict[int, list[str]] = {}
    for at in meant:
        words.setdefault(passage.words[at].sentence, []).append(passage.words[at].form)
    told = {sentence: forms for sentence, forms in words.items() if any(map(str.isalpha, forms))}
    return dict(zip(told, activity_model().likely(list(told.values())), strict=True)) if told else {}


def _joined(sentences: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """One likelihood of all sentences, each with as much to say as it tells of work, and of one kind."""
    says = [_says(likely) * LATER**number for number, likely in enumerate(sentences)]
    together = {
        code: sum(w * likely[code] for w, likely in zip(says, sentences, strict=True))
        for code in sentences[0]
    }
    return {code: value / (sum(says) or 1.0) + 1e-3 for code, value in together.items()}


def _says(likely: Mapping[str, float]) -> float:
    most: float = max(share for code, share in likely.items() if code != NOTHING)
    return (1 - likely[NOTHING]) * most**DECIDED


def _factors(named: Mapping[Activity, Named]) -> dict[str, float]:
    if not named:
        return {}
    factors = {str(code): odds(found.sure) ** NAMED for code, found in named.items()}
    first = max(named, key=lambda code: named[code].mostly)  # the most named, or the first of equals
    factors[str(first)] *= NAMED_FIRST
    return factors | {NOTHING: THOUGH_NAMED}


def _where_it_stands(
    passage: Passage,
    named: Mapping[Activity, Named],
    code: Activity,
    by_sentence: Mapping[int, Mapping[str, float]],
) -> float:
    """How likely an activity is in the sentence that names it, against all that is not named."""
    sentence = passage.words[min(named[code].places)].sentence
    factors = {str(other): 1 + found.share * odds(found.sure) for other, found in named.items()} | {
        NOTHING: 0.0
    }
    likely = weighed(by_sentence.get(sentence, next(iter(by_sentence.values()))), factors)
    others = sum(share for other, share in likely.items() if other not in named)
    return likely[code] / (likely[code] + others)


def _shared(
    passage: Passage, named: Mapping[Activity, Named], held: Mapping[Activity, float], meant: Sequence[int]
) -> dict[Activity, SharedFinding]:
    """Shares by what is named; the main activity, which comes first, has no less than another."""
    shares = {code: named[code].share if code in named else 0.0 for code in held}
    main = next(iter(held))
    shares[main] = max(shares.values()) or 1.0
    total = sum(shares.values())
    order = sorted(held, key=lambda code: (code is not main, -shares[code]))
    return {
        code: SharedFinding(
            shares[code] / total,
            round(held[code], 4),
            passage.evidence_of(_places(passage, named, code, meant)),
        )
        for code in order
    }


def _places(
    passage: Passage, named: Mapping[Activity, Named], code: Activity, meant: Sequence[int]
) -> list[int]:
    """The words that name an activity, else those whose letters speak most for it."""
    if code in named:
        return sorted(named[code].places)
    from matching.reading.model import activity_model

    telling = activity_model().telling([passage.words[at].form for at in meant], code)
    return [meant[at] for at in telling]
