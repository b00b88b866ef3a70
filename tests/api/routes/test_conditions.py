"""What comes late and what comes twice: `If-Match` and `Idempotency-Key` hold for every change there is."""

from datetime import timedelta

import pytest
import time_machine

from tests.api.described import description
from tests.api.morning import MORNING, OPERATIONS

SCHEMAS = description()["components"]["schemas"]
WRITES = [name for name in OPERATIONS if not name.startswith("GET ")]
POSTS = [name for name in WRITES if name.startswith("POST ")]
SEARCHES = {"POST /api/v1/citizens/search", "POST /api/v1/read-task"}
"""They keep nothing: sent again, they answer again."""

MADE = {
    "POST /api/v1/centres",
    "POST /api/v1/citizens",
    "POST /api/v1/citizens/{citizen_id}/access-requests",
    "POST /api/v1/employers",
    "POST /api/v1/employers/{employer_id}/contacts",
    "POST /api/v1/employers/{employer_id}/contact-reservations",
    "POST /api/v1/imports",
    "POST /api/v1/job-orders",
    "POST /api/v1/lists/{list_id}/reorder",
    "POST /api/v1/proposals",
}
"""What makes a record of its own changes none that anybody can have seen."""

FREE = {"DELETE /api/v1/employers/{employer_id}/contact-reservations/{reservation_id}"}
"""A reserved day is there or not; it never changes."""

AT_A_VERSION = sorted(set(WRITES) - SEARCHES - MADE - FREE)
KEYLESS = SEARCHES | {"POST /api/v1/imports"}
"""The same list sent again changes nothing by itself."""

ONCE = sorted(set(POSTS) - KEYLESS)
OTHER = {
    "note": "Noget andet",
    "reason": "Noget andet",
    "name": "Noget andet",
    "title": "Noget andet",
    "answer": "yes",
    "lat": 55.25,
    "follow_up_on": "2027-04-01",
    "user_id": None,
}
"""One of these fields is in every body, and says something other than its example."""


def headers_of(operation):
    return {
        one["name"].lower() for one in OPERATIONS[operation].get("parameters", ()) if one["in"] == "header"
    }


def other_than_its_example(operation, ids):
    """The ids and fields of another request at the same operation."""
    content = OPERATIONS[operation].get("requestBody", {}).get("content", {})
    if not content:
        return {name: f"{id_}-2" for name, id_ in ids.items()}, {}
    example, shape = content["application/json"]["example"], content["application/json"]["schema"]
    if "$ref" in shape:
        shape = SCHEMAS[shape["$ref"].rsplit("/", 1)[1]]
    name = next(name for name in OTHER if name in shape["properties"])
    assert example.get(name) != OTHER[name]
    return ids, {name: OTHER[name]}


@pytest.mark.parametrize("operation", AT_A_VERSION)
def test_a_change_of_another_state_than_the_one_seen_is_answered_with_the_current_one(morning, operation):
    ids = morning.ids(operation)
    late = morning.ask(operation, ids, If_Match='"77"')
    assert late.status_code == 412, late.text
    assert late.json()["current"]
    on_time = morning.ask(operation, ids, If_Match=late.headers["etag"])
    assert on_time.status_code in (200, 201), on_time.text


@pytest.mark.parametrize("operation", sorted({*SEARCHES, *MADE, *FREE}))
def test_a_version_that_nobody_would_look_at_is_refused(morning, operation):
    ids = morning.ids(operation)
    answer = morning.ask(operation, ids, If_Match='"1"')
    assert (answer.status_code, answer.json()["field"]) == (422, "If-Match")
    assert morning.ask(operation, ids, If_Match="*").status_code in (200, 201)


def test_the_description_names_the_version_wherever_it_counts():
    assert [name for name in WRITES if "if-match" in headers_of(name)] == [
        name for name in WRITES if name in AT_A_VERSION
    ]


LISTS = {f"GET /api/v1/{name}" for name in ("centres", "citizens", "employers", "job-orders", "users")} | {
    "GET /api/v1/proposals",
    "GET /api/v1/employers/{employer_id}/contacts",
}
"""A list has no version; what stands in it has."""


def changed_at(operation):
    """The addresses of what a change is made to: its own, or the one above it."""
    path = operation.split()[1]
    return {f"GET {path}", f"GET {path.rsplit('/', 1)[0]}"}


READ = sorted({name for write in AT_A_VERSION for name in changed_at(write)} & set(OPERATIONS) - LISTS)


@pytest.mark.parametrize("operation", READ)
def test_what_can_be_changed_at_a_version_tells_it(morning, operation):
    assert len(morning.send(operation).headers["etag"].strip('"')) > 0


@pytest.mark.parametrize(
    "operation",
    ["GET /api/v1/proposals/{proposal_id}", "GET /api/v1/employers/{employer_id}/contacts/{contact_id}"],
)
def test_a_proposal_and_a_contact_tell_their_tag(morning, operation):
    ids = morning.ids(operation)
    first = morning.ask(operation, ids).headers["etag"]
    assert morning.ask(operation, ids).headers["etag"] == first
    changed = "contacted" if "proposal" in operation else "settled"
    # a moment later: what counts no versions of its own is told by when it was changed
    with time_machine.travel(MORNING + timedelta(minutes=5), tick=False):
        assert morning.ask(f"POST {operation.split()[1]}/{changed}", ids).status_code == 200
    assert morning.ask(operation, ids).headers["etag"] != first


@pytest.mark.parametrize("operation", ONCE)
def test_a_request_that_comes_again_with_its_key_is_done_once(morning, operation):
    ids = morning.ids(operation)
    first = morning.ask(operation, ids, Idempotency_Key="one")
    again = morning.ask(operation, ids, Idempotency_Key="one")
    assert first.status_code in (200, 201), first.text
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert again.headers.get("etag") == first.headers.get("etag")


@pytest.mark.parametrize("operation", ONCE)
def test_a_key_that_was_used_for_another_request_is_a_conflict(morning, operation):
    ids = morning.ids(operation)
    assert morning.ask(operation, ids, Idempotency_Key="one").status_code in (200, 201)
    others, fields = other_than_its_example(operation, ids)
    answer = morning.ask(operation, others, fields, Idempotency_Key="one")
    assert (answer.status_code, answer.json()["field"]) == (409, "Idempotency-Key")


@pytest.mark.parametrize("operation", sorted(KEYLESS))
def test_a_key_that_nobody_would_look_at_is_refused(morning, operation):
    ids = morning.ids(operation)
    answer = morning.ask(operation, ids, Idempotency_Key="one")
    assert (answer.status_code, answer.json()["field"]) == (422, "Idempotency-Key")


def test_the_description_names_the_key_wherever_it_counts():
    assert {name for name in OPERATIONS if "idempotency-key" in headers_of(name)} == set(ONCE)


ANSWERS = {
    "POST /api/v1/job-orders/{order_id}/answers": "order_id",
    "POST /api/v1/employers/{employer_id}/answers": "employer_id",
}


@pytest.mark.parametrize("operation", ANSWERS)
def test_the_same_answer_again_makes_no_new_version(morning, operation):
    ids = morning.ids(operation)
    first = morning.ask(operation, ids).json()["version"]
    assert morning.ask(operation, ids).json()["version"] == first
    changed = morning.ask(operation, ids, {"answer": "yes"})
    assert changed.json()["version"] == first + 1


PATCHES = sorted(name for name in WRITES if name.startswith("PATCH "))


@pytest.mark.parametrize("operation", PATCHES)
def test_a_patch_that_says_nothing_makes_no_version(morning, operation):
    ids = morning.ids(operation)
    first = morning.ask(operation, ids).json()["version"]
    assert morning.ask(operation, ids).json()["version"] == first
    nothing = morning.client.request(
        "PATCH", operation.split()[1].format(**ids), headers=morning.headers(operation), json={}
    )
    assert (nothing.status_code, nothing.json()["version"]) == (200, first)


EXPLAINED = "/api/v1/job-orders/order-0370-01/explanations/citizen-0370-01"


@pytest.mark.parametrize("objects", [False, True])
def test_who_objects_to_being_ranked_is_explained_without_points(morning, objects):
    told = morning.headers("GET /api/v1/citizens")
    citizen = "/api/v1/citizens/citizen-0370-01"
    change = morning.client.patch(citizen, headers=told, json={"objects_to_ranking": objects})
    assert change.status_code == 200
    shown = morning.client.get(EXPLAINED, headers=told).json()
    numbers = [shown["score"], *(part["lost"] for part in shown["parts"])]
    assert all(number is None for number in numbers) is objects
    assert any(part["reason"] for part in shown["parts"])
