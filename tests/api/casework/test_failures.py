"""What fails behind the pages is kept until it works again or somebody has seen to it."""

from dataclasses import replace

import pytest

from api.access.scopes import Denied
from api.casework import catalogues, failures
from api.casework.catalogues import Catalogues
from api.domain.caller import Role
from api.domain.failed_work import Work
from api.domain.imports import ImportKind
from api.store import audit
from api.store.errors import Busy, Missing
from geo.address_service import Answer
from tests.api.casework.test_addresses import TORVET, addresses_at
from tests.api.makers import make_employer
from tests.geo.address_stub import Said, Stub, says, serving


@pytest.fixture
def boss(naestved):
    return replace(naestved, role=Role.COORDINATOR)


def told(store, boss):
    with store.unit(read_only=True) as unit:
        return [one.failed for one in failures.listed(unit, boss)]


def test_what_fails_again_is_one_line_with_the_first_and_the_last_time(store, boss):
    for fault in (RuntimeError("Eksempel Et"), KeyError("Eksempel Et")):
        failures.note(store, boss, Work.STORING, fault, "upload-1", ImportKind.EMPLOYERS)
    [line] = told(store, boss)
    assert (line.times, line.cause, line.kind, line.by) == (2, "KeyError", ImportKind.EMPLOYERS, boss.user_id)
    assert line.first_at < line.last_at
    assert "Eksempel" not in str(line)


def test_what_works_again_is_not_told_any_more_and_the_rest_is(store, boss):
    failures.note(store, boss, Work.STORING, RuntimeError(), "upload-1", ImportKind.EMPLOYERS)
    failures.note(store, boss, Work.STORING, RuntimeError(), "upload-2", ImportKind.EMPLOYERS)
    failures.works(store, boss, Work.STORING, "upload-1")
    assert [one.subject for one in told(store, boss)] == ["upload-2"]


def test_one_municipality_is_not_told_what_failed_for_another(store, boss, vejle):
    failures.note(store, vejle, Work.ADDRESSES, "no_answer")
    assert told(store, boss) == []
    with store.unit(read_only=True) as unit:
        assert failures.count(unit, boss) == 0


def test_who_does_not_coordinate_is_told_nothing(store, naestved):
    failures.note(store, naestved, Work.ADDRESSES, "no_answer")
    with store.unit() as unit:
        assert failures.count(unit, naestved) == 0
        with pytest.raises(Denied):
            failures.listed(unit, naestved)
        with pytest.raises(Denied):
            failures.see_to(unit, naestved, Work.ADDRESSES, "")


def test_what_somebody_has_seen_to_goes_and_comes_back_when_it_fails_again(store, boss):
    failures.note(store, boss, Work.ADDRESSES, "no_answer")
    with store.unit() as unit:
        failures.see_to(unit, boss, Work.ADDRESSES, "")
        unit.commit()
    assert told(store, boss) == []
    with store.unit(read_only=True) as unit:
        actions = [one.action for one in audit.entries(unit, boss.municipality, limit=10)]
    assert "failure_seen_to" in actions
    failures.note(store, boss, Work.ADDRESSES, "no_answer")
    assert [one.times for one in told(store, boss)] == [1]


def test_nobody_sees_to_what_works_by_now(store, boss):
    with store.unit() as unit, pytest.raises(Missing):
        failures.see_to(unit, boss, Work.CATALOGUES, "")


def test_a_database_that_is_busy_makes_nothing_fail_besides(store, boss, monkeypatch, caplog):
    def busy(*_args):
        raise Busy

    monkeypatch.setattr("api.store.failed_work.note", busy)
    failures.note(store, boss, Work.CATALOGUES, RuntimeError("Eksempel Et"))
    assert "catalogues" in caplog.text
    assert "RuntimeError" in caplog.text
    assert "Eksempel" not in caplog.text
    assert told(store, boss) == []


def test_an_address_service_that_does_not_answer_is_told_until_it_does(store, boss):
    with serving(Stub()) as stub:
        stub.answer = says(Said(b"", 500))
        addresses, employer = addresses_at(stub), make_employer(boss, place=TORVET)
        addresses.ask(store, boss, [employer])
        [line] = told(store, boss)
        assert (line.work, line.cause) == (Work.ADDRESSES, "no_answer")
    with serving(Stub()) as stub:
        assert any(
            isinstance(one, Answer) for one in addresses_at(stub).ask(store, boss, [employer]).values()
        )
    assert told(store, boss) == []


def test_catalogues_that_cannot_be_read_ahead_are_told_until_they_can(store, boss, monkeypatch):
    def broken(*_args):
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(catalogues.job_orders, "open_of", broken)
        Catalogues().read_ahead(store)
    assert [(one.work, one.cause) for one in told(store, boss)] == [(Work.CATALOGUES, "RuntimeError")]
    Catalogues().read_ahead(store)
    assert told(store, boss) == []
