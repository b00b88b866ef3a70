"""Numbers and postcodes of a workplace that are none, and those that are."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.caller import Caller, Role
from api.domain.postcodes import require_postcode
from api.domain.records import Place
from api.domain.telephones import require_telephone
from api.domain.workplaces import refusals
from geo import Refused
from tests.api.makers import make_employer

CALLER = Caller("u", "anna", "0370", Role.CONSULTANT)


@pytest.mark.parametrize(
    "number",
    ["", "55551212", "55 55 12 12", "+45 55 55 12 12", "4555551212", "0045 55551212", "+46 8 123 45 67"]
    + ["00 37 00 51", "(55) 55-12-12", "+49 (0)4651/123456"],
)
def test_a_number_that_can_be_rung_is_kept(number):
    require_telephone("phone", number)


@pytest.mark.parametrize(
    "number",
    ["123", "5555121", "555512123", "+45 5555121", "ring i morgen", "5555121a", "+1234567890123456", "-"]
    + ["٥٥٥٥١٢١٢", "+45"],
)
def test_what_nobody_can_ring_is_refused_by_its_field(number):
    with pytest.raises(Refused) as refused:
        require_telephone("phone", number)
    assert refused.value.field == "phone"
    assert "eight digits" in refused.value.said()


@given(
    st.text(alphabet="0123456789", min_size=8, max_size=8),
    st.sampled_from(["", "+45", "+45 ", "45", "0045 "]),
)
def test_eight_digits_are_a_number_with_and_without_the_country(digits, country):
    require_telephone("phone", country + digits)
    require_telephone("phone", f"{country}{digits[:2]} {digits[2:4]} {digits[4:6]} {digits[6:]}")


@pytest.mark.parametrize("postcode", ["", "4700", "1620", "2150"])
def test_the_postcode_of_a_place_is_kept(postcode):
    require_postcode("postcode", postcode)


@pytest.mark.parametrize("postcode", ["9999", "0000", "47", "næsten 4700"])
def test_a_postcode_of_no_place_is_refused_by_its_field(postcode):
    with pytest.raises(Refused) as refused:
        require_postcode("postcode", postcode)
    assert refused.value.field == "postcode"


def test_everything_that_is_wrong_is_told_at_once():
    wrong = make_employer(CALLER, cvr="12345678", phone="123", place=Place(postcode="9999"))
    assert [one.field for one in refusals(wrong)] == ["cvr", "phone", "place.postcode"]
    assert list(refusals(make_employer(CALLER))) == []


def test_what_is_kept_already_stands_in_the_way_of_no_other_change():
    before = make_employer(CALLER, phone="lok. 12", place=Place(postcode="9999"))
    assert list(refusals(replace(before, industry="Bageri"), before)) == []
    assert [one.field for one in refusals(replace(before, phone="lok. 13"), before)] == ["phone"]
