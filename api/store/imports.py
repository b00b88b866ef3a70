"""Files that were read in, and what became of their rows. The report quotes cells, and is sealed."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import insert, select, update

from api.domain.caller import Caller
from api.domain.imports import ImportKind, ImportRun
from api.store.paging import Page, page_of
from api.store.tables import ImportRow
from api.store.unit import Unit


def add(unit: Unit, caller: Caller, run: ImportRun) -> ImportRun:
    """Keep an import in the unit that stores its rows; raises `Duplicate` when its id is taken."""
    kept = replace(run, municipality=caller.municipality, at=unit.at, by=caller.user_id)
    row = {
        "municipality": kept.municipality,
        "id": kept.id,
        "kind": kept.kind,
        "file_name": kept.file_name,
        "file_hash": kept.file_hash,
        "at": kept.at,
        "by": kept.by,
        "added": kept.added,
        "changed": kept.changed,
        "unchanged": kept.unchanged,
        "refused": kept.refused,
        "report": unit.keys.seal(kept.report, ImportRow.report, kept.municipality, kept.id),
    }
    unit.session.execute(insert(ImportRow), [row])
    return kept


def find(unit: Unit, caller: Caller, run_id: str) -> ImportRun | None:
    """One import of the caller's municipality."""
    asked = select(ImportRow).where(ImportRow.municipality == caller.municipality, ImportRow.id == run_id)
    row = unit.session.scalar(asked)
    return _record(unit, row) if row else None


def held(unit: Unit, caller: Caller, run_id: str) -> ImportRun | None:
    """The same, and nobody else changes it before this unit ends."""
    asked = select(ImportRow).where(ImportRow.municipality == caller.municipality, ImportRow.id == run_id)
    row = unit.session.scalar(asked.with_for_update())
    return _record(unit, row) if row else None


def retell(unit: Unit, run: ImportRun) -> None:
    """Keep another report of an import; nothing else of it changes."""
    theirs = (ImportRow.municipality == run.municipality, ImportRow.id == run.id)
    sealed = unit.keys.seal(run.report, ImportRow.report, run.municipality, run.id)
    unit.change(update(ImportRow).where(*theirs).values(report=sealed))


def page(
    unit: Unit, caller: Caller, kinds: Iterable[ImportKind], after: str | None = None, limit: int = 50
) -> Page[ImportRun]:
    """The next imports of these kinds in the caller's municipality, newest first."""
    asked = select(ImportRow).where(
        ImportRow.municipality == caller.municipality, ImportRow.kind.in_(list(kinds))
    )
    asked = asked.where(ImportRow.id < after) if after else asked
    rows = unit.session.scalars(asked.order_by(ImportRow.id.desc()).limit(limit + 1)).all()
    return page_of([_record(unit, row) for row in rows], [row.id for row in rows], limit)


def _record(unit: Unit, row: ImportRow) -> ImportRun:
    return ImportRun(
        id=row.id,
        municipality=row.municipality,
        kind=row.kind,
        file_name=row.file_name,
        file_hash=row.file_hash,
        added=row.added,
        changed=row.changed,
        unchanged=row.unchanged,
        refused=row.refused,
        report=unit.keys.open(row.report, ImportRow.report, row.municipality, row.id),
        at=row.at,
        by=row.by,
    )
