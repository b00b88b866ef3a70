"""Short talks in slots: nobody in two at once, no slot too many, and calm when the plan is made anew."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import Refused
from matching.talks import Talk, TalkPlan, plan_talks

some_talks = st.lists(
    st.builds(Talk, st.sampled_from("abcdefghij"), st.sampled_from("abcde")), max_size=40, unique=True
)


def people_twice_at_once(plan: TalkPlan) -> list[tuple[int, str, str]]:
    """Told apart from the plan's own count: every party and slot that stands twice."""
    there = [(slot, "citizen", talk.citizen_id) for talk, slot in plan.slot_of.items()]
    there += [(slot, "employer", talk.employer_id) for talk, slot in plan.slot_of.items()]
    return [who for who, times in Counter(there).items() if times > 1]


def most_talks(talks: list[Talk]) -> int:
    citizens, employers = Counter(talk[0] for talk in talks), Counter(talk[1] for talk in talks)
    return max([*citizens.values(), *employers.values()], default=0)


@given(some_talks)
def test_a_plan_has_no_clash_and_as_many_slots_as_the_busiest_party_has_talks(talks: list[Talk]) -> None:
    plan = plan_talks(talks)
    assert people_twice_at_once(plan) == []
    assert plan.clashes == 0
    assert set(plan.slot_of) == set(talks)
    assert plan.slots == most_talks(talks)
    assert all(0 <= slot < plan.slots for slot in plan.slot_of.values())


@given(some_talks)
def test_no_slot_holds_two_talks_more_than_another(talks: list[Talk]) -> None:
    at_once = plan_talks(talks).at_once
    assert sum(at_once) == len(talks)
    assert max(at_once, default=0) - min(at_once, default=0) <= 1


@given(some_talks, st.randoms(use_true_random=False))
def test_the_order_of_the_talks_changes_nothing(talks: list[Talk], chance: object) -> None:
    mixed = list(talks)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert plan_talks(mixed) == plan_talks(talks)


@given(some_talks, some_talks)
def test_made_anew_four_in_five_keep_all_their_slots(talks: list[Talk], later: list[Talk]) -> None:
    before = plan_talks(talks)
    plan = plan_talks(later, before=before)
    assert people_twice_at_once(plan) == []
    assert set(plan.slot_of) == set(later)
    same = plan.unmoved(before)
    assert set(same) == {talk.citizen_id for talk in set(talks) & set(later)}
    assert sum(same.values()) >= 0.8 * len(same)


@given(some_talks, some_talks)
def test_made_anew_it_stays_within_the_afternoon(talks: list[Talk], later: list[Talk]) -> None:
    slots = max(most_talks(talks), most_talks(later))
    plan = plan_talks(later, slots, before=plan_talks(talks))
    assert people_twice_at_once(plan) == []
    assert plan.slots <= slots


@given(some_talks.filter(bool))
def test_when_somebody_leaves_nobody_else_is_moved(talks: list[Talk]) -> None:
    before = plan_talks(talks)
    gone = talks[0].citizen_id
    plan = plan_talks([talk for talk in talks if talk.citizen_id != gone], before=before)
    assert plan.slot_of == {talk: slot for talk, slot in before.slot_of.items() if talk.citizen_id != gone}


CROSSED = {Talk("c-1", "e-1"): 0, Talk("c-2", "e-2"): 1, Talk("c-3", "e-3"): 0, Talk("c-3", "e-4"): 1}
"""c-2 and e-1 have no free slot in common, though there are two slots and each has one talk."""


def test_a_slot_is_opened_rather_than_moving_one_of_three() -> None:
    plan = plan_talks([*CROSSED, Talk("c-2", "e-1")], before=TalkPlan(2, CROSSED))
    assert plan == TalkPlan(3, {**CROSSED, Talk("c-2", "e-1"): 2})


def test_somebody_is_moved_when_the_afternoon_has_no_further_slot() -> None:
    before = TalkPlan(2, CROSSED)
    plan = plan_talks([*CROSSED, Talk("c-2", "e-1")], slots=2, before=before)
    assert (plan.slots, people_twice_at_once(plan)) == (2, [])
    assert sorted(plan.unmoved(before).values()) == [False, True, True]


def test_one_of_five_is_moved_rather_than_a_slot_opened() -> None:
    had = {**CROSSED, Talk("c-4", "e-5"): 0, Talk("c-5", "e-6"): 1}
    plan = plan_talks([*had, Talk("c-2", "e-1")], before=TalkPlan(2, had))
    assert (plan.slots, people_twice_at_once(plan)) == (2, [])
    assert sum(plan.unmoved(TalkPlan(2, had)).values()) == 4


def test_a_citizen_and_an_employer_of_the_same_id_are_two() -> None:
    plan = plan_talks([Talk("a", "a"), Talk("b", "b")])
    assert (plan.slots, plan.at_once) == (1, [2])


def test_each_side_can_read_its_own_afternoon() -> None:
    plan = TalkPlan(3, {Talk("c-2", "e-1"): 2, Talk("c-1", "e-1"): 0, Talk("c-1", "e-2"): 1})
    assert plan.of_citizen("c-1") == {0: "e-1", 1: "e-2"}
    assert list(plan.of_employer("e-1").items()) == [(0, "c-1"), (2, "c-2")]


def test_clashes_are_counted_on_both_sides() -> None:
    assert TalkPlan(1, {Talk("c-1", "e-1"): 0, Talk("c-1", "e-2"): 0, Talk("c-2", "e-2"): 0}).clashes == 2


def test_more_talks_than_the_afternoon_has_slots_are_refused() -> None:
    talks = [Talk("c-1", "e-1"), Talk("c-2", "e-1"), Talk("c-3", "e-1")]
    assert plan_talks(talks, slots=3).slots == 3
    with pytest.raises(Refused, match="3 talks"):
        plan_talks(talks, slots=2)


def test_no_talks_need_no_slot() -> None:
    assert plan_talks([]) == TalkPlan(0, {})
