"""No order has more points than its bound, and no bound is higher than it has to be."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import Mode, Point
from matching import Catalogue, Citizen, JobOrder, Policy
from matching.assessment import assess
from matching.bounds import Bounds
from matching.policy import Part
from tests.matching.generated import catalogues, citizens, policies
from tests.matching.makers import TODAY, make_citizen, make_order, policy_with

POLICY = Policy.default()
bars = st.just(-inf) | st.integers(0, 100).map(float)
AWAY = Point(55.75588, 9.4258)


def bounds_of(
    citizen: Citizen, catalogue: Catalogue, policy: Policy = POLICY, *, limited: bool = False
) -> Bounds:
    return Bounds(citizen, catalogue.columns, policy, limited=limited)


@given(citizens(), catalogues(), policies)
def test_no_order_has_more_points_than_its_bound(
    citizen: Citizen, listed: list[JobOrder], policy: Policy
) -> None:
    catalogue = Catalogue.from_orders(listed)
    if not listed:
        return
    most = bounds_of(citizen, catalogue, policy).points(np.arange(len(catalogue.columns)))
    score = assess(citizen, catalogue.columns, TODAY, policy).parts.score
    missed = np.isnan(score) & bool(policy.weights[Part.NEARNESS])
    assert np.isnan(most).tolist() == missed.tolist()
    assert not (score > most + 1e-9).any()


@given(citizens(), catalogues(), policies, bars, st.booleans())
def test_beyond_the_reach_no_order_has_the_points_or_keeps_the_limit(
    citizen: Citizen, listed: list[JobOrder], policy: Policy, bar: float, limited: bool
) -> None:
    if not listed:
        return
    catalogue = Catalogue.from_orders(listed)
    found = assess(citizen, catalogue.columns, TODAY, policy)
    reach = bounds_of(citizen, catalogue, policy, limited=limited).reach_km(bar)
    straight = found.way.km / policy.pace[citizen.mode].detour
    kept = (
        found.way.minutes <= (citizen.max_minutes or 0)
        if limited and citizen.max_minutes is not None
        else True
    )
    assert not ((straight > reach) & (found.whole_points >= bar) & kept).any()


@given(citizens(), catalogues(), policies, st.integers(0, 100).map(float), st.floats(0, 20))
def test_what_is_not_hopeful_has_fewer_points(
    citizen: Citizen, listed: list[JobOrder], policy: Policy, bar: float, beyond_km: float
) -> None:
    if not listed:
        return
    catalogue = Catalogue.from_orders(listed)
    found = assess(citizen, catalogue.columns, TODAY, policy)
    rows = np.flatnonzero(found.way.km / policy.pace[citizen.mode].detour >= beyond_km)
    hopeful = bounds_of(citizen, catalogue, policy).hopeful(rows, beyond_km, bar)
    assert not (found.whole_points[np.setdiff1d(rows, hopeful)] >= bar).any()


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize(
    "weights", [{}, {"weights.nearness": 0.15, "weights.wishes": 0.35}], ids=["shipped", "other"]
)
def test_an_order_that_lacks_nothing_else_has_all_the_points_of_its_bound(
    mode: Mode, weights: dict[str, float]
) -> None:
    policy = policy_with(weights)
    listed = [
        make_order(id="near", activities="green", employer_yes=4),
        make_order(id="away", activities={"green": 0.5, "shop": 0.5}, employer_yes=4, place=AWAY),
        make_order(id="closed", activities="green", employer_no=400),
    ]
    citizen, catalogue = make_citizen(mode=mode, attitudes={"green": "gladly"}), Catalogue.from_orders(listed)
    rows = np.array([catalogue.row(name) for name in ("away", "closed", "near")])
    scores = assess(citizen, catalogue.columns, TODAY, policy).parts.score[rows]
    assert bounds_of(citizen, catalogue, policy).points(rows) == pytest.approx(scores, abs=1e-9)


def test_work_that_suits_less_than_the_floor_counts_the_floor_in_its_bound_too() -> None:
    policy = policy_with({"attitudes.rather_not": 0.01})
    catalogue = Catalogue.from_orders([make_order(activities="shop")])
    citizen = make_citizen(attitudes={"shop": "rather_not"})
    score = assess(citizen, catalogue.columns, TODAY, policy).parts.score
    assert bounds_of(citizen, catalogue, policy).points(np.array([0])) == pytest.approx(score, abs=1e-9)


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("bar", [60.0, 80.0])
def test_at_the_end_of_the_reach_the_best_order_has_just_the_points(mode: Mode, bar: float) -> None:
    catalogue = Catalogue.from_orders([make_order(activities="green", employer_yes=400)])
    citizen = make_citizen(mode=mode, attitudes={"green": "gladly"})
    bounds = bounds_of(citizen, catalogue)
    end, rows = bounds.reach_km(bar), np.array([0])
    assert bounds.hopeful(rows, end - 1e-4, bar).tolist() == [0]
    assert bounds.hopeful(rows, end + 1e-4, bar).tolist() == []


@pytest.mark.parametrize("bar", [60.0, 80.0])
def test_the_reach_ends_a_millimetre_beyond_points_that_are_rounded_up_to_the_bar(bar: float) -> None:
    catalogue = Catalogue.from_orders([make_order(activities="green", employer_yes=400)])
    bounds = bounds_of(make_citizen(attitudes={"green": "gladly"}), catalogue)
    end, a_hair = bounds.reach_km(bar) - 1e-6, 2e-8
    hopeful = [bounds.hopeful(np.array([0]), km, bar).tolist() for km in (end - a_hair, end + a_hair)]
    assert hopeful == [[0], []]


def test_an_order_that_can_only_just_reach_the_points_is_hopeful() -> None:
    policy = policy_with({"weights.employer_openness": 0, "weights.nearness": 0.5})
    catalogue = Catalogue.from_orders([make_order(activities="green")])
    bounds = bounds_of(make_citizen(attitudes={"green": "gladly"}), catalogue, policy)
    assert [bounds.hopeful(np.array([0]), 0.0, bar).tolist() for bar in (100.0, 101.0)] == [[0], []]


def test_each_order_is_hopeful_by_what_is_to_be_done_in_it() -> None:
    listed = [
        make_order(id="o-1", activities="shop"),
        make_order(id="o-2", activities="green", employer_yes=400),
    ]
    catalogue = Catalogue.from_orders(listed)
    bounds = bounds_of(make_citizen(attitudes={"green": "gladly", "shop": "rather_not"}), catalogue)
    liked, disliked = catalogue.row("o-2"), catalogue.row("o-1")
    hopeful = bounds.hopeful(np.array([liked, disliked, liked]), 0.0, 80.0)
    assert hopeful.tolist() == [liked, liked]


def test_each_order_is_hopeful_by_how_open_its_employer_is_and_how_far_away_it_is() -> None:
    listed = [
        make_order(id="o-1", activities="green", employer_no=400),
        make_order(id="o-2", activities="green", employer_yes=400),
    ]
    catalogue = Catalogue.from_orders(listed)
    bounds = bounds_of(make_citizen(attitudes={"green": "gladly"}), catalogue)
    closed, opened = catalogue.row("o-1"), catalogue.row("o-2")
    hopeful = [bounds.hopeful(np.array([closed, opened]), km, 60.0).tolist() for km in (0.0, 1.0, 9.0)]
    assert hopeful == [[closed, opened], [opened], []]


@pytest.mark.parametrize(("limited", "shorter"), [(True, True), (False, False)])
def test_the_citizens_own_limit_ends_the_reach_where_it_is_asked_to(limited: bool, shorter: bool) -> None:
    catalogue = Catalogue.from_orders([make_order(activities="green")])
    citizen, own = make_citizen(max_minutes=10), POLICY.pace[Mode.WALK].reach_km(10)
    bounds = bounds_of(citizen, catalogue, limited=limited)
    assert (bounds.reach_km(-inf) == own, bounds.reach_km(1.0) == own) == (shorter, shorter)
    assert limited or bounds.reach_km(-inf) == bounds.reach_km(1.0) == inf


def test_without_a_limit_the_reach_has_no_end_for_what_any_order_reaches() -> None:
    bounds = bounds_of(make_citizen(), Catalogue.from_orders([make_order()]), limited=True)
    assert bounds.reach_km(-inf) == bounds.reach_km(0.0) == inf
    assert bounds.reach_km(40.0) < inf


def test_where_nearness_weighs_nothing_the_reach_has_no_end() -> None:
    weightless = policy_with({"weights.nearness": 0, "weights.employer_openness": 0.5})
    bounds = bounds_of(make_citizen(), Catalogue.from_orders([make_order()]), weightless)
    assert bounds.reach_km(90.0) == inf


def test_what_no_order_has_even_next_door_ends_the_reach_at_the_plateau() -> None:
    bounds = bounds_of(make_citizen(), Catalogue.from_orders([make_order()]))
    assert bounds.reach_km(100.0) == POLICY.pace[Mode.WALK].reach_km(POLICY.plateau_minutes)
