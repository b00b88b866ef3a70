"""Pages say what colleagues are called, and the user name where that is all that is known."""

import re

import pytest

from api.domain.caller import Caller, Role
from api.store import audit, users
from tests.api.pages.conftest import Reader
from tests.api.routes.test_proposals import came, propose, world

__all__ = ["world"]


@pytest.fixture
def named(service):
    """The consultant and her colleague, with the names that one calls them by."""
    with service.store.unit() as unit:
        caller = Caller("", "root", "0370", Role.OPERATOR)
        users.set_name(unit, caller, service.user_ids["consultant"], "Mette Holm")
        users.set_name(unit, caller, service.user_ids["colleague"], "Ole Lund")
        unit.commit()


@pytest.mark.usefixtures("named")
def test_a_colleague_is_called_by_name_wherever_one_is_meant(service, reader, world):
    assert "Worked with by: Mette Holm" in reader.get(f"/citizens/{world['anna']}").text
    page = Reader(service, "coordinator").get(f"/citizens/{world['anna']}/assignments").text
    assert "<strong>Mette Holm</strong>" in page
    assert ">Ole Lund, " in page


@pytest.mark.usefixtures("named")
def test_who_was_faster_is_called_by_name(service, world):
    proposal = propose(service, world, "anna").json()
    path = f"/proposals/{proposal['id']}/outcome"
    came(service, proposal, "contacted")
    user = {"user_id": service.user_ids["colleague"]}
    assigned = service.ask("coordinator", "POST", f"/api/v1/citizens/{world['anna']}/assignments", user)
    assert assigned.status_code == 200
    late = Reader(service, "colleague").send(path, {"outcome": "contacted", "version": "1"})
    assert "Mette Holm was faster" in late.text


def test_without_a_name_the_user_name_is_said(reader, world):
    assert "Worked with by: consultant" in reader.get(f"/citizens/{world['anna']}").text


@pytest.mark.usefixtures("named")
def test_the_log_holds_ids_and_no_names(service, reader, world):
    reader.get(f"/citizens/{world['anna']}")
    with service.store.unit(read_only=True) as unit:
        rows = audit.entries(unit, "0370")
    assert rows[-1].user_id == service.user_ids["consultant"]
    assert "Mette" not in str(rows)


@pytest.fixture
def boss(service):
    return Reader(service, "coordinator")


def seen(reader, address):
    return re.search(r'name="seen" value="(\d+)"', reader.get(address).text)[1]


def test_a_coordinator_sees_who_can_sign_in_and_with_how_many_citizens(service, boss, world):
    page = boss.get("/colleagues").text
    assert "Signs in as" in page
    rows = dict(
        re.findall(r'<a href="/colleagues/\w+">([^<]+)</a>.*?data-label="Citizens">(\d+)<', page, re.S)
    )
    assert int(rows["consultant"]) > 0
    assert rows["auditor"] == "0"
    assert "away" not in rows


def test_a_name_and_a_role_are_set_and_the_role_is_undone_by_one_press(service, boss):
    user_id = service.user_ids["colleague"]
    address = f"/colleagues/{user_id}"
    form = {"seen": seen(boss, address), "name": "Ole Lund", "role": "caseworker"}
    answer = boss.send(address, form)
    assert answer.headers["location"] == f"{address}?done=saved&was=consultant"
    page = boss.get(answer.headers["location"]).text
    assert "Ole Lund" in page
    assert re.search(r">Undo: [\w ]*consultant again<", page)
    undone = boss.send(address, {"seen": seen(boss, address), "role": "consultant"})
    assert undone.status_code == 303
    user = service.ask("coordinator", "GET", f"/api/v1/users/{user_id}").json()
    assert (user["role"], user["name"]) == ("consultant", "Ole Lund")


def test_who_is_shut_out_comes_in_no_more_until_let_in_again(service, boss, world):
    address = f"/colleagues/{service.user_ids['colleague']}"
    shut = boss.send(f"{address}/disabled", {"seen": seen(boss, address)})
    assert shut.headers["location"] == f"{address}?done=disabled"
    assert service.ask("colleague", "GET", "/api/v1/citizens").status_code == 401
    assert "Those who are shut out" in boss.get("/colleagues").text
    page = boss.get(f"{address}?done=disabled").text
    assert "shut out since" in page
    boss.send(f"{address}/enabled", {"seen": seen(boss, address)})
    assert service.ask("colleague", "GET", "/api/v1/citizens").status_code == 200


def test_what_is_not_the_coordinators_to_change_is_not_offered_and_refused(service, boss):
    for who, said in (("operator", "runs the system"), ("coordinator", "changes their own role")):
        address = f"/colleagues/{service.user_ids[who]}"
        page = boss.get(address).text
        assert said in page
        assert 'name="role"' not in page
        assert boss.send(address, {"seen": seen(boss, address), "role": "consultant"}).status_code == 422
        assert boss.send(f"{address}/disabled", {"seen": seen(boss, address)}).status_code == 422
    assert service.ask("operator", "GET", "/api/v1/users").status_code == 200


@pytest.mark.parametrize("form", [{"role": "king"}, {"name": "x" * 61}, {"name": "010190-1234"}])
def test_what_is_no_name_and_no_role_is_refused(service, boss, form):
    address = f"/colleagues/{service.user_ids['colleague']}"
    assert boss.send(address, {"seen": seen(boss, address), **form}).status_code == 422
    assert (
        service.ask("coordinator", "GET", f"/api/v1/users/{service.user_ids['colleague']}").json()["name"]
        == ""
    )


def test_a_form_of_another_state_is_told_and_changes_nothing(service, boss):
    address = f"/colleagues/{service.user_ids['colleague']}"
    old = seen(boss, address)
    boss.send(address, {"seen": old, "name": "Ole Lund"})
    for part, form in (("", {"name": "Per"}), ("/disabled", {})):
        late = boss.send(f"{address}{part}", form | {"seen": old})
        assert late.status_code == 412
        assert 'id="wrong"' in late.text
    assert "Ole Lund" in boss.get(address).text


def test_programs_change_a_colleague_by_the_state_they_saw(service):
    path = f"/api/v1/users/{service.user_ids['colleague']}"
    read = service.ask("coordinator", "GET", path)
    assert service.ask("coordinator", "PATCH", path, {"name": "Ole"}).status_code == 428
    said = {"name": "Ole Lund", "role": "caseworker", "disabled": False}
    kept = service.ask("coordinator", "PATCH", path, said, If_Match=read.headers["etag"])
    assert (kept.status_code, kept.json()["role"]) == (200, "caseworker")
    late = service.ask("coordinator", "PATCH", path, {"name": None}, If_Match=read.headers["etag"])
    assert late.status_code == 412
    assert late.json()["current"]["name"] == "Ole Lund"
    gone = service.ask("coordinator", "PATCH", path, {"name": None}, If_Match=kept.headers["etag"])
    assert gone.json()["name"] == ""
    assert service.ask("coordinator", "PATCH", path, {"password": "x"}, If_Match="*").status_code == 422
