"""Many citizens before one order stand where each stands alone, and none has more points than is told."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from geo import Point
from matching import Citizen, JobOrder, Policy, candidates
from matching import crowd as crowds_of_people
from matching import ranking as rankings
from matching.assessment import assess
from matching.citizens import Constraint
from matching.columns import NO_END, day_number
from matching.constraints import check
from matching.crowd import Crowd
from matching.encoding import row_of
from matching.policy import Part
from matching.registers import Mixes, Timetables
from matching.search import order_rows
from matching.standing import Group
from tests.matching.generated import crowds, orders, policies
from tests.matching.makers import make_citizen, make_order, policy_with

TODAY = date(2026, 12, 1)
POLICY = Policy.default()
NEARNESS_WEIGHS_NOTHING = policy_with({"weights.nearness": 0, "weights.employer_openness": 0.5})


def crowd_of(order: JobOrder, people: list[Citizen], policy: Policy = POLICY) -> Crowd:
    return Crowd(people, row_of(order, Mixes(), Timetables()), TODAY, policy)


@given(orders(), crowds())
def test_everybody_stands_where_the_pair_alone_does(order: JobOrder, people: list[Citizen]) -> None:
    crowd = crowd_of(order, people)
    found = [assess(person, row_of(order, Mixes(), Timetables()), TODAY, POLICY) for person in people]
    for group in Group:
        assert list(crowd.group(group)) == [i for i, each in enumerate(found) if group.of(each)[0]]
    assert crowd.totals.ranked == sum(bool(each.ranked[0]) for each in found)
    assert crowd.totals.asked == sum(bool(each.asked[0]) for each in found)
    assert sum(crowd.totals.excluded.values()) == sum(bool(each.excluded[0]) for each in found)


@given(orders(), crowds(), policies)
def test_nobody_has_more_points_than_at_most(order: JobOrder, people: list[Citizen], policy: Policy) -> None:
    most = crowd_of(order, people, policy).points_at_most
    for bound, person in zip(most, people, strict=True):
        found = assess(person, row_of(order, Mixes(), Timetables()), TODAY, policy)
        if order.place is None:
            assert np.isnan(bound) == bool(policy.weights[Part.NEARNESS])
        else:
            assert found.parts.score[0] <= bound + 1e-9


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(order=orders(), people=crowds(most=12))
@pytest.mark.parametrize("k", [1, 3, 100])
def test_the_best_are_those_of_a_judgement_of_everybody(
    monkeypatch: pytest.MonkeyPatch, order: JobOrder, people: list[Citizen], k: int
) -> None:
    monkeypatch.setattr(rankings, "JUDGED_AT_ONCE", 2)
    listed = candidates(order, people, k, TODAY)
    found = [assess(person, row_of(order, Mixes(), Timetables()), TODAY, POLICY) for person in people]
    points = np.array([each.whole_points[0] for each in found], np.float64)
    waiting = [person.waiting_since for person in people]
    since = np.array([day_number(day) if day else NO_END for day in waiting], np.float64)
    for group in Group:
        rows = np.flatnonzero([group.of(each)[0] for each in found])
        assert listed.shown(group) == order_rows(rows, points[rows], since[rows], listed.ids)[:k]


@pytest.mark.parametrize(
    ("some", "others"),
    [
        ({"max_hours_per_week": 8}, {"max_hours_per_week": 4}),
        ({"availability": ["mon 9-12"]}, {"availability": ["tue 9-12"]}),
        ({"abilities": {"driving_licence": "yes"}}, {"abilities": {"driving_licence": "no"}}),
        ({"max_minutes": 60}, {"max_minutes": 1}),
        ({"setting": {"indoor": "cannot"}}, {"setting": {"outdoor": "cannot"}}),
    ],
)
def test_what_one_citizen_states_holds_for_no_other(some: dict[str, Any], others: dict[str, Any]) -> None:
    people = [make_citizen(id=f"c-{number}", **(others, some)[number % 2]) for number in range(4)]
    order = make_order(
        place=Point(55.72, 9.54),
        hours_per_week=6,
        times=["mon 9-12"],
        demands={"driving_licence": "yes"},
        setting="outdoor",
    )
    assert list(crowd_of(order, people).group(Group.EXCLUDED)) == [0, 2]


def test_a_constraint_that_many_state_is_held_against_the_order_once(monkeypatch: pytest.MonkeyPatch) -> None:
    held = []

    def noted(one: Constraint, *rest: Any) -> Any:
        held.append(one.key)
        return check(one, *rest)

    monkeypatch.setattr(crowds_of_people, "check", noted)
    said = {"avoids": {"noise"}, "availability": ["mon 9-12"], "max_hours_per_week": 4}
    people = [make_citizen(id=f"c-{number}", **said) for number in range(5)]
    assert crowd_of(make_order(times=["mon 9-12"], hours_per_week=3), people).totals.asked == 5
    assert len(held) == len(set(held)) >= len(said)


def test_most_of_many_citizens_are_not_judged_as_pairs() -> None:
    silent = [make_citizen(id=f"silent-{number}") for number in range(120)]
    gladly = [make_citizen(id=f"gladly-{number}", attitudes={"green": "gladly"}) for number in range(60)]
    away = make_order(place=Point(55.75, 9.6), activities="green")
    listed = candidates(away, silent + gladly, 5, TODAY)
    assert [name[:6] for name in listed.items["citizen_id"]] == ["gladly"] * 5
    assert len(listed._found) <= 80


def test_without_a_place_nobody_is_before_others_whatever_the_policy_weighs() -> None:
    for policy in (POLICY, NEARNESS_WEIGHS_NOTHING):
        people = [make_citizen(id="c-2", attitudes={"green": "gladly"}), make_citizen(id="c-1")]
        listed = candidates(make_order(place=None, activities="green"), people, 1, TODAY, policy)
        assert list(listed.ask["citizen_id"]) == ["c-1"]


def test_before_nobody_nobody_is_found() -> None:
    listed = candidates(make_order(), [], 5, TODAY)
    assert [listed.shown(group) for group in Group] == [[], [], []]
    assert (listed.items_total, listed.ask_total, listed.excluded_total) == (0, 0, 0)
