"""Databases that are thrown away do not wait for the disk; a real one's wait is tested in `store`."""

import sqlite3
from collections.abc import Iterator

import pytest

from api.store import engine

AS_SHIPPED = engine._set_up
"""What a connection to SQLite is set up with."""


def _hurried(connection: sqlite3.Connection, record: object) -> None:
    AS_SHIPPED(connection, record)
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture(scope="session", autouse=True)
def no_waiting_for_the_disk() -> Iterator[None]:
    """In this process a commit is through once the system has it."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(engine, "_set_up", _hurried)
        yield
