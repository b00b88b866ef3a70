"""The job café: everybody placeable placed, nobody badly, and each told why."""

import subprocess
import sys
from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import Point, Refused
from matching import Anchor, Catalogue, Citizen, JobOrder, shortlist
from matching.assignment import Assignment, assign, talks_to_hold
from matching.load import without_own
from matching.placing import Choice, Placing, Why
from matching.talks import Talk, plan_talks
from tests.evaluate.cafes import exhaustive, hold, random_cafe, without, worth
from tests.matching.generated import catalogues, crowds
from tests.matching.makers import CENTRE, TODAY, make_citizen, make_order

FAR = Point(55.7393, 9.5357)
FARTHER = Point(55.7693, 9.5357)
HUNDREDS = 10 if settings.get_current_profile_name() == "prove" else 2


def cafe(people: list[Citizen], orders: list[JobOrder], before: Assignment | None = None) -> Assignment:
    return assign(people, Catalogue.from_orders(orders), on=TODAY, before=before)


@given(crowds(most=5), catalogues(most=4))
def test_no_other_assignment_is_better(people: list[Citizen], orders: list[JobOrder]) -> None:
    catalogue = Catalogue.from_orders(orders)
    assert worth(hold(people, catalogue)) == exhaustive(people, catalogue)


@given(crowds(), catalogues())
def test_only_ranked_pairs_are_assigned_and_no_place_twice(
    people: list[Citizen], orders: list[JobOrder]
) -> None:
    catalogue = Catalogue.from_orders(orders)
    found = assign(people, catalogue, on=TODAY)
    lists = {person.id: shortlist(person, catalogue, k=len(orders), on=TODAY) for person in people}
    assert [placing.citizen_id for placing in found.placings] == [
        person.id for person in sorted(people, key=lambda one: (one.waiting_since or date.max, one.id))
    ]
    for placing in found.placings:
        own = lists[placing.citizen_id]
        assert [choice.order_id for choice in placing.choices] == list(own.items["order_id"])
        assert [item.order_id for item in placing.possible] == list(own.ask["order_id"])
        if placing.choice:
            assert placing.choice.order_id == own.items["order_id"][placing.rank - 1]
    taken = Counter(found.tasks.values())
    assert all(number <= catalogue.order(name).places for name, number in taken.items())


@given(crowds(), catalogues(), st.data())
def test_an_own_suggestion_costs_a_pair_no_more_at_a_cafe_than_on_the_shortlist(
    people: list[Citizen], orders: list[JobOrder], data: st.DataObject
) -> None:
    catalogue = Catalogue.from_orders(orders)
    ids = st.frozensets(st.sampled_from(catalogue.ids)) if orders else st.just(frozenset())
    own = {person.id: data.draw(ids) for person in people}
    found = assign(people, catalogue, on=TODAY, own=own)
    for person in people:
        seen = without_own(catalogue, own[person.id])
        listed = shortlist(person, seen, k=len(orders), on=TODAY).items
        assert [one.score for one in found.of(person.id).choices] == list(listed["score"])


def test_what_others_are_suggested_for_costs_points_at_a_cafe() -> None:
    citizen, order = make_citizen(), make_order(open_proposals=1)
    catalogue = Catalogue.from_orders([order])
    [priced] = assign([citizen], catalogue, on=TODAY).scores
    [free] = assign([citizen], catalogue, on=TODAY, own={citizen.id: {order.id}}).scores
    [of_another] = assign([citizen], catalogue, on=TODAY, own={"another": {order.id}}).scores
    assert priced < free
    assert of_another == priced


@given(crowds(), catalogues(), st.randoms(use_true_random=False))
def test_the_order_of_people_and_orders_changes_nothing(
    people: list[Citizen], orders: list[JobOrder], chance: object
) -> None:
    found = cafe(people, orders)
    chance.shuffle(people)  # type: ignore[attr-defined]
    chance.shuffle(orders)  # type: ignore[attr-defined]
    assert cafe(people, orders) == found


@given(crowds(), catalogues(), st.data())
def test_when_somebody_leaves_as_many_are_placed_as_can_be(
    people: list[Citizen], orders: list[JobOrder], data: st.DataObject
) -> None:
    before = cafe(people, orders)
    staying = [person for person in people if data.draw(st.booleans())]
    found = cafe(staying, orders, before)
    assert len(found.tasks) == len(cafe(staying, orders).tasks)
    assert set(found.unmoved(before)) == before.tasks.keys() & {person.id for person in staying}


@pytest.mark.parametrize("hundred", range(HUNDREDS))
def test_random_cafes_have_no_clash_and_four_in_five_keep_their_slots(hundred: int) -> None:
    for seed in range(100 * hundred, 100 * hundred + 100):
        before, late = random_cafe(seed)
        people = [*before.people, late] if seed % 2 else without(before, seed)
        now = hold(people, before.catalogue, before)
        for plan in (before.plan, now.plan):
            there = Counter((slot, party) for talk, slot in plan.slot_of.items() for party in enumerate(talk))
            assert set(there.values()) <= {1}
        slots = now.plan.unmoved(before.plan)
        assert sum(slots.values()) >= 0.8 * len(slots)
        if len(people) <= 8:
            assert worth(before) == exhaustive(before.people, before.catalogue)


def test_a_change_lets_tasks_be_kept_unless_somebody_would_go_without() -> None:
    kept = []
    for seed in range(100):
        before, _ = random_cafe(seed)
        now = hold(without(before, seed), before.catalogue, before)
        afresh = hold(now.people, now.catalogue)
        assert len(now.assignment.tasks) == len(afresh.assignment.tasks)
        tasks = now.assignment.unmoved(before.assignment)
        kept += tasks.values()
    assert sum(kept) >= 0.9 * len(kept)


def near_and_far(places: int = 1) -> list[JobOrder]:
    return [
        make_order(id="near", title="Fej gården", employer_id="e-1", places=places),
        make_order(id="far", title="Luge bede", employer_id="e-2", place=FAR, places=5),
    ]


def test_the_first_choice_is_told_as_such() -> None:
    placing = cafe([make_citizen()], near_and_far()).of("c-1")
    assert (placing.rank, placing.why, placing.points_below_first) == (1, Why.FIRST_CHOICE, 0)
    assert placing.reasons("en") == ["This is the first choice"]
    (danish,) = placing.reasons()
    assert "førstevalget" in danish


def test_of_two_alike_the_longest_waiting_gets_the_only_place() -> None:
    people = [
        make_citizen(id="c-1"),
        make_citizen(id="c-2", waiting_since=date(2026, 1, 5)),
        make_citizen(id="c-3", waiting_since=date(2026, 9, 1)),
    ]
    found = cafe(people, [make_order(id="near", title="Fej gården")])
    assert found.tasks == {"c-2": "near"}
    assert [found.of(name).why for name in ("c-1", "c-3")] == [Why.PLACES_TAKEN, Why.PLACES_TAKEN]
    assert found.of("c-1").reasons("en") == [
        "No place was left among the tasks that fit; the first choice was Fej gården",
        "The places of the first choice went to pairs that fit at least as well",
    ]


def test_whoever_comes_second_learns_their_own_rank_and_difference() -> None:
    next_door = make_citizen(id="c-2")
    between = make_citizen(id="c-1", anchors=[Anchor(Point(55.7213, 9.5357))])
    placing = cafe([between, next_door], near_and_far()).of("c-1")
    first, second = placing.choices
    assert (placing.choice, placing.rank, placing.why) == (second, 2, Why.PLACES_TAKEN)
    assert placing.points_below_first == first.points - second.points > 0
    assert placing.reasons("en") == [
        f"Choice 2 of 2, {placing.points_below_first} points below the first, Fej gården",
        "The places of the first choice went to pairs that fit at least as well",
    ]


def test_a_place_given_up_for_somebody_who_has_no_other_is_told_as_that() -> None:
    flexible = make_citizen(id="c-1")
    only_near = make_citizen(id="c-2", anchors=[Anchor(Point(55.7013, 9.5357))], max_minutes=30)
    placing = cafe([flexible, only_near], near_and_far()).of("c-1")
    assert (placing.rank, placing.why) == (2, Why.BEST_FOR_ALL)
    assert "most people get a task" in placing.reasons("en")[1]
    assert "flest" in placing.reasons("da")[1]


def test_a_task_of_the_same_whole_points_fits_as_well_as_the_first() -> None:
    orders = [make_order(id="a", title="A"), make_order(id="b", title="B")]
    people = [make_citizen(id="c-1"), make_citizen(id="c-2")]
    assert sorted(placing.why for placing in cafe(people, orders).placings) == [
        Why.FIRST_CHOICE,
        Why.FITS_AS_WELL,
    ]


def test_who_stays_keeps_the_task_though_a_better_place_is_free_now() -> None:
    people = [make_citizen(id=f"c-{number}") for number in range(4)]
    orders = near_and_far()
    before = cafe(people, orders)
    (gone,) = [name for name, task in before.tasks.items() if task == "near"]
    found = cafe([person for person in people if person.id != gone], orders, before)
    assert all(found.unmoved(before).values())
    assert {placing.why for placing in found.placings} == {Why.KEPT}
    assert "keep it as far as possible" in found.placings[0].reasons("en")[1]


def test_a_place_that_becomes_free_goes_to_whoever_had_none() -> None:
    people = [make_citizen(id="c-1"), make_citizen(id="c-2")]
    orders = [make_order(id="near")]
    before = cafe(people, orders)
    (gone,) = before.tasks
    (other,) = {"c-1", "c-2"} - {gone}
    found = cafe([person for person in people if person.id == other], orders, before)
    assert found.tasks == {other: "near"}
    assert found.unmoved(before) == {}


def test_a_task_that_is_withdrawn_is_not_kept() -> None:
    before = cafe([make_citizen()], near_and_far())
    found = cafe([make_citizen()], near_and_far()[1:], before)
    assert found.tasks == {"c-1": "far"}
    assert found.unmoved(before) == {"c-1": False}


def test_what_hangs_on_an_answer_is_told_as_a_question_and_never_assigned() -> None:
    placing = cafe([make_citizen(avoids={"alcohol_present"})], near_and_far()[:1]).of("c-1")
    assert (placing.choice, placing.why, placing.choices) == (None, Why.NOTHING_FITS, ())
    (possible,) = placing.possible
    assert (possible.order_id, [about for _, about in possible.questions]) == (
        "near",
        ["avoids:alcohol_present"],
    )
    nothing, question = placing.reasons("en")
    assert nothing == "No task here fits as things stand"
    assert question.startswith("Fej gården would be possible; ask first: ")
    assert question.endswith("?")


def test_what_a_rule_stops_is_neither_assigned_nor_asked() -> None:
    order = make_order(demands={"machines": "yes"})
    placing = cafe([make_citizen(avoids={"machines"})], [order]).of("c-1")
    assert (placing.choice, placing.choices, placing.possible) == (None, (), ())
    assert placing.reasons("en") == ["No task here fits as things stand"]


@given(crowds(), catalogues())
def test_no_reason_names_anybody(people: list[Citizen], orders: list[JobOrder]) -> None:
    for placing in cafe(people, orders).placings:
        said = " ".join(placing.reasons("en") + placing.reasons("da"))
        assert not any(person.id in said for person in people)


def test_a_cafe_without_people_or_without_tasks_is_planned_as_well() -> None:
    assert cafe([], near_and_far()).placings == ()
    alone = cafe([make_citizen()], [])
    assert [placing.why for placing in alone.placings] == [Why.NOTHING_FITS]
    assert talks_to_hold(alone) == []


def test_a_citizen_who_stands_twice_is_refused() -> None:
    with pytest.raises(Refused, match="more than once"):
        cafe([make_citizen(), make_citizen()], near_and_far())


def test_somebody_who_is_not_there_is_refused() -> None:
    with pytest.raises(Refused, match="c-9"):
        cafe([make_citizen()], near_and_far()).of("c-9")


def placing(citizen: str, employers: str, rank: int | None = 1) -> Placing:
    choices = tuple(Choice(f"o-{employer}", employer, employer, 50.0, 50) for employer in employers)
    return Placing(citizen, rank, Why.FIRST_CHOICE, choices, ())


def test_everybody_meets_the_employer_of_their_task_and_those_of_their_next_best() -> None:
    assignment = Assignment((placing("c-1", "abcd", rank=3), placing("c-2", "ab", rank=None)))
    assert talks_to_hold(assignment, each=3) == [
        Talk("c-1", "c"), Talk("c-2", "a"), Talk("c-1", "a"), Talk("c-2", "b"), Talk("c-1", "b"),
    ]  # fmt: skip


def test_further_talks_fit_into_the_afternoon() -> None:
    assignment = Assignment(
        tuple(placing(f"c-{number}", "ab", rank=2 if number else 1) for number in range(4))
    )
    talks = talks_to_hold(assignment, slots=3)
    assert Counter(talk.employer_id for talk in talks) == {"a": 3, "b": 3}
    assert plan_talks(talks, slots=3).slots == 3


def test_an_employer_whom_nobody_would_meet_is_met_in_the_time_that_is_left() -> None:
    assignment = Assignment((placing("c-1", "abcd"), placing("c-2", "abd")))
    usual = talks_to_hold(assignment, each=2)
    assert {talk.employer_id for talk in usual} == {"a", "b"}
    # c by the only one whom it suits, d by one of those: no talk more than that
    assert talks_to_hold(assignment, each=2, slots=3) == [*usual, Talk("c-1", "c"), Talk("c-2", "d")]
    assert plan_talks(talks_to_hold(assignment, each=2, slots=3), slots=3).clashes == 0
    assert talks_to_hold(assignment, each=2, slots=2) == usual


def test_a_talk_in_the_time_that_was_left_stays_with_who_was_told_of_it() -> None:
    assignment = Assignment((placing("c-1", "abd"), placing("c-2", "abd")))
    for told in ("c-1", "c-2"):
        extra = Talk(told, "d")
        before = plan_talks([*talks_to_hold(assignment, each=2), extra], slots=4)
        again = talks_to_hold(assignment, each=2, slots=4, before=before)
        assert extra in again
        assert set(again) == before.slot_of.keys()


def test_talks_that_were_planned_come_before_new_ones() -> None:
    assignment = Assignment((placing("c-1", "abcd"),))
    before = plan_talks([Talk("c-1", "a"), Talk("c-1", "d")])
    assert talks_to_hold(assignment, each=2, before=before) == [Talk("c-1", "a"), Talk("c-1", "d")]
    assert talks_to_hold(assignment, each=2) == [Talk("c-1", "a"), Talk("c-1", "b")]


def test_an_employer_of_two_tasks_is_met_once_and_one_without_an_id_by_the_task() -> None:
    orders = [
        make_order(id="o-1", employer_id="e-1"),
        make_order(id="o-2", employer_id="e-1", place=FAR),
        make_order(id="o-3", place=FARTHER),
    ]
    talks = talks_to_hold(cafe([make_citizen()], orders))
    assert talks == [Talk("c-1", "e-1"), Talk("c-1", "o-3")]


def test_the_centre_is_where_the_way_starts() -> None:
    found = cafe([make_citizen(anchors=[Anchor(CENTRE)])], near_and_far()).of("c-1")
    assert [choice.order_id for choice in found.choices] == ["near", "far"]


def test_scipy_is_loaded_by_a_cafe_only() -> None:
    said = "import sys, matching.assignment, matching.talks; sys.exit('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", said], check=False).returncode == 0


def test_what_somebody_has_already_is_not_offered_again_and_costs_nobody_else_it() -> None:
    people = [make_citizen(id="anna"), make_citizen(id="bent")]
    orders = [make_order(id="near", places=1), make_order(id="far", place=FAR, places=1)]
    catalogue = Catalogue.from_orders(orders)
    alone = assign(people[:1], catalogue, on=TODAY)
    assert alone.tasks == {"anna": "near"}
    has = {"anna": {"near", "not here"}}
    found = assign(people, catalogue, on=TODAY, has=has)
    assert found.tasks == {"anna": "far", "bent": "near"}
    assert [choice.order_id for choice in found.of("anna").choices] == ["far"]
    assert catalogue.columns.present.all()
