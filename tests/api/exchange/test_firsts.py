import pytest

from api.domain.records import Place
from api.exchange.firsts import address_line


@pytest.mark.parametrize("town", ["", "næstved", "NÆSTVED", "Næstved"])
def test_a_town_is_spelled_as_its_postal_district_is(town):
    place = Place(street="Møllevej", house_number="7", postcode="4700", town=town)
    assert address_line(place) == "Møllevej 7, 4700 Næstved"


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place(postcode="4700", town="Fensmark"), "4700 Fensmark"),
        (Place(postcode="9999"), "9999"),
        (Place(town="næstved"), "næstved"),
        (Place(), ""),
    ],
)
def test_another_town_or_an_unknown_postcode_stands_as_it_was_written(place, said):
    assert address_line(place) == said
