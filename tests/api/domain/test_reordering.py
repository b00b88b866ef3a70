"""A number that was typed beside a row is the place where the row stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.reordering import reordered
from geo import Refused


@pytest.mark.parametrize(
    ("places", "order"),
    [
        ({"c": 1}, "cabd"),
        ({"a": 3}, "bcad"),
        ({"a": 2}, "bacd"),
        ({"d": 1, "a": 4}, "dbca"),
        ({"b": 99}, "acdb"),
        ({}, "abcd"),
    ],
    ids=str,
)
def test_the_number_just_typed_wins_over_the_one_that_stood_there(places, order):
    stood = {id_: number for number, id_ in enumerate("abcd", start=1)}
    assert "".join(reordered("abcd", stood | places)) == order


@given(st.lists(st.integers(1, 9), min_size=2, max_size=9))
def test_whatever_was_typed_within_the_list_stands_exactly_there(typed):
    shown = "abcdefghi"[: len(typed)]
    places = {id_: min(number, len(shown)) for id_, number in zip(shown, typed, strict=True)}
    moved = {id_: places[id_] for number, id_ in enumerate(shown, start=1) if places[id_] != number}
    if len(set(moved.values())) < len(moved):
        with pytest.raises(Refused, match="Two rows were given number"):
            reordered(shown, places)
        return
    order = reordered(shown, places)
    assert sorted(order) == sorted(shown)
    assert {id_: order.index(id_) + 1 for id_ in moved} == moved
    still = [id_ for id_ in order if id_ not in moved]
    assert still == sorted(still)


def test_no_row_has_the_number_nought():
    with pytest.raises(Refused) as refused:
        reordered("ab", {"a": 1, "b": 0})
    assert refused.value.field == "place.b"
