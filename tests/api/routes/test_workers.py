"""Several processes on one database, on each of the two: what one of them changes, the others know."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import make_url
from starlette.testclient import TestClient

from api.app import create_app
from api.config import Settings
from api.store import open_store
from tests.api.postgresql import shut_out
from tests.api.service import Service

SQUARE = {"lat": 55.2306, "lon": 11.7605}
CENTRES = "/api/v1/centres"


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest) -> Settings:
    found: Settings = request.getfixturevalue(f"{request.param}_settings")
    return found.model_copy(update={"busy_seconds": 30.0})


@pytest.fixture
def other(service: Service, settings: Settings) -> Iterator[Service]:
    """A second process of the same service: an application and connections of its own."""
    with open_store(settings) as store:
        app = create_app(settings, store)
        with TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as client:
            client.headers["Accept-Language"] = "en"
            yield replace(service, client=client, store=store)


@pytest.fixture
def anna(service: Service) -> str:
    """The id of a citizen who starts at the square."""
    centre = service.made("coordinator", "centres", {"name": "Havnen", "place": SQUARE})
    anna = {"name": "Anna", "anchors": [{"centre_id": centre["id"]}], "avoids": ["machines"]}
    found: str = service.made("consultant", "citizens", anna)["id"]
    return found


def listed(service: Service, citizen: str, kind: str = "job-orders") -> tuple[list[str], list[str]]:
    """The ids of what fits, and of what hangs on an answer."""
    answer = service.ask("consultant", "GET", f"/api/v1/citizens/{citizen}/shortlist?kind={kind}")
    assert answer.status_code == 200, answer.text
    fits, hangs = answer.json()["items"], answer.json()["ask"]["items"]
    return [row["id"] for row in fits], [row["id"] for row in hangs]


def test_what_one_process_changes_weighs_in_the_next_list_of_another(service, other, anna):
    said = {"name": "Gartneriet", "place": SQUARE, "advertising_protected": "no"}
    employer = service.made("consultant", "employers", said)["id"]
    assert listed(other, anna) == ([], [])
    assert listed(other, anna, "employers") == ([], [employer])
    order = service.made(
        "consultant", "job-orders", {"title": "Bede", "employer_id": employer, "activities": {"green": 1}}
    )["id"]
    assert listed(other, anna) == ([], [order])
    assert listed(other, anna, "employers") == ([], [])
    told = {"about": "machines", "answer": "no"}
    answered = service.ask("consultant", "POST", f"/api/v1/employers/{employer}/answers", told)
    assert answered.status_code == 200, answered.text
    assert listed(other, anna) == ([order], [])
    ended = service.ask(
        "consultant", "PATCH", f"/api/v1/job-orders/{order}", {"state": "ended"}, If_Match="*"
    )
    assert ended.status_code == 200, ended.text
    for process in (other, service):
        assert listed(process, anna) == ([], [])
        assert listed(process, anna, "employers") == ([employer], [])


def test_a_creation_sent_many_times_at_once_is_done_once(service: Service, other: Service):
    def send(number: int) -> tuple[int, str]:
        answer = (service, other)[number % 2].ask(
            "coordinator", "POST", CENTRES, {"name": "Havnen"}, Idempotency_Key="k-1"
        )
        return answer.status_code, answer.text

    for process in (service, other):
        # the framework makes its routes when they are first asked for, and not well in several threads
        assert process.ask("coordinator", "GET", CENTRES).status_code == 200
    with ThreadPoolExecutor(6) as threads:
        answers = set(threads.map(send, range(12)))
    assert {status for status, _ in answers} == {201}
    assert len(answers) == 1
    assert len(service.ask("coordinator", "GET", CENTRES).json()["items"]) == 1


def test_of_two_who_change_the_same_version_one_is_shown_what_the_other_wrote(service, other):
    made = service.made("coordinator", "centres", {"name": "Havnen"})

    def rename(to: Service, name: str) -> tuple[int, str]:
        path = f"{CENTRES}/{made['id']}"
        answer = to.ask("coordinator", "PATCH", path, {"name": name}, If_Match='"1"')
        told = answer.json()
        return answer.status_code, (told if answer.status_code == 200 else told["current"])["name"]

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(rename, (service, other), ("Kajen", "Molen")))
    assert sorted(status for status, _ in answers) == [200, 412]
    assert len({name for _, name in answers}) == 1


@pytest.fixture
def socket_folder(tmp_path: Path) -> Path:
    return tmp_path / "socket"


@pytest.fixture
def away(service: Service, settings: Settings, socket_folder: Path) -> Iterator[Service]:
    """A process that reaches the server through a folder that can be taken away."""
    address = make_url(settings.db.get_secret_value())
    socket_folder.symlink_to(str(address.query["host"]))
    there = address.update_query_dict({"host": str(socket_folder)}).render_as_string(hide_password=False)
    with (
        open_store(settings.model_copy(update={"db": SecretStr(there)})) as store,
        TestClient(create_app(settings, store), raise_server_exceptions=False) as client,
    ):
        yield replace(service, client=client, store=store)


@pytest.mark.parametrize("settings", ["postgresql"], indirect=True)
def test_a_server_that_is_gone_is_said_to_be_unavailable_until_it_is_back(away, socket_folder: Path):
    assert away.ask("coordinator", "GET", CENTRES).status_code == 200
    server = socket_folder.readlink()
    socket_folder.unlink()
    shut_out(away.store.engine.url.update_query_dict({"host": str(server)}))
    for method, path, body in (
        ("GET", CENTRES, None),
        ("POST", CENTRES, {"name": "Havnen"}),
        ("GET", "/health", None),
    ):
        answer = away.ask("coordinator", method, path, body)
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/unavailable")
        assert answer.headers["content-type"] == "application/problem+json"
        assert int(answer.headers["Retry-After"]) > 0
        assert str(server) not in answer.text
    socket_folder.symlink_to(server)
    assert away.ask("coordinator", "GET", CENTRES).json()["items"] == []


@pytest.mark.parametrize(("outcome", "moves"), [("declined", "down"), ("accepted", "up")])
def test_what_an_employer_answers_to_one_process_moves_its_other_orders_in_the_lists_of_another(
    service, other, anna, outcome, moves
):
    firm = {"name": "Gartneriet", "place": SQUARE, "demands": {"machines": "no"}}
    employer = service.made("consultant", "employers", firm)["id"]
    orders = [
        service.made("consultant", "job-orders", {"title": title, "employer_id": employer, "places": 2})["id"]
        for title in ("Bede", "Hække")
    ]

    def openness(process: Service) -> float:
        path = f"/api/v1/citizens/{anna}/explanations/{orders[1]}"
        found: float = process.ask("consultant", "GET", path).json()["parts"][3]["value"]
        return found

    assert (openness(service), openness(other)) == (0.5, 0.5)
    body = {"citizen_id": anna, "order_id": orders[0], "started_from": "citizen"}
    made = service.made("consultant", "proposals", body)["id"]
    said = {"declined_by": "employer", "reason": "times"} if outcome == "declined" else {}
    answer = service.ask("consultant", "POST", f"/api/v1/proposals/{made}/{outcome}", said)
    assert answer.status_code == 200, answer.text
    expected = {"down": 0.4, "up": 0.6}[moves]
    assert (openness(other), openness(service)) == (expected, expected)
