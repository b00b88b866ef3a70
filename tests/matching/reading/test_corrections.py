"""What a consultant made of a reading: kept as it is, exported without persons, read back as written."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import Refused
from matching.reading import (
    Correction,
    LabelledText,
    read_labelled,
    read_task,
    without_personal_data,
    written,
)

TOLD = "Hej, det er Lone Hansen fra Bageriet Solsikken. Feje gården fredag 9-11, ring 75 12 34 56"


def test_a_reading_that_is_confirmed_as_it_is_changed_nothing() -> None:
    reading = read_task(TOLD)
    assert Correction(reading, reading.to_task()).changed == ()


def test_what_the_consultant_changed_is_named() -> None:
    reading = read_task(TOLD)
    confirmed = replace(reading.to_task(), activities={"outdoor_upkeep": 1.0}, hours_per_week=2.0)  # type: ignore[dict-item]
    assert "hours_per_week" in Correction(reading, confirmed).changed
    assert "times" not in Correction(reading, confirmed).changed


def test_what_is_kept_with_an_order_holds_the_text_what_was_read_and_what_was_confirmed() -> None:
    kept = Correction(read_task(TOLD), read_task("Feje").to_task()).to_json()
    assert list(kept) == ["text", "read", "confirmed"]
    assert kept["text"] == TOLD


def test_what_is_exported_names_nobody() -> None:
    text = Correction(read_task(TOLD), read_task(TOLD).to_task()).labelled().text
    assert not [name for name in ("Lone", "Hansen", "Solsikken", "75", "34") if name in text]
    assert "Feje gården fredag 9-11" in text


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("Luge bede for Jens", "Luge bede for …"),
        ("Jens skal have luget", "… skal have luget"),
        ("Kom til Nygade 4, indgang B", "Kom til …, indgang …"),
        ("Skriv til lone@bager.dk", "Skriv til …"),
        ("Se www.bager.dk/job", "Se …"),
        ("cpr 010190-1234", "cpr …"),
        ("140 kr. i timen, kl. 9-11.30", "140 kr. i timen, kl. 9-11.30"),
        ("Kan I sende en? Feje gården", "Kan I sende en? Feje gården"),
        ("Kontaktperson: Jens Ole Madsen", "Kontaktperson: … … …"),
    ],
)
def test_names_numbers_and_addresses_are_left_out_and_the_work_stays(told: str, kept: str) -> None:
    assert without_personal_data(told) == kept


def test_labelled_texts_are_read_as_they_were_written() -> None:
    texts = [
        LabelledText(told, read_task(told).to_task()) for told in ("Luge bede, ingen maskiner", "Feje gården")
    ]
    assert read_labelled(written(texts)) == texts
    assert written(texts).count("\n") == 2


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"text": "Luge"}', '{"text": "Luge", "task": {"activities": {"gren": 1}}}']
)
def test_a_line_that_is_no_labelled_text_is_refused_by_its_number(line: str) -> None:
    good = written([LabelledText("Luge", read_task("Luge").to_task())])
    with pytest.raises(Refused, match="Line 2"):
        read_labelled(good + line)


@given(st.text(max_size=120))
@settings(deadline=None)
def test_leaving_out_twice_leaves_out_no_more(text: str) -> None:
    once = without_personal_data(text)
    assert without_personal_data(once) == once
