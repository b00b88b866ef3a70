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

HOME, AWAY = "0370", "0630"
PASSWORD = "en lang adgangskode"


@pytest.fixture
def settings(sqlite_settings: Settings) -> Settings:
    """One database is enough here: what differs between the two is tested below `store`."""
    return sqlite_settings


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
class Peopled:
    """A folder with a database that holds the people and nothing else, their tokens and their ids."""

    folder: Path
    tokens: dict[str, str]
    user_ids: dict[str, str]


@pytest.fixture(scope="session")
def peopled(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Peopled:
    """Made once for all tests of a process; each test has a copy of its own."""
    people = {str(role): (HOME, role) for role in Role}
    people |= {"colleague": (HOME, Role.CONSULTANT), "away": (AWAY, Role.CONSULTANT)}
    people |= {"away_coordinator": (AWAY, Role.COORDINATOR)}
    folder = tmp_path_factory.mktemp("peopled")
    shutil.copytree(migrated_file, folder, dirs_exist_ok=True)
    with open_store(Settings(db=f"sqlite:///{folder}/frikortmatch.db")) as store, store.unit() as unit:
        municipalities.add(unit, Municipality(code=HOME, name="Næstved", example=True))
        municipalities.add(unit, Municipality(code=AWAY, name="Vejle", example=True))
        hashed = hash_password(PASSWORD)
        added = {
            name: users.add(unit, code, name, role, hashed if name == "consultant" else "")
            for name, (code, role) in people.items()
        }
        issued = {name: tokens.issue(unit, user).secret for name, user in added.items()}
        unit.commit()
    return Peopled(folder, issued, {name: user.id for name, user in added.items()})


@pytest.fixture(scope="session")
def routes() -> list[BaseRoute]:
    """Those of an app: FastAPI works them out when first asked for, which takes longer than a test."""
    return create_app(Settings()).router.routes


@pytest.fixture
def service(
    peopled: Peopled, routes: list[BaseRoute], settings: Settings, tmp_path: Path
) -> Iterator[Service]:
    """The service on a copy of the people's database, which `settings` name."""
    shutil.copytree(peopled.folder, tmp_path, dirs_exist_ok=True)
    with open_store(settings) as store:
        app = create_app(settings, store)
        app.router.routes = list(routes)
        with TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as client:
            client.headers["Accept-Language"] = "en"
            client.follow_redirects = False
            yield Service(client, store, dict(peopled.tokens), dict(peopled.user_ids), PASSWORD)
