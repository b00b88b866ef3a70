"""A browser for the tests of a module, and the service on example data for all tests of a process.

Playwright keeps an event loop running in the thread of the tests for as long as a browser is there, and a
test of another module could not run one of its own: so no browser outlives its module.

Without Chromium the tests are skipped with the reason; `make test` installs it where it can.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import PATH, chromium, tab
from tests.browser.served import Served, served

WIDTHS = (1280, 820)
"""A desk and a tablet: the widths at which somebody goes from page to page."""


@pytest.fixture(scope="module")
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


@pytest.fixture(params=WIDTHS)
def page(request, browser, running):
    """A page that nobody has signed in to, at each width; a fault of a script fails the test."""
    faults = []
    with tab(browser, running.address, request.param) as opened:
        opened.on("pageerror", lambda fault: faults.append(str(fault)))
        opened.on("console", lambda said: faults.append(said.text) if _refused(said) else None)
        yield opened
    assert faults == []


def _refused(said) -> bool:
    return "Content Security Policy" in said.text


@pytest.fixture(params=WIDTHS)
def plain(request, browser, running):
    """The same without JavaScript."""
    with tab(browser, running.address, request.param, java_script_enabled=False) as opened:
        yield opened
