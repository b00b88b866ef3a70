"""The measures, against formulas written another way."""

from itertools import permutations
from math import log2, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import Refused
from matching.evaluation import (
    coverage,
    envy,
    exposure,
    gap,
    gap_by_chance,
    gini,
    lorenz,
    ndcg,
    share_range,
    worst_share,
)

amounts = st.lists(
    st.integers(0, 50) | st.floats(0, 1000).map(lambda value: round(value, 3)), min_size=1, max_size=30
)
gains = st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), min_size=1, max_size=6)


@given(amounts)
def test_gini_is_half_the_mean_difference_over_the_mean(values: list[float]) -> None:
    n, total = len(values), sum(values)
    differences = sum(abs(one - other) for one in values for other in values)
    assert gini(values) == pytest.approx(differences / (2 * n * total) if total else 0.0, abs=1e-9)


@given(amounts)
def test_gini_is_twice_the_area_between_the_diagonal_and_the_lorenz_curve(values: list[float]) -> None:
    curve = lorenz(values)
    assert gini(values) == pytest.approx(1 - 2 * np.trapezoid(curve[:, 1], curve[:, 0]), abs=1e-9)


@given(amounts, st.floats(0.01, 100))
def test_gini_lies_between_equal_and_everything_for_one_and_knows_no_scale(
    values: list[float], factor: float
) -> None:
    assert -1e-9 <= gini(values) <= (len(values) - 1) / len(values) + 1e-9
    assert gini([factor * value for value in values]) == pytest.approx(gini(values), abs=1e-6)


@given(st.floats(0, 1000), st.integers(1, 30))
def test_equal_amounts_have_a_gini_of_nothing(value: float, n: int) -> None:
    assert gini([value] * n) == pytest.approx(0, abs=1e-9)


def test_one_who_has_everything_has_the_largest_gini() -> None:
    assert gini([0, 0, 0, 7]) == 0.75
    assert gini([0, 0]) == 0


@given(amounts)
def test_a_lorenz_curve_runs_from_nothing_to_everything_below_the_diagonal(values: list[float]) -> None:
    curve = lorenz(values)
    assert curve.shape == (len(values) + 1, 2)
    assert curve[0].tolist() == [0, 0]
    assert curve[-1].tolist() == pytest.approx([1, 1])
    assert np.all(np.diff(curve, axis=0) >= -1e-12)
    assert np.all(curve[:, 1] <= curve[:, 0] + 1e-9)


@pytest.mark.parametrize("measure", [gini, lorenz, worst_share, coverage])
@pytest.mark.parametrize("values", [[], [1, -1], [1, nan], [[1, 2]]], ids=str)
def test_amounts_that_cannot_be_measured_are_refused(measure: object, values: list[float]) -> None:
    with pytest.raises(Refused, match="cannot be measured"):
        measure(values)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("values", "mean"), [([5, 1, 2, 3, 4], 1), (range(10), 0.5), ([7], 7), ([4, 2, 9], 2)], ids=str
)
def test_the_worst_off_fifth_is_at_least_one(values: list[float], mean: float) -> None:
    assert worst_share(list(values)) == mean


def dcg(values: list[float]) -> float:
    return sum(value / log2(place + 1) for place, value in enumerate(values, start=1))


@given(gains, st.integers(1, 6))
def test_ndcg_is_the_gain_over_that_of_the_best_of_all_orders(values: list[float], k: int) -> None:
    best = max(dcg(list(order)[:k]) for order in permutations(values))
    assert ndcg(values, values, k) == pytest.approx(dcg(values[:k]) / best if best else 1.0)


@given(gains)
def test_the_best_order_has_an_ndcg_of_one(values: list[float]) -> None:
    assert ndcg(sorted(values, reverse=True), values, 3) == pytest.approx(1)


def test_ndcg_of_a_known_list() -> None:
    assert ndcg([0, 1], [1, 0, 0], k=3) == pytest.approx(1 / log2(3))
    assert ndcg([], [1, 0], k=3) == 0


def test_exposure_and_coverage_count_lists() -> None:
    exposed = exposure([[0, 2], [2], []], n=4)
    assert exposed.tolist() == [1, 0, 2, 0]
    assert coverage(exposed) == 0.5
    assert exposure([], n=2).tolist() == [0, 0]


def test_envy_is_who_would_be_better_off_with_what_another_got() -> None:
    scores = [[0.9, 0.5], [0.8, 0.1], [nan, 0.2]]
    assert envy(scores, [0, 1, None]) == pytest.approx(2 / 3)
    assert envy(scores, [0, None, 1]) == pytest.approx(1 / 3)
    assert envy(scores, [None, None, None]) == 0
    assert envy([], []) == 0


def test_nobody_envies_a_task_that_does_not_fit() -> None:
    assert envy([[0.5, nan], [nan, nan]], [0, None]) == 0


grouped = st.lists(st.tuples(st.integers(0, 20).map(float), st.sampled_from("abc")), min_size=1, max_size=12)


@given(grouped, st.integers(1, 4))
def test_a_gap_is_that_of_the_means_of_groups_that_are_large_enough(
    told: list[tuple[float, str]], fewest: int
) -> None:
    values, groups = [value for value, _ in told], [group for _, group in told]
    kept = [(value, group) for value, group in told if groups.count(group) >= fewest]
    theirs = [[value for value, of in kept if of == group] for group in {of for _, of in kept}]
    means = [sum(each) / len(each) for each in theirs]
    expected = max(means) - min(means) if means else 0.0
    assert gap(values, groups, fewest) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("groups", [["a", "b"], ["a", "b", "b", "c"]])
def test_a_gap_needs_one_group_for_each_amount(groups: list[str]) -> None:
    with pytest.raises(Refused, match="3 amounts") as found:
        gap([1.0, 2.0, 3.0], groups)
    assert found.value.field == "groups"


@given(grouped)
def test_a_gap_by_chance_is_that_of_all_ways_to_deal(told: list[tuple[float, str]]) -> None:
    told = told[:6]
    values, groups = [value for value, _ in told], [group for _, group in told]
    seen = gap(values, groups)
    ways = [gap(list(dealt), groups) >= seen - 1e-9 for dealt in permutations(values)]
    assert gap_by_chance(values, groups) == pytest.approx(np.mean(ways), abs=0.05)


def test_a_gap_between_few_people_may_be_chance_and_one_between_many_is_not() -> None:
    assert gap_by_chance([1, 0], ["walk", "bus"]) == 1
    assert gap_by_chance([1] * 40 + [0] * 40, ["walk"] * 40 + ["bus"] * 40) < 0.001
    assert gap_by_chance([0, 5], ["walk", "bus"], fewest=2) == 1
    assert gap([0, 5], ["walk", "bus"], fewest=2) == 0
    assert gap([], []) == 0


def test_a_gap_by_chance_is_the_same_for_the_same_seed() -> None:
    values, groups = range(20), "aabbc" * 4
    assert gap_by_chance(values, groups, seed=3) == gap_by_chance(values, groups, seed=3)


def test_the_range_of_a_share_is_that_of_the_tables() -> None:
    # Newcombe (1998), Statistics in Medicine 17:857, table I, method 3
    assert share_range(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert share_range(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert share_range(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert share_range(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)


@given(st.integers(1, 60).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_range_of_a_share_holds_the_share_and_mirrors(told: tuple[int, int]) -> None:
    met, of = told
    low, high = share_range(met, of)
    assert -1e-15 <= low <= met / of <= high <= 1 + 1e-15
    assert share_range(of - met, of) == pytest.approx((1 - high, 1 - low))


@pytest.mark.parametrize(("met", "of"), [(0, 0), (3, 2), (-1, 2)], ids=str)
def test_a_share_that_is_none_is_refused(met: int, of: int) -> None:
    with pytest.raises(Refused, match="is no share"):
        share_range(met, of)
