"""The days reserved for contacts with employers to come; why a limit was passed over is sealed."""

from dataclasses import fields
from datetime import date

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, update

from api.domain.caller import Caller
from api.domain.contacts import EmployerContact, Reservation
from api.domain.records import RecordKind
from api.store import changes
from api.store.errors import Missing
from api.store.tables import ReservationRow
from api.store.unit import Unit

Key = tuple[date, str]
"""Where a list of them stands: the day that is reserved, and the reservation's id."""


def add(unit: Unit, caller: Caller, reservation: Reservation) -> Reservation:
    """Keep a day for a contact; every list of employers to contact feels it. Raises `Missing`."""
    if reservation.municipality != caller.municipality:
        raise Missing("employer", reservation.employer_id)
    cell = (reservation.municipality, reservation.id)
    row = {name: getattr(reservation, name) for name in _PLAIN}
    row["reason"] = unit.keys.seal(reservation.reason, ReservationRow.reason, *cell)
    unit.session.execute(insert(ReservationRow), [row])
    changes.note(unit, caller.municipality, RecordKind.EMPLOYER, [reservation.employer_id])
    return reservation


def of_employer(
    unit: Unit, caller: Caller, employer_id: str, after: Key | None = None, limit: int | None = None
) -> tuple[tuple[Reservation, ...], Key | None]:
    """The days reserved for contacts with an employer, in order, and the key to go on after."""
    asked = select(ReservationRow).where(
        ReservationRow.municipality == caller.municipality,
        ReservationRow.employer_id == employer_id,
        ReservationRow.used_by.is_(None),
    )
    if after:
        day, reservation_id = after
        same_day = and_(ReservationRow.on == day, ReservationRow.id > reservation_id)
        asked = asked.where(or_(ReservationRow.on > day, same_day))
    asked = asked.order_by(ReservationRow.on, ReservationRow.id)
    found = tuple(
        _reservation(unit, row)
        for row in unit.session.scalars(asked if limit is None else asked.limit(limit + 1))
    )
    last = found[limit - 1] if limit is not None and len(found) > limit else None
    return found[:limit], (last.on, last.id) if last else None


def give_back(unit: Unit, caller: Caller, employer_id: str, reservation_id: str) -> bool:
    """Free a reserved day; answers whether it was reserved."""
    theirs = delete(ReservationRow).where(
        ReservationRow.municipality == caller.municipality,
        ReservationRow.employer_id == employer_id,
        ReservationRow.id == reservation_id,
        ReservationRow.used_by.is_(None),
    )
    if unit.change(theirs) == 0:
        return False
    changes.note(unit, caller.municipality, RecordKind.EMPLOYER, [employer_id])
    return True


def use_up(unit: Unit, caller: Caller, reservation_id: str, contact: EmployerContact) -> None:
    """Let a contact that was kept use up a reserved day, which is kept until nobody can take that back."""
    theirs = (ReservationRow.municipality == caller.municipality, ReservationRow.id == reservation_id)
    unit.change(update(ReservationRow).where(*theirs).values(used_by=contact.id))
    changes.note(unit, caller.municipality, RecordKind.EMPLOYER, [contact.employer_id])


def used_up_by(unit: Unit, caller: Caller, contact: EmployerContact) -> Reservation | None:
    """The reserved day that a contact has used up; None without any."""
    row = unit.session.scalar(select(ReservationRow).where(*_used_up_by(contact)))
    return _reservation(unit, row) if row else None


def remove_used_up(unit: Unit, contact: EmployerContact) -> None:
    """Drop the reserved day that a contact has used up, if there is one."""
    unit.change(delete(ReservationRow).where(*_used_up_by(contact)))


def _used_up_by(contact: EmployerContact) -> tuple[ColumnElement[bool], ...]:
    return ReservationRow.municipality == contact.municipality, ReservationRow.used_by == contact.id


def _reservation(unit: Unit, row: ReservationRow) -> Reservation:
    reason = unit.keys.open(row.reason, ReservationRow.reason, row.municipality, row.id)
    return Reservation(reason=reason, **{name: getattr(row, name) for name in _PLAIN})


_PLAIN = tuple(item.name for item in fields(Reservation) if item.name != "reason")
