"""Ids stand in the order they were made, whatever the clock does meanwhile, and can be guessed by nobody."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from api.store import ids, new_id

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def none_made_yet(monkeypatch):
    """As in a process that begins; what is made here moves no id of another test."""
    monkeypatch.setattr(ids, "_last", 0)


def made(count: int) -> list[str]:
    return [new_id() for _ in range(count)]


@pytest.mark.parametrize("then", [timedelta(0), timedelta(milliseconds=1), timedelta(hours=-1)], ids=str)
def test_ids_stand_in_the_order_they_were_made_while_the_clock_stands_goes_on_or_is_set_back(then):
    with time_machine.travel(NOW, tick=False):
        before = made(100)
    with time_machine.travel(NOW + then, tick=False):
        both = before + made(100)
    assert both == sorted(set(both))
    assert {len(each) for each in both} == {32}


def test_an_id_begins_with_the_millisecond_it_was_made_in():
    with time_machine.travel(NOW, tick=False):
        assert int(new_id()[:12], 16) == NOW.timestamp() * 1000


def test_the_next_id_of_a_millisecond_is_a_long_way_from_the_last():
    with time_machine.travel(NOW, tick=False):
        numbers = [int(each, 16) for each in made(100)]
    steps = {later - earlier for earlier, later in zip(numbers, numbers[1:], strict=False)}
    assert len(steps) == 99
    assert min(steps) > 2**32


def test_threads_that_make_ids_at_once_make_no_id_twice():
    with ThreadPoolExecutor(4) as pool:
        parts = list(pool.map(made, [500] * 4))
    assert len({each for part in parts for each in part}) == 2000
    assert parts == [sorted(part) for part in parts]
