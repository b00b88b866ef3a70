"""Næstved: a hotline for firms, parish councils that find tasks, and a call about somebody who is employed.

"Jobcenter Næstved har en telefon-hotline til virksomheder, der har behov for hjælp - Dette gælder også, hvis
det drejer sig om en medarbejder, som har socialt frikort." The card's name never reaches a firm from here.
"""

from datetime import datetime, timedelta

import pytest
import time_machine

from matching.times import DENMARK_TIME
from tests.api.scenarios.people import Town, names, titles

CENTRE = {"lat": 55.2299, "lon": 11.7609}
CHURCH, NURSERY = {"lat": 55.2350, "lon": 11.7700}, {"lat": 55.2260, "lon": 11.7500}
CHURCHYARD = "Rive blade og feje stier på kirkegården, onsdag 9-12, 3 timer om ugen"
MONDAY = datetime(2026, 11, 2, 10, 20, tzinfo=DENMARK_TIME)


@pytest.fixture
def town(naestved: Town) -> dict[str, str]:
    """A drop-in centre and two citizens of the consultant's; a nursery and a church that are known."""
    consultant = naestved.consultant
    ids = {"centre": naestved.coordinator.adds("centres", name="Åhaven", place=CENTRE)["id"]}
    for name, since in (("Bente", "2026-02-01"), ("Ole", "2026-09-01")):
        anchors = [{"centre_id": ids["centre"]}]
        said = {"name": f"{name} Eksempel", "anchors": anchors, "waiting_since": since}
        ids[name.lower()] = consultant.adds("citizens", **said)["id"]
    for name, place in (("church", CHURCH), ("nursery", NURSERY)):
        ids[name] = consultant.adds("employers", name=name, place=place, phone="00 37 00 01")["id"]
    return ids


def of_the_parish_council(naestved: Town, town: dict[str, str], **said: object) -> dict[str, object]:
    told = {"employer_id": town["church"], "title": "Kirkegården", "text": CHURCHYARD}
    told |= {"channel": "meeting", "origin": "parish_council"}
    return naestved.consultant.adds("job-orders", **{**told, **said})


def test_the_hotline_takes_the_firm_s_own_words_and_says_how_they_are_understood(naestved, town):
    with time_machine.travel(MONDAY, tick=False):
        order = naestved.consultant.adds(
            "job-orders",
            employer_id=town["nursery"],
            title="Hjælp i planteskolen",
            text="Vande planter og pakke ordrer, ikke noget med maskiner, fredag 9-11",
            channel="phone",
            origin="employer",
        )
    assert (order["state"], order["channel"], order["origin"]) == ("received", "phone", "employer")
    assert order["received_on"] == "2026-11-02"
    assert order["taken_by"] == naestved.consultant.user_id
    assert order["reading"]["proposed"]["demands"]["machines"]["answer"] == "no"
    assert (order["activities"], order["reading"]["confirmed"]) == ({}, None)
    # who rings for help may be rung back
    assert naestved.consultant.sees(f"employers/{town['nursery']}")["contact_basis"] == "inbound_order"


def test_what_nobody_has_confirmed_of_the_words_answers_nothing(naestved, town):
    consultant, path = naestved.consultant, f"citizens/{town['bente']}/shortlist"
    consultant.changes(f"citizens/{town['bente']}", avoids=["machines"])
    order = of_the_parish_council(naestved, town, text=f"{CHURCHYARD}, uden maskiner")
    seen = consultant.sees(path)
    assert titles(seen) == []
    [asked] = seen["ask"]["items"]
    assert [question["about"] for question in asked["questions"]] == ["avoids:machines"]
    confirmed = {"activities": {"green": 1}, "demands": {"machines": "no"}}
    consultant.changes(f"job-orders/{order['id']}", state="open", **confirmed)
    assert titles(consultant.sees(path)) == ["Kirkegården"]


def test_a_parish_council_s_task_keeps_where_it_came_from_until_it_is_filled(naestved, town):
    consultant = naestved.consultant
    order = of_the_parish_council(naestved, town, activities={"green": 1}, received_on="2026-11-02")
    assert (order["state"], order["origin"]) == ("open", "parish_council")
    assert names(consultant.sees(f"job-orders/{order['id']}/candidates")) == [
        "Bente Eksempel",
        "Ole Eksempel",
    ]
    proposal = consultant.adds("proposals", citizen_id=town["bente"], order_id=order["id"])
    consultant.records(f"proposals/{proposal['id']}/accepted", through="citizen")
    kept = consultant.sees(f"job-orders/{order['id']}")
    assert (kept["state"], kept["origin"], kept["channel"]) == ("filled", "parish_council", "meeting")


def test_a_source_or_a_way_in_that_nobody_knows_is_refused_by_name(naestved, town):
    told = {"employer_id": town["church"], "title": "Kirkegården"}
    wrong = naestved.consultant.told(422, "POST", "job-orders", **told, origin="parish_counsel")
    assert (wrong["field"], "parish_council" in wrong["remedy"]) == ("origin", True)
    assert naestved.consultant.told(422, "POST", "job-orders", **told, channel="fax")["field"] == "channel"


def test_a_call_about_somebody_who_is_employed_finds_who_it_is_and_whom_to_ring(naestved, town):
    consultant = naestved.consultant
    order = of_the_parish_council(naestved, town, activities={"green": 1})
    link = {"through": "drop_in_centre", "name": "Åhavens vagttelefon", "number": "00 37 00 12"}
    consultant.changes(f"citizens/{town['bente']}/contact-chain", method="PUT", links=[link])
    proposal = consultant.adds("proposals", citizen_id=town["bente"], order_id=order["id"])
    consultant.records(f"proposals/{proposal['id']}/accepted")
    [theirs] = consultant.sees(f"proposals?order_id={order['id']}&state=accepted")["items"]
    assert theirs["citizen"]["name"] == "Bente Eksempel"
    assert theirs["chain"][0]["number"] == "00 37 00 12"
    # the call is written down: no order is opened for it, no clock starts, and it wears nobody out
    call = {"kind": "call", "by_employer": True, "about": "employee", "order_id": order["id"]}
    said = {
        "citizen_id": town["bente"],
        "note": "Må gerne komme en time senere",
        "follow_up_on": str(datetime.now(DENMARK_TIME).date() + timedelta(days=60)),
    }
    kept = consultant.adds(f"employers/{town['church']}/contacts", **call, **said)
    assert (kept["about"], kept["citizen"]["name"]) == ("employee", "Bente Eksempel")
    assert consultant.sees(f"employers/{town['church']}/contacts")["limit"]["taken"] == []
    assert consultant.sees(f"job-orders/{order['id']}/clock-pauses")["running"] is False


def test_a_call_about_somebody_employed_is_read_by_a_colleague_without_a_word_of_it(naestved, town):
    path = f"employers/{town['church']}/contacts"
    call = {"kind": "call", "by_employer": True, "about": "employee", "citizen_id": town["bente"]}
    naestved.consultant.adds(path, **call, note="Kom ikke i dag")
    [seen] = naestved.colleague.sees(path)["items"]
    assert (seen["citizen"]["initials"], seen["citizen"]["name"], seen["note"]) == ("B.E.", None, "")
    naestved.colleague.told(403, "POST", path, **call)


def test_a_colleague_on_the_hotline_sees_that_somebody_is_there_and_not_who(naestved, town):
    order = of_the_parish_council(naestved, town, activities={"green": 1})
    proposal = naestved.consultant.adds(
        "proposals", citizen_id=town["bente"], order_id=order["id"], note="Vil helst i fred"
    )
    naestved.consultant.records(f"proposals/{proposal['id']}/accepted")
    [seen] = naestved.colleague.sees(f"proposals?order_id={order['id']}&state=accepted")["items"]
    assert (seen["citizen"]["name"], seen["citizen"]["initials"], seen["note"]) == (None, "B.E.", "")
    naestved.colleague.told(403, "POST", f"proposals/{proposal['id']}/withdrawn")
    # so that the one who knows can be asked
    assert naestved.colleague.sees(f"citizens/{town['bente']}/assignments")["users"] == [
        naestved.consultant.user_id
    ]


def test_an_employment_that_has_ended_gives_the_place_to_the_next(naestved, town):
    consultant = naestved.consultant
    order = of_the_parish_council(naestved, town, activities={"green": 1})
    proposal = consultant.adds("proposals", citizen_id=town["bente"], order_id=order["id"])
    consultant.records(f"proposals/{proposal['id']}/accepted")
    consultant.told(409, "POST", "proposals", citizen_id=town["ole"], order_id=order["id"])
    consultant.records(f"proposals/{proposal['id']}/withdrawn", note="Har fået fleksjob")
    assert consultant.sees(f"job-orders/{order['id']}")["state"] == "open"
    assert consultant.adds("proposals", citizen_id=town["ole"], order_id=order["id"])["state"] == "proposed"


def test_an_order_without_a_firm_that_is_registered_is_refused_with_the_way_out(naestved, town):
    told = naestved.consultant.told(422, "POST", "job-orders", employer_id="nobody", title="Rive blade")
    assert (told["field"], told["remedy"]) == ("employer_id", "Register the employer first.")
