"""Lists put into another order by a person; why is sealed. Rows are added, and go with their citizen."""

from sqlalchemy import Select, insert, select

from api.domain.caller import Caller
from api.domain.reordering import Reordered
from api.store.tables import ReorderRow
from api.store.unit import Unit


def add(unit: Unit, caller: Caller, new: Reordered) -> Reordered:
    """Keep a new order; raises `Duplicate` when there is no such citizen."""
    row = {
        "municipality": caller.municipality,
        "id": new.id,
        "list_id": new.list_id,
        "citizen_id": new.citizen_id,
        "at": new.at,
        "by": new.by,
        "ids": {"shown": list(new.shown), "order": list(new.order)},
        "reason": unit.keys.seal(new.reason, ReorderRow.reason, caller.municipality, new.id),
    }
    unit.session.execute(insert(ReorderRow), [row])
    return new


def latest_of(unit: Unit, caller: Caller, citizen_id: str) -> Reordered | None:
    """The last order that somebody gave a list of this citizen."""
    row = unit.session.scalar(_of(caller, citizen_id).order_by(ReorderRow.id.desc()).limit(1))
    return None if row is None else _reordered(unit, row)


def all_of(unit: Unit, caller: Caller, citizen_id: str) -> tuple[Reordered, ...]:
    """Every order that somebody gave a list of this citizen, the first one first."""
    rows = unit.session.scalars(_of(caller, citizen_id).order_by(ReorderRow.id))
    return tuple(_reordered(unit, row) for row in rows)


def _of(caller: Caller, citizen_id: str) -> Select[ReorderRow]:
    return select(ReorderRow).where(
        ReorderRow.municipality == caller.municipality, ReorderRow.citizen_id == citizen_id
    )


def _reordered(unit: Unit, row: ReorderRow) -> Reordered:
    return Reordered(
        id=row.id,
        municipality=row.municipality,
        list_id=row.list_id,
        citizen_id=row.citizen_id,
        shown=tuple(row.ids["shown"]),
        order=tuple(row.ids["order"]),
        reason=unit.keys.open(row.reason, ReorderRow.reason, row.municipality, row.id),
        by=row.by,
        at=row.at,
    )
