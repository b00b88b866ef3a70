"""What another policy would change is told pair by pair, and nothing that stays is told."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import Point
from matching import Catalogue, Citizen, JobOrder, Policy, shortlist
from matching.load import without_own
from matching.policy_diff import PolicyDiff, diff_policies, number_changes
from tests.matching.generated import catalogues, crowds, policies
from tests.matching.makers import TODAY, make_citizen, make_order, policy_with

NEARER = policy_with(
    {"weights.nearness": 0.85, "weights.suitability": 0.05, "weights.wishes": 0.05}
    | {"weights.employer_openness": 0.05}
)
LIKED = make_order(id="liked", place=Point(55.7393, 9.5357), activities="green")
NEXT_DOOR = make_order(id="next-door", activities="office")


def diff(people: list[Citizen], orders: list[JobOrder], new: Policy, k: int = 20) -> PolicyDiff:
    return diff_policies(people, Catalogue.from_orders(orders), k, TODAY, Policy.default(), new)


def test_a_policy_compared_with_itself_changes_nothing() -> None:
    found = diff([make_citizen()], [LIKED, NEXT_DOOR], Policy.default())
    assert (found.citizens, found.changed, found.numbers) == (1, (), ())
    assert found.largest_moves() == []


def test_a_pair_that_overtakes_another_moves_both() -> None:
    person = make_citizen(attitudes={"green": "gladly", "office": "rather_not"}, mode="bicycle")
    found = diff([person], [LIKED, NEXT_DOOR], NEARER)
    (change,) = found.changed
    assert {(move.order_id, move.old_rank, move.new_rank) for move in change.moves} == {
        ("liked", 1, 2),
        ("next-door", 2, 1),
    }
    assert (change.entering, change.leaving) == ((), ())


def test_a_pair_that_comes_among_the_first_enters_and_pushes_one_out() -> None:
    person = make_citizen(attitudes={"green": "gladly", "office": "rather_not"}, mode="bicycle")
    found = diff([person], [LIKED, NEXT_DOOR], NEARER, k=1)
    (change,) = found.changed
    assert (change.entering, change.leaving) == (("next-door",), ("liked",))
    assert (found.entering, found.leaving) == (1, 1)
    assert [(move.old_rank, move.new_rank) for move in found.largest_moves()] == [(1, None), (None, 1)]


def test_numbers_that_differ_are_told_with_both_sources() -> None:
    (change,) = number_changes(Policy.default(), policy_with({"load.points": 12}))
    assert (change.name, change.old, change.new) == ("load.points", 10, 12)
    assert change.old_source.startswith("measured on public assignment data")
    assert change.new_source == "a test"


def test_every_number_has_a_source_that_can_be_asked_for() -> None:
    policy = Policy.default()
    assert set(policy.sources) == set(policy.numbers)
    assert policy.sources["detour.walk"].startswith("median on the roads")
    assert policy.numbers["weights.nearness"] == policy.weights["nearness"]  # type: ignore[index]
    assert "weights.nothing" not in policy.sources


@given(crowds(most=4), catalogues(), policies, st.integers(0, 4))
def test_the_two_lists_differ_exactly_by_what_is_told(
    people: list[Citizen], listed: list[JobOrder], new: Policy, k: int
) -> None:
    catalogue = Catalogue.from_orders(listed)
    found = diff_policies(people, catalogue, k, TODAY, Policy.default(), new)
    changes = {change.citizen_id: change for change in found.changed}
    for person in people:
        before, after = (
            list(shortlist(person, catalogue, k, TODAY, policy).items["order_id"])
            for policy in (Policy.default(), new)
        )
        assert (before == after) == (person.id not in changes)
        if change := changes.get(person.id):
            for move in change.moves:
                assert move.old_rank == (before.index(move.order_id) + 1 if move.order_id in before else None)
                assert move.new_rank == (after.index(move.order_id) + 1 if move.order_id in after else None)
            assert set(change.entering) == set(after) - set(before)
            assert set(change.leaving) == set(before) - set(after)


@given(crowds(most=4), catalogues(), policies)
def test_turned_round_what_enters_leaves(people: list[Citizen], listed: list[JobOrder], new: Policy) -> None:
    catalogue = Catalogue.from_orders(listed)
    there = diff_policies(people, catalogue, 3, TODAY, Policy.default(), new)
    back = diff_policies(people, catalogue, 3, TODAY, new, Policy.default())
    assert (there.entering, there.leaving) == (back.leaving, back.entering)
    assert {change.citizen_id for change in there.changed} == {change.citizen_id for change in back.changed}


@pytest.mark.parametrize("most", [0, 1])
def test_of_the_largest_moves_no_more_are_told_than_asked_for(most: int) -> None:
    person = make_citizen(attitudes={"green": "gladly", "office": "rather_not"}, mode="bicycle")
    assert len(diff([person], [LIKED, NEXT_DOOR], NEARER).largest_moves(most)) == most


def test_answers_that_the_new_policy_ages_otherwise_are_felt_in_its_lists() -> None:
    refused, asked = make_order(id="a", employer_no=1), make_order(id="b", employer_no=2)
    before = Catalogue.from_orders([refused, asked])
    after = Catalogue.from_orders([replace(refused, employer_no=4), asked])
    policies = (Policy.default(), policy_with({"openness.half_life_months": 120}))
    same = diff_policies([make_citizen()], before, 2, TODAY, *policies)
    assert [change.name for change in same.numbers] == ["openness.half_life_months"]
    assert same.changed == ()
    [change] = diff_policies([make_citizen()], before, 2, TODAY, *policies, aged_anew=after).changed
    assert {(move.order_id, move.old_rank, move.new_rank) for move in change.moves} == {
        ("a", 1, 2),
        ("b", 2, 1),
    }


def test_a_suggestion_of_one_s_own_moves_nothing_and_that_of_somebody_else_does() -> None:
    asked, other = make_order(id="a", open_proposals=1, employer_yes=3), make_order(id="b")
    catalogue = Catalogue.from_orders([asked, other])
    policies = (Policy.default(), policy_with({"load.points": 0}))
    people = [make_citizen(id="anna"), make_citizen(id="bent")]
    [change] = diff_policies(people, catalogue, 2, TODAY, *policies, own={"anna": {"a"}}).changed
    assert change.citizen_id == "bent"
    assert {(move.order_id, move.old_rank, move.new_rank) for move in change.moves} == {
        ("a", 2, 1),
        ("b", 1, 2),
    }


@given(crowds(most=4), catalogues().filter(bool), policies, st.data())
def test_the_ranks_that_are_told_are_those_of_the_lists_of_people_with_suggestions(
    people: list[Citizen], listed: list[JobOrder], new: Policy, data: st.DataObject
) -> None:
    orders = st.sets(st.sampled_from([order.id for order in listed]))
    own = {person.id: data.draw(orders) for person in people}
    catalogue = Catalogue.from_orders(listed)
    for change in diff_policies(people, catalogue, 3, TODAY, Policy.default(), new, own=own).changed:
        [person] = [one for one in people if one.id == change.citizen_id]
        seen = without_own(catalogue, own[person.id])
        before, after = (
            list(shortlist(person, seen, 3, TODAY, policy).items["order_id"])
            for policy in (Policy.default(), new)
        )
        for move in change.moves:
            assert (move.old_rank or 0) == (before.index(move.order_id) + 1 if move.order_id in before else 0)
            assert (move.new_rank or 0) == (after.index(move.order_id) + 1 if move.order_id in after else 0)
