"""The service over the example municipality on one morning, asked as its operations' examples say."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
import time_machine
from starlette.testclient import TestClient

from api.app import create_app
from api.casework.seeding import seed
from api.config import Settings
from api.domain.caller import Role
from api.examples.desk import desk_of
from api.examples.written import example_municipality
from api.schemas.shapes import IDS
from api.store import open_store
from tests.api.described import bare_app, description

HOME = "0370"
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


def operations() -> dict[str, dict[str, Any]]:
    return {
        f"{method.upper()} {path}": methods[method]
        for path, methods in description()["paths"].items()
        for method in METHODS
        if method in methods
    }


OPERATIONS = operations()


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
        return self.ask(operation, self.ids(operation))

    def ask(
        self, operation: str, ids: dict[str, str], other: Mapping[str, Any] | None = None, **headers: str
    ) -> Any:
        """The same about records that are there; `other` fields stand in the place of the example's."""
        method, path = operation.split()
        body = OPERATIONS[operation].get("requestBody", {}).get("content", {})
        sent = self._form(body[FORM]["example"]) if FORM in body else self._json(body, other or {})
        told = self.headers(operation) | {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.request(method, path.format(**ids), headers=told, **sent)

    def headers(self, operation: str) -> dict[str, str]:
        """Those of somebody who may, content with any version."""
        return self._as(Role.COORDINATOR if operation in COORDINATORS else Role.CONSULTANT)

    def _as(self, role: Role) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens[role]}", "If-Match": "*"}

    def ids(self, operation: str) -> dict[str, str]:
        """The ids of the examples; what has no id before it is made, is made as its own example says."""
        path = operation.split()[1]
        found = next((make for part, make in self._makers.items() if part in path), None)
        return IDS | (found(self, path) if found else {})

    def _proposal(self, path: str) -> dict[str, str]:
        ids = {"proposal_id": self.send("POST /api/v1/proposals").json()["id"]}
        for step in BEFORE.get(path.rsplit("/", 1)[1], ()):
            self.ask(f"POST /api/v1/proposals/{{proposal_id}}/{step}", IDS | ids)
        return ids

    def _handed_on(self, path: str) -> dict[str, str]:
        taken = path.replace("handed-back", "taken-over").format(**IDS)
        for role in (Role.COORDINATOR, Role.CONSULTANT):
            self.client.post(taken, headers=self._as(role))
        return {}

    def _sent_back(self, path: str) -> dict[str, str]:
        back = path.replace("reopened", "return").format(**IDS)
        self.client.post(back, headers=self._as(Role.CONSULTANT), json={"cause": "employer_withdrew"})
        return {}

    def _taken_in(self, path: str) -> dict[str, str]:
        return {"import_id": self.send("POST /api/v1/imports").json()["id"]}

    def _contact(self, path: str) -> dict[str, str]:
        return {"contact_id": self.send("POST /api/v1/employers/{employer_id}/contacts").json()["id"]}

    def _reservation(self, path: str) -> dict[str, str]:
        made = self.send("POST /api/v1/employers/{employer_id}/contact-reservations").json()
        return {"reservation_id": made["id"]}

    def _list(self, path: str) -> dict[str, str]:
        return {"list_id": self.send("GET /api/v1/citizens/{citizen_id}/shortlist").json()["list"]}

    def _paused(self, path: str) -> dict[str, str]:
        self.send("POST /api/v1/proposals")
        return {}

    _makers: ClassVar[Mapping[str, Callable[["Morning", str], dict[str, str]]]] = {
        "{proposal_id}": _proposal,
        "/handed-back": _handed_on,
        "/reopened": _sent_back,
        "{import_id}": _taken_in,
        "{contact_id}": _contact,
        "{reservation_id}": _reservation,
        "{user_id}": lambda self, path: {"user_id": self._user()},
        "{list_id}": _list,
        "/clock-pauses": _paused,
    }

    def _json(self, body: dict[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
        if not body:
            return {}
        text = json.dumps(body["application/json"]["example"] | other)
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
    # later than the seeding: what is undone goes back to how it stood before
    later = MORNING + timedelta(minutes=1)
    with time_machine.travel(later, tick=False), open_store(settings) as store:
        app = create_app(settings, store)
        app.router.routes = list(bare_app().router.routes)
        with TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as client:
            yield Morning(client, tokens)
