"""A browser and the service on example data, once for all tests of a process.

Without Chromium the tests are skipped; where CI is true they fail instead, so that nobody takes a skip for a
pass. `make test` installs it where it can.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import PATH, chromium
from tests.browser.served import Served, served


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if not PATH:
        said = "no chromium; install Debian's, or name one in FRIKORTMATCH_CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(said)
        pytest.skip(said)
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("served")
    with served(folder) as service:
        yield service
