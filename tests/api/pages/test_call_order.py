from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages.call_order import LENGTH, MOST, Sheet, displaced
from api.pages.shortlist_view import SHOWN

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
MARKS = st.lists(st.text("0123456789abcdef", min_size=8, max_size=8), max_size=MOST).map(tuple)


@given(
    st.timedeltas(timedelta(0), timedelta(days=40)),
    MARKS,
    MARKS.map(lambda marks: marks[:SHOWN]),
    st.integers(1, 99),
)
def test_a_sheet_is_read_as_it_was_written(ago, marks, listed, part):
    sheet = Sheet(NOW - ago, marks, listed, part)
    assert Sheet.read(str(sheet), NOW) == sheet
    assert len(str(sheet)) <= LENGTH


@pytest.mark.parametrize("text", ["", "-", "sheet", "-12345678", "²-12345678", "9" * 40])
def test_what_is_no_sheet_begins_now(text):
    assert Sheet.read(text, NOW) == Sheet(NOW)


def test_a_sheet_that_has_yet_to_begin_begins_now():
    assert Sheet.read(str(Sheet(NOW + timedelta(days=1))), NOW) == Sheet(NOW)


@pytest.mark.parametrize(
    ("shown", "now", "moved"),
    [
        ("", "abc", 0),
        ("abcd", "abcd", 0),
        ("abcd", "bcda", 1),
        ("abcd", "dabc", 1),
        ("abcd", "bacd", 1),
        ("abcd", "dcba", 3),
        ("abcd", "abd", 1),
        ("abcd", "", 4),
        ("abcd", "xaybzcd", 0),
    ],
)
def test_as_few_count_as_moved_as_would_have_to_move(shown, now, moved):
    assert displaced(shown, now) == moved


@given(st.permutations(range(9)), st.permutations(range(9)))
def test_nothing_has_moved_only_in_the_same_order(shown, now):
    assert (displaced(shown, now) == 0) == (shown == now)
