"""A run draws the same cases as the one before, whichever tests came first in a process."""

import importlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.hypothesis


def drawn() -> list[int]:
    cases: list[int] = []

    @settings(max_examples=100, derandomize=True, database=None)
    @given(st.integers())
    def draw(number: int) -> None:
        cases.append(number)

    draw()
    return cases


def test_what_is_loaded_meanwhile_gives_no_other_cases(tmp_path, monkeypatch) -> None:
    before = drawn()
    (tmp_path / "loaded_meanwhile.py").write_text(f"NUMBERS = {list(range(70_000, 70_500))}")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.import_module("loaded_meanwhile")
    assert drawn() == before
