"""The last day on which an order was heard of."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from api.domain.caller import Caller, Role
from api.domain.silence import heard_last
from tests.api.makers import make_employer, make_order

BODIL = Caller("u-1", "bodil", "0370", Role.CONSULTANT)
TAKEN_IN = datetime(2026, 11, 20, 12, tzinfo=UTC)
OLD, LATER = date(2026, 6, 1), date(2026, 9, 1)
POSTING = make_order(make_employer(BODIL), received_on=OLD, heard_on=None, updated_at=TAKEN_IN)


@pytest.mark.parametrize(
    ("known", "spoken_on", "heard"),
    [
        ({}, None, OLD),
        ({"heard_on": LATER}, None, LATER),
        ({}, LATER, LATER),
        ({"heard_on": LATER}, OLD, LATER),
        ({"received_on": None}, None, date(2026, 11, 20)),
        ({"received_on": None}, LATER, LATER),
        ({"version": 2}, LATER, date(2026, 11, 20)),
    ],
    ids=[
        "received",
        "heard",
        "spoken about",
        "heard after it was spoken about",
        "taken in without a day",
        "without a day, spoken about",
        "changed",
    ],
)
def test_the_last_sign_of_life_counts(known, spoken_on: date | None, heard: date):
    assert heard_last(replace(POSTING, **known), spoken_on) == heard


def test_a_day_is_the_danish_one():
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    assert heard_last(replace(POSTING, version=2, updated_at=late)) == date(2026, 11, 21)


def test_an_order_that_was_never_kept_was_never_heard_of():
    with pytest.raises(ValueError, match="kept"):
        heard_last(replace(POSTING, updated_at=None))
