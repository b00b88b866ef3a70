"""What all records with versions have in common: found and paged within a municipality, added, replaced.

Adding and replacing write the version and the change that a ranking can feel in the same unit. Each word's
own file says how its rows become records and back.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import BindParameter, Select, bindparam, delete, insert, select, update

from api.domain.caller import Caller
from api.domain.records import Centre, CitizenRecord, EmployerRecord, JobOrderRecord, RecordKind
from api.store import changes, versions
from api.store.errors import Missing, Stale
from api.store.paging import Page, page_of
from api.store.tables.base import RecordColumns
from api.store.unit import Unit

Row = TypeVar("Row", bound=RecordColumns)
Record = TypeVar("Record", Centre, CitizenRecord, EmployerRecord, JobOrderRecord)

CHUNK = 5_000
"""So many ids are asked for at once: SQLite takes 32,766 values in a statement."""


def _no_parts(unit: Unit, records: Sequence[Any]) -> None:
    return


@dataclass(frozen=True, kw_only=True)
class Versioned(Generic[Row, Record]):
    """One kind of record: its table, and how a row becomes a record (`read`) and back (`columns`).

    `parts` writes what a record has in other tables, before anything points to it.
    """

    kind: RecordKind
    row: type[Row]
    body: TypeAdapter[Record]
    read: Callable[[Unit, Sequence[Row]], list[Record]]
    columns: Callable[[Unit, Record], dict[str, Any]]
    parts: Callable[[Unit, Sequence[Record]], None] = _no_parts

    def own(self, municipality: str | BindParameter[str]) -> Select[Row]:
        """The rows of one municipality; the only select there is."""
        return select(self.row).where(self.row.municipality == municipality)

    def ask(self, unit: Unit, asked: Select[Row], given: Mapping[str, str] | None = None) -> list[Record]:
        """The records of a narrowed `own`; `given` are the values of its parameters, where it has any."""
        return self.read(unit, unit.session.scalars(asked, given).all())

    def find(self, unit: Unit, municipality: str, record_id: str) -> Record | None:
        """One record; None when the municipality has none of that id."""
        found = self.ask(unit, self._one, {"municipality": municipality, "record_id": record_id})
        return found[0] if found else None

    @cached_property
    def _one(self) -> Select[Row]:
        """One record of one municipality: built once, as building costs more than asking."""
        return self.own(bindparam("municipality")).where(self.row.id == bindparam("record_id"))

    def held(self, unit: Unit, municipality: str, record_id: str) -> Record:
        """One record whose row is locked until the unit ends; raises `Missing`.

        SQLite lets one unit write at a time anyway.
        """
        asked = self.own(municipality).where(self.row.id == record_id).with_for_update()
        for found in self.ask(unit, asked):
            return found
        raise Missing(self.kind, record_id)

    def some(self, unit: Unit, municipality: str, record_ids: Iterable[str]) -> dict[str, Record]:
        """Those of the ids that the municipality has, by id."""
        found: dict[str, Record] = {}
        for ids in chunks(record_ids):
            asked = self.own(municipality).where(self.row.id.in_(ids))
            found |= {record.id: record for record in self.ask(unit, asked)}
        return found

    def held_some(self, unit: Unit, municipality: str, record_ids: Iterable[str]) -> dict[str, Record]:
        """The same with their rows locked until the unit ends, in the order of their ids."""
        found: dict[str, Record] = {}
        for ids in chunks(sorted(record_ids)):
            asked = self.own(municipality).where(self.row.id.in_(ids)).order_by(self.row.id)
            found |= {record.id: record for record in self.ask(unit, asked.with_for_update())}
        return found

    def page(self, unit: Unit, municipality: str, after: str | None, limit: int) -> Page[Record]:
        """The next `limit` records in the order of their ids."""
        asked = self.own(municipality).where(self.row.id > (after or ""))
        found = self.ask(unit, asked.order_by(self.row.id).limit(limit + 1))
        return page_of(found, [record.id for record in found], limit)

    def add_all(self, unit: Unit, caller: Caller, records: Iterable[Record]) -> tuple[Record, ...]:
        """Add records as version 1; raises `Duplicate`, and `Missing` for another municipality's record."""
        fresh = tuple(replace(record, version=1, updated_at=unit.at) for record in records)
        if not fresh:
            return fresh
        rows = [{**self._columns(unit, caller, record), "id": record.id} for record in fresh]
        unit.session.execute(insert(self.row), rows)
        self._written(unit, caller, fresh)
        return fresh

    def replace(self, unit: Unit, caller: Caller, record: Record, expected: int) -> Record:
        """Put `record` in the place of version `expected`; raises `Missing` or `Stale`."""
        fresh = replace(record, version=expected + 1, updated_at=unit.at)
        theirs = (self.row.municipality == caller.municipality, self.row.id == record.id)
        changed = unit.change(
            update(self.row)
            .where(*theirs, self.row.version == expected)
            .values(self._columns(unit, caller, fresh))
        )
        if changed == 0:
            current = self.find(unit, caller.municipality, record.id)
            raise Stale(self.kind, current) if current else Missing(self.kind, record.id)
        self._written(unit, caller, (fresh,))
        return fresh

    def remove(self, unit: Unit, caller: Caller, record_ids: Iterable[str]) -> None:
        """Take records away that nothing points to; their versions stay, so that past lists can be told.

        Rows that belong to a record go with it.
        """
        for ids in chunks(record_ids):
            theirs = (self.row.municipality == caller.municipality, self.row.id.in_(ids))
            unit.change(delete(self.row).where(*theirs))
            changes.note(unit, caller.municipality, self.kind, ids)

    def version(self, unit: Unit, municipality: str, record_id: str, version: int) -> Record | None:
        """The record as it stood at one version; None when there is none, or it was erased."""
        body = versions.find(unit, municipality, self.kind, record_id, version)
        return None if body is None else self.body.validate_json(body)

    def past(
        self, unit: Unit, municipality: str, wanted: Collection[tuple[str, int]]
    ) -> dict[tuple[str, int], Record]:
        """Records as they stood at some versions, by id and version; those that are there."""
        bodies = versions.some(unit, municipality, self.kind, wanted)
        return {which: self.body.validate_json(body) for which, body in bodies.items()}

    def since(self, unit: Unit, municipality: str, record_id: str, moment: datetime) -> tuple[Record, ...]:
        """The record as it stood at a moment and after every later change, each with when it was kept."""
        kept = versions.since(unit, municipality, self.kind, record_id, moment)
        return tuple(replace(self.body.validate_json(one.body), updated_at=one.at) for one in kept)

    def history(self, unit: Unit, municipality: str, record_id: str) -> tuple[Record, ...]:
        """The record after each change, the first one first, each with when it was kept."""
        kept = versions.all_of(unit, municipality, self.kind, record_id)
        return tuple(replace(self.body.validate_json(one.body), updated_at=one.at) for one in kept)

    def _columns(self, unit: Unit, caller: Caller, record: Record) -> dict[str, Any]:
        if record.municipality != caller.municipality:
            raise Missing(self.kind, record.id)
        columns: Mapping[str, Any] = self.columns(unit, record)
        shared = {"municipality": record.municipality, "version": record.version, "updated_at": unit.at}
        return {**columns, **shared}

    def _written(self, unit: Unit, caller: Caller, records: Sequence[Record]) -> None:
        self.parts(unit, records)
        bodies = ((record.id, record.version, self.body.dump_json(record).decode()) for record in records)
        versions.keep(unit, caller.municipality, caller.user_id, self.kind, bodies)
        changes.note(unit, caller.municipality, self.kind, [record.id for record in records])


def chunks(ids: Iterable[str]) -> Iterable[list[str]]:
    """The ids without repetition, in lists that fit into one statement."""
    listed = list(dict.fromkeys(ids))
    return (listed[start : start + CHUNK] for start in range(0, len(listed), CHUNK))
