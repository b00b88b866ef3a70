"""Holstebro: a firm brings a job order, and the citizen is contacted within three working days.

"Hvis borgeren er kendt i socialafdelingen, bliver der i afdelingen sørget for, at fx bosted eller værested,
som borgeren er tilknyttet, tager kontakten til borgeren. Er borgeren i en tilstand, hvor han eller hun på det
pågældende tidspunkt ikke er i stand til at udføre jobbet, bliver jobordren sendt retur." The firm calls on
the Wednesday before Easter 2027: Thursday, Friday and Monday are holidays.
"""

from datetime import datetime

import pytest
import time_machine

from matching.times import DENMARK_TIME
from tests.api.scenarios.people import Town, names, titles

HOUSING = {"lat": 56.3652, "lon": 8.6098}
FIRM = {"lat": 56.3601, "lon": 8.6161}
WORDS = (
    "Vi skal have fejet gårdsplads og luget bede, tirsdag og torsdag 10-12, 4 timer om ugen, 145 kr. i timen"
)
TASK = {"activities": {"green": 0.5, "outdoor_upkeep": 0.5}, "times": ["tue 10-12", "thu 10-12"]}


def on(day: str) -> time_machine.travel:
    """A moment of the Danish clock, which then stands still."""
    return time_machine.travel(datetime.fromisoformat(day).replace(tzinfo=DENMARK_TIME), tick=False)


@pytest.fixture
def town(holstebro: Town) -> dict[str, str]:
    """Viggo, who lives in supported housing, and Else, who waits for a task as well."""
    consultant, coordinator = holstebro.consultant, holstebro.coordinator
    home = coordinator.adds("centres", name="Hedelyng", kind="supported_housing", place=HOUSING)["id"]
    ids = {"housing": home}
    for name, since in (("Viggo", "2026-05-02"), ("Else", "2026-11-01")):
        citizen = consultant.adds(
            "citizens",
            name=f"{name} Eksempel",
            anchors=[{"kind": "supported_housing", "centre_id": home}],
            waiting_since=since,
        )
        ids[name.lower()] = citizen["id"]
    link = {"through": "supported_housing", "means": "visit", "name": "Kontaktpersonen", "centre_id": home}
    consultant.changes(f"citizens/{ids['viggo']}/contact-chain", method="PUT", links=[link])
    coordinator.records(f"citizens/{ids['viggo']}/assignments", user_id=holstebro.housing_staff.user_id)
    ids["firm"] = consultant.adds("employers", name="Vognmanden", place=FIRM)["id"]
    return ids


def taken_down(holstebro: Town, town: dict[str, str]) -> str:
    """The order as it came by telephone on the Wednesday before Easter, confirmed by the consultant."""
    with on("2027-03-24T09:15"):
        told = {"employer_id": town["firm"], "title": "Gårdsplads og bede", "text": WORDS, "channel": "phone"}
        order = holstebro.consultant.adds("job-orders", **told)
        assert order["state"] == "received"
        assert order["reading"]["proposed"]["pay_dkk_per_hour"]["value"] == 145
        holstebro.consultant.changes(f"job-orders/{order['id']}", state="open", **TASK)
    return str(order["id"])


def suggested(holstebro: Town, town: dict[str, str], order: str, who: str = "viggo") -> str:
    made = holstebro.consultant.adds("proposals", citizen_id=town[who], order_id=order)
    return str(made["id"])


def test_the_three_working_days_reach_over_easter(holstebro, town):
    order = taken_down(holstebro, town)
    with on("2027-03-24T10:00"):
        clock = holstebro.consultant.sees(f"job-orders/{order}/clock-pauses")
        # Tuesday, Wednesday and Thursday count, by summer time
        assert (clock["running"], clock["contact_by"]) == (True, "2027-04-01T23:59:00+02:00")
        candidates = holstebro.consultant.sees(f"job-orders/{order}/candidates")
        assert names(candidates) == ["Viggo Eksempel", "Else Eksempel"]
        assert {item["contact_by"] for item in candidates["items"]} == {"2027-04-01T23:59:00+02:00"}
        by_name = {item["citizen"]["name"]: item["chain"] for item in candidates["items"]}
        assert [link["through"] for link in by_name["Viggo Eksempel"]] == ["supported_housing"]
        assert by_name["Else Eksempel"] == []


@pytest.mark.parametrize(
    ("moment", "overdue"),
    [("2027-03-29T12:00", False), ("2027-04-01T23:58", False), ("2027-04-02T00:01", True)],
    ids=["Easter Monday", "the last minute", "the day after"],
)
def test_it_is_too_late_after_the_third_working_day_and_not_before(holstebro, town, moment, overdue):
    order = taken_down(holstebro, town)
    with on("2027-03-24T10:00"):
        proposal = suggested(holstebro, town, order)
    with on(moment):
        seen = holstebro.consultant.sees(f"proposals/{proposal}")
        assert (seen["overdue"], seen["contact_by"]) == (overdue, "2027-04-01T23:59:00+02:00")


def test_a_contact_that_comes_too_late_still_counts_as_one(holstebro, town):
    order = taken_down(holstebro, town)
    with on("2027-03-24T10:00"):
        proposal = suggested(holstebro, town, order)
    with on("2027-04-06T09:00"):
        spoken = holstebro.housing_staff.records(
            f"proposals/{proposal}/contacted", through="supported_housing"
        )
        assert (spoken["overdue"], spoken["contact_by"]) == (False, None)
        assert holstebro.consultant.sees(f"job-orders/{order}/clock-pauses")["running"] is False


def test_the_supported_housing_makes_the_contact_with_the_citizen_it_knows(holstebro, town):
    order = taken_down(holstebro, town)
    with on("2027-03-30T13:00"):
        viggo, else_ = (suggested(holstebro, town, order, who) for who in ("viggo", "else"))
        staff = holstebro.housing_staff
        [seen] = staff.sees("proposals")["items"]
        assert (seen["citizen"]["name"], seen["chain"][0]["name"]) == ("Viggo Eksempel", "Kontaktpersonen")
        spoken = staff.records(f"proposals/{viggo}/contacted", through="supported_housing")
        assert spoken["contacted_through"] == "supported_housing"
        # Else is not theirs, and so does not exist for them
        staff.told(404, "POST", f"proposals/{else_}/contacted", through="supported_housing")
        staff.told(403, "GET", f"job-orders/{order}")
        [line] = holstebro.consultant.sees(f"proposals/{viggo}/moves")["items"][1:]
        assert (line["by"], line["cause"]) == (staff.user_id, "supported_housing")


def test_who_is_not_able_now_sends_the_order_back_and_the_next_are_shown_at_once(holstebro, town):
    consultant, order = holstebro.consultant, taken_down(holstebro, town)
    with on("2027-03-24T10:00"):
        viggo = suggested(holstebro, town, order)
    with on("2027-03-30T14:30"):
        back = consultant.records(
            f"job-orders/{order}/return",
            cause="citizen_not_able",
            note="Har brug for ro",
            review_on="2027-04-13",
        )
        assert back["job_order"]["state"] == "returned"
        assert names(back["candidates"]) == ["Else Eksempel"]
        # a clock of its own: Wednesday, Thursday, Friday
        assert back["clock"]["contact_by"] == "2027-04-02T23:59:00+02:00"
        assert back["clock"]["running"] is True
        assert consultant.sees(f"proposals/{viggo}")["state"] == "not_able_now"
        next_one = suggested(holstebro, town, order, "else")
        assert consultant.sees(f"job-orders/{order}")["state"] == "open"
        assert consultant.sees(f"proposals/{next_one}")["contact_by"] == "2027-04-02T23:59:00+02:00"
    with on("2027-03-31T10:00"):
        assert consultant.records(f"proposals/{next_one}/accepted", through="caseworker")["overdue"] is False
        assert consultant.sees(f"job-orders/{order}")["state"] == "filled"
        states = [line["after"] for line in consultant.sees(f"job-orders/{order}/moves")["items"]]
        assert states == ["received", "open", "returned", "open", "filled"]


def test_a_bad_day_leaves_nothing_behind_when_it_is_over(holstebro, town):
    consultant, order = holstebro.consultant, taken_down(holstebro, town)
    with on("2027-03-30T14:30"):
        before = names(consultant.sees(f"job-orders/{order}/candidates"))
        suggested(holstebro, town, order)
        consultant.records(f"job-orders/{order}/return", cause="citizen_not_able", review_on="2027-04-13")
    with on("2027-04-12T12:00"):
        resting = consultant.sees(f"job-orders/{order}/candidates")
        assert (names(resting), resting["not_able_now"]) == (["Else Eksempel"], 1)
        told = consultant.told(422, "POST", "proposals", citizen_id=town["viggo"], order_id=order)
        assert told["field"] == "citizen_id"
    with on("2027-04-13T08:00"):
        assert names(consultant.sees(f"job-orders/{order}/candidates")) == before
        suggested(holstebro, town, order)
        assert titles(consultant.sees(f"citizens/{town['viggo']}/shortlist")) == ["Gårdsplads og bede"]


def test_a_firm_that_is_closed_over_easter_lets_the_clock_stand_still(holstebro, town):
    consultant, order = holstebro.consultant, taken_down(holstebro, town)
    path = f"job-orders/{order}/clock-pauses"
    with on("2027-03-24T12:00"):
        consultant.told(422, "POST", path, reason="")
        paused = consultant.adds(path, reason="Vognmanden holder lukket til den 5. april")
        assert (paused["paused"], paused["contact_by"]) == (True, None)
    with on("2027-04-02T09:00"):
        proposal = suggested(holstebro, town, order)
        assert consultant.sees(f"proposals/{proposal}")["overdue"] is False
    with on("2027-04-05T08:00"):
        clock = consultant.changes(path, method="DELETE")
        assert clock["contact_by"] == "2027-04-07T23:59:00+02:00"


def test_an_order_that_is_filled_cannot_be_sent_back(holstebro, town):
    consultant, order = holstebro.consultant, taken_down(holstebro, town)
    with on("2027-03-30T14:30"):
        consultant.records(f"proposals/{suggested(holstebro, town, order)}/accepted")
        assert consultant.told(409, "POST", f"job-orders/{order}/return", cause="other")["field"] == "state"


def test_nobody_outside_the_municipality_can_send_it_back(holstebro, vejle, town):
    order = taken_down(holstebro, town)
    vejle.consultant.told(404, "POST", f"job-orders/{order}/return", cause="no_candidate")
    holstebro.housing_staff.told(403, "POST", f"job-orders/{order}/return", cause="no_candidate")
