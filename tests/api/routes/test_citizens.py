"""Every look is written down; what is not one's work shows by initials until a reason is given."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from api.store import audit
from matching.times import DENMARK_TIME

CITIZENS = "/api/v1/citizens"
ANNA = {
    "name": "Anna Marie Holm",
    "anchors": [{"kind": "postal_district", "postcode": "4700"}],
    "attitudes": {"green": "gladly", "machine_work": "cannot"},
    "avoids": ["machines", "alcohol_present"],
    "availability": ["fri 9-12"],
    "mode": "bicycle",
    "max_minutes": 30,
}
REASON = {"reason": "Ringer for en kollega, som er syg"}


@pytest.fixture
def anna(service) -> str:
    return service.made("consultant", "citizens", ANNA)["id"]


def trail(service, since: int = 0) -> list[tuple[str, str | None, str]]:
    with service.store.unit(read_only=True) as unit:
        rows = audit.entries(unit, "0370", limit=1000)
    return [(row.action, row.citizen_id, str(row.outcome)) for row in rows[since:]]


def test_what_was_told_is_shown_as_it_was_told(service, anna):
    shown = service.ask("consultant", "GET", f"{CITIZENS}/{anna}").json()
    assert {name: shown[name] for name in ANNA if name not in ("anchors", "avoids")} == {
        name: ANNA[name] for name in ANNA if name not in ("anchors", "avoids")
    }
    assert shown["avoids"] == sorted(ANNA["avoids"])
    assert shown["municipality"] == "0370"


class TestOthersWork:
    def test_appears_in_a_list_by_initials_and_id_alone(self, service, anna):
        [listed] = service.ask("colleague", "GET", CITIZENS).json()["items"]
        assert {name: value for name, value in listed.items() if value is not None} == {
            "id": anna,
            "initials": "A.M.H.",
            "open": False,
            "nobodys": False,
        }

    def test_is_told_from_nobody_s_in_lists_and_in_a_search(self, service, anna):
        bent = service.made("consultant", "citizens", ANNA | {"name": "Bent Holm"})["id"]
        ended = f"{CITIZENS}/{bent}/assignments/{service.user_ids['consultant']}"
        assert service.ask("coordinator", "DELETE", ended).status_code == 200
        search = service.ask("colleague", "POST", f"{CITIZENS}/search", {"name": "holm"}).json()
        for found in (search, service.ask("colleague", "GET", CITIZENS).json()):
            assert {one["id"]: one["nobodys"] for one in found["items"]} == {anna: False, bent: True}
        alone = service.ask("colleague", "GET", f"{CITIZENS}?nobodys=true").json()
        assert [one["id"] for one in alone["items"]] == [bent]
        # of whom the citizen is open to, the list says the name instead
        mine = service.ask("consultant", "GET", CITIZENS).json()["items"]
        assert {one["id"]: one["nobodys"] for one in mine} == {anna: None, bent: True}

    def test_is_found_by_name_without_showing_it(self, service, anna):
        answer = service.ask("colleague", "POST", f"{CITIZENS}/search", {"name": "holm"})
        assert [item["id"] for item in answer.json()["items"]] == [anna]
        assert "Holm" not in answer.text

    def test_is_not_open_and_says_the_way_out(self, service, anna):
        answer = service.ask("colleague", "GET", f"{CITIZENS}/{anna}")
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/denied")
        assert f"{CITIZENS}/{anna}/access-requests" in answer.json()["remedy"]
        assert trail(service)[-1] == ("citizen_read", anna, "denied")

    def test_opens_with_a_reason(self, service, anna):
        granted = service.ask("colleague", "POST", f"{CITIZENS}/{anna}/access-requests", REASON)
        assert granted.status_code == 201
        assert "syg" not in granted.text
        assert service.ask("colleague", "GET", f"{CITIZENS}/{anna}").json()["name"] == ANNA["name"]

    def test_stays_closed_for_a_reason_that_says_nothing(self, service, anna):
        refused = service.ask("colleague", "POST", f"{CITIZENS}/{anna}/access-requests", {"reason": "x"})
        assert (refused.status_code, refused.json()["field"]) == (422, "reason")
        assert service.ask("colleague", "GET", f"{CITIZENS}/{anna}").status_code == 403

    def test_does_not_exist_for_centre_staff(self, service, anna):
        assert service.ask("centre_staff", "GET", CITIZENS).json()["items"] == []
        assert service.ask("centre_staff", "GET", f"{CITIZENS}/{anna}").status_code == 404

    def test_becomes_one_s_own_when_a_coordinator_says_so(self, service, anna):
        path, user = f"{CITIZENS}/{anna}/assignments", service.user_ids["colleague"]
        answer = service.ask("coordinator", "POST", path, {"user_id": user})
        assert set(answer.json()["users"]) == {user, service.user_ids["consultant"]}
        assert service.ask("colleague", "GET", f"{CITIZENS}/{anna}").status_code == 200

    def test_is_nobody_s_work_any_more_when_a_coordinator_says_so(self, service, anna):
        path, mine = f"{CITIZENS}/{anna}/assignments", service.user_ids["consultant"]
        other = service.user_ids["colleague"]
        service.ask("coordinator", "POST", path, {"user_id": other})
        answer = service.ask("coordinator", "DELETE", f"{path}/{mine}")
        assert answer.json() == {"citizen": anna, "users": [other]}
        assert trail(service)[-1] == ("citizen_unassigned", anna, "permitted")
        assert service.ask("consultant", "GET", f"{CITIZENS}/{anna}").status_code == 403

    def test_cannot_be_taken_from_who_does_not_have_it(self, service, anna):
        path = f"{CITIZENS}/{anna}/assignments"
        before = service.ask("coordinator", "GET", path).json()
        answer = service.ask("coordinator", "DELETE", f"{path}/{service.user_ids['colleague']}")
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")
        assert service.ask("coordinator", "GET", path).json() == before

    @pytest.mark.parametrize("user", ["nobody", "away", "auditor", "analyst", "operator"])
    def test_cannot_become_the_work_of_somebody_who_is_not_here_or_sees_no_citizen(self, service, anna, user):
        body = {"user_id": service.user_ids.get(user, "f" * 32)}
        answer = service.ask("coordinator", "POST", f"{CITIZENS}/{anna}/assignments", body)
        assert (answer.status_code, answer.json()["field"]) == (422, "user_id")


LOOKS: list[tuple[str, str, Any, list[str]]] = [
    ("GET", "", None, ["citizen_listed"]),
    ("POST", "/search", {"name": "anna"}, ["citizens_searched", "citizen_found"]),
    ("GET", "/{id}", None, ["citizen_read"]),
    ("PATCH", "/{id}", {"ready": False}, ["citizen_changed"]),
    ("GET", "/{id}/assignments", None, ["assignments_read"]),
    ("GET", "/{id}/shortlist", None, ["shortlist_read"]),
    ("POST", "/{id}/access-requests", REASON, ["break_glass"]),
]


@pytest.mark.parametrize(("method", "path", "body", "actions"), LOOKS)
def test_each_look_is_one_row_and_nothing_else_is(service, anna, method, path, body, actions):
    before = len(trail(service))
    answer = service.ask("consultant", method, CITIZENS + path.format(id=anna), body, If_Match="*")
    assert answer.status_code < 300, answer.text
    assert [row[0] for row in trail(service, before)] == actions


@pytest.mark.parametrize(("method", "path", "body", "actions"), LOOKS)
def test_no_audit_no_data(service, anna, method, path, body, actions, monkeypatch):
    from api.store import audit as log
    from api.store.errors import StorageFailed

    def failing(*_, **__):
        raise StorageFailed("disk I/O error")

    monkeypatch.setattr(log, "append", failing)
    answer = service.ask("consultant", method, CITIZENS + path.format(id=anna), body, If_Match="*")
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/unavailable")
    assert "Anna" not in answer.text
    assert "A.M.H." not in answer.text


def test_a_commit_that_fails_shows_nothing(service, anna, monkeypatch):
    from api.store import Unit
    from api.store.errors import StorageFailed

    def failing(_):
        raise StorageFailed("disk full", full=True)

    monkeypatch.setattr(Unit, "commit", failing)
    answer = service.ask("consultant", "GET", f"{CITIZENS}/{anna}")
    assert (answer.status_code, answer.json()["type"]) == (507, "/problems/storage-full")
    assert "Anna" not in answer.text


def test_a_late_change_shows_the_current_state_and_that_is_a_look(service, anna):
    path = f"{CITIZENS}/{anna}"
    service.ask("consultant", "PATCH", path, {"ready": False}, If_Match='"1"')
    before = len(trail(service))
    answer = service.ask("consultant", "PATCH", path, {"mode": "walk"}, If_Match='"1"')
    assert (answer.status_code, answer.json()["current"]["ready"]) == (412, False)
    assert trail(service, before) == [("citizen_read", anna, "permitted")]


def test_the_answer_to_a_repeated_registration_is_a_look_too(service):
    first = service.ask("consultant", "POST", CITIZENS, ANNA, Idempotency_Key="k")
    again = service.ask("consultant", "POST", CITIZENS, ANNA, Idempotency_Key="k")
    assert first.content == again.content
    assert trail(service)[-1] == ("citizen_registration_repeated", first.json()["id"], "permitted")


def test_a_merge_patch_changes_one_attitude_and_leaves_the_others(service, anna):
    patch = {"attitudes": {"green": "can", "machine_work": None}, "max_minutes": None}
    answer = service.ask("consultant", "PATCH", f"{CITIZENS}/{anna}", patch, If_Match="*").json()
    assert answer["attitudes"] == {"green": "can"}
    assert answer["max_minutes"] is None
    assert answer["availability"] == ANNA["availability"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("anchors", []),
        ("anchors", [{"kind": "postal_district", "postcode": "9999"}]),
        ("anchors", [{"centre_id": "f" * 32}]),
        ("avoids", ["driving_licence"]),
        ("avoids", ["machnes"]),
        ("abilities", {"machines": "yes"}),
        ("attitudes", {"green": "loves"}),
        ("availability", ["friday"]),
        ("max_minutes", -1),
        ("name", ""),
        ("diagnosis", "none of ours"),
    ],
)
def test_what_cannot_be_is_refused_by_name(service, field, value):
    answer = service.ask("consultant", "POST", CITIZENS, ANNA | {field: value})
    assert answer.status_code == 422
    assert answer.json()["field"].split(".")[0] == field
    assert service.ask("consultant", "GET", CITIZENS).json()["items"] == []


def test_a_centre_of_another_municipality_is_no_anchor(service):
    centre = service.made("away_coordinator", "centres", {"name": "Havnen"})["id"]
    answer = service.ask("consultant", "POST", CITIZENS, ANNA | {"anchors": [{"centre_id": centre}]})
    assert (answer.status_code, answer.json()["field"]) == (422, "anchors.0.centre_id")


def test_a_list_goes_on_where_it_stopped(service):
    made = [service.made("consultant", "citizens", ANNA | {"name": f"Nr. {n}"})["id"] for n in range(5)]
    seen, cursor = [], ""
    while cursor is not None:
        page = service.ask("consultant", "GET", f"{CITIZENS}?limit=2{cursor}").json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"] and f"&cursor={page['next']}"
    assert seen == sorted(made)


def test_nobody_has_waited_since_a_day_to_come(service):
    today = datetime.now(DENMARK_TIME).date()
    body = {"name": "Ny Holm", "anchors": [{"kind": "postal_district", "postcode": "4700"}]}
    later = {"waiting_since": str(today + timedelta(days=1))}
    refused = service.ask("consultant", "POST", "/api/v1/citizens", body | later, Accept_Language="da")
    assert (refused.status_code, refused.json()["field"]) == (422, "waiting_since")
    assert f"{today + timedelta(days=1):%d-%m-%Y}" in refused.json()["detail"]
    made = service.ask("consultant", "POST", "/api/v1/citizens", body | {"waiting_since": str(today)})
    assert made.status_code == 201
    path, tag = made.headers["location"], made.headers["etag"]
    changed = service.ask("consultant", "PATCH", path, later, If_Match=tag)
    assert (changed.status_code, changed.json()["field"]) == (422, "waiting_since")
