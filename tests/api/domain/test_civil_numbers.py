"""What looks like a civil registration number in a text, and what only resembles one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.civil_numbers import (
    MASK,
    holds_civil_number,
    refuse_civil_numbers,
    without_civil_numbers,
)
from geo import Refused

WRITTEN = ("{day:%d%m%y}-{rest}", "{day:%d%m%y}{rest}", "{day:%d%m%y} {rest}", "{day:%d%m%y} - {rest}")


@given(
    day=st.dates(date(1900, 1, 1), date(2057, 12, 31)),
    rest=st.text(alphabet="0123456789", min_size=4, max_size=4),
    form=st.sampled_from(WRITTEN),
    around=st.tuples(st.sampled_from(["", "Anna ", "cpr:"]), st.sampled_from(["", ".", " vil gerne"])),
)
def test_a_day_and_four_digits_are_one_however_they_are_written(day, rest, form, around):
    assert holds_civil_number(around[0] + form.format(day=day, rest=rest) + around[1])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ring 55 55 12 12 eller +45 55551212",
        "CVR 12345674, P-nummer 1999000367",
        "320190-1234",
        "011390-1234",
        "310290-1234",
        "0101901-1234",
        "010190-12345",
        "Mandag 01-01-90, 12-14",
        "Ordre 2026-0001",
        "1010901234567",
        "12 34 56 78",
        "Ring 12 10 55 12 eller 12 10 55 12",
        "12 10 12 10 55 55 12 12",
        "CVR 10101234",
        "140 kr. i timen, 1.234,50 i alt",
        "Fra 01-12-2026 til 15-12-2026",
        "01.12.26-15.12.26",
        "010126-311226",
        "Mødes 04.12.26 0900",
        "04-12-2026 0900-1200",
        "Uge 10 11 12 2026",
        "Mandag 10-12 og 13-15.30",
        "SAG-2026-000123",
        "01a207bda9c0010190123401a2040b06",
        "01a207bd-a9c0-0101-9012-3401a2040b06",
    ],
)
def test_other_numbers_are_none(text):
    assert not holds_civil_number(text)
    refuse_civil_numbers({"note": text})


@pytest.mark.parametrize(
    "text",
    [
        "010190\u20111234",
        "010190\u22121234",
        "010190\u20131234",
        "01 01 90 1234",
        "010190.1234",
        "01.01.90-1234",
        "01.01.90 1234",
        "010190/1234",
        "010190_1234",
        "010190--1234",
        "01-01-1990 1234",
        "01/01/1990-1234",
        "010119901234",
        "\uff10\uff11\uff10\uff11\uff19\uff10\uff0d\uff11\uff12\uff13\uff14",
        "0101\u200b90-12\u200b34",
        "010190\u00ad1234",
        "010190\u00a01234",
        "cpr010190-1234",
    ],
)
def test_one_is_known_in_every_common_spelling_and_masked_whole(text):
    assert holds_civil_number(text)
    assert without_civil_numbers(f"Æblet, {text}, vil gerne") == (
        f"Æblet, {'cpr' * text.startswith('cpr')}{MASK}, vil gerne"
    )


@given(st.uuids())
def test_an_id_is_none_whatever_digits_it_holds(id_):
    assert not holds_civil_number(id_.hex)
    assert not holds_civil_number(f"Ordre {id_}")


def test_the_refusal_names_its_field_and_does_not_repeat_the_number():
    with pytest.raises(Refused) as refused:
        refuse_civil_numbers({"title": "Luge", "note": "Anna 290200-1234"})
    assert refused.value.field == "note"
    assert "290200" not in refused.value.said()
