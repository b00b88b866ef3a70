"""What a statement becomes in SQL is worked out once per process, as in a service that runs on.

Every test opens an engine of its own, and SQLAlchemy keeps the compiled statements with it: without this
each test would compile all of them anew, which took a quarter of its time.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from api.store import engine as engines


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """The compiled statements of all engines of a kind of database are the same ones."""
    kept: dict[Any, Any] = {}

    def created(*address: Any, **options: Any) -> Engine:
        made = create_engine(*address, **options)
        made._compiled_cache = kept.setdefault(made.dialect, made._compiled_cache)
        return made

    with pytest.MonkeyPatch.context() as patched:
        for kind in (SQLiteDialect_pysqlite, PGDialect_psycopg):
            # what is kept is found by the dialect, of which each engine has one of its own
            patched.setattr(kind, "__eq__", lambda one, other: type(one) is type(other))
            patched.setattr(kind, "__hash__", lambda one: hash(type(one)))
        patched.setattr(engines, "create_engine", created)
        yield
