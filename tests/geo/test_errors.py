"""Refusals: they name the field, are said late in any language, and point to the nearest way out."""

from datetime import date

import pytest

from geo.errors import DAY, NUMBER, Refused, UnknownCode, Word, nearest


def test_a_refusal_says_field_problem_and_remedy_with_its_facts():
    refused = Refused("lat", "{value!r} is wrong.", "Give at most {most}.", value="x", most=9)
    assert str(refused) == "lat: 'x' is wrong. Give at most 9."
    assert (refused.field, refused.facts) == ("lat", {"value": "x", "most": 9})


def test_a_refusal_is_said_in_the_language_asked_for():
    danish = {"{value} is wrong.": "{value} er forkert.", "Try again.": "Prøv igen."}
    assert (
        Refused("lat", "{value} is wrong.", "Try again.", value=1).said(danish.__getitem__)
        == "1 er forkert. Prøv igen."
    )


def test_days_and_decimals_are_said_as_the_language_writes_them():
    words = {DAY: "%d-%m-%Y", NUMBER: "0,0"}
    refused = Refused("day", "{value} and {much!r}.", value=date(2026, 11, 21), much=168.5)
    assert refused.said(lambda text: words.get(text, text)) == "21-11-2026 and 168,5."
    assert refused.said() == "2026-11-21 and 168.5."


def test_texts_and_whole_numbers_are_said_as_they_were_given():
    refused = Refused("day", "{value!r} and {much!r}.", value="1.5", much=168)
    assert refused.said(lambda text: {NUMBER: "0,0"}.get(text, text)) == "'1.5' and 168."


def test_a_refusal_without_a_remedy_ends_with_its_problem():
    assert Refused("lat", "It is wrong.").said() == "It is wrong."


def test_an_unknown_code_names_the_nearest_known_one():
    refused = UnknownCode("mode", "bycicle", ["walk", "bicycle", "bus"])
    assert refused.said() == "'bycicle' is not known. Did you mean 'bicycle'?"
    assert refused.facts["near"] == "bicycle"


def test_an_unknown_code_far_from_all_lists_what_is_known():
    refused = UnknownCode("mode", "xyz", ["walk", "bus"])
    assert refused.said() == "'xyz' is not known. Use one of: bus, walk."


@pytest.mark.parametrize(
    ("word", "known", "near"), [("BUS", ["bus"], "bus"), ("", ["bus"], None), ("bus", [], None)]
)
def test_the_nearest_word_is_none_when_none_is_near(word: str, known: list[str], near: str | None):
    assert nearest(word, known) == near


def test_a_word_is_translated_with_its_sentence_and_a_value_is_not():
    danish = {"It is {state}, not {value}: {possible}.": "Den er {state}, ikke {value}: {possible}."}
    danish |= {"open": "åben", "ended": "afsluttet"}
    facts = {"state": Word("open"), "value": "open", "possible": (Word("open"), Word("ended"))}
    refused = Refused("state", "It is {state}, not {value}: {possible}.", **facts)
    assert refused.said(lambda text: danish.get(text, text)) == "Den er åben, ikke open: åben, afsluttet."
    assert refused.said() == "It is open, not open: open, ended."
