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
