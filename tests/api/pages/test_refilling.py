"""A form comes back as it was filled in, whatever stands on the page around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages.refilling import refilled

FORM = '<form action="/x"><input name="hours" id="f-hours" value="1"></form>'

FIELD = '<input name="hours" id="f" value="1">'


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


def test_an_empty_choice_comes_back_chosen():
    choices = '<input type="radio" name="a" value=""><input type="radio" name="a" value="1" checked>'
    page = f'<form action="/x">{choices}</form>'
    again = refilled(page, "/x", {"a": [""]}, {}).html
    assert '<input type="radio" name="a" value="" checked>' in again
    assert '<input type="radio" name="a" value="1">' in again


def test_a_list_that_was_not_sent_stays_as_it_stood():
    options = '<option value="1">1</option><option value="2" selected>2</option>'
    page = f'<form action="/x"><select name="a">{options}</select></form>'
    assert refilled(page, "/x", {"b": ["1"]}, {}).html == page
    assert '<option value="1" selected>' in refilled(page, "/x", {"a": ["1"]}, {}).html


def test_a_file_that_is_refused_is_told_at_its_field_and_not_sent_back():
    page = '<form action="/x"><input type="file" name="file" id="f"></form>'
    again = refilled(page, "/x", {"file": ["liste.xlsx"]}, {"file": "Too large."})
    assert again.places == {"file": "f"}
    assert 'aria-invalid="true" aria-describedby="refused-file"><span' in again.html
    assert "liste.xlsx" not in again.html


@pytest.mark.parametrize(
    ("around", "label"),
    [
        ('<label for="f">Hours <span class="sr-only">&amp; days</span></label>{}', "Hours & days"),
        ('<label for="g">Hours</label>{}', ""),
        ("<fieldset><legend>Which?</legend>{}</fieldset>", ""),
    ],
)
def test_what_a_field_is_called_is_read_off_the_page(around, label):
    page = f'<form action="/x">{around.format(FIELD)}</form>'
    assert refilled(page, "/x", {}, {"hours": "No."}).labels == {"hours": label}


def test_choices_are_called_what_stands_above_them():
    choices = '<label><input type="radio" name="a" value="1"> One</label>'
    page = f'<form action="/x"><fieldset><legend>Which?</legend>{choices}</fieldset></form>'
    assert refilled(page, "/x", {}, {"a": "Choose."}).labels == {"a": "Which?"}
