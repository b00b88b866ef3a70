"""The schema, step by step; usable from an installed package, on either database.

Each call is one transaction: the schema is the old one or the new one, never between. Of several processes
that find an old schema, one changes it and the others wait.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from api.store.engine import take_turns
from api.store.errors import StorageFailed


def migrate(engine: Engine, to: str = "head") -> None:
    """Bring the schema up to `to`, the newest one when nothing is said."""
    with _schema_change(engine) as config:
        command.upgrade(config, to)


def migrate_down(engine: Engine, to: str = "base") -> None:
    """Take the schema back down to `to`; data in what is dropped is lost."""
    with _schema_change(engine) as config:
        command.downgrade(config, to)


@cache
def revisions() -> tuple[str, ...]:
    """All revisions this version knows, newest first; read once, since each step is a program to be run."""
    return tuple(step.revision for step in ScriptDirectory.from_config(_config()).walk_revisions())


def revision_of(connection: Connection) -> str | None:
    """The revision a database stands at; None when it has no schema of ours."""
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    # a percent sign in a path would be taken for an interpolation
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


@contextmanager
def _schema_change(engine: Engine) -> Iterator[Config]:
    config = _config()
    with engine.connect() as connection, _foreign_keys_checked_at_end(connection):
        take_turns(connection, "schema")
        config.attributes["connection"] = connection
        yield config


@contextmanager
def _foreign_keys_checked_at_end(connection: Connection) -> Iterator[None]:
    """One transaction in which SQLite may copy and drop tables and keep the rows that point to them."""
    if connection.dialect.name != "sqlite":
        with connection.begin():
            yield
        return
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            yield
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise StorageFailed("foreign keys broken by a migration")
    finally:
        # a connection that was interrupted is closed already, and never handed to anybody else
        if not connection.invalidated:
            driver.execute("PRAGMA foreign_keys=ON")
