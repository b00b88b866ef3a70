"""What somebody who leaves has on the desk is handed over together, and put back, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from api.casework import handing_back, leavers
from api.casework import handing_over as desk
from api.casework import proposals as proposals_desk
from api.casework.errors import NothingToTakeBack
from api.casework.proposals import NewProposal
from api.domain.caller import Role
from api.domain.parts import Part
from api.domain.proposals import StartedFrom
from api.store import assignments, audit, citizens, job_orders, proposals, users
from geo import Refused
from tests.api.casework.conftest import MONDAY
from tests.api.makers import make_citizen

NONE = Part((), 0, 0)


@pytest.fixture
def unit(store, naestved, colleague):
    """A unit of a Monday morning, opened when everybody is there."""
    with time_machine.travel(MONDAY, tick=False), store.unit() as unit:
        yield unit


@pytest.fixture
def boss(unit):
    return users.caller_of(users.add(unit, "0370", "boss", Role.COORDINATOR), "http")


@pytest.fixture
def staff(unit):
    return users.add(unit, "0370", "staff", Role.CENTRE_STAFF)


@pytest.fixture
def two(unit, naestved):
    """Two citizens of the consultant's."""
    found = [citizens.add(unit, naestved, make_citizen(naestved)) for _ in range(2)]
    for one in found:
        assignments.assign(unit, naestved, one.id, naestved.user_id)
    return [one.id for one in found]


@pytest.fixture
def made(unit, naestved, two, order):
    """A suggestion of the consultant's for one of them."""
    new = NewProposal(citizen_id=two[0], order_id=order.id, started_from=StartedFrom.JOB_ORDER)
    return proposals_desk.propose(unit, naestved, new).proposal


def whose(unit, caller, ids):
    return [assignments.of_citizen(unit, caller, id_) for id_ in ids]


def test_citizens_orders_and_what_was_suggested_go_to_one_colleague(
    unit, naestved, colleague, boss, two, order, made
):
    work = leavers.work_of(unit, boss, naestved.user_id, None, 9)
    assert {one.id for one in work.citizens.rows} == set(two)
    assert [one.id for one in work.orders.rows] == [order.id]
    done = desk.hand_over(unit, boss, naestved.user_id, colleague.user_id, two, [order.id])
    assert (done.citizens, done.orders) == (2, 1)
    assert whose(unit, boss, two) == [(colleague.user_id,)] * 2
    assert job_orders.find(unit, boss, order.id).taken_by == colleague.user_id
    assert proposals.find(unit, boss, made.id).held_by == colleague.user_id
    assert leavers.work_of(unit, boss, naestved.user_id, None, 9) == leavers.Work(NONE, NONE)
    unit.commit()
    rows = [(one.action, one.citizen_id) for one in audit.entries(unit, "0370")]
    assert {("citizen_handed_over", id_) for id_ in two} <= set(rows)
    assert ("work_handed_over", None) in rows


def test_all_of_it_is_put_back_together_on_the_same_day(
    unit, store, naestved, colleague, boss, two, order, made
):
    # whom the other worked with before stays the other's as well
    assignments.assign(unit, boss, two[1], colleague.user_id)
    unit.commit()
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False), store.unit() as later:
        done = desk.hand_over(later, boss, naestved.user_id, colleague.user_id, two, [order.id])
        later.commit()
    with time_machine.travel(MONDAY + timedelta(hours=2), tick=False), store.unit() as later:
        back = handing_back.undo(later, boss, naestved.user_id, done.at)
        assert (back.citizens, back.orders) == (2, 1)
        assert whose(later, boss, two) == [(naestved.user_id,), (colleague.user_id, naestved.user_id)]
        assert job_orders.find(later, boss, order.id).taken_by == naestved.user_id
        assert proposals.find(later, boss, made.id).held_by == naestved.user_id
        # pressed again it is put back already, and nothing more is done or written down
        assert handing_back.undo(later, boss, naestved.user_id, done.at) == desk.HandedOver(0, 0, done.at)
        assert not handing_back.may_be_undone(later, boss, naestved.user_id, done.at)
        rows = [one.action for one in audit.entries(later, "0370", limit=1000)]
        assert rows.count("work_handed_back") == 1


def test_all_that_somebody_has_goes_over_without_being_named(
    unit, naestved, colleague, boss, two, order, made
):
    done = desk.hand_over(unit, boss, naestved.user_id, colleague.user_id, everything=True)
    assert (done.citizens, done.orders, done.stayed) == (2, 1, 0)
    assert leavers.work_of(unit, boss, naestved.user_id, None, 9) == leavers.Work(NONE, NONE)
    assert proposals.find(unit, boss, made.id).held_by == colleague.user_id


def test_nothing_ticked_hands_nothing_over_and_is_told(unit, naestved, colleague, boss, two):
    with pytest.raises(Refused, match="Nothing is ticked"):
        desk.hand_over(unit, boss, naestved.user_id, colleague.user_id, [], [])


def test_what_is_handed_over_already_is_not_handed_over_again_and_says_when_it_was(
    unit, naestved, colleague, staff, boss, two, order
):
    done = desk.hand_over(unit, boss, naestved.user_id, colleague.user_id, two, [order.id])
    later = replace(unit, at=unit.at + timedelta(seconds=2))
    again = desk.hand_over(later, boss, naestved.user_id, colleague.user_id, two, [order.id])
    assert again == desk.HandedOver(0, 0, done.at, stayed=3)
    # to somebody else it was not
    assert desk.hand_over(later, boss, naestved.user_id, staff.id, two, []).at is None
    rows = [one.action for one in audit.entries(unit, "0370", limit=1000)]
    assert rows.count("work_handed_over") == 1


def test_nobody_puts_back_what_another_has_handed_over_to_who_had_it_as_well(
    unit, naestved, colleague, boss, two
):
    assignments.assign(unit, boss, two[0], colleague.user_id)
    later = replace(unit, at=unit.at + timedelta(seconds=2))
    done = desk.hand_over(later, boss, naestved.user_id, colleague.user_id, two[:1], [])
    other = users.caller_of(users.add(unit, "0370", "other", Role.COORDINATOR), "http")
    assert not handing_back.may_be_undone(later, other, naestved.user_id, done.at)
    with pytest.raises(NothingToTakeBack):
        handing_back.undo(later, other, naestved.user_id, done.at)
    assert whose(later, boss, two) == [(colleague.user_id,), (naestved.user_id,)]


def test_what_was_given_to_a_third_since_stays_there_and_is_counted(
    unit, naestved, colleague, staff, boss, two, order, made
):
    done = desk.hand_over(unit, boss, naestved.user_id, colleague.user_id, two, [order.id])
    later = replace(unit, at=unit.at + timedelta(seconds=2))
    desk.hand_over(later, boss, colleague.user_id, staff.id, two[1:], [])
    back = handing_back.undo(later, boss, naestved.user_id, done.at)
    assert (back.citizens, back.orders, back.stayed) == (1, 1, 1)
    assert whose(later, boss, two) == [(naestved.user_id,), (staff.id,)]


def test_where_all_was_changed_since_nothing_is_put_back_and_that_is_said(
    unit, naestved, colleague, staff, boss, two
):
    done = desk.hand_over(unit, boss, naestved.user_id, colleague.user_id, two, [])
    later = replace(unit, at=unit.at + timedelta(seconds=2))
    desk.hand_over(later, boss, colleague.user_id, staff.id, two, [])
    with pytest.raises(NothingToTakeBack, match="changed since"):
        handing_back.undo(later, boss, naestved.user_id, done.at)
    assert whose(later, boss, two) == [(staff.id,)] * 2


def test_another_day_and_another_coordinator_put_nothing_back(unit, store, naestved, colleague, boss, two):
    done = desk.hand_over(unit, boss, naestved.user_id, colleague.user_id, two, [])
    other = users.caller_of(users.add(unit, "0370", "other", Role.COORDINATOR), "http")
    with pytest.raises(NothingToTakeBack):
        handing_back.undo(unit, other, naestved.user_id, done.at)
    unit.commit()
    with time_machine.travel(MONDAY + timedelta(days=1), tick=False), store.unit() as later:
        assert not handing_back.may_be_undone(later, boss, naestved.user_id, done.at)


def test_some_go_to_one_and_the_rest_stays(unit, naestved, colleague, boss, two, order):
    desk.hand_over(unit, boss, naestved.user_id, colleague.user_id, two[:1], [])
    assert whose(unit, boss, two) == [(colleague.user_id,), (naestved.user_id,)]
    assert job_orders.find(unit, boss, order.id).taken_by == naestved.user_id


def test_nobody_who_is_shut_out_gets_anything_and_no_orders_go_to_who_sees_none(
    unit, naestved, colleague, boss, staff, two, order
):
    for to_id in ("", naestved.user_id, "nobody"):
        with pytest.raises(Refused, match="Nobody is chosen"):
            desk.hand_over(unit, boss, naestved.user_id, to_id, two, [])
    with pytest.raises(Refused, match="does not look after job orders"):
        desk.hand_over(unit, boss, naestved.user_id, staff.id, two, [order.id])
    users.disable(unit, boss, colleague.user_id)
    with pytest.raises(Refused, match="Nobody is chosen"):
        desk.hand_over(unit, boss, naestved.user_id, colleague.user_id, two, [])


def test_who_has_lost_a_consultant_is_counted_though_the_house_still_knows_them(
    unit, naestved, colleague, boss, staff, two
):
    assignments.assign(unit, boss, two[0], staff.id)
    assert leavers.lost(unit, boss) == {}
    users.disable(unit, boss, naestved.user_id)
    assert citizens.count_of_nobody(unit, boss) == 1
    assert leavers.lost(unit, boss) == {naestved.user_id: 2}
    assignments.assign(unit, boss, two[0], colleague.user_id)
    assert leavers.lost(unit, boss) == {naestved.user_id: 1}
