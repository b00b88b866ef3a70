"""What differs between two lists of one citizen, whatever the reason, and which part made it so."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import Mode, Point
from matching import Catalogue, Citizen, JobOrder, Policy, shortlist
from matching.list_diff import diff_lists, part_shifts
from tests.matching.generated import catalogues, citizens, policies
from tests.matching.makers import TODAY, make_citizen, make_list, make_order

FAR = make_order(id="far", place=Point(55.7793, 9.5357))
NEAR = make_order(id="near")
NOWHERE = make_order(id="nowhere", place=None)


def test_a_quicker_way_brings_in_what_was_too_far() -> None:
    walking = make_citizen(mode="walk", max_minutes=45)
    change = diff_lists(
        make_list(walking, [FAR, NEAR]), make_list(replace(walking, mode=Mode.LIFT), [FAR, NEAR])
    )
    assert (change.entering, change.leaving) == (("far",), ())
    (move,) = change.moves
    assert (move.citizen_id, move.order_id, move.old_rank, move.new_rank) == ("c-1", "far", None, 2)


def test_the_same_list_differs_in_nothing() -> None:
    found = make_list(make_citizen(), [FAR, NEAR])
    assert diff_lists(found, found).moves == ()


def test_a_shorter_way_is_told_as_nearness_alone() -> None:
    walking = make_citizen(mode="walk")
    before, after = make_list(walking, FAR), make_list(replace(walking, mode=Mode.LIFT), FAR)
    shifts = part_shifts(before.explain("far"), after.explain("far"))
    assert shifts["nearness"] > 0
    assert shifts["load"] == 0
    assert list(shifts) == ["nearness", "suitability", "wishes", "employer_openness", "load"]


def test_of_an_order_without_a_place_no_shift_is_told() -> None:
    found = make_list(make_citizen(), NOWHERE)
    assert part_shifts(found.explain("nowhere"), found.explain("nowhere")) == {}


@given(citizens(), catalogues(), policies, st.sampled_from(Mode))
def test_shifts_add_up_to_the_change_of_the_score(
    person: Citizen, listed: list[JobOrder], new: Policy, mode: Mode
) -> None:
    catalogue = Catalogue.from_orders(listed)
    before = shortlist(person, catalogue, 3, TODAY)
    after = shortlist(replace(person, mode=mode), catalogue, 3, TODAY, new)
    for order in listed:
        was, becomes = before.explain(order.id), after.explain(order.id)
        if order.place is None:
            assert part_shifts(was, becomes) == {}
        else:
            assert was.score is not None
            assert becomes.score is not None
            gained = sum(part_shifts(was, becomes).values())
            assert gained == pytest.approx(becomes.score - was.score, abs=1e-9)
