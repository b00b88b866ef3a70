"""What goes wrong between the service and a PostgreSQL server, in the words of the store."""

from collections.abc import Iterator
from threading import Barrier

import pytest
from sqlalchemy import select, text, update

from api.access import audit
from api.config import Settings
from api.domain.caller import Caller
from api.store import Store, changes, employers, municipalities, open_store
from api.store.errors import Busy, StorageFailed
from api.store.tables import MunicipalityRow
from tests.api.makers import make_employer
from tests.api.meanwhile import meanwhile
from tests.api.postgresql import shut_out


@pytest.fixture
def settings(postgresql_settings: Settings) -> Settings:
    return postgresql_settings


def lock(unit, code: str) -> None:
    unit.session.execute(select(MunicipalityRow.code).where(MunicipalityRow.code == code).with_for_update())


def test_a_row_that_somebody_holds_for_too_long_is_said_to_be_busy(store: Store, naestved: Caller):
    with store.unit() as first, store.unit() as second:
        lock(first, "0370")
        with pytest.raises(Busy):
            employers.add(second, naestved, make_employer(naestved))


def test_two_who_change_different_records_do_not_wait_for_each_other(store: Store, naestved: Caller):
    with store.unit() as first, store.unit() as second:
        for unit in (first, second):
            employers.add(unit, naestved, make_employer(naestved))
            audit.record(unit, naestved, "employer_registered")
        second.commit()
        first.commit()
    with store.unit(read_only=True) as unit:
        assert [change.seq for change in changes.since(unit, "0370", 0)] == [1, 2]
        assert audit.verify_chain(unit, "0370") == ()


def test_of_two_who_wait_for_each_other_one_is_told_to_try_again(patient: Store, naestved, vejle):
    both_hold_one = Barrier(2)

    def hold(first: str, then: str) -> str:
        with patient.unit() as unit:
            lock(unit, first)
            both_hold_one.wait(timeout=60)
            try:
                lock(unit, then)
            except Busy:
                return "busy"
            return "done"

    other = meanwhile_holding(patient, lambda: hold("0370", "0630"))
    mine = hold("0630", "0370")
    assert {mine, other.result(timeout=60)} == {"busy", "done"}


def meanwhile_holding(store: Store, work):
    def begun():
        with store.unit() as unit:
            # a write that meets no row: from here on the two go on together
            unit.change(update(MunicipalityRow).where(MunicipalityRow.code == "").values(name=""))
        return work()

    return meanwhile(store, begun)


def test_a_unit_that_cannot_be_put_after_another_is_told_to_try_again(patient: Store, naestved: Caller):
    with patient.unit() as strict:
        strict.session.execute(text("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"))
        assert employers.all_of(strict, "0370") == ()
        with patient.unit() as other:
            employers.add(other, naestved, make_employer(naestved))
            other.commit()
        employers.add(strict, naestved, make_employer(naestved))
        with pytest.raises(Busy):
            strict.commit()


def test_a_server_that_goes_away_undoes_the_unit_and_the_next_one_works(store: Store, naestved: Caller):
    with store.unit() as unit:
        employers.add(unit, naestved, make_employer(naestved))
        shut_out(store.engine.url)
        with pytest.raises(StorageFailed):
            employers.add(unit, naestved, make_employer(naestved))
    with store.unit(read_only=True) as unit:
        assert employers.all_of(unit, "0370") == ()


def test_a_server_that_goes_away_before_the_commit_is_no_commit(store: Store, naestved: Caller):
    with store.unit() as unit:
        employers.add(unit, naestved, make_employer(naestved))
        shut_out(store.engine.url)
        with pytest.raises(StorageFailed):
            unit.commit()
    with store.unit(read_only=True) as unit:
        assert employers.all_of(unit, "0370") == ()


@pytest.fixture
def strict_store(store: Store, settings: Settings) -> Iterator[Store]:
    """A database whose owner has made every transaction serializable unless something else is said."""
    with store.engine.begin() as connection:
        name = connection.scalar(text("SELECT current_database()"))
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_isolation = serializable"))
    with open_store(settings) as strict:
        yield strict
    with store.engine.begin() as connection:
        connection.execute(text(f"ALTER DATABASE {name} RESET default_transaction_isolation"))


def test_a_server_s_own_settings_do_not_change_what_a_unit_sees(strict_store: Store, naestved: Caller):
    with strict_store.unit() as early:
        assert municipalities.find(early, "0630") is None
        with strict_store.unit() as other:
            employers.add(other, naestved, make_employer(naestved))
            other.commit()
        assert len(employers.all_of(early, "0370")) == 1
