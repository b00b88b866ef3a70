"""The audit log: rows that are added and never updated, each with a hash over the one before it.

Each municipality has a chain of its own. Its end is kept apart and locked while rows are added, as a unit
commits, so that no two rows follow the same one, and a missing last row is noticed.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import cast

from sqlalchemy import Table, bindparam, exists, insert, select, update

from api.domain.accounts import AuditEntry, Outcome
from api.domain.caller import Caller
from api.store.tables import AuditRow, ChainRow
from api.store.unit import Last, Unit

NOWHERE = ""
"""The municipality of an attempt to sign in with a name that belongs to none."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Both ends of a chain: the number and hash before its first row, and those of its last one."""

    first_seq: int
    first_hash: str
    last_seq: int
    last_hash: str


def begin(unit: Unit, municipality: str) -> None:
    """Start the chain of a municipality."""
    start = hashlib.sha256(f"audit of {municipality}".encode()).hexdigest()
    row = {"municipality": municipality, "first_hash": start, "last_hash": start}
    unit.session.execute(insert(ChainRow), [row])


def append(unit: Unit, entries: Iterable[AuditEntry]) -> None:
    """Let the unit add rows to the logs of their municipalities; the entries' own numbers are not looked at.

    All of a unit are written by as many statements as one.
    """
    unit.lastly(Last.AUDIT, _write, entries)


def _write(unit: Unit, entries: Sequence[AuditEntry]) -> None:
    whose = attrgetter("municipality")
    for municipality, theirs in groupby(sorted(entries, key=whose), key=whose):
        _add_to(unit, municipality, theirs)


def _add_to(unit: Unit, municipality: str, entries: Iterable[AuditEntry]) -> None:
    last_seq, linked = unit.session.execute(_END, {"municipality": municipality}).one()
    rows = []
    for seq, entry in enumerate(entries, start=last_seq + 1):
        numbered = replace(entry, seq=seq)
        linked = digest(linked, numbered)
        rows.append(_row(numbered, linked))
    unit.session.execute(_ADD, rows)
    unit.session.execute(_MOVE_END, {"theirs": municipality, "seq": last_seq + len(rows), "linked": linked})


def chain(unit: Unit, municipality: str) -> Chain:
    """Both ends of a municipality's chain."""
    unit.write_out(Last.AUDIT)
    asked = select(ChainRow.first_seq, ChainRow.first_hash, ChainRow.last_seq, ChainRow.last_hash)
    return Chain(*unit.session.execute(asked.where(ChainRow.municipality == municipality)).one())


def links(unit: Unit, municipality: str) -> Iterator[tuple[AuditEntry, str]]:
    """All rows with their hashes, in order, a thousand at a time."""
    asked = select(AuditRow).where(AuditRow.municipality == municipality).order_by(AuditRow.seq)
    with unit.session.scalars(asked.execution_options(yield_per=1_000)) as rows:
        for row in rows:
            yield _entry(row), row.hash


def entries(unit: Unit, municipality: str, after: int = 0, limit: int = 100) -> tuple[AuditEntry, ...]:
    """The next rows after number `after`, in order."""
    unit.write_out(Last.AUDIT)
    asked = select(AuditRow).where(AuditRow.municipality == municipality, AuditRow.seq > after)
    return tuple(map(_entry, unit.session.scalars(asked.order_by(AuditRow.seq).limit(limit))))


def of_citizen(unit: Unit, municipality: str, citizen_id: str) -> tuple[AuditEntry, ...]:
    """Every row about one citizen, in order."""
    unit.write_out(Last.AUDIT)
    asked = select(AuditRow).where(AuditRow.municipality == municipality, AuditRow.citizen_id == citizen_id)
    return tuple(map(_entry, unit.session.scalars(asked.order_by(AuditRow.seq))))


def by_user(
    unit: Unit, caller: Caller, actions: Iterable[str], since: datetime, until: datetime
) -> tuple[AuditEntry, ...]:
    """What the caller has done of some actions from one moment until before another, in order."""
    unit.write_out(Last.AUDIT)
    asked = select(AuditRow).where(
        AuditRow.municipality == caller.municipality,
        AuditRow.user_id == caller.user_id,
        AuditRow.outcome == Outcome.PERMITTED,
        AuditRow.action.in_(tuple(actions)),
        AuditRow.at >= since,
        AuditRow.at < until,
    )
    return tuple(map(_entry, unit.session.scalars(asked.order_by(AuditRow.seq))))


def is_begun(unit: Unit, caller: Caller, actions: Iterable[str], until: datetime) -> bool:
    """Whether the caller has done any of some actions before a moment."""
    unit.write_out(Last.AUDIT)
    done = exists().where(
        AuditRow.municipality == caller.municipality,
        AuditRow.user_id == caller.user_id,
        AuditRow.outcome == Outcome.PERMITTED,
        AuditRow.action.in_(tuple(actions)),
        AuditRow.at < until,
    )
    return bool(unit.session.scalar(select(done)))


def digest(previous: str, entry: AuditEntry) -> str:
    """The hash of a row: over the hash before it and everything the row says."""
    said = [
        previous,
        entry.municipality,
        entry.seq,
        entry.at.isoformat(),
        entry.user_id,
        entry.role,
        entry.channel,
        entry.action,
        entry.citizen_id,
        entry.subject,
        entry.outcome,
        entry.details,
    ]
    text = json.dumps(said, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _row(entry: AuditEntry, linked: str) -> dict[str, object]:
    return {
        "municipality": entry.municipality,
        "seq": entry.seq,
        "at": entry.at,
        "user_id": entry.user_id,
        "role": entry.role,
        "channel": entry.channel,
        "action": entry.action,
        "citizen_id": entry.citizen_id,
        "subject": entry.subject,
        "outcome": entry.outcome,
        "details": dict(entry.details),
        "hash": linked,
    }


def _entry(row: AuditRow) -> AuditEntry:
    return AuditEntry(
        municipality=row.municipality,
        seq=row.seq,
        at=row.at,
        user_id=row.user_id,
        role=row.role,
        channel=row.channel,
        action=row.action,
        citizen_id=row.citizen_id,
        subject=row.subject,
        outcome=row.outcome,
        details=row.details,
    )


# every look at a citizen adds a row: built once, and of tables, not of rows of the session, each for half
# the time
_END = (
    select(ChainRow.last_seq, ChainRow.last_hash)
    .where(ChainRow.municipality == bindparam("municipality"))
    .with_for_update()
)
_ADD = insert(cast("Table", AuditRow.__table__))
_CHAIN = cast("Table", ChainRow.__table__)
_MOVE_END = (
    update(_CHAIN)
    .where(_CHAIN.c.municipality == bindparam("theirs"))
    .values(last_seq=bindparam("seq"), last_hash=bindparam("linked"))
)
