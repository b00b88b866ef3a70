"""A body says what it means in JSON's own types: no text for a number, no number for a day."""

import pytest

from tests.api.described import description
from tests.api.morning import OPERATIONS

BODIES = {
    name: operation["requestBody"]["content"]["application/json"]
    for name, operation in OPERATIONS.items()
    if "application/json" in operation.get("requestBody", {}).get("content", {})
}
WRONG = {
    "integer": (True, "3", 2.5),
    "number": (True, "3"),
    "boolean": ("yes", 1, "true"),
    "day": (0, True, "20261121", "2026-11-21T00:00:00", "1700000000"),
}


def kinds_of(shape):
    """The kinds of value that a field takes, null apart."""
    if "$ref" in shape:
        shape = description()["components"]["schemas"][shape["$ref"].rsplit("/", 1)[1]]
    for one in shape.get("anyOf", (shape,)):
        yield "day" if one.get("format") == "date" else one.get("type")


def properties_of(operation):
    shape = BODIES[operation]["schema"]
    return description()["components"]["schemas"][shape["$ref"].rsplit("/", 1)[1]]["properties"]


FIELDS = [
    (operation, name, value)
    for operation in sorted(BODIES)
    for name, shape in properties_of(operation).items()
    for kind in kinds_of(shape)
    for value in WRONG.get(kind, ())
]


def test_the_fields_of_all_bodies_are_found():
    assert ("PATCH /api/v1/practices", "contact_days", True) in FIELDS
    assert ("POST /api/v1/job-orders", "received_on", 0) in FIELDS
    assert len(FIELDS) > 100


@pytest.mark.parametrize("operation", sorted({operation for operation, _, _ in FIELDS}))
def test_another_type_than_the_described_one_is_refused_at_its_field(morning, operation):
    ids = morning.ids(operation)
    for _, name, value in (one for one in FIELDS if one[0] == operation):
        answer = morning.ask(operation, ids, {name: value})
        assert (answer.status_code, answer.json()["field"]) == (422, name), (name, value, answer.text)


def test_the_described_types_are_taken(morning):
    told = {"places": 2, "hours_per_week": 3, "pay_dkk_per_hour": 140.5, "received_on": "2026-11-20"}
    answer = morning.ask("POST /api/v1/job-orders", morning.ids("POST /api/v1/job-orders"), told)
    assert answer.status_code == 201, answer.text
    assert {name: answer.json()[name] for name in told} == told
