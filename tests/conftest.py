"""Fixtures that every test may use."""

import gc
import os
from collections.abc import Generator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import HealthCheck, Phase, settings
from hypothesis.internal.conjecture import providers

ROOT = Path(__file__).resolve().parent.parent
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
A_DAY = "2026-11-25T10:00"
"""A Wednesday like any other, from which every run starts, so that none is red for the day it is run on.

`FRIKORTMATCH_TESTS_AT` starts it at another moment of Danish time, or `now`; `make prove` goes through the
awkward ones. Time goes on from there, and only in the tests' own processes.
"""
OBJECTS = 50_000
"""So many more than before are made before the youngest are looked through for garbage."""

# The same cases every time, so that a run is red for a change and not by chance. Several lists are made
# per case, which a health check takes for a slow strategy on a busy machine. `make prove` throws the dice.
settings.register_profile(
    "quick", max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("prove", parent=settings.get_profile("quick"), max_examples=500, derandomize=False)
# Of changed code only the verdict is wanted, so the smallest failing case is not looked for. What survives
# goes through all tests, which is most of what a run takes, so each draws fewer cases.
settings.register_profile(
    "mutants",
    parent=settings.get_profile("quick"),
    max_examples=10,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_configure(config: pytest.Config) -> None:
    """Set the clock before any test is read, since some keep the day they were read on."""
    asked = os.environ.get("FRIKORTMATCH_TESTS_AT", A_DAY)
    if asked == "now":
        return
    clock = time_machine.travel(datetime.fromisoformat(asked).replace(tzinfo=COPENHAGEN), tick=True)
    clock.start()
    config.add_cleanup(clock.stop)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is there once all tests are found stays, and is not looked through for garbage again.

    What comes after is looked through less often than a program that runs for days would have it.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(OBJECTS)
        gc.enable()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Hypothesis draws constants of the code that is loaded: of what the tests were found with, in each run.

    What a test loads later would give those after it other cases, in a process that came to it first.
    """
    if any(item.get_closest_marker("hypothesis") for item in session.items):
        known = providers._get_local_constants()
        providers._get_local_constants = lambda: known


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
