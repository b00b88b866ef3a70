"""Points and distances: real Danish pairs, what is refused, and what holds for any two places."""

from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from geo import Point, Precision, Refused, haversine_km
from geo.point import DENMARK, in_denmark, in_denmark_utm32

TOWNS = {
    "Vejle": Point(55.70927, 9.5357),
    "Jelling": Point(55.75588, 9.4258),
    "Børkop": Point(55.64195, 9.64958),
    "Holstebro": Point(56.36009, 8.61607),
    "Vinderup": Point(56.48176, 8.77991),
    "Ulfborg": Point(56.26725, 8.32167),
    "Næstved": Point(55.22992, 11.76092),
    "Fensmark": Point(55.27919, 11.80382),
    "Fuglebjerg": Point(55.30604, 11.54766),
}
REAL_CASES = [
    ("Vejle", "Jelling", 8.637),
    ("Vejle", "Børkop", 10.369),
    ("Vejle", "Holstebro", 92.396),
    ("Holstebro", "Vinderup", 16.905),
    ("Holstebro", "Ulfborg", 20.948),
    ("Næstved", "Fensmark", 6.126),
    ("Næstved", "Fuglebjerg", 15.987),
    ("Holstebro", "Næstved", 233.936),
]
points = st.builds(Point, st.floats(*DENMARK["lat"]), st.floats(*DENMARK["lon"]))


def haversine(a: Point, b: Point) -> float:
    return float(haversine_km(a.lat, a.lon, b.lat, b.lon))


@pytest.mark.parametrize(("start", "end", "km"), REAL_CASES)
def test_the_geodesic_of_a_real_pair_is_right_to_the_metre(start: str, end: str, km: float):
    assert TOWNS[start].distance_km(TOWNS[end]) == pytest.approx(km, abs=0.001)


@pytest.mark.parametrize(("start", "end", "km"), REAL_CASES)
def test_haversine_is_short_by_at_most_0_4_percent_on_a_real_pair(start: str, end: str, km: float):
    assert 0.996 * km <= haversine(TOWNS[start], TOWNS[end]) <= km


@given(points, points)
def test_haversine_is_the_same_there_and_back(a: Point, b: Point):
    assert haversine(a, b) == pytest.approx(haversine(b, a), rel=1e-12, abs=1e-9)


@given(points)
def test_a_place_is_no_distance_from_itself(a: Point):
    assert haversine(a, a) == 0.0


@given(points, points, points)
def test_a_detour_over_a_third_place_is_never_shorter(a: Point, b: Point, c: Point):
    assert haversine(a, c) <= haversine(a, b) + haversine(b, c) + 1e-6


@given(points, points)
def test_haversine_is_0_to_0_4_percent_short_of_the_geodesic_anywhere_in_denmark(a: Point, b: Point):
    exact = geodesic((a.lat, a.lon), (b.lat, b.lon)).km
    assert exact * 0.996 - 1e-6 <= haversine(a, b) <= exact + 1e-6


@given(points, st.lists(points, min_size=1, max_size=8))
def test_many_distances_at_once_are_the_single_ones(origin: Point, places: list[Point]):
    lat, lon = [place.lat for place in places], [place.lon for place in places]
    together = haversine_km(origin.lat, origin.lon, lat, lon)
    assert together.tolist() == pytest.approx([haversine(origin, place) for place in places], rel=1e-12)


def test_an_unknown_place_among_many_has_no_distance_and_harms_no_other():
    km = haversine_km(55.0, 12.0, [55.0, np.nan], [12.0, 12.0])
    assert km[0] == 0.0
    assert np.isnan(km[1])


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), -float("inf"), "Vejle", "55,7", "", None, 10**400]
)
@pytest.mark.parametrize("field", ["lat", "lon"])
def test_what_is_not_a_finite_number_is_refused_under_its_field(value: object, field: str):
    with pytest.raises(Refused, match="is not a coordinate") as refused:
        Point(**{"lat": 55.7, "lon": 9.5, field: value})  # type: ignore[arg-type]
    assert refused.value.field == field
    assert refused.value.remedy


@pytest.mark.parametrize("value", [55.7, "55.7", Decimal("55.7"), np.float64(55.7), np.float32(55.7)])
def test_what_is_a_number_is_kept_as_a_float(value: object):
    point = Point(value, 9.5)  # type: ignore[arg-type]
    assert type(point.lat) is float
    assert point.lat == pytest.approx(55.7, abs=1e-5)


@pytest.mark.parametrize(
    ("lat", "lon", "way_out"),
    [
        (9.5357, 55.70927, "Swapped? Latitude comes first."),
        (0.0, 0.0, "Denmark lies within"),
        (52.52, 13.405, "Denmark lies within"),
        (55.7, -9.5, "Denmark lies within"),
        (54.3999, 9.5, "Denmark lies within"),
        (6143460.58, 605172.49, "These look like metres of ETRS89/UTM32"),
        (605172.49, 6143460.58, "These look like metres of ETRS89/UTM32"),
    ],
    ids=["swapped", "null island", "Berlin", "west of Ireland", "just south", "metres", "metres, east first"],
)
def test_a_place_outside_denmark_is_refused_with_the_likeliest_way_out(lat: float, lon: float, way_out: str):
    with pytest.raises(Refused, match="is not in Denmark") as refused:
        Point(lat, lon)
    assert way_out in refused.value.said()


@pytest.mark.parametrize("lat", DENMARK["lat"])
@pytest.mark.parametrize("lon", DENMARK["lon"])
def test_the_corners_of_the_box_are_in_denmark_and_in_its_metres(lat: float, lon: float):
    from pyproj import Transformer

    assert in_denmark(Point(lat, lon).lat, lon)
    assert in_denmark_utm32(*Transformer.from_crs("EPSG:4326", "EPSG:25832").transform(lat, lon))


def test_a_finer_precision_has_a_smaller_radius_of_error():
    radii = [precision.error_km for precision in Precision]
    assert all(finer < coarser for finer, coarser in pairwise(radii))
