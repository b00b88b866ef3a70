"""Job orders that somebody else looks after from now on, on both databases."""

from dataclasses import replace

import pytest

from api.casework import job_orders as desk
from api.casework.errors import NothingToTakeBack
from api.casework.taking_over import hand_back, take_over
from api.domain.records import JobOrderRecord, OrderState
from api.store import audit, employers, job_orders
from api.store.errors import Missing, Stale
from geo import Refused
from tests.api.makers import make_employer, make_order


@pytest.fixture
def unit(store, naestved, colleague, vejle):
    with store.unit() as unit:
        yield unit


@pytest.fixture
def order(unit, naestved) -> JobOrderRecord:
    firm = employers.add(unit, naestved, make_employer(naestved))
    return desk.register(unit, naestved, make_order(firm))


def log(unit, caller, order: JobOrderRecord) -> list[tuple[str, str]]:
    return [(move.by, move.cause) for move in desk.history(unit, caller, order.id)]


def test_who_took_an_order_over_and_whose_it_was_stand_in_both_logs(unit, naestved, colleague, order):
    kept = take_over(unit, colleague, order.id)
    assert kept == replace(order, taken_by=colleague.user_id, version=2, updated_at=kept.updated_at)
    assert log(unit, naestved, order) == [(naestved.user_id, ""), (colleague.user_id, "taken_over")]
    unit.commit()
    [entry] = [one for one in audit.entries(unit, "0370") if one.action == "job_order_taken_over"]
    assert (entry.subject, entry.user_id) == (order.id, colleague.user_id)
    told = {"before": naestved.user_id, "after": colleague.user_id, "version": 2}
    assert entry.details == told


def test_an_order_that_is_one_s_own_already_stays_as_it_is(unit, naestved, order):
    assert take_over(unit, naestved, order.id) == order
    assert log(unit, naestved, order) == [(naestved.user_id, "")]


def test_taking_over_is_undone_until_anything_else_is_changed(unit, naestved, colleague, order):
    kept = take_over(unit, colleague, order.id)
    with pytest.raises(NothingToTakeBack):
        hand_back(unit, naestved, order.id, None)
    with pytest.raises(Stale):
        hand_back(unit, colleague, order.id, {kept.version - 1})
    back = hand_back(unit, colleague, order.id, {kept.version})
    assert back.taken_by == naestved.user_id
    assert log(unit, naestved, order)[-1] == (colleague.user_id, "handed_back")
    with pytest.raises(NothingToTakeBack):
        hand_back(unit, colleague, order.id, None)
    taken = take_over(unit, colleague, order.id)
    desk.change(unit, colleague, taken, replace(taken, places=taken.places + 1), None)
    with pytest.raises(NothingToTakeBack):
        hand_back(unit, colleague, order.id, None)


def test_an_order_that_was_never_changed_is_nobody_s_to_hand_back(unit, naestved, order):
    with pytest.raises(NothingToTakeBack):
        hand_back(unit, naestved, order.id, None)


def test_what_has_ended_or_is_elsewhere_is_not_taken_over(unit, naestved, colleague, vejle, order):
    for act in (take_over, lambda *asked: hand_back(*asked, None)):
        with pytest.raises(Missing):
            act(unit, vejle, order.id)
    ended = desk.change(unit, naestved, order, replace(order, state=OrderState.ENDED), None)
    with pytest.raises(Refused) as refused:
        take_over(unit, colleague, order.id)
    assert refused.value.field == "state"
    assert job_orders.find(unit, naestved, order.id) == ended
