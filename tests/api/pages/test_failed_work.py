"""What failed in the background is told to the coordinator with the way out, and taken away by one press."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from api.casework import failures
from api.casework.municipalities import caller_at
from api.domain.failed_work import Work
from api.domain.uploads import LONGEST
from api.exchange import uploading
from tests.api.pages.conftest import Reader
from tests.api.pages.test_imports import GOOD, HEADER, Lists, begun, csv

PLACE = '<a href="/failures">1 thing failed in the background</a>'


@pytest.fixture
def boss(service):
    return Reader(service, "coordinator")


@pytest.fixture
def lists(reader):
    return Lists(reader)


def test_a_list_that_the_service_fails_on_is_told_with_who_sent_it_and_the_way_out(lists, boss, monkeypatch):
    def broken(*_args):
        raise RuntimeError("Eksempel Et")

    address = lists.sent(csv(HEADER, GOOD))
    with monkeypatch.context() as patched:
        patched.setattr(uploading, "import_list", broken)
        lists.looked(address)
    assert PLACE in boss.get("/today").text
    page = boss.get("/failures").text
    assert "A list could not be looked through: employers" in page
    assert "Ask consultant to try again" in page
    assert "RuntimeError" in page
    assert "Eksempel" not in page
    assert "virksomheder.csv" not in page
    lists.looked(address)
    assert "Nothing has failed." in boss.get("/failures").text
    assert '/failures">1' not in boss.get("/today").text


def test_a_list_that_is_itself_at_fault_is_told_to_who_sent_it_alone(lists, boss):
    lists.looked(lists.sent(csv(HEADER, "Eksempel To;99003627;1999000484;;4700")))
    assert "Nothing has failed." in boss.get("/failures").text


def test_work_that_was_broken_off_is_told_and_is_not_pressed_away(service, lists, boss, time_machine):
    time_machine.move_to(datetime(2026, 12, 1, 8, tzinfo=UTC))
    address = lists.sent(csv(HEADER, GOOD))
    lists.looked(address)
    begun(service, address)
    assert "Nothing has failed." in boss.get("/failures").text
    time_machine.shift(LONGEST + timedelta(seconds=1))
    page = boss.get("/failures").text
    assert "Work on a list was broken off: employers" in page
    assert 'action="/failures/seen-to"' not in page
    lists.taken_in(address)
    assert "Nothing has failed." in boss.get("/failures").text


def test_one_press_takes_a_line_away(service, boss):
    failures.note(service.store, caller_at("0370"), Work.ADDRESSES, "no_answer")
    page = boss.get("/failures").text
    assert "The address service does not answer" in page
    form = dict(re.findall(r'type="hidden" name="(work|subject)" value="([^"]*)"', page))
    answer = boss.send("/failures/seen-to", form)
    assert answer.headers["location"] == "/failures?done=seen"
    assert "Nothing has failed." in boss.get("/failures?done=seen").text
    assert boss.send("/failures/seen-to", form).status_code == 404


def test_a_consultant_is_told_nothing(service, reader):
    failures.note(service.store, caller_at("0370"), Work.ADDRESSES, "no_answer")
    assert reader.get("/failures").status_code == 403
    assert "/failures" not in reader.get("/today").text
