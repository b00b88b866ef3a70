"""What holds of every list, whoever asks and whatever the catalogue holds."""

import random
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geo import Mode, Point
from matching import (
    Anchor,
    Catalogue,
    Citizen,
    JobOrder,
    Ledger,
    Needs,
    Shortlist,
    Task,
    candidates,
    shortlist,
)
from matching.ledger import TOLD
from matching.policy import Part
from matching.times import Slot
from matching.vocabulary import Attitude, Demand, Setting
from tests.matching.generated import (
    ACTIVITIES,
    EXPOSURES,
    SUPPORTS,
    catalogues,
    citizens,
    crowds,
    orders,
    points,
    slots,
)
from tests.matching.makers import CENTRE, TODAY, make_citizen, make_list, make_order

LOST = [*(f"lost_{part}" for part in Part), "lost_load"]


def shown(found: Shortlist) -> set[str]:
    return set(found.items["order_id"])


# limits and constraints


@given(citizens(), catalogues(), st.sampled_from([0, 5, 20, 60]))
def test_more_minutes_never_drop_a_result(citizen: Citizen, listed: list[JobOrder], minutes: int) -> None:
    tight = shown(make_list(replace(citizen, max_minutes=minutes), listed))
    wider = shown(make_list(replace(citizen, max_minutes=minutes + 15), listed))
    unlimited = shown(make_list(replace(citizen, max_minutes=None), listed))
    assert tight <= wider <= unlimited


@st.composite
def stricter(draw: st.DrawFn, citizen: Citizen) -> Citizen:
    """The same citizen with one hard constraint more."""
    activity, demand = draw(st.sampled_from(ACTIVITIES)), draw(st.sampled_from(EXPOSURES))
    support, side = draw(st.sampled_from(SUPPORTS)), draw(st.sampled_from([Setting.INDOOR, Setting.OUTDOOR]))
    said = {
        "attitudes": {**citizen.attitudes, activity: Attitude.CANNOT},
        "avoids": citizen.avoids | {demand},
        "needs": citizen.needs | {support},
        "setting": {**citizen.setting, side: Attitude.CANNOT},
        "max_minutes": min(citizen.max_minutes or 90, draw(st.integers(0, 60))),
        "max_hours_per_week": min(citizen.max_hours_per_week or 40, draw(st.integers(0, 40))),
        "availability": citizen.availability[:1] or (draw(slots()),),
    }
    name = draw(st.sampled_from(list(said)))
    return replace(citizen, **{name: said[name]})


@given(st.data(), citizens(), catalogues())
def test_one_more_constraint_never_adds_a_result(data: Any, citizen: Citizen, listed: list[JobOrder]) -> None:
    stated = data.draw(stricter(citizen))
    assert shown(make_list(stated, listed)) <= shown(make_list(citizen, listed))


@given(st.data(), citizens(), orders())
def test_adding_a_conflict_never_shows_a_pair(data: Any, citizen: Citizen, order: JobOrder) -> None:
    stated = replace(citizen, avoids=citizen.avoids | {data.draw(st.sampled_from(EXPOSURES))})
    demand = data.draw(st.sampled_from(sorted(stated.avoids)))
    worse = replace(order, demands={**order.demands, demand: "yes"})
    found = make_list(stated, worse)
    assert f"avoids:{demand}" in found.excluded["rules"].iloc[0]
    assert len(found.items) == len(found.ask) == 0


@given(citizens(), catalogues())
def test_no_pair_with_a_no_is_shown_and_none_with_a_question(
    citizen: Citizen, listed: list[JobOrder]
) -> None:
    by_id = {order.id: order for order in listed}
    for name in shown(make_list(citizen, listed)):
        order = by_id[name]
        assert all(order.demands.get(demand) == "no" for demand in citizen.avoids)
        assert all(order.supports.get(support) == "yes" for support in citizen.needs)
        assert all(citizen.attitudes.get(activity) != "cannot" for activity in order.activities)
        assert citizen.setting.get(order.setting) != "cannot"
        assert order.place is not None
        assert order.places > 0


# distance


@given(citizens(), catalogues(), orders(id="o-moved", place=points), st.floats(0, 1))
def test_moving_an_order_nearer_never_lowers_its_rank(
    citizen: Citizen, listed: list[JobOrder], order: JobOrder, share: float
) -> None:
    start = citizen.anchors[0].point
    citizen = replace(citizen, anchors=citizen.anchors[:1])
    assert order.place is not None
    nearer = replace(order, place=between(order.place, start, share))
    before, after = (make_list(citizen, [*listed, one]).items for one in (order, nearer))
    if order.id in set(before["order_id"]):
        assert rank_of(order.id, after) <= rank_of(order.id, before)
        assert np.floor(np.round(score_in(order.id, after), 6)) >= np.floor(
            np.round(score_in(order.id, before), 6)
        )


@given(orders(), crowds(), citizens(id="c-moved"), st.floats(0, 1))
def test_a_citizen_who_starts_nearer_never_ranks_lower(
    order: JobOrder, people: list[Citizen], citizen: Citizen, share: float
) -> None:
    assume(order.place)
    assert order.place is not None
    anchor = citizen.anchors[0]
    moved = Anchor(between(anchor.point, order.place, share), anchor.kind)
    lists = [
        candidates(order, [*people, replace(citizen, anchors=[at])], k=100, on=TODAY).items
        for at in (anchor, moved)
    ]
    if citizen.id in set(lists[0]["citizen_id"]):
        assert rank_of(citizen.id, lists[1]) <= rank_of(citizen.id, lists[0])


@given(st.sampled_from(Mode), st.integers(0, 20_000))
def test_a_metre_more_never_raises_a_score(mode: Mode, metres: int) -> None:
    places = [Point(CENTRE.lat + at / 111_195, CENTRE.lon) for at in (metres, metres + 1)]
    found = make_list(
        make_citizen(mode=mode), [make_order(id=str(at), place=place) for at, place in enumerate(places)]
    )
    near, far = (score_in(name, found.items) for name in ("0", "1"))
    assert far <= near


@given(citizens(silent=True), orders(place=points), points)
def test_one_more_anchor_never_lowers_a_score(citizen: Citizen, order: JobOrder, point: Point) -> None:
    more = replace(citizen, anchors=[*citizen.anchors, Anchor(point)])
    few, many = (make_list(one, order).explain(order.id, "en").score for one in (citizen, more))
    assert many >= few  # type: ignore[operator]


def test_a_vague_place_never_beats_a_precise_one_by_a_hair() -> None:
    place = Point(55.7193, 9.5357)
    kinds = ["municipality", "postal_district", "town", "street", "address"]
    found = make_list(
        make_citizen(), [make_order(id=f"o-{kind}", place=place, precision=kind) for kind in kinds]
    )
    assert list(found.items.sort_values("minutes")["order_id"]) == [f"o-{kind}" for kind in reversed(kinds)]
    assert found.items["km"].nunique() == 1


# sums and order


@given(citizens(), catalogues())
def test_the_parts_add_up_and_sorting_by_their_sum_reproduces_the_list(
    citizen: Citizen, listed: list[JobOrder]
) -> None:
    items = make_list(citizen, listed).items
    sums = 100 - items[LOST].sum(axis=1)
    assert np.abs(sums - items["score"]).max() <= 1e-9 if len(items) else True
    assert items["score"].between(0, 100).all()
    assert (items[LOST] >= 0).all(axis=None)
    whole = np.floor(np.round(sums, 6)).to_numpy()
    assert (np.diff(whole) <= 0).all()


@given(citizens(), catalogues(), st.integers(0, 2**32 - 1))
def test_the_order_of_the_rows_and_the_random_state_change_nothing(
    citizen: Citizen, listed: list[JobOrder], seed: int
) -> None:
    shuffled = list(listed)
    random.Random(seed).shuffle(shuffled)
    before = make_list(citizen, listed)
    state = np.random.get_state(), random.getstate()
    np.random.seed(seed)
    random.seed(seed)
    after = make_list(citizen, shuffled)
    np.random.set_state(state[0])
    random.setstate(state[1])
    same(before, after)


@given(orders(), crowds(), st.randoms(use_true_random=False))
def test_the_order_of_the_people_changes_nothing(
    order: JobOrder, people: list[Citizen], chance: random.Random
) -> None:
    shuffled = list(people)
    chance.shuffle(shuffled)
    same(candidates(order, people, on=TODAY), candidates(order, shuffled, on=TODAY))


@given(citizens(), catalogues())
def test_other_names_in_the_same_order_change_nothing_but_the_names(
    citizen: Citizen, listed: list[JobOrder]
) -> None:
    names = {name: f"x{place:03}" for place, name in enumerate(sorted(order.id for order in listed))}
    renamed = [replace(order, id=names[order.id], employer_id="other", title="Other") for order in listed]
    before, after = make_list(citizen, listed), make_list(replace(citizen, id="other"), renamed)
    for frame in ("items", "ask", "excluded"):
        left, right = getattr(before, frame), getattr(after, frame)
        assert left.assign(order_id=left["order_id"].map(names)).to_dict("records") == approximately(right)


@given(citizens(), catalogues(), st.integers(0, 12))
def test_a_shorter_list_is_the_beginning_of_a_longer_one(
    citizen: Citizen, listed: list[JobOrder], k: int
) -> None:
    whole, part = make_list(citizen, listed), make_list(citizen, listed, k=k)
    assert part.items.to_dict("records") == whole.items.head(k).to_dict("records")
    assert list(part.ask["order_id"]) == list(whole.ask["order_id"].head(k))
    assert (part.ask_total, part.items_total) == (whole.ask_total, whole.items_total)
    assert part.excluded.equals(whole.excluded)


def test_ties_go_to_the_fewest_open_proposals_per_place_then_to_the_id() -> None:
    citizen = make_citizen()
    free = {"employer_yes": 1e9, "activities": {}}
    listed = [
        make_order(id="b", open_proposals=1, places=400, **free),
        make_order(id="c", open_proposals=0, **free),
        make_order(id="a", open_proposals=1, places=300, **free),
        make_order(id="d", open_proposals=2, places=800, **free),
    ]
    found = make_list(citizen, listed)
    assert found.items["score"].apply(np.floor).nunique() == 1
    assert list(found.items["order_id"]) == ["c", "b", "d", "a"]


def test_ties_among_citizens_go_to_the_longest_waiting_then_to_the_id() -> None:
    waiting = {"c": TODAY, "b": TODAY - timedelta(days=30), "e": None, "d": None, "a": TODAY}
    people = [make_citizen(id=name, waiting_since=since) for name, since in waiting.items()]
    assert list(candidates(make_order(), people, on=TODAY).items["citizen_id"]) == ["b", "a", "c", "d", "e"]


def test_waiting_longer_never_beats_a_whole_point() -> None:
    suited = make_citizen(id="suited", attitudes={"green": "gladly"}, waiting_since=TODAY)
    waiting = make_citizen(id="waiting", waiting_since=TODAY - timedelta(days=3000))
    found = candidates(make_order(activities="green"), [waiting, suited], on=TODAY)
    assert list(found.items["citizen_id"]) == ["suited", "waiting"]


# unknown


@given(citizens(), catalogues())
def test_every_order_stands_in_exactly_one_group(citizen: Citizen, listed: list[JobOrder]) -> None:
    found = make_list(citizen, listed)
    groups = [*found.items["order_id"], *found.ask["order_id"], *found.excluded["order_id"]]
    assert sorted(groups) == sorted(order.id for order in listed)
    assert sum(found.excluded_counts.values()) == len(found.excluded)


@given(citizens(), catalogues())
def test_no_order_vanishes_for_lack_of_a_place(citizen: Citizen, listed: list[JobOrder]) -> None:
    placeless = [replace(order, place=None) for order in listed]
    found = make_list(citizen, placeless)
    assert len(found.items) == 0
    assert found.ask_total + len(found.excluded) == len(listed)
    stopped = set(make_list(replace(citizen, max_minutes=None), listed).excluded["order_id"])
    assert set(found.excluded["order_id"]) == stopped


@given(st.data(), citizens(), catalogues(place=points), st.sampled_from(EXPOSURES))
def test_an_unknown_that_becomes_met_never_lowers_a_place(
    data: Any, citizen: Citizen, listed: list[JobOrder], unanswered: Demand
) -> None:
    citizen = replace(citizen, avoids=citizen.avoids | {unanswered})
    listed = [
        replace(order, demands={code: said for code, said in order.demands.items() if code != unanswered})
        for order in listed
    ]
    before = make_list(citizen, listed)
    if not before.ask_total:
        return
    name = data.draw(st.sampled_from(list(before.ask["order_id"])))
    (order,) = [order for order in listed if order.id == name]
    asked = [about for _, about in question_of(before, name) if not about.startswith("attitude")]
    about = data.draw(st.sampled_from(asked))
    better, citizen_after = answered(about, order, citizen)
    after = make_list(citizen_after, [better if one is order else one for one in listed])
    if name in shown(after):
        return
    assert about not in [about for _, about in question_of(after, name)]
    assert list(after.ask["order_id"]).index(name) <= list(before.ask["order_id"]).index(name)


@given(citizens(), catalogues(most=4, place=points))
def test_answering_every_question_well_shows_the_pair(citizen: Citizen, listed: list[JobOrder]) -> None:
    before = make_list(citizen, listed)
    by_id = {order.id: order for order in listed}
    for name in before.ask["order_id"]:
        order, told = by_id[name], citizen
        for _, about in question_of(before, name):
            order, told = answered(about, order, told)
        assert shown(make_list(told, order)) == {name}


@given(citizens(), catalogues())
def test_answering_avoids_and_needs_well_gives_the_score_that_was_promised(
    citizen: Citizen, listed: list[JobOrder]
) -> None:
    before = make_list(citizen, listed)
    for row in before.ask.to_dict("records"):
        (order,) = [order for order in listed if order.id == row["order_id"]]
        if all(about.startswith(("avoids", "needs")) for _, about in row["questions"]):
            for _, about in row["questions"]:
                order, _ = answered(about, order, citizen)
            assert score_in(order.id, make_list(citizen, order).items) == pytest.approx(
                row["score_if_answered"], abs=1e-9
            )


# what would change it


@given(citizens(), catalogues(most=4, place=points))
def test_flipping_the_facts_that_the_rules_name_brings_the_pair_in(
    citizen: Citizen, listed: list[JobOrder]
) -> None:
    before = make_list(citizen, listed)
    by_id = {order.id: order for order in listed}
    for row in before.excluded.to_dict("records"):
        order, told = by_id[row["order_id"]], citizen
        for rule in row["rules"]:
            assert rule in make_list(told, order).excluded["rules"].iloc[0]
            order, told = flipped(rule, order, told)
        after = make_list(told, order)
        assert len(after.excluded) == 0
        for _, about in question_of(after, order.id):
            order, told = answered(about, order, told)
        assert shown(make_list(told, order)) == {order.id}


# fairness


def test_an_employer_without_history_stands_between_the_willing_and_the_unwilling() -> None:
    listed = [
        make_order(id="unwilling", employer_no=1),
        make_order(id="new"),
        make_order(id="willing", employer_yes=1),
        make_order(id="mixed", employer_yes=3, employer_no=5),
    ]
    assert list(make_list(make_citizen(), listed).items["order_id"]) == [
        "willing",
        "new",
        "mixed",
        "unwilling",
    ]


@given(citizens(), catalogues(), st.integers(0, 50))
def test_the_load_moves_no_pair_across_a_gate(
    citizen: Citizen, listed: list[JobOrder], proposals: int
) -> None:
    loaded = [replace(order, open_proposals=proposals) for order in listed]
    before, after = make_list(citizen, listed), make_list(citizen, loaded)
    assert shown(before) == shown(after)
    assert set(before.ask["order_id"]) == set(after.ask["order_id"])
    assert before.excluded.equals(after.excluded)


@given(citizens(silent=True), orders(place=points), st.integers(0, 9))
def test_one_more_open_proposal_never_raises_a_score(
    citizen: Citizen, order: JobOrder, proposals: int
) -> None:
    loads = [replace(order, open_proposals=number) for number in (proposals, proposals + 1)]
    fewer, more = (make_list(citizen, one).explain(order.id, "en").score for one in loads)
    assert more <= fewer  # type: ignore[operator]


def test_twenty_equal_citizens_and_tasks_spread_over_lists_of_three_made_one_after_another() -> None:
    listed = [make_order(id=f"o-{number:02}") for number in range(20)]
    times_shown = dict.fromkeys((order.id for order in listed), 0)
    for number in range(20):
        chosen = list(make_list(make_citizen(id=f"c-{number}"), listed, k=3).items["order_id"])
        assert len(chosen) == 3
        for name in chosen:
            times_shown[name] += 1
        listed = [replace(order, open_proposals=times_shown[order.id]) for order in listed]
    assert max(times_shown.values()) <= 4
    assert min(times_shown.values()) >= 2


TRAITS = [
    "age",
    "birth",
    "born",
    "cpr",
    "sex",
    "gender",
    "origin",
    "nationality",
    "ethnic",
    "country",
    "religion",
    "language",
    "diagnosis",
    "illness",
    "disease",
    "mental",
    "psychiat",
    "addict",
    "abuse",
    "misuse",
    "alcoholic",
    "hygiene",
    "benefit",
    "income",
    "cash_assistance",
    "pension",
    "criminal",
    "homeless",
    "weight",
    "height",
    "disab",
    "health",
    "medic",
    "failure",
    "failed",
    "declined",
    "returned",
    "history",
    "name",
    "address",
    "email",
    "phone",
]


@pytest.mark.parametrize("kind", [Needs, Citizen])
def test_no_input_names_a_trait_of_a_person(kind: type[Needs]) -> None:
    for item in fields(kind):
        words = item.name.split("_")
        assert not [trait for trait in TRAITS if any(word.startswith(trait) for word in words)], item.name


def test_what_a_citizen_can_say_is_what_the_contract_lists() -> None:
    listed = [
        "id",
        "anchors",
        "attitudes",
        "setting",
        "avoids",
        "prefers_not",
        "needs",
        "wishes",
        "abilities",
        "mode",
        "max_minutes",
        "availability",
        "max_hours_per_week",
        "earnings_room_dkk",
        "waiting_since",
    ]
    assert {item.name for item in fields(Citizen)} == set(listed)


def test_no_field_of_an_order_describes_the_person_it_wants() -> None:
    listed = [
        "id",
        "employer_id",
        "title",
        "place",
        "precision",
        "activities",
        "setting",
        "demands",
        "supports",
        "places",
        "open_proposals",
        "hours_per_week",
        "pay_dkk_per_hour",
        "times",
        "employer_yes",
        "employer_no",
        "starts_on",
        "ends_on",
    ]
    assert {item.name for item in fields(JobOrder)} == set(listed)
    assert {item.name for item in fields(Task)} <= set(listed)


# one score


@given(crowds(), catalogues(most=4))
def test_shortlist_and_candidates_agree_exactly_on_every_pair(
    people: list[Citizen], listed: list[JobOrder]
) -> None:
    lists = {person.id: make_list(person, listed) for person in people}
    for order in listed:
        found = candidates(order, people, k=100, on=TODAY)
        for person in people:
            there, here = found.explain(person.id, "en"), lists[person.id].explain(order.id, "en")
            assert score_of_pair(there) == score_of_pair(here)


def test_the_score_of_a_pair_does_not_depend_on_how_many_are_reckoned_at_once() -> None:
    chance = np.random.default_rng(7)
    listed = [
        make_order(
            id=f"o-{number}",
            place=Point(*(CENTRE.lat, CENTRE.lon) + chance.normal(0, 0.05, 2)),
            activities="green",
            employer_yes=float(chance.uniform(0, 9)),
            open_proposals=int(chance.integers(0, 5)),
            places=3,
        )
        for number in range(1003)
    ]
    catalogue = Catalogue.from_orders(listed)
    citizen = make_citizen(attitudes={"green": "can"}, mode="bus")
    whole = shortlist(citizen, catalogue, k=2000, on=TODAY).items.set_index("order_id")["score"]
    for order in listed[::7]:
        alone = candidates(catalogue.order(order.id), [citizen], on=TODAY).items["score"].iloc[0]
        assert alone == whole[order.id]


def score_of_pair(ledger: Ledger) -> dict[str, object]:
    """What a ledger says of the pair alone: where it stands, or would stand, is the list's."""
    placed = ("rank", "would_rank", "would_change")
    return {name: getattr(ledger, name) for name in TOLD if name not in placed}


# turning facts


def question_of(found: Shortlist, name: str) -> list[tuple[str, str]]:
    rows = found.ask[found.ask["order_id"] == name]["questions"]
    return [(str(of), about) for of, about in rows.iloc[0]] if len(rows) else []


def answered(about: str, order: JobOrder, citizen: Citizen) -> tuple[JobOrder, Citizen]:
    """The pair after a question was answered in its favour."""
    family, _, code = about.partition(":")
    free = set(Setting) - {Setting.BOTH, Setting.UNKNOWN} - barred(citizen)
    told: dict[str, Callable[[], dict[str, Any]]] = {
        "avoids": lambda: {"demands": {**order.demands, code: "no"}},
        "needs": lambda: {"supports": {**order.supports, code: "yes"}},
        "attitude": lambda: {"activities": "office"},
        "max_hours": lambda: {"hours_per_week": citizen.max_hours_per_week},
        "setting": lambda: {"setting": min(free)} if free else {},
        "availability": lambda: {"times": citizen.availability[:1]},
        "place": lambda: {"place": citizen.anchors[0].point},
    }
    if family == "abilities":
        return order, replace(citizen, abilities={**citizen.abilities, code: "yes"})
    if family == "setting" and not free:
        # neither side can be: no answer of the employer helps
        return replace(order, setting="indoor"), replace(citizen, setting={})
    return replace(order, **told[family]()), citizen


def barred(citizen: Citizen) -> set[Setting]:
    return {side for side, attitude in citizen.setting.items() if attitude is Attitude.CANNOT}


def flipped(rule: str, order: JobOrder, citizen: Citizen) -> tuple[JobOrder, Citizen]:
    """The pair after the one fact that a rule names has changed."""
    family, _, code = rule.partition(":")
    told: dict[str, Callable[[], dict[str, Any]]] = {
        "ended": lambda: {"ends_on": TODAY},
        "no_places_left": lambda: {"places": 1},
        "attitude": lambda: {"activities": without(order, code)},
        "avoids": lambda: {"demands": {**order.demands, Demand(code): "no"}},
        "needs": lambda: {"supports": {**order.supports, code: "yes"}},
        "abilities": lambda: {"demands": {**order.demands, Demand(code): "no"}},
        "max_hours": lambda: {"hours_per_week": citizen.max_hours_per_week},
        "availability": lambda: {"times": [*order.times, wide(citizen.availability[0])]},
    }
    if family == "setting":
        return order, replace(citizen, setting={k: v for k, v in citizen.setting.items() if k != code})
    if family == "max_minutes":
        minutes = make_list(citizen, order).explain(order.id, "en").travel.minutes
        return order, replace(citizen, max_minutes=minutes)
    return replace(order, **told[family]()), citizen


def without(order: JobOrder, code: str) -> dict[str, float]:
    left = {activity: share for activity, share in order.activities.items() if activity != code} or {
        "office": 1.0
    }
    return {activity: share / sum(left.values()) for activity, share in left.items()}


def wide(slot: Slot) -> Slot:
    return Slot(slot.day, slot.start, slot.end)


def between(start: Point, end: Point, share: float) -> Point:
    """The point a share of the way from start to end."""
    return Point(start.lat + (end.lat - start.lat) * share, start.lon + (end.lon - start.lon) * share)


def rank_of(name: str, items: Any) -> int:
    key = items.columns[1]
    return int(items.loc[items[key] == name, "rank"].iloc[0])


def score_in(name: str, items: Any) -> float:
    return float(items.loc[items[items.columns[1]] == name, "score"].iloc[0])


def same(before: Any, after: Any) -> None:
    for frame in ("items", "ask", "excluded"):
        assert getattr(before, frame).equals(getattr(after, frame))
    assert before.excluded_counts == after.excluded_counts


def approximately(frame: Any) -> list[dict[str, Any]]:
    return [
        {
            name: pytest.approx(value, nan_ok=True) if isinstance(value, float) else value
            for name, value in row.items()
        }
        for row in frame.to_dict("records")
    ]
