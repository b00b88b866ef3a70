"""Lists in turn: each feels the proposals of those before it, and they spread."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import Catalogue, Citizen, JobOrder, candidates, shortlist
from matching.evaluation import exposure
from matching.load import proposed, shortlists_in_turn, without_own
from tests.evaluate.load import BIDS, even_gini, mean_ndcg, utilities
from tests.evaluate.markets import graded, read_bids, scored_market, town_market
from tests.evaluate.towns import Town
from tests.matching.generated import catalogues, crowds
from tests.matching.makers import TODAY, make_citizen, make_order


def test_twenty_equal_people_and_twenty_equal_tasks_share_evenly() -> None:
    people = [make_citizen(id=f"c-{number:02}") for number in range(20)]
    catalogue = Catalogue.from_orders(make_order(id=f"o-{number:02}") for number in range(20))
    lists = list(shortlists_in_turn(people, catalogue, 3, TODAY))
    assert max(exposure((found.shown() for found in lists), 20)) <= 4
    assert [len(found.items) for found in lists] == [3] * 20
    plain = lists[0].items["score"].mean()
    fit = np.mean([(found.items["score"] + found.items["lost_load"]).mean() for found in lists])
    assert fit >= 0.95 * plain


def test_without_turns_the_same_three_are_shown_to_everybody() -> None:
    people = [make_citizen(id=f"c-{number:02}") for number in range(20)]
    catalogue = Catalogue.from_orders(make_order(id=f"o-{number:02}") for number in range(20))
    lists = [shortlist(person, catalogue, 3, TODAY) for person in people]
    assert max(exposure((found.shown() for found in lists), 20)) == 20


@given(crowds(), catalogues())
def test_no_load_moves_a_pair_across_a_rule_or_a_question(
    people: list[Citizen], orders: list[JobOrder]
) -> None:
    catalogue = Catalogue.from_orders(orders)
    for person, found in zip(people, shortlists_in_turn(people, catalogue, 3, TODAY), strict=True):
        alone = shortlist(person, catalogue, len(orders), TODAY)
        assert set(found.items["order_id"]) <= set(alone.items["order_id"])
        assert found.items_total == alone.items_total
        assert found.excluded_counts == alone.excluded_counts


@given(crowds(), catalogues())
def test_each_list_is_the_one_of_a_catalogue_with_the_proposals_so_far(
    people: list[Citizen], orders: list[JobOrder]
) -> None:
    open_proposals = {order.id: order.open_proposals for order in orders}
    for person, found in zip(
        people, shortlists_in_turn(people, Catalogue.from_orders(orders), 2, TODAY), strict=True
    ):
        now = [JobOrder(**{**vars(order), "open_proposals": open_proposals[order.id]}) for order in orders]
        expected = shortlist(person, Catalogue.from_orders(now), 2, TODAY)
        assert list(found.items["order_id"]) == list(expected.items["order_id"])
        for name in found.items["order_id"]:
            open_proposals[name] += 1


def test_the_catalogue_that_is_given_stays_as_it_is() -> None:
    catalogue = Catalogue.from_orders([make_order(open_proposals=2)])
    assert proposed(catalogue, [0, 0]).order("o-1").open_proposals == 4
    assert proposed(catalogue, []).order("o-1").open_proposals == 2
    assert catalogue.order("o-1").open_proposals == 2


@pytest.mark.parametrize("name", BIDS)
def test_on_real_bids_exposure_is_far_more_even_and_nothing_is_lost(name: str, reference_data: Path) -> None:
    scores, conflict = read_bids(reference_data / "evaluation" / "assignment_bids" / f"{name}.csv")
    market = scored_market(scores, conflict)
    lists, plain, fit = market.in_turn(3), market.plain(3), market.fit
    assert even_gini(lists, market) <= 0.55 * even_gini(plain, market)
    assert utilities(lists, fit).sum() >= 0.98 * utilities(plain, fit).sum()
    assert mean_ndcg(lists, fit) >= 0.98
    ids = market.catalogue.ids
    assert not any(conflict[person, int(ids[row][2:])] for person, rows in enumerate(lists) for row in rows)


def test_conflicts_are_counted_by_somebody_else_than_who_makes_the_lists() -> None:
    scores, conflict = np.array([[1.0, 0.5], [0.5, 1.0]]), np.eye(2, dtype=bool)
    kept = scored_market(scores, conflict)
    careless = replace(kept, judge=scored_market(scores, np.zeros((2, 2), np.bool_)).judge)
    assert kept.conflicts_in(kept.in_turn(1)) == 0
    assert careless.conflicts_in(careless.in_turn(1)) == 2
    town = town_market(3, 25, 30)
    assert town.conflicts_in([list(range(30))] * 25) > 0
    assert town.conflicts_in(town.in_turn(3)) == 0


def test_on_graded_scores_of_equal_popularity_little_is_lost() -> None:
    market = scored_market(scores := graded(7, 60, 60, popularity=0.0), np.zeros(scores.shape, np.bool_))
    lists, plain, fit = market.in_turn(3), market.plain(3), market.fit
    assert even_gini(lists, market) <= 0.55 * even_gini(plain, market)
    assert utilities(lists, fit).sum() >= 0.98 * utilities(plain, fit).sum()


def test_the_measured_lists_of_a_town_are_those_of_the_product() -> None:
    market, town = town_market(3, 25, 30), Town(3)
    people, catalogue = town.citizens(25), Catalogue.from_orders(town.orders(30))
    assert market.catalogue.ids == catalogue.ids
    assert market.in_turn(3) == [found.shown() for found in shortlists_in_turn(people, catalogue, 3, TODAY)]
    assert market.plain(3) == [shortlist(person, catalogue, 3, TODAY).shown() for person in people]


def test_lots_decide_among_equals_only() -> None:
    market = scored_market(np.array([[0.5, 0.5, 1.0]] * 20), np.zeros((20, 3), np.bool_))
    lists = market.plain_with_random_ties(2, seed=1)
    assert {rows[0] for rows in lists} == {market.catalogue.row("o-0002")}
    assert len({rows[1] for rows in lists}) == 2


@given(crowds().filter(bool), catalogues().filter(bool), st.data())
def test_a_pair_that_is_suggested_has_one_score_from_both_ends_and_pays_for_others_only(
    people: list[Citizen], orders: list[JobOrder], data: st.DataObject
) -> None:
    order = data.draw(st.sampled_from(orders))
    suggested = set(data.draw(st.lists(st.sampled_from([person.id for person in people]), unique=True)))
    asked = replace(order, open_proposals=order.open_proposals + len(suggested))
    catalogue = Catalogue.from_orders(asked if one.id == order.id else one for one in orders)
    found = candidates(asked, people, len(people), TODAY, suggested=suggested)
    for index, person in enumerate(people):
        own = [order.id] if person.id in suggested else []
        theirs = shortlist(person, without_own(catalogue, own), len(orders), TODAY)
        pair = theirs.pair(theirs.catalogue.row(order.id))
        np.testing.assert_equal(found.pair(index).lost, pair.lost)
        assert pair.order.open_proposals == asked.open_proposals - len(own)


def test_the_own_suggestion_costs_nothing_and_that_of_somebody_else_does() -> None:
    anna, bent = make_citizen(id="anna"), make_citizen(id="bent")
    order = make_order(id="o-1", open_proposals=1)
    catalogue = Catalogue.from_orders([order])
    assert shortlist(anna, without_own(catalogue, ["o-1"]), 1, TODAY).items["lost_load"][0] == 0
    assert shortlist(bent, catalogue, 1, TODAY).items["lost_load"][0] > 0
    both = candidates(order, [anna, bent], 2, TODAY, suggested={"anna"}).items.set_index("citizen_id")
    assert both["lost_load"]["anna"] == 0
    assert both["lost_load"]["bent"] > 0


def test_an_order_that_is_not_there_or_has_no_suggestion_changes_nothing() -> None:
    catalogue = Catalogue.from_orders([make_order(id="o-1", open_proposals=0)])
    assert without_own(catalogue, ["elsewhere"]) is catalogue
    assert without_own(catalogue, ["o-1"]).columns.open_proposals.tolist() == [0]
