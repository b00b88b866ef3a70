"""What looks like a civil registration number in a text, and what only resembles one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.civil_numbers import holds_civil_number, refuse_civil_numbers
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
    ],
)
def test_other_numbers_are_none(text):
    assert not holds_civil_number(text)
    refuse_civil_numbers({"note": text})


def test_the_refusal_names_its_field_and_does_not_repeat_the_number():
    with pytest.raises(Refused) as refused:
        refuse_civil_numbers({"title": "Luge", "note": "Anna 290200-1234"})
    assert refused.value.field == "note"
    assert "290200" not in refused.value.said()
