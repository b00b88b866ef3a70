"""A civil registration number is kept nowhere: every text that somebody writes refuses it, and only it."""

import pytest

from tests.api.described import description
from tests.api.morning import OPERATIONS

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


BODIES = {
    name: operation["requestBody"]["content"]["application/json"]
    for name, operation in OPERATIONS.items()
    if "application/json" in operation.get("requestBody", {}).get("content", {})
}
KEPT_NOWHERE = {
    ("POST /api/v1/read-task", "text"),
    ("POST /api/v1/citizens/search", "name"),
    ("POST /api/v1/job-orders/{order_id}/return", "proposal_id"),
}
"""What is read, or looked for, and forgotten."""


def texts_of(shape, path=()):
    """The paths of all fields of a body that take a text which is no code of ours."""
    if "$ref" in shape:
        shape = description()["components"]["schemas"][shape["$ref"].rsplit("/", 1)[1]]
    for kind in shape.get("anyOf", ()):
        yield from texts_of(kind, path)
    if shape.get("type") == "string" and not {"enum", "format"} & set(shape):
        yield path
    if "items" in shape:
        yield from texts_of(shape["items"], (*path, 0))
    for name, field in shape.get("properties", {}).items():
        yield from texts_of(field, (*path, name))


def body_with(example, path, text):
    """The example of a body with a text at a path; what leads there is put in where it is missing."""
    if not path:
        return text
    name, *rest = path
    if name == 0:
        return [body_with((example or [{}])[0], rest, text)]
    return {**(example or {}), name: body_with((example or {}).get(name), rest, text)}


TEXT_FIELDS = sorted(
    {
        (name, path)
        for name, body in BODIES.items()
        for path in texts_of(body["schema"])
        if (name, path[-1]) not in KEPT_NOWHERE
    },
    key=str,
)


def test_the_fields_of_all_bodies_are_found():
    assert ("POST /api/v1/employers", ("place", "street")) in TEXT_FIELDS
    assert ("PUT /api/v1/citizens/{citizen_id}/contact-chain", ("links", 0, "name")) in TEXT_FIELDS


@pytest.mark.parametrize(("operation", "path"), TEXT_FIELDS, ids=lambda one: str(one))
def test_no_field_of_any_body_keeps_a_civil_number(morning, operation, path):
    ids = morning.ids(operation)
    example = BODIES[operation]["example"]
    answer = morning.ask(operation, ids, body_with(example, path, "010190-1234"))
    assert answer.status_code in (404, 409, 422), answer.status_code
