"""The check of the mutants: what it reads, and that it can fail."""

import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.prove.__main__ import section
from tests.prove.mutants import (
    TIMES_OVER,
    VERDICTS,
    Change,
    Mutant,
    Trial,
    as_toml,
    change_of,
    complaints,
    is_of,
    known_survivors,
    limit,
    parse,
    tried_again,
)

RESULTS = """    matching.scoring.x_nearness__mutmut_1: killed
    matching.scoring.x_nearness__mutmut_12: survived
    matching.ranking.xǁShortlistǁ_tie__mutmut_4: timeout
    matching.ranking.x__length__mutmut_2: no tests
    matching.ranking.x__length__mutmut_3: caught by type check
"""
SHOWN = """# matching.ranking.xǁShortlistǁ_tie__mutmut_4: survived
--- matching/ranking.py
+++ matching/ranking.py
@@ -1,4 +1,4 @@
 def _tie(self, index: int) -> float:
     pair = self.pair(index)
-    return load / places
+    return load * places
"""
TIE = Change("matching.ranking.Shortlist._tie", "return load / places", "return load * places")


def test_results_are_read_and_what_nobody_tests_is_not_noticed() -> None:
    mutants = parse(RESULTS)
    assert [mutant.noticed for mutant in mutants] == [True, False, False, False, True]
    assert {mutant.module for mutant in mutants} == {"matching.scoring", "matching.ranking"}


@pytest.mark.parametrize(
    ("status", "noticed", "endless"),
    [
        ("killed", True, False),
        ("endless", True, True),
        ("timeout", False, False),
        ("segfault", False, False),
        ("survived", False, False),
        ("suspicious", False, False),
    ],
)
def test_what_never_ends_is_noticed_and_what_ran_out_of_time_is_not_yet(
    status: str, noticed: bool, endless: bool
) -> None:
    mutant = Mutant("matching.scoring.x_nearness__mutmut_1", status)
    assert (mutant.noticed, mutant.endless) == (noticed, endless)


STOPPED = Mutant("matching.scoring.x_nearness__mutmut_1", "timeout")


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (0, "survived"),
        (1, "killed"),
        (2, "killed"),
        (-signal.SIGXCPU, "endless"),
        (-signal.SIGKILL, "endless"),
    ],
)
def test_what_was_stopped_is_tried_again_in_processor_time(code: int, status: str) -> None:
    tried: list[tuple[str, float | None]] = []

    def trial(name: str, most_seconds: float | None) -> Trial:
        tried.append((name, most_seconds))
        return Trial(code if name else 0, 50.0)

    assert tried_again(STOPPED, trial) == Mutant(STOPPED.name, status)
    assert tried == [("", None), (STOPPED.name, 50.0 * TIMES_OVER)]


@pytest.mark.parametrize(("plain", "changed"), [(1, 1), (0, 4)], ids=["the code as it is", "no verdict"])
def test_without_a_verdict_nothing_is_proved(plain: int, changed: int) -> None:
    with pytest.raises(SystemExit, match=STOPPED.name):
        tried_again(STOPPED, lambda name, most_seconds: Trial(changed if name else plain, 1.0))


@pytest.mark.parametrize(
    ("program", "status"),
    [("while True: pass", "endless"), ("raise SystemExit(1)", "killed"), ("", "survived")],
)
def test_the_limit_counts_processor_time_and_stops_what_never_ends(program: str, status: str) -> None:
    done = subprocess.run([sys.executable, "-c", program], preexec_fn=partial(limit, 1), check=False)
    assert VERDICTS[done.returncode] == status


def test_a_module_is_that_and_none_whose_name_begins_alike() -> None:
    assert is_of("matching.search.best", ["matching.bounds", "matching.search"])
    assert not is_of("matching.searching.best", ["matching.search"])
    assert is_of("matching.searching.best", [])


def test_a_change_is_known_by_what_it_changes_and_not_by_its_number() -> None:
    numbered = [
        Mutant(f"matching.ranking.xǁShortlistǁ_tie__mutmut_{number}", "survived") for number in (4, 9)
    ]
    assert {change_of(mutant, lambda name: SHOWN) for mutant in numbered} == {TIE}
    private = Change.of("matching.ranking.x__length__mutmut_2", SHOWN)
    assert private.within == "matching.ranking._length"


@pytest.mark.parametrize(
    ("survivors", "known", "said"),
    [
        ([TIE], {TIE: "the same"}, []),
        ([TIE, TIE], {TIE: "the same"}, []),
        ([TIE], {}, ["survives and is not listed"]),
        ([], {TIE: "the same"}, ["is listed and does not survive"]),
        ([TIE], {TIE: " "}, ["is listed without a reason"]),
    ],
    ids=["listed", "twice", "not listed", "noticed after all", "no reason"],
)
def test_the_list_of_survivors_has_to_be_that_of_the_run(
    survivors: list[Change], known: dict[Change, str], said: list[str]
) -> None:
    told = complaints(survivors, known)
    assert len(told) == len(said)
    assert all(word in line for word, line in zip(said, told, strict=True))


@pytest.mark.parametrize(("noticed", "met"), [(9, True), (8, False)])
def test_less_than_nine_in_ten_is_too_few(noticed: int, met: bool) -> None:
    mutants = [Mutant("matching.scoring.x_nearness__mutmut_1", "killed")] * noticed
    mutants += [Mutant("matching.ranking.x__length__mutmut_1", "survived")] * (10 - noticed)
    told = section(mutants)
    assert told.figures[-1].met is met
    assert [figure.name.split()[0] for figure in told.figures] == [
        "matching.ranking",
        "matching.scoring",
        "all",
    ]


def test_without_mutants_the_share_is_missed() -> None:
    assert section([]).figures[-1].met is False


def test_what_is_written_down_is_what_is_read(tmp_path: Path) -> None:
    path = tmp_path / "survivors.toml"
    path.write_text(as_toml({TIE}), encoding="utf-8")
    assert known_survivors(path) == {TIE: ""}


def test_every_known_survivor_has_a_reason() -> None:
    assert all(reason.strip() for reason in known_survivors().values())
