"""The whole service on a fresh database: two municipalities, somebody of every role, their tokens."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import BaseRoute
from starlette.testclient import TestClient

from api.access import tokens
from api.access.passwords import hash_password
from api.app import create_app
from api.config import Settings
from api.domain.caller import Role
from api.domain.records import Municipality
from api.store import Store, municipalities, open_store, users
from tests.api.copies import embedded, open_copy
from tests.api.described import bare_app

HOME, AWAY = "0370", "0630"
PASSWORD = "en lang adgangskode"


@pytest.fixture
def settings(one_settings: Settings) -> Settings:
    """One database is enough from day to day: what differs between the two is tested below `store`."""
    return one_settings


@dataclass
class Service:
    """The service, and a way to speak to it as somebody."""

    client: TestClient
    store: Store
    tokens: dict[str, str]
    user_ids: dict[str, str]
    password: str

    def ask(self, who: str | None, method: str, path: str, json: Any = None, **headers: str) -> Any:
        """An answer to `who`: a role of Næstved, "away" for Vejle's consultant, None for a stranger."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if who:
            sent["Authorization"] = f"Bearer {self.tokens[who]}"
        body = {} if json is None else {"json": json}
        return self.client.request(method, path, headers=sent, **body)

    def made(self, who: str, path: str, json: Any) -> dict[str, Any]:
        """What was created; fails when it was not."""
        answer = self.ask(who, "POST", f"/api/v1/{path}", json)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found


@dataclass(frozen=True)
class People:
    """Somebody of every role: their tokens and their ids, by name."""

    tokens: dict[str, str]
    user_ids: dict[str, str]


def add_people(store: Store) -> People:
    """Put them into an empty database."""
    people = {str(role): (HOME, role) for role in Role}
    people |= {"colleague": (HOME, Role.CONSULTANT), "away": (AWAY, Role.CONSULTANT)}
    people |= {"away_coordinator": (AWAY, Role.COORDINATOR)}
    known = hash_password(PASSWORD)
    with store.unit() as unit:
        municipalities.add(unit, Municipality(code=HOME, name="Næstved", example=True))
        municipalities.add(unit, Municipality(code=AWAY, name="Vejle", example=True))
        added = {name: users.add(unit, code, name, role, known) for name, (code, role) in people.items()}
        issued = {name: tokens.issue(unit, user).secret for name, user in added.items()}
        unit.commit()
    return People(issued, {name: user.id for name, user in added.items()})


@pytest.fixture(scope="session")
def peopled(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, People]:
    """A folder with an SQLite database of these people and nothing else; made once and copied."""
    folder = tmp_path_factory.mktemp("peopled")
    shutil.copytree(migrated_file, folder, dirs_exist_ok=True)
    with open_store(Settings(db=f"sqlite:///{folder}/frikortmatch.db")) as store:
        return folder, add_people(store)


@pytest.fixture(scope="session")
def routes() -> list[BaseRoute]:
    """Those of an app: FastAPI works them out when first asked for, which takes longer than a test."""
    return bare_app().router.routes


@pytest.fixture
def service(peopled: tuple[Path, People], routes: list[BaseRoute], settings: Settings) -> Iterator[Service]:
    """The service on the database that `settings` name, with its people."""
    folder, people = peopled
    known = embedded(settings)
    with open_copy(folder, settings) if known else open_store(settings, create=True) as store:
        people = people if known else add_people(store)
        app = create_app(settings, store)
        app.router.routes = list(routes)
        with TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as client:
            client.headers["Accept-Language"] = "en"
            client.follow_redirects = False
            yield Service(client, store, dict(people.tokens), dict(people.user_ids), PASSWORD)
