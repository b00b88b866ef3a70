"""The pauses of contact clocks; why a clock stands still is sealed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import insert, select, update

from api.domain.caller import Caller
from api.domain.working_days import Pause
from api.store.ids import new_id
from api.store.tables import PauseRow
from api.store.unit import Unit
from api.store.versioned import chunks


def of(unit: Unit, caller: Caller, order_ids: Iterable[str]) -> Mapping[str, Sequence[Pause]]:
    """The pauses of job orders, by id, oldest first; an order without one has none here."""
    found: defaultdict[str, list[Pause]] = defaultdict(list)
    for ids in chunks(order_ids):
        asked = select(PauseRow).where(
            PauseRow.municipality == caller.municipality, PauseRow.order_id.in_(ids)
        )
        for row in unit.session.scalars(asked.order_by(PauseRow.since, PauseRow.id)):
            reason = unit.keys.open(row.reason, PauseRow.reason, row.municipality, row.id)
            found[row.order_id].append(Pause(since=row.since, until=row.until, reason=reason))
    return found


def begin(unit: Unit, caller: Caller, order_id: str, reason: str) -> Pause:
    """Let a clock stand still from now; raises `Duplicate` when it does already."""
    pause_id = new_id()
    row = {
        "municipality": caller.municipality,
        "id": pause_id,
        "order_id": order_id,
        "since": unit.at,
        "until": None,
        "reason": unit.keys.seal(reason, PauseRow.reason, caller.municipality, pause_id),
        "by": caller.user_id,
    }
    unit.session.execute(insert(PauseRow), [row])
    return Pause(since=unit.at, reason=reason)


def go_on(unit: Unit, caller: Caller, order_id: str, ended_at: datetime) -> None:
    """Let a clock stand still as before, whose pause was ended at a moment by mistake."""
    ended = update(PauseRow).where(
        PauseRow.municipality == caller.municipality,
        PauseRow.order_id == order_id,
        PauseRow.until == ended_at,
    )
    unit.change(ended.values(until=None))


def end(unit: Unit, caller: Caller, order_id: str) -> bool:
    """Let a clock run again; answers whether it stood still."""
    running = update(PauseRow).where(
        PauseRow.municipality == caller.municipality,
        PauseRow.order_id == order_id,
        PauseRow.until.is_(None),
    )
    return unit.change(running.values(until=unit.at)) > 0
