"""`erase`: asked once more, then done for good."""

import shutil
from pathlib import Path

import pytest

CITIZEN = "citizen-0370-01"


@pytest.fixture
def mine(example, tmp_path) -> str:
    """A copy of the example, so that nobody else misses a citizen."""
    source = Path(example.removeprefix("sqlite:///"))
    for file in source.parent.glob(f"{source.name}*"):
        shutil.copy(file, tmp_path / file.name)
    return f"sqlite:///{tmp_path / source.name}"


def test_a_citizen_is_erased_after_being_asked_and_then_is_not_there(run, mine):
    done = run("erase", CITIZEN, "--db", mine, stdin="y\n")
    assert (done.code, "er slettet" in done.out) == (0, True)
    assert run("shortlist", CITIZEN, "--db", mine).code == 1
    assert CITIZEN not in run("candidates", "order-0370-01", "--db", mine, "--json").out


def test_nothing_is_erased_without_a_yes(run, mine):
    assert run("erase", CITIZEN, "--db", mine, stdin="n\n").code == 1
    assert run("shortlist", CITIZEN, "--db", mine).code == 0


def test_a_program_that_says_yes_is_not_asked_and_one_who_is_not_there_is_refused(run, mine):
    assert run("erase", CITIZEN, "--yes", "--db", mine).code == 0
    again = run("erase", CITIZEN, "--yes", "--language", "en", "--db", mine)
    assert (again.code, again.err.strip()) == (1, f"citizen: There is no citizen '{CITIZEN}'. Check the id.")
