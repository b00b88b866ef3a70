"""The contact clock of a job order as it is stopped and goes on at the desk."""

from dataclasses import replace
from datetime import date, datetime

import pytest
import time_machine

from api.casework import clocks
from api.casework import job_orders as orders_desk
from api.store import employers
from matching.times import DENMARK_TIME
from tests.api.makers import make_employer, make_order

MONDAY = date(2026, 11, 23)


def on(day, hour):
    return datetime(2026, 11, day, hour, tzinfo=DENMARK_TIME)


@pytest.fixture
def unit(store, naestved):
    with time_machine.travel(on(23, 9), tick=False), store.unit() as unit:
        yield unit


@pytest.fixture
def order(unit, naestved):
    employer = employers.add(unit, naestved, make_employer(naestved))
    return orders_desk.register(unit, naestved, make_order(employer, received_on=MONDAY))


@pytest.mark.parametrize(
    ("stops", "goes_on", "due"),
    [
        (on(26, 14), on(27, 9), date(2026, 11, 27)),
        (on(23, 14), on(24, 9), date(2026, 11, 26)),
        (on(24, 9), on(24, 16), date(2026, 11, 26)),
        (on(24, 9), on(26, 9), date(2026, 11, 30)),
    ],
    ids=["over the last night", "over the day of receipt", "within a day", "over two nights"],
)
def test_the_days_that_end_while_the_clock_stands_still_do_not_count(
    unit, naestved, order, stops, goes_on, due
):
    assert clocks.clock_of(unit, naestved, order).contact_by.date() == date(2026, 11, 26)
    standing = clocks.pause(replace(unit, at=stops), naestved, order.id, "Virksomheden holder ferie")
    assert (standing.paused, standing.contact_by) == (True, None)
    running = clocks.resume(replace(unit, at=goes_on), naestved, order.id)
    assert running.paused is False
    assert running.contact_by.date() == due
