"""A plan of talks made anew: nobody who stays meets anybody else, or at another time, than they were told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import Refused
from matching.assignment import Assignment, assign, talks_to_hold
from matching.placing import Choice, Placing, Why
from matching.talks import Talk, TalkPlan, plan_talks
from matching.talks_kept import free_talks, keep_talks
from tests.evaluate.cafes import random_cafe, without
from tests.evaluate.towns import TODAY

EMPLOYERS = "abcde"


def placing(citizen: str, employers: str, rank: int | None = 1) -> Placing:
    choices = tuple(Choice(f"o-{employer}", employer, employer, 50.0, 50) for employer in employers)
    return Placing(citizen, rank if employers else None, Why.FIRST_CHOICE, choices, ())


def assigned(**employers: str) -> Assignment:
    return Assignment(tuple(placing(name, wished) for name, wished in employers.items()))


some_wishes = st.dictionaries(
    st.sampled_from("qrstuvwxyz"),
    st.text(EMPLOYERS, min_size=1, max_size=5).map(lambda t: "".join(dict.fromkeys(t))),
)


@given(some_wishes, st.data())
def test_whoever_stays_meets_whom_they_were_told_when_they_were_told_it(wishes, data) -> None:
    first = assigned(**wishes)
    slots = max(plan_talks(talks_to_hold(first)).slots, 1)
    told = plan_talks(talks_to_hold(first, slots=slots), slots)
    stays = {name: each for name, each in wishes.items() if data.draw(st.booleans())}
    plan = keep_talks(assigned(**stays), told, slots)
    had = {talk: slot for talk, slot in told.slot_of.items() if talk.citizen_id in stays}
    assert plan.slot_of.items() >= had.items()
    assert plan.clashes == 0
    more = [talk for talk in plan.slot_of if talk not in had]
    assert len({talk.citizen_id for talk in more}) == len(more)
    assert not {talk.employer_id for talk in more} & {talk.employer_id for talk in had}


@given(some_wishes, some_wishes)
def test_who_comes_gets_talks_in_the_time_that_is_free(wishes, coming) -> None:
    first = assigned(**wishes)
    slots = 12
    told = plan_talks(talks_to_hold(first, slots=slots), slots)
    plan = keep_talks(assigned(**{**coming, **wishes}), told, slots)
    assert plan.slot_of.items() >= told.slot_of.items()
    assert plan.clashes == 0
    assert {talk.citizen_id for talk in plan.slot_of} == {*wishes, *coming}


def test_an_employer_whom_only_the_one_who_left_would_have_met_is_met_by_one_who_has_the_time() -> None:
    first = assigned(anna="ab", bent="a")
    told = TalkPlan(2, {Talk("anna", "a"): 0, Talk("anna", "b"): 1, Talk("bent", "a"): 1})
    suits = Assignment((placing("bent", "ab"),))
    assert keep_talks(first, told, 2).slot_of == told.slot_of
    assert keep_talks(suits, told, 2).slot_of == {Talk("bent", "a"): 1, Talk("bent", "b"): 0}
    assert keep_talks(assigned(bent="a"), told, 2).slot_of == {Talk("bent", "a"): 1}


def test_for_employers_whom_nobody_would_meet_each_has_one_talk_more() -> None:
    told = TalkPlan(1, {Talk("anna", "a"): 0})
    plan = keep_talks(assigned(anna="abc"), told, 4)
    assert plan.slot_of == {Talk("anna", "a"): 0, Talk("anna", "b"): 1}


def test_a_talk_that_can_no_more_be_held_is_made_up_for() -> None:
    told = TalkPlan(2, {Talk("anna", "a"): 0, Talk("anna", "b"): 1, Talk("bent", "c"): 0})
    plan = keep_talks(assigned(anna="acd", bent="c"), told, 2)
    assert plan.slot_of == {Talk("anna", "a"): 0, Talk("bent", "c"): 0, Talk("anna", "c"): 1}


def test_more_own_talks_than_there_are_slots_are_refused() -> None:
    told = TalkPlan(1, {Talk("anna", "a"): 0})
    with pytest.raises(Refused, match="2 talks"):
        keep_talks(assigned(anna="a", bent="a"), told, 1)


def test_a_free_talk_is_offered_to_one_alone() -> None:
    plan = TalkPlan(2, {Talk("anna", "a"): 0})
    wishes = [Talk("bent", "a"), Talk("carl", "a"), Talk("bent", "b"), Talk("carl", "b")]
    assert free_talks(plan, wishes, 1, 2) == {Talk("bent", "a"): 1, Talk("carl", "b"): 0}


@pytest.mark.parametrize("seed", range(0, 60, 3))
def test_who_stays_keeps_the_task_and_who_had_none_gets_what_is_left(seed: int) -> None:
    before, late = random_cafe(seed)
    for people in (without(before, seed), [*before.people, late]):
        now = assign(people, before.catalogue, on=TODAY, kept=before.assignment)
        assert all(now.unmoved(before.assignment).values())
        for row, order in enumerate(before.catalogue.ids):
            taken = list(now.tasks.values()).count(order)
            assert taken <= before.catalogue.columns.places[row]
