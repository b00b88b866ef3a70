import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.routes.cursors import cursor, parse_cursor
from geo import Refused

keys = st.lists(st.text(max_size=20), min_size=1, max_size=3).map(tuple)


@given(keys)
def test_a_cursor_is_read_back_as_its_key(key):
    assert parse_cursor(cursor(key)) == key


@given(st.text(max_size=40))
def test_anything_else_is_refused(text):
    with pytest.raises(Refused):
        parse_cursor(text)


@given(key=keys, at=st.integers(min_value=0), letter=st.sampled_from("AbC3"))
def test_a_cursor_with_one_letter_changed_is_refused(key, at, letter):
    whole = cursor(key)
    at %= len(whole) - 1  # the last letter carries spare bits
    changed = whole[:at] + letter + whole[at + 1 :]
    if changed != whole:
        with pytest.raises(Refused):
            parse_cursor(changed)
