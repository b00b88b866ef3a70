"""Contacts with employers, of every team; what was said is sealed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, delete, func, insert, or_, select, update

from api.domain.caller import Caller
from api.domain.contacts import (
    SAID,
    ContactKind,
    ContactReply,
    EmployerContact,
    LastReply,
)
from api.domain.moves import STILL_WANTED, TAKEN_BACK
from api.domain.records import OrderState, RecordKind
from api.store import changes, promises, reservations
from api.store.contact_days import stands_not_now
from api.store.errors import Missing
from api.store.tables import EmployerContactRow, OrderMoveRow
from api.store.unit import Unit
from api.store.versioned import chunks

Key = tuple[date, str]
"""Where a history stands: the day of a contact, and its id."""


def add(unit: Unit, caller: Caller, contact: EmployerContact) -> EmployerContact:
    """Keep a contact, which every list of its employer can feel.

    Raises `Duplicate` when its employer, order or citizen is not there.
    """
    _require_own(caller, contact)
    unit.session.execute(insert(EmployerContactRow), [_columns(unit, contact)])
    changes.note(unit, caller.municipality, RecordKind.EMPLOYER, [contact.employer_id])
    return contact


def find(unit: Unit, caller: Caller, contact_id: str) -> EmployerContact | None:
    """One contact of the caller's municipality."""
    row = unit.session.scalar(_own(caller).where(EmployerContactRow.id == contact_id))
    return _contact(unit, row) if row else None


def some(unit: Unit, caller: Caller, contact_ids: Iterable[str]) -> tuple[EmployerContact, ...]:
    """Those of the ids that are contacts of the caller's municipality."""
    return tuple(
        contact
        for ids in chunks(contact_ids)
        for contact in _contacts(unit, _own(caller).where(EmployerContactRow.id.in_(ids)))
    )


def of_employer(
    unit: Unit, caller: Caller, employer_id: str, after: Key | None = None, limit: int = 50
) -> tuple[tuple[EmployerContact, ...], Key | None]:
    """The contacts with an employer, the latest day first, and the key to go on after; None at the end."""
    asked = _own(caller).where(EmployerContactRow.employer_id == employer_id)
    if after:
        day, contact_id = after
        same_day = and_(EmployerContactRow.on == day, EmployerContactRow.id < contact_id)
        asked = asked.where(or_(EmployerContactRow.on < day, same_day))
    asked = asked.order_by(EmployerContactRow.on.desc(), EmployerContactRow.id.desc()).limit(limit + 1)
    found = _contacts(unit, asked)
    last = found[limit - 1] if len(found) > limit else None
    return found[:limit], (last.on, last.id) if last else None


def about_citizen(unit: Unit, caller: Caller, citizen_id: str) -> tuple[EmployerContact, ...]:
    """The contacts with employers about one citizen, the first day first."""
    asked = _own(caller).where(EmployerContactRow.citizen_id == citizen_id)
    return tuple(_contacts(unit, asked.order_by(EmployerContactRow.on, EmployerContactRow.id)))


def calls_on(
    unit: Unit, caller: Caller, on: date, employer_ids: Iterable[str]
) -> tuple[EmployerContact, ...]:
    """The caller's own calls of a day to employers about job orders and no citizen, as they were made."""
    found: list[EmployerContact] = []
    for ids in chunks(employer_ids):
        asked = _own(caller).where(
            EmployerContactRow.employer_id.in_(ids),
            EmployerContactRow.by == caller.user_id,
            EmployerContactRow.kind == ContactKind.CALL,
            EmployerContactRow.on == on,
            EmployerContactRow.order_id.is_not(None),
            EmployerContactRow.citizen_id.is_(None),
            EmployerContactRow.by_employer.is_(False),
        )
        found += _contacts(unit, asked.order_by(EmployerContactRow.at, EmployerContactRow.id))
    return tuple(found)


def has_written_down(unit: Unit, caller: Caller, employer_id: str, kind: ContactKind, on: date) -> bool:
    """Whether the caller has written down such a contact with an employer on a day."""
    asked = _own(caller).where(
        EmployerContactRow.employer_id == employer_id,
        EmployerContactRow.by == caller.user_id,
        EmployerContactRow.kind == kind,
        EmployerContactRow.on == on,
    )
    return bool(unit.session.scalar(select(asked.exists())))


def last_about(unit: Unit, caller: Caller, order_ids: Iterable[str]) -> Mapping[str, date]:
    """The last day on which a job order was spoken about with its employer, by order; without one, none."""
    found: dict[str, date] = {}
    for ids in chunks(order_ids):
        asked = select(EmployerContactRow.order_id, func.max(EmployerContactRow.on)).where(
            EmployerContactRow.municipality == caller.municipality, EmployerContactRow.order_id.in_(ids)
        )
        found |= {str(id_): day for id_, day in unit.session.execute(asked.group_by("order_id"))}
    return found


def refusals(
    unit: Unit, caller: Caller, order_ids: Collection[str] | None = None
) -> Mapping[str, EmployerContact]:
    """The contacts in which employers said no to job orders and nothing else since, by order; of some or all.

    An order that was still wanted later, or opened again, is left out, and so is what was said of a citizen.
    """
    found: dict[str, EmployerContact] = {}
    for ids in [None] if order_ids is None else list(chunks(order_ids)):
        asked = _own(caller).where(
            EmployerContactRow.order_id.is_not(None),
            EmployerContactRow.reply.in_(SAID),
            EmployerContactRow.citizen_id.is_(None),
            ~_WANTED_SINCE.exists(),
        )
        some = asked if ids is None else asked.where(EmployerContactRow.order_id.in_(ids))
        ordered = some.order_by(EmployerContactRow.on, EmployerContactRow.at, EmployerContactRow.id)
        # the last about an order takes the place of those before it
        found |= {one.order_id: one for one in _contacts(unit, ordered) if one.order_id}
    return {id_: one for id_, one in found.items() if one.reply is ContactReply.NO}


def not_now(
    unit: Unit, caller: Caller, employer_ids: Iterable[str], on: date
) -> Mapping[str, EmployerContact]:
    """The contacts in which employers asked to be left alone until later than a day, by employer.

    Whoever has said something else since is left out, and so is what was said of a citizen.
    """
    found: dict[str, EmployerContact] = {}
    for ids in chunks(employer_ids):
        asked = select(EmployerContactRow).where(
            *stands_not_now(caller.municipality, ids), EmployerContactRow.follow_up_on > on
        )
        found |= {one.employer_id: one for one in _contacts(unit, asked)}
    return found


def last_replies(unit: Unit, caller: Caller, employer_ids: Collection[str]) -> Mapping[str, LastReply]:
    """What the employers of one page said last, by id; what was said of a citizen is left out."""
    told = (EmployerContactRow.reply, EmployerContactRow.on, EmployerContactRow.follow_up_on)
    asked = select(EmployerContactRow.employer_id, *told).where(
        EmployerContactRow.municipality == caller.municipality,
        EmployerContactRow.employer_id.in_(employer_ids),
        EmployerContactRow.reply != ContactReply.UNKNOWN,
        EmployerContactRow.citizen_id.is_(None),
    )
    oldest_first = asked.order_by(EmployerContactRow.on, EmployerContactRow.at, EmployerContactRow.id)
    # the last of an employer takes the place of those before it
    return {
        id_: LastReply(reply=reply, on=on, follow_up_on=follow_up_on)
        for id_, reply, on, follow_up_on in unit.session.execute(oldest_first)
    }


def due(unit: Unit, caller: Caller, until: date) -> tuple[EmployerContact, ...]:
    """The contacts somebody has to come back to by a day and has not, the longest due first."""
    asked = _own(caller).where(EmployerContactRow.follow_up_on <= until, promises.unkept())
    return _contacts(unit, asked.order_by(EmployerContactRow.follow_up_on, EmployerContactRow.id))


def settle(unit: Unit, caller: Caller, contact_id: str) -> bool:
    """Come back to a contact; answers whether that was still to be done."""
    waiting = update(EmployerContactRow).where(
        EmployerContactRow.municipality == caller.municipality,
        EmployerContactRow.id == contact_id,
        EmployerContactRow.follow_up_on.is_not(None),
        EmployerContactRow.settled_at.is_(None),
    )
    return unit.change(waiting.values(settled_at=unit.at)) > 0


def reopen(unit: Unit, caller: Caller, contact_id: str) -> bool:
    """Take back that somebody has come back to a contact; answers whether somebody had."""
    settled = update(EmployerContactRow).where(
        EmployerContactRow.municipality == caller.municipality,
        EmployerContactRow.id == contact_id,
        EmployerContactRow.settled_at.is_not(None),
    )
    return unit.change(settled.values(settled_at=None)) > 0


def forget_whom(unit: Unit, caller: Caller, citizen_id: str) -> int:
    """Empty the contacts that were about a citizen of whom they were about and all that was said; how many.

    They count as before: it is the employer who was contacted.
    """
    asked = _own(caller).where(EmployerContactRow.citizen_id == citizen_id)
    found = _contacts(unit, asked)
    for contact in found:
        _put(unit, replace(contact, citizen_id=None, note="", reply=ContactReply.UNKNOWN))
    return len(found)


def remove(unit: Unit, caller: Caller, contact: EmployerContact) -> None:
    """Drop a contact that was not made, and the day it used up, which every list of employers feels.

    Nothing is left of its note.
    """
    _require_own(caller, contact)
    theirs = (EmployerContactRow.municipality == contact.municipality, EmployerContactRow.id == contact.id)
    reservations.remove_used_up(unit, contact)
    unit.change(delete(EmployerContactRow).where(*theirs))
    changes.note(unit, caller.municipality, RecordKind.EMPLOYER, [contact.employer_id])


def put_note(unit: Unit, caller: Caller, contact: EmployerContact, note: str) -> None:
    """Seal another note in the place of a contact's own; nothing is left of the old one."""
    _require_own(caller, contact)
    _put(unit, replace(contact, note=note))


def put_reply(unit: Unit, caller: Caller, contact: EmployerContact) -> None:
    """Keep what the employer said, and when to come back, as the contact has it; every list feels it."""
    _require_own(caller, contact)
    _put(unit, contact)
    changes.note(unit, caller.municipality, RecordKind.EMPLOYER, [contact.employer_id])


def _own(caller: Caller) -> Select[EmployerContactRow]:
    return select(EmployerContactRow).where(EmployerContactRow.municipality == caller.municipality)


_WANTED_SINCE = select(OrderMoveRow.seq).where(
    OrderMoveRow.municipality == EmployerContactRow.municipality,
    OrderMoveRow.record_id == EmployerContactRow.order_id,
    OrderMoveRow.at > EmployerContactRow.at,
    or_(
        OrderMoveRow.cause == STILL_WANTED,
        and_(
            OrderMoveRow.before.in_((OrderState.RETURNED, OrderState.ENDED)),
            OrderMoveRow.after == OrderState.OPEN,
            OrderMoveRow.cause != TAKEN_BACK,
        ),
    ),
)
"""Lines of an order's log by which the employer wants it after a contact."""


def _require_own(caller: Caller, contact: EmployerContact) -> None:
    if contact.municipality != caller.municipality:
        raise Missing("employer", contact.employer_id)


def _put(unit: Unit, contact: EmployerContact) -> None:
    theirs = (EmployerContactRow.municipality == contact.municipality, EmployerContactRow.id == contact.id)
    unit.change(update(EmployerContactRow).where(*theirs).values(_columns(unit, contact)))


_PLAIN = tuple(item.name for item in fields(EmployerContact) if item.name != "note")


def _contacts(unit: Unit, asked: Select[EmployerContactRow]) -> tuple[EmployerContact, ...]:
    return tuple(_contact(unit, row) for row in unit.session.scalars(asked))


def _contact(unit: Unit, row: EmployerContactRow) -> EmployerContact:
    note = unit.keys.open(row.note, EmployerContactRow.note, row.municipality, row.id)
    return EmployerContact(note=note, **{name: getattr(row, name) for name in _PLAIN})


def _columns(unit: Unit, contact: EmployerContact) -> dict[str, Any]:
    note = unit.keys.seal(contact.note, EmployerContactRow.note, contact.municipality, contact.id)
    return {"note": note, **{name: getattr(contact, name) for name in _PLAIN}}
