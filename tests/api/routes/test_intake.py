"""A job order from the telephone to the desk and back: its reading, its clock, its return."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from matching.times import DENMARK_TIME

ANCHORS = [{"kind": "postal_district", "postcode": "4700"}]
NEAR = {"lat": 55.2350, "lon": 11.7700}
WORDS = "Feje gårdsplads og luge bede, fredag 9-11, 2 timer om ugen, 140 kr. i timen"


@pytest.fixture
def world(service):
    made = service.made
    ids = {"employer": made("consultant", "employers", {"name": "Gartneriet", "place": NEAR})["id"]}
    for name in ("Anna", "Bent", "Carl"):
        citizen = {"name": f"{name} Holm", "anchors": ANCHORS}
        ids[name] = made("consultant", "citizens", citizen)["id"]
    return ids


def take_down(service, world, **said):
    order = {"employer_id": world["employer"], "title": "Gårdsplads", "channel": "phone", **said}
    return service.made("consultant", "job-orders", order)


def ask(service, method, order, path="", body=None, **headers):
    return service.ask("consultant", method, f"/api/v1/job-orders/{order['id']}{path}", body, **headers)


def propose(service, world, name, order):
    return service.made("consultant", "proposals", {"citizen_id": world[name], "order_id": order["id"]})


def test_words_nobody_has_explained_are_received_with_a_reading_and_no_task(service, world):
    order = take_down(service, world, text=WORDS, origin="parish_council")
    assert (order["state"], order["activities"], order["demands"]) == ("received", {}, {})
    assert (order["channel"], order["origin"]) == ("phone", "parish_council")
    assert order["reading"]["confirmed"] is None
    assert order["reading"]["proposed"]["pay_dkk_per_hour"]["value"] == 140
    assert order["taken_by"] == service.user_ids["consultant"]


def test_a_correction_is_kept_beside_what_was_read(service, world):
    order = take_down(service, world, text=WORDS)
    patch = {"state": "open", "activities": {"green": 1}, "pay_dkk_per_hour": 150}
    confirmed = ask(service, "PATCH", order, body=patch, If_Match="*").json()
    assert confirmed["state"] == "open"
    kept = confirmed["reading"]
    assert kept["proposed"]["pay_dkk_per_hour"]["value"] == 140
    assert (kept["confirmed"]["pay_dkk_per_hour"], kept["confirmed"]["activities"]) == (150, {"green": 1})
    assert kept["confirmed_by"] == service.user_ids["consultant"]


def test_a_task_that_comes_with_the_words_is_a_confirmed_one(service, world):
    order = take_down(service, world, text=WORDS, activities={"green": 1})
    assert order["state"] == "open"
    assert order["reading"]["confirmed"]["activities"] == {"green": 1}


def test_other_words_are_read_anew_and_recorded_answers_stay(service, world):
    order = take_down(service, world, text=WORDS, activities={"green": 1})
    ask(service, "POST", order, "/answers", {"about": "alcohol_present", "answer": "no"})
    changed = ask(service, "PATCH", order, body={"text": "Luge bede, 160 kr. i timen"}, If_Match="*").json()
    assert changed["demands"] == {"alcohol_present": "no"}
    assert changed["reading"]["proposed"]["pay_dkk_per_hour"]["value"] == 160
    assert changed["reading"]["confirmed"] is None


def test_who_asks_for_help_may_be_called_about_it(service, world):
    take_down(service, world)
    employer = service.ask("consultant", "GET", f"/api/v1/employers/{world['employer']}").json()
    assert employer["contact_basis"] == "inbound_order"


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [
        ("received", "open", 200),
        ("received", "filled", 409),
        ("open", "ended", 200),
        ("open", "received", 409),
        ("ended", "open", 200),
        ("ended", "filled", 409),
        ("open", "returned", 422),
    ],
)
def test_an_order_moves_as_the_table_says(service, world, before, after, status):
    order = take_down(service, world, state=before)
    answer = ask(service, "PATCH", order, body={"state": after}, If_Match="*")
    assert answer.status_code == status, answer.text
    log = ask(service, "GET", order, "/moves").json()["items"]
    assert [line["after"] for line in log] == ([before, after] if status == 200 else [before])


def test_an_order_that_ends_takes_its_suggestions_with_it(service, world):
    order = take_down(service, world)
    made = propose(service, world, "Anna", order)
    ended = ask(service, "PATCH", order, body={"state": "ended"}, If_Match="*").json()
    assert ended["open_proposals"] == 0
    seen = service.ask("consultant", "GET", f"/api/v1/proposals/{made['id']}").json()
    assert seen["state"] == "withdrawn"


def test_the_clock_starts_at_receipt_and_stops_at_the_first_contact(service, world):
    order = take_down(service, world)
    clock = ask(service, "GET", order, "/clock-pauses").json()
    assert (clock["running"], clock["paused"]) == (True, False)
    made = propose(service, world, "Anna", order)
    assert made["contact_by"] == clock["contact_by"]
    done = service.ask("consultant", "POST", f"/api/v1/proposals/{made['id']}/contacted", {}).json()
    assert done["contact_by"] is None
    assert ask(service, "GET", order, "/clock-pauses").json()["running"] is False
    assert ask(service, "GET", order).json()["clock_met_at"] is not None


def test_an_order_of_last_week_is_due_by_its_own_day(service, world):
    order = take_down(service, world, received_on="2026-11-02")
    clock = ask(service, "GET", order, "/clock-pauses").json()
    assert clock["contact_by"] == "2026-11-05T23:59:00+01:00"
    assert propose(service, world, "Anna", order)["overdue"] is True
    moved = ask(service, "PATCH", order, body={"received_on": "2026-11-03"}, If_Match="*")
    assert moved.status_code == 200
    assert ask(service, "GET", order, "/clock-pauses").json()["contact_by"].startswith("2026-11-06T23:59")


@pytest.mark.parametrize("field", ["received_on", "heard_on"])
def test_a_day_to_come_is_refused_for_new_orders_and_for_corrections(service, world, field):
    told = {"employer_id": world["employer"], "title": "Gårdsplads", field: "2062-11-02"}
    order = take_down(service, world)
    new = service.ask("consultant", "POST", "/api/v1/job-orders", told)
    corrected = ask(service, "PATCH", order, body={field: "2062-11-02"}, If_Match="*")
    for answer in (new, corrected):
        assert (answer.status_code, answer.json()["field"]) == (422, field)


def test_candidates_carry_the_deadline_and_the_chain(service, world):
    order = take_down(service, world, received_on="2026-11-02")
    chain = {"links": [{"through": "supported_housing", "name": "Solgården", "number": "55 55 12 12"}]}
    path = f"/api/v1/citizens/{world['Anna']}/contact-chain"
    assert service.ask("consultant", "PUT", path, chain, If_Match='"1"').json()["version"] == 2
    assert service.ask("consultant", "PUT", path, chain, If_Match='"1"').status_code == 412
    items = ask(service, "GET", order, "/candidates").json()["items"]
    assert {item["contact_by"] for item in items} == {"2026-11-05T23:59:00+01:00"}
    by_id = {item["citizen"]["id"]: item["chain"] for item in items}
    assert by_id[world["Anna"]][0]["name"] == "Solgården"
    assert by_id[world["Bent"]] == []
    masked = service.ask("colleague", "GET", f"/api/v1/job-orders/{order['id']}/candidates")
    assert "Solgården" not in masked.text
    assert "12 12" not in masked.text


def test_a_clock_stands_still_with_a_reason_and_runs_again(service, world):
    order = take_down(service, world)
    assert ask(service, "POST", order, "/clock-pauses", {"reason": ""}).status_code == 422
    paused = ask(service, "POST", order, "/clock-pauses", {"reason": "Virksomheden holder lukket"})
    assert (paused.status_code, paused.json()["contact_by"]) == (201, None)
    assert ask(service, "POST", order, "/clock-pauses", {"reason": "igen"}).status_code == 409
    running = ask(service, "DELETE", order, "/clock-pauses").json()
    assert running["paused"] is False
    assert running["contact_by"] is not None
    assert [pause["reason"] for pause in running["pauses"]] == ["Virksomheden holder lukket"]


def send_back(service, order, **said):
    return ask(service, "POST", order, "/return", {"cause": "citizen_not_able", **said})


def test_a_return_shows_who_is_next_and_starts_a_new_clock(service, world):
    order = take_down(service, world, received_on="2026-11-02")
    propose(service, world, "Anna", order)
    review = (datetime.now(DENMARK_TIME).date() + timedelta(days=7)).isoformat()
    back = send_back(service, order, note="Har det skidt i dag", review_on=review)
    assert back.status_code == 200, back.text
    found = back.json()
    assert (found["job_order"]["state"], found["job_order"]["open_proposals"]) == ("returned", 0)
    assert found["clock"]["running"] is True
    assert found["clock"]["contact_by"] > "2026-11-06"
    names = [item["citizen"]["name"] for item in found["candidates"]["items"]]
    assert sorted(names) == ["Bent Holm", "Carl Holm"]
    assert found["candidates"]["items"][0]["contact_by"] == found["clock"]["contact_by"]
    log = ask(service, "GET", order, "/moves").json()["items"]
    assert (log[-1]["after"], log[-1]["cause"], log[-1]["note"]) == (
        "returned",
        "citizen_not_able",
        "Har det skidt i dag",
    )
    anna = service.ask("consultant", "GET", f"/api/v1/citizens/{world['Anna']}").json()
    assert (anna["not_able_until"], anna["ready"]) == (review, True)


def test_a_returned_order_is_taken_up_by_the_next_suggestion(service, world):
    order = take_down(service, world)
    send_back(service, order, cause="no_candidate")
    propose(service, world, "Bent", order)
    assert ask(service, "GET", order).json()["state"] == "open"


def test_several_suggested_citizens_need_a_name_for_the_one_who_is_not_able(service, world):
    order = take_down(service, world)
    anna, bent = (propose(service, world, name, order) for name in ("Anna", "Bent"))
    assert (send_back(service, order).status_code, send_back(service, order).json()["field"]) == (
        422,
        "proposal_id",
    )
    assert ask(service, "GET", order).json()["state"] == "open"
    assert send_back(service, order, proposal_id=anna["id"]).status_code == 200
    states = [
        service.ask("consultant", "GET", f"/api/v1/proposals/{one['id']}").json()["state"]
        for one in (anna, bent)
    ]
    assert states == ["not_able_now", "withdrawn"]


def test_nobody_is_suggested_for_an_order_that_the_employer_withdrew(service, world):
    order = take_down(service, world)
    found = send_back(service, order, cause="employer_withdrew").json()
    assert (found["candidates"], found["clock"]["running"]) == (None, False)


def test_a_filled_or_unknown_order_is_not_returned(service, world):
    order = take_down(service, world, state="filled")
    assert send_back(service, order, cause="other").status_code == 409
    assert send_back(service, {"id": "f" * 32}, cause="other").status_code == 404
    assert send_back(service, order, cause="boredom").status_code == 422


def test_a_return_with_the_same_key_is_done_once(service, world):
    order = take_down(service, world)
    body = {"cause": "no_candidate"}
    first, again = (ask(service, "POST", order, "/return", body, Idempotency_Key="r-1") for _ in range(2))
    assert first.json() == again.json()
    assert len(ask(service, "GET", order, "/moves").json()["items"]) == 2


def test_a_return_leaves_later_lists_as_they_would_have_been(service, world):
    def later_lists():
        with time_machine.travel(now + timedelta(days=60), tick=False):
            listed = ask(service, "GET", other, "/candidates").json()["items"]
            shortlist = service.ask("consultant", "GET", f"/api/v1/citizens/{world['Anna']}/shortlist")
            items = [item for item in shortlist.json()["items"] if item["id"] == other["id"]]
        return [(i["citizen"]["id"], i["rank"], i["score"]) for i in listed], [i["score"] for i in items]

    now = datetime.now(DENMARK_TIME)
    order, other = take_down(service, world), take_down(service, world, activities={"green": 1})
    before = later_lists()
    propose(service, world, "Anna", order)
    send_back(service, order, review_on=(now + timedelta(days=30)).date().isoformat())
    assert later_lists() == before


def test_who_objects_to_ranking_is_told_without_a_score(service, world):
    order = take_down(service, world)
    path = f"/api/v1/citizens/{world['Anna']}"
    service.ask("consultant", "PATCH", path, {"objects_to_ranking": True}, If_Match="*")
    found = ask(service, "GET", order, "/candidates").json()
    assert world["Anna"] not in [item["citizen"]["id"] for item in found["items"]]
    assert found["unranked"] == [{"id": world["Anna"], "initials": "A.H.", "name": "Anna Holm"}]


def test_a_municipality_may_order_candidates_by_waiting_time(service, world):
    order = take_down(service, world)
    for name, since in (("Anna", "2026-10-01"), ("Bent", None), ("Carl", "2026-01-01")):
        path = f"/api/v1/citizens/{world[name]}"
        service.ask("consultant", "PATCH", path, {"waiting_since": since, "mode": "bus"}, If_Match="*")
    service.ask("coordinator", "PATCH", "/api/v1/practices", {"candidates_by": "waiting_time"}, If_Match="*")
    found = ask(service, "GET", order, "/candidates?k=2").json()
    assert found["by"] == "waiting_time"
    assert [item["citizen"]["name"] for item in found["items"]] == ["Carl Holm", "Anna Holm"]
    assert [item["rank"] for item in found["items"]] == [1, 2]


def test_a_practice_is_changed_to_the_version_that_was_seen(service):
    path = "/api/v1/practices"
    before = service.ask("consultant", "GET", path)
    assert (before.json()["contact_days"], before.json()["version"], before.headers["etag"]) == (3, 0, '"0"')
    changed = service.ask("coordinator", "PATCH", path, {"contact_days": 5}, If_Match='"0"')
    assert (changed.status_code, changed.json()["contact_days"]) == (200, 5)
    late = service.ask("coordinator", "PATCH", path, {"contact_days": 4}, If_Match='"0"')
    assert (late.status_code, late.json()["current"]["contact_days"]) == (412, 5)
    back = service.ask("coordinator", "PATCH", path, {"contact_days": None}, If_Match='"1"')
    assert back.json()["contact_days"] == 3
    wrong = service.ask("coordinator", "PATCH", path, {"required_answers": ["diagnosis"]}, If_Match="*")
    assert (wrong.status_code, wrong.json()["field"]) == (422, "required_answers")


def test_a_day_off_of_one_s_own_moves_the_deadline(service, world):
    order = take_down(service, world, received_on=date(2026, 11, 2).isoformat())
    days = {"extra_days_off": ["2026-11-04"], "contact_days": 2}
    assert service.ask("coordinator", "PATCH", "/api/v1/practices", days, If_Match="*").status_code == 200
    clock = ask(service, "GET", order, "/clock-pauses").json()
    assert clock["contact_by"] == "2026-11-05T23:59:00+01:00"


def test_an_order_that_is_still_wanted_is_heard_of_again(service, world):
    order = take_down(service, world, received_on="2026-01-02")
    assert order["heard_on"] == "2026-01-02"
    answer = ask(service, "POST", order, "/still-wanted", {"note": "Gerne efter jul"})
    assert answer.status_code == 200, answer.text
    heard = answer.json()
    assert heard["heard_on"] == str(datetime.now(DENMARK_TIME).date())
    assert answer.headers["ETag"] == f'"{heard["version"]}"'
    line = ask(service, "GET", order, "/moves").json()["items"][-1]
    assert (line["by"], line["cause"]) == (service.user_ids["consultant"], "still_wanted")
    assert (line["before"], line["after"], line["note"]) == (
        order["state"],
        order["state"],
        "Gerne efter jul",
    )
    ask(service, "PATCH", order, body={"state": "ended"}, If_Match="*")
    done = ask(service, "POST", order, "/still-wanted", {})
    assert (done.status_code, done.json()["field"]) == (422, "state")


def test_an_order_is_taken_over_and_handed_back(service, world):
    order = take_down(service, world)
    path = f"/api/v1/job-orders/{order['id']}"
    taken = service.ask("colleague", "POST", f"{path}/taken-over")
    assert (taken.status_code, taken.json()["taken_by"]) == (200, service.user_ids["colleague"])
    assert service.ask("colleague", "POST", f"{path}/handed-back").status_code == 428
    stale = service.ask("colleague", "POST", f"{path}/handed-back", If_Match='"1"')
    assert stale.status_code == 412
    back = service.ask("colleague", "POST", f"{path}/handed-back", If_Match=taken.headers["etag"])
    assert (back.status_code, back.json()["taken_by"]) == (200, service.user_ids["consultant"])
    lines = service.ask("consultant", "GET", f"{path}/moves").json()["items"]
    assert [line["cause"] for line in lines] == ["", "taken_over", "handed_back"]
    again = service.ask("colleague", "POST", f"{path}/handed-back", If_Match=back.headers["etag"])
    assert again.status_code == 409
    ask(service, "PATCH", order, body={"state": "ended"}, If_Match="*")
    assert service.ask("colleague", "POST", f"{path}/taken-over").status_code == 422


@pytest.mark.parametrize(
    ("language", "said"), [("da", "Er der tunge løft?"), ("en", "Is there heavy lifting?")]
)
def test_what_is_answered_is_not_asked_again(service, world, language, said):
    order = take_down(service, world)

    def left(path):
        found = service.ask("consultant", "GET", f"{path}/questions", Accept_Language=language)
        assert found.status_code == 200, found.text
        return found.json()["items"]

    of_order, of_employer = f"/api/v1/job-orders/{order['id']}", f"/api/v1/employers/{world['employer']}"
    before = left(of_order)
    assert before == left(of_employer)
    lifting = {"about": "heavy_lifting", "job_order": order["id"]}
    assert {**lifting, "text": said} in before
    ask(service, "POST", order, "/answers", {"about": "heavy_lifting", "answer": "no"})
    service.ask("consultant", "POST", f"{of_employer}/answers", {"about": "contact_person", "answer": "yes"})
    assert [one["about"] for one in left(of_order)] == ["machines", "alcohol_present"]


def test_a_reference_that_is_taken_is_told_with_the_order_that_has_it(service, world):
    first = take_down(service, world, reference="JO-7")
    other = take_down(service, world, reference="JO-8")
    new = {"employer_id": world["employer"], "title": "Luge bede", "reference": "JO-7"}
    for refused in (
        service.ask("consultant", "POST", "/api/v1/job-orders", new),
        ask(service, "PATCH", other, body={"reference": "JO-7"}, If_Match="*"),
    ):
        problem = refused.json()
        assert (refused.status_code, problem["field"]) == (409, "reference")
        assert first["id"] in problem["detail"]
        assert "uq_" not in refused.text
    assert ask(service, "PATCH", first, body={"title": "Feje gård"}, If_Match="*").status_code == 200
