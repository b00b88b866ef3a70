"""The way of a pair, its whole points, and what it hangs on."""

from math import inf, nan

import numpy as np
import pytest

from geo import Mode, Point, Precision, haversine_km
from matching import Anchor, Catalogue, Policy
from matching.assessment import Pair, assess, limit, too_far, way_to, whole_points
from matching.columns import Sites
from tests.matching.makers import CENTRE, TODAY, make_citizen, make_order

POLICY = Policy.default()
NORTH, SOUTH = Point(55.75, 9.5357), Point(55.66, 9.5357)


def sites(*points: Point | None, error_km: float = 0.0) -> Sites:
    places = [(nan, nan) if point is None else (point.lat, point.lon) for point in points]
    lat, lon = np.array(places).T
    return Sites(lat, lon, np.full(len(points), error_km))


@pytest.mark.parametrize(
    ("score", "points"),
    [(79.9999996, 80), (79.9999994, 79), (80.0, 80), (80.99, 80), (0.0, 0), (100.0, 100)],
)
def test_whole_points_are_blind_beyond_the_sixth_decimal(score: float, points: float) -> None:
    assert whole_points(score) == points
    assert whole_points([score, nan]).tolist()[:1] == [points]


def test_without_a_score_there_are_no_points() -> None:
    assert np.isnan(whole_points(nan))


def test_the_way_starts_from_the_anchor_with_the_fewest_minutes_to_each_order() -> None:
    citizen = make_citizen(mode="bicycle", anchors=[Anchor(SOUTH), Anchor(NORTH)])
    way = way_to(citizen, sites(NORTH, SOUTH, CENTRE), POLICY)
    assert way.anchor.tolist()[:2] == [1, 0]
    pace, straight = POLICY.pace[Mode.BICYCLE], haversine_km(SOUTH.lat, SOUTH.lon, NORTH.lat, NORTH.lon)
    middle = min(float(haversine_km(each.lat, each.lon, CENTRE.lat, CENTRE.lon)) for each in (NORTH, SOUTH))
    assert way.km.tolist() == [0, 0, pytest.approx(middle * pace.detour)]
    assert way.minutes.tolist() == [pace.minutes(0.0), pace.minutes(0.0), pytest.approx(pace.minutes(middle))]
    assert straight > 2 * middle


def test_among_anchors_that_are_equally_near_the_first_named_counts() -> None:
    citizen = make_citizen(anchors=[Anchor(CENTRE), Anchor(NORTH), Anchor(NORTH, "other")])
    assert way_to(citizen, sites(None, NORTH, CENTRE), POLICY).anchor.tolist() == [0, 1, 0]


def test_a_rough_place_costs_minutes_and_no_kilometres_and_an_unknown_one_has_neither() -> None:
    exact, rough = (
        way_to(make_citizen(), sites(NORTH, None, error_km=error), POLICY)
        for error in (0.0, Precision.POSTAL_DISTRICT.error_km)
    )
    assert rough.minutes[0] > exact.minutes[0]
    assert rough.km[0] == exact.km[0]
    assert np.isnan([rough.km[1], rough.minutes[1]]).all()


def test_a_limit_is_kept_by_as_many_minutes_and_without_one_by_any() -> None:
    minutes = np.array([9.0, 10.0, 10.5, nan])
    assert too_far(make_citizen(max_minutes=10), minutes).tolist() == [False, False, True, False]
    assert not too_far(make_citizen(), minutes).any()
    assert (limit(make_citizen()), limit(make_citizen(max_minutes=0))) == (inf, 0)


def test_a_pair_hangs_on_nothing_but_what_is_asked_where_nothing_else_is_unknown_or_stops_it() -> None:
    citizen = make_citizen(avoids={"noise", "crowds"})
    listed = [
        make_order(id="both"),
        make_order(id="noise", demands={"crowds": "no"}),
        make_order(id="stopped", demands={"crowds": "yes"}),
        make_order(id="in", demands={"crowds": "no", "noise": "no"}),
    ]
    catalogue = Catalogue.from_orders(listed)
    found = assess(citizen, catalogue.columns, TODAY, POLICY)
    pairs = {order.id: Pair(found, catalogue.row(order.id)) for order in listed}
    noise, crowds = "avoids:noise", "avoids:crowds"
    for rules, entering in (
        ({noise}, ["noise"]),
        ({noise, crowds}, ["both", "noise"]),
        ({crowds}, []),
        ([], []),
    ):
        assert [id_ for id_, pair in pairs.items() if pair.hangs_on_nothing_but(frozenset(rules))] == entering
