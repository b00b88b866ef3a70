"""Policies compared at the command line: whose place would move, and where each number comes from."""

import json
from pathlib import Path

import pytest

from api.config import Settings
from api.store import audit, open_store
from matching import Policy

MUNICIPALITY = "0370"


@pytest.fixture
def nearer(tmp_path: Path) -> Path:
    """A policy that weighs nearness more and suitability less."""
    text = Policy.default().text.replace('"2026-1"', '"2026-2"')
    for name, old, new in (("nearness", "0.35", "0.6"), ("suitability", "0.35", "0.1")):
        text = text.replace(
            f'{name} = {{ value = {old}, source = "judged; nearness and suitability weigh alike" }}',
            f'{name} = {{ value = {new}, source = "a trial in spring" }}',
        )
    file = tmp_path / "policy.toml"
    file.write_text(text, encoding="utf-8")
    return file


def compare(run, example, *policies: object, **options: object):
    asked = [part for name, value in options.items() for part in (f"--{name}", value)]
    return run("policy", "diff", *policies, "--municipality", MUNICIPALITY, "--db", example, *asked)


def test_a_policy_that_weighs_otherwise_tells_who_moves_in_both_languages(run, example, nearer):
    danish = compare(run, example, "default", nearer, k=3)
    english = compare(run, example, "default", nearer, k=3, language="en")
    assert (danish.code, english.code, danish.err, english.err) == (0, 0, "", "")
    assert "Politik 2026-1 over for 2026-2" in danish.out
    assert "weights.nearness: 0,35 → 0,6" in danish.out
    assert "weights.nearness: 0.35 → 0.6" in english.out
    assert "becomes: a trial in spring" in english.out
    assert "citizen-0370-" in english.out.partition("Largest moves")[2]
    assert max(map(len, (danish.out + english.out).splitlines())) <= 100


def test_json_holds_every_list_that_changes_and_no_name(run, example, nearer):
    said = run(
        *("policy", "diff", "default", nearer, "--municipality", MUNICIPALITY, "--db", example, "--json")
    )
    told = json.loads(said.out)
    assert (told["old"], told["new"], told["k"]) == ("2026-1", "2026-2", 20)
    assert told["lists_changed"] == len(told["lists"]) > 0
    assert [number["name"] for number in told["numbers"]] == ["weights.nearness", "weights.suitability"]
    assert set(told["lists"][0]) == {"citizen_id", "initials", "entering", "leaving", "moves"}


def test_a_policy_compared_with_itself_moves_nobody(run, example):
    said = compare(run, example, "default", "default", language="en")
    assert "0 of " in said.out
    assert "The numbers are the same." in said.out
    assert "Largest moves" not in said.out


def test_who_compared_which_policies_over_how_many_citizens_is_written_down(run, example, nearer):
    compare(run, example, "default", nearer, k=7)
    with open_store(Settings(db=example)) as store, store.unit(read_only=True) as unit:
        entries = [
            entry
            for entry in audit.entries(unit, MUNICIPALITY, limit=10_000)
            if entry.action == "policies_compared" and entry.details["k"] == 7
        ]
    assert [(entry.details["old"], entry.details["new"]) for entry in entries] == [("2026-1", "2026-2")]
    assert entries[0].details["considered"] > 0


@pytest.mark.parametrize(
    ("policies", "municipality", "told"),
    [
        (("default", "nowhere.toml"), MUNICIPALITY, "nowhere.toml"),
        (("default", "default"), "0999", "0999"),
        (("default", "default"), "0751", "0751"),
    ],
    ids=["a file that is not there", "a code that none has", "a municipality that is not here"],
)
def test_what_cannot_be_compared_is_refused_by_name(run, example, policies, municipality, told):
    said = run("policy", "diff", *policies, "--municipality", municipality, "--db", example)
    assert (said.code, said.out) == (1, "")
    assert told in said.err
