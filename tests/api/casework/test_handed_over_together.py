"""Two who hand over, put back or move the same at once: one does it, and the other is told so."""

from datetime import timedelta

import pytest

from api.casework import centres as centres_desk
from api.casework import handing_back, handing_over, relocating
from api.casework import job_orders as orders_desk
from api.casework import proposals as proposals_desk
from api.casework.proposals import NewProposal
from api.domain.caller import Role
from api.domain.proposals import StartedFrom
from api.domain.records import AnchorRecord
from api.domain.working_days import day_of
from api.store import assignments, audit, centres, citizens, employers, job_orders, proposals, users
from tests.api.makers import make_centre, make_citizen, make_employer, make_order
from tests.api.meanwhile import both


def _added(store, name, role):
    with store.unit() as unit:
        added = users.add(unit, "0370", name, role)
        unit.commit()
    return users.caller_of(added, "http")


@pytest.fixture
def boss(patient, naestved):
    return _added(patient, "boss", Role.COORDINATOR)


@pytest.fixture
def third(patient, naestved):
    """Another colleague who could be given everything."""
    return _added(patient, "dorte", Role.CONSULTANT)


@pytest.fixture
def order(patient, naestved):
    with patient.unit() as unit:
        employer = employers.add(unit, naestved, make_employer(naestved))
        kept = orders_desk.register(unit, naestved, make_order(employer))
        unit.commit()
    return kept


@pytest.fixture
def two(patient, naestved, order):
    """Two citizens of the consultant's, of whom the first is suggested for the order."""
    with patient.unit() as unit:
        found = [citizens.add(unit, naestved, make_citizen(naestved)) for _ in range(2)]
        for one in found:
            assignments.assign(unit, naestved, one.id, naestved.user_id)
        new = NewProposal(citizen_id=found[0].id, order_id=order.id, started_from=StartedFrom.JOB_ORDER)
        proposals_desk.propose(unit, naestved, new)
        unit.commit()
    return [one.id for one in found]


def has(store, caller, user_id):
    """What somebody has: citizens, orders, and the orders that they have suggested somebody for."""
    with store.unit(read_only=True) as unit:
        orders = [one.id for one in job_orders.looked_after(unit, caller, user_id)]
        held = [one for one in proposals.of_order(unit, caller, orders[0])] if orders else []
        return (
            sorted(assignments.of_user(unit, caller, user_id)),
            orders,
            [one.order_id for one in held if one.held_by == user_id],
        )


NOTHING = ([], [], [])


@pytest.mark.parametrize("with_order", [True, False], ids=["all", "citizens alone"])
def test_of_two_who_hand_over_a_desk_at_once_the_first_gives_it_away(
    patient, naestved, colleague, third, boss, order, two, with_order
):
    orders = [order.id] if with_order else []
    done = both(
        patient,
        lambda unit: handing_over.hand_over(unit, boss, naestved.user_id, colleague.user_id, two, orders),
        lambda unit: handing_over.hand_over(unit, boss, naestved.user_id, third.user_id, two, orders),
    )
    assert sorted(two) == has(patient, boss, colleague.user_id)[0]
    assert has(patient, boss, third.user_id) == NOTHING
    assert (done.citizens, done.orders, done.stayed) == (0, 0, 2 + with_order)
    if with_order:
        assert has(patient, boss, colleague.user_id) == (sorted(two), [order.id], [order.id])


def test_two_presses_at_once_hand_over_once_and_write_it_down_once(
    patient, naestved, colleague, boss, order, two
):
    def press(unit):
        return handing_over.hand_over(unit, boss, naestved.user_id, colleague.user_id, two, [order.id])

    done = both(patient, press, press)
    with patient.unit(read_only=True) as unit:
        rows = [one for one in audit.entries(unit, "0370", limit=1000) if one.action == "work_handed_over"]
        # so that whoever pressed twice can still put it back
        assert [one.at for one in rows] == [done.at]
        assert handing_back.may_be_undone(unit, boss, naestved.user_id, done.at)


def test_two_who_put_back_at_once_put_back_once(patient, naestved, colleague, boss, order, two):
    with patient.unit() as unit:
        done = handing_over.hand_over(unit, boss, naestved.user_id, colleague.user_id, two, [order.id])
        unit.commit()

    def press(unit):
        return handing_back.undo(unit, boss, naestved.user_id, done.at)

    again = both(patient, press, press)
    assert (again.citizens, again.orders, again.stayed) == (0, 0, 0)
    assert has(patient, boss, naestved.user_id) == (sorted(two), [order.id], [order.id])
    assert has(patient, boss, colleague.user_id) == NOTHING


def test_an_order_that_somebody_changes_while_it_is_put_back_stays_as_it_was_changed(
    patient, naestved, colleague, third, boss, order, two
):
    with patient.unit() as unit:
        done = handing_over.hand_over(unit, boss, naestved.user_id, colleague.user_id, two, [order.id])
        unit.commit()
    back = both(
        patient,
        lambda unit: handing_over.hand_over(unit, boss, colleague.user_id, third.user_id, [], [order.id]),
        lambda unit: handing_back.undo(unit, boss, naestved.user_id, done.at),
    )
    assert (back.citizens, back.orders, back.stayed) == (2, 0, 1)
    assert has(patient, boss, third.user_id)[1] == [order.id]


def test_two_presses_that_move_a_house_or_put_it_back_are_one(patient, naestved, boss):
    with patient.unit() as unit:
        old, new = (centres.add(unit, boss, make_centre(boss, name=name)) for name in ("Havnen", "Broen"))
        centres_desk.close(unit, boss, old.id, day_of(unit.at) + timedelta(days=30), None)
        there = AnchorRecord(kind=old.kind, centre_id=old.id)
        anna = citizens.add(unit, naestved, make_citizen(naestved, anchors=(there,)))
        unit.commit()

    def move(unit):
        return relocating.relocate(unit, boss, old.id, new.id, {anna.id: 1})

    moved = both(patient, move, move)
    assert (moved.moved, moved.stayed) == (0, 0)

    def back(unit):
        return relocating.undo(unit, boss, old.id, moved.at)

    again = both(patient, back, back)
    assert (again.moved, again.stayed) == (0, 0)
    with patient.unit(read_only=True) as unit:
        now = citizens.find(unit, boss, anna.id)
        rows = [one.action for one in audit.entries(unit, "0370", limit=1000)]
    assert (now.version, now.anchors) == (3, (there,))
    assert [rows.count(f"citizens_relocated{way}") for way in ("", "_back")] == [1, 1]
