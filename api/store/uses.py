"""What speaks of a record and would be lost with it, or would not hold without it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import InstrumentedAttribute

from api.domain.cafes import Afternoon, Guests
from api.domain.caller import Caller
from api.domain.imports import Stays
from api.domain.records import RecordKind
from api.store import cafes
from api.store.tables import (
    AnchorRow,
    AssignmentRow,
    CafeGuestRow,
    EmployerContactRow,
    GrantRow,
    JobOrderRow,
    OrderMoveRow,
    PauseRow,
    ProposalRow,
    ReorderRow,
    ReservationRow,
)
from api.store.unit import Unit
from api.store.versioned import chunks

Named = tuple[InstrumentedAttribute[Any], InstrumentedAttribute[datetime] | None]
"""A column with ids of records, and when its row was written; None where that is not kept."""

NAMED: Mapping[RecordKind, tuple[tuple[Stays, Named], ...]] = {
    RecordKind.EMPLOYER: (
        (Stays.ORDERED, (JobOrderRow.employer_id, None)),
        (Stays.CONTACTED, (EmployerContactRow.employer_id, EmployerContactRow.at)),
        (Stays.CONTACTED, (ReservationRow.employer_id, ReservationRow.at)),
    ),
    RecordKind.JOB_ORDER: (
        (Stays.SUGGESTED, (ProposalRow.order_id, ProposalRow.updated_at)),
        (Stays.CONTACTED, (EmployerContactRow.order_id, EmployerContactRow.at)),
        (Stays.CHANGED, (OrderMoveRow.record_id, OrderMoveRow.at)),
        (Stays.CHANGED, (PauseRow.order_id, PauseRow.since)),
    ),
    RecordKind.CENTRE: ((Stays.VISITED, (AnchorRow.centre_id, None)),),
    RecordKind.CITIZEN: (
        (Stays.SUGGESTED, (ProposalRow.citizen_id, ProposalRow.updated_at)),
        (Stays.CONTACTED, (EmployerContactRow.citizen_id, EmployerContactRow.at)),
        (Stays.PLANNED, (CafeGuestRow.citizen_id, None)),
        (Stays.WORKED_WITH, (GrantRow.citizen_id, GrantRow.granted_at)),
        (Stays.WORKED_WITH, (ReorderRow.citizen_id, ReorderRow.at)),
    ),
}
"""Every column that points to a record from outside of it, but for whose work a citizen is."""


def of(unit: Unit, caller: Caller, kind: RecordKind, record_ids: Iterable[str]) -> dict[str, Stays]:
    """How those of some records are used that are, by id; of several uses the first."""
    return _first(_uses(unit, caller, kind, list(record_ids), None))


def since(
    unit: Unit, caller: Caller, kind: RecordKind, record_ids: Iterable[str], moment: datetime
) -> dict[str, Stays]:
    """The same for what was written down after a moment; what does not say when is left out."""
    return _first(_uses(unit, caller, kind, list(record_ids), moment))


def assigned_otherwise(
    unit: Unit, caller: Caller, citizen_ids: Iterable[str], by: str, at: datetime
) -> frozenset[str]:
    """The citizens who were given to somebody, or taken from one, but by that user at that moment."""
    found: set[str] = set()
    as_then = and_(
        AssignmentRow.assigned_at == at, AssignmentRow.assigned_by == by, AssignmentRow.ended_at.is_(None)
    )
    for ids in chunks(citizen_ids):
        theirs = (AssignmentRow.municipality == caller.municipality, AssignmentRow.citizen_id.in_(ids))
        found |= set(unit.session.scalars(select(AssignmentRow.citizen_id).where(*theirs, ~as_then)))
    return frozenset(found)


def of_cafes(unit: Unit, caller: Caller) -> frozenset[str]:
    """The ids of the orders, employers and centres of the cafés that are kept, and of their last plans."""
    found: set[str] = set()
    for cafe in cafes.between(unit, caller, date.min):
        for afternoon, guests in ((cafe.now, cafe.guests), (cafe.former, cafe.former_guests)):
            found.update(_planned(afternoon, guests))
    return frozenset(found)


def employers_of(unit: Unit, caller: Caller, employer_ids: Iterable[str]) -> dict[str, str]:
    """The employer of every job order of some employers, by the order's id."""
    found: dict[str, str] = {}
    for ids in chunks(employer_ids):
        theirs = (JobOrderRow.municipality == caller.municipality, JobOrderRow.employer_id.in_(ids))
        asked = select(JobOrderRow.id, JobOrderRow.employer_id).where(*theirs)
        found |= {order_id: employer_id for order_id, employer_id in unit.session.execute(asked)}
    return found


def _planned(afternoon: Afternoon | None, guests: Guests) -> Iterator[str]:
    if afternoon:
        yield from (afternoon.centre_id, *afternoon.order_ids, *afternoon.seats)
    for told in guests.values():
        yield from (told.order_id or "", *told.slots)


def _uses(
    unit: Unit, caller: Caller, kind: RecordKind, record_ids: list[str], moment: datetime | None
) -> Iterator[tuple[str, Stays]]:
    for stays, (column, written) in NAMED[kind]:
        if moment is not None and written is None:
            continue
        theirs = column.class_.municipality == caller.municipality
        for ids in chunks(record_ids):
            asked = select(column).where(theirs, column.in_(ids))
            later = asked if moment is None or written is None else asked.where(written > moment)
            yield from ((id_, stays) for id_ in unit.session.scalars(later))


def _first(found: Iterable[tuple[str, Stays]]) -> dict[str, Stays]:
    uses: dict[str, Stays] = {}
    for id_, stays in found:
        uses.setdefault(id_, stays)
    return uses
