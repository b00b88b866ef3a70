"""The search around the anchors finds exactly what a look at every order finds."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

from geo import Mode
from matching import Catalogue, Citizen, Policy, Shortlist
from matching import search as searching
from matching.assessment import assess
from matching.search import best, order_rows
from matching.standing import Group, Standing
from matching.vocabulary import Activity, Demand, Support
from tests.matching.generated import catalogues as lists_of_orders
from tests.matching.generated import citizens as one_citizen
from tests.matching.generated import policies
from tests.matching.makers import make_citizen

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
    return best(Standing(citizen, catalogue, TODAY, policy), k, group)


def full_scan(
    citizen: Citizen, catalogue: Catalogue, k: int, group: Group, policy: Policy = POLICY
) -> list[int]:
    found = assess(citizen, catalogue.columns, TODAY, policy)
    rows = np.flatnonzero(group.of(found))
    return order_rows(rows, found.whole_points[rows], found.orders.load[rows], catalogue.ids)[:k]


@pytest.mark.usefixtures("small_steps")
@pytest.mark.parametrize("k", [1, 3, 1000])
@pytest.mark.parametrize("group", Group)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(citizen=citizens, catalogue=catalogues, policy=policies)
def test_the_search_is_the_full_scan(
    citizen: Citizen, catalogue: Catalogue, policy: Policy, k: int, group: Group
) -> None:
    expected = full_scan(citizen, catalogue, k, group, policy)
    assert searched(citizen, catalogue, k, group, policy) == expected


@given(citizen=citizens, catalogue=catalogues)
def test_the_totals_are_those_of_the_full_scan(citizen: Citizen, catalogue: Catalogue) -> None:
    found = assess(citizen, catalogue.columns, TODAY, POLICY)
    totals = Standing(citizen, catalogue, TODAY, POLICY).totals
    assert totals.ranked == np.count_nonzero(found.ranked)
    assert totals.asked == np.count_nonzero(found.asked)
    frame = Shortlist(citizen, catalogue, 5, TODAY, POLICY).excluded
    assert totals.excluded == dict(frame["rule"].value_counts())


@given(citizen=citizens, catalogue=catalogues)
def test_every_order_stands_where_its_assessment_says(citizen: Citizen, catalogue: Catalogue) -> None:
    found = assess(citizen, catalogue.columns, TODAY, POLICY)
    standing = Standing(citizen, catalogue, TODAY, POLICY)
    for group in Group:
        assert list(standing.group(group)) == list(group.of(found))


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
