"""The service as a process of its own."""

import os
import re
import shutil
import signal
import socket
import subprocess
import threading
from pathlib import Path
from urllib.request import urlopen

import pytest
import uvicorn

from api.cli.serving import serve_until_stopped, workers_by_cores
from api.config import Settings
from matching.language import Language

PATIENCE = 180
"""Seconds until what should come is missed: long, since a machine may be busy."""


@pytest.fixture
def served(example, command):
    """Starts `serve`; answers its process and its address once it says where it is."""
    running = []

    def start(*options):
        process = subprocess.Popen(
            [*command, "serve", "--db", example, *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        running.append(process)
        watchdog = threading.Timer(PATIENCE, process.kill)
        watchdog.start()
        assert process.stdout
        lines = iter(process.stdout.readline, "")
        address = next((found[0] for line in lines if (found := re.search(r"http://\S+", line))), None)
        watchdog.cancel()
        assert address, process.stderr.read()
        return process, address

    yield start
    for process in running:
        process.kill()
        process.communicate()


def test_it_answers_and_ends_when_told_to(served, tmp_path):
    process, address = served("--port", "0", "--workers", "1", "--log-file", str(tmp_path / "log"))
    with urlopen(f"{address}/health", timeout=PATIENCE) as answer:
        assert answer.status == 200
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode in (0, -signal.SIGTERM)
    assert "Traceback" not in out + err
    assert "Application shutdown complete" in (tmp_path / "log").read_text()


def test_a_connection_is_kept_longer_than_the_minute_of_a_proxy(example, monkeypatch):
    started = []
    monkeypatch.setattr(uvicorn.Server, "run", lambda server, sockets: started.append(server.config))
    serve_until_stopped(Settings(db=example, port=0), 1, None, Language.ENGLISH)
    assert [config.timeout_keep_alive > 60 for config in started] == [True]


@pytest.mark.parametrize(("cores", "processes"), [({0}, 1), ({0, 3}, 2), (set(range(32)), 4)])
def test_a_process_answers_for_each_core_that_may_be_used_but_not_for_any_number(
    monkeypatch, cores, processes
):
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: cores, raising=False)
    assert workers_by_cores() == processes


def test_where_the_system_does_not_tell_its_cores_one_process_answers(monkeypatch):
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert workers_by_cores() == 1


def test_several_processes_end_with_their_terminal(served, tmp_path):
    process, address = served("--port", "0", "--workers", "2", "--log-file", str(tmp_path / "log"))
    with urlopen(f"{address}/health", timeout=PATIENCE) as answer:
        assert answer.status == 200
    process.send_signal(signal.SIGHUP)
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    with pytest.raises(OSError, match="refused"):
        urlopen(f"{address}/health", timeout=PATIENCE)


def test_several_processes_answer_over_the_keys_they_are_told_of(served, example, tmp_path, monkeypatch):
    keys = Path(example.removeprefix("sqlite:///") + ".key")
    elsewhere = tmp_path / "keys"
    shutil.copy2(keys, elsewhere)
    monkeypatch.setenv("FRIKORTMATCH_KEY_FILE", str(elsewhere))
    process, address = served("--port", "0", "--workers", "2", "--log-file", str(tmp_path / "log"))
    with urlopen(f"{address}/health", timeout=PATIENCE) as answer:
        assert answer.status == 200
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=PATIENCE)
    assert "Traceback" not in out + err + (tmp_path / "log").read_text()


def test_a_port_that_is_taken_is_refused(run, example):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = run("serve", "--port", port, "--db", example)
    assert (said.code, said.out) == (1, "")
    assert str(port) in said.err
