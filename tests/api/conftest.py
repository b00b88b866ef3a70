"""A store through the migrations, on each of the two databases, with consultants of two municipalities.

A test that asks for `settings`, `store` or anything made of them runs on SQLite and on PostgreSQL. A module
for which one is enough from day to day overrides `settings` with `one_settings`, which is SQLite. With
FRIKORTMATCH_TESTS_ON=postgresql (or sqlite) all of them run on that one; `make prove` does so.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.config import Settings
from api.domain.caller import Caller, Channel, Role
from api.domain.records import Municipality
from api.store import Store, municipalities, open_store, users
from tests.api.copies import embedded, open_copy
from tests.api.disks import no_waiting_for_the_disk
from tests.api.hashing import quick_hashes
from tests.api.postgresql import Server, emptied, programs, server_of
from tests.api.statements import compiled_once

__all__ = ["compiled_once", "no_waiting_for_the_disk", "quick_hashes"]

DATABASES = ("sqlite", "postgresql")
ASKED_FOR = os.environ.get("FRIKORTMATCH_TESTS_ON", "")
"""The one database that all tests of the service run on; empty when none was asked for."""

if ASKED_FOR and ASKED_FOR not in DATABASES:
    raise pytest.UsageError(f"FRIKORTMATCH_TESTS_ON is {' or '.join(DATABASES)}, not {ASKED_FOR!r}")


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server of this run; tests that need it are skipped where it is not installed."""
    found = programs()
    if found is None:
        said = "PostgreSQL is not installed (Debian: apt-get install postgresql)"
        if ASKED_FOR == "postgresql" or os.environ.get("CI") == "true":
            pytest.fail(said)
        pytest.skip(said)
    own = tmp_path_factory.getbasetemp()
    with server_of(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own, found) as server:
        yield server


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an SQLite database as the migrations leave it, and its keys; made once and copied."""
    folder = tmp_path_factory.mktemp("migrated")
    open_store(Settings(db=f"sqlite:///{folder}/frikortmatch.db"), create=True).close()
    return folder


@pytest.fixture(scope="session")
def migrated_database(
    postgresql_server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    """Settings of a PostgreSQL database as the migrations leave it; made once, and emptied for each test."""
    with postgresql_server.database() as address:
        settings = Settings(db=address, key_file=tmp_path_factory.mktemp("keys") / "keys", busy_seconds=0.2)
        open_store(settings, create=True).close()
        yield settings


@pytest.fixture
def sqlite_settings(tmp_path: Path) -> Settings:
    """Settings that name an SQLite file; it is not there before `store` is asked for."""
    return Settings(db=f"sqlite:///{tmp_path}/frikortmatch.db", busy_seconds=0.2)


@pytest.fixture
def postgresql_settings(migrated_database: Settings) -> Settings:
    """Settings that name a PostgreSQL database without any row."""
    emptied(migrated_database.db.get_secret_value())
    return migrated_database


@pytest.fixture
def one_settings(request: pytest.FixtureRequest) -> Settings:
    """Settings for a test to which one database is enough: SQLite, unless the other was asked for."""
    found: Settings = request.getfixturevalue(f"{ASKED_FOR or 'sqlite'}_settings")
    return found


@pytest.fixture(params=[ASKED_FOR] if ASKED_FOR else DATABASES)
def settings(request: pytest.FixtureRequest) -> Settings:
    """Settings for one test, on each database in turn."""
    found: Settings = request.getfixturevalue(f"{request.param}_settings")
    return found


@pytest.fixture
def store(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Store]:
    """An open store with nothing in it."""
    if embedded(settings):
        opened = open_copy(request.getfixturevalue("migrated_file"), settings)
    else:
        opened = open_store(settings, create=True)
    with opened as store:
        yield store


def _consultant(store: Store, code: str, name: str, username: str) -> Caller:
    with store.unit() as unit:
        if municipalities.find(unit, code) is None:
            municipalities.add(unit, Municipality(code=code, name=name, example=True))
        user = users.add(unit, code, username, Role.CONSULTANT)
        unit.commit()
    return users.caller_of(user, Channel.HTTP)


@pytest.fixture
def patient(settings: Settings, store: Store) -> Iterator[Store]:
    """The same database, opened by somebody who waits long for others."""
    with open_store(settings.model_copy(update={"busy_seconds": 30.0})) as patient:
        yield patient


@pytest.fixture
def naestved(store: Store) -> Caller:
    return _consultant(store, "0370", "Næstved", "bodil")


@pytest.fixture
def colleague(store: Store, naestved: Caller) -> Caller:
    return _consultant(store, "0370", "Næstved", "carl")


@pytest.fixture
def vejle(store: Store) -> Caller:
    return _consultant(store, "0630", "Vejle", "vera")
