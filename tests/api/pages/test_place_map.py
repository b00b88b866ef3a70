"""What of the country around a place is named on its map."""

import json

import pytest

from api.pages.employer_map import AROUND_KM, LEAST_NAMES, marking_map
from api.pages.place_map import METRES, landmarks
from geo import Point
from geo.gazetteer import Gazetteer
from geo.places import municipalities

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


def test_a_map_to_mark_a_place_on_shows_names_to_find_the_way_by_in_every_municipality():
    middles = [Gazetteer.shipped().main_point(one.code) for one in municipalities()]
    maps = [json.loads(marking_map([], None, middle).drawing) for middle in middles if middle]
    assert len(maps) > 90
    named = [len(one["towns"]) + len(one["districts"]) for one in maps]
    assert all(
        names >= LEAST_NAMES or one["reach"] == AROUND_KM[-1] * METRES
        for names, one in zip(named, maps, strict=True)
    )
    assert sum(names >= LEAST_NAMES for names in named) > 0.9 * len(maps)


def test_a_map_to_mark_a_place_on_reaches_no_further_where_there_is_nothing():
    found = json.loads(marking_map([], None, MIDDLE_OF_THE_SEA).drawing)
    assert found["reach"] == AROUND_KM[-1] * METRES
    assert marking_map([], None) is None


def test_a_map_to_correct_a_place_on_begins_close_to_it():
    assert json.loads(marking_map([], MIDDLE_OF_THE_SEA).drawing)["reach"] == AROUND_KM[0] * METRES
