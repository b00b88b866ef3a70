"""The calls over HTTP: what a program is told of them, and what it is not."""

import pytest

from tests.api.pages.test_first_calls import town

__all__ = ["town"]
CALLS = "/api/v1/calls"


def test_the_calls_say_whom_they_are_for_and_what_to_say(service, town):
    found = service.ask("consultant", "GET", CALLS).json()
    (call,) = found["calls"]
    assert (found["waiting"], found["served"], found["unlocked"], found["at_most"]) == (3, 0, 3, 3)
    assert call["employer"] == {"id": town["gardener"], "name": "Gartneren"}
    assert (call["kind"], call["phone"], call["reaches"], call["unlocks"]) == (
        "employers",
        "+45 55 55 12 12",
        3,
        3,
    )
    assert call["citizens"] == [
        {"id": town["Anna Holm"], "initials": "A.H.", "name": "Anna Holm"},
        {"id": town["Bo Bæk"], "initials": "B.B.", "name": "Bo Bæk"},
    ]
    assert (call["others"], call["ask_for"]) == (1, ["weed beds", "rake leaves", "trim hedges"])
    assert [one["employer"]["name"] for one in found["further"]] == ["Planteskolen", "Baren"]
    (asked,) = found["further"][1]["questions"]
    assert (asked["about"], asked["job_order"]) == ("avoids:alcohol_present", None)
    assert "alcohol" in asked["text"]


def test_who_is_not_open_to_the_caller_is_a_number_and_nothing_else(service, town):
    answer = service.ask("coordinator", "GET", CALLS)
    (call,) = answer.json()["calls"]
    assert (call["citizens"], call["others"]) == ([], 3)
    assert not [word for word in (town["Anna Holm"], "Anna", "A.H.") if word in answer.text]


def test_as_many_calls_come_as_are_asked_for(service, town):
    found = service.ask("consultant", "GET", f"{CALLS}?k=2&least_points=50").json()
    assert (len(found["calls"]), len(found["further"]), found["least_points"]) == (1, 1, 50)


def test_another_municipality_is_told_of_nobody(service, town):
    found = service.ask("away", "GET", CALLS).json()
    assert (found["waiting"], found["served"], found["calls"], found["further"]) == (0, 0, [], [])


@pytest.mark.parametrize("query", ["k=0", "k=21", "least_points=101", "least_points=nan", "ranked=no"])
def test_what_cannot_be_asked_for_is_refused_by_its_name(service, query):
    answer = service.ask("consultant", "GET", f"{CALLS}?{query}")
    assert (answer.status_code, answer.json()["field"]) == (422, query.partition("=")[0])
