"""Contacts with employers over HTTP: the history, the limit and its 409, who sees what was said of whom."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text

from api.domain.practice import Practice
from matching.times import DENMARK_TIME

ANCHORS = [{"kind": "postal_district", "postcode": "4700"}]


def today() -> date:
    return datetime.now(DENMARK_TIME).date()


@pytest.fixture
def employer(service):
    """An employer without any contact, who may be contacted first."""
    body = {"name": "Gartneriet", "advertising_protected": "no", "industry_code": "813000"}
    body |= {"industry_system": "db07", "place": {"lat": 55.2350, "lon": 11.7700}}
    return service.made("consultant", "employers", body)["id"]


def ask(service, method, employer, what, body=None, who="consultant", **headers):
    return service.ask(who, method, f"/api/v1/employers/{employer}/{what}", body, **headers)


def test_a_contact_is_recorded_and_read_back_with_the_limit(service, employer):
    sent = {"kind": "visit", "about": "employee", "team": "Job og kompetence", "note": "Kaffe med Grethe"}
    answer = ask(service, "POST", employer, "contacts", sent)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert {name: made[name] for name in sent} == sent
    assert (made["on"], made["citizen"], made["by_employer"]) == (str(today()), None, False)
    assert service.ask("consultant", "GET", answer.headers["location"]).json() == made
    history = ask(service, "GET", employer, "contacts").json()
    assert (history["items"], history["next"]) == ([made], None)
    free = str(today() + timedelta(days=28))
    assert history["limit"] == {
        "most": 1,
        "window_days": 28,
        "taken": [str(today())],
        "next_free_on": free,
        "why": "contact_limit",
    }
    read = service.ask("consultant", "GET", f"/api/v1/employers/{employer}").json()
    assert read["last_contact_on"] == str(today())


def test_what_the_employer_said_is_recorded_and_put_right(service, employer):
    spring = str(today() + timedelta(days=120))
    said = {"kind": "call", "reply": "not_now", "follow_up_on": spring}
    made = ask(service, "POST", employer, "contacts", said).json()
    assert (made["reply"], made["follow_up_on"]) == ("not_now", spring)
    path = f"contacts/{made['id']}/reply"
    answer = ask(service, "POST", employer, path, {"reply": "yes"}, who="colleague")
    assert answer.status_code == 200
    assert answer.json() == made | {"reply": "yes", "follow_up_on": None}
    assert ask(service, "GET", employer, f"contacts/{made['id']}").json() == answer.json()


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"reply": "not_now"}, "follow_up_on"), ({"reply": "maybe"}, "reply"), ({}, "reply")],
    ids=["not now without a day", "no such reply", "nothing"],
)
def test_a_reply_that_cannot_be_is_refused_by_name(service, employer, sent, field):
    made = ask(service, "POST", employer, "contacts", {"kind": "call"}).json()
    answer = ask(service, "POST", employer, f"contacts/{made['id']}/reply", sent)
    assert (answer.status_code, answer.json()["field"]) == (422, field), answer.text
    assert ask(service, "GET", employer, f"contacts/{made['id']}").json()["reply"] == "unknown"
    assert ask(service, "POST", employer, "contacts/nothing/reply", {"reply": "no"}).status_code == 404


def test_a_contact_is_taken_back_by_who_wrote_it_down_and_answers_how_the_limit_stands(service, employer):
    made = ask(service, "POST", employer, "contacts", {"kind": "call"}).json()
    path = f"contacts/{made['id']}/taken-back"
    refused = ask(service, "POST", employer, path, who="colleague")
    assert (refused.status_code, refused.json()["type"].rsplit("/")[-1]) == (409, "conflict")
    limit = ask(service, "POST", employer, path).json()
    assert (limit["taken"], limit["next_free_on"]) == ([], str(today()))
    assert ask(service, "GET", employer, "contacts").json()["items"] == []
    assert ask(service, "POST", employer, path).status_code == 404


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "at most once in 28 days"), ("da", "kontaktes højst én gang på 28 dage")],
)
def test_beyond_the_limit_a_day_is_refused_with_the_next_free_one(service, employer, language, said):
    ask(service, "POST", employer, "contacts", {"kind": "call", "team": "Social"}, who="colleague")
    answer = ask(service, "POST", employer, "contact-reservations", {}, Accept_Language=language)
    day = Practice().calendar.working_day_of(today() + timedelta(days=28))
    free = str(day)
    problem = answer.json()
    assert (answer.status_code, problem["type"], problem["field"]) == (409, "/problems/conflict", "on")
    assert problem["next_free_on"] == free
    assert said in problem["detail"]
    assert (f"{day:%d-%m-%Y}" if language == "da" else free) in problem["remedy"]
    assert ask(service, "POST", employer, "contact-reservations", {"on": free}).status_code == 201


def test_a_note_that_is_corrected_or_removed_is_left_nowhere(service, employer):
    sent = {"kind": "call", "note": "Talte om Anna fra Havnen"}
    made = ask(service, "POST", employer, "contacts", sent, Idempotency_Key="c-1").json()
    note = f"contacts/{made['id']}/note"
    corrected = ask(service, "POST", employer, note, {"note": "Ring efter jul"})
    assert (corrected.status_code, corrected.json()) == (200, {**made, "note": "Ring efter jul"})
    assert ask(service, "POST", employer, note, {"note": ""}).json()["note"] == ""
    with service.store.unit(read_only=True) as unit:
        rows = unit.session.execute(text("SELECT count(*) FROM idempotency")).scalar_one()
    assert rows == 0, "an answer that is kept would still tell it"


def test_a_note_is_not_corrected_to_hold_a_civil_number(service, employer):
    made = ask(service, "POST", employer, "contacts", {"kind": "call", "note": "Ring efter jul"}).json()
    answer = ask(service, "POST", employer, f"contacts/{made['id']}/note", {"note": "Anna 010190-1234"})
    assert (answer.status_code, answer.json()["field"]) == (422, "note")
    assert ask(service, "GET", employer, f"contacts/{made['id']}").json()["note"] == "Ring efter jul"
    assert ask(service, "POST", employer, "contacts/nothing/note", {"note": ""}).status_code == 404


def test_with_a_reason_a_day_beyond_the_limit_is_kept(service, employer):
    for reason in ("", "Bestyreren bad om det"):
        answer = ask(service, "POST", employer, "contact-reservations", {"reason": reason})
        assert answer.status_code == 201
        assert answer.json()["reason"] == reason
    found = ask(service, "GET", employer, "contact-reservations").json()
    assert [one["reason"] for one in found["items"]] == ["", "Bestyreren bad om det"]
    assert found["limit"]["taken"] == [str(today())] * 2


def test_a_day_that_is_given_back_is_free_at_once(service, employer):
    kept = ask(service, "POST", employer, "contact-reservations", {}).json()
    again = ask(service, "DELETE", employer, f"contact-reservations/{kept['id']}")
    assert (again.status_code, again.json()["next_free_on"]) == (200, str(today()))
    assert ask(service, "DELETE", employer, f"contact-reservations/{kept['id']}").status_code == 404


def test_the_same_reservation_sent_twice_takes_one_day(service, employer):
    first, second = (
        ask(service, "POST", employer, "contact-reservations", {}, Idempotency_Key="r-1") for _ in range(2)
    )
    assert first.json() == second.json()
    assert len(ask(service, "GET", employer, "contact-reservations").json()["items"]) == 1
    other = ask(service, "POST", employer, "contact-reservations", {"reason": "x"}, Idempotency_Key="r-1")
    assert other.status_code == 409
    assert "next_free_on" not in other.json()


def test_a_history_is_paged_by_day(service, employer):
    for ago in (1, 3, 0, 3):
        on = str(today() - timedelta(days=ago))
        assert ask(service, "POST", employer, "contacts", {"kind": "mail", "on": on}).status_code == 201
    found, path = [], "contacts?limit=3"
    while path:
        page = ask(service, "GET", employer, path).json()
        found += [one["on"] for one in page["items"]]
        path = page["next"] and f"contacts?limit=3&cursor={page['next']}"
    assert found == [str(today() - timedelta(days=ago)) for ago in (0, 1, 3, 3)]


def test_a_cursor_of_another_list_is_refused(service, employer):
    for _ in range(2):
        service.made("consultant", "employers", {"name": "Bageriet"})
    cursor = service.ask("consultant", "GET", "/api/v1/employers?limit=1").json()["next"]
    answer = ask(service, "GET", employer, f"contacts?cursor={cursor}")
    assert (answer.status_code, answer.json()["field"]) == (422, "cursor")


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("on", {"on": "2999-01-01"}),
        ("kind", {"kind": "pigeon"}),
        ("order_id", {"order_id": "nothing"}),
        ("team", {"team": "x" * 201}),
        ("on_day", {"on_day": "2026-01-01"}),
    ],
)
def test_what_cannot_be_a_contact_is_refused_by_name(service, employer, field, said):
    answer = ask(service, "POST", employer, "contacts", {"kind": "call", **said})
    assert (answer.status_code, answer.json()["field"]) == (422, field)


def test_what_was_said_of_a_citizen_is_shown_by_initials_to_others(service, employer):
    citizen = service.made("consultant", "citizens", {"name": "Anna Holm", "anchors": ANCHORS})["id"]
    sent = {"kind": "call", "citizen_id": citizen, "note": "Anna begynder mandag"}
    mine = ask(service, "POST", employer, "contacts", sent).json()
    assert mine["citizen"] == {"id": citizen, "initials": "A.H.", "name": "Anna Holm"}
    [theirs] = ask(service, "GET", employer, "contacts", who="colleague").json()["items"]
    assert theirs["citizen"] == {"id": citizen, "initials": "A.H.", "name": None}
    assert theirs["note"] == ""
    assert ask(service, "POST", employer, "contacts", sent, who="colleague").status_code == 403


def test_a_follow_up_is_settled_once(service, employer):
    made = ask(service, "POST", employer, "contacts", {"kind": "call", "follow_up_on": str(today())}).json()
    path = f"contacts/{made['id']}/settled"
    first, second = (ask(service, "POST", employer, path).json() for _ in range(2))
    assert first["settled_at"] == second["settled_at"] is not None
    other = service.made("consultant", "employers", {"name": "Bageriet"})["id"]
    assert ask(service, "POST", other, path).status_code == 404


def test_the_next_list_of_employers_leaves_out_who_rests_and_says_until_when(service, employer):
    citizen = service.made("consultant", "citizens", {"name": "Anna Holm", "anchors": ANCHORS})["id"]
    path = f"/api/v1/citizens/{citizen}/shortlist?kind=employers"
    before = service.ask("consultant", "GET", path).json()
    assert [item["id"] for item in before["items"]] == [employer]
    assert before["resting"] == {"total": 0, "items": []}
    ask(service, "POST", employer, "contact-reservations", {})
    after = service.ask("consultant", "GET", path).json()
    free = str(today() + timedelta(days=28))
    assert (after["items"], after["ask"]["items"]) == ([], [])
    assert after["resting"]["items"] == [{"id": employer, "name": "Gartneriet", "next_free_on": free}]
    orders = service.ask("consultant", "GET", f"/api/v1/citizens/{citizen}/shortlist").json()
    assert orders["resting"] is None


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "This employer has asked to be left alone until a later day."),
        ("da", "Virksomheden har bedt om at blive ladt i fred til en senere dag."),
    ],
)
def test_before_the_day_that_the_employer_gave_a_day_is_refused_without_a_reason(
    service, employer, language, told
):
    spring = today() + timedelta(days=120)
    said = {"kind": "call", "by_employer": True, "reply": "not_now", "follow_up_on": str(spring)}
    ask(service, "POST", employer, "contacts", said)
    limit = ask(service, "GET", employer, "contacts").json()["limit"]
    assert (limit["next_free_on"], limit["why"], limit["taken"]) == (str(spring), "employer_asked", [])
    answer = ask(service, "POST", employer, "contact-reservations", {}, Accept_Language=language)
    free = str(Practice().calendar.working_day_of(spring))
    assert (answer.status_code, answer.json()["next_free_on"]) == (409, free)
    assert answer.json()["detail"] == told
    with_reason = {"reason": "Bestyreren ringede selv"}
    assert ask(service, "POST", employer, "contact-reservations", with_reason).status_code == 201
