"""The search around the anchors finds exactly what a look at every order finds."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo import Mode, Point
from matching import Anchor, Catalogue, Citizen, JobOrder, Policy, Shortlist
from matching import search as searching
from matching.assessment import assess
from matching.search import Contenders, best, order_rows
from matching.standing import Group, Sieve
from matching.vocabulary import REQUIREMENTS, Activity, Answer, Demand, Support
from tests.matching.generated import catalogues as lists_of_orders
from tests.matching.generated import citizens as one_citizen
from tests.matching.generated import orders, policies
from tests.matching.makers import make_citizen, make_order, policy_with

TODAY = date(2026, 12, 1)
citizens = one_citizen()
catalogues = lists_of_orders().map(Catalogue.from_orders)
POLICY = Policy.default()


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows that begin with one order, and few orders scored at once, so that small catalogues do too."""
    monkeypatch.setattr(searching, "FIRST_ROWS", 1)
    monkeypatch.setattr(searching, "GROWTH", 1.3)
    monkeypatch.setattr(searching, "FEW_ROWS", 1)
    monkeypatch.setattr(searching, "FIRST_LOOK", 1)


def searched(
    citizen: Citizen, catalogue: Catalogue, k: int, group: Group, policy: Policy = POLICY
) -> list[int]:
    return best(Sieve(citizen, catalogue, TODAY, policy), k, group)


def full_scan(
    citizen: Citizen, catalogue: Catalogue, k: int, group: Group, policy: Policy = POLICY
) -> list[int]:
    found = assess(citizen, catalogue.columns, TODAY, policy)
    rows = np.flatnonzero(group.of(found))
    return order_rows(rows, found.whole_points[rows], found.orders.load[rows], catalogue.ids)[:k]


@pytest.mark.usefixtures("small_steps")
@pytest.mark.parametrize("k", [1, 3, 1000])
@pytest.mark.parametrize("group", Group)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(citizen=citizens, catalogue=catalogues, policy=policies)
def test_the_search_is_the_full_scan(
    citizen: Citizen, catalogue: Catalogue, policy: Policy, k: int, group: Group
) -> None:
    expected = full_scan(citizen, catalogue, k, group, policy)
    assert searched(citizen, catalogue, k, group, policy) == expected


@given(citizen=citizens, catalogue=catalogues)
def test_the_totals_are_those_of_the_full_scan(citizen: Citizen, catalogue: Catalogue) -> None:
    found = assess(citizen, catalogue.columns, TODAY, POLICY)
    totals = Sieve(citizen, catalogue, TODAY, POLICY).totals
    assert totals.ranked == np.count_nonzero(found.ranked)
    assert totals.asked == np.count_nonzero(found.asked)
    frame = Shortlist(citizen, catalogue, 5, TODAY, POLICY).excluded
    assert totals.excluded == dict(frame["rule"].value_counts())


@given(citizen=citizens, catalogue=catalogues)
def test_every_order_stands_where_its_assessment_says(citizen: Citizen, catalogue: Catalogue) -> None:
    found = assess(citizen, catalogue.columns, TODAY, POLICY)
    standing = Sieve(citizen, catalogue, TODAY, POLICY)
    for group in Group:
        assert list(standing.group(group)) == list(group.of(found))


def in_order(points: list[float], tie: list[float], ids: list[str], k: int | None = None) -> list[str]:
    rows = np.arange(len(ids))
    return [ids[row] for row in order_rows(rows, np.array(points), np.array(tie), ids, k)]


def test_rows_are_ordered_by_points_then_by_the_tie_break_then_by_id_and_without_points_last() -> None:
    points = [70, np.nan, 80, 80, np.nan, 80, np.nan, 70]
    tie = [0.5, 1, 2, 1, 0, 1, 1, 0.25]
    ids = ["h", "g", "f", "e", "d", "c", "b", "a"]
    assert in_order(points, tie, ids) == ["c", "e", "f", "a", "h", "d", "b", "g"]
    for k in range(10):
        assert in_order(points, tie, ids, k) == ["c", "e", "f", "a", "h", "d", "b", "g"][:k]
    assert in_order([], [], []) == in_order([], [], [], 3) == []


def contenders(k: int, *times: list[tuple[float, float]]) -> Contenders:
    """Those found in several turns, each with points and tie-break; their ids fall as their rows rise."""
    held, rows = Contenders(k, [f"id-{9 - row}" for row in range(10)]), iter(range(10))
    for found in times:
        points, tie = (np.array(each, np.float64) for each in zip(*found, strict=True))
        held.add(np.array([next(rows) for _ in found], np.intp), points, tie)
    return held


def test_of_many_contenders_only_those_are_held_who_can_still_be_among_the_best() -> None:
    held = contenders(2, [(80, 3), (70, 0)], [(80, 1), (80, 2)])
    assert (held.bar, held.best_first()) == (80, [2, 3])
    assert sorted(held._rows.tolist()) == [2, 3]
    better = contenders(2, [(80, 3), (70, 0)], [(80, 1), (90, 2)])
    assert (better.bar, better.best_first()) == (80, [3, 2])
    assert sorted(better._rows.tolist()) == [2, 3]


def test_of_a_thousand_contenders_as_many_are_held_as_are_wanted() -> None:
    random = np.random.default_rng(3)
    points, tie = np.repeat([70.0, 80.0, 90.0], [400, 550, 50]), random.permutation(1000).astype(np.float64)
    held = Contenders(100, [str(row) for row in range(1000)])
    held.add(np.arange(1000), points, tie)
    assert len(held._rows) == 100
    ordered = sorted(range(1000), key=lambda row: (-points[row], tie[row]))
    assert held.best_first() == ordered[:100]


def test_contenders_who_are_equal_but_for_the_id_are_all_held_until_the_end() -> None:
    held = contenders(1, [(80, 1), (80, 1)], [(80, 1), (79, 0), (80, 2)])
    assert sorted(held._rows.tolist()) == [0, 1, 2]
    assert held.best_first() == [2]


def test_as_long_as_some_have_no_points_anybody_can_be_among_the_best() -> None:
    held = contenders(3, [(80, 3), (np.nan, 0)])
    assert (held.bar, held.best_first()) == (-np.inf, [0, 1])
    held.add(np.array([2, 3]), np.array([np.nan, np.nan]), np.array([1.0, 0.0]))
    assert (held.bar, held.best_first()) == (-np.inf, [0, 3, 1])
    held.add(np.array([4, 5]), np.array([10.0, 20.0]), np.array([9.0, 9.0]))
    assert (held.bar, held.best_first()) == (10, [0, 5, 4])


def test_before_as_many_are_found_as_are_wanted_nothing_has_to_be_beaten() -> None:
    assert Contenders(1, []).bar == contenders(2, [(80, 3)]).bar == -np.inf
    assert Contenders(1, []).best_first() == []
    assert contenders(1, [(80, 3)]).bar == 80


def town_and_country(size: int) -> Catalogue:
    """Orders in heaps around a few hundred places, as towns are, with everything drawn at random."""
    random = np.random.default_rng(7)
    middle = random.uniform((54.9, 8.4), (57.4, 12.4), (200, 2))[random.integers(0, 200, size)]
    answers = {
        str(code): pd.array(random.choice([True, False, None], size), dtype="boolean")
        for code in (*Demand, *Support)
    }
    frame = pd.DataFrame(
        {
            "order_id": [f"o-{number}" for number in random.permutation(size)],
            "lat": middle[:, 0] + random.normal(0, 0.02, size),
            "lon": middle[:, 1] + random.normal(0, 0.04, size),
            "activities": random.choice([str(code) for code in Activity], size),
            "setting": random.choice(["indoor", "outdoor", "both", "unknown"], size),
            "hours_per_week": random.integers(1, 15, size),
            "places": random.integers(0, 3, size),
            "open_proposals": random.poisson(0.5, size),
            "employer_yes": random.poisson(1, size),
            **answers,
        }
    )
    return Catalogue.from_frame(frame)


BIG = town_and_country(20_000)
ABLE = dict.fromkeys(REQUIREMENTS, Answer.YES)
FREE = int(np.flatnonzero(BIG.columns.places)[0])
NEXT_DOOR = Point(float(BIG.columns.lat[FREE]), float(BIG.columns.lon[FREE]))


@pytest.mark.parametrize("group", Group)
@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize(
    "said",
    [
        {},
        {"attitudes": {"green": "gladly", "machine_work": "cannot"}},
        {"avoids": {"machines", "alcohol_present"}, "needs": {"contact_person"}},
        {"max_minutes": 25, "attitudes": {"green": "gladly"}},
        {"avoids": {"noise"}, "max_hours_per_week": 3, "setting": {"indoor": "cannot"}, "max_minutes": 40},
        {"prefers_not": {"crowds"}, "wishes": {"same_day_pay"}, "attitudes": {"animals": "rather_not"}},
    ],
    ids=["nothing", "attitudes", "hard", "near", "much", "soft"],
)
def test_the_search_is_the_full_scan_among_many(said: dict[str, object], mode: Mode, group: Group) -> None:
    citizen = make_citizen(mode=mode, **said)
    for k in (1, 20, 500):
        assert searched(citizen, BIG, k, group) == full_scan(citizen, BIG, k, group)


@pytest.mark.usefixtures("small_steps")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(citizen=citizens, catalogue=catalogues, later=orders(id="later"), group=st.sampled_from(Group))
def test_orders_come_once_each_and_from_no_nearer_than_is_said(
    citizen: Citizen, catalogue: Catalogue, later: JobOrder, group: Group
) -> None:
    grown = catalogue.with_order(later)
    standing = Sieve(citizen, grown, TODAY, POLICY)
    search = searching._Search(standing, 2, group)
    straight = assess(citizen, grown.columns, TODAY, POLICY).way.km / POLICY.pace[citizen.mode].detour
    seen: list[int] = []
    for rows, beyond_km in search.nearest_first():
        search.look_at(rows, beyond_km)
        assert standing.group(group)[rows].all()
        assert not (straight[rows] < beyond_km - 1e-9).any()
        settled = rows[rows != grown.row("later")]
        assert not np.isnan(straight[settled]).any()
        seen += rows.tolist()
    assert len(seen) == len(set(seen))
    assert (grown.row("later") in seen) == standing.group(group)[grown.row("later")]


def steps_of(search: Any) -> list[tuple[list[int], float]]:
    """The rows of each step, and the kilometres beyond which they lie."""
    steps = []
    for rows, beyond_km in search.nearest_first():
        search.look_at(rows, beyond_km)
        steps.append((rows.tolist(), beyond_km))
    return steps


def test_few_orders_are_looked_at_all_at_once_however_near_they_are() -> None:
    catalogue = Catalogue.from_orders([make_order(id=f"o-{number}") for number in range(3)])
    standing = Sieve(make_citizen(), catalogue.with_order(make_order(id="later")), TODAY, POLICY)
    steps = steps_of(searching._Search(standing, 1, Group.RANKED))
    assert [(len(rows), beyond_km) for rows, beyond_km in steps] == [(1, 0.0), (3, 0.0)]


@pytest.mark.usefixtures("small_steps")
@pytest.mark.parametrize("first", [0, 1, 2, 3])
def test_an_order_that_can_only_just_reach_the_points_of_the_last_shown_is_scored_too(first: int) -> None:
    policy = policy_with({"weights.employer_openness": 0, "weights.nearness": 0.5})
    names = ["o-0", "o-1", "o-2", "o-3"]
    catalogue = Catalogue.from_orders(
        make_order(id=name, activities="green") for name in [*names[first:], *names[:first]]
    )
    standing = Sieve(make_citizen(attitudes={"green": "gladly"}), catalogue, TODAY, policy)
    assert [catalogue.ids[row] for row in best(standing, 1, Group.RANKED)] == ["o-0"]


def test_the_ones_nearest_are_found_by_whoever_will_not_go_far() -> None:
    for minutes in (1, 3, 5):
        citizen = make_citizen(max_minutes=minutes, anchors=[Anchor(NEXT_DOOR)], abilities=ABLE)
        found = searched(citizen, BIG, 20, Group.RANKED)
        assert found == full_scan(citizen, BIG, 20, Group.RANKED)
        assert found


@pytest.mark.parametrize("avoids", [set(), {"noise"}], ids=["most are ranked", "few are ranked"])
@pytest.mark.parametrize("mode", ["bicycle", "bus", "lift"])
def test_windows_begin_with_about_as_many_as_are_aimed_at_and_reach_no_farther_than_they_have_to(
    mode: str, avoids: set[str]
) -> None:
    citizen = make_citizen(attitudes={"green": "gladly"}, abilities=ABLE, mode=mode, avoids=avoids)
    standing = Sieve(citizen, BIG, TODAY, POLICY)
    (_, *steps) = steps_of(searching._Search(standing, 5, Group.RANKED))
    assert searching.FIRST_ROWS / 2 < len(steps[0][0]) < searching.FIRST_ROWS * 4
    assert sum(len(rows) for rows, _ in steps) < standing.totals.ranked / 4


@pytest.mark.usefixtures("small_steps")
@pytest.mark.parametrize(
    ("group", "limited"), [(Group.RANKED, True), (Group.ASKED, True), (Group.EXCLUDED, False)]
)
def test_windows_end_at_the_citizens_own_limit_but_for_what_it_excludes(group: Group, limited: bool) -> None:
    citizen = make_citizen(mode="bicycle", max_minutes=30, avoids={"noise"}, abilities=ABLE)
    steps = steps_of(searching._Search(Sieve(citizen, BIG, TODAY, POLICY), 1_000, group))
    end = POLICY.pace[Mode.BICYCLE].reach_km(30)
    assert all(beyond_km < end for _, beyond_km in steps) == limited
    assert any(rows for rows, _ in steps)


@pytest.mark.usefixtures("small_steps")
def test_the_first_window_holds_what_is_near_and_the_sweep_whatever_has_a_place() -> None:
    south = [make_order(id=f"south-{number:03}", place=Point(54.7, 9.0)) for number in range(400)]
    near, nowhere = make_order(id="near", open_proposals=1), make_order(id="nowhere", place=None)
    catalogue = Catalogue.from_orders([*south, near, nowhere])
    standing = Sieve(make_citizen(avoids={"noise"}), catalogue, TODAY, POLICY)
    loose, first, *others = steps_of(searching._Search(standing, 2, Group.ASKED))
    assert loose == ([], 0)
    assert [catalogue.ids[row] for row in first[0]] == ["near"]
    assert sorted(catalogue.ids[row] for rows, _ in others for row in rows) == [each.id for each in south]


def test_a_citizen_with_an_ordinary_wish_is_served_without_looking_at_most_orders() -> None:
    looked_at = []
    real = searching.assess

    def counted(*given: object) -> object:
        looked_at.append(len(given[1]))  # type: ignore[arg-type]
        return real(*given)  # type: ignore[arg-type]

    searching.assess = counted  # type: ignore[assignment]
    try:
        searched(make_citizen(attitudes={"green": "gladly"}), BIG, 20, Group.RANKED)
    finally:
        searching.assess = real
    assert sum(looked_at) < len(BIG) / 4
