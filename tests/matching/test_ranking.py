"""The lists as objects: lengths, totals, days, people, and what is refused."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest

from geo import Point, Refused
from matching import Catalogue, Policy, Shortlist, candidates, ranking, shortlist
from matching.columns import NO_END, day_number
from matching.standing import Group
from tests.matching.makers import TODAY, make_citizen, make_list, make_order, policy_with

ORDERS = [make_order(id=f"o-{number}") for number in range(5)]


@pytest.mark.parametrize(("k", "length"), [(0, 0), (1, 1), (5, 5), (6, 5), (np.int64(2), 2)])
def test_a_list_shows_k_or_all_there_are(k: Any, length: int) -> None:
    found = make_list(make_citizen(), ORDERS, k=k)
    assert len(found.items) == length
    assert found.items_total == 5


@pytest.mark.parametrize("k", [-1, 2.5, "3", None, True])
def test_a_length_that_cannot_be_is_refused(k: Any) -> None:
    with pytest.raises(Refused) as refused:
        make_list(make_citizen(), ORDERS, k=k)
    assert str(refused.value) == f"k: {k!r} is not a length. Give a whole number from 0 up."


@pytest.mark.parametrize(
    "on", [TODAY, datetime(2026, 12, 1, 15), pd.Timestamp("2026-12-01"), "2026-12-01"], ids=repr
)
def test_a_list_is_of_a_day_however_it_is_written(on: Any) -> None:
    past = make_order(id="o-2", ends_on=date(2026, 11, 30))
    listed = Catalogue.from_orders([make_order(ends_on=TODAY), past])
    assert shortlist(make_citizen(), listed, on=on).items["order_id"].tolist() == ["o-1"]
    assert candidates(past, [make_citizen()], on=on).items_total == 0


def test_a_day_that_cannot_be_is_refused() -> None:
    with pytest.raises(Refused, match="on: 'today' is not a date"):
        shortlist(make_citizen(), Catalogue.from_orders([]), on="today")  # type: ignore[arg-type]


def test_nobody_and_nothing_make_empty_lists() -> None:
    nobody = candidates(make_order(), [], on=TODAY)
    nothing = make_list(make_citizen(), [])
    for found in (nobody, nothing):
        assert (
            len(found.items)
            == len(found.ask)
            == len(found.excluded)
            == found.items_total
            == found.ask_total
            == 0
        )
        assert found.excluded_counts == {}


def test_a_citizen_who_stands_twice_is_refused() -> None:
    with pytest.raises(Refused, match="people: 'c-1' stands more than once"):
        candidates(make_order(), [make_citizen(), make_citizen()], on=TODAY)


def test_an_explanation_of_what_is_not_in_the_list_is_refused() -> None:
    with pytest.raises(Refused, match="order_id: 'o-9' is not in this list"):
        make_list(make_citizen(), ORDERS).explain("o-9")
    with pytest.raises(Refused, match="citizen_id: 'c-9' is not in this list"):
        candidates(make_order(), [make_citizen()], on=TODAY).explain("c-9")


def test_the_rank_of_a_pair_that_is_not_shown_is_known_to_its_ledger() -> None:
    found = make_list(make_citizen(), ORDERS, k=2)
    assert [found.explain(order.id, language="en").rank for order in ORDERS] == [1, 2, 3, 4, 5]


def test_candidates_name_citizens_where_a_shortlist_names_orders() -> None:
    found = candidates(make_order(), [make_citizen()], on=TODAY)
    columns = [
        name.replace("order_id", "citizen_id") for name in make_list(make_citizen(), ORDERS).items.columns
    ]
    assert list(found.items.columns) == columns
    assert found.explain("c-1", language="en").order_id == "o-1"


def test_excluded_counts_are_by_the_first_rule_and_most_frequent_first() -> None:
    listed = [
        make_order(id="a", places=0, demands={"noise": "yes"}),
        *(make_order(id=name, demands={"noise": "yes"}) for name in "bc"),
        make_order(id="d", demands={"noise": "no"}),
    ]
    found = make_list(make_citizen(avoids={"noise"}), listed)
    assert list(found.excluded_counts.items()) == [("avoids:noise", 2), ("no_places_left", 1)]
    assert found.excluded.set_index("order_id")["rules"].to_dict() == {
        "a": ("no_places_left", "avoids:noise"),
        "b": ("avoids:noise",),
        "c": ("avoids:noise",),
    }


def test_reasons_stand_beside_the_items_in_columns_of_the_parts_names() -> None:
    reasons = make_list(make_citizen(), ORDERS, k=2).reasons(language="en")
    assert reasons["order_id"].tolist() == ["o-0", "o-1"]
    for part in ("nearness", "suitability", "wishes", "employer_openness", "load"):
        assert reasons[part].str.len().gt(3).all()
    assert reasons["warnings"].tolist() == [[], []]


def test_asked_pairs_without_a_place_come_last() -> None:
    listed = [
        make_order(id="a", place=None),
        make_order(id="b", employer_no=50),
        make_order(id="c", place=None, open_proposals=1),
    ]
    found = make_list(make_citizen(avoids={"noise"}), listed)
    assert found.ask["order_id"].tolist() == ["b", "a", "c"]


def test_a_list_shows_twenty_when_no_length_is_asked_for() -> None:
    listed = Catalogue.from_orders(make_order(id=f"o-{number}") for number in range(22))
    people = [make_citizen(id=f"c-{number}") for number in range(22)]
    assert len(shortlist(make_citizen(), listed, on=TODAY).items) == 20
    assert len(candidates(make_order(), people, on=TODAY).items) == 20


def test_reasons_are_told_in_the_language_that_is_asked_for() -> None:
    found = make_list(make_citizen(), ORDERS, k=1)
    english, danish = (found.reasons(language)["nearness"].iloc[0] for language in ("en", "da"))
    assert english == found.explain("o-0", "en").parts[0].reason
    assert danish == found.explain("o-0", "da").parts[0].reason != english
    assert found.reasons()["nearness"].iloc[0] == danish


def test_reasons_of_an_empty_list_have_the_columns_of_a_full_one() -> None:
    full, empty = make_list(make_citizen(), ORDERS).reasons(), make_list(make_citizen(), []).reasons()
    assert list(empty.columns) == list(full.columns)
    assert len(empty) == 0


def test_orders_are_placed_by_whole_points_then_load_per_place_then_id() -> None:
    free = {"employer_yes": 1e9, "activities": {}}
    listed = [
        make_order(id="b", open_proposals=3, places=400, **free),
        make_order(id="a", open_proposals=2, places=100, **free),
        make_order(id="far", place=Point(55.75, 9.5357), **free),
    ]
    found = make_list(make_citizen(), listed)
    points = [-float(np.floor(score)) for score in found.items["score"]]
    assert found.place_keys == [
        (points[0], 3 / 400, "b"),
        (points[1], 2 / 100, "a"),
        (points[2], 0.0, "far"),
    ]
    assert found.place_keys == sorted(found.place_keys)


def test_an_order_without_places_is_placed_as_one_with_a_single_place() -> None:
    found = make_list(make_citizen(), make_order(places=0, open_proposals=3))
    assert found.place_key(0, 80.0) == (-80.0, 3.0, "o-1")


def test_people_are_placed_by_whole_points_then_by_how_long_they_have_waited_then_by_id() -> None:
    people = [make_citizen(id="b", waiting_since=TODAY), make_citizen(id="a")]
    found = candidates(make_order(), people, on=TODAY)
    points = -float(np.floor(found.items["score"].iloc[0]))
    assert found.place_keys == [(points, day_number(TODAY), "b"), (points, NO_END, "a")]


def test_what_was_searched_already_is_not_searched_again(monkeypatch: pytest.MonkeyPatch) -> None:
    found = make_list(make_citizen(), ORDERS, k=2)
    rows = found.shown()
    again = Shortlist(
        found.citizen, found.catalogue, 2, TODAY, Policy.default(), shown={Group.RANKED: rows[::-1]}
    )
    monkeypatch.setattr(ranking, "best", None)
    assert again.shown() == rows[::-1]
    assert list(again.items["order_id"]) == ["o-1", "o-0"]


def test_the_rank_of_a_pair_that_is_shown_puts_no_other_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    found = make_list(make_citizen(), ORDERS, k=2)
    monkeypatch.setattr(Shortlist, "_groups", None)
    assert [found.ledger(index, "en").rank for index in found.shown()] == [1, 2]


def test_a_list_of_candidates_made_anew_keeps_its_length_day_and_policy_and_all_other_people() -> None:
    people = [make_citizen(id=name, attitudes={"green": "can"}) for name in "abc"]
    ending = make_order(activities="green", ends_on=TODAY, employer_no=7)
    policy = policy_with({"weights.nearness": 0, "weights.employer_openness": 0.5})
    found = candidates(ending, people, k=2, on=TODAY, policy=policy)
    keener = make_citizen(id="c", attitudes={"green": "gladly"})
    anew = found.anew(keener, make_order(id="-", activities="green", ends_on=TODAY, employer_no=1))
    told = candidates(
        make_order(activities="green", ends_on=TODAY, employer_no=1), [*people[:2], keener], 2, TODAY, policy
    )
    assert anew.items.equals(told.items)
    assert list(anew.items["citizen_id"]) == ["c", "a"]
    assert anew.explain("c", "en") == told.explain("c", "en")
    assert candidates(ending, people, on=date(2026, 12, 2)).anew(keener, ending).items_total == 0


def test_a_list_of_candidates_made_anew_prices_each_pair_as_before() -> None:
    people = [make_citizen(id=name, avoids={"noise"}) for name in "ab"]
    order = make_order(open_proposals=2, places=4)
    found = candidates(order, people, on=TODAY, suggested={"a"})
    assert found.pair(0).order.open_proposals == 1
    quiet = replace(found.pair(0).order, demands={"noise": "no"})
    told = found.anew(people[0], quiet).items.set_index("citizen_id")["lost_load"]
    assert told.to_dict() == {"a": 2.5, "b": 5.0}
    unpriced = candidates(make_order(), people[:1], on=TODAY, suggested={"a"})
    assert unpriced.pair(0).order.open_proposals == 0


def test_a_list_without_length_is_empty_also_where_nobody_has_points() -> None:
    nowhere = make_order(place=None)
    for found in (candidates(nowhere, [make_citizen()], 0, TODAY), make_list(make_citizen(), nowhere, k=0)):
        assert [found.shown(group) for group in Group] == [[], [], []]
        assert (len(found.ask), found.ask_total) == (0, 1)


def test_a_shortlist_made_anew_keeps_its_day_and_policy() -> None:
    policy = policy_with({"weights.nearness": 0, "weights.employer_openness": 0.5})
    listed = Catalogue.from_orders([make_order(ends_on=TODAY, place=Point(55.75, 9.5357))])
    found = shortlist(make_citizen(), listed, 3, TODAY, policy)
    anew = found.anew(make_citizen(wishes={"quiet_place"}), listed.order("o-1"))
    told = shortlist(make_citizen(wishes={"quiet_place"}), listed, 3, TODAY, policy)
    assert anew.items.equals(told.items)
    assert len(anew.items) == 1
    assert (
        shortlist(make_citizen(), listed, 3, date(2026, 12, 2)).anew(make_citizen(), make_order()).items_total
        == 0
    )


def test_a_list_of_one_candidate_can_be_made_anew() -> None:
    found = candidates(make_order(places=0), [make_citizen()], on=TODAY)
    assert found.anew(make_citizen(), make_order()).items_total == 1


def test_a_row_of_candidates_names_no_rank_that_the_list_made_anew_would_tell_and_its_explanation_does() -> (
    None
):
    found = candidates(make_order(), [make_citizen(avoids={"noise"})], on=TODAY)
    assert (found.ledger(0, "en").would_rank, found.explain("c-1", "en").would_rank) == (None, 1)


def test_whoever_can_only_just_reach_the_points_of_the_last_shown_is_judged_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ranking, "JUDGED_AT_ONCE", 2)
    policy = policy_with({"weights.employer_openness": 0, "weights.nearness": 0.5})
    liked = {"attitudes": {"green": "gladly"}}
    people = [make_citizen(id=f"c-{number}", **liked) for number in range(6)]
    waiting = make_citizen(id="c-9", waiting_since=TODAY, **liked)
    found = candidates(make_order(activities="green"), [*people, waiting], k=1, on=TODAY, policy=policy)
    assert found.items[["citizen_id", "score"]].to_dict("records") == [{"citizen_id": "c-9", "score": 100}]


def test_lists_and_catalogues_say_shortly_in_a_notebook_what_they_are() -> None:
    orders = [make_order(id=f"o-{number}") for number in range(1000)]
    catalogue = Catalogue.from_orders(orders)
    person = make_citizen()
    assert repr(catalogue) == "<Catalogue of 1000 job orders>"
    assert repr(shortlist(person, catalogue, k=5)) == "<Shortlist of 'c-1' among 1000 job orders, k=5>"
    assert repr(candidates(orders[0], [person])) == "<CandidateList of 'o-0' among 1 people, k=20>"
    assert catalogue != Catalogue.from_orders(orders)
