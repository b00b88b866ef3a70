"""The days of a job order: which are refused and what a corrected one moves; more places for a filled one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from api.casework import job_orders as desk
from api.domain.records import OrderState
from api.store import employers, job_orders
from geo import Refused
from tests.api.makers import make_employer, make_order

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)
DAYS = ["received_on", "heard_on"]


@pytest.fixture
def unit(store, naestved):
    with time_machine.travel(MONDAY, tick=False), store.unit() as unit:
        yield unit


@pytest.fixture
def order(unit, naestved):
    employer = employers.add(unit, naestved, make_employer(naestved))
    return desk.register(unit, naestved, make_order(employer, received_on=TODAY))


def change(unit, caller, order, **told):
    return desk.change(unit, caller, order, replace(order, **told), None)


@pytest.mark.parametrize("field", DAYS)
def test_a_day_to_come_is_refused_for_a_new_order_and_for_one_that_is_changed(unit, naestved, order, field):
    new = replace(order, id="another", reference="", **{field: TOMORROW})
    with pytest.raises(Refused, match="still to come") as told:
        desk.register(unit, naestved, new)
    assert told.value.field == field
    with pytest.raises(Refused, match="still to come") as told:
        change(unit, naestved, order, **{field: TOMORROW})
    assert told.value.field == field


@pytest.mark.parametrize("field", DAYS)
def test_today_and_earlier_days_are_taken(unit, naestved, order, field):
    for day in (TODAY - timedelta(days=3), TODAY):
        order = change(unit, naestved, order, **{field: day})
        assert getattr(order, field) == day


@pytest.mark.parametrize(("hour", "begun"), [(22, False), (23, True)])
def test_today_is_the_danish_day(unit, naestved, order, hour, begun):
    late = replace(unit, at=datetime(2026, 11, 23, hour, 30, tzinfo=UTC))
    if begun:
        assert change(late, naestved, order, received_on=TOMORROW).received_on == TOMORROW
    else:
        with pytest.raises(Refused):
            change(late, naestved, order, received_on=TOMORROW)


@pytest.fixture
def filled(unit, naestved, order):
    return change(unit, naestved, order, state=OrderState.FILLED, places=0)


def states_of(unit, caller, order):
    return [line.after for line in desk.history(unit, caller, order.id)]


def test_a_filled_order_with_more_places_is_open_again_and_its_log_says_so(unit, naestved, filled):
    more = change(unit, naestved, filled, places=2)
    assert (more.state, more.places) == (OrderState.OPEN, 2)
    assert more.id in {one.id for one in job_orders.open_of(unit, "0370")}
    assert states_of(unit, naestved, more) == ["open", "filled", "open"]


@pytest.mark.parametrize("told", [{"title": "Luge og feje"}, {"places": 0}, {"state": OrderState.ENDED}])
def test_a_filled_order_is_not_opened_by_anything_else(unit, naestved, filled, told):
    assert change(unit, naestved, filled, **told).state is told.get("state", OrderState.FILLED)


def test_an_order_that_ended_stays_so_with_more_places(unit, naestved, order):
    ended = change(unit, naestved, order, state=OrderState.ENDED)
    assert change(unit, naestved, ended, places=5).state is OrderState.ENDED
