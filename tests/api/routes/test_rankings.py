"""Shortlists and candidates over HTTP: the contract's shape, the figures of `matching`, fresh at once."""

import json
from datetime import datetime

import pytest

from api.casework.code_version import code_version
from api.store import audit
from geo import Point
from matching import Anchor, Catalogue, Citizen, JobOrder, Policy, shortlist
from matching.times import DENMARK_TIME

PLACE = {"lat": 55.2306, "lon": 11.7605}
ANNA = {
    "name": "Anna Marie Holm",
    "attitudes": {"green": "gladly", "machine_work": "cannot"},
    "avoids": ["alcohol_present"],
    "wishes": ["same_day_pay"],
    "mode": "bicycle",
    "waiting_since": "2026-09-01",
}
NEAR, FAR = {"lat": 55.2350, "lon": 11.7700}, {"lat": 55.2600, "lon": 11.9000}


@pytest.fixture
def world(service):
    """A centre, Anna who starts there, and three orders: one fits, one takes machines, one has a question."""
    made = service.made
    ids = {"centre": made("coordinator", "centres", {"name": "Havnen", "place": PLACE})["id"]}
    anna = ANNA | {"anchors": [{"centre_id": ids["centre"]}]}
    ids["anna"] = made("consultant", "citizens", anna)["id"]
    sober = {"demands": {"alcohol_present": "no"}}
    for name, employer, order in (
        ("garden", {"place": NEAR, **sober}, {"activities": {"green": 1}}),
        ("factory", {"place": NEAR, **sober}, {"activities": {"machine_work": 1}}),
        ("bar", {"place": FAR}, {"activities": {"cleaning": 0.5, "green": 0.5}}),
    ):
        ids[f"{name}_employer"] = made("consultant", "employers", {"name": name.title(), **employer})["id"]
        ids[name] = made(
            "consultant",
            "job-orders",
            {"title": name, "employer_id": ids[f"{name}_employer"], **order},
        )["id"]
    return ids


def ask(service, world, path="shortlist", who="consultant", **headers):
    answer = service.ask(who, "GET", f"/api/v1/citizens/{world['anna']}/{path}", **headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_shortlist_has_the_shape_of_the_contract(service, world):
    found = ask(service, world)
    assert {"citizen", "policy", "list", "generated_at", "items", "ask", "excluded"} <= set(found)
    [item] = found["items"]
    assert (item["rank"], item["kind"], item["id"], item["title"]) == (
        1,
        "job-orders",
        world["garden"],
        "garden",
    )
    assert item["employer"] == {"id": world["garden_employer"], "name": "Garden"}
    assert set(item) == {
        "rank",
        "kind",
        "id",
        "title",
        "employer",
        "score",
        "parts",
        "travel",
        "warnings",
    }
    assert [part["part"] for part in item["parts"]] == [
        "nearness",
        "suitability",
        "wishes",
        "employer_openness",
        "load",
    ]
    assert (item["parts"][-1]["value"], item["parts"][-1]["weight"]) == (None, None)
    assert 100 - sum(part["lost"] for part in item["parts"]) == pytest.approx(item["score"], abs=1e-9)
    assert item["travel"]["mode"] == "bicycle"
    assert set(item["travel"]) == {"mode", "km", "minutes", "anchor", "precision"}
    [asked] = found["ask"]["items"]
    assert (found["ask"]["total"], asked["id"]) == (1, world["bar"])
    assert [(q["of"], q["about"]) for q in asked["questions"]] == [("employer", "avoids:alcohol_present")]
    assert asked["score_if_answered"] > 0
    assert asked["would_rank"] == 1 + (asked["score_if_answered"] < item["score"])
    [stopped] = found["excluded"]["items"]
    assert (stopped["id"], stopped["rule"], stopped["rules"]) == (
        world["factory"],
        "attitude:machine_work",
        ["attitude:machine_work"],
    )
    assert stopped["text"]
    assert stopped["would_change"]
    # only the citizen's own word would help, and that would make the list anew
    assert stopped["would_rank"] is None
    assert found["excluded"]["counts"] == {"attitude:machine_work": 1}


def test_the_score_is_that_of_the_ranking_to_the_last_digit(service, world):
    citizen = Citizen(
        id=world["anna"],
        anchors=[Anchor(Point(**PLACE), "drop_in_centre", "Havnen")],
        **{name: ANNA[name] for name in ("attitudes", "avoids", "wishes", "mode")},
    )
    order = JobOrder(
        id=world["garden"],
        activities={"green": 1},
        place=Point(**NEAR),
        demands={"alcohol_present": "no"},
    )
    alone = shortlist(
        citizen, Catalogue.from_orders([order]), on=datetime.now(DENMARK_TIME).date(), policy=Policy.default()
    )
    [item] = ask(service, world)["items"]
    assert item["score"] == alone.items["score"][0]


def test_a_list_is_said_in_the_language_that_is_asked_for(service, world):
    danish, english = (ask(service, world, Accept_Language=language) for language in ("da", "en"))
    reasons = [found["items"][0]["parts"][0]["reason"] for found in (danish, english)]
    assert "på cykel" in reasons[0]
    assert reasons[0] != reasons[1]


@pytest.mark.parametrize(("answer", "group"), [("no", "items"), ("yes", "excluded"), ("unknown", "ask")])
def test_recording_an_answer_moves_the_pair_at_once(service, world, answer, group):
    ask(service, world)
    body = {"about": "alcohol_present", "answer": answer}
    path = f"/api/v1/employers/{world['bar_employer']}/answers"
    # it was not known before either: nothing new is kept
    kept = 1 if answer == "unknown" else 2
    assert service.ask("consultant", "POST", path, body).json()["version"] == kept
    found = ask(service, world)
    items = found["items"] if group == "items" else found[group]["items"]
    assert world["bar"] in [item["id"] for item in items]


def test_the_order_s_own_answer_counts_before_the_employer_s(service, world):
    path = f"/api/v1/job-orders/{world['garden']}/answers"
    service.ask("consultant", "POST", path, {"about": "alcohol_present", "answer": "yes"})
    assert ask(service, world)["items"] == []


def test_an_answer_about_a_word_that_is_not_known_is_refused(service, world):
    path = f"/api/v1/job-orders/{world['garden']}/answers"
    answer = service.ask("consultant", "POST", path, {"about": "alcohol", "answer": "yes"})
    assert (answer.status_code, answer.json()["field"]) == (422, "about")


def test_the_audit_row_of_a_list_says_what_it_stood_on(service, world):
    found = ask(service, world)
    with service.store.unit(read_only=True) as unit:
        row = audit.entries(unit, "0370", limit=1000)[-1]
    assert (row.action, row.citizen_id, row.subject) == ("shortlist_read", world["anna"], found["list"])
    assert row.details["citizen_version"] == 1
    assert row.details["policy"] == found["policy"] == Policy.default().version
    assert row.details["code"] == code_version()
    assert row.details["catalogue_seq"] >= 6


OPEN_FIRST = {"contact_basis": "own_relation"}


def prospects(service, world, language="da"):
    return ask(service, world, "shortlist?kind=employers", Accept_Language=language)


def test_a_shortlist_of_employers_leaves_out_who_must_not_be_called(service, world):
    firms = [service.made("consultant", "employers", {"name": name, "place": NEAR})["id"] for name in "ABC"]
    assert prospects(service, world)["without_contact_basis"] == 3
    path = f"/api/v1/employers/{firms[0]}"
    assert service.ask("consultant", "PATCH", path, OPEN_FIRST, If_Match="*").status_code == 200
    found = prospects(service, world)
    assert found["without_contact_basis"] == 2
    # what the work would be is not known, and Anna cannot do machine work
    [asked] = found["ask"]["items"]
    assert (asked["id"], asked["kind"]) == (firms[0], "employers")
    about = [question["about"] for question in asked["questions"]]
    assert about == ["attitude:machine_work", "avoids:alcohol_present"]
    assert (asked["ask_for"], asked["industry_system"]) == ([], "unknown")
    assert asked["because"] == "Branchen er ikke kendt"


def test_an_employer_with_an_open_order_is_no_prospect(service, world):
    path = f"/api/v1/employers/{world['garden_employer']}"
    assert service.ask("consultant", "PATCH", path, OPEN_FIRST, If_Match="*").status_code == 200
    found = prospects(service, world)
    assert (found["items"], found["ask"]["items"], found["without_contact_basis"]) == ([], [], 0)
    explained = f"/api/v1/citizens/{world['anna']}/explanations/{world['garden_employer']}"
    assert service.ask("consultant", "GET", explained).status_code == 404


def test_an_employer_is_suggested_with_what_to_ask_for(service, world):
    firm = {"name": "Metal", "place": NEAR, "industry": "Maskinforarbejdning", **OPEN_FIRST}
    firm |= {"industry_code": "256200", "industry_system": "db07", "demands": {"alcohol_present": "no"}}
    firm_id = service.made("consultant", "employers", firm)["id"]
    [item] = prospects(service, world)["items"]
    assert (item["id"], item["title"], item["employer"]["name"]) == (firm_id, "Maskinforarbejdning", "Metal")
    assert item["ask_for"] == ["passe bede", "slå græs omkring bygningen", "feje gårdspladsen"]
    assert item["industry_system"] == "db07"
    assert [part["part"] for part in item["parts"]][-1] == "load"
    [english] = prospects(service, world, "en")["items"]
    assert english["ask_for"][0] == "tend the beds"
    assert english["because"] != item["because"]
    explained = ask(service, world, f"explanations/{firm_id}")
    assert (explained["standing"], explained["score"]) == ("ranked", item["score"])


def test_a_code_of_an_unknown_list_is_said(service, world):
    firm = {"name": "Auto", "place": NEAR, "industry_code": "452010", **OPEN_FIRST}
    service.made("consultant", "employers", firm)
    [asked] = prospects(service, world)["ask"]["items"]
    assert asked["because"] == "Det vides ikke, hvilken liste branchekoden 452010 er fra"
    assert asked["ask_for"] == []


def test_the_shape_of_a_job_order_is_not_that_of_an_employer(service, world):
    found = ask(service, world)
    for item in (*found["items"], *found["ask"]["items"]):
        assert not {"ask_for", "industry_system", "because"} & set(item)


def test_a_list_without_ranking_has_neither_rank_nor_score(service, world):
    [item] = ask(service, world, "shortlist?ranked=false")["items"]
    assert (item["rank"], item["score"]) == (None, None)


def test_another_way_of_travelling_counts_for_this_list_only(service, world):
    slow = ask(service, world, "shortlist?mode=walk&max_minutes=1")
    assert "max_minutes" in slow["excluded"]["counts"]
    assert ask(service, world)["items"] != []


@pytest.mark.parametrize("query", ["k=0", "k=201", "mode=horse", "max_minutes=-1", "kind=people"])
def test_a_list_that_cannot_be_is_refused(service, world, query):
    path = f"/api/v1/citizens/{world['anna']}/shortlist?{query}"
    assert service.ask("consultant", "GET", path).status_code == 422


def test_a_pair_is_explained_alike_from_both_ends(service, world):
    from_citizen = ask(service, world, f"explanations/{world['factory']}")
    path = f"/api/v1/job-orders/{world['factory']}/explanations/{world['anna']}"
    assert from_citizen == service.ask("consultant", "GET", path).json()
    assert (from_citizen["standing"], from_citizen["rules"]) == ("excluded", ["attitude:machine_work"])


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("return", {"cause": "no_candidate"}),
        ("return", {"cause": "employer_withdrew"}),
        ("", {"state": "ended"}),
    ],
    ids=["sent back", "withdrawn by the employer", "ended"],
)
def test_whoever_is_ranked_for_an_order_is_explained_whatever_became_of_it(service, world, path, body):
    order = f"/api/v1/job-orders/{world['garden']}"
    open_still = ask(service, world, f"explanations/{world['garden']}")
    if path:
        assert service.ask("consultant", "POST", f"{order}/{path}", body).status_code == 200
    else:
        assert service.ask("consultant", "PATCH", order, body, If_Match="*").status_code == 200
    withdrawn = body.get("cause") == "employer_withdrew"
    scores = [item["score"] for item in candidates(service, world, "garden")["items"]]
    from_citizen = ask(service, world, f"explanations/{world['garden']}")
    assert from_citizen == service.ask("consultant", "GET", f"{order}/explanations/{world['anna']}").json()
    assert from_citizen["standing"] == "ranked"
    # for what its employer has withdrawn nobody is looked for
    assert scores == ([] if withdrawn else [from_citizen["score"]])
    now, before = values(from_citizen), values(open_still)
    # an employer who takes an order back has said no, and that counts from then on
    assert (now.pop("employer_openness") < before.pop("employer_openness")) is withdrawn
    assert now == before


def values(explained):
    return {part["part"]: part["value"] for part in explained["parts"]}


def test_an_order_that_is_not_there_is_not_explained(service, world):
    path = f"/api/v1/citizens/{world['anna']}/explanations/{'f' * 32}"
    assert service.ask("consultant", "GET", path).status_code == 404


def candidates(service, world, order, who="consultant", query=""):
    answer = service.ask(who, "GET", f"/api/v1/job-orders/{world[order]}/candidates{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_candidates_and_shortlist_agree_on_the_score(service, world):
    [item] = candidates(service, world, "garden")["items"]
    assert item["citizen"] == {"id": world["anna"], "initials": "A.M.H.", "name": ANNA["name"]}
    assert item["score"] == ask(service, world)["items"][0]["score"]
    assert "contact_by" in item


@pytest.mark.parametrize("order", ["garden", "factory", "bar"])
def test_who_is_not_one_s_work_is_a_candidate_without_a_word_of_their_needs(service, world, order):
    found = candidates(service, world, order, who="colleague")
    told = json.dumps(found)
    for secret in ("Holm", "alcohol", "machine_work", "bicycle", "Havnen"):
        assert secret not in told
    for item in found["items"]:
        assert (item["open"], item["travel"], item["warnings"]) == (False, None, [])
        assert [part["reason"] for part in item["parts"]] == [""] * 5
    assert [item["score"] for item in found["items"]] == [None]


AROUND = [(55.18, 11.70), (55.30, 11.70), (55.18, 11.88), (55.30, 11.88), (55.24, 11.66), (55.33, 11.80)]
"""Where six employers would have to be to reckon from points where a citizen starts."""


def test_orders_laid_out_around_somebody_else_s_citizen_tell_nothing_of_the_citizen(service, world):
    hidden = {"name": "Dorte Eksempel", "waiting_since": "2026-08-01", "avoids": ["machines"]}
    hidden["anchors"] = [{"centre_id": world["centre"]}]
    dorte = service.made("consultant", "citizens", hidden)["id"]
    told = []
    for at, (lat, lon) in enumerate(AROUND):
        place = {"lat": lat, "lon": lon}
        employer = service.made("colleague", "employers", {"name": f"Nr. {at}", "place": place})["id"]
        task = {"activities": {("green", "machine_work")[at % 2]: 1}, "demands": {"machines": "yes"}}
        probe = {"employer_id": employer, "title": "Prøve", **(task if at % 3 else {})}
        order = service.made("colleague", "job-orders", probe)["id"]
        found = candidates(service, {"probe": order}, "probe", who="colleague")
        for item in found["items"]:
            del item["contact_by"]
        groups = {name: found[name] for name in ("ask", "excluded", "unranked", "without_place")}
        told.append((found["items"], groups, found["not_open"], found["not_able_now"]))
    assert all(one == told[0] for one in told)
    items, groups, not_open, _ = told[0]
    assert [(item["citizen"]["id"], item["rank"], item["score"]) for item in items] == [
        (dorte, None, None),
        (world["anna"], None, None),
    ]
    assert {
        part[name] for item in items for part in item["parts"] for name in ("value", "weight", "lost")
    } == {None}
    assert (groups["ask"]["total"], groups["excluded"]["total"], not_open) == (0, 0, 2)


def test_others_citizens_fill_the_list_up_after_one_s_own(service, world):
    centre = [{"centre_id": world["centre"]}]
    own = {"name": "Erik Eksempel", "anchors": centre, "mode": "walk", "attitudes": {"green": "rather_not"}}
    erik = service.made("colleague", "citizens", own)["id"]
    found = candidates(service, world, "garden", who="colleague")
    standing = [(item["citizen"]["id"], item["open"], item["rank"]) for item in found["items"]]
    assert standing == [(erik, True, 1), (world["anna"], False, None)]
    cut = candidates(service, world, "garden", who="colleague", query="?k=1")
    assert [item["citizen"]["id"] for item in cut["items"]] == [erik]
    assert (cut["items"][0]["score"], cut["not_open"]) == (found["items"][0]["score"], 1)


def test_what_a_candidate_is_suggested_for_elsewhere_is_told_to_whom_the_citizen_is_open(service, world):
    pair = {"citizen_id": world["anna"], "order_id": world["garden"]}
    assert candidates(service, world, "garden")["items"][0]["elsewhere"] == []
    made = service.made("consultant", "proposals", pair)
    assert candidates(service, world, "garden")["items"][0]["elsewhere"] == []
    [asked] = candidates(service, world, "bar")["ask"]["items"]
    assert asked["elsewhere"] == [
        {"id": made["id"], "state": "proposed", "job_order": world["garden"], "title": "garden"}
    ]
    sober = {"demands": {"alcohol_present": "no"}}
    service.ask("consultant", "PATCH", f"/api/v1/job-orders/{world['bar']}", sober, If_Match="*")
    [item] = candidates(service, world, "bar")["items"]
    assert item["elsewhere"] == asked["elsewhere"]
    [masked] = candidates(service, world, "bar", who="colleague")["items"]
    assert masked["elsewhere"] == []


def test_each_citizen_shown_as_a_candidate_is_written_down(service, world):
    candidates(service, world, "garden", who="colleague")
    with service.store.unit(read_only=True) as unit:
        listed, shown = audit.entries(unit, "0370", limit=1000)[-2:]
    assert (listed.action, listed.subject) == ("candidates_read", world["garden"])
    assert (shown.action, shown.citizen_id) == ("candidate_shown", world["anna"])
    assert shown.details["masked"] is True


def test_who_is_not_ready_or_objects_is_no_candidate(service, world):
    path = f"/api/v1/citizens/{world['anna']}"
    service.ask("consultant", "PATCH", path, {"objects_to_ranking": True}, If_Match="*")
    found = candidates(service, world, "garden")
    assert (found["items"], found["ask"]["total"], found["excluded"]["total"]) == ([], 0, 0)


def test_a_task_text_is_read_with_its_evidence(service):
    text = "Feje gårdsplads og luge bede, fredag 9-11, 2 timer om ugen, 140 kr. i timen"
    found = service.ask("consultant", "POST", "/api/v1/read-task", {"text": text}).json()
    assert found["text"] == text
    assert found["pay_dkk_per_hour"]["value"] == 140
    start, end, words = found["pay_dkk_per_hour"]["evidence"][0]
    assert text[start:end] == words
    assert "supports" not in found


def test_an_employer_s_address_is_placed_when_it_is_recorded(service):
    place = {"street": "Torvet", "house_number": "1", "postcode": "4700", "town": "Næstved"}
    made = service.made("consultant", "employers", {"name": "Gartneriet", "place": place})
    assert made["place"]["lat"] == pytest.approx(55.23, abs=0.2)
    assert made["place"]["precision"] in ("town", "postal_district")
    assert made["place"]["source"]
    path = f"/api/v1/employers/{made['id']}"
    moved = service.ask(
        "consultant", "PATCH", path, {"place": {"postcode": "7100", "town": "Vejle"}}, If_Match="*"
    )
    assert moved.json()["place"]["lat"] == pytest.approx(55.7, abs=0.2)
    renamed = service.ask("consultant", "PATCH", path, {"name": "Ny"}, If_Match="*")
    assert renamed.json()["place"] == moved.json()["place"]
