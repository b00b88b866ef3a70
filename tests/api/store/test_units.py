import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import StatementError

from api.config import Settings
from api.domain.caller import Caller
from api.domain.records import Municipality
from api.store import Store, employers, engine, municipalities, open_store, practices
from api.store.errors import Busy, Duplicate, StorageFailed
from api.store.tables import CitizenRow, PracticeRow
from tests.api import disks
from tests.api.makers import make_employer


@pytest.fixture
def sqlite_store(sqlite_settings: Settings) -> Iterator[Store]:
    with open_store(sqlite_settings, create=True) as store:
        yield store


def employers_in(store: Store, caller: Caller) -> int:
    with store.unit(read_only=True) as unit:
        return len(employers.all_of(unit, caller.municipality))


def test_a_unit_that_is_not_committed_never_was(store: Store, naestved: Caller):
    with store.unit() as unit:
        employers.add(unit, naestved, make_employer(naestved))
    assert employers_in(store, naestved) == 0


def test_a_committed_unit_is_there_for_the_next(store: Store, naestved: Caller):
    with store.unit() as unit:
        employers.add(unit, naestved, make_employer(naestved))
        unit.commit()
    assert employers_in(store, naestved) == 1


def test_an_error_undoes_the_unit(store: Store, naestved: Caller):
    def fail() -> None:
        with store.unit() as unit:
            employers.add(unit, naestved, make_employer(naestved))
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert employers_in(store, naestved) == 0


def test_a_unit_that_reads_only_refuses_to_write(store: Store, naestved: Caller):
    with store.unit(read_only=True) as unit, pytest.raises(StorageFailed):
        employers.add(unit, naestved, make_employer(naestved))
    assert employers_in(store, naestved) == 0


def test_the_same_connection_writes_again_after_a_unit_that_read(store: Store, naestved: Caller):
    for _ in range(3):
        employers_in(store, naestved)
        with store.unit() as unit:
            employers.add(unit, naestved, make_employer(naestved))
            unit.commit()
    assert employers_in(store, naestved) == 3


def test_eight_threads_that_read_and_write_lose_no_update(settings: Settings, naestved: Caller):
    patient = settings.model_copy(update={"busy_seconds": 30.0})
    with open_store(patient) as store:
        with store.unit() as unit:
            practices.put(unit, naestved, {"count": 0}, expected=0)
            unit.commit()

        def count_forty(_thread: int) -> None:
            for _ in range(40):
                with store.unit() as unit:
                    row = unit.session.get_one(PracticeRow, naestved.municipality, with_for_update=True)
                    practice = practices.find(unit, naestved.municipality)
                    practices.put(unit, naestved, {"count": practice.body["count"] + 1}, row.version)
                    unit.commit()

        with ThreadPoolExecutor(8) as threads:
            list(threads.map(count_forty, range(8)))
        with store.unit(read_only=True) as unit:
            practice = practices.find(unit, naestved.municipality)
    assert practice.body == {"count": 320}
    assert practice.version == 321


def test_every_sqlite_connection_is_durable_and_keeps_foreign_keys(
    sqlite_settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(engine, "_set_up", disks.AS_SHIPPED)
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    wanted |= {"busy_timeout": 200}
    with (
        open_store(sqlite_settings, create=True) as store,
        store.unit() as first,
        store.unit(read_only=True) as second,
    ):
        for unit in (first, second):
            found = {name: unit.session.scalar(text(f"PRAGMA {name}")) for name in wanted}
            assert found == wanted


def test_a_locked_database_is_said_to_be_busy_and_works_again_afterwards(sqlite_store, tmp_path: Path):
    other = sqlite3.connect(tmp_path / "frikortmatch.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy) as busy, sqlite_store.unit():
        pass
    assert busy.value.retry_after > 0
    # who only reads does not wait
    with sqlite_store.unit(read_only=True) as unit:
        assert municipalities.all_of(unit) == ()
    other.execute("ROLLBACK")
    other.close()
    with sqlite_store.unit() as unit:
        unit.commit()


def test_who_waits_too_long_for_a_turn_to_write_is_told_so_and_the_turn_comes_back(sqlite_store: Store):
    with sqlite_store.unit():
        with pytest.raises(Busy), sqlite_store.unit():
            pass
        with sqlite_store.unit(read_only=True):
            pass
    with sqlite_store.unit() as unit:
        unit.commit()
        # what is stored holds nobody up, though the unit has not ended
        with sqlite_store.unit() as another:
            another.commit()


def test_a_turn_that_ends_in_an_error_comes_back(sqlite_store: Store):
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), sqlite_store.unit():
            raise ZeroDivisionError
    with sqlite_store.unit() as unit:
        unit.commit()


def test_waiting_for_a_free_connection_ends_in_busy(sqlite_store: Store):
    with ExitStack() as stack:
        for _ in range(15):
            stack.enter_context(sqlite_store.unit(read_only=True))
        with pytest.raises(Busy), sqlite_store.unit(read_only=True):
            pass


def test_a_full_disk_stores_nothing_and_reading_goes_on(sqlite_store: Store):
    with sqlite_store.unit() as unit:
        pages = unit.session.scalar(text("PRAGMA page_count"))
        unit.session.execute(text(f"PRAGMA max_page_count = {pages}"))
        with pytest.raises(StorageFailed) as failed:
            fill(unit)
    assert failed.value.full
    with sqlite_store.unit(read_only=True) as unit:
        assert practices.find(unit, "0370") is None


def fill(unit) -> None:
    for code in range(1000, 9999):
        municipalities.add(unit, Municipality(code=str(code), name="x" * 1000))


def test_errors_of_the_database_show_no_values(store: Store, naestved: Caller):
    employer = make_employer(naestved, p_number="1234567890", name="Hemmelig")
    with store.unit() as unit:
        employers.add(unit, naestved, employer)
        with pytest.raises(Duplicate) as refused:
            employers.add(unit, naestved, replace(employer, id="e-2"))
    shown = f"{refused.value!s} {refused.value!r} {refused.value.facts} {refused.value.__cause__!r}"
    assert "Hemmelig" not in shown
    assert "1234567890" not in shown


def test_a_moment_without_a_time_zone_is_refused(store: Store, naestved: Caller):
    row = {"municipality": "0370", "body": {}, "version": 1, "updated_by": "u"}
    with store.unit() as unit, pytest.raises(StatementError, match="time zone"):
        unit.session.execute(insert(PracticeRow), [{**row, "updated_at": datetime(2026, 11, 22)}])


def test_a_moment_comes_back_in_utc(store: Store, naestved: Caller):
    moment = datetime(2026, 7, 1, 12, 30, 0, 123456, tzinfo=timezone(timedelta(hours=2)))
    row = {"municipality": "0370", "body": {}, "version": 1, "updated_by": "u", "updated_at": moment}
    with store.unit() as unit:
        unit.session.execute(insert(PracticeRow), [row])
        found = practices.find(unit, "0370")
    assert found.updated_at == moment
    assert found.updated_at.tzinfo is UTC


def test_text_that_is_not_sealed_does_not_reach_a_sealed_column(store: Store, naestved: Caller):
    row = {"municipality": "0370", "id": "c-1", "name": "Anna", "needs": "{}", "version": 1}
    with store.unit() as unit, pytest.raises(StatementError, match="sealed"):
        unit.session.execute(insert(CitizenRow), [{**row, "updated_at": unit.at}])
