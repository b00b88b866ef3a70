"""Fixtures that every test may use."""

import gc
import os
from collections.abc import Generator, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import HealthCheck, Phase, settings
from hypothesis.internal.conjecture import providers

ROOT = Path(__file__).resolve().parent.parent
A_RUN = timedelta(minutes=30)
"""Longer than the tests take, the slow ones of `make prove` aside."""

# The same cases every time, so that a run is red for a change and not by chance. Several lists are made
# per case, which a health check takes for a slow strategy on a busy machine. `make prove` throws the dice.
settings.register_profile(
    "quick", max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("prove", parent=settings.get_profile("quick"), max_examples=2000, derandomize=False)
# Of changed code only the verdict is wanted, so the smallest failing case is not looked for. What survives
# goes through all tests, which is most of what a run takes, so each draws fewer cases.
settings.register_profile(
    "mutants",
    parent=settings.get_profile("quick"),
    max_examples=10,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is there once all tests are found stays, and is not looked through for garbage again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Hypothesis draws constants of the code that is loaded: of what the tests were found with, in each run.

    What a test loads later would give those after it other cases, in a process that came to it first.
    """
    if any(item.get_closest_marker("hypothesis") for item in session.items):
        known = providers._get_local_constants()
        providers._get_local_constants = lambda: known


@pytest.fixture(scope="session", autouse=True)
def one_day() -> Iterator[None]:
    """What is kept as today is today when it is asked for: just before midnight a run is set an hour back."""
    now = datetime.now(ZoneInfo("Europe/Copenhagen"))
    if (now + A_RUN).date() == now.date():
        yield
        return
    with time_machine.travel(now - timedelta(hours=1), tick=True):
        yield


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """The folder of reference tables; a test that asks for it is skipped where there is none."""
    where = Path(os.environ.get("FRIKORTMATCH_REFERENCE_DATA", ROOT.parent / "shared" / "data"))
    if where.is_dir():
        return where
    said = f"no reference data at {where}; set FRIKORTMATCH_REFERENCE_DATA to read it"
    if os.environ.get("CI") == "true":
        pytest.fail(said)
    pytest.skip(said)
