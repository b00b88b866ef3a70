"""A catalogue that orders come to, change in and go from is the one that is built of what it then holds."""

import pickle
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo import Point, Refused
from geo.index import Grid
from matching import Catalogue, Citizen, JobOrder, Policy, Shortlist, candidates, shortlist, tidying
from matching import catalogue as catalogue_module
from matching import room as rooms
from matching.load import proposed
from matching.room import Room
from matching.standing import Group
from tests.matching.generated import catalogues, citizens, orders
from tests.matching.makers import make_citizen, make_order

TODAY = date(2026, 12, 1)
POLICY = Policy.default()
Changes = list[tuple[bool, JobOrder]]

names = st.sampled_from([f"o-{number}" for number in range(10)])
changes = st.lists(st.tuples(st.booleans(), names.flatmap(lambda name: orders(id=name))), max_size=8)
"""Orders that come, or go where they are there."""


def changed(catalogue: Catalogue, steps: Changes) -> Catalogue:
    for stays, order in steps:
        if stays:
            catalogue = catalogue.with_order(order)
        elif order.id in catalogue:
            catalogue = catalogue.without_order(order.id)
    return catalogue


def left(listed: list[JobOrder], steps: Changes) -> list[JobOrder]:
    held = {order.id: order for order in listed}
    for stays, order in steps:
        if stays:
            held[order.id] = order
        else:
            held.pop(order.id, None)
    return list(held.values())


def everything(found: Shortlist) -> tuple[object, ...]:
    shown = [[found.ids[row] for row in found.shown(group)] for group in Group]
    frames = [frame.to_dict("list") for frame in (found.items, found.ask, found.excluded)]
    return shown, frames, found.totals


@given(catalogues(), changes, citizens(), st.sampled_from([1, 3, 1000]))
def test_a_changed_catalogue_gives_the_lists_of_one_built_anew(
    listed: list[JobOrder], steps: Changes, citizen: Citizen, k: int
) -> None:
    grown = changed(Catalogue.from_orders(listed), steps)
    fresh = Catalogue.from_orders(left(listed, steps))
    assert len(grown) == len(fresh)
    told, anew = (shortlist(citizen, catalogue, k, TODAY) for catalogue in (grown, fresh))
    assert str(everything(told)) == str(everything(anew))


@given(catalogues(), st.sets(st.integers(0, 9)), changes, citizens())
def test_orders_taken_out_at_once_are_as_taken_out_one_by_one(
    listed: list[JobOrder], gone: set[int], steps: Changes, citizen: Citizen
) -> None:
    catalogue = changed(Catalogue.from_orders(listed), steps)
    held = [order.id for order in left(listed, steps)]
    names = [name for place, name in enumerate(held) if place in gone]
    at_once, one_by_one = catalogue.without_orders(names), catalogue
    for name in names:
        one_by_one = one_by_one.without_order(name)
    assert len(at_once) == len(one_by_one) == len(held) - len(names)
    assert not any(name in at_once for name in names)
    told, anew = (shortlist(citizen, found, 1000, TODAY) for found in (at_once, one_by_one))
    assert str(everything(told)) == str(everything(anew))


@given(catalogues(), changes)
def test_a_changed_catalogue_holds_the_orders_that_are_left(listed: list[JobOrder], steps: Changes) -> None:
    grown = changed(Catalogue.from_orders(listed), steps)
    held = {order.id: order for order in left(listed, steps)}
    for name in {order.id for order in listed} | {order.id for _, order in steps}:
        assert (name in grown) == (name in held)
        if name in held:
            assert grown.order(name) == held[name]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(catalogues(), changes, citizens())
def test_without_room_all_orders_are_laid_anew(
    monkeypatch: pytest.MonkeyPatch, listed: list[JobOrder], steps: Changes, citizen: Citizen
) -> None:
    monkeypatch.setattr(rooms, "SPARE_ROWS", 2)
    grown = changed(Catalogue.from_orders(listed), steps)
    fresh = Catalogue.from_orders(left(listed, steps))
    lists = (shortlist(citizen, catalogue, 3, TODAY) for catalogue in (grown, fresh))
    assert len({str(everything(found)) for found in lists}) == 1


long = st.lists(
    st.tuples(st.booleans(), names.flatmap(lambda name: orders(id=name))), min_size=6, max_size=14
)


@pytest.fixture
def little_by_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sorting begins at once and goes on by a row with every change."""
    monkeypatch.setattr(catalogue_module, "UNTIDY_ROWS", 1)
    monkeypatch.setattr(tidying, "FEWEST_ROWS", 1)
    monkeypatch.setattr(Grid, "suits", lambda grid, places: True)


@pytest.mark.usefixtures("little_by_little")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(catalogues(), long, citizens(), st.sampled_from([1, 3, 1000]))
def test_orders_sorted_in_little_by_little_give_the_lists_of_a_catalogue_built_anew(
    listed: list[JobOrder], steps: Changes, citizen: Citizen, k: int
) -> None:
    base = Catalogue.from_orders(listed)
    before = str(everything(shortlist(citizen, base, k, TODAY)))
    grown, held = changed(base, steps), {order.id: order for order in left(listed, steps)}
    told, anew = (
        shortlist(citizen, each, k, TODAY) for each in (grown, Catalogue.from_orders(held.values()))
    )
    assert str(everything(told)) == str(everything(anew))
    assert {name: grown.order(name) for name in held} == held
    assert not any(order.id in grown for _, order in steps if order.id not in held)
    for employer in {order.employer_id for order in held.values()} - {""}:
        theirs = {order.id for order in held.values() if order.employer_id == employer}
        assert {grown.ids[row] for row in grown.rows_of(employer)} == theirs
    assert str(everything(shortlist(citizen, base, k, TODAY))) == before


def many(n: int) -> Catalogue:
    return Catalogue.from_orders(
        make_order(id=f"o-{number}", place=Point(55.1 + number % 97 / 50, 9.1 + number % 89 / 90))
        for number in range(n)
    )


def test_no_change_copies_more_than_a_share_of_the_orders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tidying, "FEWEST_ROWS", 1)
    catalogue, copied = many(3_000), []
    write = Room.write
    monkeypatch.setattr(
        Room, "write", lambda room, begin, rows: (copied.append(len(rows)), write(room, begin, rows))
    )
    monkeypatch.setattr(Catalogue, "_sorted_anew", lambda catalogue: pytest.fail("all are sorted anew"))
    for number in range(2_500):
        catalogue = catalogue.with_order(make_order(id=f"o-{number}", open_proposals=1))
    # a share of them, and what came meanwhile once they are sorted
    assert max(copied) < rooms.SPARE_ROWS
    assert sorted(copied)[2_500] <= -(-3_000 // tidying.STEPS)
    assert len(catalogue.columns) < 3_000 + rooms.SPARE_ROWS
    assert sum(catalogue.order(f"o-{number}").open_proposals for number in range(3_000)) == 2_500


def test_orders_that_went_are_not_kept_for_ever() -> None:
    catalogue = many(4_000)
    for number in range(3_900):
        catalogue = catalogue.without_order(f"o-{number}")
    assert len(catalogue) == 100
    assert len(catalogue.columns) < 2 * catalogue_module.UNTIDY_ROWS + 100
    assert catalogue.order("o-3999").id == "o-3999"


def test_two_may_go_on_while_orders_are_being_sorted_in() -> None:
    base = many(1_200)
    for number in range(catalogue_module.UNTIDY_ROWS // 2 + 1):
        base = base.with_order(make_order(id=f"o-{number}", open_proposals=1))
    one = other = base
    for number in range(3):
        one, other = one.with_order(make_order(id=f"one-{number}")), other.without_order(f"o-{number}")
    for number in range(10):
        one, other = (each.with_order(make_order(id=f"later-{number}")) for each in (one, other))
    assert (len(one), len(other)) == (1_213, 1_207)
    assert ("one-2" in one, "one-2" in other, "o-2" in one, "o-2" in other) == (True, False, True, False)


def test_other_loads_that_come_while_orders_are_sorted_in_stay() -> None:
    catalogue = many(1_200)
    for number in range(catalogue_module.UNTIDY_ROWS // 2 + 1):
        catalogue = catalogue.with_order(make_order(id=f"o-{number}"))
    catalogue = weighed(catalogue, 7)
    for number in range(20):
        catalogue = catalogue.with_order(make_order(id=f"later-{number}"))
    assert {catalogue.order(f"o-{number}").open_proposals for number in range(1_200)} == {7}


def test_whoever_holds_a_catalogue_reads_on_undisturbed() -> None:
    before = Catalogue.from_orders([make_order(id="o-1", open_proposals=0), make_order(id="o-2")])
    held = str(everything(shortlist(make_citizen(), before, 5, TODAY)))
    after = before.with_order(make_order(id="o-1", open_proposals=2)).without_order("o-2")
    assert str(everything(shortlist(make_citizen(), before, 5, TODAY))) == held
    assert before.order("o-1").open_proposals == 0
    assert after.order("o-1").open_proposals == 2
    assert (len(before), len(after)) == (2, 1)


def test_two_may_go_on_from_the_same_catalogue() -> None:
    base = Catalogue.from_orders([make_order(id="o-1")])
    one, other = base.with_order(make_order(id="o-2")), base.with_order(make_order(id="o-3"))
    assert ("o-2" in one, "o-3" in one) == (True, False)
    assert ("o-2" in other, "o-3" in other) == (False, True)
    assert one.order("o-2") == make_order(id="o-2")
    assert other.order("o-3") == make_order(id="o-3")


def test_no_row_is_copied_for_one_more_order() -> None:
    base = Catalogue.from_orders(make_order(id=f"o-{number}") for number in range(3_000))
    grown = base.with_order(make_order(id="o-new", place=Point(55.1, 9.1)))
    for name, column in grown.columns.arrays.items():
        if name != "present":
            assert np.shares_memory(column, base.columns.arrays[name])


def weighed(catalogue: Catalogue, load: int) -> Catalogue:
    """The catalogue as if every order had so many open proposals and its employer so many answers more."""
    columns = catalogue.columns
    loads, answers = columns.open_proposals + load, columns.employer_no + load
    return catalogue.with_columns(replace(columns, open_proposals=loads, employer_no=answers))


def weighed_order(order: JobOrder, load: int) -> JobOrder:
    loads, answers = order.open_proposals + load, order.employer_no + load
    return replace(order, open_proposals=loads, employer_no=answers)


@given(catalogues(), changes, changes, citizens(), st.sampled_from([1, 3, 1000]))
def test_other_loads_and_answers_give_the_lists_of_a_catalogue_built_anew(
    listed: list[JobOrder], steps: Changes, after: Changes, citizen: Citizen, k: int
) -> None:
    catalogue = changed(Catalogue.from_orders(listed), steps)
    before = str(everything(shortlist(citizen, catalogue, k, TODAY)))
    heavier = [weighed_order(order, 2) for order in left(listed, steps)]
    expected = Catalogue.from_orders(left(heavier, after))
    grown = changed(weighed(catalogue, 2), after)
    told, anew = (shortlist(citizen, each, k, TODAY) for each in (grown, expected))
    assert str(everything(told)) == str(everything(anew))
    for order in left(heavier, after):
        assert grown.order(order.id) == order
    assert str(everything(shortlist(citizen, catalogue, k, TODAY))) == before


@given(catalogues(), citizens(), st.data())
def test_any_other_column_replaced_gives_the_lists_of_a_catalogue_built_anew(
    listed: list[JobOrder], citizen: Citizen, data: st.DataObject
) -> None:
    others = [data.draw(orders(id=order.id, place=st.just(order.place))) for order in listed]
    catalogue = Catalogue.from_orders(listed)
    everything(shortlist(citizen, catalogue, 3, TODAY))  # the facts are packed
    rows = Catalogue.from_orders(others)
    columns = rows.columns.take([rows.row(id_) for id_ in catalogue.ids])
    told = shortlist(citizen, catalogue.with_columns(columns), 1000, TODAY)
    anew = shortlist(citizen, Catalogue.from_orders(others), 1000, TODAY)
    assert str(everything(told)) == str(everything(anew))


def test_facts_are_packed_anew_for_what_a_rule_reads_and_for_nothing_else() -> None:
    base = Catalogue.from_orders([make_order(id="o-1")])
    for name, column in base.columns.arrays.items():
        copied: dict[str, Any] = {name: column.copy()}
        told = base.with_columns(replace(base.columns, **copied))
        assert (told.facts is base.facts) == (name in ("open_proposals", "employer_yes", "employer_no"))
    told = base.with_columns(replace(base.columns, mixes=replace(base.columns.mixes)))
    assert told.facts is not base.facts


def test_an_order_added_to_other_loads_copies_the_loads_alone_and_only_once() -> None:
    base = Catalogue.from_orders(make_order(id=f"o-{number}") for number in range(3_000))
    heavier = weighed(base, 1)
    first = heavier.with_order(make_order(id="o-first"))
    second = first.with_order(make_order(id="o-second"))
    for name, column in second.columns.arrays.items():
        own = name in ("open_proposals", "employer_no", "present")
        assert np.shares_memory(column, base.columns.arrays[name]) != own
        assert np.shares_memory(column, first.columns.arrays[name]) != (name == "present")
    assert base.order("o-1").open_proposals == 0
    assert second.order("o-1").open_proposals == second.order("o-2").open_proposals == 1


def test_two_may_go_on_from_a_catalogue_and_the_same_with_other_loads() -> None:
    base = Catalogue.from_orders([make_order(id="o-1")])
    heavier = weighed(base, 1)
    one, other = base.with_order(make_order(id="o-2")), heavier.with_order(make_order(id="o-3"))
    assert (one.order("o-1").open_proposals, other.order("o-1").open_proposals) == (0, 1)
    assert (one.order("o-2"), other.order("o-3")) == (make_order(id="o-2"), make_order(id="o-3"))
    assert ("o-3" in one, "o-2" in other) == (False, False)


def test_an_order_that_is_not_there_cannot_be_taken_away() -> None:
    catalogue = Catalogue.from_orders([make_order(id="o-1")]).without_order("o-1")
    for name in ("o-1", "o-2"):
        with pytest.raises(Refused, match="There is no job order"):
            catalogue.without_order(name)


def test_proposals_weigh_in_a_catalogue_that_orders_came_to() -> None:
    grown = Catalogue.from_orders([make_order(id="o-1")]).with_order(make_order(id="o-2"))
    weighed = proposed(grown, [grown.row("o-2")]).with_order(make_order(id="o-3"))
    assert [weighed.order(name).open_proposals for name in ("o-1", "o-2", "o-3")] == [0, 1, 0]


def test_a_catalogue_sent_to_another_process_can_change_there() -> None:
    base = Catalogue.from_orders([make_order(id="o-1")]).with_order(make_order(id="o-2"))
    sent = pickle.loads(pickle.dumps(base)).with_order(make_order(id="o-3"))
    assert sorted(sent.ids[row] for row in np.flatnonzero(sent.columns.present)) == ["o-1", "o-2", "o-3"]
    assert sent.order("o-2") == base.order("o-2")


def test_an_order_that_was_changed_is_told_once_of_each_citizen() -> None:
    order = make_order(id="o-1")
    grown = Catalogue.from_orders([order]).with_order(replace(order, open_proposals=1))
    people = [make_citizen()]
    [told] = candidates(grown.order("o-1"), people, on=TODAY).items["score"]
    [shown] = shortlist(people[0], grown, on=TODAY).items["score"]
    assert told == shown
