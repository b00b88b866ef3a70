"""A PostgreSQL server for one run of the tests: the first who asks starts it, the last who leaves stops it.

It lives in a folder of its own, listens on a socket in it and nowhere else, and trades durability for speed.
Its databases sort as Danish does, so that nothing can lean on texts being sorted by their bytes.
"""

import fcntl
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, NullPool, create_engine

from api.store.tables import Base

SUPERUSER = "frikortmatch"
DANISH = "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'da-DK' STRATEGY file_copy"
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}


def programs() -> Path | None:
    """Where the server's programs are; the newest where Debian keeps several, None when not installed."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda at: int(at.parts[-3]))
    found = debian[-1] if debian else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@dataclass(frozen=True)
class Server:
    """A running server; `folder` is short, since the path of a socket must be."""

    folder: Path

    def address(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql+psycopg://{SUPERUSER}@/{database}?host={self.folder}"

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of an empty database that is dropped at the end, whoever is still connected to it."""
        name = f"test_{secrets.token_hex(8)}"
        self._administer(f"CREATE DATABASE {name} {DANISH}")
        yield self.address(name)
        self._administer(f"DROP DATABASE {name} WITH (FORCE)")

    def _administer(self, statement: str) -> None:
        engine = create_engine(self.address("postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)


_OTHERS = "datname = current_database() AND pid <> pg_backend_pid()"
_SHUT_OUT = f"SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE {_OTHERS}"


def shut_out(address: URL) -> None:
    """End every connection to a database, as a server that goes away does."""
    with create_engine(address, poolclass=NullPool).connect() as connection:
        connection.exec_driver_sql(_SHUT_OUT)


def emptied(address: str) -> None:
    """Take all rows out of a database that was migrated, and shut out whoever an earlier test left there."""
    statements = [_SHUT_OUT]
    statements += [f"DELETE FROM {table.name}" for table in reversed(Base.metadata.sorted_tables)]
    engine = create_engine(address, poolclass=NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("; ".join(statements))


@contextmanager
def server_of(run: Path, programs: Path) -> Iterator[Server]:
    """The server of the run whose processes share the folder `run`.

    Whoever uses it holds a shared lock, which goes with its process: nobody who was killed is waited for.
    """
    note = run / "postgresql"
    with (run / "postgresql.users").open("w") as users, (run / "postgresql.door").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        fcntl.flock(users, fcntl.LOCK_SH)
        if not note.exists():
            note.write_text(str(_start(programs)))
        fcntl.flock(door, fcntl.LOCK_UN)
        folder = Path(note.read_text())
        try:
            yield Server(folder)
        finally:
            fcntl.flock(door, fcntl.LOCK_EX)
            fcntl.flock(users, fcntl.LOCK_UN)
            if _nobody_holds(users):
                note.unlink()
                _stop(programs, folder)


def _nobody_holds(users: Any) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _start(programs: Path) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    if os.geteuid() == 0:
        os.chown(folder, *_somebody())
    settings = {**FAST, "listen_addresses": "", "unix_socket_directories": str(folder)}
    said = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
    data = ("-D", folder / "data")
    plain = ("--no-sync", "--auth=trust", "--encoding=UTF8", "--no-locale", f"--username={SUPERUSER}")
    _run(folder, programs / "initdb", *data, *plain)
    _run(folder, programs / "pg_ctl", *data, "-w", "-l", folder / "log", "-o", said, "start")
    return folder


def _stop(programs: Path, folder: Path) -> None:
    _run(folder, programs / "pg_ctl", "-D", folder / "data", "-w", "-m", "immediate", "stop")
    shutil.rmtree(folder)


def _run(folder: Path, *command: object) -> None:
    # the server refuses to run as root
    user, group = _somebody() if os.geteuid() == 0 else (None, None)
    words = [str(word) for word in command]
    done = subprocess.run(
        words,
        cwd=folder,
        user=user,
        group=group,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        raise OSError(f"{words[0]} failed: {done.stderr}")


def _somebody() -> tuple[int, int]:
    """The user and group that Debian gives the server, else those of nobody."""
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return entry.pw_uid, entry.pw_gid
