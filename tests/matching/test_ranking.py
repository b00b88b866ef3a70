"""The lists as objects: lengths, totals, days, people, and what is refused."""

from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest

from geo import Refused
from matching import Catalogue, candidates, shortlist
from tests.matching.makers import TODAY, make_citizen, make_list, make_order

ORDERS = [make_order(id=f"o-{number}") for number in range(5)]


@pytest.mark.parametrize(("k", "length"), [(0, 0), (1, 1), (5, 5), (6, 5), (np.int64(2), 2)])
def test_a_list_shows_k_or_all_there_are(k: Any, length: int) -> None:
    found = make_list(make_citizen(), ORDERS, k=k)
    assert len(found.items) == length
    assert found.items_total == 5


@pytest.mark.parametrize("k", [-1, 2.5, "3", None, True])
def test_a_length_that_cannot_be_is_refused(k: Any) -> None:
    with pytest.raises(Refused, match=r"k: .*whole number from 0 up"):
        make_list(make_citizen(), ORDERS, k=k)


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
