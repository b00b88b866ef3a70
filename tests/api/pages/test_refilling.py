"""A form comes back as it was filled in, whatever stands on the page around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages.refilling import refilled

FORM = '<form action="/x"><input name="hours" id="f-hours" value="1"></form>'


@pytest.mark.parametrize(
    "odd", ["\r", "\x0b", "\x0c", "\x1e", "\x85", "\u2028", "\u2029", "\n", "æ\n\u2028ø"]
)
def test_no_character_before_a_form_moves_what_is_put_into_it(odd):
    before = f"<p>{odd}</p>\n"
    again = refilled(before + FORM, "/x", {"hours": ["mange"]}, {"hours": "Not a number."})
    assert again.html.startswith(before + '<form action="/x"><input ')
    assert 'value="mange"' in again.html
    assert "Not a number.</span></form>" in again.html
    assert again.places == {"hours": "f-hours"}


def test_a_page_without_the_form_is_left_as_it_is():
    again = refilled(FORM, "/elsewhere", {"hours": ["2"]}, {"hours": "No."})
    assert (again.html, again.places) == (FORM, {})


@given(st.text(max_size=40))
def test_what_was_typed_stays_text(typed):
    again = refilled(FORM, "/x", {"hours": [typed]}, {})
    assert again.html.count("<") == FORM.count("<")
    assert again.html.count(">") == FORM.count(">")


def test_a_password_does_not_come_back():
    page = FORM.replace('<input name="hours" id="f-hours" value="1">', '<input type="password" name="word">')
    assert "hemmelig" not in refilled(page, "/x", {"word": ["hemmelig"]}, {"word": "Too short."}).html
