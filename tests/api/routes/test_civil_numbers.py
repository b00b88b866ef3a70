"""A civil registration number is kept nowhere: every text that somebody writes refuses it, and only it."""

import pytest

NUMBER = "Anna, 010190-1234"
ANCHORS = [{"kind": "postal_district", "postcode": "4700"}]
TEXTS = {
    "employer": ("employers", {"name": "Kirken"}, "contact_person"),
    "basis": ("employers", {"name": "Kirken"}, "contact_basis_note"),
    "title": ("job-orders", {"employer_id": "EMPLOYER"}, "title"),
    "words": ("job-orders", {"employer_id": "EMPLOYER", "title": "Luge"}, "text"),
    "times": ("job-orders", {"employer_id": "EMPLOYER", "title": "Luge"}, "times_text"),
    "contact": ("employers/EMPLOYER/contacts", {"kind": "call"}, "note"),
    "team": ("employers/EMPLOYER/contacts", {"kind": "call"}, "team"),
    "reservation": ("employers/EMPLOYER/contact-reservations", {}, "reason"),
    "citizen": ("citizens", {"anchors": ANCHORS}, "name"),
    "access": ("citizens/CITIZEN/access-requests", {}, "reason"),
    "proposal": (
        "proposals",
        {"citizen_id": "CITIZEN", "order_id": "ORDER", "started_from": "citizen"},
        "note",
    ),
    "pause": ("job-orders/ORDER/clock-pauses", {}, "reason"),
    "return": ("job-orders/ORDER/return", {"cause": "other"}, "note"),
}


@pytest.fixture
def ids(service):
    """A citizen, an employer and its order, by the words that stand for them above."""
    employer = service.made("consultant", "employers", {"name": "Gartneriet", "advertising_protected": "no"})
    order = service.made("consultant", "job-orders", {"employer_id": employer["id"], "title": "Luge bede"})
    citizen = service.made("consultant", "citizens", {"name": "Karen", "anchors": ANCHORS})
    return {"EMPLOYER": employer["id"], "ORDER": order["id"], "CITIZEN": citizen["id"]}


def sent(service, ids, case, text):
    path, body, field = TEXTS[case]
    for word, id_ in ids.items():
        path = path.replace(word, id_)
    named = {name: ids.get(value, value) if isinstance(value, str) else value for name, value in body.items()}
    return service.ask("consultant", "POST", f"/api/v1/{path}", {**named, field: text}), field


@pytest.mark.parametrize("case", TEXTS)
def test_a_civil_number_is_refused_at_its_field_and_not_repeated(service, ids, case):
    answer, field = sent(service, ids, case, NUMBER)
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    # the number of the request is random and may hold these digits
    told = {name: said for name, said in answer.json().items() if name != "request_id"}
    assert "010190" not in str(told)
    assert "Take the number out" in answer.json()["remedy"]


@pytest.mark.parametrize("case", TEXTS)
def test_other_numbers_are_kept(service, ids, case):
    answer, _ = sent(service, ids, case, "Ring 55 55 12 12 om ordre 2026-0001")
    assert answer.status_code in (200, 201), answer.text


def test_an_order_that_is_changed_refuses_it_too(service, ids):
    path = f"/api/v1/job-orders/{ids['ORDER']}"
    answer = service.ask("consultant", "PATCH", path, {"text": NUMBER}, If_Match="*")
    assert (answer.status_code, answer.json()["field"]) == (422, "text")
    assert service.ask("consultant", "PATCH", path, {"text": "Luge"}, If_Match="*").status_code == 200
