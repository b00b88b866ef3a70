"""Coordinates of Danish registers: right to the metre, and refused where they cannot be."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import geo
from geo import Point, Refused, point_from_utm32


def test_every_house_of_the_register_lands_within_a_metre(
    reference_rows: Callable[[str], list[dict[str, str]]],
):
    houses = reference_rows("dar_husnumre_sample.csv")
    off = [
        point_from_utm32(float(house["etrs89_x"]), float(house["etrs89_y"])).distance_km(
            Point(float(house["lat"]), float(house["lon"]))
        )
        for house in houses
    ]
    assert len(off) == 1327
    assert max(off) < 0.001


@pytest.mark.parametrize(
    ("easting", "northing", "way_out"),
    [
        (6143460.58, 605172.49, "Swapped? Easting comes first."),
        (55.7, 9.5, "These look like degrees of WGS84"),
        (9.5, 55.7, "These look like degrees of WGS84"),
        (0.0, 0.0, "eastings run from"),
        (605172.49, 61434605.8, "eastings run from"),
    ],
    ids=["swapped", "degrees", "degrees, longitude first", "nowhere", "a lost decimal point"],
)
def test_metres_outside_denmark_are_refused_with_the_likeliest_way_out(
    easting: float, northing: float, way_out: str
):
    with pytest.raises(Refused, match="is not in Denmark as ETRS89/UTM32") as refused:
        point_from_utm32(easting, northing)
    assert way_out in refused.value.said()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "605.172,49", None, 10**400])
@pytest.mark.parametrize("field", ["easting", "northing"])
def test_what_is_not_a_finite_number_of_metres_is_refused_under_its_field(value: object, field: str):
    with pytest.raises(Refused, match="is not a coordinate") as refused:
        point_from_utm32(**{"easting": 605172.49, "northing": 6143460.58, field: value})  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_corner_of_the_metres_that_is_not_in_denmark_is_refused_as_well():
    with pytest.raises(Refused, match="is not in Denmark"):
        point_from_utm32(428_000, 6_435_000)


def test_importing_geo_opens_no_table_and_no_database_of_coordinate_systems():
    program = (
        "import sys, geo, geo.places; print('pyproj' in sys.modules, geo.places.towns.cache_info().misses)"
    )
    root = Path(geo.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["False", "0"]
