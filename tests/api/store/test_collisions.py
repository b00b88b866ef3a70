"""Two who do the same at once: done once, or refused as if one had come after the other, on both."""

import pytest
from sqlalchemy import event

from api.casework import imports
from api.domain.caller import Caller
from api.domain.records import RecordKind
from api.store import (
    Store,
    assignments,
    changes,
    citizens,
    employers,
    idempotency,
    installation,
    policies,
    practices,
    versions,
)
from api.store.errors import Busy, Stale
from api.store.idempotency import GivenAnswer
from tests.api.makers import make_citizen, make_employer
from tests.api.meanwhile import both, meanwhile


def twice(store: Store, work) -> object:
    """What `work` answers to the second, who cannot see yet what the first has written."""
    return both(store, work, work)


def test_a_citizen_who_is_assigned_by_two_at_once_is_assigned_once(patient: Store, naestved: Caller):
    with patient.unit() as unit:
        anna = citizens.add(unit, naestved, make_citizen(naestved))
        unit.commit()
    twice(patient, lambda unit: assignments.assign(unit, naestved, anna.id, naestved.user_id))
    with patient.unit(read_only=True) as unit:
        assert assignments.of_citizen(unit, naestved, anna.id) == (naestved.user_id,)


def test_two_who_mark_example_data_at_once_mark_it(patient: Store):
    twice(patient, installation.mark_example_data)
    with patient.unit(read_only=True) as unit:
        assert installation.is_example_data(unit)


def test_of_two_first_practices_the_second_is_told_of_the_first(patient: Store, naestved: Caller):
    with pytest.raises(Stale) as stale:
        twice(patient, lambda unit: practices.put(unit, naestved, {"decides": "coordinator"}, expected=0))
    assert stale.value.current.version == 1


def test_a_policy_that_is_adopted_by_two_at_once_keeps_both_adoptions(patient: Store, naestved: Caller):
    with patient.unit() as unit:
        policies.add(unit, naestved, "2026-1", "")
        unit.commit()
    twice(patient, lambda unit: policies.adopt(unit, naestved, "2026-1"))
    with patient.unit(read_only=True) as unit:
        assert versions.count(unit, "0370", RecordKind.POLICY, "2026-1") == 2
        assert [change.seq for change in changes.since(unit, "0370", 0)] == [1, 2]


def test_a_list_taken_in_by_two_at_once_adds_its_workplace_once(patient: Store, naestved: Caller):
    told = [make_employer(naestved, id="")]
    second = twice(patient, lambda unit: imports.take_in_employers(unit, naestved, told))
    assert (second.added, second.unchanged) == (0, 1)
    with patient.unit(read_only=True) as unit:
        assert len(employers.all_of(unit, "0370")) == 1


def test_a_request_with_the_key_of_one_that_is_being_answered_gets_its_answer(patient, naestved):
    def answered(unit) -> bool:
        given = idempotency.find(unit, naestved, "k-1")
        if given is None:
            idempotency.keep(unit, naestved, "k-1", GivenAnswer(request_hash="ab", status=201))
        return given is not None

    assert twice(patient, answered) is True


def test_a_change_is_numbered_only_when_all_before_it_are_there_to_be_seen(store: Store, naestved: Caller):
    """A number from a sequence would be there before the one below it, and a reader would pass that by."""

    def overtaken(*_: object) -> None:
        second = meanwhile(store, lambda: add_employer(store, naestved))
        # the second waits for the first, in vain: this is the only wait of these tests, and ends by itself
        with pytest.raises(Busy):
            second.result(timeout=60)

    with store.unit() as first:
        employers.add(first, naestved, make_employer(naestved))
        event.listen(first.session, "before_commit", overtaken)
        first.commit()
    add_employer(store, naestved)
    with store.unit(read_only=True) as unit:
        assert [change.seq for change in changes.since(unit, "0370", 0)] == [1, 2]


def add_employer(store: Store, caller: Caller) -> None:
    with store.unit() as unit:
        employers.add(unit, caller, make_employer(caller))
        unit.commit()


def test_a_unit_that_reads_only_sees_one_moment(store: Store, naestved: Caller):
    with store.unit(read_only=True) as unit:
        assert employers.all_of(unit, "0370") == ()
        add_employer(store, naestved)
        assert changes.seq(unit, "0370") == 0
        assert employers.all_of(unit, "0370") == ()
