"""Vejle: a consultant starts from nearness to the drop-in centre, and looks for who might give small tasks.

"Det kan fx godt være, at man ikke kan lave maskinarbejde, men måske er det i stedet muligt at udføre
havearbejde på udendørsarealer omkring virksomheden." What is agreed needs "håndholdt hjælp" by somebody who
knows both.
"""

import pytest

from tests.api.scenarios.people import Town, names, titles

CENTRE = {"lat": 55.7093, "lon": 9.5357}
CLOSE, ACROSS_TOWN, OUTSIDE = (
    {"lat": 55.7120, "lon": 9.5400},
    {"lat": 55.7220, "lon": 9.5650},
    {"lat": 55.8300, "lon": 9.7900},
)
STEEN = {
    "name": "Steen Aage Eksempel",
    "attitudes": {"green": "gladly", "machine_work": "cannot"},
    "avoids": ["machines"],
    "needs": ["contact_person"],
    "mode": "walk",
    "max_minutes": 45,
    "waiting_since": "2026-08-03",
}
AT_THE_FIRM = {"supports": {"contact_person": "yes"}, "demands": {"machines": "yes"}}


@pytest.fixture
def town(vejle: Town) -> dict[str, str]:
    """A drop-in centre, Steen who comes there, and three firms: one around the corner, two further off."""
    consultant = vejle.consultant
    ids = {"centre": vejle.coordinator.adds("centres", name="Midtpunktet", place=CENTRE)["id"]}
    ids["steen"] = consultant.adds("citizens", **STEEN, anchors=[{"centre_id": ids["centre"]}])["id"]
    for firm, place, known in (
        ("contractor", CLOSE, AT_THE_FIRM),
        ("nursery", ACROSS_TOWN, {"supports": {"contact_person": "yes"}}),
        ("estate", OUTSIDE, {"supports": {"contact_person": "yes"}}),
    ):
        ids[firm] = consultant.adds("employers", name=firm, place=place, **known)["id"]
    for title, firm, activity, answers in (
        ("Operate the plate compactor", "contractor", "machine_work", {"machines": "yes"}),
        ("Keep the grounds around the firm", "contractor", "green", {"machines": "no"}),
        ("Weed the nursery", "nursery", "green", {"machines": "no"}),
        ("Clear the estate", "estate", "green", {"machines": "no"}),
    ):
        order = {"title": title, "employer_id": ids[firm], "activities": {activity: 1}, "demands": answers}
        ids[title] = consultant.adds("job-orders", **order)["id"]
    return ids


def test_who_cannot_do_the_machine_work_is_shown_the_garden_work_at_the_same_firm(vejle, town):
    found = vejle.consultant.sees(f"citizens/{town['steen']}/shortlist")
    assert titles(found) == ["Keep the grounds around the firm", "Weed the nursery"]
    nearest = found["items"][0]
    assert nearest["travel"]["anchor"] == "drop_in_centre"
    assert nearest["parts"][0]["reason"] == "0.5 km from Midtpunktet, 7 min. on foot"
    assert nearest["travel"]["minutes"] < found["items"][1]["travel"]["minutes"] <= 45
    left_out = {item["id"]: item for item in found["excluded"]["items"]}
    assert left_out[town["Operate the plate compactor"]]["rules"] == [
        "attitude:machine_work",
        "avoids:machines",
    ]
    assert left_out[town["Clear the estate"]]["rules"] == ["max_minutes"]


def test_a_lift_opens_what_is_too_far_to_walk_and_the_citizen_is_left_as_she_is(vejle, town):
    path = f"citizens/{town['steen']}/shortlist"
    assert "Clear the estate" in titles(vejle.consultant.sees(f"{path}?mode=lift"))
    assert "Clear the estate" not in titles(vejle.consultant.sees(path))


def test_when_the_citizen_moves_to_another_centre_the_nearest_is_another(vejle, town):
    other = vejle.coordinator.adds("centres", name="Gården", place=ACROSS_TOWN)["id"]
    vejle.consultant.changes(f"citizens/{town['steen']}", anchors=[{"centre_id": other}])
    found = vejle.consultant.sees(f"citizens/{town['steen']}/shortlist")
    assert titles(found)[0] == "Weed the nursery"


def test_firms_nearby_without_an_order_are_suggested_with_what_to_ask_them_for(vejle, town):
    gardener = {"industry_code": "813000", "industry_system": "db07", "industry": "Landskabspleje"}
    free, protected = (
        vejle.consultant.adds("employers", name=name, place=CLOSE, **gardener, advertising_protected=answer)
        for name, answer in (("Grønne Hænder", "no"), ("Stille Haver", "yes"))
    )
    found = vejle.consultant.sees(f"citizens/{town['steen']}/shortlist?kind=employers")
    told = [*found["items"], *found["ask"]["items"]]
    assert free["id"] in [item["id"] for item in told]
    assert protected["id"] not in str(found)


def test_a_question_to_the_employer_moves_the_task_while_one_is_still_on_the_phone(vejle, town):
    consultant, path = vejle.consultant, f"citizens/{town['steen']}/shortlist"
    consultant.changes(f"citizens/{town['steen']}", avoids=["machines", "alcohol_present"])
    before = consultant.sees(path)
    assert titles(before) == []
    asked = {item["id"]: item["questions"] for item in before["ask"]["items"]}
    assert [question["about"] for question in asked[town["Weed the nursery"]]] == ["avoids:alcohol_present"]
    consultant.records(f"employers/{town['nursery']}/answers", about="alcohol_present", answer="no")
    assert titles(consultant.sees(path)) == ["Weed the nursery"]
    consultant.records(f"employers/{town['nursery']}/answers", about="alcohol_present", answer="yes")
    assert consultant.sees(path)["excluded"]["counts"]["avoids:alcohol_present"] == 1


def test_hand_held_help_from_the_list_to_the_yes_of_both(vejle, town):
    consultant, order = vejle.consultant, town["Keep the grounds around the firm"]
    found = consultant.sees(f"citizens/{town['steen']}/shortlist")
    proposal = consultant.adds(
        "proposals",
        citizen_id=town["steen"],
        order_id=order,
        started_from="citizen",
        list=found["list"],
        note="Vil gerne se stedet først",
    )
    assert (proposal["state"], proposal["list"]) == ("proposed", found["list"])
    spoken = consultant.records(f"proposals/{proposal['id']}/contacted", through="drop_in_centre")
    assert (spoken["contacted_through"], spoken["contact_by"]) == ("drop_in_centre", None)
    assert consultant.records(f"proposals/{proposal['id']}/accepted")["state"] == "accepted"
    assert consultant.sees(f"job-orders/{order}")["state"] == "filled"
    # filled: on nobody's list any more
    assert "Keep the grounds around the firm" not in titles(
        consultant.sees(f"citizens/{town['steen']}/shortlist")
    )


def test_a_place_that_is_taken_is_not_promised_to_a_second_citizen(vejle, town):
    consultant, order = vejle.consultant, town["Keep the grounds around the firm"]
    other = consultant.adds("citizens", name="Inge Lis Eksempel", anchors=[{"centre_id": town["centre"]}])
    first = consultant.adds("proposals", citizen_id=town["steen"], order_id=order)
    second = consultant.adds("proposals", citizen_id=other["id"], order_id=order)
    consultant.records(f"proposals/{first['id']}/accepted")
    assert consultant.told(409, "POST", f"proposals/{second['id']}/accepted")["field"] == "order_id"
    assert consultant.sees(f"proposals/{second['id']}")["state"] == "proposed"


def test_a_colleague_sees_initials_and_no_need_until_she_says_why_she_looks(vejle, town):
    colleague, path = vejle.colleague, f"citizens/{town['steen']}"
    order = town["Weed the nursery"]
    listed = colleague.sees(f"job-orders/{order}/candidates")
    assert names(listed) == ["S.A.E."]
    assert "contact person" not in str(listed)
    assert "access-requests" in colleague.told(403, "GET", f"{path}/shortlist")["remedy"]
    colleague.adds(f"{path}/access-requests", reason="Er vikar for hans konsulent i denne uge")
    assert titles(colleague.sees(f"{path}/shortlist"))[0] == "Keep the grounds around the firm"


def test_the_neighbouring_municipality_sees_neither_citizen_nor_task(naestved, vejle, town):
    stranger = naestved.consultant
    stranger.told(404, "GET", f"citizens/{town['steen']}/shortlist")
    stranger.told(404, "GET", f"job-orders/{town['Weed the nursery']}")
    stranger.told(404, "POST", "proposals", citizen_id=town["steen"], order_id=town["Weed the nursery"])


def test_without_a_place_to_start_from_there_is_no_list(vejle, town):
    consultant = vejle.consultant
    told = consultant.told(422, "POST", "citizens", name="Ny Eksempel", anchors=[])
    assert told["field"] == "anchors"
    told = consultant.told(422, "POST", "citizens", name="Ny Eksempel", anchors=[{"centre_id": "x"}])
    assert told["field"] == "anchors.0.centre_id"
