import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages.sign_in import local
from api.store import Store

OURS = {"Sec-Fetch-Site": "same-origin"}


def submit(service, **fields):
    return service.client.post("/sign-in", data=fields, headers=OURS)


def signed_in(service):
    return submit(service, username="consultant", password=service.password, next="/")


def test_a_stranger_is_sent_to_the_form(service):
    answer = service.client.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


def test_signing_in_leads_to_a_page_that_says_who_one_is(service):
    answer = signed_in(service)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert service.client.get("/").headers["location"] == "/today"
    page = service.client.get("/citizens", headers={"Accept-Language": "da"}).text
    assert "virksomhedskonsulent" in page
    assert "Næstved Kommune" in page
    assert '<html lang="da">' in page


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(service):
    cookie = signed_in(service).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie


def test_over_https_the_cookie_is_tied_to_the_host(service):
    service.client.base_url = "https://frikortmatch.example"
    cookie = signed_in(service).headers["set-cookie"]
    assert cookie.startswith("__Host-frikortmatch=")
    assert "Secure" in cookie
    assert service.client.get("/citizens").status_code == 200


@pytest.mark.parametrize(
    ("username", "password"), [("consultant", "wrong"), ("nobody", "wrong"), ("analyst", ""), ("", "")]
)
def test_whatever_was_wrong_is_said_in_the_same_words(service, username, password):
    answer = submit(service, username=username, password=password)
    assert answer.status_code == 422
    assert "set-cookie" not in answer.headers
    assert re.search(r'role="alert">\s*<p class="alert-text">Username or password is not right', answer.text)


def refused_five_times(service):
    for _ in range(5):
        assert submit(service, username="nobody", password="wrong").status_code == 422


def test_after_five_wrong_ones_the_page_says_calmly_how_long_to_wait(service):
    refused_five_times(service)
    headers = OURS | {"Accept": "text/html", "Accept-Language": "da"}
    fields = {"username": "nobody", "password": "wrong"}
    answer = service.client.post("/sign-in", data=fields, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (429, "text/html; charset=utf-8")
    assert 0 < int(answer.headers["Retry-After"]) <= 10
    assert "Vent 1 min., og prøv så igen. Intet er låst." in answer.text
    assert 'value="nobody"' in answer.text
    assert "alert-error" not in answer.text
    assert "aria-invalid" not in answer.text


def test_a_program_is_told_by_a_problem_document_how_long_to_wait(service):
    refused_five_times(service)
    answer = submit(service, username="nobody", password="wrong")
    told = answer.json()
    assert (answer.status_code, told["type"]) == (429, "/problems/too-many-attempts")
    assert answer.headers["content-type"] == "application/problem+json"
    assert 0 < int(answer.headers["Retry-After"]) <= 10
    assert told["remedy"] == "Wait 1 min., then try again. Nothing is locked."


def test_a_token_is_let_in_while_its_user_has_to_wait_to_sign_in(service):
    for _ in range(6):
        submit(service, username="consultant", password="wrong")
    assert submit(service, username="consultant", password=service.password).status_code == 429
    assert service.ask("consultant", "GET", "/api/v1/centres").status_code == 200


def test_what_was_typed_comes_back_escaped(service):
    answer = submit(service, username='"><script>alert(1)</script>', password="x")
    assert "<script>" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_signing_out_ends_the_session_for_good(service):
    signed_in(service)
    secret = service.client.cookies["frikortmatch"]
    answer = service.client.post("/sign-out", headers=OURS)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert "Clear-Site-Data" in answer.headers
    service.client.cookies.set("frikortmatch", secret)
    assert service.client.get("/").headers["location"] == "/sign-in"


def test_the_session_opens_the_service_as_a_token_does(service):
    assert service.client.get("/api/v1/centres").status_code == 401
    signed_in(service)
    assert service.client.get("/api/v1/centres").status_code == 200


def test_pages_hold_nothing_inline_and_nothing_from_elsewhere(service):
    signed_in(service)
    for path in ("/today", "/citizens", "/citizens/all", "/sign-in", "/keyboard", "/nothing", "/docs"):
        page = service.client.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|<style|\son\w+=", page), path
        assert not re.search(r'(?:src|href|action)="(?!/|#|data:,")', page), path


def test_every_file_of_a_page_is_there(service):
    for path in ("/sign-in", "/docs"):
        for file in re.findall(r'(?:src|href)="(/static/[^"]+)"', service.client.get(path).text):
            assert service.client.get(file).status_code == 200, file


@pytest.mark.parametrize("next_", ["/", "/docs", "/docs?a=b#c", "/a/b-c_d.e~f"])
def test_a_path_of_ours_is_followed(next_):
    assert local(next_) == next_


OUTSIDE = [
    "//evil.example",
    "https://evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("next_", [*OUTSIDE, "", "evil", "\\\\evil.example", "/ /evil", "///evil.example"])
def test_nothing_else_is_followed(next_):
    assert local(next_) == "/"


@given(st.text(alphabet="/\\:.?#@ \t\r\nevil%20", max_size=20))
def test_where_one_goes_next_always_begins_with_one_slash(next_):
    assert re.match(r"/(?![/\\])", local(next_))


def test_a_failed_sign_in_is_written_down(service):
    submit(service, username="consultant", password="wrong")
    assert _actions(service.store, "0370")[-1:] == [("sign_in", "denied")]


def _actions(store: Store, municipality: str) -> list[tuple[str, str]]:
    from api.store import audit

    with store.unit(read_only=True) as unit:
        return [(entry.action, str(entry.outcome)) for entry in audit.entries(unit, municipality)]


@pytest.mark.parametrize("who", ["analyst", "operator"])
def test_who_sees_no_citizens_is_led_to_the_parts_of_the_menu(service, who):
    submit(service, username=who, password=service.password, next="/")
    page = service.client.get("/", headers={"Accept-Language": "en"}).text
    menu, _, main = page.partition("<main")
    for part in ("/job-orders", "/employers"):
        assert f'href="{part}"' in menu
        assert f'href="{part}"' in main
    assert "done by program" not in main


def test_who_looks_through_the_log_is_led_to_who_opened_whom(service):
    submit(service, username="auditor", password=service.password, next="/")
    main = service.client.get("/", headers={"Accept-Language": "en"}).text.partition("<main")[2]
    assert '<li><a href="/accesses">' in main
    assert 'href="/employers"' not in main


def test_whose_session_has_ended_reads_that_nothing_saved_is_lost_and_comes_back(service):
    page = service.client.get("/sign-in?next=/job-orders&ended=1", headers=OURS).text
    assert "Nothing that was saved is lost" in page
    assert '<input type="hidden" name="next" value="/job-orders">' in page
