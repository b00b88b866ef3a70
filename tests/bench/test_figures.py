"""How figures are judged and shown: a missed budget is told as one."""

import re
from io import StringIO

from rich.console import Console

from tests.bench.core import IDS, PASS
from tests.bench.figures import Budget, Figures, Measured, below, ratio, show


def shown(found: Figures) -> str:
    console = Console(width=120, record=True, file=StringIO())
    show(found, (PASS, IDS), console)
    return console.export_text()


def test_a_ratio_is_kept_at_its_limit_and_missed_beyond() -> None:
    assert [ratio("x", reached, 1.0).kept for reached in (0.5, 1.0, 1.01)] == [True, True, False]
    assert [ratio("x", reached, 10, at_least=True).kept for reached in (9.9, 10, 11)] == [False, True, True]


def test_a_time_is_kept_below_its_limit_only() -> None:
    assert [below("x", reached, 50, "ms").kept for reached in (49.9, 50)] == [True, False]


def test_percentiles_are_those_of_all_runs() -> None:
    measured = Measured.of("x", 10, list(range(101)))
    assert (measured.p50_ms, measured.p95_ms, measured.most_ms, measured.runs) == (50, 95, 100, 101)


def test_the_tables_name_every_size_the_growth_and_what_is_missed() -> None:
    found = Figures()
    found.measured += [Measured(IDS.what, 1_000, 1, 2, 3, 200), Measured(IDS.what, 100_000, 9, 18, 300, 200)]
    found.budgets += [Budget("light", "< 1 ms", "2 ms", kept=False)]
    text = shown(found)
    assert re.search(r"p95, ms +1,000 +100,000 +per tenfold", text)
    assert re.search(rf"{IDS.what} +2\.00 +18\.00 +x 3\.0 +200", text)
    assert re.search(rf"{IDS.what} +3\.00 +300\.00 +x 10\.0 +200", text)
    assert re.search(r"light +MISSED +< 1 ms +2 ms", text)
    assert f"{IDS.what}: {IDS.answers}." in text
    assert PASS.what not in text


def test_a_stage_notes_the_memory_it_took() -> None:
    found = Figures()
    with found.stage("bytes"):
        held = b"1" * 50_000_000
    assert len(held) == 50_000_000
    (memory,) = found.memory
    assert memory.stage == "bytes"
    assert memory.peak_mb >= memory.before_mb > 0
