"""How much the model, the lexicon and the first thing named should weigh: fitted on topics left out.

The sentences of the corpus are read alone, and joined with sentences that tell of nothing or of other work,
by a model that was not taught their topics. `python -m tests.evaluate.joining` prints the factors of the
least log loss beside those that `matching.reading.activities` ships; it takes a minute.
"""

import random
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from scipy.optimize import minimize
from sklearn.model_selection import GroupKFold

from matching.reading import activities
from matching.reading.activities import LATER, NAMED, NAMED_FIRST, THOUGH_NAMED, odds, words_of_work
from matching.reading.corpus import NOTHING, corpus
from matching.reading.entries import Part
from matching.reading.hits import hits_in
from matching.reading.model import ActivityModel, lexicon_texts
from matching.reading.naming import mentions, named_activities
from matching.reading.scope import Stances
from matching.reading.text import Passage, fold
from tests.evaluate.learning import FOLDS

Rows = NDArray[np.float64]


def joined_texts(left: Sequence[int], chance: random.Random) -> Iterator[tuple[str, str]]:
    """The sentences alone, then after or before another; what is told first is what the text is about."""
    told = corpus()
    nothing = [sentence.text for sentence in told if sentence.activity is None]
    for at in left:
        yield told[at].text, str(told[at].activity or NOTHING)
    for text, activity in [(told[at].text, told[at].activity) for at in left if told[at].activity]:
        aside, other = chance.choice(nothing).rstrip("."), told[chance.choice(left)].text
        ways = (f"{aside}. {text}", f"{text.rstrip('.')}. {aside}", f"{text.rstrip('.')}. {other}")
        yield chance.choice(ways), str(activity)


def features(text: str, model: ActivityModel) -> Rows:
    """A row per class: what the sentences tell, the lexicon's odds, named first, and nothing though named."""
    passage = Passage.of(text)
    stances = Stances(passage)
    hits = hits_in(passage, stances)
    named = named_activities(passage, mentions(passage, [h for h in hits if h.entry.part is Part.ACTIVITIES]))
    by_sentence: dict[int, list[str]] = {}
    for at in words_of_work(stances, hits):
        by_sentence.setdefault(passage.words[at].sentence, []).append(passage.words[at].form)
    likely = activities._joined(model.likely(list(by_sentence.values()) or [[]]))
    rows = np.zeros((len(model.classes_), 4))
    first = next(iter(named), None)
    for row, code in zip(rows, model.classes_, strict=True):
        found = next((value for key, value in named.items() if key == code), None)
        row[:] = np.log(likely[code]), np.log(odds(found.sure)) if found else 0, code == first, 0
        row[3] = code == NOTHING and bool(named)
    return rows


def gather() -> tuple[Rows, NDArray[np.int_]]:
    """Features and classes of all joined texts, each by a model that does not know its topic."""
    told, chance = corpus(), random.Random(0)
    texts, wanted = [fold(s.text) for s in told], [str(s.activity or NOTHING) for s in told]
    more, more_wanted = zip(*lexicon_texts(), strict=True)
    rows: list[Rows] = []
    classes: list[int] = []
    for taught, left in GroupKFold(FOLDS, shuffle=True, random_state=0).split(
        texts, groups=[s.topic for s in told]
    ):
        model = ActivityModel().fit(
            [*(texts[at] for at in taught), *more], [*(wanted[at] for at in taught), *more_wanted]
        )
        for text, activity in joined_texts(left.tolist(), chance):
            rows.append(features(text, model))
            classes.append(model.classes_.index(activity))
    return np.array(rows), np.array(classes)


def log_loss(weights: Rows, rows: Rows, classes: NDArray[np.int_]) -> float:
    """The mean log loss of weighed features."""
    scores = rows @ weights
    scores -= scores.max(axis=1, keepdims=True)
    right = scores[np.arange(len(classes)), classes]
    return float((np.log(np.exp(scores).sum(axis=1)) - right).mean())


def main() -> None:
    """Fit and print."""
    rows, classes = gather()
    shipped = np.array([1.0, NAMED, np.log(NAMED_FIRST), np.log(THOUGH_NAMED)])
    fitted: Any = minimize(log_loss, shipped, (rows, classes))
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"{len(classes)} texts, a later sentence has {LATER} to say")
    for name, weights in (("shipped", shipped), ("fitted", fitted.x)):
        said = f"model {weights[0]:.2f}, named {weights[1]:.2f}, first {np.exp(weights[2]):.2f}"
        loss = f"though named {np.exp(weights[3]):.3f}; loss {log_loss(weights, rows, classes):.3f}"
        console.print(f"{name}: {said}, {loss}")


if __name__ == "__main__":
    main()
