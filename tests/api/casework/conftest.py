"""What the desks of orders and proposals begin with: a Monday morning, and an order that came in on it."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from api.casework import job_orders
from api.store import employers
from tests.api.makers import make_employer, make_order

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def unit(store, naestved):
    """A unit of Monday 23 November 2026, ten o'clock in Denmark; nothing of it is committed."""
    with time_machine.travel(MONDAY, tick=False), store.unit() as unit:
        yield unit


@pytest.fixture
def order(unit, naestved):
    """An order with one place, received on that day."""
    employer = employers.add(unit, naestved, make_employer(naestved))
    return job_orders.register(unit, naestved, make_order(employer, received_on=date(2026, 11, 23)))
