"""No day that nobody can mean is written down, whichever body it comes in."""

import pytest

from tests.api.described import description
from tests.api.morning import OPERATIONS

IMPOSSIBLE = ("0001-01-01", "1899-12-31", "9999-12-31")


def properties_of(operation):
    content = OPERATIONS[operation].get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return {}
    name = content["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]
    return description()["components"]["schemas"][name]["properties"]


def is_day(shape):
    return any(one.get("format") == "date" for one in shape.get("anyOf", (shape,)))


def days_of(operation):
    """The fields of a body that take a day, and how one is sent in them."""
    for name, shape in properties_of(operation).items():
        if is_day(shape):
            yield name, lambda day: day
        elif any(is_day(one.get("items", {})) for one in shape.get("anyOf", (shape,))):
            yield name, lambda day: [day]


BESIDES = {
    ("POST /api/v1/job-orders/{order_id}/return", "review_on"): {"cause": "citizen_not_able"},
    ("PATCH /api/v1/job-orders/{order_id}", "starts_on"): {"ends_on": None},
    ("POST /api/v1/job-orders", "starts_on"): {"ends_on": None},
}
"""What a day goes together with; an end before its beginning is another fault."""

DAYS = {operation: found for operation in OPERATIONS if (found := dict(days_of(operation)))}


def test_the_days_of_all_bodies_are_found():
    assert set(DAYS["PATCH /api/v1/citizens/{citizen_id}"]) == {"waiting_since", "not_able_until"}
    assert set(DAYS["POST /api/v1/job-orders"]) == {"received_on", "heard_on", "starts_on", "ends_on"}
    assert set(DAYS["PATCH /api/v1/practices"]) == {"extra_days_off"}
    assert len(DAYS) > 12


@pytest.mark.parametrize("operation", sorted(DAYS))
def test_a_day_that_nobody_can_mean_is_refused_at_its_field(morning, operation):
    ids = morning.ids(operation)
    if operation.endswith("/return"):
        morning.send("POST /api/v1/proposals")
    for name, sent in DAYS[operation].items():
        for day in IMPOSSIBLE:
            told = {name: sent(day), **BESIDES.get((operation, name), {})}
            answer = morning.ask(operation, ids, told)
            assert (answer.status_code, answer.json().get("field")) == (422, name), (name, day, answer.text)
