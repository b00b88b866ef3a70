"""What of the country around a place is named on its map."""

import pytest

from api.pages.place_map import landmarks
from geo import Point

NAESTVED = Point(55.2299, 11.7609)
MIDDLE_OF_THE_SEA = Point(56.6, 11.9)


def test_towns_stand_by_name_and_districts_that_no_town_is_called_like_with_their_number():
    found = landmarks(NAESTVED, 15)
    towns = [name for _, _, name in found["towns"]]
    districts = [name for _, _, name in found["districts"]]
    assert "Næstved" in towns
    assert "4684 Holmegaard" in districts
    assert not any(name.endswith(" Næstved") for name in districts)


def test_nothing_is_named_that_the_map_does_not_reach():
    assert landmarks(NAESTVED, 1)["districts"] == []


@pytest.mark.parametrize("kind", ["towns", "districts"])
def test_where_there_is_nothing_nothing_is_named(kind):
    assert landmarks(MIDDLE_OF_THE_SEA, 1)[kind] == []
