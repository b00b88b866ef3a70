"""Whether a place lies outside the municipality, as far as postcodes and points tell."""

from dataclasses import replace

import pytest

from api.casework.places import GIVEN, elsewhere
from api.domain.records import BY_HAND, Place
from geo import Point
from tests.api.makers import SQUARE

VEJLE = Point(55.7093, 9.5357)


def test_an_address_of_another_municipality_says_which():
    assert elsewhere(Place(street="Torvet", postcode="7100"), "0370")[0] == "Vejle"
    assert elsewhere(SQUARE, "0370") == ()


def test_a_district_of_several_municipalities_is_outside_only_where_it_touches_none_of_ours():
    # 4684 Holmegaard lies in Næstved and Faxe
    assert elsewhere(Place(postcode="4684"), "0370") == ()
    assert elsewhere(Place(postcode="4684"), "0320") == ()
    assert "Næstved" in elsewhere(Place(postcode="4684"), "0630")


@pytest.mark.parametrize("source", [BY_HAND, GIVEN, "import"])
def test_a_point_that_was_sent_or_marked_counts_before_the_postcode(source):
    assert "Vejle" in elsewhere(replace(SQUARE, point=VEJLE, source=source), "0370")
    assert elsewhere(Place(postcode="7100", point=SQUARE.point, source=source), "0370") == ()


def test_a_point_that_was_found_for_the_address_says_no_more_than_its_postcode():
    assert elsewhere(replace(SQUARE, point=VEJLE, source="gazetteer"), "0370") == ()


def test_of_a_place_that_nobody_knows_nothing_is_said():
    assert elsewhere(Place(), "0370") == ()
    assert elsewhere(Place(street="Torvet", town="Vejle"), "0370") == ()
    assert elsewhere(Place(postcode="0000"), "0370") == ()
