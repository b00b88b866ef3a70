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
        "12 10 55 12, 12 10 55 13",
        "12 10 55 12\n12 10 55 13",
        "+45 12 10 55 12 og +45 12 10 55 13",
        "00 45 12 10 55 12",
        "Tlf. 20011012 8800 Viborg",
        "Ring 20 10 11 12 14.30",
        "Ordre 101112, 8800 Viborg",
        "Ordre 20260101-1234",
        "Ordre 101112 (2026)",
        "Uge 10 11 12 13 14",
        "04.12.26 09.30",
        "04.12.26: 0900",
        "4.12.2026 kl. 9-12",
        "4.12.26-15.12.26",
        "1.12.2026-15.12.2026",
        "1.234.567 kr., 1.234.567,50 kr.",
        "12.10.2026, 1500 kr.",
        "CVR 19900101, 1234 Byen",
        "8-10 12-1400",
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
        "010190:1234",
        "010190: 1234",
        "010190,1234",
        "010190;1234",
        "010190 (1234",
        "01.01.1990:1234",
        "010190    1234",
        "01 01 90 12 34",
        "01-01-90-12-34",
        "01.01.90.12.34",
        "19900101-1234",
        "19900101 - 1234",
        "199001011234",
        "1990-01-01-1234",
        "1990-01-01 1234",
        "1.1.1990-1234",
        "1.1.90-1234",
        "1. 1. 1990 1234",
        "1/1/1990-1234",
        "1-12-1990-1234",
    ],
)
def test_one_is_known_in_every_common_spelling_and_masked_whole(text):
    assert holds_civil_number(text)
    assert without_civil_numbers(f"Æblet, {text}, vil gerne") == (
        f"Æblet, {'cpr' * text.startswith('cpr')}{MASK}, vil gerne"
    )


_PAIRS = "{0}{1} {2}{3} {4}{5} {6}{7}"
TELEPHONES = ("{}" * 8, _PAIRS, _PAIRS.replace(" ", "."), _PAIRS.replace(" ", "-"), "{}{}{}{} {}{}{}{}")
telephones = st.builds(
    lambda code, form, digits: code + form.format(*digits),
    st.sampled_from(["", "+45 ", "+45", "0045 "]),
    st.sampled_from(TELEPHONES),
    st.lists(st.sampled_from("0123456789"), min_size=8, max_size=8),
)


@given(telephones, telephones, st.sampled_from([" eller ", ", ", "; ", " og "]))
def test_telephones_are_none_however_they_are_written_and_beside_each_other(one, other, between):
    assert not holds_civil_number(f"Ring {one}.")
    assert not holds_civil_number(f"Ring {one}{between}{other}, spørg efter Bente")


@given(
    st.integers(10_000_000, 99_999_999),
    st.sampled_from(["CVR {}", "CVR-nr.: {}, 8800 Viborg", "DK{} (8800)"]),
)
def test_cvr_numbers_are_none_whatever_stands_beside_them(number, form):
    assert not holds_civil_number(form.format(number))


@given(
    st.dates(date(2026, 1, 1), date(2039, 12, 31)),
    st.sampled_from(["%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%d.%m.%y", "%d/%m-%y"]),
    st.sampled_from(["kl. 0900", " 0900", ", 1500 kr.", ": 1500 kr.", " 1.500,00 kr."]),
)
def test_days_to_come_with_hours_or_amounts_are_none(day, form, beside):
    assert not holds_civil_number(f"Fra {day.strftime(form)}{beside}")


@given(st.uuids())
def test_an_id_is_none_whatever_digits_it_holds(id_):
    assert not holds_civil_number(id_.hex)
    assert not holds_civil_number(f"Ordre {id_}")


def test_the_refusal_names_its_field_and_does_not_repeat_the_number():
    with pytest.raises(Refused) as refused:
        refuse_civil_numbers({"title": "Luge", "note": "Anna 290200-1234"})
    assert refused.value.field == "note"
    assert "290200" not in refused.value.said()
