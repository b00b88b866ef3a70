"""A list is put into another order with a reason: what it was and became is kept, and no score moves."""

import pytest

from api.store.tables import ReorderRow
from tests.api.service import service, settings

__all__ = ["service", "settings"]


@pytest.fixture
def read(service):
    """Anna's list of two tasks, as the consultant was shown it."""
    made = service.made
    place = {"lat": 55.2306, "lon": 11.7605}
    centre = made("coordinator", "centres", {"name": "Havnen", "place": place})["id"]
    anna = made("consultant", "citizens", {"name": "Anna", "anchors": [{"centre_id": centre}]})["id"]
    employer = made("consultant", "employers", {"name": "Gartneriet", "place": place})["id"]
    for title in ("Luge bede", "Feje gård"):
        made("consultant", "job-orders", {"title": title, "employer_id": employer})
    return service.ask("consultant", "GET", f"/api/v1/citizens/{anna}/shortlist").json()


def reorder(service, read, who="consultant", **changes):
    shown = [item["id"] for item in read["items"]]
    body = {
        "citizen_id": read["citizen"],
        "shown": shown,
        "order": shown[::-1],
        "reason": "Har talt med stedet",
    }
    return service.ask(who, "POST", f"/api/v1/lists/{read['list']}/reorder", body | changes)


def test_what_a_list_was_and_became_is_kept_with_the_reason(service, read):
    answer = reorder(service, read)
    assert answer.status_code == 201
    kept = answer.json()
    shown = [item["id"] for item in read["items"]]
    assert (kept["list"], kept["shown"], kept["order"]) == (read["list"], shown, shown[::-1])
    assert kept["reason"] == "Har talt med stedet"
    again = service.ask("consultant", "GET", f"/api/v1/citizens/{read['citizen']}/shortlist").json()
    assert [(item["id"], item["score"]) for item in again["items"]] == [
        (item["id"], item["score"]) for item in read["items"]
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"order": ["a", "b"]},
        {"reason": ""},
        {"shown": ["a", "b"], "order": ["a", "b"]},
        {"shown": ["a", "a"]},
    ],
)
def test_an_order_of_something_else_or_without_a_reason_is_refused(service, read, changes):
    assert reorder(service, read, **changes).status_code == 422
    with service.store.unit(read_only=True) as unit:
        assert unit.session.query(ReorderRow).count() == 0


def test_a_list_that_somebody_else_was_shown_is_not_there(service, read):
    path = f"/api/v1/citizens/{read['citizen']}/assignments"
    user = {"user_id": service.user_ids["colleague"]}
    assert service.ask("coordinator", "POST", path, user).status_code == 200
    assert reorder(service, read, "colleague").status_code == 404
