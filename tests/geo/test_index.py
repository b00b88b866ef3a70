"""The grid finds exactly the places that a look at all of them finds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from geo import Point, haversine_km
from geo.index import Grid, Window, lay_grid
from geo.point import DENMARK

latitudes = st.floats(*DENMARK["lat"])
longitudes = st.floats(*DENMARK["lon"])
points = st.builds(Point, latitudes, longitudes)
places = st.lists(st.one_of(st.tuples(latitudes, longitudes), st.just((np.nan, np.nan))), max_size=300)
Places = list[tuple[float, float]]
RANDOM = np.random.default_rng(7)
SCATTERED = list(
    zip(RANDOM.uniform(*DENMARK["lat"], 20_000), RANDOM.uniform(*DENMARK["lon"], 20_000), strict=True)
)


def sorted_places(where: Places) -> tuple[Grid, NDArray[np.float64], NDArray[np.float64]]:
    lat, lon = np.array(where, np.float64).reshape(-1, 2).T
    grid, order = lay_grid(lat, lon)
    assert sorted(order) == list(range(len(where)))
    return grid, lat[order], lon[order]


def held(grid: Grid, window: Window, size: int) -> NDArray[np.bool_]:
    inside = np.zeros(size, np.bool_)
    for run in grid.runs(window):
        assert not inside[run].any()
        inside[run] = True
    return inside


def whole(grid: Grid) -> Window:
    return Window(0, grid.rows - 1, 0, grid.columns - 1)


@given(places, points, st.floats(0, 500))
def test_a_window_holds_every_place_within_its_distance(where: Places, point: Point, km: float) -> None:
    grid, lat, lon = sorted_places(where)
    inside = held(grid, grid.within_km(point, km), len(where))
    near = haversine_km(point.lat, point.lon, lat, lon) <= km
    assert not (near & ~inside).any()


@given(places, points, st.floats(0, 500))
def test_nothing_outside_a_window_is_nearer_than_it_says(where: Places, point: Point, km: float) -> None:
    grid, lat, lon = sorted_places(where)
    window = grid.within_km(point, km)
    inside = held(grid, window, len(where))
    away = haversine_km(point.lat, point.lon, lat, lon)[~inside]
    assert (away[~np.isnan(away)] >= grid.beyond_km(point, window) - 1e-9).all()


@given(places, points, st.floats(0, 500))
def test_what_lies_in_cells_inside_a_distance_is_nearer_than_that(
    where: Places, point: Point, km: float
) -> None:
    grid, lat, lon = sorted_places(where)
    away = haversine_km(point.lat, point.lon, lat, lon)
    for run in grid.runs_inside_km(point, km):
        assert (away[run] < km).all()


@given(places, points, st.floats(0, 500))
def test_every_place_within_a_distance_lies_in_a_cell_that_touches_it(
    where: Places, point: Point, km: float
) -> None:
    grid, lat, lon = sorted_places(where)
    touching = np.zeros(len(where), np.bool_)
    for run in grid.runs_touching_km(point, km):
        touching[run] = True
    near = haversine_km(point.lat, point.lon, lat, lon) <= km
    assert not (near & ~touching).any()


def test_cells_that_touch_a_distance_hold_fewer_places_than_the_window_around_it() -> None:
    grid, _, _ = sorted_places(SCATTERED)
    point = Point(56.2, 11.0)
    touching = sum(run.stop - run.start for run in grid.runs_touching_km(point, 60))
    assert 0 < touching < 0.9 * grid.count(grid.within_km(point, 60))


def test_most_of_what_is_near_lies_in_cells_inside_the_distance() -> None:
    grid, lat, lon = sorted_places(SCATTERED)
    point = Point(55.7, 9.5)
    near = haversine_km(point.lat, point.lon, lat, lon) < 60
    inside = sum(run.stop - run.start for run in grid.runs_inside_km(point, 60))
    assert inside > 0.7 * near.sum() > 700


@given(places, points)
def test_the_whole_window_holds_all_places_that_have_one(where: Places, point: Point) -> None:
    grid, lat, _ = sorted_places(where)
    inside = held(grid, whole(grid), len(where))
    assert (inside == ~np.isnan(lat)).all()
    assert grid.placed == int(inside.sum())
    assert grid.beyond_km(point, whole(grid)) == float("inf")


def test_a_small_distance_looks_at_few_of_many_places() -> None:
    grid, _, _ = sorted_places(SCATTERED)
    assert held(grid, grid.within_km(Point(55.7, 9.5), 5), 20_000).sum() < 200


@pytest.mark.parametrize("where", [[], [(np.nan, np.nan)]])
def test_a_grid_over_no_places_finds_nothing(where: Places) -> None:
    grid, _, _ = sorted_places(where)
    assert grid.placed == 0
    assert grid.runs(whole(grid)) == []
    assert grid.runs_inside_km(Point(55.7, 9.5), 500) == []
    assert grid.runs_touching_km(Point(55.7, 9.5), 500) == []
