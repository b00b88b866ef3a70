"""Who opened a citizen of somebody else's is shown to the coordinator, who presses once: seen."""

import re
from datetime import timedelta

import pytest
import time_machine

from api.domain.caller import Caller, Role
from api.store import audit, citizens
from tests.api.pages.conftest import Reader
from tests.api.routes.test_proposals import world

__all__ = ["world"]

WHY = "Ringer for en kollega, der er syg"


@pytest.fixture
def boss(service):
    return Reader(service, "coordinator")


@pytest.fixture
def citizen(service, world):
    """A citizen of the consultant's, whom everybody else has to say why they open."""
    return world["anna"]


def opens(service, who, citizen, why=WHY):
    """Open a citizen with a reason."""
    service.made(who, f"citizens/{citizen}/access-requests", {"reason": why})


def first(page):
    """The address of the first form that says that something was seen."""
    return re.search(r'action="(/accesses/\w+/seen)"', page)[1]


def looks(service, *actions):
    with service.store.unit(read_only=True) as unit:
        found = audit.entries(unit, "0370", limit=1000)
    return [(one.action, one.citizen_id, one.user_id) for one in found if one.action in actions]


def test_a_coordinator_reads_who_opened_whom_why_and_until_when(service, boss, citizen):
    opens(service, "colleague", citizen)
    day = boss.get("/today").text
    assert re.search(r'href="/accesses">1 access to a citizen of somebody else', day)
    page = boss.get("/accesses").text
    assert "<strong>colleague</strong> opened" in page
    assert f"<q>{WHY}</q>" in page
    assert "open until" in page
    with service.store.unit(read_only=True) as unit:
        asks = Caller("", "coordinator", "0370", Role.COORDINATOR)
        name = citizens.names(unit, asks)[citizen]
    assert name not in page
    assert re.search(rf'/citizens/{citizen}/assignments">(?:\w\.)+</a>', page)
    assert looks(service, "accesses_listed") == [
        ("accesses_listed", citizen, service.user_ids["coordinator"])
    ]


def test_as_many_accesses_are_shown_as_there_is_room_for_and_all_are_counted(
    service, boss, citizen, monkeypatch
):
    monkeypatch.setattr("api.pages.accesses.SHOWN", 2)
    reasons = ["Først en grund", "Så en grund til", "Sidst en tredje"]
    for why in reasons:
        opens(service, "colleague", citizen, why)
    page = boss.get("/accesses").text
    assert re.findall(r"<q>([^<]+)</q>", page) == reasons[:2]
    assert "3 have not been looked at" in page
    assert re.search(r'href="/accesses">3 accesses', boss.get("/today").text)


def test_where_nobody_opened_anybody_that_is_said(boss):
    assert "Nothing waits to be looked at" in boss.get("/accesses").text
    assert "/accesses" not in boss.get("/today").text.partition("<main")[2].partition("</main>")[0]


def test_what_was_seen_is_gone_until_that_is_undone_and_both_are_written_down(service, boss, citizen):
    opens(service, "colleague", citizen)
    answer = boss.send(first(boss.get("/accesses").text), {})
    assert answer.status_code == 303
    page = boss.get(answer.headers["location"]).text
    assert WHY not in page
    assert "Nothing waits to be looked at" in page
    undo = re.search(r'action="(/accesses/\w+/undo)"', page)[1]
    assert boss.send(undo, {}).headers["location"] == "/accesses"
    assert WHY in boss.get("/accesses").text
    done = ["access_reviewed", "access_review_taken_back"]
    assert [one[0] for one in looks(service, *done)] == done
    assert {one[1:] for one in looks(service, *done)} == {(citizen, service.user_ids["coordinator"])}


def test_two_presses_are_one(service, boss, citizen):
    opens(service, "colleague", citizen)
    seen = first(boss.get("/accesses").text)
    assert [boss.send(seen, {}).status_code for _ in range(2)] == [303, 303]
    assert len(looks(service, "access_reviewed")) == 1
    undo = seen.replace("/seen", "/undo")
    assert [boss.send(undo, {}).status_code for _ in range(2)] == [303, 303]
    assert len(looks(service, "access_review_taken_back")) == 1


def test_nobody_looks_through_what_they_opened_themselves(service, boss, citizen):
    opens(service, "coordinator", citizen)
    page = boss.get("/accesses").text
    assert "your own: somebody else looks at it" in page
    assert "/seen" not in page
    assert "/accesses" not in boss.get("/today").text.partition("<main")[2].partition("</main>")[0]
    auditor = Reader(service, "auditor")
    seen = first(auditor.get("/accesses").text)
    assert boss.send(seen, {}).status_code == 422
    assert WHY in boss.get("/accesses").text
    assert auditor.send(seen, {}).status_code == 303
    assert looks(service, "access_reviewed") == [("access_reviewed", citizen, service.user_ids["auditor"])]


def test_an_auditor_reads_the_reason_and_no_word_of_the_citizen(service, citizen):
    opens(service, "colleague", citizen)
    auditor = Reader(service, "auditor")
    page = auditor.get("/accesses").text
    assert f"<q>{WHY}</q>" in page
    assert "opened a citizen" in " ".join(page.split())
    assert citizen not in page


def test_what_somebody_else_has_seen_is_theirs_to_take_back_on_the_same_day(service, boss, citizen):
    opens(service, "colleague", citizen)
    auditor = Reader(service, "auditor")
    seen = first(auditor.get("/accesses").text)
    auditor.send(seen, {})
    undo = seen.replace("/seen", "/undo")
    assert boss.send(undo, {}).status_code == 422
    assert "/undo" not in boss.get(f"/accesses?seen={seen.split('/')[2]}").text
    with service.store.unit(read_only=True) as unit:
        later = unit.at + timedelta(days=7)
    with time_machine.travel(later, tick=False):
        assert auditor.send(undo, {}).status_code == 422
    assert looks(service, "access_review_taken_back") == []


def test_another_municipality_neither_sees_nor_answers_it(service, boss, citizen):
    opens(service, "colleague", citizen)
    seen = first(boss.get("/accesses").text)
    away = Reader(service, "away_coordinator")
    assert "Nothing waits" in away.get("/accesses").text
    assert away.send(seen, {}).status_code == 404
    assert away.send(seen.replace("/seen", "/undo"), {}).status_code == 404
    assert WHY in boss.get("/accesses").text


def test_what_was_written_as_a_reason_stays_text(service, boss, citizen):
    opens(service, "colleague", citizen, "<script>alert('her')</script>")
    page = boss.get("/accesses").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
