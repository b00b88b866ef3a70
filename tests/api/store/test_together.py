"""Several at once: nothing is lost, numbers have no gap, and one of many writers wins."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from api.access import audit
from api.domain.caller import Caller
from api.store import Store, changes, citizens, employers
from api.store.errors import Stale
from tests.api.makers import make_citizen, make_employer

THREADS, TIMES = 6, 10


def test_rows_written_at_once_make_one_chain_and_one_row_of_numbers(patient: Store, naestved: Caller):
    def write(_thread: int) -> None:
        for _ in range(TIMES):
            with patient.unit() as unit:
                employers.add(unit, naestved, make_employer(naestved))
                audit.record(unit, naestved, "employer.add")
                unit.commit()

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(write, range(THREADS)))
    with patient.unit(read_only=True) as unit:
        numbers = [change.seq for change in changes.since(unit, "0370", 0)]
        assert audit.verify_chain(unit, "0370") == ()
        assert audit.log.chain(unit, "0370").last_seq == THREADS * TIMES
    assert numbers == list(range(1, THREADS * TIMES + 1))


def test_of_many_who_change_the_same_version_one_wins_and_the_others_are_told(patient, naestved):
    with patient.unit() as unit:
        anna = citizens.add(unit, naestved, make_citizen(naestved))
        unit.commit()

    told: list[int] = []

    def rename(number: int) -> bool:
        with patient.unit() as unit:
            try:
                citizens.replace(unit, naestved, replace(anna, name=f"Anna {number}"), 1)
            except Stale as stale:
                told.append(stale.current.version)
                return False
            unit.commit()
            return True

    with ThreadPoolExecutor(THREADS) as threads:
        won = list(threads.map(rename, range(20)))
    assert won.count(True) == 1
    assert told == [2] * 19
    with patient.unit(read_only=True) as unit:
        assert citizens.find(unit, naestved, anna.id).name == f"Anna {won.index(True)}"
