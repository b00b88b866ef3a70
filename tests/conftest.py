"""Fixtures that every test may use."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


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
