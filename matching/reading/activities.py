"""The activities of a text: the lexicon first, then the model.

What the lexicon names is judged by the model where it stands: a word of the lexicon makes its activity as
many times more likely as its odds are ("sure 0.9" is nine times). Where the lexicon names nothing that
holds, the model guesses from the whole text. What is less likely than `LEAST_LIKELY` after that stays
unknown.
"""

from collections.abc import Collection, Mapping, Sequence

from matching.orders import MAX_ACTIVITIES
from matching.reading.corpus import NOTHING
from matching.reading.entries import Part, Says
from matching.reading.findings import SharedFinding
from matching.reading.hits import Hit
from matching.reading.naming import Named
from matching.reading.scope import Stances
from matching.reading.text import Passage
from matching.vocabulary import Activity

LEAST_LIKELY = 0.5
"""What is less likely than this is not told, but asked."""

_ELSE = frozenset({Part.SETTING, Part.DEMANDS, Part.SUPPORTS})


def read_activities(
    passage: Passage, named: Mapping[Activity, Named], meant: Sequence[int]
) -> dict[Activity, SharedFinding]:
    """Up to three activities with shares that sum to 1, the largest first; none where they stay unknown.

    `named` is what the lexicon says, `meant` the places of the words that may tell the work.
    """
    return judged_activities(passage, named, meant) or guessed_activity(passage, meant)


def words_of_work(stances: Stances, hits: Sequence[Hit]) -> list[int]:
    """The places of the words that may tell the work: not denied, and no answer to anything else."""
    work = {at for hit in hits if hit.entry.part is Part.ACTIVITIES for at in hit.match.places}
    elsewhere = [hit for hit in hits if hit.entry.part in _ELSE and hit.entry.says is not Says.MATTER]
    other = {at for hit in elsewhere for at in hit.match.places}
    return [at for at in stances.meant() if at in work or at not in other]


def judged_activities(
    passage: Passage, named: Mapping[Activity, Named], meant: Sequence[int]
) -> dict[Activity, SharedFinding]:
    """What the lexicon names, as far as it is likely where it stands, against all that it does not name."""
    likely = likelihoods(passage, named, meant)
    held = [code for code in named if likely[code] >= LEAST_LIKELY][:MAX_ACTIVITIES]
    total = sum(named[code].share for code in held)
    return {
        code: SharedFinding(named[code].share / total, likely[code], passage.evidence_of(named[code].places))
        for code in held
    }


def likelihoods(
    passage: Passage, named: Mapping[Activity, Named], meant: Sequence[int]
) -> dict[Activity, float]:
    """How likely each named activity is where it stands, against all that is not named; in their order."""
    return {code: _likely(passage, named, code, meant) for code in named}


def guessed_activity(
    passage: Passage, meant: Sequence[int], least: float = LEAST_LIKELY
) -> dict[Activity, SharedFinding]:
    """The one activity that is likely enough by the letters alone, with the words that speak most for it.

    `least` is how likely it has to be: the usual, or another to see what that one does.
    """
    words = [passage.words[at].form for at in meant]
    if not any(map(str.isalpha, words)):
        return {}
    from matching.reading.model import activity_model  # scikit-learn waits until a text is read

    likely = activity_model().likely(words)
    best = max(likely, key=lambda code: likely[code])
    telling = activity_model().telling(words, best)
    if best == NOTHING or likely[best] < least or not telling:
        return {}
    evidence = passage.evidence_of(meant[at] for at in telling)
    return {Activity(best): SharedFinding(1.0, round(likely[best], 4), evidence)}


def odds(confidence: float) -> float:
    """How many times as likely as not."""
    return confidence / (1 - confidence)


def _likely(passage: Passage, named: Mapping[Activity, Named], code: Activity, meant: Sequence[int]) -> float:
    from matching.reading.model import activity_model, weighed

    around = meant if len(named) == 1 else _where_it_stands(passage, named[code].places, meant)
    factors = {str(other): 1 + found.share * odds(found.sure) for other, found in named.items()}
    factors[NOTHING] = 0.0  # something is named
    likely = weighed(activity_model().likely([passage.words[at].form for at in around]), factors)
    others = sum(share for other, share in likely.items() if other not in named)
    return round(likely[code] / (likely[code] + others), 4)


def _where_it_stands(passage: Passage, places: Collection[int], meant: Sequence[int]) -> list[int]:
    """The words of the clauses that name an activity."""
    clauses = {passage.words[at].clause for at in places}
    return [at for at in meant if passage.words[at].clause in clauses]
