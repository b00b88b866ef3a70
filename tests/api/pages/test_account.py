"""One's own access: another password, and signing out of every other browser."""

import logging
import re

import pytest

from api.domain.caller import Role
from api.store import audit
from tests.api.pages.conftest import Reader

OURS = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
COOKIE = "frikortmatch"
NEW = "grøn kano under broen"


@pytest.fixture
def browser(service):
    """The consultant's browser, signed in."""
    return signed_in(service)


def signed_in(service, password=None):
    """Sign the consultant in, in a browser that knows nothing yet; its cookie, "" when refused."""
    service.client.cookies.clear()
    form = {"username": "consultant", "password": password or service.password}
    service.client.post("/sign-in", data=form, headers=OURS)
    return service.client.cookies.get(COOKIE, "")


def come_in(service, secret):
    """Whether the browser with this cookie is let in."""
    service.client.cookies.clear()
    service.client.cookies.set(COOKIE, secret)
    return service.client.get("/account", headers={"Accept": "text/html"}).status_code == 200


def change(service, secret, current, password, again=None, **headers):
    service.client.cookies.clear()
    service.client.cookies.set(COOKIE, secret)
    form = {"current": current, "password": password, "again": password if again is None else again}
    return service.client.post("/account/password", data=form, headers={**OURS, **headers})


def recorded(service):
    with service.store.unit(read_only=True) as unit:
        return [(one.action, str(one.outcome)) for one in audit.entries(unit, "0370", limit=1000)]


@pytest.mark.parametrize("role", Role)
def test_everybody_has_their_own_access(service, role):
    assert f"signs in as {role}" in Reader(service, str(role)).get("/account").text


def test_one_comes_to_it_from_ones_name(service, browser):
    page = service.client.get("/today").text
    assert re.search(r'<a class="who" href="/account">.*?Your access</em></a>', page)


def test_a_changed_password_signs_in_and_ends_every_other_session(service, browser):
    elsewhere = signed_in(service)
    answer = change(service, browser, service.password, NEW)
    assert (answer.status_code, answer.headers["location"]) == (303, "/account?done=password")
    assert recorded(service)[-2:] == [
        ("other_sessions_ended", "permitted"),
        ("password_changed", "permitted"),
    ]
    assert come_in(service, browser)
    assert "You are signed in here only" in service.client.get("/account").text
    assert not come_in(service, elsewhere)
    assert signed_in(service) == ""
    assert signed_in(service, NEW) != ""


REFUSED = {
    "wrong": ("en helt forkert en", NEW, NEW, "current", "The old password is not right"),
    "short": ("", "for kort", "for kort", "password", "Use 12 to 256 characters"),
    "long": ("", "x" * 257, "x" * 257, "password", "Use 12 to 256 characters"),
    "far too long": ("", "y" * 1001, "y" * 1001, "password", "The text is too long"),
    "not alike": ("", NEW, NEW + "x", "again", "Write it twice alike"),
    "same": ("", "", "", "password", "The new password is the old one"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_is_said_at_its_field_and_no_password_comes_back(service, browser, caplog, case):
    caplog.set_level(logging.DEBUG)
    typed, new, again, field, said = REFUSED[case]
    current, new, again = typed or service.password, new or service.password, again or service.password
    answer = change(service, browser, current, new, again)
    assert answer.status_code == 422
    assert re.search(rf'id="refused-{field}">[^<]*{said}', answer.text)
    program = change(service, browser, current, new, again, Accept="application/json")
    with service.store.unit(read_only=True) as unit:
        kept = repr(audit.entries(unit, "0370", limit=1000))
    for password in {current, new, again}:
        assert password not in answer.text + program.text + caplog.text + kept
    assert ("password_changed", "permitted") not in recorded(service)
    assert signed_in(service) != ""


def test_wrong_ones_wait_as_when_signing_in_and_count_there_as_well(service, browser):
    for _ in range(5):
        assert change(service, browser, "en helt forkert en", NEW).status_code == 422
    early = change(service, browser, service.password, NEW)
    assert (early.status_code, early.headers["content-type"]) == (429, "text/html; charset=utf-8")
    assert 0 < int(early.headers["Retry-After"]) <= 10
    assert "Nothing is locked" in early.text
    assert change(service, browser, service.password, NEW, Accept="application/json").status_code == 429
    assert signed_in(service) == ""
    assert recorded(service).count(("password_changed", "denied")) == 5


def test_what_is_refused_before_the_old_password_is_looked_at_is_no_attempt(service, browser):
    for _ in range(6):
        assert change(service, browser, "en helt forkert en", "kort").status_code == 422
    assert change(service, browser, service.password, NEW).status_code == 303


def test_one_signs_out_of_all_other_browsers_by_one_press(service, browser):
    elsewhere = signed_in(service)
    assert come_in(service, browser)
    assert "signed in in 1 other browser." in service.client.get("/account").text
    answer = service.client.post("/account/others", headers=OURS)
    assert answer.headers["location"] == "/account?done=others"
    assert "You are signed out of every other browser" in service.client.get("/account?done=others").text
    assert ("other_sessions_ended", "permitted") in recorded(service)
    assert not come_in(service, elsewhere)
    assert come_in(service, browser)


def test_nobody_elses_password_and_sessions_are_touched(service, browser):
    service.client.cookies.clear()
    other = {"username": "colleague", "password": service.password}
    service.client.post("/sign-in", data=other, headers=OURS)
    theirs = service.client.cookies[COOKIE]
    assert change(service, browser, service.password, NEW).status_code == 303
    assert come_in(service, theirs)
    service.client.cookies.clear()
    assert service.client.post("/sign-in", data=other, headers=OURS).status_code == 303


def test_a_form_of_another_site_changes_nothing(service, browser):
    answer = change(service, browser, service.password, NEW, **{"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert signed_in(service) != ""


def test_signing_in_again_in_the_same_browser_ends_its_older_session(service, browser):
    form = {"username": "consultant", "password": service.password}
    service.client.post("/sign-in", data=form, headers=OURS)
    assert service.client.cookies[COOKIE] != browser
    assert recorded(service)[-2:] == [("sign_out", "permitted"), ("sign_in", "permitted")]
    assert not come_in(service, browser)


def test_signing_out_is_written_down(service, browser):
    service.client.post("/sign-out", headers=OURS)
    assert recorded(service)[-1] == ("sign_out", "permitted")
    assert not come_in(service, browser)
    service.client.post("/sign-out", headers=OURS)
    assert recorded(service).count(("sign_out", "permitted")) == 1
