"""A figure beside its target."""

import json

import numpy as np
import pytest
from rich.console import Console

from tests.evaluate.figures import Figure, Section, show


@pytest.mark.parametrize(
    ("bounds", "met"),
    [
        ({}, None),
        ({"at_least": 2}, True),
        ({"at_least": 2.1}, False),
        ({"at_most": 2}, True),
        ({"at_most": 1.9}, False),
    ],
    ids=str,
)
def test_a_figure_knows_whether_its_target_is_met(bounds: dict[str, float], met: bool | None) -> None:
    assert Figure("lists", np.float64(2), **bounds).met is met


def test_a_target_that_is_missed_is_said_so(capsys: pytest.CaptureFixture[str]) -> None:
    figures = (Figure("utility", 0.958, at_least=0.98, percent=True), Figure("clashes", 0, at_most=0))
    show([Section("Load", figures, "On seeded scores.")], Console(width=110))
    said = capsys.readouterr().out
    utility, clashes = (line for line in said.splitlines() if "utility" in line or "clashes" in line)
    assert "95.8 %" in utility
    assert "at least 98.0 %" in utility
    assert "MISSED" in utility
    assert "met" in clashes
    assert "On seeded scores." in said


def test_sections_can_be_written_as_data() -> None:
    section = Section("Load", (Figure("conflicts", np.int64(0), at_most=0),))
    (row,) = json.loads(json.dumps(section.to_json()))["figures"]
    assert (row["value"], row["met"], row["at_least"]) == (0, True, None)
