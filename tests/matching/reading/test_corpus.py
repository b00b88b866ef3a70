"""The sentences that the model learns from: many, varied, every activity; and what is learnt from them."""

import re
import subprocess
import sys
from collections import Counter, defaultdict
from itertools import combinations

import numpy as np
import pytest

from matching.reading import read_task
from matching.reading.activities import weighed
from matching.reading.corpus import NOTHING, corpus
from matching.reading.model import ActivityModel, activity_model
from matching.reading.text import Passage, fold
from matching.vocabulary import Activity
from tests.evaluate.told import to_steer_by, works

TEXTS = [sentence.text for sentence in corpus()]
WORDS = [tuple(word.form for word in Passage.of(text).words) for text in TEXTS]
OF_A_PATTERN = 3
"""So many sentences at most may be made alike."""


def alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether all but one word are the same, in the same places."""
    return len(one) == len(other) > 2 and sum(a != b for a, b in zip(one, other, strict=True)) <= 1


def test_there_are_a_thousand_sentences_and_no_two_are_the_same() -> None:
    said = [" ".join(words) for words in WORDS]
    assert len(said) >= 1000
    assert [text for text, count in Counter(said).items() if count > 1] == []


@pytest.mark.parametrize("activity", [*Activity, None])
def test_every_activity_and_nothing_have_forty_sentences_in_at_least_four_topics(
    activity: Activity | None,
) -> None:
    told = [sentence for sentence in corpus() if sentence.activity is activity]
    assert len(told) >= 40
    assert len({sentence.topic for sentence in told}) >= 4


def test_no_more_than_three_sentences_are_of_one_pattern() -> None:
    by_length = defaultdict(list)
    for words in WORDS:
        by_length[len(words)].append(words)
    near: Counter[tuple[str, ...]] = Counter()
    for group in by_length.values():
        for one, other in combinations(group, 2):
            if alike(one, other):
                near.update((one, other))
    assert [words for words, count in near.items() if count >= OF_A_PATTERN] == []


def test_no_more_than_three_sentences_begin_with_the_same_three_words() -> None:
    beginnings = Counter(words[:3] for words in WORDS if len(words) > 3)
    assert [words for words, count in beginnings.items() if count > OF_A_PATTERN] == []


def test_sentences_of_one_register_alone_would_not_do() -> None:
    small = sum(text[0].islower() for text in TEXTS)
    long = sum(len(words) >= 9 for words in WORDS)
    asked = sum(
        "?" in text or re.match(r"(?i)(kan|hej|ring|opgave|ja)\b", text) is not None for text in TEXTS
    )
    assert small >= 40
    assert long >= 200
    assert asked >= 40


def test_nothing_of_the_texts_that_are_steered_by_is_learnt() -> None:
    steered = {fold(text) for text, _ in (*to_steer_by(), *works())}
    assert not steered & {fold(text) for text in TEXTS}


def test_the_model_is_an_estimator_that_learns_the_same_twice() -> None:
    told = [
        ("luge bede", "green"),
        ("luge haven", "green"),
        ("vaske gulv", "cleaning"),
        ("fodre høns", "animals"),
    ]
    texts, wanted = zip(*told, strict=True)
    one, other = (ActivityModel(penalty=1.0).fit(texts, wanted) for _ in range(2))
    assert one.likely([["luge"]]) == other.likely([["luge"]])
    assert max(one.likely([["luge"]])[0].items(), key=lambda pair: pair[1])[0] == "green"
    assert one.telling(["fodre", "og", "luge"], "green") == [2]


def test_likelihoods_are_one_together_over_all_activities_and_nothing() -> None:
    likely = activity_model().likely([["luge", "bede"]])[0]
    assert set(likely) == {*map(str, Activity), NOTHING}
    assert np.isclose(sum(likely.values()), 1.0)


def test_what_is_weighed_is_one_together_and_what_is_ruled_out_is_none() -> None:
    told = weighed({"green": 0.2, "cleaning": 0.3, NOTHING: 0.5}, {"green": 3.0, NOTHING: 0.0})
    assert np.isclose(told["green"], 2 / 3)
    assert told[NOTHING] == 0.0


@pytest.mark.parametrize(
    ("told", "activity"),
    [
        ("Skvalderkål og mælkebøtter overalt", "green"),
        ("Klude til karkludene skal hækles", "laundry_textiles"),
        ("Der ligger en bunke pap og flamingo", "recycling"),
    ],
)
def test_what_the_lexicon_does_not_know_is_guessed_with_the_words_that_tell(told: str, activity: str) -> None:
    reading = read_task(told)
    assert reading.main_activity == activity
    finding = reading.activities[Activity(activity)]
    assert 0.5 <= finding.confidence <= 1
    assert finding.evidence


@pytest.mark.parametrize(
    "told", ["Kan I ringe i morgen", "Vi mangler en hånd", "Zxqv wrtpk", "Det er fredag"]
)
def test_what_names_no_work_is_not_guessed(told: str) -> None:
    assert read_task(told).activities == {}


def test_importing_matching_loads_no_model() -> None:
    said = (
        "import sys, matching; sys.exit('sklearn' in sys.modules or 'matching.reading.model' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", said], check=False).returncode == 0
