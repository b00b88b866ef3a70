"""A unit of work: all of it is stored or none. Undoing is the default; `commit` is said once, at the edge.

On PostgreSQL two units that hold a row each and ask for the other's never end. So a unit holds the records
that it changes in one order, job orders and employers before citizens, and writes last, as it commits, what
every unit of a municipality writes: nobody waits for long for that, and nobody holds it and waits for more.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum
from types import TracebackType
from typing import Any, Self

from sqlalchemy import CursorResult, Engine, UpdateBase
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm import Session

from api.store.engine import insert_unless_there, read_only, take_turns
from api.store.errors import Busy
from api.store.sealing import Keyring

# changes are made by statements, so rows are read afresh instead of from the session's own copies
_FRESH = {"populate_existing": True, "synchronize_session": False}


class Last(IntEnum):
    """What is written last, in this order: each adds to a row that all units of a municipality have."""

    AUDIT = 1
    CHANGES = 2


Write = Callable[["Unit", Sequence[Any]], None]
"""Writes what a unit has gathered of one kind."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What the store's queries need: the session, the keys of sealed columns, and the unit's moment (UTC)."""

    session: Session
    keys: Keyring
    at: datetime
    reads_only: bool = False
    _last: dict[Last, tuple[Write, list[Any]]] = field(default_factory=dict, repr=False)

    def change(self, statement: UpdateBase) -> int:
        """Execute an update or a deletion and answer how many rows it met."""
        done = self.session.execute(statement)
        assert isinstance(done, CursorResult)
        return done.rowcount

    def add_unless_there(self, row: type[Any], values: dict[str, Any]) -> bool:
        """Insert a row; answers False where one with the same key is there already, which stays as it is."""
        return self.change(insert_unless_there(self.session.connection(), row).values(values)) > 0

    def take_turns(self, name: str, *, shared: bool = False) -> None:
        """Wait for every other unit that holds `name`, and hold it until this one ends.

        Those who share it wait for whoever does not, and not for one another.
        """
        take_turns(self.session.connection(), name, shared=shared)

    def lastly(self, what: Last, write: Write, rows: Iterable[Any]) -> None:
        """Let `write` have these rows, with all others of their kind, when the unit commits.

        Raises `TypeError` on a unit that only reads.
        """
        if self.reads_only:
            # it is never committed, and what is to be written down would be lost without a word
            raise TypeError("a unit that only reads has nothing to write")
        self._last.setdefault(what, (write, []))[1].extend(rows)

    def commit(self) -> None:
        """Store everything; raises `Busy` or `StorageFailed`, and then nothing of the unit is stored."""
        for what in sorted(self._last):
            self.write_out(what)
        self.session.commit()

    def write_out(self, what: Last) -> None:
        """Write already what was gathered of a kind, for whoever reads it in this unit."""
        if what in self._last:
            write, rows = self._last.pop(what)
            write(self, rows)


class Store:
    """An open database with the keys of its sealed columns. Safe to share between threads; a unit is not."""

    def __init__(self, engine: Engine, keys: Keyring) -> None:
        """Use `open_store`, which refuses what must not be opened."""
        self.engine = engine
        self.keys = keys
        self._reader = read_only(engine)

    @contextmanager
    def unit(self, *, read_only: bool = False) -> Iterator[Unit]:
        """A unit that rolls back unless `commit` is called; one that only reads never waits for a writer.

        Raises `Busy` when others have been writing for too long.
        """
        engine = self._reader if read_only else self.engine
        with Session(engine, expire_on_commit=False, autoflush=False, execution_options=_FRESH) as session:
            try:
                # begin now, so that a unit that has to wait waits before it has read anything
                session.connection()
            except NoConnectionFree:
                raise Busy from None
            yield Unit(session, self.keys, datetime.now(UTC), reads_only=read_only)

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        """Answer the store itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, at: TracebackType | None) -> None:
        """Close all connections."""
        self.close()
