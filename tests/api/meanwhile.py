"""Two at once, without leaving it to chance: the second comes up to its first write while the first waits."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, get_ident
from typing import Any

from sqlalchemy import event

from api.store import Store

_WRITES = ("INSERT", "UPDATE", "DELETE", "BEGIN IMMEDIATE", "SELECT pg_advisory")
_HOLDS = "FOR UPDATE"


def meanwhile(store: Store, work: Callable[[], Any]) -> Future[Any]:
    """Let `work` run in another thread, and come back when it is about to write or hold a row, or has ended.

    What it has looked at until then, it has seen without the caller's unit; on SQLite it has not begun.
    """
    mine, writing = get_ident(), Event()

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if get_ident() != mine and (statement.startswith(_WRITES) or statement.endswith(_HOLDS)):
            writing.set()

    def stop(_done: Future[Any]) -> None:
        writing.set()
        event.remove(store.engine, "before_cursor_execute", note)

    event.listen(store.engine, "before_cursor_execute", note)
    with_one = ThreadPoolExecutor(1)
    running = with_one.submit(work)
    running.add_done_callback(stop)
    with_one.shutdown(wait=False)
    assert writing.wait(timeout=60)
    return running
