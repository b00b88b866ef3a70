"""An employer's yes and no over HTTP: felt in the next list, said in words, telling of nobody else."""

from datetime import datetime

import pytest

from geo import Point
from matching import Anchor, Catalogue, Citizen, JobOrder, shortlist
from matching.times import DENMARK_TIME

SQUARE = {"lat": 55.2306, "lon": 11.7605}
NO = {"declined_by": "employer", "reason": "task"}


@pytest.fixture
def world(service):
    """Anna and Bent of the consultant's, Carla of a colleague's; two orders of one employer."""
    made = service.made
    ids = {"centre": made("coordinator", "centres", {"name": "Havnen", "place": SQUARE})["id"]}
    anchors = [{"centre_id": ids["centre"]}]
    for name, who in (("anna", "consultant"), ("bent", "consultant"), ("carla", "colleague")):
        ids[name] = made(who, "citizens", {"name": f"{name.title()} Holm", "anchors": anchors})["id"]
    for name in ("garden", "kitchen"):
        ids[f"{name}_employer"] = made("consultant", "employers", {"name": name.title(), "place": SQUARE})[
            "id"
        ]
    for name, employer in (("garden", "garden"), ("hedge", "garden"), ("kitchen", "kitchen")):
        order = {"title": name, "employer_id": ids[f"{employer}_employer"], "activities": {"green": 1}}
        ids[name] = made("consultant", "job-orders", {**order, "places": 3})["id"]
    return ids


def came(service, world, name, order, outcome, who="consultant", **said):
    body = {"citizen_id": world[name], "order_id": world[order], "started_from": "citizen"}
    made = service.made(who, "proposals", body)
    answer = service.ask(who, "POST", f"/api/v1/proposals/{made['id']}/{outcome}", said)
    assert answer.status_code == 200, answer.text
    return made["id"]


def listed(service, world, language="da"):
    """Anna's list by title: the score, and what is said of the employer's openness."""
    path = f"/api/v1/citizens/{world['anna']}/shortlist"
    items = service.ask("consultant", "GET", path, Accept_Language=language).json()["items"]
    return {
        item["title"]: (item["score"], item["parts"][3]["value"], item["parts"][3]["reason"])
        for item in items
    }


def test_a_recorded_no_lowers_the_employer_s_tasks_in_the_next_list(service, world):
    before = listed(service, world)
    assert {told[2] for told in before.values()} == {"Ny virksomhed, ingen svar endnu"}
    came(service, world, "bent", "garden", "declined", **NO)
    after = listed(service, world)
    assert after["kitchen"] == before["kitchen"]
    for title in ("garden", "hedge"):
        assert after[title][0] < before[title][0]
        assert after[title][1:] == (0.4, "Virksomhedens tidligere svar: 0 ja, 1 nej")
    assert list(after)[0] == "kitchen"


def test_a_recorded_yes_raises_them(service, world):
    before = listed(service, world)
    came(service, world, "bent", "garden", "accepted")
    after = listed(service, world)
    assert after["hedge"][0] > before["hedge"][0]
    assert after["hedge"][1:] == (0.6, "Virksomhedens tidligere svar: 1 ja, 0 nej")
    assert listed(service, world, "en")["hedge"][2] == "Employer's earlier answers: 1 yes, 0 no"
    assert after["kitchen"] == before["kitchen"]


def test_a_citizen_s_no_and_a_citizen_who_is_not_able_move_nothing(service, world):
    before = listed(service, world)
    came(service, world, "bent", "garden", "declined", declined_by="citizen", reason="task")
    came(service, world, "bent", "hedge", "not-able-now")
    assert listed(service, world) == before


def test_the_score_is_that_of_a_notebook_with_the_same_answers_to_the_last_digit(service, world):
    came(service, world, "bent", "garden", "accepted")
    came(service, world, "bent", "hedge", "declined", **NO)
    anna = Citizen(id="c-1", anchors=[Anchor(Point(**SQUARE), "drop_in_centre")])
    order = JobOrder(
        id="o-1", activities={"green": 1}, place=Point(**SQUARE), places=2, employer_yes=1, employer_no=1
    )
    today = datetime.now(DENMARK_TIME).date()
    alone = shortlist(anna, Catalogue.from_orders([order]), on=today)
    assert listed(service, world)["hedge"][0] == alone.items["score"][0]


def test_of_a_colleague_s_citizen_a_list_tells_what_the_employer_said_and_nothing_else(service, world):
    made = came(service, world, "carla", "garden", "declined", who="colleague", **NO)
    seen = service.ask("consultant", "GET", f"/api/v1/proposals/{made}").json()
    assert (seen["declined_by"], seen["reason"], seen["citizen"].get("name")) == (None, None, None)
    no = listed(service, world)
    assert no["hedge"][2] == "Virksomhedens tidligere svar: 0 ja, 1 nej"
    # whatever else came of Carla's next suggestions, nobody reads it off a list
    came(service, world, "carla", "hedge", "declined", who="colleague", declined_by="citizen", reason="pay")
    came(
        service,
        world,
        "carla",
        "hedge",
        "declined",
        who="colleague",
        declined_by="employer",
        reason="not_answered",
    )
    came(service, world, "carla", "hedge", "not-able-now", who="colleague")
    assert listed(service, world) == no
