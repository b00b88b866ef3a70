"""Connections to the database, and every place where the two databases differ.

SQLite: write-ahead log, full synchronisation, foreign keys, and `BEGIN IMMEDIATE` for a unit that writes.
Python's own transaction handling, and a plain BEGIN as well, lose updates when two read before both write.
PostgreSQL: a unit that writes sees what others commit meanwhile, and so meets their rows where it waited for
them; a unit that reads only sees one moment, as on SQLite.
Errors of the driver leave here as the store's own, without the values of the statement.
"""

import sqlite3
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import URL, Connection, Engine, ExceptionContext, NullPool, create_engine, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DataError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from api.store.errors import Busy, Duplicate, StorageFailed, Unopened, Unstorable
from geo.errors import N_, Refused

READ_ONLY = "frikortmatch_read_only"
"""Execution option of a connection that must not write."""

WRITES = "frikortmatch_writes"
"""What is noted with a connection while it has the turn to write."""

_BUSY_STATES = {"55P03", "40001", "40P01"}
_FULL_STATES = {"53100"}


def connect(url: URL, busy_seconds: float) -> Engine:
    """An engine whose connections wait `busy_seconds` for others and never lose a write.

    Raises `Unopened` when the driver of another database than SQLite is not installed.
    """
    try:
        engine = create_engine(
            url, hide_parameters=True, pool_timeout=busy_seconds, **_options(url, busy_seconds)
        )
    except ModuleNotFoundError as error:
        problem = N_("The database driver {driver} is not installed.")
        raise Unopened("db", problem, N_("Install frikortmatch[postgresql]."), driver=error.name) from None
    event.listen(engine, "handle_error", _in_our_words, retval=True)
    if engine.dialect.name == "sqlite":
        writers = _Writers(busy_seconds)
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", writers.begin)
        event.listen(engine, "checkin", writers.end)
    return engine


def read_only(engine: Engine) -> Engine:
    """The same connections, refusing to write; such a unit never waits for a writer on SQLite."""
    return engine.execution_options(**{READ_ONLY: True}, **_read_only_options(engine))


def take_turns(connection: Connection, name: str, *, shared: bool = False) -> None:
    """Wait until no other transaction holds `name`, and hold it until this one ends.

    Those who share it wait for whoever does not, and not for one another. On SQLite a transaction that writes
    has waited for all others already.
    """
    if connection.dialect.name == "postgresql":
        lock = func.pg_advisory_xact_lock_shared if shared else func.pg_advisory_xact_lock
        connection.execute(select(lock(func.hashtextextended(name, 0))))


def insert_unless_there(connection: Connection, row: type[Any]) -> postgresql.Insert | sqlite.Insert:
    """An insert that writes nothing where a row with the same key is there, or is just being committed."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    return insert(row).on_conflict_do_nothing().execution_options(preserve_rowcount=True)


def look_only(path: Path) -> Engine:
    """An engine that looks at an SQLite file and cannot change it, not even its journal mode."""
    where = f"{path.absolute().as_uri()}?mode=ro"
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(where, uri=True), poolclass=NullPool)
    event.listen(engine, "handle_error", _in_our_words, retval=True)
    return engine


def _options(url: URL, busy_seconds: float) -> dict[str, Any]:
    if url.get_backend_name() == "sqlite":
        return {"connect_args": {"timeout": busy_seconds, "check_same_thread": False}}
    wait = f"-c lock_timeout={int(busy_seconds * 1000)} -c timezone=UTC"
    return {
        "connect_args": {"options": wait},
        "pool_pre_ping": True,
        "isolation_level": "READ COMMITTED",
    }


def _read_only_options(engine: Engine) -> dict[str, Any]:
    if engine.dialect.name == "sqlite":
        return {}
    return {"postgresql_readonly": True, "isolation_level": "REPEATABLE READ"}


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    # None leaves BEGIN to the `begin` event
    connection.isolation_level = None
    for setting in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {setting}")


class _Writers:
    """The threads of this process that write to an SQLite file, one after another.

    SQLite lets one connection write, and the others look again and again, ever less often, whether it is
    through: of many, some look at the wrong moments until they give up. So the threads of a process wait for
    one another here, and only processes meet in the file.
    """

    def __init__(self, busy_seconds: float) -> None:
        self._turn = Lock()
        self._busy_seconds = busy_seconds

    def begin(self, connection: Connection) -> None:
        """Begin a transaction; one that writes waits for its turn, and raises `Busy` when that takes long."""
        reading = bool(connection.get_execution_options().get(READ_ONLY))
        if connection.info.get(READ_ONLY) != reading:
            connection.exec_driver_sql(f"PRAGMA query_only={int(reading)}")
            connection.info[READ_ONLY] = reading
        if not reading:
            if not self._turn.acquire(timeout=self._busy_seconds):
                raise Busy
            connection.info[WRITES] = True
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    def end(self, _connection: sqlite3.Connection | None, record: ConnectionPoolEntry) -> None:
        """Give the turn back with the connection, which has committed or rolled back by then."""
        if record.info.pop(WRITES, False):
            self._turn.release()


def _in_our_words(context: ExceptionContext) -> BaseException | None:
    error = context.original_exception
    if isinstance(error, Refused):
        return error
    if isinstance(error, sqlite3.Error):
        return _sqlite_error(error)
    if isinstance(error, OverflowError | UnicodeEncodeError):
        return Unstorable()
    # what is not the driver's is a mistake of ours, and stays what it is
    if not isinstance(context.sqlalchemy_exception, DBAPIError):
        return None
    if isinstance(context.sqlalchemy_exception, DataError):
        return Unstorable()
    return _server_error(error, getattr(error, "sqlstate", None))


def _sqlite_error(error: sqlite3.Error) -> Refused | None:
    # the low byte is the primary code, the rest tells which part of the disk failed
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Busy()
    if code == sqlite3.SQLITE_CONSTRAINT:
        return Duplicate(str(error).partition(": ")[2] or str(error))
    if code in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISUSE):
        return None
    return StorageFailed(error.sqlite_errorname, full=code == sqlite3.SQLITE_FULL)


def _server_error(error: BaseException, state: str | None) -> Refused | None:
    # the server's own message quotes the row; it stays in a traceback as the cause
    error.args = (state,)
    if state in _BUSY_STATES:
        return Busy()
    if state and state.startswith("23"):
        return Duplicate(str(getattr(getattr(error, "diag", None), "constraint_name", state)))
    # 42 is a mistake of ours in a statement; without a state, the server could not be reached
    if state and state.startswith("42"):
        return None
    return StorageFailed(state or type(error).__name__, full=state in _FULL_STATES)
