"""Precision, recall and reliability, reckoned by hand."""

import pytest

from tests.evaluate.measures import Kept, kept_by, reliability


def test_precision_is_of_what_is_found_and_recall_of_what_is_said() -> None:
    kept = Kept.of({1, 2, 3, 4}, {3, 4, 5})
    assert kept == (4, 3, 2)
    assert (kept.precision, kept.recall) == (pytest.approx(2 / 3), 0.5)


def test_nothing_found_is_never_wrong_and_nothing_said_never_missed() -> None:
    assert (Kept(2, 0, 0).precision, Kept(0, 2, 0).recall) == (1.0, 1.0)


def test_each_group_is_counted_by_itself_the_most_said_first() -> None:
    said, found = {"a1", "b1", "b2"}, {"b1", "a2", "c1"}
    kept = kept_by(said, found, lambda each: each[0])
    assert list(kept.items()) == [("b", (2, 1, 1)), ("a", (1, 1, 0)), ("c", (0, 1, 0))]
    assert sum(each.both for each in kept.values()) == Kept.of(said, found).both


def test_answers_are_put_together_by_tenths_of_their_confidence() -> None:
    sure = [0.95, 1.0, 0.51, 0.59, 0.92]
    found = reliability(sure, [True, False, True, False, True])
    assert [(each.of, each.right) for each in found] == [(2, 1), (3, 2)]
    assert [each.confidence for each in found] == pytest.approx([0.55, 2.87 / 3])


def test_no_answers_have_no_tenths() -> None:
    assert reliability([], []) == []
