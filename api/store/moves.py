"""The logs of job orders and proposals: every move from one state to the next, in the unit that made it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import func, insert, select

from api.domain.caller import Caller
from api.domain.moves import Move, ReturnCause
from api.store.tables import OrderMoveRow, ProposalMoveRow
from api.store.tables.proposals import MoveColumns
from api.store.unit import Unit
from api.store.versioned import chunks

Log = type[OrderMoveRow] | type[ProposalMoveRow]
OF_ORDERS: Log = OrderMoveRow
OF_PROPOSALS: Log = ProposalMoveRow


def keep(
    unit: Unit,
    caller: Caller,
    log: Log,
    record_id: str,
    before: str | None,
    after: str,
    cause: str = "",
    note: str = "",
) -> Move:
    """Add a line to a record's log. The record is locked by its own change in the same unit."""
    mine = (log.municipality == caller.municipality, log.record_id == record_id)
    seq = (unit.session.scalar(select(func.max(log.seq)).where(*mine)) or 0) + 1
    move = Move(seq=seq, at=unit.at, by=caller.user_id, before=before, after=after, cause=cause, note=note)
    cell = (caller.municipality, record_id, str(seq))
    row = {
        "municipality": caller.municipality,
        "record_id": record_id,
        "seq": seq,
        "at": move.at,
        "by": move.by,
        "before": before,
        "after": after,
        "cause": cause,
        "note": unit.keys.seal(note, log.note, *cell),
    }
    unit.session.execute(insert(log), [row])
    return move


def of(unit: Unit, caller: Caller, log: Log, record_id: str) -> tuple[Move, ...]:
    """A record's log, oldest first."""
    asked = select(log).where(log.municipality == caller.municipality, log.record_id == record_id)
    return tuple(
        _move(unit, log, cast(MoveColumns, row)) for row in unit.session.scalars(asked.order_by(log.seq))
    )


def last_of(
    unit: Unit, caller: Caller, log: Log, record_ids: Iterable[str], *, causes: Sequence[str] = ()
) -> dict[str, Move]:
    """The last line of each record's log, by the record's id; with `causes`, of those that have one."""
    found: dict[str, Move] = {}
    for ids in chunks(record_ids):
        asked = select(log).where(log.municipality == caller.municipality, log.record_id.in_(ids))
        if causes:
            asked = asked.where(log.cause.in_(causes))
        for row in unit.session.scalars(asked.order_by(log.seq)):
            line = cast(MoveColumns, row)
            found[line.record_id] = _move(unit, log, line)
    return found


def returned_for(unit: Unit, caller: Caller, order_ids: Iterable[str]) -> dict[str, ReturnCause]:
    """Why job orders were sent back the last time, by id; an order that never was is left out."""
    found: dict[str, ReturnCause] = {}
    log, causes = OrderMoveRow, tuple(ReturnCause)
    for ids in chunks(order_ids):
        asked = select(log.record_id, log.cause).where(
            log.municipality == caller.municipality, log.record_id.in_(ids), log.cause.in_(causes)
        )
        found |= {id_: ReturnCause(cause) for id_, cause in unit.session.execute(asked.order_by(log.seq))}
    return found


def by_moment(
    unit: Unit, caller: Caller, log: Log, record_ids: Iterable[str]
) -> dict[datetime, frozenset[str]]:
    """Which of the records moved when; what one unit moved has one moment."""
    found: dict[datetime, frozenset[str]] = {}
    for ids in chunks(record_ids):
        asked = select(log.at, log.record_id).where(
            log.municipality == caller.municipality, log.record_id.in_(ids)
        )
        for at, record_id in unit.session.execute(asked):
            found[at] = found.get(at, frozenset()) | {record_id}
    return found


def _move(unit: Unit, log: Log, row: MoveColumns) -> Move:
    cell = (row.municipality, row.record_id, str(row.seq))
    return Move(
        seq=row.seq,
        at=row.at,
        by=row.by,
        before=row.before,
        after=row.after,
        cause=row.cause,
        note=unit.keys.open(row.note, log.note, *cell),
    )
