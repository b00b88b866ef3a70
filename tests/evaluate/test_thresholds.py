"""A threshold held against what texts offer: the answer in use, and what more or less caution would do."""

import pytest

from matching.reading.activities import LEAST_LIKELY
from matching.vocabulary import Activity
from tests.evaluate.readings import by_both, by_lexicon, by_model
from tests.evaluate.thresholds import Offer, Source, by_way, chosen, curve, offers_of
from tests.evaluate.told import to_steer_by

GREEN = Offer(Activity.GREEN, 0.9, Source.JUDGED)
OFFICE = Offer(Activity.OFFICE, 0.4, Source.JUDGED)
GUESS = Offer(Activity.SHOP, 0.7, Source.GUESSED)


@pytest.fixture(scope="module")
def offered() -> dict[str, list[Offer]]:
    return {text: offers_of(text) for text, _ in to_steer_by()}


@pytest.mark.parametrize(
    ("way", "read", "least"),
    [("lexicon alone", by_lexicon, 0.0), ("model alone", by_model, None), ("both", by_both, None)],
    ids=["lexicon", "model", "both"],
)
def test_at_the_threshold_in_use_the_answer_is_the_one_that_is_read(way, read, least, offered) -> None:
    for text, offers in offered.items():
        answer = chosen(by_way(offers, way), LEAST_LIKELY if least is None else least)
        assert (answer and answer[:2]) == read(text)


def test_what_is_not_likely_enough_gives_way_to_the_next_and_at_last_to_nothing() -> None:
    assert chosen([OFFICE, GUESS], 0.4) == OFFICE
    assert chosen([OFFICE, GUESS], 0.5) == GUESS
    assert chosen([OFFICE, GUESS], 0.8) is None
    assert chosen([]) is None


def test_a_curve_has_a_point_for_each_threshold_and_counts_only_texts_that_tell_an_activity() -> None:
    wanted = [Activity.GREEN, Activity.SHOP, Activity.GREEN, None]
    assert curve([[GREEN], [OFFICE, GUESS], [], [GREEN]], wanted) == [
        (0.9, 3, 1, 1),
        (0.7, 3, 2, 2),
        (0.4, 3, 2, 1),
    ]


def test_a_curve_of_nothing_is_empty() -> None:
    assert curve([], []) == []


def test_a_lower_threshold_never_answers_less(offered) -> None:
    wanted = [label.main for _, label in to_steer_by()]
    answered = [point.answered for point in curve([by_way(o, "both") for o in offered.values()], wanted)]
    assert answered == sorted(answered)
    assert answered[-1] > answered[0]
