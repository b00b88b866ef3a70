import json
import re

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.config import Settings
from api.store import employers, job_orders, open_store

CITIZEN, ORDER = "citizen-0370-01", "order-0370-01"
LISTS = {
    "a shortlist": ("shortlist", CITIZEN, "--k", 20),
    "employers": ("shortlist", CITIZEN, "--kind", "employers"),
    "candidates": ("candidates", ORDER),
}


@pytest.mark.parametrize("arguments", LISTS.values(), ids=LISTS)
def test_lists_read_well_in_both_languages(run, example, arguments):
    danish, english = run(*arguments, "--db", example), run(*arguments, "--db", example, "--language", "en")
    assert danish.code == english.code == 0
    for said, heading in ((danish, "Udeladt, fordi"), (english, "Left out, because")):
        assert heading in said.out
        lines = said.out.splitlines()
        assert max(map(len, lines)) <= 100
        assert [line for line in lines if line != line.rstrip()] == []
        assert not {"−0,0", "−0.0"} & set(said.out.split())


@pytest.mark.parametrize("columns", ["60", "80", "120"])
def test_a_narrow_terminal_keeps_what_belongs_together_indented(run, example, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    coloured = run("shortlist", CITIZEN, "--db", example).out
    lines = re.sub("\x1b\\[[0-9;]*m", "", coloured).splitlines()
    assert max(map(len, lines)) <= min(int(columns), 100)
    first = next(at for at, line in enumerate(lines) if line.startswith("  1. "))
    assert all(line.startswith(" " * 9) for line in lines[first + 1 : first + 4])


@pytest.fixture
def asked(example, demonstrated):
    """What the service answers a consultant who asks for a path."""
    logins = json.loads((demonstrated[0] / "demo" / "logins.json").read_text())
    token = next(
        one["token"] for one in logins if (one["municipality"], one["role"]) == ("0370", "consultant")
    )

    def ask(path):
        with TestClient(create_app(Settings(db=example)), base_url="http://127.0.0.1:8000") as http:
            return http.get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {token}"}).json()

    return ask


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (("shortlist", CITIZEN, "--k", 3), f"citizens/{CITIZEN}/shortlist?k=3"),
        (
            ("shortlist", CITIZEN, "--k", 3, "--kind", "employers"),
            f"citizens/{CITIZEN}/shortlist?k=3&kind=employers",
        ),
    ],
)
def test_json_is_what_the_service_answers(run, example, asked, arguments, path):
    said, answer = json.loads(run(*arguments, "--db", example, "--json").out), asked(path)
    assert said.keys() == answer.keys()
    assert [one["score"] for one in said["items"]] == [one["score"] for one in answer["items"]]
    assert [one["score_if_answered"] for one in said["ask"]["items"]] == [
        one["score_if_answered"] for one in answer["ask"]["items"]
    ]
    assert said["excluded"]["total"] == answer["excluded"]["total"]


def test_json_of_candidates_has_the_scores_of_the_service_where_the_citizen_is_open(run, example, asked):
    said = json.loads(run("candidates", ORDER, "--k", 50, "--db", example, "--json").out)
    answer = asked(f"job-orders/{ORDER}/candidates?k=50")
    assert said.keys() == answer.keys()
    on_the_machine = {one["citizen"]["id"]: one["score"] for one in said["items"]}
    shown = {one["citizen"]["id"]: one["score"] for one in answer["items"] if one["open"]}
    assert shown
    assert shown.items() <= on_the_machine.items()
    others = [one["score"] for one in answer["items"] if not one["open"]]
    assert others
    assert set(others) == {None}


def test_a_title_is_never_taken_for_markup(run, tmp_path):
    (tmp_path / "v.csv").write_text("Navn;CVR-nr\n[bold]Firma[/];99003626\n")
    (tmp_path / "o.csv").write_text("CVR;Opgave\n99003626;[/x] Luge :tada:\n")
    assert run("import", "employers", "v.csv", "--municipality", "0370").code == 0
    assert run("import", "job-orders", "o.csv", "--municipality", "0370").code == 0
    with open_store(Settings(db=f"sqlite:///{tmp_path}/frikortmatch.db")) as store, store.unit() as unit:
        (order,) = job_orders.all_of(unit, "0370")
        assert employers.all_of(unit, "0370")[0].name == "[bold]Firma[/]"
    assert "[/x] Luge :tada:" in run("candidates", order.id).out


class TestReadTask:
    TEXT = "Feje gårdsplads og luge bede, fredag 9-11, 2 timer om ugen, 140 kr. i timen"

    def test_a_text_is_read_in_both_languages(self, run):
        danish, english = run("read-task", self.TEXT), run("read-task", self.TEXT, "--language", "en")
        for said, words in ((danish, ("renhold og opsyn", "140,00")), (english, ("upkeep", "140.00"))):
            assert all(word in said.out for word in words)
            assert all(line == line.rstrip() and len(line) <= 100 for line in said.out.splitlines())

    def test_json_is_a_list_with_one_reading_per_text(self, run):
        said = json.loads(run("read-task", self.TEXT, "", "Feje", "--json").out)
        assert [one["text"] for one in said] == [self.TEXT, "", "Feje"]
        assert said[0]["hours_per_week"]["value"] == 2
        assert said[1].get("activities", {}) == {}


def test_the_shipped_policy_is_one_that_can_be_used(run, tmp_path):
    shown = run("policy", "show")
    (tmp_path / "policy.toml").write_text(shown.out)
    assert run("policy", "check", "policy.toml").out == "2026-1\n"


def test_candidates_are_told_with_the_contact_deadline(run, example):
    for language, heading in (("en", "Contact deadline"), ("da", "Kontaktfrist")):
        told = run("candidates", ORDER, "--db", example, "--language", language).out
        assert re.search(rf"^{heading}: \d\d-\d\d-\d{{4}}$", told, re.MULTILINE)
