"""Corrections leave the house by command: into a file of the owner's, a line each, or not at all."""

import pytest

from api.casework import job_orders as desk
from api.store import employers
from matching.orders import Task
from matching.reading import read_labelled
from tests.api.makers import make_employer, make_order


@pytest.fixture
def settings(one_settings):
    return one_settings


@pytest.fixture
def db(store, settings, naestved, monkeypatch):
    """A database with one order whose words a consultant has confirmed."""
    if settings.key_file:
        monkeypatch.setenv("FRIKORTMATCH_KEY_FILE", str(settings.key_file))
    with store.unit() as unit:
        employer = employers.add(unit, naestved, make_employer(naestved))
        order = make_order(employer, text="Luge bede hos Birgit Holm", task=Task(activities=["green"]))
        desk.register(unit, naestved, order)
        unit.commit()
    return settings.db.get_secret_value()


def export(run, db, file="corrections.jsonl", municipality="0370"):
    return run("readings", "export", file, "--municipality", municipality, "--db", db)


def test_what_was_confirmed_is_written_a_line_each(run, db, tmp_path):
    said = export(run, db)
    assert (said.code, said.out, said.err) == (0, "1\n", "")
    file = tmp_path / "corrections.jsonl"
    (found,) = read_labelled(file.read_text(encoding="utf-8"))
    assert found.task == Task(activities=["green"])
    assert "Birgit" not in found.text
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_municipality_that_is_none_gets_no_file(run, db, tmp_path):
    assert export(run, db, municipality="9999").code == 1
    assert not (tmp_path / "corrections.jsonl").exists()


def test_a_file_that_cannot_be_written_is_said(run, db):
    said = export(run, db, "nowhere/corrections.jsonl")
    assert said.code == 1
    assert "corrections.jsonl" in said.err
