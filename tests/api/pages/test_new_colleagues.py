"""A colleague is added, or given another password, in the browser, and chooses their own before anything."""

import logging
import re
from datetime import timedelta

import pytest

from api.access.one_time import OneTime
from api.casework import users as desk
from api.domain.caller import Role
from api.domain.working_days import day_of
from api.store import audit, users
from tests.api.pages.conftest import Reader

OURS = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
COOKIE = "frikortmatch"
OWN = "grøn kano under broen"
NEW = {"username": "ida@example.org", "name": "Ida Lund", "role": "consultant"}


@pytest.fixture
def boss(service):
    return Reader(service, "coordinator")


def secret_in(page):
    return re.search(r'<code translate="no">([^<]+)</code>', page)[1]


def signed_in(service, username, password):
    """The cookie of a browser that knows nothing yet; "" when refused."""
    service.client.cookies.clear()
    service.client.post("/sign-in", data={"username": username, "password": password}, headers=OURS)
    return service.client.cookies.get(COOKIE, "")


def ask(service, cookie, path, method="GET", form=None, **headers):
    service.client.cookies.clear()
    service.client.cookies.set(COOKIE, cookie)
    return service.client.request(method, path, data=form, headers={**OURS, **headers})


def entries(service):
    with service.store.unit(read_only=True) as unit:
        return audit.entries(unit, "0370", limit=1000)


def given(service, boss, who="colleague"):
    """Another password for somebody, by the form of their page."""
    address = f"/colleagues/{service.user_ids[who]}"
    seen = re.search(r'name="seen" value="(\d+)"', boss.get(address).text)[1]
    return boss.send(f"{address}/password", {"seen": seen})


def test_who_is_added_comes_in_and_can_do_nothing_but_choose_a_password(service, boss):
    answer = boss.send("/colleagues", NEW)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert "The colleague is added." in answer.text
    cookie = signed_in(service, NEW["username"], secret_in(answer.text))
    for path in ("/", "/today", "/citizens", "/colleagues", "/practice"):
        assert ask(service, cookie, path).headers["location"] == "/account"
    assert ask(service, cookie, "/citizens/new", "POST", {"name": "X"}).status_code == 403
    assert ask(service, cookie, "/account/others", "POST").status_code == 403
    part = ask(service, cookie, "/today", **{"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Retarget"]) == (403, "#notices")
    program = ask(service, cookie, "/api/v1/citizens", Accept="application/json")
    assert (program.status_code, program.json()["type"]) == (403, "/problems/denied")
    assert "Choose your own first" in program.json()["remedy"]
    page = ask(service, cookie, "/account").text
    assert "Choose your own password" in page
    assert 'href="/today"' not in page
    assert 'action="/account/others"' not in page


def test_with_a_password_of_ones_own_everything_opens_and_the_given_one_is_good_for_nothing(service, boss):
    secret = secret_in(boss.send("/colleagues", NEW).text)
    cookie = signed_in(service, NEW["username"], secret)
    same = {"current": secret, "password": secret, "again": secret}
    assert ask(service, cookie, "/account/password", "POST", same).status_code == 422
    own = {"current": secret, "password": OWN, "again": OWN}
    assert ask(service, cookie, "/account/password", "POST", own).status_code == 303
    assert ask(service, cookie, "/today").status_code == 200
    assert signed_in(service, NEW["username"], secret) == ""
    assert ask(service, signed_in(service, NEW["username"], OWN), "/today").status_code == 200
    assert "has not chosen a password" not in boss.get("/colleagues").text


def test_a_given_password_stands_in_one_answer_and_nowhere_else(service, boss, caplog):
    caplog.set_level(logging.DEBUG)
    secret = secret_in(boss.send("/colleagues", NEW).text)
    with service.store.unit(read_only=True) as unit:
        added, kept = users.with_password(unit, NEW["username"])
    assert secret not in kept + caplog.text + repr(entries(service)) + repr(OneTime(secret, kept))
    for path in ("/colleagues", f"/colleagues/{added.id}"):
        assert "has not" in boss.get(path).text
        assert secret not in boss.get(path).text
    (row,) = [one for one in entries(service) if one.action == "user_added"]
    assert (row.subject, dict(row.details)) == (added.id, {"role": "consultant", "one_time": True})
    assert row.user_id == service.user_ids["coordinator"]


REFUSED = {
    "blank": ({"username": "ida lund"}, "username"),
    "none": ({"username": ""}, "username"),
    "taken": ({"username": "consultant"}, "username"),
    "taken elsewhere": ({"username": "away"}, "username"),
    "long": ({"username": "i" * 101}, "username"),
    "unseen": ({"username": "ida\u202e"}, "username"),
    "a person's number": ({"username": "010190-1234"}, "username"),
    "no name": ({"name": "010190-1234"}, "name"),
    "no role": ({"role": "king"}, "role"),
    "auditor": ({"role": "auditor"}, "role"),
    "operator": ({"role": "operator"}, "role"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_who_cannot_be_added_is_told_at_the_field_and_what_was_typed_comes_back(service, boss, case):
    wrong, field = REFUSED[case]
    before = len(entries(service))
    answer = boss.send("/colleagues", NEW | wrong)
    assert answer.status_code == 422
    assert f'id="refused-{field}"' in answer.text
    assert 'translate="no"' not in answer.text
    assert len(entries(service)) == before


def test_the_form_sent_once_more_adds_nobody_and_shows_nothing(boss):
    boss.send("/colleagues", NEW)
    again = boss.send("/colleagues", NEW)
    assert again.status_code == 422
    assert "There is a user" in again.text
    assert 'translate="no"' not in again.text


def test_a_forgotten_password_is_replaced_and_every_session_ends(service, boss):
    elsewhere = signed_in(service, "colleague", service.password)
    answer = given(service, boss)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert "signed out of 1 browser." in answer.text
    assert ask(service, elsewhere, "/account").headers["location"].startswith("/sign-in")
    assert signed_in(service, "colleague", service.password) == ""
    cookie = signed_in(service, "colleague", secret_in(answer.text))
    assert ask(service, cookie, "/today").headers["location"] == "/account"
    row = next(one for one in entries(service) if one.action == "password_given")
    assert row.subject == service.user_ids["colleague"]
    assert row.details["sessions"] == 1
    # a token belongs to a program, and is taken back by whoever gave it
    assert service.ask("colleague", "GET", "/api/v1/citizens").status_code == 200


def test_a_form_sent_once_more_gives_no_further_password(service, boss):
    address = f"/colleagues/{service.user_ids['colleague']}"
    seen = re.search(r'name="seen" value="(\d+)"', boss.get(address).text)[1]
    first = secret_in(boss.send(f"{address}/password", {"seen": seen}).text)
    again = boss.send(f"{address}/password", {"seen": seen})
    assert again.status_code == 412
    assert 'translate="no"' not in again.text
    assert signed_in(service, "colleague", first) != ""


@pytest.mark.parametrize("who", ["operator", "auditor", "coordinator"])
def test_a_coordinator_gives_none_to_those_who_look_after_the_coordinator_and_none_to_themselves(
    service, boss, who
):
    address = f"/colleagues/{service.user_ids[who]}"
    assert "/password" not in boss.get(address).text
    assert given(service, boss, who).status_code == 422
    assert signed_in(service, who, service.password) != ""


def test_nobody_of_another_municipality_is_given_one(service):
    away = Reader(service, "away_coordinator")
    address = f"/colleagues/{service.user_ids['colleague']}/password"
    assert away.send(address, {"seen": "1"}).status_code == 404
    assert signed_in(service, "colleague", service.password) != ""


def test_who_is_shut_out_is_let_in_before_a_password_is_given(service, boss):
    address = f"/colleagues/{service.user_ids['colleague']}"
    seen = re.search(r'name="seen" value="(\d+)"', boss.get(address).text)[1]
    boss.send(f"{address}/disabled", {"seen": seen})
    refused = given(service, boss)
    assert refused.status_code == 422
    assert "Let them in again first" in refused.text


@pytest.mark.parametrize("days", [6, 7, 8])
def test_a_given_password_lets_in_for_seven_days(service, boss, monkeypatch, days):
    with service.store.unit() as unit:
        told = desk.lets_in_until(unit.at)
        assert (day_of(told) - day_of(unit.at)).days == 7
        # as if it had been given so many days ago
        monkeypatch.setattr(desk, "lets_in_until", lambda at: told - timedelta(days=days))
    secret = secret_in(given(service, boss).text)
    assert bool(signed_in(service, "colleague", secret)) is (days < 8)


def test_the_sign_in_page_says_whom_to_ask(service):
    page = service.client.get("/sign-in", headers={"Accept": "text/html"}).text
    assert "Forgotten the password?" in page
    assert "A coordinator of your municipality gives you a new one" in page


@pytest.mark.parametrize("role", set(Role) - {Role.COORDINATOR, Role.OPERATOR})
def test_who_looks_after_nobody_neither_adds_nor_gives(service, role):
    reader = Reader(service, str(role))
    assert reader.send("/colleagues", NEW).status_code == 403
    address = f"/colleagues/{service.user_ids['colleague']}/password"
    assert reader.send(address, {"seen": "1"}).status_code == 403
