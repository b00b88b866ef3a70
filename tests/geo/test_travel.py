"""Minutes: what a radius of uncertainty and a further way do to them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import Mode, Pace, Precision

paces = st.builds(Pace, st.floats(1, 120), st.floats(1, 3), st.floats(0, 60))
kilometres = st.floats(0, 400)


def test_a_bicycle_takes_two_minutes_and_the_detour_at_its_speed():
    bicycle = Pace(kmh=14, detour=1.28, fixed_minutes=2)
    assert float(bicycle.minutes(2.0)) == pytest.approx(2 + 2.0 * 1.28 / 14 * 60)
    assert float(bicycle.km(2.0)) == pytest.approx(2.56)


@given(paces, kilometres, kilometres)
def test_a_further_place_never_takes_fewer_minutes(pace: Pace, one: float, other: float):
    nearer, further = sorted((one, other))
    assert pace.minutes(nearer) <= pace.minutes(further)


@given(paces, kilometres, st.sampled_from(Precision), st.sampled_from(Precision))
def test_an_imprecise_place_is_never_nearer_than_a_more_precise_one(
    pace: Pace, km: float, one: Precision, other: Precision
):
    finer, coarser = sorted((one, other), key=lambda precision: precision.error_km)
    assert pace.minutes(km, finer.error_km) <= pace.minutes(km, coarser.error_km)


@given(paces, st.sampled_from(Precision))
def test_at_no_distance_an_imprecise_place_still_takes_its_radius(pace: Pace, precision: Precision):
    assert float(pace.minutes(0.0, precision.error_km)) == pytest.approx(
        float(pace.minutes(precision.error_km))
    )


@given(paces, st.lists(kilometres, min_size=1, max_size=8))
def test_many_ways_at_once_take_the_minutes_of_the_single_ones(pace: Pace, km: list[float]):
    assert pace.minutes(km, 0.3).tolist() == [float(pace.minutes(one, 0.3)) for one in km]


def test_an_unknown_distance_takes_unknown_minutes():
    assert np.isnan(Pace(14, 1.28).minutes(np.nan))


def test_the_modes_are_those_of_the_contract():
    assert [str(mode) for mode in Mode] == ["walk", "bicycle", "bus", "lift"]
