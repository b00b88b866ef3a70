"""Requests that arrive at a fixed rate, whether or not those before are answered.

A request's time runs from the moment it was due, so that a server that falls behind is not spared the queue
it made (who waits for an answer before asking again hides just that). Runs in a process of its own.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from multiprocessing import get_context
from threading import local
from time import perf_counter, sleep

AT_ONCE = 64
"""Connections; more requests than this under way wait for one, and their time runs."""

PATIENCE_SECONDS = 30
ASKED_AGAIN = frozenset({"GET"})
"""What changes nothing is asked again, as browsers do, when the connection kept for it was found closed."""


@dataclass(frozen=True)
class Call:
    """One request; `kind` is what it counts as."""

    kind: str
    method: str
    path: str
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answered:
    """How a request went: the status (0 when there was no answer) and milliseconds since it was due.

    `again` says that the server had closed the connection that was kept, and answered on a new one.
    """

    kind: str
    status: int
    ms: float
    again: bool = False


def offer(port: int, calls: Sequence[Call], per_second: float) -> list[Answered]:
    """Send the calls at a fixed rate from another process and answer how each went."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(arrive, port, calls, per_second).result()


def arrive(port: int, calls: Sequence[Call], per_second: float) -> list[Answered]:
    """Send the calls at a fixed rate from this process."""
    with closing(_Sender(port)) as sender, ThreadPoolExecutor(AT_ONCE) as threads:
        began = perf_counter() + 0.1
        under_way = []
        for number, call in enumerate(calls):
            due = began + number / per_second
            sleep(max(due - perf_counter(), 0))
            under_way.append(threads.submit(sender.send, call, due))
        return [one.result() for one in under_way]


class _Sender:
    """A connection per thread, kept open."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._kept = local()
        self._opened: list[HTTPConnection] = []

    def send(self, call: Call, due: float) -> Answered:
        connection = self._connection()
        kept, again = connection.sock is not None, False
        try:
            try:
                answer = _asked(connection, call)
            except (ConnectionResetError, BrokenPipeError):
                if not kept or call.method not in ASKED_AGAIN:
                    raise
                again = True
                connection.close()
                answer = _asked(connection, call)
            answer.read()
            status = answer.status
        except (OSError, HTTPException):
            connection.close()
            status = 0
        return Answered(call.kind, status, (perf_counter() - due) * 1000, again)

    def _connection(self) -> HTTPConnection:
        connection: HTTPConnection | None = getattr(self._kept, "connection", None)
        if connection is None:
            connection = HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_SECONDS)
            self._kept.connection = connection
            self._opened.append(connection)
        return connection

    def close(self) -> None:
        for connection in self._opened:
            connection.close()


def _asked(connection: HTTPConnection, call: Call) -> HTTPResponse:
    """The beginning of an answer; `ConnectionResetError` when the server closes before it."""
    connection.request(call.method, call.path, call.body, dict(call.headers))
    return connection.getresponse()
