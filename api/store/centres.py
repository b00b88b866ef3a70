"""Centres of a municipality."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import bindparam

from api.domain.caller import Caller
from api.domain.records import Centre, RecordKind
from api.store.paging import Page
from api.store.places import place_columns, place_of
from api.store.tables import CentreRow
from api.store.unit import Unit
from api.store.versioned import Versioned


def find(unit: Unit, caller: Caller, centre_id: str) -> Centre | None:
    """One centre of the caller's municipality."""
    return _CENTRES.find(unit, caller.municipality, centre_id)


def some(unit: Unit, caller: Caller, centre_ids: Iterable[str]) -> dict[str, Centre]:
    """Those of the ids that the caller's municipality has, by id."""
    return _CENTRES.some(unit, caller.municipality, centre_ids)


def held_some(unit: Unit, caller: Caller, centre_ids: Iterable[str]) -> dict[str, Centre]:
    """The same, and nobody else changes any of them before this unit ends."""
    return _CENTRES.held_some(unit, caller.municipality, centre_ids)


def page(unit: Unit, caller: Caller, after: str | None = None, limit: int = 50) -> Page[Centre]:
    """The next centres in the order of their ids."""
    return _CENTRES.page(unit, caller.municipality, after, limit)


def all_of(unit: Unit, municipality: str) -> tuple[Centre, ...]:
    """Every centre of a municipality, in the order of their ids."""
    return tuple(_CENTRES.ask(unit, _ALL, {"municipality": municipality}))


def add(unit: Unit, caller: Caller, record: Centre) -> Centre:
    """Add a centre; raises `Duplicate` when its id is taken."""
    return _CENTRES.add_all(unit, caller, [record])[0]


def add_all(unit: Unit, caller: Caller, records: Iterable[Centre]) -> tuple[Centre, ...]:
    """Add many centres at once."""
    return _CENTRES.add_all(unit, caller, records)


def replace(unit: Unit, caller: Caller, record: Centre, expected: int) -> Centre:
    """Put `record` in the place of version `expected`; raises `Missing` or `Stale`."""
    return _CENTRES.replace(unit, caller, record, expected)


def remove(unit: Unit, caller: Caller, centre_ids: Iterable[str]) -> None:
    """Take centres away that nothing points to; their versions stay."""
    _CENTRES.remove(unit, caller, centre_ids)


def version(unit: Unit, caller: Caller, centre_id: str, version: int) -> Centre | None:
    """The centre as it stood at one version."""
    return _CENTRES.version(unit, caller.municipality, centre_id, version)


def past(unit: Unit, caller: Caller, wanted: Collection[tuple[str, int]]) -> dict[tuple[str, int], Centre]:
    """Centres as they stood at some versions, by id and version; those that are there."""
    return _CENTRES.past(unit, caller.municipality, wanted)


def history(unit: Unit, caller: Caller, centre_id: str) -> tuple[Centre, ...]:
    """The centre after each change, the first one first, each with when it was kept."""
    return _CENTRES.history(unit, caller.municipality, centre_id)


def _read(unit: Unit, rows: Sequence[CentreRow]) -> list[Centre]:
    return [
        Centre(
            id=row.id,
            municipality=row.municipality,
            name=row.name,
            kind=row.kind,
            place=place_of(row),
            phone=row.phone,
            verified_on=row.verified_on,
            valid_to=row.valid_to,
            version=row.version,
            updated_at=row.updated_at,
        )
        for row in rows
    ]


def _columns(unit: Unit, record: Centre) -> dict[str, Any]:
    return {
        "name": record.name,
        "kind": record.kind,
        "phone": record.phone,
        "verified_on": record.verified_on,
        "valid_to": record.valid_to,
        **place_columns(record.place),
    }


_CENTRES = Versioned(
    kind=RecordKind.CENTRE, row=CentreRow, body=TypeAdapter(Centre), read=_read, columns=_columns
)

# asked before every list, and building a statement costs more than asking it
_ALL = _CENTRES.own(bindparam("municipality")).order_by(CentreRow.id)
