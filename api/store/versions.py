"""Append-only versions: each record as it stood after each change, sealed, for the replay of past lists.

A version is written in the unit of its change. Removing a citizen's versions belongs to erasure alone.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select

from api.domain.records import RecordKind
from api.store.tables import VersionRow
from api.store.unit import Unit

_CHUNK = 5_000
"""As many ids as `versioned` asks for at once."""


def keep(
    unit: Unit, municipality: str, by: str, kind: RecordKind, bodies: Iterable[tuple[str, int, str]]
) -> None:
    """Add one version per (record id, version, body as JSON)."""
    rows = [
        {
            "municipality": municipality,
            "kind": kind,
            "record_id": record_id,
            "version": version,
            "at": unit.at,
            "by": by,
            "body": unit.keys.seal(body, VersionRow.body, municipality, kind, record_id, str(version)),
        }
        for record_id, version, body in bodies
    ]
    if rows:
        unit.session.execute(insert(VersionRow), rows)


def find(unit: Unit, municipality: str, kind: RecordKind, record_id: str, version: int) -> str | None:
    """The body of one version as JSON; None when there is none, or it was erased."""
    asked = select(VersionRow.body).where(
        VersionRow.municipality == municipality,
        VersionRow.kind == kind,
        VersionRow.record_id == record_id,
        VersionRow.version == version,
    )
    sealed = unit.session.scalar(asked)
    if sealed is None:
        return None
    return unit.keys.open(sealed, VersionRow.body, municipality, kind, record_id, str(version))


def some(
    unit: Unit, municipality: str, kind: RecordKind, wanted: Collection[tuple[str, int]]
) -> dict[tuple[str, int], str]:
    """The bodies of many versions as JSON, by record id and version; those that are there."""
    found: dict[tuple[str, int], str] = {}
    ids = list(dict.fromkeys(record_id for record_id, _ in wanted))
    for start in range(0, len(ids), _CHUNK):
        asked = select(VersionRow).where(
            VersionRow.municipality == municipality,
            VersionRow.kind == kind,
            VersionRow.record_id.in_(ids[start : start + _CHUNK]),
        )
        rows = (row for row in unit.session.scalars(asked) if (row.record_id, row.version) in wanted)
        found |= {(row.record_id, row.version): _opened(unit, row) for row in rows}
    return found


def made(
    unit: Unit, municipality: str, kind: RecordKind, record_id: str, version: int
) -> tuple[str, datetime] | None:
    """By whom (a user's id) and when one version was written; None when there is none, or it was erased."""
    asked = select(VersionRow.by, VersionRow.at).where(
        VersionRow.municipality == municipality,
        VersionRow.kind == kind,
        VersionRow.record_id == record_id,
        VersionRow.version == version,
    )
    found = unit.session.execute(asked).one_or_none()
    return (found.by, found.at) if found else None


def written(unit: Unit, municipality: str, kind: RecordKind, by: str, at: datetime) -> dict[str, int]:
    """The last versions that somebody wrote at one moment, in one unit: record id to version."""
    asked = select(VersionRow.record_id, VersionRow.version).where(
        VersionRow.municipality == municipality,
        VersionRow.kind == kind,
        VersionRow.by == by,
        VersionRow.at == at,
    )
    # a unit may write a record twice, and the later one counts
    rows = unit.session.execute(asked.order_by(VersionRow.record_id, VersionRow.version))
    return {id_: version for id_, version in rows}


def makers_since(
    unit: Unit, municipality: str, kind: RecordKind, record_id: str, version: int
) -> frozenset[str]:
    """The ids of those who wrote the versions after one."""
    asked = select(VersionRow.by).where(
        VersionRow.municipality == municipality,
        VersionRow.kind == kind,
        VersionRow.record_id == record_id,
        VersionRow.version > version,
    )
    return frozenset(unit.session.scalars(asked))


@dataclass(frozen=True, slots=True)
class Kept:
    """One version: when and by whom it was made, and the record as JSON."""

    version: int
    at: datetime
    by: str
    body: str


def all_of(unit: Unit, municipality: str, kind: RecordKind, record_id: str) -> tuple[Kept, ...]:
    """Every version of one record, the first one first."""
    asked = select(VersionRow).where(
        VersionRow.municipality == municipality,
        VersionRow.kind == kind,
        VersionRow.record_id == record_id,
    )
    return tuple(
        Kept(row.version, row.at, row.by, _opened(unit, row))
        for row in unit.session.scalars(asked.order_by(VersionRow.version))
    )


def since(
    unit: Unit, municipality: str, kind: RecordKind, record_id: str, moment: datetime
) -> tuple[Kept, ...]:
    """The version that stood at a moment, else the first one, and every later one in their order."""
    theirs = (
        VersionRow.municipality == municipality,
        VersionRow.kind == kind,
        VersionRow.record_id == record_id,
    )
    stood = select(func.max(VersionRow.version)).where(*theirs, VersionRow.at <= moment).scalar_subquery()
    asked = select(VersionRow).where(*theirs, VersionRow.version >= func.coalesce(stood, 1))
    return tuple(
        Kept(row.version, row.at, row.by, _opened(unit, row))
        for row in unit.session.scalars(asked.order_by(VersionRow.version))
    )


def begun_since(unit: Unit, municipality: str, kind: RecordKind, moment: datetime) -> dict[str, datetime]:
    """When each record that was first kept at a moment or later was, by id."""
    asked = select(VersionRow.record_id, VersionRow.at).where(
        VersionRow.municipality == municipality,
        VersionRow.kind == kind,
        VersionRow.version == 1,
        VersionRow.at >= moment,
    )
    return {id_: at for id_, at in unit.session.execute(asked)}


def _opened(unit: Unit, row: VersionRow) -> str:
    cell = (row.municipality, row.kind, row.record_id, str(row.version))
    return unit.keys.open(row.body, VersionRow.body, *cell)


def count(unit: Unit, municipality: str, kind: RecordKind, record_id: str) -> int:
    """How many versions of one record are kept."""
    asked = select(func.count()).where(
        VersionRow.municipality == municipality,
        VersionRow.kind == kind,
        VersionRow.record_id == record_id,
    )
    return unit.session.scalar(asked) or 0


def forget(unit: Unit, municipality: str, kind: RecordKind, record_id: str) -> None:
    """Remove all versions of one record."""
    unit.session.execute(
        delete(VersionRow).where(
            VersionRow.municipality == municipality,
            VersionRow.kind == kind,
            VersionRow.record_id == record_id,
        )
    )
