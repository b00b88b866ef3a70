from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from api.pages.part_by_weight import first_part, part_at, parts_by_weight, weight_of

WEIGHTS = st.lists(st.integers(0, 50), max_size=60)
LIMITS = st.integers(1, 60)


def itself(row):
    return row


@given(WEIGHTS, LIMITS)
def test_the_parts_one_after_the_other_are_the_whole(weights, limit):
    assert [*chain(*parts_by_weight(weights, itself, limit))] == weights


@given(WEIGHTS, LIMITS)
def test_no_part_is_heavier_than_the_limit_unless_one_row_alone_is(weights, limit):
    for part in parts_by_weight(weights, itself, limit):
        assert part
        assert sum(part) <= limit or len(part) == 1


@given(WEIGHTS, LIMITS)
def test_a_part_ends_only_where_the_next_row_would_not_fit(weights, limit):
    parts = parts_by_weight(weights, itself, limit)
    for part, following in zip(parts, parts[1:], strict=False):
        assert sum(part) + following[0] > limit


@given(WEIGHTS, LIMITS, st.integers(-3, 100))
def test_every_number_names_a_part_and_its_ways_lead_through_all_of_them(weights, limit, number):
    found = part_at(weights, itself, limit, number)
    assert 1 <= found.number <= found.of
    walked, at = [], 1
    while at:
        part = part_at(weights, itself, limit, at)
        walked += part.rows
        assert part.before == at - 1
        at = part.after
    assert walked == weights


def test_of_no_rows_there_is_one_empty_part():
    assert part_at([], itself, 10, 1).rows == first_part([], itself, 10) == ()


def test_a_text_weighs_what_a_page_holds_of_it():
    assert weight_of("æ", "<") == len("æ".encode()) + len("&lt;")
