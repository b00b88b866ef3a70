"""Which calls reach most people, against a look at every set of calls."""

from itertools import combinations
from math import e
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import calls as module
from matching.calls import CallPlan, Reach, plan_calls

PEOPLE = [f"c-{number}" for number in range(8)]
reaches = st.dictionaries(
    st.sampled_from([f"e-{number}" for number in range(9)]), st.sets(st.sampled_from(PEOPLE)), max_size=9
)


def most(reach: Reach, k: int) -> int:
    """How many citizens the best k calls reach, by looking at all of them."""
    size = min(k, len(reach))
    return max(
        (len(set().union(*(reach[name] for name in names))) for names in combinations(reach, size)), default=0
    )


def greedy(reach: Reach, k: int) -> CallPlan:
    """The plan as it is where there are too many sets to look at."""
    with patch.object(module, "MOST_SETS", 0):
        return plan_calls(reach, k)


@given(reaches, st.integers(0, 5))
def test_few_calls_are_planned_as_well_as_can_be(reach: Reach, k: int) -> None:
    plan = plan_calls(reach, k)
    assert plan.unlocked == plan.at_most == most(reach, k)
    assert len(plan.calls) <= k


@given(reaches)
def test_a_single_call_is_the_best_one_however_it_is_found(reach: Reach) -> None:
    assert greedy(reach, 1).unlocked == plan_calls(reach, 1).unlocked == most(reach, 1)


@given(reaches, st.integers(1, 5))
def test_many_calls_keep_the_stated_bound_and_the_most_that_is_stated_is_one(reach: Reach, k: int) -> None:
    plan, best = greedy(reach, k), most(reach, k)
    assert plan.unlocked >= (1 - (1 - 1 / k) ** k) * best >= (1 - 1 / e) * best
    assert plan.unlocked <= best <= plan.at_most
    assert plan.calls[:1] == greedy(reach, 1).calls


@given(reaches, st.integers(1, 5))
def test_calls_stand_in_the_order_of_what_they_add_and_count_nobody_twice(reach: Reach, k: int) -> None:
    for plan in (plan_calls(reach, k), greedy(reach, k)):
        added = [len(call.unlocks) for call in plan.calls]
        assert added == sorted(added, reverse=True)
        assert 0 not in added
        told = [person for call in plan.calls for person in call.unlocks]
        assert len(set(told)) == len(told)
        assert all(set(call.unlocks) <= reach[call.employer_id] == set(call.reaches) for call in plan.calls)


@given(reaches, st.integers(1, 4), st.randoms(use_true_random=False))
def test_the_order_of_the_employers_changes_nothing(reach: Reach, k: int, random: object) -> None:
    shuffled = list(reach.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert plan_calls(dict(shuffled), k) == plan_calls(reach, k)


def test_where_one_call_after_another_falls_short_the_best_pair_is_found() -> None:
    reach = {
        "middle": {"c-1", "c-2", "c-3", "c-4"},
        "left": {"c-1", "c-2", "c-5"},
        "right": {"c-3", "c-4", "c-6"},
    }
    assert {call.employer_id for call in plan_calls(reach, 2).calls} == {"left", "right"}
    short = greedy(reach, 2)
    assert [call.employer_id for call in short.calls] == ["middle", "left"]
    assert (short.unlocked, short.at_most) == (5, 6)


def test_ties_go_to_the_call_that_reaches_more_and_then_by_id() -> None:
    reach = {"a": {"c-1", "c-2", "c-3"}, "c": {"c-4"}, "b": {"c-4", "c-1"}, "d": {"c-4", "c-2"}}
    assert [call.employer_id for call in greedy(reach, 2).calls] == ["a", "b"]


def test_who_rests_is_left_out() -> None:
    reach = {"a": {"c-1", "c-2"}, "b": {"c-1"}}
    plan = plan_calls(reach, 2, resting={"a"})
    assert [call.employer_id for call in plan.calls] == ["b"]
    assert plan.at_most == 1


@pytest.mark.parametrize("reach", [{}, {"a": set()}], ids=["no employers", "nobody reached"])
def test_where_nobody_can_be_reached_there_is_no_call(reach: Reach) -> None:
    assert plan_calls(reach, 3) == CallPlan((), 0)
