"""Policies, practices, imports, kept answers, users and municipalities."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from api.domain.caller import Caller, Channel, Role
from api.domain.imports import ImportKind, ImportRun
from api.domain.records import Municipality, RecordKind
from api.store import (
    Store,
    changes,
    idempotency,
    imports,
    installation,
    municipalities,
    new_id,
    policies,
    practices,
    users,
    versions,
)
from api.store.errors import Duplicate, Missing, Stale
from api.store.idempotency import GivenAnswer


def test_no_policy_counts_until_one_is_adopted_by_a_named_person(store: Store, naestved: Caller):
    with store.unit() as unit:
        policies.add(unit, naestved, "2026-1", "weight = 1")
        assert policies.current(unit, "0370") is None
        adopted = policies.adopt(unit, naestved, "2026-1")
        assert adopted.adopted_by == naestved.user_id
        assert adopted.text == "weight = 1"
        assert policies.current(unit, "0370") == adopted
        unit.commit()
        assert changes.since(unit, "0370", 0)[0].kind == RecordKind.POLICY


def test_the_policy_adopted_last_counts_and_every_adoption_is_kept(store: Store, naestved: Caller):
    with store.unit() as unit:
        for version in ("2026-1", "2026-2"):
            policies.add(unit, naestved, version, version)
        start = unit.at
        unit.commit()
    for day, version in enumerate(["2026-1", "2026-2", "2026-1"], 1):
        with time_machine.travel(start + timedelta(days=day), tick=False), store.unit() as unit:
            policies.adopt(unit, naestved, version)
            assert policies.current(unit, "0370").version == version
            unit.commit()
    with store.unit() as unit:
        assert versions.count(unit, "0370", RecordKind.POLICY, "2026-1") == 2
        assert policies.find(unit, "0370", "2026-2").adopted_at is not None


def test_a_policys_name_is_used_once_and_an_unknown_one_is_not_adopted(store, naestved, vejle):
    with store.unit() as unit:
        policies.add(unit, naestved, "2026-1", "")
        with pytest.raises(Missing):
            policies.adopt(unit, vejle, "2026-1")
        assert policies.find(unit, "0630", "2026-1") is None
        with pytest.raises(Duplicate):
            policies.add(unit, naestved, "2026-1", "")


def test_a_practice_is_put_version_by_version(store: Store, naestved: Caller):
    with store.unit() as unit:
        assert practices.find(unit, "0370") is None
        practices.put(unit, naestved, {"decides": "coordinator"}, expected=0)
        second = practices.put(unit, naestved, {"decides": "authority"}, expected=1)
        assert practices.find(unit, "0370") == second
        assert versions.find(unit, "0370", RecordKind.PRACTICE, "0370", 1) == '{"decides": "coordinator"}'


def test_of_two_versions_of_one_moment_the_last_is_what_somebody_has_written(store: Store, naestved: Caller):
    with store.unit() as unit:
        for version in (2, 3, 1):
            versions.keep(unit, "0370", naestved.user_id, RecordKind.EMPLOYER, [("e-1", version, "{}")])
        written = versions.written(unit, "0370", RecordKind.EMPLOYER, naestved.user_id, unit.at)
    assert written == {"e-1": 3}


@pytest.mark.parametrize("expected", [0, 1, 3])
def test_a_stale_practice_is_refused_with_the_current_one(store, naestved, expected: int):
    with store.unit() as unit:
        practices.put(unit, naestved, {}, expected=0)
        current = practices.put(unit, naestved, {"a": 1}, expected=1)
        with pytest.raises(Stale) as stale:
            practices.put(unit, naestved, {"a": 2}, expected=expected)
        assert stale.value.current == current


def test_a_practice_that_is_not_there_has_no_second_version(store: Store, naestved: Caller):
    with store.unit() as unit, pytest.raises(Missing):
        practices.put(unit, naestved, {}, expected=1)


def test_an_import_is_found_again_by_its_file_in_its_own_municipality(store, naestved, vejle):
    run = ImportRun(
        id=new_id(),
        municipality="0370",
        kind=ImportKind.EMPLOYERS,
        file_name="cvr.csv",
        file_hash="ab",
        added=3,
        refused=1,
        report='{"rows": []}',
    )
    with store.unit() as unit:
        kept = imports.add(unit, naestved, run)
        assert (kept.by, kept.at) == (naestved.user_id, unit.at)
        assert imports.find(unit, naestved, run.id) == kept
        assert imports.page(unit, naestved, ImportKind).items == (kept,)
        assert imports.find(unit, vejle, run.id) is None
        assert imports.page(unit, vejle, ImportKind).items == ()


def test_an_answer_is_kept_for_the_user_who_got_it(store: Store, naestved: Caller, colleague: Caller):
    answer = GivenAnswer(request_hash="ab", status=201, headers={"ETag": '"1"'}, body='{"name": "Anna"}')
    with store.unit() as unit:
        idempotency.keep(unit, naestved, "k-1", answer)
        assert idempotency.find(unit, naestved, "k-1") == answer
        assert idempotency.find(unit, naestved, "k-2") is None
        assert idempotency.find(unit, colleague, "k-1") is None
        assert idempotency.find(unit, replace(naestved, municipality="0630"), "k-1") is None
        idempotency.keep(unit, colleague, "k-1", answer)
        with pytest.raises(Duplicate):
            idempotency.keep(unit, naestved, "k-1", replace(answer, status=200))


def test_old_answers_are_forgotten_one_municipality_at_a_time(store, naestved, vejle):
    answer = GivenAnswer(request_hash="ab", status=201)
    with store.unit() as unit:
        for caller in (naestved, vejle):
            idempotency.keep(unit, caller, "k-1", answer)
        assert idempotency.forget_before(unit, "0370", unit.at) == 0
        assert idempotency.forget_before(unit, "0370", unit.at + timedelta(seconds=1)) == 1
        assert idempotency.find(unit, naestved, "k-1") is None
        assert idempotency.find(unit, vejle, "k-1") == answer


def test_a_username_is_used_once_in_the_installation(store: Store, naestved: Caller, vejle: Caller):
    with store.unit() as unit, pytest.raises(Duplicate):
        users.add(unit, "0630", "bodil", Role.ANALYST)


def test_a_user_belongs_to_a_municipality_that_is_there(store: Store):
    with store.unit() as unit, pytest.raises(Duplicate):
        users.add(unit, "9999", "nina", Role.ANALYST)


def test_users_are_seen_by_their_own_municipality(store: Store, naestved: Caller, vejle: Caller):
    with store.unit() as unit:
        (bodil,) = users.page(unit, naestved).items
        assert users.caller_of(bodil, Channel.HTTP) == naestved
        assert users.find(unit, "0370", bodil.id) == users.by_username(unit, "bodil") == bodil
        assert users.find(unit, "0630", bodil.id) is None
        assert users.by_username(unit, "nobody") is None
        for refused in (users.disable, lambda u, c, i: users.set_password(u, c, i, "")):
            with pytest.raises(Missing):
                refused(unit, vejle, bodil.id)


def test_example_data_is_marked_for_ever(store: Store, naestved: Caller):
    with store.unit() as unit:
        assert not installation.is_example_data(unit)
        for _ in range(2):
            installation.mark_example_data(unit)
        assert installation.is_example_data(unit)


def test_a_new_database_is_empty_until_a_municipality_is_there(store: Store):
    with store.unit() as unit:
        assert installation.is_empty(unit)
        added = municipalities.add(unit, Municipality(code="0661", name="Holstebro"))
        assert not installation.is_empty(unit)
        assert municipalities.all_of(unit) == (added,)
        assert municipalities.find(unit, "0661") == added
        assert municipalities.find(unit, "0370") is None
        with pytest.raises(Duplicate):
            municipalities.add(unit, Municipality(code="0661", name="Holstebro"))
