"""What is due over HTTP: shown with where it is dealt with, and the unhappy ways of asking."""

import pytest

from tests.api.routes.test_proposals import came, propose, world

__all__ = ["world"]
DUE = "/api/v1/due"


@pytest.fixture(autouse=True)
def answered(service, world):
    """Everything that the practice asks of an employer is known, so that nothing is to be asked."""
    path = f"/api/v1/employers/{world['employer']}/answers"
    for about in ("contact_person", "machines", "heavy_lifting", "alcohol_present"):
        said = {"about": about, "answer": "yes"}
        assert service.ask("consultant", "POST", path, said).status_code == 200


def test_a_suggestion_is_due_with_its_deadline_and_where_to_go(service, world):
    made = propose(service, world, "anna").json()
    found = service.ask("consultant", "GET", DUE).json()
    (item,) = found["items"]
    assert (item["kind"], item["id"], item["why"]) == ("proposal_deadline", made["id"], "your_citizen")
    assert item["by"] == made["contact_by"]
    assert item["citizen"] == {"id": world["anna"], "initials": "A.H.", "name": "Anna Holm"}
    assert (item["title"], item["employer"], item["employer_name"]) == (
        "Luge bede",
        world["employer"],
        "Gartneriet",
    )
    assert service.ask("consultant", "GET", item["href"]).json()["id"] == made["id"]
    assert (found["total"], found["overdue"], found["counts"]) == (1, 0, {"proposal_deadline": 1})
    came(service, made, "contacted")
    assert service.ask("consultant", "GET", DUE).json()["items"] == []


def test_an_order_without_a_suggestion_leads_to_the_order(service, world):
    (item,) = service.ask("consultant", "GET", DUE).json()["items"]
    assert (item["kind"], item["citizen"]) == ("order_deadline", None)
    assert service.ask("consultant", "GET", item["href"]).json()["id"] == world["order"]


def test_a_colleague_asks_for_the_municipality_and_sees_initials(service, world):
    propose(service, world, "anna")
    assert service.ask("colleague", "GET", DUE).json()["items"] == []
    answer = service.ask("colleague", "GET", f"{DUE}?whose=municipality")
    assert answer.json()["items"][0]["citizen"]["name"] is None
    assert "Anna" not in answer.text
    assert service.ask("away", "GET", f"{DUE}?whose=municipality").json()["items"] == []


def test_centre_staff_may_not_ask_for_the_municipality(service, world):
    assert service.ask("centre_staff", "GET", DUE).json()["total"] == 0
    assert service.ask("centre_staff", "GET", f"{DUE}?whose=municipality").status_code == 403


@pytest.mark.parametrize("asked", ["limit=0", "limit=201", "limit=x", "whose=all"])
def test_what_cannot_be_asked_is_refused(service, asked):
    assert service.ask("consultant", "GET", f"{DUE}?{asked}").status_code == 422
