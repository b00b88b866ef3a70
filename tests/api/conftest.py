"""A store through the migrations, on each database there is, with two municipalities and their consultants.

SQLite always; PostgreSQL as well when FRIKORTMATCH_TEST_PG_URL names a server where databases may be made.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from api.config import Settings
from api.domain.caller import Caller, Channel, Role
from api.domain.records import Municipality
from api.store import Store, municipalities, open_store, users

SERVER = os.environ.get("FRIKORTMATCH_TEST_PG_URL")
DATABASES = ["sqlite", *(["postgresql"] if SERVER else [])]


@pytest.fixture
def sqlite_settings(tmp_path: Path) -> Settings:
    return Settings(db=f"sqlite:///{tmp_path}/frikortmatch.db", busy_seconds=0.2)


@pytest.fixture(params=DATABASES)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_settings")
        return
    server = make_url(str(SERVER))
    name = f"test_{secrets.token_hex(8)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    address = server.set(database=name).render_as_string(hide_password=False)
    yield Settings(db=address, key_file=tmp_path / "keys", busy_seconds=0.2)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty database as the migrations leave it, and its keys; made once and copied."""
    folder = tmp_path_factory.mktemp("migrated")
    open_store(Settings(db=f"sqlite:///{folder}/frikortmatch.db"), create=True).close()
    return folder


@pytest.fixture
def store(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Store]:
    address = make_url(settings.db.get_secret_value())
    if address.get_backend_name() == "sqlite":
        migrated = request.getfixturevalue("migrated")
        shutil.copytree(migrated, Path(str(address.database)).parent, dirs_exist_ok=True)
    with open_store(settings, create=True) as store:
        yield store


def _consultant(store: Store, code: str, name: str, username: str) -> Caller:
    with store.unit() as unit:
        if municipalities.find(unit, code) is None:
            municipalities.add(unit, Municipality(code=code, name=name, example=True))
        user = users.add(unit, code, username, Role.CONSULTANT)
        unit.commit()
    return users.caller_of(user, Channel.HTTP)


@pytest.fixture
def naestved(store: Store) -> Caller:
    return _consultant(store, "0370", "Næstved", "bodil")


@pytest.fixture
def colleague(store: Store, naestved: Caller) -> Caller:
    return _consultant(store, "0370", "Næstved", "carl")


@pytest.fixture
def vejle(store: Store) -> Caller:
    return _consultant(store, "0630", "Vejle", "vera")
