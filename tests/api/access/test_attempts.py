"""Wrong sign-ins make the next one wait: on both databases, by a clock that the tests set."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from api.access import passwords, sessions
from api.access.attempts import TooManyAttempts
from api.access.sessions import SignInRefused
from api.config import Settings
from api.domain.caller import Role
from api.domain.records import Municipality
from api.store import Store, audit, municipalities, open_store, users
from api.store.tables import SignInFailureRow

PASSWORD = "blå cykel ved åen"
OFFICE, HOME = "192.0.2.7", "198.51.100.4"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Passwords compared as they stand, and which were: hashing takes a tenth of a second on purpose."""
    asked: list[str] = []

    def matches(password: str, known: str | None) -> bool:
        asked.append(password)
        return password == known

    monkeypatch.setattr(passwords, "matches", matches)
    return asked


@pytest.fixture
def anna(store: Store) -> None:
    with store.unit() as unit:
        municipalities.add(unit, Municipality(code="0661", name="Holstebro"))
        for name in ("anna", "bo"):
            users.add(unit, "0661", name, Role.COORDINATOR, PASSWORD)
        unit.commit()


@pytest.fixture
def now(anna: None, store: Store) -> Iterator[time_machine.Traveller]:
    with store.unit(read_only=True) as unit:
        at = unit.at
    with time_machine.travel(at, tick=False) as clock:
        yield clock


class Door:
    """Trying to come in, and how it went."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store = store
        self.settings = settings

    def tries(self, name: str = "anna", password: str = "wrong", address: str = OFFICE) -> int | None:
        """None for whoever is let in, 0 for who is not, the seconds for who has to wait."""
        try:
            sessions.sign_in(self.store, self.settings, name, password, address)
        except SignInRefused:
            return 0
        except TooManyAttempts as early:
            return early.retry_after
        return None


@pytest.fixture
def door(store: Store, settings: Settings, now: time_machine.Traveller) -> Door:
    return Door(store, settings)


def test_the_fifth_wrong_one_makes_the_next_wait_even_with_the_right_password(door, now):
    assert [door.tries() for _ in range(5)] == [0] * 5
    assert door.tries(password=PASSWORD) == 10
    now.shift(timedelta(seconds=9))
    assert door.tries(password=PASSWORD) == 1
    now.shift(timedelta(seconds=1))
    assert door.tries(password=PASSWORD) is None


def test_each_more_waits_twice_as_long_and_none_longer_than_five_minutes(door, now):
    waits = []
    for _ in range(12):
        while (wait := door.tries()) == 0:
            pass
        waits.append(wait)
        now.shift(timedelta(seconds=wait))
    assert waits == [10, 20, 40, 80, 160, *[300] * 7]


def test_who_was_let_in_begins_anew(door):
    for _ in range(3):
        assert [door.tries() for _ in range(4)] == [0] * 4
        assert door.tries(password=PASSWORD) is None


def test_an_unknown_name_waits_as_a_known_one_does(door):
    known, unknown = ([door.tries(name) for _ in range(7)] for name in ("anna", "nobody"))
    assert known == unknown == [0] * 5 + [10] * 2


def test_nothing_is_compared_for_who_has_to_wait(door, quick):
    for _ in range(8):
        door.tries()
    assert len(quick) == 5


def test_a_stranger_elsewhere_does_not_shut_a_colleague_out(door):
    for _ in range(5):
        door.tries(address=HOME)
    assert door.tries(password=PASSWORD, address=HOME) == 10
    assert door.tries(password=PASSWORD, address=OFFICE) is None


def test_a_name_guessed_at_from_many_places_waits_a_minute_at_most(door, now):
    for number in range(40):
        while wait := door.tries(address=f"203.0.113.{number}"):
            now.shift(timedelta(seconds=wait))
    assert door.tries(password=PASSWORD) == 60


def test_many_names_tried_from_one_place_make_it_wait_and_no_other_place(door):
    assert {door.tries(f"name{number}") for number in range(50)} == {0}
    assert door.tries("bo", PASSWORD) == 10
    assert door.tries("bo", PASSWORD, HOME) is None


def test_addresses_of_one_line_count_as_one(door):
    for number in range(5):
        door.tries(address=f"2001:db8::{number}")
    assert door.tries(address="2001:db8::ffff") == 10
    assert door.tries(address="2001:db8:0:1::1") == 0


def test_an_hour_without_a_wrong_one_begins_anew(door, now):
    for _ in range(9):
        door.tries()
    now.shift(timedelta(hours=1))
    assert [door.tries() for _ in range(5)] == [0] * 5


def test_what_is_forgotten_is_not_kept(door, now, store):
    door.tries("bo")
    now.shift(timedelta(hours=1, seconds=1))
    door.tries("anna", address=HOME)
    with store.unit(read_only=True) as unit:
        assert len(unit.session.scalars(select(SignInFailureRow)).all()) == 3


def test_neither_name_nor_address_can_be_read_in_the_database(door, store):
    door.tries()
    with store.unit(read_only=True) as unit:
        kept = [row.whose for row in unit.session.scalars(select(SignInFailureRow))]
        other = unit.keys.fingerprint("sign-in", "name", "bo")
    assert len(set(kept)) == 3
    assert all(len(whose) == 64 and whose != other for whose in kept)


def test_another_process_counts_the_same(door, settings, now):
    with open_store(settings) as second:
        other = Door(second, settings)
        assert [one.tries() for one in (door, other, door, other, door)] == [0] * 5
        assert other.tries(password=PASSWORD) == 10


def test_many_at_once_are_all_counted(patient, settings, anna, quick):
    door = Door(patient, settings)
    with ThreadPoolExecutor(8) as threads:
        told = list(threads.map(lambda _: door.tries(), range(24)))
    assert told.count(0) == 5
    assert len(quick) == 5


def test_the_wrong_one_that_begins_a_wait_says_so_in_the_log(door, store):
    for _ in range(8):
        door.tries()
    with store.unit(read_only=True) as unit:
        kept = audit.entries(unit, "0661")
    assert [entry.details for entry in kept] == [{}] * 4 + [{"wait_seconds": 10}]
    assert {str(entry.outcome) for entry in kept} == {"denied"}


def test_an_installation_chooses_how_many_are_free_and_how_long_one_waits(store, settings, now):
    strict = settings.model_copy(update={"sign_in_failures": 3, "sign_in_wait_seconds": 15})
    door = Door(store, strict)
    assert [door.tries() for _ in range(4)] == [0, 0, 0, 10]
    now.shift(timedelta(seconds=10))
    assert [door.tries() for _ in range(2)] == [0, 15]
