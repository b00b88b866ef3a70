"""What a municipality does its own way, as data with versions."""

import json
from collections.abc import Mapping

from sqlalchemy import bindparam, select, update

from api.domain.caller import Caller
from api.domain.records import PracticeRecord, RecordKind
from api.store import changes, versions
from api.store.errors import Missing, Stale
from api.store.tables import PracticeRow
from api.store.unit import Unit


def find(unit: Unit, municipality: str) -> PracticeRecord | None:
    """The practice of a municipality; None when it has said nothing."""
    row = unit.session.scalar(_OF, {"municipality": municipality})
    return (
        PracticeRecord(
            municipality=row.municipality,
            body=row.body,
            version=row.version,
            updated_by=row.updated_by,
            updated_at=row.updated_at,
        )
        if row
        else None
    )


def at_version(unit: Unit, municipality: str, version: int) -> Mapping[str, object] | None:
    """What a version of the practice said; None when there was none."""
    body = versions.find(unit, municipality, RecordKind.PRACTICE, municipality, version)
    told: Mapping[str, object] | None = json.loads(body) if body else None
    return told


def history(unit: Unit, municipality: str) -> tuple[versions.Kept, ...]:
    """Every version that was put, the first one first."""
    return versions.all_of(unit, municipality, RecordKind.PRACTICE, municipality)


def put(unit: Unit, caller: Caller, body: Mapping[str, object], expected: int) -> PracticeRecord:
    """Put the practice in the place of version `expected`, 0 for the first; raises `Missing` or `Stale`."""
    practice = PracticeRecord(
        municipality=caller.municipality,
        body=body,
        version=expected + 1,
        updated_by=caller.user_id,
        updated_at=unit.at,
    )
    if not _written(unit, practice, expected):
        current = find(unit, caller.municipality)
        raise Stale("practice", current) if current else Missing("practice", caller.municipality)
    kind, record_id = RecordKind.PRACTICE, caller.municipality
    kept = (record_id, practice.version, json.dumps(practice.body))
    versions.keep(unit, caller.municipality, caller.user_id, kind, [kept])
    changes.note(unit, caller.municipality, kind, [record_id])
    return practice


def _written(unit: Unit, practice: PracticeRecord, expected: int) -> bool:
    row = {
        "body": dict(practice.body),
        "version": practice.version,
        "updated_by": practice.updated_by,
        "updated_at": practice.updated_at,
    }
    if expected == 0:
        return unit.add_unless_there(PracticeRow, {"municipality": practice.municipality, **row})
    theirs = (PracticeRow.municipality == practice.municipality, PracticeRow.version == expected)
    changed = unit.change(update(PracticeRow).where(*theirs).values(row))
    return changed > 0


# read for every deadline, and building a statement costs more than asking it
_OF = select(PracticeRow).where(PracticeRow.municipality == bindparam("municipality"))
