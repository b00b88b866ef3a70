from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.exchange import values
from api.exchange.values import Given, as_text, cleaned
from geo import Refused
from matching.vocabulary import Answer


def cell(value):
    return Given("field", value, lambda *args, **facts: None)


def refusal(parse, value):
    with pytest.raises(Refused) as refused:
        parse(cell(value))
    return refused.value.said()


@pytest.mark.parametrize(
    "written",
    [
        "03-12-2026",
        "3.12.2026",
        "3/12-26",
        "2026-12-03",
        "03/12/2026",
        "3. december 2026",
        "3 dec. 2026",
        "2026-12-03T00:00:00",
        "03-12-2026 09.30",
        date(2026, 12, 3),
        datetime(2026, 12, 3, 9),
    ],
)
def test_dates_as_danish_offices_write_them(written):
    assert values.day(cell(written)) == date(2026, 12, 3)


@pytest.mark.parametrize(
    "written",
    [
        "12-25-2026",
        "31-02-2026",
        "2026-13-01",
        "3. december",
        "3. snemåned 2026",
        "31. februar 2026",
        "46359",
        46359.0,
        "03-12-0206",
        True,
        timedelta(hours=2),
        date(2206, 12, 3),
        datetime(1900, 1, 5, 9),
    ],
)
def test_what_is_no_date_is_refused(written):
    assert "is not a date" in refusal(values.day, written)


@pytest.mark.parametrize("written", ["13.30", "13:30", "kl. 13.30", "KL 13.30"])
def test_times_of_day_as_danes_write_them(written):
    assert values.clock(cell(written)) == time(13, 30)


def test_a_bare_hour_is_a_time_of_day_and_a_blank_is_none():
    assert values.clock(cell("9")) == time(9)
    assert values.clock(cell(" ")) is None


@pytest.mark.parametrize("written", ["24.00", "9.60", "13.3", "1330", "efter frokost", "٩"])
def test_what_is_no_time_of_day_is_refused(written):
    assert "is not a time of day" in refusal(values.clock, written)


def test_a_blank_date_is_not_known():
    assert values.day(cell(" ")) is None


@given(
    st.dates(date(1950, 1, 1), date(2100, 12, 31)),
    st.sampled_from(["%d-%m-%Y", "%d.%m.%Y", "%d/%m-%Y", "%Y-%m-%d"]),
)
def test_every_date_round_trips_from_its_danish_form(day, form):
    assert values.day(cell(day.strftime(form))) == day


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("Ja", Answer.YES),
        ("JA ", Answer.YES),
        ("yes", Answer.YES),
        (True, Answer.YES),
        (1.0, Answer.YES),
        ("Nej", Answer.NO),
        (False, Answer.NO),
        (0.0, Answer.NO),
        ("", Answer.UNKNOWN),
        ("ukendt", Answer.UNKNOWN),
        ("ved ikke", Answer.UNKNOWN),
    ],
)
def test_answers(written, answer):
    assert values.answer(cell(written)) is answer


def test_an_answer_that_is_neither_yes_nor_no_is_refused():
    assert (
        refusal(values.answer, "måske")
        == "'måske' is neither yes nor no. Write Ja or Nej, or leave it blank."
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (99003626.0, "99003626"),
        (55.21, "55,21"),
        (True, "Ja"),
        (date(2026, 12, 3), "03-12-2026"),
        (0.0, "0"),
        ("0370", "0370"),
    ],
)
def test_cells_as_they_would_be_typed(value, text):
    assert as_text(value) == text


def test_what_cannot_be_seen_is_taken_out_and_said():
    said = []
    given = Given(
        "name", " Ek\u200bsempel\u202e \x07Caf\u0065\u0301\ufeff ", lambda text, **facts: said.append(text)
    )
    assert cleaned(given).cell == "Eksempel Café"
    assert said == ["Invisible or control characters were taken out."]


def test_clean_text_is_left_alone_and_nothing_is_said():
    said = []
    assert cleaned(Given("text", "to\nlinjer", lambda text, **facts: said.append(text))).cell == "to\nlinjer"
    assert said == []


@pytest.mark.parametrize("error", ["#N/A", "#VÆRDI!", "#REF!", " #DIV/0! "])
def test_error_values_of_excel_are_refused(error):
    assert "error from Excel" in refusal(cleaned, error)


def test_a_text_that_is_too_long_is_refused():
    assert "10000 characters" in refusal(cleaned, "x" * 10_001)
    assert cleaned(cell("x" * 10_000)).cell == "x" * 10_000


@pytest.mark.parametrize("formula", ["=1+1", "@SUM(A1)", "-2+3", "+45 95 63 35 48", "%x", "|calc"])
def test_what_looks_like_a_formula_stays_text(formula):
    assert values.impersonal(cell(formula)) == formula
