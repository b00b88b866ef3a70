from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.sign_in_limits import (
    FORGOTTEN_AFTER,
    Counted,
    Failures,
    Limit,
    limits,
    network_of,
    still_to_wait,
)

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
LIMIT = Limit(free=5, longest=timedelta(minutes=5))
COUNTS = st.integers(min_value=0, max_value=10**6)


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (4, 0), (5, 10), (6, 20), (9, 160), (10, 300), (10**6, 300)]
)
def test_the_wait_begins_late_doubles_and_has_an_end(failures, seconds):
    assert LIMIT.wait(failures) == timedelta(seconds=seconds)


@given(COUNTS, st.integers(min_value=3, max_value=100), st.integers(min_value=10, max_value=3600))
def test_one_more_wrong_one_never_shortens_a_wait_and_none_is_longer_than_the_longest(count, free, seconds):
    for limit in limits(free, timedelta(seconds=seconds)).values():
        assert limit.wait(count) <= limit.wait(count + 1) <= timedelta(seconds=seconds)


def test_others_who_may_be_waiting_as_well_wait_later_and_for_less_long():
    found = limits(5, timedelta(minutes=5))
    assert {counted: limit.free for counted, limit in found.items()} == {
        Counted.NAME_AT_ADDRESS: 5,
        Counted.NAME: 20,
        Counted.ADDRESS: 50,
    }
    assert found[Counted.NAME].longest == found[Counted.ADDRESS].longest == timedelta(minutes=1)


def test_what_is_left_of_a_wait_goes_down_to_nothing():
    failures = Failures(6, NOON)
    left = [still_to_wait(LIMIT, failures, NOON + timedelta(seconds=gone)) for gone in (0, 15, 20, 25)]
    assert left == [timedelta(seconds=seconds) for seconds in (20, 5, 0, 0)]


def test_wrong_ones_are_forgotten_after_an_hour_without_any():
    failures = Failures(10**6, NOON)
    assert failures.counting(NOON + FORGOTTEN_AFTER - timedelta(seconds=1)) == 10**6
    assert failures.counting(NOON + FORGOTTEN_AFTER) == 0


def test_a_clock_that_is_set_back_lets_nobody_wait_for_it_to_come_back():
    assert still_to_wait(LIMIT, Failures(50, NOON), NOON - timedelta(days=1)) == timedelta(0)


def test_a_clock_that_is_a_little_behind_still_counts_and_waits_no_longer_than_the_wait():
    earlier = NOON - timedelta(seconds=5)
    assert Failures(4, NOON).counting(earlier) == 4
    assert still_to_wait(LIMIT, Failures(5, NOON), earlier) == timedelta(seconds=10)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7/32"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ffff:1", "2001:db8::/64"),
        ("2001:db8:0:1::1", "2001:db8:0:1::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_a_whole_line_counts_as_one_address(address, network):
    assert network_of(address) == network
