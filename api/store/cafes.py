"""Job cafés that are kept: found, added, changed by who has seen the last version, and gone after their days.

A guest's row goes with the citizen, so that a café that is read after somebody was erased is without them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, delete, insert, select, update

from api.domain.cafes import Afternoon, Guests, KeptCafe, Told
from api.domain.caller import Caller
from api.domain.working_days import day_of
from api.store.errors import Missing, Stale
from api.store.tables import CafeGuestRow, CafeRow, CitizenRow
from api.store.unit import Unit


def find(unit: Unit, caller: Caller, cafe_id: str) -> KeptCafe | None:
    """A café of the caller's municipality whose days are not over."""
    found = _read(unit, _own(unit, caller).where(CafeRow.id == cafe_id))
    return found[0] if found else None


def between(unit: Unit, caller: Caller, first: date, last: date | None = None) -> tuple[KeptCafe, ...]:
    """The cafés from a day on, to a last one where it is given, the soonest first."""
    asked = _own(unit, caller).where(CafeRow.day >= first)
    asked = asked if last is None else asked.where(CafeRow.day <= last)
    return _read(unit, asked.order_by(CafeRow.day, CafeRow.id))


def with_guest(unit: Unit, caller: Caller, citizen_id: str) -> tuple[KeptCafe, ...]:
    """The cafés that still hold something of a citizen, the soonest first."""
    theirs = select(CafeGuestRow.cafe_id).where(
        CafeGuestRow.municipality == caller.municipality, CafeGuestRow.citizen_id == citizen_id
    )
    held = select(CafeRow).where(CafeRow.municipality == caller.municipality, CafeRow.id.in_(theirs))
    return _read(unit, held.order_by(CafeRow.day, CafeRow.id))


def add(unit: Unit, caller: Caller, new: KeptCafe) -> KeptCafe:
    """Keep a new café as version 1; those of anybody whose days are over go."""
    there = _held(unit, caller, new)
    _forget_the_past(unit)
    fresh = replace(new, version=1, municipality=caller.municipality)
    key = {"municipality": fresh.municipality, "id": fresh.id}
    made = {"made_by": fresh.made_by, "made_at": fresh.made_at}
    unit.session.execute(insert(CafeRow), [key | made | _columns(fresh)])
    _write_guests(unit, fresh, there)
    return fresh


def put(unit: Unit, caller: Caller, changed: KeptCafe, expected: int) -> KeptCafe:
    """Put a café in the place of version `expected`; raises `Missing` or `Stale`."""
    there = _held(unit, caller, changed)
    fresh = replace(changed, version=expected + 1)
    met = unit.change(
        update(CafeRow).where(*_is(caller, changed.id), CafeRow.version == expected).values(**_columns(fresh))
    )
    if met == 0:
        current = find(unit, caller, changed.id)
        raise Stale("cafe", current) if current else Missing("cafe", changed.id)
    _forget_the_past(unit)
    _write_guests(unit, fresh, there)
    return fresh


def drop(unit: Unit, caller: Caller, cafe_id: str, expected: int) -> None:
    """Forget a café of version `expected`; raises `Missing` or `Stale`."""
    if unit.change(delete(CafeRow).where(*_is(caller, cafe_id), CafeRow.version == expected)) == 0:
        current = find(unit, caller, cafe_id)
        raise Stale("cafe", current) if current else Missing("cafe", cafe_id)


def _own(unit: Unit, caller: Caller) -> Select[CafeRow]:
    return select(CafeRow).where(
        CafeRow.municipality == caller.municipality, CafeRow.expires_on >= day_of(unit.at)
    )


def _is(caller: Caller, cafe_id: str) -> tuple[Any, Any]:
    return CafeRow.municipality == caller.municipality, CafeRow.id == cafe_id


def _forget_the_past(unit: Unit) -> None:
    unit.change(delete(CafeRow).where(CafeRow.expires_on < day_of(unit.at)))


def _read(unit: Unit, asked: Select[CafeRow]) -> tuple[KeptCafe, ...]:
    rows = unit.session.scalars(asked).all()
    told, former = _guests(unit, rows)
    return tuple(_cafe(row, told[row.id], former[row.id]) for row in rows)


def _guests(unit: Unit, rows: Iterable[CafeRow]) -> tuple[dict[str, Guests], dict[str, Guests]]:
    """What the guests of some cafés were told, and before the last change, by café."""
    whose = {row.id: row.municipality for row in rows}
    told: dict[str, dict[str, Told]] = {id_: {} for id_ in whose}
    former: dict[str, dict[str, Told]] = {id_: {} for id_ in whose}
    asked = select(CafeGuestRow).where(
        CafeGuestRow.municipality.in_(set(whose.values())), CafeGuestRow.cafe_id.in_(whose)
    )
    for row in unit.session.scalars(asked.order_by(CafeGuestRow.citizen_id)) if whose else ():
        for kept, said in ((told, row.told), (former, row.former)):
            if said is not None:
                kept[row.cafe_id][row.citizen_id] = Told(**said)
    return dict(told), dict(former)


def _held(unit: Unit, caller: Caller, cafe: KeptCafe) -> list[str]:
    """The guests who are there still, held until the unit ends, so that nobody is erased meanwhile.

    Before the café is: erasing takes a citizen first and then what hangs on them.
    """
    named = sorted(cafe.guests.keys() | cafe.former_guests.keys())
    asked = select(CitizenRow.id).where(
        CitizenRow.municipality == caller.municipality, CitizenRow.id.in_(named)
    )
    held = asked.order_by(CitizenRow.id).with_for_update(key_share=True, read=True)
    return list(unit.session.scalars(held))


def _write_guests(unit: Unit, cafe: KeptCafe, there: Iterable[str]) -> None:
    """Write all guests anew, of those who are there."""
    whose = (CafeGuestRow.municipality == cafe.municipality, CafeGuestRow.cafe_id == cafe.id)
    unit.change(delete(CafeGuestRow).where(*whose))
    rows = [
        {
            "municipality": cafe.municipality,
            "cafe_id": cafe.id,
            "citizen_id": citizen_id,
            "told": _said(cafe.guests, citizen_id),
            "former": _said(cafe.former_guests, citizen_id),
        }
        for citizen_id in there
    ]
    if rows:
        unit.session.execute(insert(CafeGuestRow), rows)


def _said(guests: Guests, citizen_id: str) -> dict[str, Any] | None:
    told = guests.get(citizen_id)
    return None if told is None else {**asdict(told), "slots": dict(told.slots)}


def _columns(cafe: KeptCafe) -> dict[str, Any]:
    return {
        "version": cafe.version,
        "updated_at": cafe.updated_at,
        "updated_by": cafe.updated_by,
        "day": cafe.now.day,
        "expires_on": cafe.expires_on,
        "plan": _plain(cafe.now),
        "former": None if cafe.former is None else _plain(cafe.former),
    }


def _plain(afternoon: Afternoon) -> dict[str, Any]:
    return {
        **asdict(afternoon),
        "day": afternoon.day.isoformat(),
        "order_ids": list(afternoon.order_ids),
        "seats": dict(afternoon.seats),
    }


def _afternoon(plain: Mapping[str, Any]) -> Afternoon:
    day, order_ids = date.fromisoformat(plain["day"]), tuple(plain["order_ids"])
    return Afternoon(**{**plain, "day": day, "order_ids": order_ids})


def _cafe(row: CafeRow, guests: Guests, former_guests: Guests) -> KeptCafe:
    return KeptCafe(
        id=row.id,
        municipality=row.municipality,
        version=row.version,
        made_by=row.made_by,
        made_at=row.made_at,
        updated_by=row.updated_by,
        updated_at=row.updated_at,
        expires_on=row.expires_on,
        now=_afternoon(row.plan),
        guests=guests,
        former=None if row.former is None else _afternoon(row.former),
        former_guests=former_guests,
    )
