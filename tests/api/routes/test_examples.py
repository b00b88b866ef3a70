"""Every operation shows by example what it is sent and what it answers, and the examples hold."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from fastapi.routing import iter_route_contexts
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from api.app import create_app
from api.casework.seeding import seed
from api.config import Settings
from api.domain.caller import Role
from api.examples.desk import desk_of
from api.examples.written import example_municipality
from api.routes.examples import Examples, NoExample
from api.routes.language import translator
from api.routes.problem import MEDIA_TYPE
from api.schemas.shapes import IDS, Problem
from api.store import open_store
from matching.language import Language
from tests.api.described import bare_app, description

HOME = "0370"
IN_DANISH = translator(Language.DANISH)
MORNING = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
METHODS = ("get", "post", "put", "patch", "delete")
FORM = "multipart/form-data"
COORDINATORS = {
    "POST /api/v1/centres",
    "PATCH /api/v1/centres/{centre_id}",
    "POST /api/v1/citizens/{citizen_id}/assignments",
    "DELETE /api/v1/citizens/{citizen_id}/assignments/{user_id}",
    "PATCH /api/v1/practices",
    "GET /api/v1/users",
    "GET /api/v1/users/{user_id}",
    "PATCH /api/v1/users/{user_id}",
}
"""What the coordinator does; all else is asked by the consultant."""

BEFORE = {
    "taken-back": ("contacted",),
    "start-agreed": ("contacted", "accepted"),
    "begun": ("contacted", "accepted"),
}
"""What has been recorded of a suggestion before a step of it can be."""

NOT_THERE = {"GET /api/v1/imports/{import_id}"}
"""What nothing in the example municipality answers: nobody has taken a list in."""


def operations() -> dict[str, dict[str, Any]]:
    return {
        f"{method.upper()} {path}": methods[method]
        for path, methods in description()["paths"].items()
        for method in METHODS
        if method in methods
    }


OPERATIONS = operations()


def examples_of(contents: dict[str, Any]) -> list[Any]:
    return [media["example"] for media in contents.values()]


def as_it_was_sent(kind: Any, example: Any) -> Any:
    """The example read by its shape and written again; a field that the shape does not know is lost."""
    adapter = TypeAdapter(kind)
    return adapter.dump_python(adapter.validate_json(json.dumps(example)), mode="json", exclude_unset=True)


def routes() -> dict[str, Any]:
    app = bare_app()
    found = {}
    for context in iter_route_contexts(app.routes):
        for method in context.methods or ():
            if f"{method} {context.path}" in OPERATIONS:
                found[f"{method} {context.path}"] = context.original_route
    return found


ROUTES = routes()


def test_every_operation_is_looked_at():
    assert set(ROUTES) == set(OPERATIONS)
    assert len(OPERATIONS) > 50


@pytest.mark.parametrize("operation", OPERATIONS)
def test_what_is_answered_reads_as_its_shape(operation):
    answers = OPERATIONS[operation]["responses"]
    done = [
        example for status in answers if status < "3" for example in examples_of(answers[status]["content"])
    ]
    assert done
    for example in done:
        assert as_it_was_sent(ROUTES[operation].response_model, example) == example


@pytest.mark.parametrize("operation", OPERATIONS)
def test_what_goes_wrong_is_shown_as_a_danish_problem_document(operation):
    for status, answer in OPERATIONS[operation]["responses"].items():
        if status >= "4":
            example = answer["content"][MEDIA_TYPE]["example"]
            assert as_it_was_sent(Problem, example) == example
            assert example["status"] == int(status)
            assert example["title"] == IN_DANISH(answer["description"]) != answer["description"]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_id_of_an_address_has_an_example(operation):
    parameters = OPERATIONS[operation].get("parameters", ())
    in_path = [parameter for parameter in parameters if parameter["in"] == "path"]
    assert [parameter["example"] for parameter in in_path] == [IDS[one["name"]] for one in in_path]


def test_a_change_that_came_late_shows_the_current_state():
    late = OPERATIONS["PATCH /api/v1/centres/{centre_id}"]["responses"]["412"]["content"][MEDIA_TYPE]
    assert late["example"]["current"]["id"] == IDS["centre_id"]


def test_a_shape_that_does_not_say_what_it_looks_like_is_found_by_its_path():
    silent = {"properties": {"name": {"type": "string"}}, "required": ["name"]}
    examples = Examples({"Silent": silent})
    listed = {
        "properties": {"items": {"items": {"$ref": "#/components/schemas/Silent"}}},
        "required": ["items"],
    }
    with pytest.raises(NoExample, match=r"\.items\[\]\.name"):
        examples.of(listed)


def test_what_need_not_be_said_and_does_not_say_what_it_looks_like_is_left_out():
    shape = {"properties": {"note": {"type": "string"}, "name": {"type": "string", "examples": ["Karen"]}}}
    assert Examples({}).of(shape) == {"name": "Karen"}


def test_what_may_be_null_is_null_unless_it_says_what_it_looks_like():
    null, text = {"type": "null"}, {"type": "string"}
    shape = {
        "properties": {"a": {"anyOf": [text, null]}, "b": {"anyOf": [text, null], "examples": ["her"]}},
        "required": ["a", "b"],
    }
    assert Examples({}).of(shape) == {"a": None, "b": "her"}


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A database with the example municipality as it is on one morning, and a token for each role there."""
    folder = tmp_path_factory.mktemp("seeded")
    with (
        time_machine.travel(MORNING, tick=False),
        open_store(Settings(db=f"sqlite:///{folder}/example.db"), create=True) as store,
    ):
        example = example_municipality(HOME, MORNING.date())
        (logins,) = seed(store, [example], desks={HOME: desk_of(HOME, MORNING.date())})
    return folder, {login.role: login.token for login in logins}


class Morning:
    """The service over the example municipality, asked as an operation's examples say."""

    def __init__(self, client: TestClient, tokens: dict[str, str]) -> None:
        self.client = client
        self.tokens = tokens

    def send(self, operation: str) -> Any:
        """What is answered when an operation is sent its examples, as somebody who may."""
        return self._ask(operation, self._ids(operation.split()[1]))

    def _ask(self, operation: str, ids: dict[str, str]) -> Any:
        method, path = operation.split()
        body = OPERATIONS[operation].get("requestBody", {}).get("content", {})
        sent = self._form(body[FORM]["example"]) if FORM in body else self._json(body)
        role = Role.COORDINATOR if operation in COORDINATORS else Role.CONSULTANT
        return self.client.request(method, path.format(**ids), headers=self._as(role), **sent)

    def _as(self, role: Role) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens[role]}", "If-Match": "*"}

    def _ids(self, path: str) -> dict[str, str]:
        """The ids of the examples; what has no id before it is made, is made as its own example says."""
        if "{proposal_id}" in path:
            ids = IDS | {"proposal_id": self.send("POST /api/v1/proposals").json()["id"]}
            for step in BEFORE.get(path.rsplit("/", 1)[1], ()):
                self._ask(f"POST /api/v1/proposals/{{proposal_id}}/{step}", ids)
            return ids
        self._moved(path)
        if "{contact_id}" in path:
            made = self.send("POST /api/v1/employers/{employer_id}/contacts").json()
            return IDS | {"contact_id": made["id"]}
        if "{reservation_id}" in path:
            made = self.send("POST /api/v1/employers/{employer_id}/contact-reservations").json()
            return IDS | {"reservation_id": made["id"]}
        if "{user_id}" in path:
            return IDS | {"user_id": self._user()}
        if "{list_id}" in path:
            read = self.send("GET /api/v1/citizens/{citizen_id}/shortlist").json()
            return IDS | {"list_id": read["list"]}
        return IDS

    def _moved(self, path: str) -> None:
        """Bring the job order where an operation finds it."""
        if path.endswith("/reopened"):
            back = path.replace("reopened", "return").format(**IDS)
            self.client.post(back, headers=self._as(Role.CONSULTANT), json={"cause": "employer_withdrew"})
        if path.endswith("/handed-back"):
            taken = path.replace("handed-back", "taken-over").format(**IDS)
            for role in (Role.COORDINATOR, Role.CONSULTANT):
                self.client.post(taken, headers=self._as(role))
        if path.endswith("/clock-pauses"):
            self.send("POST /api/v1/proposals")

    def _json(self, body: dict[str, Any]) -> dict[str, Any]:
        if not body:
            return {}
        text = json.dumps(body["application/json"]["example"])
        return {"json": json.loads(text.replace(IDS["user_id"], self._user()))}

    def _form(self, example: dict[str, Any]) -> dict[str, Any]:
        fields = {name: str(value) for name, value in example.items() if name != "file"}
        content = "Virksomhedsnavn;CVR-nr\r\nÅens Gartneri;12345674".encode("utf-8-sig")
        return {"data": fields, "files": {"file": (example["file"], content)}}

    def _user(self) -> str:
        read = self.send("GET /api/v1/citizens/{citizen_id}/assignments").json()
        user: str = read["users"][0]
        return user


@pytest.fixture
def morning(seeded: tuple[Path, dict[str, str]], tmp_path: Path) -> Iterator[Morning]:
    folder, tokens = seeded
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    settings = Settings(db=f"sqlite:///{tmp_path}/example.db")
    with time_machine.travel(MORNING, tick=False), open_store(settings) as store:
        app = create_app(settings, store)
        app.router.routes = list(bare_app().router.routes)
        with TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as client:
            yield Morning(client, tokens)


@pytest.mark.parametrize("operation", sorted(set(OPERATIONS) - NOT_THERE))
def test_an_operation_does_what_its_example_asks_for(morning, operation):
    answer = morning.send(operation)
    assert answer.status_code in (200, 201), answer.text
    assert as_it_was_sent(ROUTES[operation].response_model, answer.json())


OUTCOMES = ("contacted", "accepted", "declined", "not_able_now", "withdrawn")


@pytest.mark.parametrize("state", OUTCOMES)
def test_each_outcome_of_a_proposal_answers_its_own_state(state):
    operation = operations()[f"POST /api/v1/proposals/{{proposal_id}}/{state.replace('_', '-')}"]
    shown = operation["responses"]["200"]["content"]["application/json"]["example"]
    assert (shown["state"], shown["contact_by"]) == (state, None)
    assert bool(shown["contacted_at"]) == (state != "withdrawn")
    assert bool(shown["review_on"]) == (state == "not_able_now")
    assert bool(shown["reason"]) == bool(shown["declined_by"]) == (state == "declined")


def test_no_word_of_ours_about_examples_stands_in_the_description():
    assert not re.search(r'"x-(answers|empty)"', json.dumps(description()))
