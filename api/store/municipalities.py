"""The municipalities that this installation serves."""

from sqlalchemy import insert, select

from api.domain.records import Municipality
from api.store import audit
from api.store.tables import MunicipalityRow
from api.store.unit import Unit


def add(unit: Unit, municipality: Municipality) -> Municipality:
    """Add a municipality with an audit log of its own; raises `Duplicate` when its code is taken."""
    known = {"code": municipality.code, "name": municipality.name, "example": municipality.example}
    unit.session.execute(insert(MunicipalityRow), [known])
    audit.begin(unit, municipality.code)
    return municipality


def find(unit: Unit, code: str) -> Municipality | None:
    """The municipality with this code."""
    row = unit.session.get(MunicipalityRow, code)
    return _record(row) if row else None


def all_of(unit: Unit) -> tuple[Municipality, ...]:
    """All municipalities, in the order of their codes."""
    return tuple(map(_record, unit.session.scalars(select(MunicipalityRow).order_by(MunicipalityRow.code))))


def _record(row: MunicipalityRow) -> Municipality:
    return Municipality(code=row.code, name=row.name, example=row.example)
