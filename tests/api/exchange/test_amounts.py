"""Numbers as Danes write them, of every kind that a form or a file asks for."""

from datetime import date, timedelta

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from api.exchange import amounts
from api.exchange.values import Given
from geo import Refused

KINDS = {
    "number": amounts.number,
    "money": amounts.money,
    "pay": amounts.pay_per_hour,
    "hours": amounts.hours_per_week,
    "minutes": amounts.minutes,
    "kilometres": amounts.kilometres,
    "places": amounts.count,
}


def cell(value):
    return Given("field", value, lambda *args, **facts: None)


def refusal(kind, value):
    with pytest.raises(Refused) as refused:
        KINDS[kind](cell(value))
    return refused.value.said()


@pytest.mark.parametrize(
    ("kind", "written", "found"),
    [
        ("number", "1.234,50", 1234.5),
        ("number", "2.5", 2.5),
        ("number", "1 234,50", 1234.5),
        ("number", "1\N{NO-BREAK SPACE}234,50", 1234.5),
        ("number", "12.345.678", 12345678),
        ("number", "0.125", 0.125),
        ("number", 152.75, 152.75),
        ("money", "20.000", 20_000),
        ("money", "20.000 kr.", 20_000),
        ("money", "kr. 20.000,-", 20_000),
        ("money", "1.234,50", 1234.5),
        ("money", "kr. 120", 120),
        ("money", "kr.120,00", 120),
        ("money", "DKK 42.766", 42_766),
        ("money", "150,-", 150),
        ("money", "150,- kr", 150),
        ("money", "5000 kroner", 5000),
        ("money", "0,5", 0.5),
        ("pay", "120 kr./t", 120),
        ("pay", "120 kr/time", 120),
        ("pay", "120 kr. pr. time", 120),
        ("pay", "140 kr. i timen", 140),
        ("pay", "kr. 152,75", 152.75),
        ("pay", "152,75", 152.75),
        ("pay", "120/t", 120),
        ("pay", "1.234,50", 1234.5),
        ("hours", "3 timer", 3),
        ("hours", "7,5 timer om ugen", 7.5),
        ("hours", "2 t/uge", 2),
        ("hours", "2 hours", 2),
        ("minutes", "45 min.", 45),
        ("minutes", "90 minutter", 90),
        ("kilometres", "7,5 km", 7.5),
        ("places", "2 personer", 2),
        ("places", "3 pladser", 3),
        ("places", 2.0, 2),
    ],
)
def test_numbers_as_danes_write_them(kind, written, found):
    assert KINDS[kind](cell(written)) == found


@pytest.mark.parametrize("kind", KINDS)
def test_a_blank_is_not_known(kind):
    assert KINDS[kind](cell("  ")) is None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "written",
    [
        *(
            "fem",
            "1,2,3",
            "-5",
            "-20.000",
            "1e9",
            "=1+1",
            "٣",
            "150-160",
            "nan",
            "inf",
            "1.23.456",
            "kr.",
            "kr",
        ),
        *("20.00.0", "1,234.50", "12 kr 13", ",-", "min.", True, date(2026, 1, 1), timedelta(hours=2)),
        *(float("nan"), -1.0),
    ],
)
def test_what_is_no_amount_is_refused(kind, written):
    assert refusal(kind, written)


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("minutes", "2 timer"),
        ("minutes", "45 kr."),
        ("hours", "30 min."),
        ("kilometres", "500 m"),
        ("money", "120 kr./t"),
        ("money", "3 timer"),
        ("pay", "3 timer"),
        ("places", "2 timer"),
    ],
)
def test_a_number_of_something_else_is_refused(kind, written):
    assert "is not a number" in refusal(kind, written)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "money"])
def test_a_point_before_three_digits_is_refused_with_both_readings(kind):
    assert refusal(kind, "1.234") == "'1.234' can mean 1234 or 1,234. Write 1234 or 1,234."


def test_of_money_a_comma_before_three_digits_is_refused_with_both_readings():
    assert refusal("money", "20,000 kr.") == "'20,000 kr.' can mean 20000 or 20. Write 20000 or 20."
    assert refusal("money", "12,500") == "'12,500' can mean 12500 or 12,5. Write 12500 or 12,5."


@pytest.mark.parametrize("kind", ["number", "money", "pay"])
@given(amount=st.decimals(0, 10**9, places=2))
def test_every_amount_round_trips_from_its_danish_form(kind, amount):
    written = format_decimal(amount, format="#,##0.00", locale="da")
    assert KINDS[kind](cell(written)) == float(amount)


@given(st.integers(0, 10**9))
def test_every_whole_sum_round_trips_from_its_danish_form(kroner):
    assert amounts.money(cell(format_decimal(kroner, locale="da"))) == kroner


@given(st.text(alphabet="0123456789.,- krtimen/", max_size=14))
def test_whatever_is_typed_is_a_number_from_0_up_or_refused(written):
    for parse in KINDS.values():
        try:
            found = parse(cell(written))
        except Refused:
            continue
        assert found is None or found >= 0


@pytest.mark.parametrize(("kind", "written"), [("hours", "169"), ("places", "1,5"), ("places", "10001")])
def test_numbers_out_of_reason_are_refused(kind, written):
    assert refusal(kind, written)
