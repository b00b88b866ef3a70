"""The way in: what it names brings the pair in, at the rank it names, and nothing less does."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import Mode, Point
from matching import Catalogue, Citizen, JobOrder, Ledger, candidates, shortlist
from matching.constraints import Party
from matching.counterfactuals import Change, WayIn, applied, find_way_in
from matching.lists import RANKS_NAMED
from matching.ranking import CandidateList, Shortlist
from matching.standing import Group
from matching.times import Slot
from matching.vocabulary import Answer, Demand, Support
from tests.matching.generated import catalogues, citizens, crowds, of_the_limited, orders
from tests.matching.makers import TODAY, make_citizen, make_list, make_order

NEAR, FARTHER, FAR = Point(55.7193, 9.5357), Point(55.7213, 9.5357), Point(55.7593, 9.5357)


def way_in(citizen: Citizen, order: JobOrder) -> WayIn | None:
    pair = make_list(citizen, order).pair(0)
    return find_way_in(pair, pair.order, pair.rules, pair.questions)


def is_in(citizen: Citizen, order: JobOrder) -> bool:
    return bool(len(make_list(citizen, order).items))


def recorded(one: JobOrder, asked: JobOrder, rules: Iterable[str]) -> JobOrder:
    """Another order once good answers about the workplace of the asked one hold for all work there."""
    if not one.employer_id or one.employer_id != asked.employer_id:
        return one
    for rule in rules:
        family, _, code = rule.partition(":")
        if family == "avoids":
            one = replace(one, demands={Demand(code): Answer.NO, **one.demands})
        else:
            one = replace(one, supports={Support(code): Answer.YES, **one.supports})
    return one


@st.composite
def narrower(draw: st.DrawFn, slot: Slot) -> Slot:
    """Some stretch within a time of the week."""
    start = draw(st.integers(slot.start, slot.end - 1))
    return replace(slot, start=start, end=draw(st.integers(start + 1, slot.end)))


@st.composite
def as_allowed(draw: st.DrawFn, order: JobOrder, rules: Iterable[str]) -> JobOrder:
    """An order that the words of the changes fit as well as the one they were reckoned with.

    Of hours and times none is to be named; what fits them is drawn for the day a rank is.
    """
    if "max_hours" in rules:
        order = replace(order, hours_per_week=draw(st.floats(0, order.hours_per_week or 0)))
    if "availability" in rules:
        kept = draw(st.lists(st.sampled_from(order.times), min_size=1, unique=True))
        order = replace(order, times=[draw(narrower(slot)) for slot in kept])
    if "ended" in rules:
        soonest = max(TODAY, order.starts_on or TODAY)
        order = replace(order, ends_on=soonest + timedelta(days=draw(st.integers(0, 90))))
    return order


def proper_subsets(changes: Sequence[Change]) -> Iterator[tuple[Change, ...]]:
    for size in range(len(changes)):
        yield from combinations(changes, size)


@given(citizens(), orders())
def test_all_changes_together_bring_the_pair_in_and_no_fewer_do(citizen: Citizen, order: JobOrder) -> None:
    found = way_in(citizen, order)
    if found is None:
        assert is_in(citizen, order)
        return
    assert is_in(*found.applied(citizen, order))
    fewer = list(proper_subsets(found.changes))
    # of many changes, every set that lacks just one; a set that lacks more cannot do better
    for some in fewer if len(found.changes) <= 4 else fewer[-len(found.changes) :]:
        assert not is_in(*applied(some, citizen, order))


@given(citizens(), catalogues(), st.lists(st.sampled_from(["e-1", "e-2", ""]), min_size=7, max_size=7))
def test_a_shortlist_names_the_rank_that_the_changes_bring(
    citizen: Citizen, orders: list[JobOrder], employers: list[str]
) -> None:
    listed = [replace(order, employer_id=id_) for order, id_ in zip(orders, employers, strict=False)]
    found = make_list(citizen, listed, k=20)
    for order in listed:
        told = found.explain(order.id, "en")
        hypothetical = way_in(citizen, order)
        if hypothetical is None:
            assert (told.changes, told.would_change, told.would_rank) == ((), (), None)
            continue
        changed, better = hypothetical.applied(citizen, order)
        told_of = hypothetical.answered_for_the_place
        after = make_list(
            changed, [better if one is order else recorded(one, order, told_of) for one in listed]
        )
        rank = after.explain(order.id, "en").rank
        assert rank is not None
        ranks = {rank}
        if any(change.minutes for change in hypothetical.changes):
            anywhere = shortlist(replace(changed, max_minutes=None), after.catalogue, 20, TODAY)
            ranks.add(anywhere.explain(order.id, "en").rank)
        # what the place or the task turns out to be decides the points, so that no rank is named
        named = hypothetical.points is not None and len(ranks) == 1
        assert told.would_rank == (rank if named else None)


@pytest.mark.parametrize(
    ("better", "rank", "said"),
    [(9, None, "this comes onto the list"), (0, 1, "this becomes number 1")],
    ids=["before this one", "behind it"],
)
def test_minutes_that_are_accepted_name_a_rank_where_it_holds_for_any_more(
    better: int, rank: int | None, said: str
) -> None:
    farther = make_order(id="o-2", place=FARTHER, employer_yes=better, employer_no=9 - better)
    told = explained({"max_minutes": 18}, {"place": NEAR, "employer_no": 9 - better}, farther)
    assert told.would_rank == rank
    assert told.would_change[0] == f"If 19 min. on the way are all right, {said}"


@given(orders(), crowds())
def test_a_list_of_candidates_names_the_rank_that_the_changes_bring(
    order: JobOrder, people: list[Citizen]
) -> None:
    found = candidates(order, people, k=3, on=TODAY)
    for citizen in people:
        hypothetical = way_in(citizen, order)
        if hypothetical is None or hypothetical.points is None:
            continue
        changed, better = hypothetical.applied(citizen, order)
        told = [changed if one is citizen else one for one in people]
        after = candidates(better, told, k=100, on=TODAY)
        rank = None if hypothetical.leaves_room_to(Party.EMPLOYER) else after.explain(citizen.id, "en").rank
        assert found.explain(citizen.id, "en").would_rank == rank


@given(st.data(), orders(), crowds() | crowds(of_the_limited))
def test_a_rank_among_candidates_holds_for_every_answer_that_its_words_allow(
    data: st.DataObject, order: JobOrder, people: list[Citizen]
) -> None:
    found = candidates(order, people, k=3, on=TODAY)
    for citizen in people:
        promised, hypothetical = found.explain(citizen.id, "en").would_rank, way_in(citizen, order)
        if hypothetical is None or promised is None:
            continue
        changed, better = hypothetical.applied(citizen, order)
        rules = [rule for change in hypothetical.changes for rule in change.settles]
        told = [changed if one is citizen else one for one in people]
        after = candidates(data.draw(as_allowed(better, rules)), told, k=100, on=TODAY)
        assert after.explain(citizen.id, "en").rank == promised


@pytest.mark.parametrize(
    "said", [{}, {"hours_per_week": 20, "times": ["tue 9-12"]}], ids=["asked", "stopped"]
)
@pytest.mark.parametrize(
    ("wide", "narrow", "least", "english"),
    [
        (
            {"max_hours_per_week": 6},
            {"max_hours_per_week": 4},
            {"hours_per_week": 4},
            ("If it is at most 6 hours a week, ", "If the employer makes do with 6 hours a week, "),
        ),
        (
            {"availability": ["mon 10-12", "fri 10-12"]},
            {"availability": ["fri 10-12"]},
            {"times": ["fri 10-12"]},
            (
                "If the work is within Mon 10-12, Fri 10-12, ",
                "If a time is agreed within Mon 10-12, Fri 10-12, ",
            ),
        ),
    ],
    ids=["hours", "times"],
)
def test_an_answer_that_leaves_room_names_no_rank_among_candidates(
    wide: dict[str, Any],
    narrow: dict[str, Any],
    least: dict[str, Any],
    english: tuple[str, str],
    said: dict[str, Any],
) -> None:
    asked_for = {name: value for name, value in said.items() if name in least}
    people = [
        make_citizen(id="a", **wide),
        make_citizen(id="b", waiting_since=date(2026, 1, 5), **narrow),
    ]
    told = candidates(make_order(**asked_for), people, on=TODAY).explain("a", "en")
    assert (told.would_rank, told.would_change) == (None, (english[bool(said)] + "this comes onto the list",))
    # what keeps to the words brings the other in too, and before this one
    assert candidates(make_order(**least), people, on=TODAY).explain("a").rank == 2
    # on a shortlist only the one order moves
    assert make_list(people[0], make_order(**asked_for)).explain("o-1").would_rank == 1


@given(citizens(), catalogues())
def test_a_row_of_a_list_names_the_same_rank_or_none(citizen: Citizen, listed: list[JobOrder]) -> None:
    found = make_list(citizen, listed, k=20)
    for group in (Group.ASKED, Group.EXCLUDED):
        for index in found.shown(group):
            row, explained = found.ledger(index), found.explain(found.ids[index])
            assert row.changes == explained.changes
            whose = {line.of for line in row.changes}
            assert row.would_rank == (None if "citizen" in whose else explained.would_rank)


@given(citizens(), catalogues())
def test_the_call_that_is_named_first_brings_its_task_highest_of_all(
    citizen: Citizen, listed: list[JobOrder]
) -> None:
    of_id = {order.id: order for order in listed}
    ranks = []
    for order in (of_id[name] for name in make_list(citizen, listed).ask["order_id"]):
        found = way_in(citizen, order)
        if found is None or found.points is None or found.changes_word_of(Party.CITIZEN):
            continue
        _, answered = found.applied(citizen, order)
        after = make_list(citizen, [answered if one is order else one for one in listed])
        ranks.append(after.explain(order.id).rank or 0)
    assert ranks == sorted(ranks)


def test_one_call_settles_all_of_an_employer_s_questions_so_that_few_of_them_count_for_nothing() -> None:
    one = make_order(id="o-1", demands={"noise": "no"})
    three = make_order(id="o-2", employer_yes=9)
    asked = make_list(make_citizen(avoids={"noise", "crowds"}, needs={"quiet_place"}), [one, three]).ask
    assert asked["order_id"].tolist() == ["o-2", "o-1"]
    assert [len(questions) for questions in asked["questions"]] == [3, 2]


@given(citizens(), orders(), st.sampled_from(["da", "en"]))
def test_every_rule_and_question_is_settled_by_one_change(
    citizen: Citizen, order: JobOrder, language: str
) -> None:
    told = make_list(citizen, order).explain(order.id, language)
    named = [*told.rules, *(question.about for question in told.questions)]
    settled = [rule for line in told.changes for rule in line.settles]
    assert len(settled) == len(set(settled))
    assert set(named) <= set(settled)
    # a place that has to be near enough may ask for minutes that no rule has named yet
    assert set(settled) - set(named) <= {"max_minutes"}


@given(citizens(), orders())
def test_another_mode_that_is_named_keeps_the_limit(citizen: Citizen, order: JobOrder) -> None:
    found = way_in(citizen, order)
    for mode, _ in found.modes if found else ():
        by_mode = make_citizen(mode=mode, max_minutes=citizen.max_minutes, anchors=citizen.anchors)
        assert is_in(by_mode, make_order(place=order.place, precision=order.precision))


def explained(said: dict[str, Any], known: dict[str, Any], *others: JobOrder, k: int = 20) -> Ledger:
    found = make_list(make_citizen(**said), [make_order(**known), *others], k=k)
    return found.explain("o-1", "en")


def test_one_answer_that_is_missing_names_the_rank_it_would_bring() -> None:
    best = make_order(id="o-0", demands={"alcohol_present": "no"}, employer_yes=9)
    told = explained({"avoids": {"alcohol_present"}}, {}, best)
    assert told.would_rank == 2
    assert told.would_change == ("If the employer says that it is without alcohol, this becomes number 2",)
    assert [(line.settles, line.of) for line in told.changes] == [(("avoids:alcohol_present",), "employer")]


def test_several_changes_are_told_one_by_one_and_then_the_rank() -> None:
    said = {"avoids": {"alcohol_present"}, "needs": {"contact_person"}, "attitudes": {"shop": "cannot"}}
    known = {"demands": {"alcohol_present": "yes"}, "activities": ["shop", "office"]}
    assert explained(said, known).would_change == (
        "If the employer says yes to a regular contact person",
        "And if the employer can leave out “Shop”",
        "And if the task can be done without alcohol",
        "Then this becomes number 1",
    )


def test_what_the_task_consists_of_settles_every_question_about_activities() -> None:
    told = explained({"attitudes": {"shop": "cannot", "kitchen": "cannot"}}, {})
    assert [line.settles for line in told.changes] == [("attitude:kitchen", "attitude:shop")]
    assert told.would_change == (
        "If the task is something that the citizen can do, this comes onto the list",
    )


def test_where_nothing_is_left_of_a_task_only_the_word_of_the_citizen_helps() -> None:
    told = explained({"attitudes": {"shop": "cannot"}}, {"activities": "shop"})
    assert [line.of for line in told.changes] == ["citizen"]
    assert told.would_change == ("If the citizen says yes to “Shop”, this becomes number 1",)


@pytest.mark.parametrize(
    ("task", "kept", "left_out"),
    [({"green": 0.3, "kitchen": 0.7}, "kitchen", "green"), (["kitchen", "green"], "green", "kitchen")],
    ids=["most", "alike"],
)
def test_of_a_task_none_of_which_can_be_the_citizen_is_asked_for_one_activity_alone(
    task: Any, kept: str, left_out: str
) -> None:
    told = explained({"attitudes": {"green": "cannot", "kitchen": "cannot"}}, {"activities": task})
    asked_of = {line.settles: line.of for line in told.changes}
    assert asked_of == {(f"attitude:{kept}",): "citizen", (f"attitude:{left_out}",): "employer"}
    assert told.would_rank == 1


@pytest.mark.parametrize("setting", ["indoor", "outdoor", "both", "unknown"])
def test_where_neither_side_can_be_only_the_word_of_the_citizen_helps(setting: str) -> None:
    told = explained({"setting": {"indoor": "cannot", "outdoor": "cannot"}}, {"setting": setting})
    assert {line.of for line in told.changes} == {"citizen"}
    assert len(told.changes) == (2 if setting in ("both", "unknown") else 1)


def test_a_way_that_is_too_long_names_the_minutes_and_the_modes_that_are_quicker() -> None:
    told = explained({"max_minutes": 18}, {"place": NEAR})
    assert told.would_change == (
        "If 19 min. on the way are all right, this becomes number 1",
        "Or with a lift (7 min.), by bicycle (9 min.), by bus (17 min.)",
    )
    assert explained({"max_minutes": 18, "mode": "lift"}, {"place": NEAR}).would_change == ()
    hopeless = explained({"max_minutes": 5, "mode": "lift"}, {"place": FAR})
    assert hopeless.would_change == ("If 14 min. on the way are all right, this becomes number 1",)


def test_accepting_more_minutes_brings_others_in_as_well() -> None:
    between = make_order(id="o-2", place=Point(55.7183, 9.5357), employer_yes=9)
    told = explained({"max_minutes": 10}, {"place": NEAR}, between)
    assert told.would_rank == 2


def test_a_place_that_no_time_is_left_for_asks_for_minutes_too() -> None:
    told = explained({"mode": "bus", "max_minutes": 5}, {"place": None})
    assert [line.settles for line in told.changes] == [("place",), ("max_minutes",)]
    assert told.would_rank is None
    near_enough = explained({"mode": "bus", "max_minutes": 15}, {"place": None})
    assert near_enough.would_change == ("If the work is at most 15 min. away, this comes onto the list",)
    assert explained({}, {"place": None}).would_change == (
        "If the employer says where the work is, this comes onto the list",
    )


def test_beyond_the_ranks_that_are_looked_at_none_is_named() -> None:
    better = [make_order(id=f"o-{number}", employer_yes=9, places=1) for number in range(10, 32)]
    told = explained({}, {"places": 0}, *better, k=5)
    assert told.would_rank is None
    assert told.would_change == (f"If a place becomes free, this comes in after number {RANKS_NAMED}",)
    assert explained({}, {"places": 0}, *better[: RANKS_NAMED - 1], k=5).would_rank == RANKS_NAMED
    assert explained({}, {"places": 0}, *better, k=40).would_rank == 23


def test_a_pair_that_is_in_needs_no_change() -> None:
    assert explained({"mode": Mode.BUS}, {}).changes == ()


def test_naming_ranks_never_puts_the_whole_catalogue_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(self: object) -> None:
        raise AssertionError("the whole group was put in order")

    monkeypatch.setattr(Shortlist, "_groups", property(never))
    found = make_list(make_citizen(avoids={"noise"}), [make_order(id=f"o-{n}") for n in range(30)], k=5)
    assert [found.ledger(index).would_rank for index in found.shown(Group.ASKED)] == [1] * 5


def test_lists_of_either_end_say_whose_word_concerns_all_of_them() -> None:
    citizen, order = make_citizen(avoids={"noise"}), make_order()
    row = shortlist(citizen, Catalogue.from_orders([order]), on=TODAY)
    other: CandidateList = candidates(order, [citizen], on=TODAY)
    assert row.ledger(0).would_rank == 1
    assert other.ledger(0).would_rank is None
    assert other.explain("c-1").would_rank == 1
