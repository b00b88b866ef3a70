"""Whatever is typed: a status, a sentence that says what to do, and never a traceback."""

import os
import re
import shlex
import shutil
import sqlite3
import subprocess

import pytest

HERE = ("--municipality", "0370")
LIST = "Navn;CVR-nr\r\nEksempel;99003626\r\n"
PATIENCE = 180
"""Seconds until a process is missed: long, since a machine may be busy."""


@pytest.fixture
def folder(tmp_path, demonstrated):
    """What somebody may point at by mistake."""
    shutil.copytree(demonstrated[0] / "demo", tmp_path / "demo")
    (tmp_path / "liste.csv").write_text(LIST)
    (tmp_path / "tom.csv").write_text("")
    (tmp_path / "latin.toml").write_bytes("navn = 'Å'".encode("latin-1"))
    (tmp_path / "mapping.toml").write_text("name = 'Findes ikke'")
    (tmp_path / "broken.db").write_bytes(b"SQLite format 3\0" + b"\xff" * 4_000)
    (tmp_path / "text.db").write_text("not a database")
    for name in ("newer", "keyless", "other_key"):
        shutil.copy(tmp_path / "demo" / "demo.db", tmp_path / f"{name}.db")
        shutil.copy(tmp_path / "demo" / "demo.db.key", tmp_path / f"{name}.db.key")
    with sqlite3.connect(tmp_path / "newer.db") as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.close()
    (tmp_path / "keyless.db.key").unlink()
    (tmp_path / "other_key.db.key").write_text("{}")
    return tmp_path


DEMO = ("--db", "sqlite:///demo/demo.db")
WRONG = {
    "a missing list": ("import", "employers", "nowhere.csv", *HERE),
    "a folder as a list": ("import", "employers", "demo", *HERE),
    "an empty list": ("import", "employers", "tom.csv", *HERE),
    "an empty list of orders": ("import", "job-orders", "tom.csv", *HERE),
    "a list without its columns": ("import", "job-orders", "liste.csv", *HERE),
    "a missing mapping": ("import", "employers", "liste.csv", *HERE, "--mapping", "nowhere.toml"),
    "a mapping that is none": ("import", "employers", "liste.csv", *HERE, "--mapping", "liste.csv"),
    "a mapping to no header": ("import", "employers", "liste.csv", *HERE, "--mapping", "mapping.toml"),
    "a municipality that is none": ("import", "employers", "liste.csv", "--municipality", "9999"),
    "a municipality by name": ("import", "employers", "liste.csv", "--municipality", "Næstved"),
    "no municipality": ("import", "employers", "liste.csv", "--municipality", ""),
    "an unknown citizen": ("shortlist", "nobody", *DEMO),
    "an order as a citizen": ("shortlist", "order-0370-01", *DEMO),
    "an empty id": ("shortlist", "", *DEMO),
    "an unknown order": ("candidates", "nothing", *DEMO),
    "no database yet": ("shortlist", "citizen-0370-01", "--db", "sqlite:///none.db"),
    "a folder that is not there": ("shortlist", "x", "--db", "sqlite:///no/where.db"),
    "a folder as a database": ("shortlist", "x", "--db", "sqlite:///demo"),
    "a text as a database": ("shortlist", "x", "--db", "sqlite:///text.db"),
    "a damaged database": ("shortlist", "x", "--db", "sqlite:///broken.db"),
    "a newer database": ("shortlist", "x", "--db", "sqlite:///newer.db"),
    "a newer database to migrate": ("migrate", "--db", "sqlite:///newer.db"),
    "a lost key": ("candidates", "x", "--db", "sqlite:///keyless.db"),
    "a key that is none": ("candidates", "x", "--db", "sqlite:///other_key.db"),
    "an address that is none": ("shortlist", "x", "--db", "demo.db"),
    "another database": ("shortlist", "x", "--db", "mysql://localhost/x"),
    "a database in memory": ("shortlist", "x", "--db", "sqlite://"),
    "a log in no folder": ("serve", "--log-file", "no/where.log", *DEMO),
    "a host that is none": ("serve", "--host", "nowhere.invalid", *DEMO),
    "serving nothing": ("serve", "--db", "sqlite:///none.db"),
    "a policy that is not there": ("policy", "check", "nowhere.toml"),
    "a policy that is none": ("policy", "check", "liste.csv"),
    "a policy that is no text": ("policy", "check", "latin.toml"),
    "a short password": ("user", "add", "anna", *HERE, "--role", "consultant", *DEMO),
    "a taken name": ("user", "add", "consultant-0370", *HERE, "--role", "consultant", *DEMO),
    "a user of nowhere": ("user", "list", "--municipality", "9999", *DEMO),
    "an unknown user": ("user", "disable", "nobody", *DEMO),
    "a token for nobody": ("token", "issue", "nobody", *DEMO),
    "a token that is none": ("token", "revoke", "consultant-0370", "x", *DEMO),
    "too long a text": ("read-task", "x" * 20_001),
}
MISTYPED = {
    "an unknown command": ("frobnicate",),
    "an unknown option": ("shortlist", "x", "--colour", "red"),
    "no argument": ("shortlist",),
    "a port out of range": ("serve", "--port", "70000"),
    "no port": ("demo", "--no-serve", "--port", "many"),
    "an unknown language": ("shortlist", "x", "--language", "sv"),
    "an unknown kind": ("shortlist", "x", "--kind", "people"),
    "too many": ("shortlist", "x", "--k", "100000"),
    "an unknown role": ("user", "add", "x", *HERE, "--role", "mayor"),
    "no file for the sign-ins": ("seed",),
    "no text": ("read-task",),
}


@pytest.mark.parametrize("arguments", WRONG.values(), ids=WRONG)
def test_what_cannot_be_done_is_refused_in_danish_and_english(run, folder, monkeypatch, arguments):
    there = {path: path.stat().st_size for path in folder.glob("*") if path.is_file()}
    danish = run(*arguments)
    monkeypatch.setenv("FRIKORTMATCH_LANGUAGE", "en")
    english = run(*arguments)
    for said in (danish, english):
        assert said.code == 1, said
        assert not {"Traceback", "NoneType", "Error"} & set(re.findall(r"[A-Z]\w+", said.err)), said.err
        assert len(said.err.strip()) > 20
    assert danish.err != english.err
    left = {path: path.stat().st_size for path in folder.glob("*") if path.is_file()}
    assert {path: size for path, size in left.items() if path in there} == there


@pytest.mark.parametrize("arguments", MISTYPED.values(), ids=MISTYPED)
def test_what_is_mistyped_is_wrong_usage(run, arguments):
    said = run(*arguments)
    assert (said.code, said.out) == (2, "")
    assert "Usage: frikortmatch" in said.err
    assert "Traceback" not in said.err


def test_a_setting_that_cannot_be_used_is_refused_whatever_it_is(run, monkeypatch):
    monkeypatch.setenv("FRIKORTMATCH_LANGUAGE", "sv")
    said = run("shortlist", "x")
    assert said.code == 1
    assert "FRIKORTMATCH_LANGUAGE" in said.err


def test_a_refused_list_makes_no_database_of_a_wrong_municipality(run, tmp_path):
    (tmp_path / "liste.csv").write_text(LIST)
    run("import", "employers", "liste.csv", "--municipality", "9999")
    run("import", "employers", "nowhere.csv", *HERE)
    assert [path.name for path in tmp_path.iterdir()] == ["liste.csv"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_only_read_is_refused(run, tmp_path):
    (tmp_path / "liste.csv").write_text(LIST)
    tmp_path.chmod(0o500)
    try:
        for arguments in (
            ("demo", "--no-serve"),
            ("import", "employers", "liste.csv", *HERE, "--skip-refused"),
        ):
            said = run(*arguments)
            assert (said.code, "Traceback" in said.err) == (1, False)
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize("end", ["| true", ">&-"], ids=["a pipe that ends", "a closed output"])
def test_a_reader_who_stops_reading_gets_no_traceback(example, command, end):
    line = shlex.join([*command, "shortlist", "citizen-0370-01", "--db", example])
    done = subprocess.run(["bash", "-c", f"{line} {end}"], capture_output=True, text=True, timeout=PATIENCE)
    assert done.stderr == ""


def test_a_language_that_is_asked_for_is_that_of_a_refusal(run):
    assert "There is no database" in run("shortlist", "x", "--language", "en").err
    assert "ingen database" in run("shortlist", "x", "--language", "da").err
    assert "ingen database" in run("shortlist", "x").err
