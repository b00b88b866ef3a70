"""A browser for tests of this folder that follow one another, and the service for all tests of a process.

Playwright keeps an event loop running in the thread of the tests for as long as a browser is there, and a
test of another folder could not run one of its own: so no browser outlives this package. It is one for that.

Without Chromium the tests are skipped with the reason; `make test` installs it where it can.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.api.disks import no_waiting_for_the_disk
from tests.api.hashing import quick_hashes
from tests.browser.chromium import PATH, chromium, tab
from tests.browser.served import Served, served

__all__ = ["no_waiting_for_the_disk", "quick_hashes"]

HERE = Path(__file__).parent
DESK, TABLET = 1280, 820


def at_both_widths(name: str) -> pytest.MarkDecorator:
    """For the journeys that a day hangs on: the page of this name on a desk and on a tablet."""
    return pytest.mark.parametrize(name, [DESK, TABLET], indirect=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of a browser follow one another, whatever order the others have: to start one takes long."""
    items.sort(key=lambda item: HERE not in item.path.parents)


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    if not PATH:
        pytest.skip("no chromium; install Debian's, or name one in FRIKORTMATCH_CHROMIUM")
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("served")
    with served(folder) as service:
        yield service


@pytest.fixture
def page(request, browser, running):
    """The consultant's page, at the width of a desk; a fault of a script fails the test."""
    with _watched(request, browser, running) as opened:
        running.let_in(opened)
        yield opened


@pytest.fixture
def plain(request, browser, running):
    """The same without JavaScript."""
    with _watched(request, browser, running, java_script_enabled=False) as opened:
        running.let_in(opened)
        yield opened


@pytest.fixture
def stranger(request, browser, running):
    """A page that nobody has signed in to."""
    with _watched(request, browser, running) as opened:
        yield opened


@contextmanager
def _watched(request, browser, running, **options):
    faults = []
    with tab(browser, running.address, getattr(request, "param", DESK), **options) as opened:
        opened.on("pageerror", lambda fault: faults.append(str(fault)))
        opened.on("console", lambda said: faults.append(said.text) if _refused(said) else None)
        yield opened
    assert faults == []


def _refused(said) -> bool:
    return "Content Security Policy" in said.text
