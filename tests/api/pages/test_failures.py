import re

import pytest

from api.routes import citizens as citizen_routes
from api.store.errors import Busy

HTML = {"Accept": "text/html"}


def test_an_address_that_is_none_is_told_as_a_page_in_both_languages(reader):
    for language, said in (("da", "Det findes ikke."), ("en", "There is no such thing.")):
        answer = reader.get("/nothing/here", Accept_Language=language)
        assert answer.status_code == 404
        assert answer.headers["content-type"].startswith("text/html")
        assert f"<h1>{said}</h1>" in answer.text


def test_programs_get_the_document_whatever_they_accept(reader):
    assert reader.get("/api/v1/nowhere").headers["content-type"] == "application/problem+json"
    assert reader.get("/nothing", Accept="*/*").headers["content-type"] == "application/problem+json"


def test_who_lacks_the_role_is_told_so(service):
    from tests.api.pages.conftest import Reader

    answer = Reader(service, "analyst").get("/citizens")
    assert answer.status_code == 403
    assert "Your role does not include this. Ask a coordinator" in " ".join(
        re.sub(r"<[^>]+>", " ", answer.text).split()
    )
    assert "citizens:read" not in answer.text


def test_a_busy_database_is_told_with_when_to_try_again(reader, monkeypatch):
    def busy(*_):
        raise Busy

    monkeypatch.setattr(citizen_routes.desk, "own_work", busy)
    answer = reader.get("/citizens")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, str(Busy.retry_after))
    assert "This cannot be answered right now." in answer.text


def test_a_fault_is_a_page_with_a_number_and_no_detail(reader, monkeypatch):
    def fail(*_):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(citizen_routes.desk, "own_work", fail)
    answer = reader.get("/citizens")
    assert answer.status_code == 500
    assert answer.headers["X-Request-Id"] in answer.text
    assert "secret" not in answer.text


def test_a_form_from_another_site_is_refused_as_a_page(service):
    answer = service.client.post("/sign-in", data={}, headers={**HTML, "Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "another site" in answer.text


@pytest.mark.parametrize(
    ("path", "back"), [("/citizens", "/citizens"), ("/citizens/all?limit=2", "/citizens/all%3Flimit%3D2")]
)
def test_a_stranger_comes_back_to_where_they_were_going(service, path, back):
    answer = service.client.get(path, headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next={back}")


def test_a_session_that_has_ended_is_said_to_have_ended(service):
    service.client.cookies.set("frikortmatch", "gone")
    answer = service.client.get("/citizens", headers=HTML)
    assert answer.headers["location"] == "/sign-in?next=/citizens&ended=1"
    assert "Your session has ended" in service.client.get(answer.headers["location"]).text


def test_a_script_is_told_in_place_that_the_session_has_ended(service):
    headers = {"HX-Request": "true", "Sec-Fetch-Site": "same-origin"}
    service.client.cookies.set("frikortmatch", "gone")
    answer = service.client.post("/citizens/x", data={"seen": "1"}, headers=headers)
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (401, "#notices")
    # whichever part of a page the script wanted, the notice is all there is
    assert answer.headers["HX-Reselect"] == "unset"
    assert "<html" not in answer.text
    assert re.search(r'href="/sign-in\?next=/&amp;ended=1"', answer.text)
    page = service.client.get("/citizens", headers=headers)
    assert page.headers["HX-Redirect"].startswith("/sign-in?next=/citizens")


SCRIPT = {"HX-Request": "true", "Sec-Fetch-Site": "same-origin"}
FORM = {**HTML, "Sec-Fetch-Site": "same-origin"}


@pytest.mark.parametrize(
    ("language", "said", "next_answer"),
    [
        ("da", "Ikke gemt", "Det næste svar, du giver, gemmer så dem alle."),
        ("en", "Not saved", "The next answer you give then saves all of them."),
    ],
)
def test_what_saves_by_itself_says_that_it_has_not_when_the_session_has_ended(
    service, language, said, next_answer
):
    headers = {**SCRIPT, "HX-Target": "saved", "Accept-Language": language}
    answer = service.client.post("/citizens/x", data={"seen": "1"}, headers=headers)
    bar = answer.text.partition('<div id="saved"')[2]
    assert f"<strong>{said}</strong>" in bar
    assert 'href="/sign-in?next=/&amp;ended=1" target="_blank"' in bar
    assert next_answer in bar
    assert "Authorization" not in answer.text


def test_what_has_a_button_is_to_be_pressed_again_when_the_session_has_ended(service):
    answer = service.client.post("/citizens/x", headers={**SCRIPT, "Accept-Language": "en"})
    assert "Then press again here." in answer.text
    assert 'id="saved"' not in answer.text


def test_what_saves_by_itself_says_that_it_has_not_when_the_database_is_busy(reader, monkeypatch):
    def busy(*_):
        raise Busy

    monkeypatch.setattr(citizen_routes.desk, "own_work", busy)
    told = {at: reader.get("/citizens", HX_Request="true", HX_Target=at).text for at in ("saved", "result")}
    assert '<div id="saved" class="saved wrong" hx-swap-oob="true">' in told["saved"]
    assert 'id="saved"' not in told["result"]


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("/intake", "/intake"),
        ("/employers?q=is%20og&only=resting", "/employers%3Fq%3Dis%2520og%26only%3Dresting"),
        ("https://evil.example/today", "/intake"),
        ("", "/intake"),
    ],
)
def test_a_form_sent_without_a_session_leads_back_to_the_page_it_stood_on(service, came_from, back):
    ours = str(service.client.base_url).rstrip("/")
    headers = {**FORM, "Referer": ours + came_from if came_from.startswith("/") else came_from}
    answer = service.client.post("/intake", data={"text": "Feje"}, headers=headers)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/sign-in?next={back}&ended=1&unsaved=1"


@pytest.mark.parametrize(
    ("language", "said"),
    [("da", "Det, du sendte sidst, er ikke gemt."), ("en", "What you sent last was not saved.")],
)
def test_the_sign_in_page_says_that_a_form_was_not_saved_only_where_one_was_sent(service, language, said):
    headers = {**FORM, "Accept-Language": language}
    sent = service.client.post("/intake", headers=headers).headers["location"]
    read = service.client.get("/intake", headers=headers).headers["location"]
    assert said in service.client.get(sent, headers=headers).text
    assert said not in service.client.get(read, headers=headers).text


def test_a_page_can_ask_whether_its_form_can_be_sent(service):
    who = {"username": "consultant", "password": service.password}
    service.client.post("/sign-in", data=who, headers=FORM)
    assert service.client.get("/session").status_code == 204
    service.client.cookies.clear()
    answer = service.client.get("/session", headers={"Accept-Language": "en"})
    assert answer.status_code == 401
    assert "Sign in in a new window" in answer.text
    assert "<html" not in answer.text
