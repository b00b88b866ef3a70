"""Two at once, without leaving it to chance: the second comes up to its first write while the first waits."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, get_ident
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import Connection, NullPool, create_engine, event

from api.store import Store, Unit
from api.store.engine import READ_ONLY
from api.store.tables import Base

_WRITES = ("INSERT", "UPDATE", "DELETE", "SELECT pg_advisory")
_HOLDS = "FOR UPDATE"
_TABLES = ", ".join(table.name for table in Base.metadata.sorted_tables)
_KEEP = {"sqlite": "BEGIN EXCLUSIVE", "postgresql": f"BEGIN; LOCK TABLE {_TABLES} IN EXCLUSIVE MODE"}


@contextmanager
def kept_by_another(address: str) -> Iterator[None]:
    """Another process keeps the database to itself, so that nobody else writes."""
    engine = create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(_KEEP[engine.name])
        yield
        connection.exec_driver_sql("ROLLBACK")


def meanwhile(store: Store, work: Callable[[], Any], about: str = "") -> Future[Any]:
    """Let `work` run in another thread, and come back when it is about to write or hold a row, or has ended.

    With `about`, a row of this table. What it has looked at until then, it has seen without the caller's
    unit; on SQLite it has not begun.
    """
    named = re.compile(rf"(UPDATE|INTO|FROM) {about}\b") if about else re.compile("")
    mine, writing = get_ident(), Event()

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if get_ident() == mine or not named.search(statement):
            return
        if statement.startswith(_WRITES) or statement.endswith(_HOLDS):
            writing.set()

    def connected(connection: Connection) -> None:
        # a unit that writes to SQLite waits for its turn before it says anything to the database
        writes = connection.dialect.name == "sqlite" and not connection.get_execution_options().get(READ_ONLY)
        if get_ident() != mine and writes:
            writing.set()

    def stop(_done: Future[Any]) -> None:
        writing.set()
        event.remove(store.engine, "before_cursor_execute", note)
        event.remove(store.engine, "engine_connect", connected)

    event.listen(store.engine, "before_cursor_execute", note)
    event.listen(store.engine, "engine_connect", connected)
    with_one = ThreadPoolExecutor(1)
    running = with_one.submit(work)
    running.add_done_callback(stop)
    with_one.shutdown(wait=False)
    assert writing.wait(timeout=60)
    return running


def both(store: Store, first: Callable[[Unit], Any], second: Callable[[Unit], Any], about: str = "") -> Any:
    """What `second` answers, who came up to the same row before `first` had committed."""

    def then() -> Any:
        with store.unit() as unit:
            answer = second(unit)
            unit.commit()
        return answer

    with store.unit() as unit:
        first(unit)
        waiting: Future[Any] = meanwhile(store, then, about)
        unit.commit()
    return waiting.result(timeout=60)


def after(monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, then: Callable[[], object]) -> None:
    """Something happens once, just after a function of a module has answered."""
    real, once = getattr(module, name), [then]

    def stand_in(*args: Any, **named: Any) -> Any:
        answer = real(*args, **named)
        if once:
            once.pop()()
        return answer

    monkeypatch.setattr(module, name, stand_in)
