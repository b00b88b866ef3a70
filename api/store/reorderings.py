"""Lists put into another order by a person; why is sealed. Rows are added, and go with their citizen."""

from sqlalchemy import insert, select

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
    asked = select(ReorderRow).where(
        ReorderRow.municipality == caller.municipality, ReorderRow.citizen_id == citizen_id
    )
    row = unit.session.scalar(asked.order_by(ReorderRow.id.desc()).limit(1))
    if row is None:
        return None
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
