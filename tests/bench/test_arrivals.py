"""Requests arrive when they are due, and what is late or refused is counted as such."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Barrier, Thread

import pytest

from tests.bench import arrivals
from tests.bench.arrivals import Answered, Call, arrive
from tests.bench.service import check


class _Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    together: Barrier

    def do_GET(self) -> None:
        if self.path == "/together":
            self.together.wait(20)
        if self.path == "/silent":
            self.close_connection = True
            return
        # closed as an idle connection is: without a word
        self.close_connection = self.path == "/closed%20after"
        self.send_response(503 if self.path == "/busy" else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_PATCH = do_GET

    def log_message(self, *said: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    _Answering.together = Barrier(3)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answering)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def test_every_request_is_answered_for_in_the_order_in_which_it_was_due(port: int) -> None:
    calls = [Call("well", "GET", "/"), Call("busy", "GET", "/busy"), Call("well", "GET", "/")]
    answers = arrive(port, calls, 1_000)
    assert [(one.kind, one.status) for one in answers] == [("well", 200), ("busy", 503), ("well", 200)]
    assert all(one.ms > 0 for one in answers)


def test_a_request_does_not_wait_for_the_answer_to_the_one_before(port: int) -> None:
    # three that are only answered together: who waits for each would never be answered
    answers = arrive(port, [Call("held", "GET", "/together")] * 3, 1_000)
    assert [one.status for one in answers] == [200] * 3


def test_the_time_in_the_queue_counts(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrivals, "AT_ONCE", 1)
    _Answering.together = Barrier(1)
    answers = arrive(port, [Call("held", "GET", "/together")] * 200, 1_000_000)
    # all were due at once and one was sent at a time, so each waited for those before it
    assert sum(late.ms > early.ms for early, late in zip(answers, answers[1:], strict=False)) > 150


def test_a_question_on_a_kept_connection_that_was_closed_is_asked_again_and_counted(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrivals, "AT_ONCE", 1)
    first, second = arrive(port, [Call("well", "GET", "/closed%20after"), Call("well", "GET", "/")], 1_000)
    assert (first.status, first.again) == (200, False)
    assert (second.status, second.again) == (200, True)


def test_a_change_on_a_kept_connection_that_was_closed_is_lost(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrivals, "AT_ONCE", 1)
    _, second = arrive(port, [Call("well", "GET", "/closed%20after"), Call("change", "PATCH", "/")], 1_000)
    assert (second.status, second.again) == (0, False)


def test_who_closes_without_answering_a_new_connection_has_not_answered(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrivals, "AT_ONCE", 1)
    alone, after = arrive(port, [Call("lost", "GET", "/silent"), Call("lost", "GET", "/silent")], 1_000)
    assert (alone.status, alone.again, after.status) == (0, False, 0)


def test_who_is_not_there_does_not_answer() -> None:
    (answer,) = arrive(9, [Call("nobody", "GET", "/")], 1)
    assert answer.status == 0


def test_a_fast_refusal_is_no_answer() -> None:
    check([Answered("health", 200, 1.0)])
    with pytest.raises(AssertionError, match="health was answered with 503"):
        check([Answered("health", 503, 0.1)])
