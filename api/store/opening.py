"""Opening a database: look first, refuse in plain words what must not be opened, and only then write.

A file that is absent, damaged, another program's, older or newer than this version, or whose keys are lost,
is refused and left as it was.
"""

import base64
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, inspect, make_url, select
from sqlalchemy.exc import ArgumentError, DatabaseError

from api.config import Settings
from api.store import audit, key_file, migrations
from api.store.engine import connect, look_only
from api.store.errors import SealBroken, StorageFailed, Unopened
from api.store.sealing import Keyring, Sealed
from api.store.tables import MetaRow
from api.store.unit import Store
from geo.errors import N_

KEY_CHECK = "key_check:"
"""Name in `meta` of a text that was sealed with a key when the key was taken into use."""

KeyChecks = tuple[tuple[str, str], ...]
"""The key checks of a database, each with its name."""

_SQLITE_HEADER = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Standing:
    """What was found: the revision of the schema (None: nothing there yet) and the key checks by name."""

    revision: str | None = None
    key_checks: KeyChecks = ()


def open_store(settings: Settings, *, create: bool = False) -> Store:
    """Open the database that the settings name, with the keys of its sealed columns.

    With `create`, a database that is not there yet is made together with its key file, and an older schema is
    brought up to date. Raises `Unopened` for what must not be opened, and leaves it untouched.
    """
    url = _url(settings)
    path = _sqlite_file(url)
    keys_at = settings.key_file or _beside(path)
    found = _look(url, path, settings, create)
    keys = _keys(keys_at, found)
    if path and not path.exists():
        _make_private(path)
    store = Store(connect(url, settings.busy_seconds), keys)
    try:
        if create and found.revision != migrations.revisions()[0]:
            migrations.migrate(store.engine)
        if not found.key_checks:
            _begin(store, keys_at)
    except BaseException:
        store.close()
        raise
    return store


def _url(settings: Settings) -> URL:
    try:
        url = make_url(settings.db.get_secret_value())
    except ArgumentError:
        remedy = N_(
            "Write it like sqlite:///frikortmatch.db or postgresql+psycopg://user:password@host/name."
        )
        raise Unopened("db", N_("The database address cannot be read."), remedy) from None
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        problem = N_("{kind} is not a database this service uses.")
        raise Unopened("db", problem, N_("Use SQLite or PostgreSQL."), kind=url.get_backend_name())
    return url


def _sqlite_file(url: URL) -> Path | None:
    if url.get_backend_name() != "sqlite":
        return None
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        problem = N_("The database has to be a file.")
        raise Unopened("db", problem, N_("Write it like sqlite:///frikortmatch.db."))
    return Path(url.database)


def _beside(path: Path | None) -> Path:
    if path is None:
        remedy = N_("Set FRIKORTMATCH_KEY_FILE to a file that only the service can read.")
        raise Unopened("key_file", N_("There is no place for the keys of this database."), remedy)
    return path.with_name(path.name + ".key")


def _look(url: URL, path: Path | None, settings: Settings, create: bool) -> Standing:
    if path is None:
        with _closing(connect(url, settings.busy_seconds)) as engine:
            found = _standing(engine)
    else:
        found = _look_at_file(path)
    if found.revision is None and not create:
        problem = N_("There is no database at {place} yet.")
        remedy = N_("Make one with `frikortmatch migrate`, or `frikortmatch demo` for an example.")
        raise Unopened("db", problem, remedy, place=path or url.database)
    known = migrations.revisions()
    if found.revision and found.revision not in known:
        problem = N_("The database was written by a newer version (schema {revision}).")
        raise Unopened("db", problem, N_("Install that version."), revision=found.revision)
    if found.revision and found.revision != known[0] and not create:
        problem = N_("The database is from an older version (schema {revision}).")
        remedy = N_("Back it up, then run `frikortmatch migrate`.")
        raise Unopened("db", problem, remedy, revision=found.revision)
    return found


@contextmanager
def _closing(engine: Engine) -> Iterator[Engine]:
    try:
        yield engine
    finally:
        engine.dispose()


def _look_at_file(path: Path) -> Standing:
    if not path.parent.is_dir():
        problem = N_("The folder {folder} does not exist.")
        raise Unopened("db", problem, N_("Make the folder first."), folder=path.parent)
    if not path.exists() or path.stat().st_size == 0:
        return Standing()
    try:
        with path.open("rb") as file:
            header = file.read(len(_SQLITE_HEADER))
        if header != _SQLITE_HEADER:
            raise _damaged(path)
        with _closing(look_only(path)) as engine:
            return _standing(engine)
    except (OSError, DatabaseError, StorageFailed):
        raise _damaged(path) from None


def _standing(engine: Engine) -> Standing:
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            verdict = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
            if verdict != "ok":
                raise StorageFailed("quick_check")
        tables = set(inspect(connection).get_table_names())
        revision = migrations.revision_of(connection)
        if revision is None and tables - {"alembic_version"}:
            problem = N_("The database belongs to another program.")
            raise Unopened("db", problem, N_("Name a database of its own for this service."))
        if MetaRow.__tablename__ not in tables:
            return Standing(revision)
        return Standing(revision, _key_checks(connection))


def _key_checks(connection: Connection) -> KeyChecks:
    asked = select(MetaRow.name, MetaRow.value).where(MetaRow.name.startswith(KEY_CHECK))
    return tuple((name, value) for name, value in connection.execute(asked))


def _keys(path: Path, found: Standing) -> Keyring:
    keys = key_file.read(path)
    if keys is None and found.key_checks:
        problem = N_("The database has sealed texts, and its key file {path} is not there.")
        remedy = N_("Restore the key file from the backup, or name it with FRIKORTMATCH_KEY_FILE.")
        raise Unopened("key_file", problem, remedy, path=path)
    if keys is None:
        return key_file.create(path)
    _check(keys, path, found.key_checks)
    return keys


def _check(keys: Keyring, path: Path, checks: KeyChecks) -> None:
    for name, value in checks:
        if not _opens(keys, name, value):
            problem = N_("The key file {path} is not the one this database was sealed with.")
            remedy = N_("Restore the key file from the backup, or name it with FRIKORTMATCH_KEY_FILE.")
            raise Unopened("key_file", problem, remedy, path=path)


def _opens(keys: Keyring, name: str, value: str) -> bool:
    try:
        return keys.open_for(name, Sealed(base64.b64decode(value))) == name
    except SealBroken:
        return False


def _begin(store: Store, keys_at: Path) -> None:
    """Take the keys into use, unless another process has begun the same database with its own meanwhile."""
    with store.unit() as unit:
        unit.take_turns("begin")
        if there := _key_checks(unit.session.connection()):
            _check(store.keys, keys_at, there)
            return
        audit.begin(unit, audit.NOWHERE)
        for key_id in unit.keys.ids:
            name = f"{KEY_CHECK}{key_id}"
            value = base64.b64encode(unit.keys.seal_for(name, name, key_id).token).decode()
            unit.session.add(MetaRow(name=name, value=value))
        unit.session.flush()
        unit.commit()


def _make_private(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    except OSError as error:
        problem, remedy = N_("The database {path} cannot be made ({reason})."), N_("Name another place.")
        raise Unopened("db", problem, remedy, path=path, reason=error.strerror) from None


def _damaged(path: Path) -> Unopened:
    problem = N_("{path} is not a database, or it is damaged.")
    return Unopened("db", problem, N_("Restore the latest backup; the file was left as it is."), path=path)
