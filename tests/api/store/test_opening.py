import json
import random
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import make_url

from api.config import Settings
from api.domain.caller import Caller, Role
from api.domain.records import Municipality
from api.store import (
    Store,
    citizens,
    employers,
    key_file,
    migrations,
    municipalities,
    open_store,
    opening,
)
from api.store.errors import Unopened
from tests.api.makers import make_citizen, make_employer
from tests.api.postgresql import Server


def file_of(settings: Settings) -> Path:
    return Path(settings.db.get_secret_value().removeprefix("sqlite:///"))


def key_file_of(settings: Settings) -> Path:
    return file_of(settings).with_name("frikortmatch.db.key")


def refusal(settings: Settings, *, create: bool = False) -> str:
    with pytest.raises(Unopened) as refused:
        open_store(settings, create=create)
    assert "{" not in refused.value.said()
    return refused.value.said()


@pytest.fixture
def made(sqlite_settings: Settings) -> Settings:
    """Settings whose database exists and is closed."""
    open_store(sqlite_settings, create=True).close()
    return sqlite_settings


def test_a_database_that_is_not_there_is_refused_and_not_made(sqlite_settings: Settings):
    assert "frikortmatch migrate" in refusal(sqlite_settings)
    assert not file_of(sqlite_settings).exists()
    assert not key_file_of(sqlite_settings).exists()


def test_a_server_s_database_with_nothing_in_it_is_named_and_left_so(
    postgresql_server: Server, tmp_path: Path
):
    with postgresql_server.database() as address:
        settings = Settings(db=address, key_file=tmp_path / "keys")
        said = refusal(settings)
    assert str(make_url(address).database) in said
    assert "frikortmatch migrate" in said
    assert not (tmp_path / "keys").exists()


def test_making_a_database_makes_its_keys_too_and_both_are_for_the_owner_alone(made: Settings):
    for path in (file_of(made), key_file_of(made)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_database_that_was_made_opens_again_with_the_same_keys(made: Settings):
    keys = key_file_of(made).read_bytes()
    open_store(made).close()
    open_store(made, create=True).close()
    assert key_file_of(made).read_bytes() == keys


def test_an_empty_file_counts_as_no_database(sqlite_settings: Settings):
    file_of(sqlite_settings).touch()
    assert "no database" in refusal(sqlite_settings)
    open_store(sqlite_settings, create=True).close()


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path):
    assert "nowhere" in refusal(Settings(db=f"sqlite:///{tmp_path}/nowhere/x.db"), create=True)


@pytest.mark.parametrize("content", [b"hello", b"SQLite format 3\0", b"SQLite format 3\0" + b"\xff" * 5000])
@pytest.mark.parametrize("create", [False, True])
def test_what_is_not_a_database_is_refused_and_left_as_it_is(sqlite_settings, content: bytes, create: bool):
    file_of(sqlite_settings).write_bytes(content)
    assert "damaged" in refusal(sqlite_settings, create=create)
    assert file_of(sqlite_settings).read_bytes() == content
    assert not key_file_of(sqlite_settings).exists()


def test_a_truncated_database_is_refused_and_left_as_it_is(made: Settings):
    whole = file_of(made).read_bytes()
    file_of(made).write_bytes(whole[: len(whole) // 2])
    assert "damaged" in refusal(made)
    assert file_of(made).read_bytes() == whole[: len(whole) // 2]


def test_damaged_pages_are_refused_and_left_as_they_are(made: Settings):
    pages = bytearray(file_of(made).read_bytes())
    for page in random.Random(7).sample(range(1, len(pages) // 4096), 20):
        pages[page * 4096 : page * 4096 + 100] = b"\xa5" * 100
    file_of(made).write_bytes(pages)
    assert "damaged" in refusal(made)
    assert file_of(made).read_bytes() == bytes(pages)


@pytest.mark.parametrize("create", [False, True])
def test_another_programs_database_is_refused_and_left_as_it_is(sqlite_settings: Settings, create: bool):
    with sqlite3.connect(file_of(sqlite_settings)) as other:
        other.execute("CREATE TABLE songs (title TEXT)")
    other.close()
    before = file_of(sqlite_settings).read_bytes()
    assert "another program" in refusal(sqlite_settings, create=create)
    assert file_of(sqlite_settings).read_bytes() == before


@pytest.mark.parametrize("create", [False, True])
def test_a_newer_schema_is_refused_and_left_as_it_is(made: Settings, create: bool):
    with sqlite3.connect(file_of(made)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    before = file_of(made).read_bytes()
    assert "newer version (schema 9999)" in refusal(made, create=create)
    assert file_of(made).read_bytes() == before


def test_an_older_schema_is_refused_until_it_is_migrated(made: Settings, monkeypatch: pytest.MonkeyPatch):
    revisions = migrations.revisions()
    monkeypatch.setattr(migrations, "revisions", lambda: ("9999", *revisions))
    assert "frikortmatch migrate" in refusal(made)


def test_a_lost_key_file_is_refused_and_no_new_one_is_made(made: Settings):
    key_file_of(made).unlink()
    for create in (False, True):
        assert "Restore the key file" in refusal(made, create=create)
    assert not key_file_of(made).exists()


def test_a_wrong_key_file_is_refused_and_not_overwritten(made: Settings, tmp_path: Path):
    other = Settings(db=f"sqlite:///{tmp_path}/other.db")
    open_store(other, create=True).close()
    shutil.copy(tmp_path / "other.db.key", key_file_of(made))
    wrong = key_file_of(made).read_bytes()
    assert "not the one" in refusal(made, create=True)
    assert key_file_of(made).read_bytes() == wrong


def test_a_key_file_that_others_can_read_is_refused(made: Settings):
    key_file_of(made).chmod(0o640)
    assert "chmod 600" in refusal(made)


@pytest.mark.parametrize(
    "content",
    ["", "{}", "[]", "null", '{"current": 1, "keys": []}', '{"current": 1, "keys": {"1": "c2hvcnQ="}}'],
)
def test_a_key_file_without_keys_is_refused_and_not_overwritten(made: Settings, content: str):
    key_file_of(made).write_text(content)
    assert "cannot be read as keys" in refusal(made, create=True)
    assert key_file_of(made).read_text() == content


def test_keys_that_are_there_already_are_used_for_a_new_database(made: Settings):
    file_of(made).unlink()
    keys = key_file_of(made).read_bytes()
    open_store(made, create=True).close()
    assert key_file_of(made).read_bytes() == keys


def test_a_second_key_seals_and_the_first_still_opens(made: Settings):
    with open_store(made) as store:
        old = store.keys.seal_for("a", "text", 1)
    kept = json.loads(key_file_of(made).read_text())
    kept["keys"]["2"], kept["current"] = "A" * 43 + "=", 2
    key_file_of(made).write_text(json.dumps(kept))
    with open_store(made) as store:
        assert store.keys.open_for("a", old) == "text"
        assert store.keys.seal_for("a", "text", store.keys.current).key_id == 2


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("sqlite://", "has to be a file"),
        ("sqlite:///:memory:", "has to be a file"),
        ("no address", "cannot be read"),
        ("mysql://host/name", "not a database this service uses"),
        ("postgresql://host/name", "FRIKORTMATCH_KEY_FILE"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(address: str, said: str):
    assert said in refusal(Settings(db=address), create=True)


def test_a_folder_is_not_a_database(tmp_path: Path):
    assert "not a database" in refusal(Settings(db=f"sqlite:///{tmp_path}"), create=True)


def test_keys_that_cannot_be_made_leave_no_database(sqlite_settings: Settings, tmp_path: Path):
    settings = sqlite_settings.model_copy(update={"key_file": tmp_path / "nowhere" / "keys"})
    assert "cannot be made" in refusal(settings, create=True)
    assert not file_of(settings).exists()


def test_what_was_committed_is_there_after_a_crash(sqlite_settings, tmp_path: Path):
    with open_store(sqlite_settings, create=True) as store:
        anna = _somebody(store)
        # what a crash leaves behind: a database with its log not yet written into it
        crashed = tmp_path / "crashed"
        crashed.mkdir()
        for suffix in ("", "-wal", ".key"):
            name = f"frikortmatch.db{suffix}"
            shutil.copy(tmp_path / name, crashed / name)
    with open_store(Settings(db=f"sqlite:///{crashed}/frikortmatch.db")) as store:
        with store.unit(read_only=True) as unit:
            found = citizens.find(unit, anna, "c-1")
        assert found is not None
        assert found.name == "Anna Marie Holm"


OPENING = """
import sys
from pathlib import Path
from api.config import Settings
from api.store import open_store
settings = Settings(db=sys.argv[1], key_file=Path(sys.argv[2]), busy_seconds=30)
print("ready", flush=True)
sys.stdin.readline()
open_store(settings, create=True).close()
"""


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_processes_that_make_the_same_database_at_once_make_one_with_one_key(database, request, tmp_path):
    with ExitStack() as stack:
        address = f"sqlite:///{tmp_path}/frikortmatch.db"
        if database == "postgresql":
            address = stack.enter_context(request.getfixturevalue("postgresql_server").database())
        command = [sys.executable, "-c", OPENING, address, str(tmp_path / "keys")]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        running = [stack.enter_context(subprocess.Popen(command, text=True, **pipes)) for _ in range(3)]
        assert {process.stdout.readline() for process in running} == {"ready\n"}
        for process in running:
            process.stdin.write("\n")
            process.stdin.flush()
        said = [process.communicate(timeout=120)[1] for process in running]
        assert (said, [process.returncode for process in running]) == ([""] * 3, [0] * 3)
        assert {path.name for path in tmp_path.iterdir()} <= {"keys", "frikortmatch.db"}
        with open_store(Settings(db=address, key_file=tmp_path / "keys")) as store:
            _somebody(store)


def test_a_key_file_made_meanwhile_stays_and_counts(tmp_path: Path):
    first, second = key_file.create(tmp_path / "keys"), key_file.create(tmp_path / "keys")
    sealed = first.seal_for("a", "text", 1)
    assert second.open_for("a", sealed) == "text"
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]


def test_a_database_begun_with_other_keys_meanwhile_is_refused(
    settings: Settings, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Two machines that make the same database at once have a key file each, and one of them is too late."""
    monkeypatch.setattr(opening, "_look", lambda *_: opening.Standing(migrations.revisions()[0]))
    late = settings.model_copy(update={"key_file": tmp_path / "late"})
    assert "not the one" in refusal(late, create=True)


def _somebody(store: Store) -> Caller:
    caller = Caller("u-1", "bodil", "0370", Role.CONSULTANT)
    with store.unit() as unit:
        municipalities.add(unit, Municipality(code="0370", name="Næstved"))
        citizens.add(unit, caller, make_citizen(caller, id="c-1"))
        employers.add(unit, caller, make_employer(caller))
        unit.commit()
    return caller
