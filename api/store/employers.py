"""Employers of a municipality. Who to ask for, on which telephone and with which basis is sealed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import select

from api.domain.caller import Caller
from api.domain.portfolio import EmployerLine, EmployerNamed
from api.domain.records import EmployerRecord, RecordKind
from api.store.paging import Page
from api.store.places import place_columns, place_of
from api.store.tables import EmployerRow
from api.store.unit import Unit
from api.store.versioned import Versioned
from geo import Point
from matching.orders import answers
from matching.vocabulary import Demand, Support


def find(unit: Unit, caller: Caller, employer_id: str) -> EmployerRecord | None:
    """One employer of the caller's municipality."""
    return _EMPLOYERS.find(unit, caller.municipality, employer_id)


def held(unit: Unit, caller: Caller, employer_id: str) -> EmployerRecord:
    """The same, and nobody else changes it before this unit ends; raises `Missing`."""
    return _EMPLOYERS.held(unit, caller.municipality, employer_id)


def some(unit: Unit, caller: Caller, employer_ids: Iterable[str]) -> dict[str, EmployerRecord]:
    """Those of the ids that the caller's municipality has, by id."""
    return _EMPLOYERS.some(unit, caller.municipality, employer_ids)


def held_some(unit: Unit, caller: Caller, employer_ids: Iterable[str]) -> dict[str, EmployerRecord]:
    """The same, and nobody else changes any of them before this unit ends."""
    return _EMPLOYERS.held_some(unit, caller.municipality, employer_ids)


def page(unit: Unit, caller: Caller, after: str | None = None, limit: int = 50) -> Page[EmployerRecord]:
    """The next employers in the order of their ids."""
    return _EMPLOYERS.page(unit, caller.municipality, after, limit)


def by_p_number(unit: Unit, caller: Caller, p_number: str) -> EmployerRecord | None:
    """The workplace with this P-number; None for an empty one, which says nothing."""
    asked = _EMPLOYERS.own(caller.municipality).where(EmployerRow.p_number == p_number)
    found = _EMPLOYERS.ask(unit, asked) if p_number else []
    return found[0] if found else None


def all_of(unit: Unit, municipality: str) -> tuple[EmployerRecord, ...]:
    """Every employer of a municipality, in the order of their ids."""
    return tuple(_EMPLOYERS.ask(unit, _EMPLOYERS.own(municipality).order_by(EmployerRow.id)))


def lines(unit: Unit, caller: Caller) -> tuple[EmployerLine, ...]:
    """Every employer of the caller's municipality as a list shows it, in the order of their ids."""
    columns = [getattr(EmployerRow, name) for name in _LINE]
    asked = select(EmployerRow.lat, EmployerRow.lon, *columns).where(
        EmployerRow.municipality == caller.municipality
    )
    return tuple(
        EmployerLine(point=None if lat is None else Point(lat, lon), **dict(zip(_LINE, told, strict=True)))
        for lat, lon, *told in unit.session.execute(asked.order_by(EmployerRow.id))
    )


def named(unit: Unit, caller: Caller) -> list[EmployerNamed]:
    """Name and numbers of every employer of the caller's municipality, in the order of their ids."""
    asked = select(EmployerRow.id, EmployerRow.name, EmployerRow.cvr, EmployerRow.p_number)
    theirs = asked.where(EmployerRow.municipality == caller.municipality).order_by(EmployerRow.id)
    return [EmployerNamed(*told) for told in unit.session.execute(theirs)]


def telephones(unit: Unit, caller: Caller) -> tuple[tuple[str, str], ...]:
    """Id and telephone number of every employer that has one; each is unsealed for it."""
    asked = select(EmployerRow.id, EmployerRow.phone).where(EmployerRow.municipality == caller.municipality)
    opened = (
        (id_, unit.keys.open(phone, EmployerRow.phone, caller.municipality, id_))
        for id_, phone in unit.session.execute(asked)
    )
    return tuple((id_, phone) for id_, phone in opened if phone)


def add(unit: Unit, caller: Caller, record: EmployerRecord) -> EmployerRecord:
    """Add an employer; raises `Duplicate` when its id or P-number is taken."""
    return _EMPLOYERS.add_all(unit, caller, [record])[0]


def add_all(unit: Unit, caller: Caller, records: Iterable[EmployerRecord]) -> tuple[EmployerRecord, ...]:
    """Add many employers at once, as an import does."""
    return _EMPLOYERS.add_all(unit, caller, records)


def replace(unit: Unit, caller: Caller, record: EmployerRecord, expected: int) -> EmployerRecord:
    """Put `record` in the place of version `expected`; raises `Missing`, `Stale` or `Duplicate`."""
    return _EMPLOYERS.replace(unit, caller, record, expected)


def remove(unit: Unit, caller: Caller, employer_ids: Iterable[str]) -> None:
    """Take employers away that nothing points to; their versions stay."""
    _EMPLOYERS.remove(unit, caller, employer_ids)


def version(unit: Unit, caller: Caller, employer_id: str, version: int) -> EmployerRecord | None:
    """The employer as it stood at one version."""
    return _EMPLOYERS.version(unit, caller.municipality, employer_id, version)


def past(
    unit: Unit, caller: Caller, wanted: Collection[tuple[str, int]]
) -> dict[tuple[str, int], EmployerRecord]:
    """Employers as they stood at some versions, by id and version; those that are there."""
    return _EMPLOYERS.past(unit, caller.municipality, wanted)


def since(unit: Unit, caller: Caller, employer_id: str, moment: datetime) -> tuple[EmployerRecord, ...]:
    """The employer as it stood at a moment, and after every later change."""
    return _EMPLOYERS.since(unit, caller.municipality, employer_id, moment)


_LINE = tuple(item.name for item in fields(EmployerLine) if item.name != "point")


def _read(unit: Unit, rows: Sequence[EmployerRow]) -> list[EmployerRecord]:
    return [_record(unit, row) for row in rows]


def _record(unit: Unit, row: EmployerRow) -> EmployerRecord:
    opened = unit.keys.open
    cell = (row.municipality, row.id)
    return EmployerRecord(
        id=row.id,
        municipality=row.municipality,
        name=row.name,
        cvr=row.cvr,
        p_number=row.p_number,
        place=place_of(row),
        municipality_code=row.municipality_code,
        industry_code=row.industry_code,
        industry_system=row.industry_system,
        industry=row.industry,
        employees=row.employees,
        phone=opened(row.phone, EmployerRow.phone, *cell),
        contact_person=opened(row.contact_person, EmployerRow.contact_person, *cell),
        advertising_protected=row.advertising_protected,
        contact_basis=row.contact_basis,
        contact_basis_note=opened(row.contact_basis_note, EmployerRow.contact_basis_note, *cell),
        source=row.source,
        last_contact_on=row.last_contact_on,
        demands=answers("demands", row.demands, Demand),
        supports=answers("supports", row.supports, Support),
        version=row.version,
        updated_at=row.updated_at,
    )


def _columns(unit: Unit, record: EmployerRecord) -> dict[str, Any]:
    sealed = unit.keys.seal
    cell = (record.municipality, record.id)
    return {
        "name": record.name,
        "cvr": record.cvr,
        "p_number": record.p_number,
        "municipality_code": record.municipality_code,
        "industry_code": record.industry_code,
        "industry_system": record.industry_system,
        "industry": record.industry,
        "employees": record.employees,
        "phone": sealed(record.phone, EmployerRow.phone, *cell),
        "contact_person": sealed(record.contact_person, EmployerRow.contact_person, *cell),
        "advertising_protected": record.advertising_protected,
        "contact_basis": record.contact_basis,
        "contact_basis_note": sealed(record.contact_basis_note, EmployerRow.contact_basis_note, *cell),
        "source": record.source,
        "last_contact_on": record.last_contact_on,
        "demands": {str(code): str(answer) for code, answer in record.demands.items()},
        "supports": {str(code): str(answer) for code, answer in record.supports.items()},
        **place_columns(record.place),
    }


_EMPLOYERS = Versioned(
    kind=RecordKind.EMPLOYER,
    row=EmployerRow,
    body=TypeAdapter(EmployerRecord),
    read=_read,
    columns=_columns,
)
