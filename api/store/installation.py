"""Facts about the installation as a whole."""

from sqlalchemy import select

from api.store.tables import MetaRow, MunicipalityRow
from api.store.unit import Unit

_EXAMPLE_DATA = "example_data"


def mark_example_data(unit: Unit) -> None:
    """Say once and for ever that people and employers in this database are made up."""
    unit.add_unless_there(MetaRow, {"name": _EXAMPLE_DATA, "value": unit.at.isoformat()})


def is_example_data(unit: Unit) -> bool:
    """Whether the database was seeded with made-up people."""
    return unit.session.scalar(select(MetaRow.name).where(MetaRow.name == _EXAMPLE_DATA)) is not None


def is_empty(unit: Unit) -> bool:
    """Whether nothing was put in yet: no municipality, and so nothing at all."""
    return unit.session.scalar(select(MunicipalityRow.code).limit(1)) is None
