"""Proposals over HTTP: both ways, what becomes of them, what they weigh, and who sees how much."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import delete, func, select

from api.casework.erasure import erase
from api.domain.caller import Caller, Role
from api.domain.practice import Practice
from api.store import audit
from api.store.tables import AnswerRow, AssignmentRow
from matching.times import DENMARK_TIME

ANCHORS = [{"kind": "postal_district", "postcode": "4700"}]
NEAR = {"lat": 55.2350, "lon": 11.7700}


def today() -> date:
    return datetime.now(DENMARK_TIME).date()


@pytest.fixture
def world(service):
    """Two citizens of the consultant's, one of a colleague's, an employer and an order with one place."""
    made = service.made
    ids = {}
    for name, who in (("anna", "consultant"), ("bent", "consultant"), ("carla", "colleague")):
        citizen = {"name": f"{name.title()} Holm", "anchors": ANCHORS, "waiting_since": "2026-09-01"}
        ids[name] = made(who, "citizens", citizen)["id"]
    ids["employer"] = made("consultant", "employers", {"name": "Gartneriet", "place": NEAR})["id"]
    order = {"employer_id": ids["employer"], "title": "Luge bede", "activities": {"green": 1}}
    ids["order"] = made("consultant", "job-orders", order)["id"]
    return ids


def propose(service, world, name, who="consultant", **said):
    body = {"citizen_id": world[name], "order_id": world["order"], **said}
    return service.ask(who, "POST", "/api/v1/proposals", body)


def came(service, proposal, outcome, who="consultant", **said):
    return service.ask(who, "POST", f"/api/v1/proposals/{proposal['id']}/{outcome}", said)


def order(service, world):
    return service.ask("consultant", "GET", f"/api/v1/job-orders/{world['order']}").json()


def candidates(service, world, who="consultant"):
    return service.ask(who, "GET", f"/api/v1/job-orders/{world['order']}/candidates").json()


@pytest.mark.parametrize("end", ["citizen", "job_order"])
def test_a_pair_is_suggested_from_either_end(service, world, end):
    answer = propose(service, world, "anna", started_from=end, note="Glæder sig")
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert (made["state"], made["started_from"], made["note"]) == ("proposed", end, "Glæder sig")
    assert made["citizen"] == {"id": world["anna"], "initials": "A.H.", "name": "Anna Holm"}
    read = service.ask("consultant", "GET", answer.headers["location"])
    assert read.json() == made


def test_from_a_citizen_s_end_the_citizen_has_to_be_one_s_work(service, world):
    assert propose(service, world, "carla", started_from="citizen").status_code == 403
    assert propose(service, world, "carla", started_from="job_order").status_code == 201


def test_an_open_proposal_weighs_until_it_is_answered(service, world):
    made = propose(service, world, "anna").json()
    assert order(service, world)["open_proposals"] == 1
    path = f"/api/v1/citizens/{world['bent']}/shortlist"
    lost = service.ask("consultant", "GET", path).json()["items"][0]["parts"][-1]["lost"]
    assert lost > 0
    assert came(service, made, "declined", declined_by="citizen", reason="times").status_code == 200
    assert order(service, world)["open_proposals"] == 0
    assert service.ask("consultant", "GET", path).json()["items"][0]["parts"][-1]["lost"] == 0


def test_the_own_suggestion_lowers_its_own_pair_from_neither_end(service, world):
    def load(name):
        path = f"/api/v1/citizens/{world[name]}/"
        row = service.ask("consultant", "GET", f"{path}shortlist").json()["items"][0]
        told = service.ask("consultant", "GET", f"{path}explanations/{world['order']}").json()
        ranked = {one["citizen"]["id"]: one["parts"] for one in candidates(service, world)["items"]}
        ends = [row["parts"], told["parts"], ranked[world[name]]]
        assert len({str(parts[-1]) for parts in ends}) == 1
        return row["parts"][-1]["lost"]

    made = propose(service, world, "anna").json()
    assert load("anna") == 0
    alone = load("bent")
    assert alone > 0
    propose(service, world, "bent")
    assert load("anna") == load("bent") == alone
    came(service, made, "withdrawn")
    assert load("bent") == 0


def test_a_pair_is_suggested_once_at_a_time(service, world):
    first = propose(service, world, "anna").json()
    again = propose(service, world, "anna")
    assert (again.status_code, again.json()["field"]) == (409, "citizen_id")
    came(service, first, "withdrawn")
    assert propose(service, world, "anna").status_code == 201


def test_an_accepted_proposal_takes_the_place_and_a_withdrawn_one_gives_it_back(service, world):
    anna, bent = (propose(service, world, name).json() for name in ("anna", "bent"))
    assert came(service, anna, "accepted").json()["state"] == "accepted"
    assert (order(service, world)["state"], order(service, world)["places"]) == ("filled", 0)
    assert came(service, bent, "accepted").status_code == 409
    assert propose(service, world, "carla").status_code == 409
    came(service, anna, "withdrawn", note="Fik andet arbejde")
    assert (order(service, world)["state"], order(service, world)["places"]) == ("open", 1)
    assert came(service, bent, "accepted").status_code == 200


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("declined", "accepted"),
        ("withdrawn", "contacted"),
        ("accepted", "declined"),
        ("contacted", "contacted"),
    ],
)
def test_a_move_that_the_table_does_not_have_is_a_conflict(service, world, first, then):
    made = propose(service, world, "anna").json()
    reason = {"declined_by": "employer", "reason": "taken_otherwise"}
    assert came(service, made, first, **(reason if first == "declined" else {})).status_code == 200
    answer = came(service, made, then, **(reason if then == "declined" else {}))
    assert (answer.status_code, answer.json()["field"]) == (409, "state")


def test_a_contact_recorded_by_mistake_is_taken_back_and_the_log_keeps_both(service, world):
    proposal = propose(service, world, "anna").json()
    came(service, proposal, "contacted", through="caseworker")
    answer = came(service, proposal, "taken-back", note="Det var en anden")
    told = answer.json()
    assert (answer.status_code, told["state"], told["contacted_at"]) == (200, "proposed", None)
    assert told["contact_by"] == proposal["contact_by"]
    path = f"/api/v1/proposals/{proposal['id']}/moves"
    log = service.ask("consultant", "GET", path).json()["items"]
    assert [line["after"] for line in log] == ["proposed", "contacted", "proposed"]
    assert (log[-1]["cause"], log[-1]["note"]) == ("taken_back", "Det var en anden")


def test_nobody_else_takes_back_what_was_recorded(service, world):
    proposal = propose(service, world, "anna").json()
    came(service, proposal, "contacted")
    assigned = {"user_id": service.user_ids["colleague"]}
    path = f"/api/v1/citizens/{world['anna']}/assignments"
    assert service.ask("coordinator", "POST", path, assigned).status_code == 200
    refused = came(service, proposal, "taken-back", who="colleague")
    assert (refused.status_code, refused.json()["field"]) == (409, "outcome")


def test_a_yes_is_taken_back_with_its_place_and_a_suggestion_with_itself(service, world):
    proposal = propose(service, world, "anna").json()
    came(service, proposal, "accepted")
    assert (order(service, world)["state"], order(service, world)["places"]) == ("filled", 0)
    assert came(service, proposal, "taken-back").json()["state"] == "proposed"
    assert (order(service, world)["state"], order(service, world)["places"]) == ("open", 1)
    other = propose(service, world, "bent").json()
    assert came(service, other, "taken-back").json()["state"] == "withdrawn"
    again = came(service, other, "taken-back")
    assert (again.status_code, again.json()["field"]) == (409, "outcome")
    assert propose(service, world, "bent").status_code == 201


def test_who_has_said_yes_and_is_not_able_gives_the_place_back(service, world):
    proposal = propose(service, world, "anna").json()
    came(service, proposal, "accepted")
    answer = came(service, proposal, "not-able-now")
    assert (answer.status_code, answer.json()["state"]) == (200, "not_able_now")
    assert (order(service, world)["state"], order(service, world)["places"]) == ("open", 1)
    assert world["anna"] not in [one["citizen"]["id"] for one in candidates(service, world)["items"]]
    assert came(service, proposal, "taken-back").json()["state"] == "accepted"
    assert (order(service, world)["state"], order(service, world)["places"]) == ("filled", 0)


def test_a_no_needs_a_side_and_a_reason(service, world):
    made = propose(service, world, "anna").json()
    assert came(service, made, "declined", declined_by="citizen").status_code == 422
    assert came(service, made, "declined", reason="task").status_code == 422


def test_who_is_not_able_now_is_no_candidate_until_the_review_and_pays_nothing(service, world):
    before = candidates(service, world)
    made = propose(service, world, "anna").json()
    review = today() + timedelta(days=10)
    done = came(service, made, "not-able-now", review_on=review.isoformat())
    assert done.json()["review_on"] == review.isoformat()
    resting = candidates(service, world)
    assert world["anna"] not in [item["citizen"]["id"] for item in resting["items"]]
    assert resting["not_able_now"] == 1
    answer = propose(service, world, "anna")
    assert (answer.status_code, answer.json()["field"]) == (422, "citizen_id")
    # able again before the day
    path = f"/api/v1/citizens/{world['anna']}"
    service.ask("consultant", "PATCH", path, {"not_able_until": None}, If_Match="*")
    after = candidates(service, world)
    ranks = [
        [(i["citizen"]["id"], i["rank"], i["score"]) for i in found["items"]] for found in (before, after)
    ]
    assert ranks[0] == ranks[1]


def test_without_a_day_the_review_is_when_the_practice_says(service, world):
    service.ask("coordinator", "PATCH", "/api/v1/practices", {"review_days": 5}, If_Match="*")
    made = propose(service, world, "anna").json()
    done = came(service, made, "not-able-now").json()
    assert done["review_on"] == Practice(review_days=5).review_day(today()).isoformat()


def test_a_review_in_the_past_is_refused(service, world):
    made = propose(service, world, "anna").json()
    answer = came(service, made, "not-able-now", review_on=today().isoformat())
    assert (answer.status_code, answer.json()["field"]) == (422, "review_on")


def test_a_colleague_s_citizen_is_shown_by_initials_without_a_word(service, world):
    made = propose(service, world, "carla", who="colleague", note="Vil gerne ud").json()
    assert made["open"] is True
    seen = service.ask("consultant", "GET", f"/api/v1/proposals/{made['id']}").json()
    assert (seen["open"], seen["note"], seen["citizen"]["name"]) == (False, "", None)
    assert "Holm" not in str(seen)
    assert came(service, made, "contacted").status_code == 403
    listed = service.ask("consultant", "GET", "/api/v1/proposals").json()["items"]
    assert [item["note"] for item in listed] == [""]


def test_centre_staff_see_and_answer_for_their_own_citizens_only(service, world):
    anna, carla = propose(service, world, "anna").json(), propose(service, world, "carla").json()
    path = f"/api/v1/citizens/{world['anna']}/assignments"
    service.ask("coordinator", "POST", path, {"user_id": service.user_ids["centre_staff"]})
    listed = service.ask("centre_staff", "GET", "/api/v1/proposals").json()["items"]
    assert [item["id"] for item in listed] == [anna["id"]]
    assert service.ask("centre_staff", "GET", f"/api/v1/proposals/{carla['id']}").status_code == 404
    assert came(service, carla, "contacted", who="centre_staff").status_code == 404
    done = came(service, anna, "contacted", who="centre_staff", through="drop_in_centre")
    assert (done.status_code, done.json()["contacted_through"]) == (200, "drop_in_centre")


def test_the_same_key_suggests_and_records_once(service, world):
    body = {"citizen_id": world["anna"], "order_id": world["order"]}
    first, again = (
        service.ask("consultant", "POST", "/api/v1/proposals", body, Idempotency_Key="k-1") for _ in range(2)
    )
    assert first.json() == again.json()
    path = f"{first.headers['location']}/contacted"
    outcomes = [
        service.ask("consultant", "POST", path, {"through": "caseworker"}, Idempotency_Key="k-2")
        for _ in range(2)
    ]
    assert outcomes[0].json() == outcomes[1].json()
    assert len(service.ask("consultant", "GET", f"{first.headers['location']}/moves").json()["items"]) == 2


def last_looks(service, count=1):
    with service.store.unit(read_only=True) as unit:
        rows = audit.entries(unit, "0370", limit=1000)[-count:]
    return [(row.action, row.citizen_id, dict(row.details)) for row in rows]


def test_a_repeated_answer_is_a_look_at_its_citizen_and_ends_with_the_access(service, world):
    contact = {"citizen_id": world["carla"], "kind": "call", "about": "job_order", "note": "Om Carla"}
    asked = [(f"/api/v1/employers/{world['employer']}/contacts", contact)]
    now = datetime.now(UTC)

    def repeated(path, body):
        return service.ask("consultant", "POST", path, body, Idempotency_Key=path.replace("/", "-"))

    with time_machine.travel(now, tick=False):
        path, access = f"/api/v1/citizens/{world['carla']}/access-requests", "Vikar for en kollega"
        assert service.ask("consultant", "POST", path, {"reason": access}).status_code == 201
        made = propose(service, world, "carla").json()
        asked.append((f"/api/v1/proposals/{made['id']}/contacted", {"note": "Talt med Carla"}))
        first = [repeated(path, body) for path, body in asked]
        assert [answer.status_code for answer in first] == [201, 200]
        for (path, body), answer in zip(asked, first, strict=True):
            assert "Carla" in answer.text
            assert repeated(path, body).content == answer.content
            assert last_looks(service) == [("answer_repeated", world["carla"], {"masked": False})]
    with time_machine.travel(now + timedelta(hours=2), tick=False):
        for (path, body), before in zip(asked, first, strict=True):
            answer = repeated(path, body)
            assert (answer.status_code, "Carla" in answer.text) == (before.status_code, False)
            assert answer.json()["citizen"] == {"id": world["carla"], "initials": "C.H.", "name": None}
            assert answer.headers.get("location") == before.headers.get("location")
            assert last_looks(service) == [("answer_repeated", world["carla"], {"masked": True})]


def taken_from(service, citizen_id):
    """The citizen is no longer the consultant's work."""
    theirs = (AssignmentRow.municipality == "0370", AssignmentRow.citizen_id == citizen_id)
    with service.store.unit() as unit:
        unit.change(delete(AssignmentRow).where(*theirs))
        unit.commit()


def test_a_repeated_return_names_no_candidate_who_is_no_longer_open(service, world):
    path, body = f"/api/v1/job-orders/{world['order']}/return", {"cause": "no_candidate"}
    sent, same = (service.ask("consultant", "POST", path, body, Idempotency_Key="k") for _ in range(2))
    assert "Anna Holm" in sent.text
    assert same.content == sent.content
    assert ("answer_repeated", world["anna"], {"masked": False}) in last_looks(service, 3)
    taken_from(service, world["anna"])
    again = service.ask("consultant", "POST", path, body, Idempotency_Key="k")
    assert (again.status_code, again.json()["job_order"]) == (200, sent.json()["job_order"])
    assert ("Anna" in again.text, "Bent Holm" in again.text, "A.H." in again.text) == (False, True, True)
    assert ("answer_repeated", world["anna"], {"masked": True}) in last_looks(service, 3)


def test_a_registration_is_not_repeated_for_whom_the_citizen_is_no_longer_open(service, world):
    body = {"name": "Eva Ny", "anchors": ANCHORS}
    made = service.ask("consultant", "POST", "/api/v1/citizens", body, Idempotency_Key="k")
    citizen = made.json()["id"]
    taken_from(service, citizen)
    again = service.ask("consultant", "POST", "/api/v1/citizens", body, Idempotency_Key="k")
    assert again.status_code == 403
    assert "Eva" not in again.text
    assert last_looks(service)[0][:2] == ("citizen_registration_repeated", citizen)


def test_a_reordering_is_not_repeated_for_whom_the_citizen_is_no_longer_open(service, world):
    second = {"employer_id": world["employer"], "title": "Feje", "activities": {"green": 1}}
    service.made("consultant", "job-orders", second)
    address = f"/api/v1/citizens/{world['anna']}/shortlist"
    listed = service.ask("consultant", "GET", address).json()
    order = [item["id"] for item in listed["items"]]
    body = {"citizen_id": world["anna"], "shown": order, "order": order[::-1], "reason": "Kender stedet"}
    path = f"/api/v1/lists/{listed['list']}/reorder"
    first, again = (service.ask("consultant", "POST", path, body, Idempotency_Key="k") for _ in range(2))
    assert (first.status_code, again.content) == (201, first.content)
    assert last_looks(service) == [("list_reordering_repeated", world["anna"], {})]
    taken_from(service, world["anna"])
    assert service.ask("consultant", "POST", path, body, Idempotency_Key="k").status_code == 403


def test_a_key_is_forgotten_after_a_day(service, world):
    body = {"name": "Eva Ny", "anchors": ANCHORS}
    now = datetime.now(UTC)

    def made():
        answer = service.ask("consultant", "POST", "/api/v1/citizens", body, Idempotency_Key="k")
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    with time_machine.travel(now, tick=False):
        first = made()
    with time_machine.travel(now + timedelta(hours=23), tick=False):
        assert made() == first
    with time_machine.travel(now + timedelta(hours=25), tick=False):
        assert made() != first
        with service.store.unit(read_only=True) as unit:
            assert unit.session.scalar(select(func.count()).select_from(AnswerRow)) == 1


def test_everything_that_became_of_a_proposal_is_logged_with_who_and_why(service, world):
    made = propose(service, world, "anna").json()
    came(service, made, "contacted", through="supported_housing", note="Bostedet ringede")
    came(service, made, "declined", declined_by="employer", reason="taken_otherwise")
    log = service.ask("consultant", "GET", f"/api/v1/proposals/{made['id']}/moves").json()["items"]
    assert [(line["before"], line["after"], line["cause"]) for line in log] == [
        (None, "proposed", ""),
        ("proposed", "contacted", "supported_housing"),
        ("contacted", "declined", "taken_otherwise"),
    ]
    assert log[1]["note"] == "Bostedet ringede"
    assert {line["by"] for line in log} == {service.user_ids["consultant"]}


def moves_of(service, path, who):
    return service.ask(who, "GET", f"/api/v1/{path}/moves").json()["items"]


def test_who_made_a_proposal_reads_its_notes_only_while_the_citizen_is_open(service, world):
    made = propose(service, world, "carla", note="Spurgte til hende").json()
    reason = {"declined_by": "citizen", "reason": "times"}
    assert came(service, made, "declined", "colleague", note="Er indlagt", **reason).status_code == 200
    path = f"proposals/{made['id']}"
    masked, whole = (moves_of(service, path, who) for who in ("consultant", "colleague"))
    assert [(line["after"], line["cause"], line["note"]) for line in masked] == [
        ("proposed", "", ""),
        ("declined", "", ""),
    ]
    assert (whole[1]["cause"], whole[1]["note"]) == ("times", "Er indlagt")
    access = {"reason": "Vikar for en kollega"}
    opened = service.ask("consultant", "POST", f"/api/v1/citizens/{world['carla']}/access-requests", access)
    assert opened.status_code == 201
    assert moves_of(service, path, "consultant") == whole


def sent_back(service, world, cause, note, who="consultant"):
    path = f"/api/v1/job-orders/{world['order']}/return"
    answer = service.ask(who, "POST", path, {"cause": cause, "note": note})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("cause", ["citizen_not_able", "no_candidate"])
def test_a_note_that_came_with_a_citizen_is_for_whom_the_citizen_is_open(service, world, cause):
    propose(service, world, "anna")
    sent_back(service, world, cause, "Anna drikker igen")
    path = f"job-orders/{world['order']}"
    notes = {
        who: moves_of(service, path, who)[-1]["note"]
        for who in ("consultant", "colleague", "analyst", "operator")
    }
    assert notes == {"consultant": "Anna drikker igen", "colleague": "", "analyst": "", "operator": ""}


def test_a_note_about_somebody_who_has_been_erased_is_for_who_wrote_it(service, world):
    propose(service, world, "anna")
    sent_back(service, world, "citizen_not_able", "Har det skidt")
    caller = Caller(service.user_ids["coordinator"], "coordinator", "0370", Role.COORDINATOR)
    with service.store.unit() as unit:
        erase(unit, caller, world["anna"])
        unit.commit()
    path = f"job-orders/{world['order']}"
    assert moves_of(service, path, "consultant")[-1]["note"] == "Har det skidt"
    assert moves_of(service, path, "colleague")[-1]["note"] == ""


def test_nobody_is_not_able_where_nobody_is_suggested(service, world):
    path = f"/api/v1/job-orders/{world['order']}"
    before = service.ask("consultant", "GET", path).json()
    answer = service.ask("consultant", "POST", f"{path}/return", {"cause": "citizen_not_able"})
    assert (answer.status_code, answer.json()["field"]) == (422, "cause")
    assert service.ask("consultant", "GET", path).json() == before


@pytest.mark.parametrize("field", ["proposal_id", "review_on"])
def test_what_belongs_to_a_citizen_who_is_not_able_is_refused_with_another_cause(service, world, field):
    made = propose(service, world, "anna").json()
    said = {"proposal_id": made["id"], "review_on": (today() + timedelta(days=7)).isoformat()}
    path = f"/api/v1/job-orders/{world['order']}/return"
    answer = service.ask("consultant", "POST", path, {"cause": "no_candidate", field: said[field]})
    assert (answer.status_code, answer.json()["field"]) == (422, field)


def test_who_sees_no_citizen_reads_no_note_and_no_reason(service, world):
    sent_back(service, world, "no_candidate", "Ingen kan om fredagen")
    path = f"job-orders/{world['order']}"
    pauses = f"/api/v1/{path}/clock-pauses"
    assert service.ask("consultant", "POST", pauses, {"reason": "Hun er syg"}).status_code == 201
    for who, note, reason in (
        ("colleague", "Ingen kan om fredagen", "Hun er syg"),
        ("analyst", "", ""),
        ("operator", "", ""),
    ):
        clock = service.ask(who, "GET", pauses).json()
        assert (moves_of(service, path, who)[-1]["note"], clock["pauses"][0]["reason"]) == (note, reason)
        assert clock["paused"] is True


def test_every_look_and_change_is_written_down_with_the_citizen(service, world):
    made = propose(service, world, "anna").json()
    service.ask("consultant", "GET", f"/api/v1/proposals/{made['id']}")
    came(service, made, "contacted")
    with service.store.unit(read_only=True) as unit:
        rows = audit.entries(unit, "0370", limit=1000)[-3:]
    assert [row.action for row in rows] == ["proposal_made", "proposal_read", "proposal_contacted"]
    assert {row.citizen_id for row in rows} == {world["anna"]}


def test_proposals_are_paged_and_narrowed(service, world):
    made = [propose(service, world, name).json()["id"] for name in ("anna", "bent")]
    path = "/api/v1/proposals?limit=1"
    first = service.ask("consultant", "GET", path).json()
    second = service.ask("consultant", "GET", f"{path}&cursor={first['next']}").json()
    assert [page["items"][0]["id"] for page in (first, second)] == made
    assert second["next"] is None
    of_bent = service.ask("consultant", "GET", f"/api/v1/proposals?citizen_id={world['bent']}").json()
    assert [item["id"] for item in of_bent["items"]] == made[1:]
    assert service.ask("consultant", "GET", "/api/v1/proposals?state=accepted").json()["items"] == []


def test_a_foreign_proposal_does_not_exist(service, world):
    made = propose(service, world, "anna").json()
    for method, path in (("GET", ""), ("GET", "/moves"), ("POST", "/contacted")):
        body = {} if method == "POST" else None
        assert service.ask("away", method, f"/api/v1/proposals/{made['id']}{path}", body).status_code == 404
    foreign = {"citizen_id": world["anna"], "order_id": world["order"]}
    assert service.ask("away", "POST", "/api/v1/proposals", foreign).status_code == 404


def test_a_yes_is_due_until_a_day_is_agreed_and_again_until_it_has_begun(service, world):
    made = propose(service, world, "anna").json()
    assert came(service, made, "start-agreed", starts_on=today().isoformat()).status_code == 409
    came(service, made, "accepted")

    def kinds():
        items = service.ask("consultant", "GET", "/api/v1/due").json()["items"]
        return [one["kind"] for one in items if one["id"] == made["id"]]

    assert kinds() == ["agree_start"]
    agreed = came(service, made, "start-agreed", starts_on=today().isoformat(), note="Kl. 9").json()
    assert (agreed["state"], agreed["starts_on"], agreed["began_on"]) == (
        "accepted",
        today().isoformat(),
        None,
    )
    assert kinds() == ["beginning"]
    assert came(service, made, "begun").json()["began_on"] == today().isoformat()
    assert kinds() == []
    assert came(service, made, "taken-back").json()["began_on"] is None
    moves = service.ask("consultant", "GET", f"/api/v1/proposals/{made['id']}/moves").json()["items"]
    assert [one["cause"] for one in moves] == ["", "", "start_agreed", "begun", "taken_back"]
    assert moves[2]["note"] == "Kl. 9"


@pytest.mark.parametrize("said", [{}, {"starts_on": "2020-01-01"}, {"starts_on": "fredag"}])
def test_a_first_day_is_a_day_to_come(service, world, said):
    made = propose(service, world, "anna").json()
    came(service, made, "accepted")
    refused = came(service, made, "start-agreed", **said)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "starts_on"
