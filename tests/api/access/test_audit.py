import random
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import text

from api.access import audit
from api.access.audit import ChainFault, Fault
from api.domain.accounts import Outcome
from api.domain.caller import Caller, Channel
from api.store import Store
from api.store import audit as log

ROWS = 12


@pytest.fixture
def written(store: Store, naestved: Caller) -> Store:
    with store.unit() as unit:
        for number in range(ROWS):
            details = {"versions": [number, 1.5, None, True], "policy": "2026-1", "æ": {"b": "2", "a": "1"}}
            audit.record(unit, naestved, "citizen.read", citizen_id=f"c-{number % 3}", details=details)
        unit.commit()
    return store


def faults(store: Store, municipality: str = "0370") -> tuple[ChainFault, ...]:
    with store.unit(read_only=True) as unit:
        return audit.verify_chain(unit, municipality)


def alter(store: Store, statement: str) -> None:
    with store.unit() as unit:
        unit.session.execute(text(statement))
        unit.commit()


def test_a_row_says_who_did_what_to_whom_when_and_by_which_way(store: Store, naestved: Caller):
    with store.unit() as unit:
        audit.record(
            unit,
            replace(naestved, channel=Channel.COMMAND_LINE),
            "citizen.read",
            citizen_id="c-1",
            subject="list-1",
            outcome=Outcome.DENIED,
            details={"version": 3},
        )
        unit.commit()
        (entry,) = log.entries(unit, "0370")
    assert entry.seq == 1
    assert (entry.user_id, entry.role, entry.channel) == (
        naestved.user_id,
        naestved.role,
        Channel.COMMAND_LINE,
    )
    assert (entry.action, entry.citizen_id, entry.subject) == ("citizen.read", "c-1", "list-1")
    assert (entry.outcome, entry.details, entry.at) == (Outcome.DENIED, {"version": 3}, unit.at)


def test_the_log_of_one_citizen_holds_their_rows_alone(written: Store, naestved: Caller, vejle: Caller):
    with written.unit(read_only=True) as unit:
        assert [entry.seq for entry in audit.access_log(unit, naestved, "c-1")] == [2, 5, 8, 11]
        assert audit.access_log(unit, naestved, "c-9") == ()
        assert audit.access_log(unit, vejle, "c-1") == ()


def test_a_list_has_a_row_for_each_citizen_in_the_same_chain(written: Store, naestved: Caller):
    shown = [(f"c-{number}", {"version": number, "masked": False}) for number in (7, 8, 9)]
    with written.unit() as unit:
        audit.record_each(unit, naestved, "citizen_listed", shown, subject="list-1")
        audit.record_each(unit, naestved, "citizen_listed", [])
        audit.record(unit, naestved, "citizen.read", citizen_id="c-7")
        unit.commit()
    with written.unit(read_only=True) as unit:
        rows = log.entries(unit, "0370", after=ROWS)
    assert [row.seq for row in rows] == [ROWS + 1, ROWS + 2, ROWS + 3, ROWS + 4]
    assert [(row.citizen_id, row.details) for row in rows[:3]] == shown
    assert {(row.action, row.subject, row.outcome) for row in rows[:3]} == {
        ("citizen_listed", "list-1", Outcome.PERMITTED)
    }
    assert faults(written) == ()


def test_a_row_of_a_unit_that_is_undone_leaves_no_gap(written: Store, naestved: Caller):
    with written.unit() as unit:
        audit.record(unit, naestved, "citizen.read")
    with written.unit() as unit:
        audit.record(unit, naestved, "citizen.read")
        unit.commit()
        assert log.chain(unit, "0370").last_seq == ROWS + 1
    assert faults(written) == ()


def test_a_unit_that_only_reads_is_told_that_it_cannot_write_down_a_look(written: Store, naestved: Caller):
    with written.unit(read_only=True) as unit, pytest.raises(TypeError):
        audit.record(unit, naestved, "citizen.read", citizen_id="c-1")


def test_a_log_as_it_was_written_has_no_faults(written: Store, vejle: Caller):
    assert faults(written) == faults(written, "0630") == faults(written, log.NOWHERE) == ()


@pytest.mark.parametrize(
    "change",
    [
        "action = 'citizen.list'",
        "citizen_id = 'c-7'",
        "citizen_id = NULL",
        "user_id = 'u-9'",
        "role = 'auditor'",
        "channel = 'browser'",
        "subject = 'x'",
        "outcome = 'denied'",
        "details = '{}'",
        "at = '2020-01-01 00:00:00'",
    ],
)
@pytest.mark.parametrize("seq", [1, 5, ROWS])
def test_any_edited_row_is_found(written: Store, change: str, seq: int):
    alter(written, f"UPDATE audit SET {change} WHERE seq = {seq}")
    assert faults(written) == (ChainFault(seq, Fault.EDITED),)


@pytest.mark.parametrize("seq", range(1, ROWS + 1))
def test_any_missing_row_is_found(written: Store, seq: int):
    alter(written, f"DELETE FROM audit WHERE seq = {seq}")
    assert faults(written) == (ChainFault(seq, Fault.MISSING),)


def test_rows_cut_off_at_the_end_are_found(written: Store):
    alter(written, "DELETE FROM audit WHERE seq > 9")
    assert faults(written) == tuple(ChainFault(seq, Fault.MISSING) for seq in (10, 11, 12))


def test_rows_that_changed_places_are_found(written: Store):
    alter(written, "UPDATE audit SET seq = 99 WHERE seq = 3")
    alter(written, "UPDATE audit SET seq = 3 WHERE seq = 4")
    alter(written, "UPDATE audit SET seq = 4 WHERE seq = 99")
    assert {fault.seq for fault in faults(written)} >= {3, 4}


def test_an_edited_row_with_a_hash_made_to_fit_is_found_at_the_next_one(written: Store):
    with written.unit() as unit:
        entries = log.entries(unit, "0370")
        (_, before), (entry, _) = list(log.links(unit, "0370"))[3:5]
        forged = log.digest(before, replace(entry, user_id="u-9"))
        edit = text("UPDATE audit SET user_id = 'u-9', hash = :hash WHERE seq = 5")
        unit.session.execute(edit, {"hash": forged})
        unit.commit()
    assert len(entries) == ROWS
    assert faults(written) == (ChainFault(6, Fault.EDITED),)


def test_many_faults_are_all_reported(written: Store):
    gone, edited = random.Random(3).sample(range(2, ROWS), 2)
    alter(written, f"DELETE FROM audit WHERE seq = {gone}")
    alter(written, f"UPDATE audit SET subject = 'x' WHERE seq = {edited}")
    found = {fault.seq for fault in faults(written)}
    assert gone in found
    assert edited in found or edited == gone + 1


def test_another_municipalitys_rows_have_numbers_of_their_own(written: Store, vejle: Caller):
    with written.unit() as unit:
        audit.record(unit, vejle, "citizen.read")
        unit.commit()
        assert [entry.seq for entry in log.entries(unit, "0630")] == [1]
    assert faults(written, "0630") == ()


def test_rows_stand_in_the_order_of_their_numbers_when_the_clock_goes_back(written: Store, naestved):
    with written.unit() as unit:
        earlier = unit.at - timedelta(days=1)
    with time_machine.travel(earlier, tick=False), written.unit() as unit:
        audit.record(unit, naestved, "citizen.read", citizen_id="c-1")
        unit.commit()
    with written.unit(read_only=True) as unit:
        assert audit.access_log(unit, naestved, "c-1")[-1].seq == ROWS + 1
    assert faults(written) == ()
