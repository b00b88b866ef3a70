"""Job orders of a municipality. The employer's own words are sealed: anything may have been said."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, cast

from pydantic import TypeAdapter
from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from api.domain.caller import Caller
from api.domain.records import JobOrderRecord, KeptReading, OrderState, RecordKind
from api.domain.working_days import start_of
from api.store.errors import Missing
from api.store.paging import Page
from api.store.sealing import Sealed
from api.store.tables import JobOrderRow
from api.store.unit import Unit
from api.store.versioned import Versioned
from matching.orders import Task

RANKED = (OrderState.RECEIVED, OrderState.OPEN)
"""The states in which an order can be suggested to somebody."""


class OrderNamed(NamedTuple):
    """A job order by what it is called, and where it stands."""

    id: str
    employer_id: str
    title: str
    state: OrderState


def find(unit: Unit, caller: Caller, order_id: str) -> JobOrderRecord | None:
    """One job order of the caller's municipality."""
    return _ORDERS.find(unit, caller.municipality, order_id)


def held(unit: Unit, caller: Caller, order_id: str) -> JobOrderRecord:
    """The same, and nobody else changes it before this unit ends; raises `Missing`."""
    return _ORDERS.held(unit, caller.municipality, order_id)


def by_reference(unit: Unit, caller: Caller, reference: str) -> JobOrderRecord | None:
    """The job order with this reference; None for an empty one, which says nothing."""
    asked = _ORDERS.own(caller.municipality).where(JobOrderRow.reference == reference)
    found = _ORDERS.ask(unit, asked) if reference else []
    return found[0] if found else None


def some(unit: Unit, caller: Caller, order_ids: Iterable[str]) -> dict[str, JobOrderRecord]:
    """Those of the ids that the caller's municipality has, by id."""
    return _ORDERS.some(unit, caller.municipality, order_ids)


def held_some(unit: Unit, caller: Caller, order_ids: Iterable[str]) -> dict[str, JobOrderRecord]:
    """The same, and nobody else changes any of them before this unit ends."""
    return _ORDERS.held_some(unit, caller.municipality, order_ids)


def page(unit: Unit, caller: Caller, after: str | None = None, limit: int = 50) -> Page[JobOrderRecord]:
    """The next job orders in the order of their ids."""
    return _ORDERS.page(unit, caller.municipality, after, limit)


def newest(
    unit: Unit, caller: Caller, states: Collection[OrderState], after: tuple[date, str] | None = None
) -> Iterator[tuple[tuple[date, str], str, str]]:
    """Key, employer's id and title of the orders in these states, the last received first, as far as asked.

    The key is the day of receipt (`date.min` where nobody has said) and the id; `after` goes on behind one.
    """
    day = func.coalesce(JobOrderRow.received_on, date.min)
    asked = select(day, JobOrderRow.id, JobOrderRow.employer_id, JobOrderRow.title).where(
        JobOrderRow.municipality == caller.municipality, JobOrderRow.state.in_(tuple(states))
    )
    if after:
        asked = asked.where(or_(day < after[0], and_(day == after[0], JobOrderRow.id < after[1])))
    ordered = asked.order_by(day.desc(), JobOrderRow.id.desc())
    # closed by whoever stops early too: a server keeps what is left of a list for a cursor that stays open
    with unit.session.execute(ordered.execution_options(yield_per=500)) as rows:
        for received, id_, employer_id, title in rows:
            yield (received, id_), employer_id, title


def told(unit: Unit, caller: Caller) -> Iterator[tuple[date, str, str, str]]:
    """Day of receipt (`date.min` for none), id, title and the employer's words of every job order.

    The words are unsealed for it. In no order.
    """
    day = func.coalesce(JobOrderRow.received_on, date.min)
    asked = select(day, JobOrderRow.id, JobOrderRow.title, JobOrderRow.text)
    for received, id_, title, text in unit.session.execute(
        asked.where(JobOrderRow.municipality == caller.municipality)
    ):
        yield received, id_, title, unit.keys.open(text, JobOrderRow.text, caller.municipality, id_)


def of_employer(unit: Unit, caller: Caller, employer_id: str) -> tuple[JobOrderRecord, ...]:
    """All job orders of one employer, in the order of their ids."""
    asked = _ORDERS.own(caller.municipality).where(JobOrderRow.employer_id == employer_id)
    return tuple(_ORDERS.ask(unit, asked.order_by(JobOrderRow.id)))


def named_of(unit: Unit, caller: Caller, employer_ids: Iterable[str]) -> list[OrderNamed]:
    """The job orders of some employers in any state, by what they are called; in the order of their ids."""
    asked = select(JobOrderRow.id, JobOrderRow.employer_id, JobOrderRow.title, JobOrderRow.state).where(
        JobOrderRow.municipality == caller.municipality, JobOrderRow.employer_id.in_(tuple(employer_ids))
    )
    return [OrderNamed(*row) for row in unit.session.execute(asked.order_by(JobOrderRow.id))]


def open_of(unit: Unit, municipality: str) -> tuple[JobOrderRecord, ...]:
    """The job orders that can be suggested now, in the order of their ids."""
    asked = _ORDERS.own(municipality).where(JobOrderRow.state.in_(RANKED))
    return tuple(_ORDERS.ask(unit, asked.order_by(JobOrderRow.id)))


def unchanged_since(
    unit: Unit, caller: Caller, day: date, taken_by: str | None = None
) -> tuple[JobOrderRecord, ...]:
    """The received and open orders that nobody has changed or been told about after a day.

    What was taken in later from a list, and says that it is older, is among them. With `taken_by`, only what
    this user took down.
    """
    told = func.coalesce(JobOrderRow.heard_on, JobOrderRow.received_on)
    untouched = JobOrderRow.updated_at < start_of(day + timedelta(days=1))
    as_it_came = and_(JobOrderRow.version == 1, told.is_not(None))
    asked = _ORDERS.own(caller.municipality).where(
        JobOrderRow.state.in_(RANKED), or_(told.is_(None), told <= day), or_(untouched, as_it_came)
    )
    if taken_by is not None:
        asked = asked.where(JobOrderRow.taken_by == taken_by)
    return tuple(_ORDERS.ask(unit, asked.order_by(JobOrderRow.id)))


def taken_down(unit: Unit, caller: Caller, by: str | None = None) -> tuple[JobOrderRecord, ...]:
    """The received and open job orders that a user took down, anybody without one; none out of a list."""
    asked = _ORDERS.own(caller.municipality).where(JobOrderRow.state.in_(RANKED))
    theirs = JobOrderRow.taken_by != "" if by is None else JobOrderRow.taken_by == by
    return tuple(_ORDERS.ask(unit, asked.where(theirs).order_by(JobOrderRow.id)))


def looked_after(unit: Unit, caller: Caller, by: str) -> tuple[JobOrderRecord, ...]:
    """The job orders that a user looks after and that have not ended, in the order of their ids."""
    asked = _ORDERS.own(caller.municipality).where(
        JobOrderRow.taken_by == by, JobOrderRow.state != OrderState.ENDED
    )
    return tuple(_ORDERS.ask(unit, asked.order_by(JobOrderRow.id)))


def unanswered(unit: Unit, caller: Caller) -> tuple[JobOrderRecord, ...]:
    """The job orders with a clock and a free place for which nobody is suggested, in the order of their ids.

    The clock runs, or a citizen was contacted and it came to nothing, or left a place.
    """
    asked = _ORDERS.own(caller.municipality).where(
        JobOrderRow.state.in_((*RANKED, OrderState.RETURNED)),
        JobOrderRow.clock_from.is_not(None),
        JobOrderRow.open_proposals == 0,
        JobOrderRow.places > 0,
    )
    return tuple(_ORDERS.ask(unit, asked.order_by(JobOrderRow.id)))


def open_counts(unit: Unit, caller: Caller) -> dict[str, int]:
    """How many of an employer's job orders can be suggested now, by employer; none are left out."""
    asked = select(JobOrderRow.employer_id, func.count()).where(
        JobOrderRow.municipality == caller.municipality, JobOrderRow.state.in_(RANKED)
    )
    return {id_: count for id_, count in unit.session.execute(asked.group_by(JobOrderRow.employer_id))}


def all_of(unit: Unit, municipality: str) -> tuple[JobOrderRecord, ...]:
    """Every job order of a municipality, in the order of their ids."""
    return tuple(_ORDERS.ask(unit, _ORDERS.own(municipality).order_by(JobOrderRow.id)))


def add(unit: Unit, caller: Caller, record: JobOrderRecord) -> JobOrderRecord:
    """Add a job order; raises `Duplicate` when its id or reference is taken or its employer is not there."""
    return _ORDERS.add_all(unit, caller, [record])[0]


def add_all(unit: Unit, caller: Caller, records: Iterable[JobOrderRecord]) -> tuple[JobOrderRecord, ...]:
    """Add many job orders at once, as an import does."""
    return _ORDERS.add_all(unit, caller, records)


def replace(unit: Unit, caller: Caller, record: JobOrderRecord, expected: int) -> JobOrderRecord:
    """Put `record` in the place of version `expected`; raises `Missing`, `Stale` or `Duplicate`."""
    return _ORDERS.replace(unit, caller, record, expected)


def remove(unit: Unit, caller: Caller, order_ids: Iterable[str]) -> None:
    """Take job orders away that nothing points to; their versions stay."""
    _ORDERS.remove(unit, caller, order_ids)


def version(unit: Unit, caller: Caller, order_id: str, version: int) -> JobOrderRecord | None:
    """The job order as it stood at one version."""
    return _ORDERS.version(unit, caller.municipality, order_id, version)


def past(
    unit: Unit, caller: Caller, wanted: Collection[tuple[str, int]]
) -> dict[tuple[str, int], JobOrderRecord]:
    """Job orders as they stood at some versions, by id and version; those that are there."""
    return _ORDERS.past(unit, caller.municipality, wanted)


def since(unit: Unit, caller: Caller, order_id: str, moment: datetime) -> tuple[JobOrderRecord, ...]:
    """The job order as it stood at a moment, and after every later change."""
    return _ORDERS.since(unit, caller.municipality, order_id, moment)


def before(unit: Unit, caller: Caller, order_id: str, moment: datetime) -> JobOrderRecord:
    """The job order as it stood right before what was changed at a moment; raises `Missing` without."""
    kept = _ORDERS.since(unit, caller.municipality, order_id, moment - timedelta(microseconds=1))
    if not kept:
        raise Missing("version", order_id)
    return kept[0]


def _read(unit: Unit, rows: Sequence[JobOrderRow]) -> list[JobOrderRecord]:
    return [_record(unit, row) for row in rows]


def _record(unit: Unit, row: JobOrderRow) -> JobOrderRecord:
    cell = (row.municipality, row.id)
    return JobOrderRecord(
        id=row.id,
        municipality=row.municipality,
        employer_id=row.employer_id,
        title=row.title,
        text=unit.keys.open(row.text, JobOrderRow.text, *cell),
        times_text=unit.keys.open(row.times_text, JobOrderRow.times_text, *cell),
        reference=row.reference,
        source=row.source,
        received_on=row.received_on,
        state=row.state,
        places=row.places,
        open_proposals=row.open_proposals,
        task=Task.from_json(row.task),
        channel=row.channel,
        origin=row.origin,
        taken_by=row.taken_by or "",
        heard_on=row.heard_on,
        clock_from=row.clock_from,
        clock_met_at=row.clock_met_at,
        clock_practice=row.clock_practice,
        reading=_reading(unit, row.reading, cell),
        version=row.version,
        updated_at=row.updated_at,
    )


def _columns(unit: Unit, record: JobOrderRecord) -> dict[str, Any]:
    cell = (record.municipality, record.id)
    return {
        "employer_id": record.employer_id,
        "title": record.title,
        "text": unit.keys.seal(record.text, JobOrderRow.text, *cell),
        "times_text": unit.keys.seal(record.times_text, JobOrderRow.times_text, *cell),
        "reference": record.reference,
        "source": record.source,
        "received_on": record.received_on,
        "state": record.state,
        "places": record.places,
        "open_proposals": record.open_proposals,
        "task": record.task.to_json(),
        "channel": record.channel,
        "origin": record.origin,
        "taken_by": record.taken_by or None,
        "heard_on": record.heard_on,
        "clock_from": record.clock_from,
        "clock_met_at": record.clock_met_at,
        "clock_practice": record.clock_practice,
        "reading": record.reading
        and unit.keys.seal(_READING.dump_json(record.reading).decode(), READING, *cell),
    }


def _reading(unit: Unit, sealed: Sealed | None, cell: tuple[str, str]) -> KeptReading | None:
    return None if sealed is None else _READING.validate_json(unit.keys.open(sealed, READING, *cell))


READING = cast("InstrumentedAttribute[Sealed]", JobOrderRow.reading)
_READING = TypeAdapter(KeptReading)


_ORDERS = Versioned(
    kind=RecordKind.JOB_ORDER,
    row=JobOrderRow,
    body=TypeAdapter(JobOrderRecord),
    read=_read,
    columns=_columns,
)
