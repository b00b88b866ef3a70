"""What holds for every answer, whichever resource gives it."""

import json
from typing import Annotated

import pytest
from fastapi import APIRouter, Query
from starlette.testclient import TestClient

from api.app import create_app
from api.routes import centres as centre_routes
from api.routes.bodies import MAX_BYTES, StrictRoute
from tests.api.meanwhile import kept_by_another

CENTRE = {"name": "Værestedet Havnen", "place": {"postcode": "4700", "town": "Næstved"}}
CENTRES = "/api/v1/centres"


def send(service, content, path=CENTRES, method="POST", content_type="application/json"):
    bearer = f"Bearer {service.tokens['coordinator']}"
    headers = {"Authorization": bearer, "Content-Type": content_type}
    return service.client.request(method, path, content=content, headers=headers)


def test_the_security_headers_stand_on_answers_problems_pages_and_files(service):
    for path in ("/health", CENTRES, "/nowhere", "/sign-in", "/docs", "/static/pages.css"):
        headers = service.ask(None, "GET", path).headers
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Request-Id"]
        assert "server" not in headers
        assert headers["Cache-Control"] == ("no-cache" if path.startswith("/static/") else "no-store")


def test_who_comes_by_https_is_told_to_stay_with_it_and_nobody_else_is(service):
    encrypted = service.client.get("https://127.0.0.1:8000/health").headers
    assert encrypted["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in service.client.get("/health").headers


def test_a_problem_is_said_in_danish_unless_english_is_asked_for(service):
    danish = service.ask(None, "GET", CENTRES, Accept_Language="fr, de;q=0.5")
    english = service.ask(None, "GET", CENTRES, Accept_Language="en-GB, da;q=0.5")
    assert (danish.headers["Content-Language"], english.headers["Content-Language"]) == ("da", "en")
    assert english.json()["title"] == "Nobody is signed in."
    assert danish.json()["title"] == "Ingen er logget ind."
    assert danish.json()["type"] == english.json()["type"] == "/problems/not-signed-in"


def test_an_address_that_does_not_exist_is_a_problem_document(service):
    answer = service.ask(None, "GET", "/api/v1/nowhere")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


def test_a_method_that_is_not_there_keeps_its_allow_header(service):
    answer = service.ask(None, "DELETE", CENTRES)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, POST")
    assert answer.headers["content-type"] == "application/problem+json"


def test_every_json_operation_reads_its_body_strictly(service):
    described = service.client.app.openapi()["paths"]
    with_body = [
        (method, path)
        for path, operations in described.items()
        for method, operation in operations.items()
        if "requestBody" in operation and "multipart/form-data" not in operation["requestBody"]["content"]
    ]
    assert len(with_body) > 10
    for method, path in with_body:
        answer = send(service, b'{"a": NaN}', path, method.upper())
        assert (answer.status_code, answer.json()["type"]) == (400, "/problems/malformed"), path


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "multipart/form-data", ""])
def test_another_content_type_is_refused(service, content_type):
    answer = send(service, json.dumps(CENTRE).encode(), content_type=content_type)
    assert (answer.status_code, answer.json()["type"]) == (415, "/problems/wrong-media-type")


def test_a_body_that_is_too_large_is_cut_off_early(service):
    sent = 0

    def endless():
        nonlocal sent
        yield b'{"name": "'
        for _ in range(50):
            sent += MAX_BYTES
            yield b"a" * MAX_BYTES
        yield b'"}'

    answer = send(service, endless())
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")


def test_an_unknown_field_is_refused_with_the_nearest_known_one(service):
    answer = service.ask("coordinator", "POST", CENTRES, CENTRE | {"knd": "drop_in_centre"})
    assert answer.status_code == 422
    assert answer.json()["field"] == "knd"
    assert answer.json()["remedy"] == "Did you mean 'kind'?"


@pytest.mark.parametrize("field", ["id", "municipality", "version", "tenant_id", "role"])
def test_what_the_service_decides_cannot_be_sent(service, field):
    assert service.ask("coordinator", "POST", CENTRES, CENTRE | {field: "0630"}).status_code == 422


def test_all_that_is_wrong_is_said_at_once(service):
    answer = service.ask("coordinator", "POST", CENTRES, {"kind": "castle", "verified_on": "soon"})
    assert [error["field"] for error in answer.json()["errors"]] == ["name", "kind", "verified_on"]


def test_all_that_is_wrong_with_a_practice_is_said_at_once(service):
    sent = {
        "contact_days": 0,
        "yearly_days_off": ["24-12", "06-05", "02-30"],
        "extra_days_off": ["7. maj"],
        "candidates_by": "age",
        "required_answers": ["contact_persn"],
        "review_days": None,
    }
    answer = service.ask("coordinator", "PATCH", "/api/v1/practices", sent, If_Match="*")
    assert answer.status_code == 422
    told = [(error["field"].partition(".")[0], error["remedy"]) for error in answer.json()["errors"]]
    assert [field for field, _ in told] == [
        "contact_days",
        "yearly_days_off",
        "yearly_days_off",
        "extra_days_off",
        "candidates_by",
        "required_answers",
    ]
    assert "Did you mean 'contact_person'?" in told[-1][1]


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=many", "cursor=garbled", "cursor=%00"])
def test_a_page_that_cannot_be_is_refused(service, query):
    assert service.ask("coordinator", "GET", f"{CENTRES}?{query}").status_code == 422


@pytest.mark.parametrize(
    ("path", "field", "remedy"),
    [
        (f"{CENTRES}?limt=5", "limt", "Did you mean 'limit'?"),
        (f"{CENTRES}?limit=5&utm_source=mail", "utm_source", "Use one of: cursor, limit."),
        ("/api/v1/practices?x=1", "x", "This call takes no parameters."),
    ],
)
def test_a_parameter_that_is_not_known_is_refused_by_its_name(service, path, field, remedy):
    answer = service.ask("coordinator", "GET", path, Accept_Language="en")
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    problem = answer.json()
    assert (problem["field"], problem["detail"], problem["remedy"]) == (
        field,
        f"{field!r} is not known.",
        remedy,
    )


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (f"{CENTRES}?limit=5&limit=6", "limit"),
        ("/api/v1/due?whose=mine&limit=5&whose=mine", "whose"),
        ("/api/v1/citizens/nobody/shortlist?kind=employers&k=5&kind=job-orders", "kind"),
        ("/api/v1/job-orders/none/candidates?ranked=true&ranked=true", "ranked"),
    ],
)
def test_a_parameter_that_comes_twice_is_refused_whatever_its_values_are(service, path, field):
    answer = service.ask("coordinator", "GET", path, Accept_Language="en")
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    problem = answer.json()
    assert (problem["field"], problem["detail"], problem["remedy"]) == (
        field,
        f"The parameter {field!r} comes twice.",
        "Send it once.",
    )


def test_a_list_among_the_parameters_may_repeat_and_nothing_else(service):
    router = APIRouter(route_class=StrictRoute)

    @router.get("/some")
    def some(kinds: Annotated[list[str] | None, Query()] = None, k: int = 1) -> list[str]:
        return kinds or []

    service.client.app.include_router(router)
    assert service.client.get("/some?kinds=a&k=2&kinds=b").json() == ["a", "b"]
    assert service.client.get("/some?kinds=a&k=2&kinds=b&k=2").json()["field"] == "k"


def test_a_link_to_a_page_may_carry_what_others_put_there(service):
    page = service.ask("coordinator", "GET", "/employers?utm_source=mail", Accept="text/html")
    assert page.status_code == 200
    assert service.ask("coordinator", "GET", f"{CENTRES}?limit=5").status_code == 200


def test_an_id_of_another_shape_does_not_exist(service):
    for id_ in ("%00", "a" * 500, "a%20b", "%F0%9F%8C%B1"):
        assert service.ask("coordinator", "GET", f"{CENTRES}/{id_}").status_code == 404


class TestVersions:
    def test_a_change_to_the_version_that_was_seen_is_made(self, service):
        made = service.made("coordinator", "centres", CENTRE)
        path = f"{CENTRES}/{made['id']}"
        tag = service.ask("coordinator", "GET", path).headers["ETag"]
        answer = service.ask("coordinator", "PATCH", path, {"name": "Havnen"}, If_Match=tag)
        assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
        assert answer.json()["name"] == "Havnen"
        assert answer.json()["place"] == made["place"]

    def test_a_late_change_is_answered_with_the_current_state(self, service):
        made = service.made("coordinator", "centres", CENTRE)
        path = f"{CENTRES}/{made['id']}"
        service.ask("coordinator", "PATCH", path, {"name": "Havnen"}, If_Match='"1"')
        answer = service.ask("coordinator", "PATCH", path, {"name": "Kajen"}, If_Match='"1"')
        assert (answer.status_code, answer.headers["ETag"]) == (412, '"2"')
        assert answer.json()["current"]["name"] == "Havnen"

    def test_a_change_without_a_version_is_not_made(self, service):
        made = service.made("coordinator", "centres", CENTRE)
        answer = service.ask("coordinator", "PATCH", f"{CENTRES}/{made['id']}", {"name": "Kajen"})
        assert (answer.status_code, answer.json()["type"]) == (428, "/problems/precondition-required")

    def test_null_takes_away_what_may_be_missing_and_nothing_else(self, service):
        made = service.made("coordinator", "centres", CENTRE | {"verified_on": "2026-11-01"})
        path = f"{CENTRES}/{made['id']}"
        answer = service.ask("coordinator", "PATCH", path, {"verified_on": None}, If_Match="*")
        assert answer.json()["verified_on"] is None
        refused = service.ask("coordinator", "PATCH", path, {"name": None}, If_Match="*")
        assert (refused.status_code, refused.json()["field"]) == (422, "name")


class TestIdempotency:
    def test_the_same_creation_twice_is_done_once_and_answered_alike(self, service):
        first = service.ask("coordinator", "POST", CENTRES, CENTRE, Idempotency_Key="k-1")
        again = service.ask("coordinator", "POST", CENTRES, CENTRE, Idempotency_Key="k-1")
        assert (first.status_code, again.status_code) == (201, 201)
        assert first.content == again.content
        for header in ("ETag", "Location", "Content-Type"):
            assert first.headers[header] == again.headers[header]
        assert len(service.ask("coordinator", "GET", CENTRES).json()["items"]) == 1

    def test_the_same_key_with_another_body_is_a_conflict(self, service):
        service.ask("coordinator", "POST", CENTRES, CENTRE, Idempotency_Key="k-1")
        other = CENTRE | {"name": "Et andet"}
        answer = service.ask("coordinator", "POST", CENTRES, other, Idempotency_Key="k-1")
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/conflict")

    def test_a_creation_that_was_refused_leaves_its_key_free(self, service):
        refused = service.ask("coordinator", "POST", CENTRES, {}, Idempotency_Key="k-1")
        made = service.ask("coordinator", "POST", CENTRES, CENTRE, Idempotency_Key="k-1")
        assert (refused.status_code, made.status_code) == (422, 201)

    def test_a_key_is_somebody_s_own(self, service):
        service.ask("coordinator", "POST", CENTRES, CENTRE, Idempotency_Key="k-1")
        assert service.ask("operator", "POST", CENTRES, CENTRE, Idempotency_Key="k-1").status_code == 201

    def test_a_key_with_a_space_is_no_key(self, service):
        assert service.ask("coordinator", "POST", CENTRES, CENTRE, Idempotency_Key="a b").status_code == 422


class TestFaults:
    def test_a_fault_tells_a_stranger_a_number_and_nothing_else(self, service, monkeypatch, caplog):
        def broken(*_, **__):
            raise RuntimeError("0101701234 Anna")

        monkeypatch.setattr(centre_routes.centres, "page", broken)
        answer = service.ask("coordinator", "GET", CENTRES)
        assert (answer.status_code, answer.json()["type"]) == (500, "/problems/unexpected")
        assert "Anna" not in answer.text + caplog.text
        assert answer.json()["request_id"] == answer.headers["X-Request-Id"]
        assert answer.headers["X-Request-Id"] in caplog.text
        assert "RuntimeError" in caplog.text

    def test_a_locked_database_asks_to_come_again(self, service, settings):
        with kept_by_another(settings.db.get_secret_value()):
            answer = service.ask("coordinator", "POST", CENTRES, CENTRE)
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/unavailable")
        assert int(answer.headers["Retry-After"]) > 0
        assert service.ask("coordinator", "GET", CENTRES).json()["items"] == []


class TestSameOrigin:
    @pytest.mark.parametrize(
        ("headers", "status"),
        [
            ({"Sec-Fetch-Site": "same-origin"}, 303),
            ({"Sec-Fetch-Site": "cross-site"}, 403),
            ({"Sec-Fetch-Site": "same-site"}, 403),
            ({"Origin": "http://127.0.0.1:8000"}, 303),
            ({"Origin": "http://127.0.0.1:9999"}, 403),
            ({"Origin": "null"}, 403),
            ({"Origin": "http://["}, 403),
            ({"Cookie": "frikortmatch=x"}, 403),
            ({}, 303),
        ],
    )
    def test_a_form_is_taken_from_our_own_pages_or_from_no_browser(self, service, headers, status):
        assert service.client.post("/sign-out", headers=headers).status_code == status

    def test_a_session_cookie_from_another_site_changes_nothing(self, service):
        headers = {"Cookie": "frikortmatch=x", "Sec-Fetch-Site": "cross-site"}
        assert service.client.post(CENTRES, json=CENTRE, headers=headers).status_code == 403

    @pytest.mark.parametrize("authorization", ["Basic YTpi", "Bearer", "Bearer ", "x"])
    def test_an_authorization_that_is_no_token_does_not_let_the_cookie_through(self, service, authorization):
        told = {"username": "coordinator", "password": service.password}
        service.client.post("/sign-in", data=told, headers={"Sec-Fetch-Site": "same-origin"})
        headers = {"Authorization": authorization, "Sec-Fetch-Site": "cross-site"}
        assert service.client.post(CENTRES, json=CENTRE, headers=headers).status_code == 403
        headers["Sec-Fetch-Site"] = "same-origin"
        assert service.client.post(CENTRES, json=CENTRE, headers=headers).status_code == 201

    def test_a_token_needs_no_origin(self, service):
        headers = {"Sec-Fetch-Site": "cross-site"}
        assert service.ask("coordinator", "POST", CENTRES, CENTRE, **headers).status_code == 201


def test_the_description_names_if_match_and_every_problem(service):
    paths = service.ask(None, "GET", "/openapi.json").json()["paths"]
    change = paths["/api/v1/centres/{centre_id}"]["patch"]
    assert [p["required"] for p in change["parameters"] if p["name"] == "if-match"] == [True]
    assert {"401", "403", "404", "412", "413", "415", "422", "428", "500", "503"} <= set(change["responses"])
    assert list(change["responses"]["412"]["content"]) == ["application/problem+json"]


def test_the_service_opens_and_closes_its_own_store(service, settings):
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        assert client.get("/health").json()["status"] == "ok"


def padded(bytes_: int) -> bytes:
    return b'{"text": "Luge bede"}'.ljust(bytes_)


@pytest.mark.parametrize(("size", "status"), [(1_048_576, 200), (1_048_577, 413)])
def test_a_body_may_have_one_mebibyte_and_not_a_byte_more(service, size, status):
    told = {"Authorization": f"Bearer {service.tokens['consultant']}", "Content-Type": "application/json"}
    answer = service.client.post("/api/v1/read-task", content=padded(size), headers=told)
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 404), (b"{}", 404), (b'{"x": 1}', 422), (b"NaN", 400), (b" " * 1_048_577, 413)],
    ids=["nothing", "an empty object", "a field", "NaN", "too much"],
)
@pytest.mark.parametrize("way", [("POST", "taken-over"), ("DELETE", "clock-pauses")], ids=lambda one: one[1])
def test_a_call_that_takes_no_body_reads_what_is_sent_and_refuses_it(service, way, body, status):
    method, step = way
    told = {"Authorization": f"Bearer {service.tokens['consultant']}", "Content-Type": "application/json"}
    path = f"/api/v1/job-orders/{'0' * 32}/{step}"
    assert service.client.request(method, path, content=body, headers=told).status_code == status


def test_a_day_of_receipt_of_long_ago_is_refused_at_its_own_field(service):
    employer = service.made("consultant", "employers", {"name": "Kirken"})
    body = {"employer_id": employer["id"], "title": "Luge", "channel": "phone", "received_on": "1900-01-01"}
    answer = service.ask("consultant", "POST", "/api/v1/job-orders", body)
    assert (answer.status_code, answer.json()["field"]) == (422, "received_on")


@pytest.mark.parametrize("path", ["/health", "/api/v1/centres", "/openapi.json", "/sign-in"])
def test_head_answers_as_get_does_without_its_body(service, path):
    told = {"Authorization": f"Bearer {service.tokens['consultant']}"}
    whole, head = (service.client.request(method, path, headers=told) for method in ("GET", "HEAD"))
    assert (whole.status_code, head.status_code) == (200, 200)
    assert (head.content, head.headers["content-type"]) == (b"", whole.headers["content-type"])
    assert whole.content


def test_head_of_what_needs_signing_in_is_refused_without_a_body(service):
    answer = service.client.head("/api/v1/centres")
    assert (answer.status_code, answer.content) == (401, b"")


def test_head_of_an_address_that_takes_changes_only_is_not_allowed(service):
    answer = service.ask("consultant", "HEAD", "/api/v1/read-task")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
