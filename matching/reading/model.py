"""Which activity a text is likely to tell of, judged from the letters of its words.

Runs of three to five letters inside a word, weighed by how rare they are, and a linear support vector
machine: compounds and slips of spelling share letters with words that are known (Danish titles of
occupations, cross-validated by occupation: macro-F1 .64 against .46 for stemmed words). It learns from the
corpus and from the lexicon's own words and is fitted at first use; nothing fitted is ever stored.

This module loads scikit-learn; nothing imports it before a text is read.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import cycle, islice
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from matching.reading.corpus import NOTHING, corpus
from matching.reading.entries import Part, lexicon
from matching.reading.text import fold

SHARPNESS = 4.0
"""How strongly margins tell in probabilities: the least log loss over topics that were left out."""

SHOWN = 0.6
"""The words shown as evidence make up so much of what speaks for an activity."""


class ActivityModel:
    """An estimator in scikit-learn's manner: `fit` on texts and activities, then `likely` of words."""

    def __init__(self, letters: tuple[int, int] = (3, 5), penalty: float = 1.0) -> None:
        """`letters`: the shortest and longest run of letters; `penalty`: C of the support vector machine."""
        self.letters = letters
        self.penalty = penalty

    def fit(self, texts: Sequence[str], activities: Sequence[str]) -> Self:
        """Learn from folded texts and their activities (`NOTHING` for none)."""
        self.vectorizer_ = TfidfVectorizer(
            analyzer="char_wb", ngram_range=self.letters, sublinear_tf=True, lowercase=False
        )
        letters = self.vectorizer_.fit_transform(texts)
        self.classifier_ = LinearSVC(C=self.penalty, random_state=0).fit(letters, activities)
        self.classes_ = [str(code) for code in self.classifier_.classes_]
        return self

    def likely(self, texts: Sequence[Sequence[str]]) -> list[dict[str, float]]:
        """How likely texts of folded words tell of each activity or of none; together they are 1 a text."""
        margins = self.classifier_.decision_function(
            self.vectorizer_.transform([" ".join(words) for words in texts])
        )
        odds = np.exp(SHARPNESS * (margins - margins.max(axis=1, keepdims=True)))
        shares = odds / odds.sum(axis=1, keepdims=True)
        return [dict(zip(self.classes_, row, strict=True)) for row in shares.tolist()]

    def telling(self, words: Sequence[str], activity: str) -> list[int]:
        """Which of the words speak most for an activity, by their place.

        The runs of letters lie within words, so that what a text says is the sum of what its words say.
        """
        weights = self.classifier_.coef_[self.classes_.index(activity)]
        said: NDArray[np.float64] = np.asarray(self.vectorizer_.transform(words) @ weights)
        most_first = np.argsort(-said, kind="stable")
        enough = SHOWN * said.clip(min=0).sum()
        shown = int(np.searchsorted(np.cumsum(said[most_first]), enough)) + 1
        return sorted(int(at) for at in most_first[:shown] if said[at] > 0)


@cache
def activity_model() -> ActivityModel:
    """The model of the shipped corpus and lexicon, fitted once."""
    told = [(fold(text), str(activity or NOTHING)) for text, activity, _ in corpus()]
    texts, activities = zip(*told, *lexicon_texts(), strict=True)
    return ActivityModel().fit(texts, activities)


def lexicon_texts() -> Iterator[tuple[str, str]]:
    """The lexicon as folded texts with their activity: examples, words and pairs of words."""
    for entry in lexicon().all_entries():
        if entry.part is Part.ACTIVITIES:
            parts = [
                [" ".join(row).replace("*", "").replace("=", "") for row in part.rows]
                for part in entry.pattern.parts
            ]
            longest = max(map(len, parts))
            together = zip(*(islice(cycle(part), longest) for part in parts), strict=True)
            for text in (entry.example, *map(" ".join, parts), *map(" ".join, together)):
                yield fold(text), str(entry.code)
