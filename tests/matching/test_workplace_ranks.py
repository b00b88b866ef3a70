"""The ranks that an answer about a workplace promises, which brings in all orders there that wait for it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matching import Catalogue, Citizen, JobOrder, Policy, shortlist
from matching import ranking as rankings
from matching.assessment import Assessment, assess
from matching.columns import Columns
from matching.lists import RANKS_NAMED
from matching.standing import Group
from tests.matching.makers import TODAY, make_citizen, make_list, make_order

SILENT = {"employer_id": "e-1", "activities": "green"}


def ranks_told(said: dict[str, Any], *orders: JobOrder) -> dict[str, int | None]:
    found = make_list(make_citizen(**said), orders, k=20)
    return {order.id: found.explain(order.id).would_rank for order in orders}


def test_an_answer_about_the_workplace_brings_in_all_orders_there_and_each_is_told_its_own_rank() -> None:
    orders = [make_order(id=f"o-{number}", open_proposals=2 - number, **SILENT) for number in range(3)]
    sober = {"avoids": {"alcohol_present"}}
    assert ranks_told(sober, *orders) == {"o-0": 3, "o-1": 2, "o-2": 1}
    elsewhere = [replace(order, employer_id=f"e-{order.id}") for order in orders]
    assert ranks_told(sober, *elsewhere) == {"o-0": 1, "o-1": 1, "o-2": 1}
    nobody = [replace(order, employer_id="") for order in orders]
    assert ranks_told(sober, *nobody) == {"o-0": 1, "o-1": 1, "o-2": 1}


def test_two_orders_of_one_workplace_that_hang_on_the_same_answer_come_in_together() -> None:
    first, second = (
        make_order(id=id_, open_proposals=load, **SILENT) for id_, load in (("o-1", 1), ("o-2", 0))
    )
    assert ranks_told({"avoids": {"alcohol_present"}}, first, second) == {"o-1": 2, "o-2": 1}
    assert ranks_told({"avoids": {"alcohol_present"}}, first) == {"o-1": 1}


def test_the_answers_of_two_workplaces_bring_in_the_orders_of_each() -> None:
    sober = {"avoids": {"alcohol_present"}}
    ones = [make_order(id=f"a-{number}", open_proposals=2 - number, **SILENT) for number in range(3)]
    others = [replace(order, id=f"b-{order.id}", employer_id="e-2") for order in ones[:2]]
    assert ranks_told(sober, *ones, *others) == {"a-0": 3, "a-1": 2, "a-2": 1, "b-a-0": 2, "b-a-1": 1}


def test_two_answers_of_one_workplace_bring_in_the_orders_that_hang_on_each() -> None:
    said = {"avoids": {"alcohol_present"}, "needs": {"quiet_place"}}
    calm = {"supports": {"quiet_place": "yes"}, **SILENT}
    sober = {"demands": {"alcohol_present": "no"}, **SILENT}
    orders = [
        make_order(id="calm-1", open_proposals=3, **calm),
        make_order(id="calm-2", **calm),
        make_order(id="sober-1", open_proposals=3, **sober),
        make_order(id="both", open_proposals=4, **SILENT),
    ]
    assert ranks_told(said, *orders) == {"calm-1": 2, "calm-2": 1, "sober-1": 1, "both": 4}


def test_the_workplaces_of_all_that_is_shown_are_judged_together_and_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judged: list[int] = []

    def noted(citizen: Citizen, orders: Columns, on: date, policy: Policy) -> Assessment:
        judged.append(len(orders))
        return assess(citizen, orders, on, policy)

    several = [
        make_order(id=f"o-{number}", **{**SILENT, "employer_id": f"e-{number % 4}"}) for number in range(8)
    ]
    alone = make_order(id="o-8", **{**SILENT, "employer_id": "e-9"})
    found = make_list(make_citizen(avoids={"alcohol_present"}), [*several, alone], k=5)
    shown = found.shown(Group.ASKED)
    monkeypatch.setattr(rankings, "assess", noted)
    for _ in "once", "again":
        assert len([found.ledger(index) for index in shown]) == 5
    # what is shown first, and then the other orders of those employers
    assert [number for number in judged if number] == [5, 3]


def test_an_answer_about_the_work_brings_in_the_order_it_was_asked_about_alone() -> None:
    orders = [make_order(id=f"o-{number}", open_proposals=2 - number, **SILENT) for number in range(3)]
    assert ranks_told({"avoids": {"machines"}}, *orders) == {"o-0": 1, "o-1": 1, "o-2": 1}


def test_an_order_that_hangs_on_more_or_is_stopped_stays_out_beside_the_one_that_comes_in() -> None:
    asked = make_order(id="o-9", open_proposals=2, **SILENT)
    more = make_order(id="o-1", times=[], **SILENT)
    stopped = make_order(id="o-2", **{**SILENT, "activities": "shop"})
    gone = make_order(id="o-3", places=0, **SILENT)
    said: dict[str, Any] = {"avoids": {"alcohol_present"}, "attitudes": {"shop": "cannot"}}
    assert ranks_told(said, asked, stopped, gone)["o-9"] == 1
    hours = [replace(one, hours_per_week=2) for one in (asked, stopped, gone)]
    assert ranks_told({**said, "max_hours_per_week": 3}, *hours, more)["o-9"] == 1
    assert ranks_told({**said, "max_hours_per_week": 3}, *hours, replace(more, hours_per_week=2))["o-9"] == 2


def test_what_would_have_to_be_otherwise_than_it_was_said_is_asked_for_one_order_alone() -> None:
    drinking = {"demands": {"alcohol_present": "yes"}, **SILENT}
    orders = [make_order(id=f"o-{number}", open_proposals=1 - number, **drinking) for number in range(2)]
    assert ranks_told({"avoids": {"alcohol_present"}}, *orders) == {"o-0": 1, "o-1": 1}


def test_orders_that_came_and_went_since_are_of_their_workplace_or_no_longer() -> None:
    asked, other, gone, later = (
        make_order(id=id_, open_proposals=load, **SILENT)
        for id_, load in (("o-1", 2), ("o-2", 1), ("o-3", 0), ("o-4", 0))
    )
    catalogue = Catalogue.from_orders([asked, other, gone]).without_order("o-3").with_order(later)
    catalogue = catalogue.with_order(replace(other, open_proposals=0))
    found = shortlist(make_citizen(avoids={"alcohol_present"}), catalogue, on=TODAY)
    assert [catalogue.ids[row] for row in catalogue.rows_of("e-1").tolist()] == ["o-1", "o-4", "o-2"]
    assert {id_: found.explain(id_).would_rank for id_ in ("o-1", "o-2", "o-4")} == {
        "o-1": 3,
        "o-2": 1,
        "o-4": 2,
    }
    assert catalogue.rows_of("").tolist() == catalogue.rows_of("e-9").tolist() == []


def test_whom_an_answer_brings_in_beside_can_put_an_order_beyond_the_ranks_that_are_named() -> None:
    beside = [make_order(id=f"o-{number:02}", **SILENT) for number in range(RANKS_NAMED)]
    asked = make_order(id="o-99", **SILENT)
    citizen = make_citizen(avoids={"alcohol_present"})
    told = make_list(citizen, [*beside, asked], k=5).explain("o-99", "en")
    assert told.would_change == (
        f"If the employer says that it is without alcohol, this comes in after number {RANKS_NAMED}",
    )
    assert make_list(citizen, [*beside[1:], asked], k=5).explain("o-99").would_rank == RANKS_NAMED
