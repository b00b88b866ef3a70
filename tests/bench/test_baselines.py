"""What the benchmark says of its baselines holds: who claims the same list has it; a wrong one is told."""

from math import inf

import numpy as np
import pytest

from matching import Catalogue
from tests.bench import core, postgis
from tests.bench.baselines import fastest_scan, plain_scan
from tests.bench.country import citizens, orders
from tests.bench.nearest import BallTreeIndex, grown_until_exact, nearest_that_pass

FRAME = orders(3_000)
CATALOGUE = Catalogue.from_frame(FRAME)
PEOPLE = citizens(42)


def test_the_full_scans_have_the_list_of_the_search():
    core.agree(core.SCAN, PEOPLE, CATALOGUE, lambda one: fastest_scan(one, CATALOGUE, core.K, core.POLICY))
    core.agree(core.PLAIN, PEOPLE, CATALOGUE, lambda one: plain_scan(one, CATALOGUE, core.K, core.POLICY))


def test_a_way_with_another_list_is_told_with_the_citizen():
    with pytest.raises(AssertionError, match="pandas.*: another list than the search for c-0"):
        core.agree(core.PANDAS, PEOPLE, CATALOGUE, lambda one: [])


def test_the_ball_tree_finds_the_nearest_that_pass_and_grown_the_best():
    index = BallTreeIndex(CATALOGUE, core.POLICY)
    for person in PEOPLE:
        found = nearest_that_pass(index, person, CATALOGUE, core.K, core.POLICY)
        core.check_nearest(core.TREE, person, CATALOGUE, found)
        grown = grown_until_exact(index, person, CATALOGUE, core.K, core.POLICY)
        assert grown == core.searched(person, CATALOGUE)


def test_the_nearest_are_not_the_best():
    index = BallTreeIndex(CATALOGUE, core.POLICY)
    near = [nearest_that_pass(index, one, CATALOGUE, core.K, core.POLICY) for one in PEOPLE]
    assert near != [core.searched(one, CATALOGUE) for one in PEOPLE]


def test_places_that_are_not_the_nearest_are_told():
    person = PEOPLE[0]
    rows, _ = BallTreeIndex(CATALOGUE, core.POLICY).passing(person, 60, inf)
    with pytest.raises(AssertionError, match="not the nearest that pass for c-0"):
        core.check_nearest(core.TREE, person, CATALOGUE, rows[20:40].tolist())


def test_an_order_that_a_rule_stops_is_told():
    person = next(one for one in PEOPLE if one.avoids)
    kept = set(core.searched(person, CATALOGUE))
    stopped = [row for row in range(len(CATALOGUE)) if row not in kept][: core.K]
    with pytest.raises(AssertionError, match="not the nearest"):
        core.check_nearest(core.TREE, person, CATALOGUE, stopped)


@pytest.mark.skipif(postgis.programs() is None, reason=postgis.MISSING)
def test_postgis_finds_the_nearest_that_pass_and_grown_the_best():
    found = postgis.programs()
    assert found
    with postgis.cluster(found) as connection:
        index = postgis.PostgisIndex(connection, FRAME, CATALOGUE)
        measured = list(core.indexed(index, CATALOGUE, PEOPLE, core.POSTGIS, core.POSTGIS_EXACT))
    assert [one.runs for one in measured] == [len(PEOPLE)] * 2


def test_utm32_is_never_longer_than_the_sphere_by_more_than_is_allowed_for():
    from geo import haversine_km

    rng = np.random.default_rng(1)
    lat, lon = rng.uniform(54.5, 57.8, 2_000), rng.uniform(8.0, 15.2, 2_000)
    there_lat, there_lon = np.clip(lat + 0.1, 54.5, 57.8), np.clip(lon + rng.uniform(-1, 1, 2_000), 8.0, 15.2)
    east, north = postgis._TO_UTM32.transform(lat, lon)
    there_east, there_north = postgis._TO_UTM32.transform(there_lat, there_lon)
    flat = np.hypot(there_east - east, there_north - north) / 1000
    sphere = np.array(
        [
            float(haversine_km(a, b, np.array([c]), np.array([d]))[0])
            for a, b, c, d in zip(lat, lon, there_lat, there_lon, strict=True)
        ]
    )
    told = sphere > 0.01
    assert (flat[told] * postgis.SHORT <= sphere[told]).all()
    assert (sphere[told] * postgis.SHORT <= flat[told]).all()
