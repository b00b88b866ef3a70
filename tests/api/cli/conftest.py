"""The command line as somebody types it, and an installation with the example data."""

import io
import os
import sys
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from api.cli import main

COMMAND = [sys.executable, "-c", "from api.cli import main; main()"]
"""The command in a process of its own."""


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str


def run_in(folder: Path, *arguments: object, stdin: str = "") -> Said:
    """Run a command in a folder, as its own process would be run."""
    out, err = io.StringIO(), io.StringIO()
    before = sys.argv, sys.stdin
    sys.argv, sys.stdin = ["frikortmatch", *map(str, arguments)], io.StringIO(stdin)
    try:
        with chdir(folder), redirect_stdout(out), redirect_stderr(err):
            main()
        code = 0
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        sys.argv, sys.stdin = before
    return Said(code, out.getvalue(), err.getvalue())


Run = Callable[..., Said]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command in a folder of its own."""
    return lambda *arguments, stdin="": run_in(tmp_path, *arguments, stdin=stdin)


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting and no terminal of this machine reaches a test."""
    for name in ("COLUMNS", "LINES", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name in [name for name in os.environ if name.startswith("FRIKORTMATCH_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def demonstrated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Said]:
    """A folder in which `demo --no-serve` was run, and what it said."""
    folder = tmp_path_factory.mktemp("demo")
    return folder, run_in(folder, "demo", "--no-serve")


@pytest.fixture
def example(demonstrated: tuple[Path, Said]) -> str:
    """The address of the database with the example data; it is only looked at."""
    return f"sqlite:///{demonstrated[0]}/demo/demo.db"


@pytest.fixture
def command() -> list[str]:
    """The command for a process of its own, to be followed by its arguments."""
    return [*COMMAND]
