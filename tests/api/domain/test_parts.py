"""Parts of a list that others shorten meanwhile."""

from hypothesis import given
from hypothesis import strategies as st

from api.domain.parts import part_of

rows = st.lists(st.text("abc", min_size=1, max_size=3), unique=True).map(sorted)
sizes = st.integers(1, 4)


def place_of(row):
    return (row,)


def parts(found, most):
    """All parts, one after the other."""
    part = part_of(found, place_of, None, most)
    yield part
    while part.next:
        part = part_of(found, place_of, part.next, most)
        yield part


@given(rows, sizes)
def test_the_parts_of_a_list_are_the_whole_list_and_number_their_rows(found, most):
    numbered = [
        (part.before + place, row) for part in parts(found, most) for place, row in enumerate(part.rows)
    ]
    assert numbered == list(enumerate(found))
    assert {part.total for part in parts(found, most)} == {len(found)}


@given(rows, sizes, st.data())
def test_rows_that_go_meanwhile_make_nobody_skip_one_that_stays(found, most, data):
    shown, part = [], part_of(found, place_of, None, most)
    shown += part.rows
    while part.next:
        gone = data.draw(st.sets(st.sampled_from(found))) if found else set()
        found = [row for row in found if row not in gone]
        part = part_of(found, place_of, part.next, most)
        shown += part.rows
    # whatever stayed until the end was shown, once, and in its order
    assert [row for row in shown if row in found] == found
    assert len(shown) == len(set(shown))


@given(rows, st.tuples(st.text("abcd", max_size=3), st.text(max_size=2)) | st.just(()), sizes)
def test_after_a_place_without_a_row_comes_the_next_greater_one(found, place, most):
    part = part_of(found, place_of, place, most)
    assert list(part.rows) == [row for row in found if (row,) > place][:most]
    assert part.before == sum((row,) <= place for row in found)


@given(rows, sizes)
def test_only_a_list_with_more_rows_is_told_in_parts(found, most):
    told = list(parts(found, most))
    assert told[0].is_whole == (len(told) == 1) == (len(found) <= most)
    assert not any(part.is_whole for part in told[1:])
    assert [part.last - part.first + 1 for part in told] == [len(part.rows) for part in told]


def test_who_asks_for_no_rows_is_told_how_many_there_are():
    asked = part_of(["a", "b"], place_of, ("a",), 0)
    assert (asked.rows, asked.before, asked.total, asked.next) == ((), 1, 2, None)
