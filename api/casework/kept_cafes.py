"""Job cafés from one day to the next: kept as they are planned, planned anew, undone, and forgotten.

A café is the municipality's: any colleague who plans cafés sees it, with those guests only who are open to
them. Who changes it says which version they have seen. It is kept until some days after its day.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from api.access import audit
from api.casework import cafes
from api.casework.cafes import Cafe, Hanging, Wanted
from api.casework.catalogues import Catalogues
from api.domain.cafes import Afternoon, Guests, KeptCafe, Told
from api.domain.caller import Caller
from api.domain.working_days import day_of
from api.store import Store, Unit, citizens, new_id
from api.store import cafes as store_of_cafes
from api.store.errors import Missing, Stale
from matching.talks import Talk


@dataclass(frozen=True, kw_only=True)
class Coming:
    """A café of a day to come, or of today; `guests` counts those whom the caller sees and who come.

    `place` is where it is held, in words, if that was said.
    """

    id: str
    day: date
    start: str
    centre_id: str
    guests: int
    place: str = ""


def coming(unit: Unit, caller: Caller, last: date | None = None) -> tuple[Coming, ...]:
    """The cafés from today on, up to a last day where it is given, the soonest first."""
    kept = store_of_cafes.between(unit, caller, day_of(unit.at), last)
    open_ids = citizens.open_to(unit, caller, {id_ for cafe in kept for id_ in cafe.guests})
    return tuple(
        Coming(
            id=cafe.id,
            day=cafe.now.day,
            start=cafe.now.start,
            centre_id=cafe.now.centre_id,
            guests=sum(id_ in open_ids and not told.left for id_, told in cafe.guests.items()),
            place=cafe.now.place,
        )
        for cafe in kept
    )


def find(store: Store, caller: Caller, cafe_id: str) -> KeptCafe:
    """A café of the caller's municipality; raises `Missing`, as well once its days are over."""
    with store.unit(read_only=True) as unit:
        return _found(unit, caller, cafe_id)


def seen_by(store: Store, caller: Caller, kept: KeptCafe) -> KeptCafe:
    """A café with those guests only who are open to the caller."""
    hidden = _hidden_from(store, caller, kept)
    return replace(kept, guests={id_: told for id_, told in kept.guests.items() if id_ not in hidden})


def shown(store: Store, kept_in: Catalogues, caller: Caller, kept: KeptCafe, slots: int) -> Cafe:
    """A café as its guests were told, of those who can still come; nothing is planned."""
    told = hanging_of(kept.guests, kept.now.seats)
    wanted = Wanted(
        day=kept.now.day,
        citizen_ids=[id_ for id_, one in kept.guests.items() if not one.left],
        gone_ids=[id_ for id_, one in kept.guests.items() if one.left],
        order_ids=kept.now.order_ids,
        slots=slots,
        tables=kept.now.tables,
        hanging=hanging_of(kept.former_guests, kept.former.seats) if kept.former else None,
        others=kept.guests.keys(),
        told=told,
    )
    return cafes.planned(store, kept_in, caller, wanted)


def has_changed(kept: KeptCafe, found: Cafe) -> bool:
    """Whether something that its guests were told holds no more, of those whom the caller sees or others."""
    tasks = {id_: told.order_id for id_, told in kept.guests.items() if not told.left and told.order_id}
    talks = hanging_of(kept.guests, kept.now.seats).slots
    return tasks != found.assignment.tasks or talks != found.plan.slot_of


def require_seen(kept: KeptCafe, seen: int) -> None:
    """Raise `Stale` unless `seen` is the version of a café as it stands."""
    if kept.version != seen:
        raise Stale("cafe", kept)


def anew(store: Store, caller: Caller, kept: KeptCafe, wanted: Wanted, leaves: str = "") -> Wanted:
    """What is wanted of a café that is kept, from what its guests were told on.

    The caller's word counts for the guests whom the caller sees: all others stay as they are. `leaves` is a
    guest who does not come after all; whoever is not chosen any more is no guest.
    """
    hidden = _hidden_from(store, caller, kept)
    left = {id_ for id_, told in kept.guests.items() if told.left}
    named = [id_ for id_ in wanted.citizen_ids if id_ not in hidden]
    there = dict.fromkeys([*named, *sorted(hidden - left)])
    gone = dict.fromkeys([*({leaves} - hidden), *sorted(left)])
    return replace(
        wanted,
        citizen_ids=list(there),
        gone_ids=[id_ for id_ in gone if id_ not in there and id_ in kept.guests],
        hanging=hanging_of(_told_to(kept, there), kept.now.seats),
        others=hidden,
    )


def keep(store: Store, caller: Caller, afternoon: Afternoon, planned: Cafe, days: int) -> KeptCafe:
    """Keep a café that was planned for the first time, until some days after its day."""
    with store.unit() as unit:
        new = KeptCafe(
            id=new_id(),
            municipality=caller.municipality,
            version=1,
            made_by=caller.user_id,
            made_at=unit.at,
            updated_by=caller.user_id,
            updated_at=unit.at,
            expires_on=afternoon.day + timedelta(days=days),
            now=afternoon,
            guests=guests_of(planned),
        )
        kept = store_of_cafes.add(unit, caller, new)
        audit.record(unit, caller, "cafe_kept", subject=kept.id, details={"list": afternoon.list_id})
        unit.commit()
    return kept


def keep_anew(
    store: Store,
    caller: Caller,
    kept: KeptCafe,
    afternoon: Afternoon,
    wanted: Wanted,
    planned: Cafe,
    days: int,
) -> KeptCafe:
    """Keep a café that was planned anew from `kept`; raises `Missing`, and `Stale` once it has changed."""
    left = {id_: replace(kept.guests[id_], left=True) for id_ in wanted.gone_ids}

    def change(before: KeptCafe) -> KeptCafe:
        expires_on = afternoon.day + timedelta(days=days)
        now = replace(before, now=afternoon, guests={**left, **guests_of(planned)}, expires_on=expires_on)
        return replace(now, former=before.now, former_guests=before.guests)

    return _changed(store, caller, kept.id, kept.version, "cafe_planned_anew", change)


def undo(store: Store, caller: Caller, cafe_id: str, seen: int) -> KeptCafe:
    """A café as it stood before its last change; raises `Missing` or `Stale`.

    There is one step back: where nothing was changed, nothing is undone.
    """

    def change(before: KeptCafe) -> KeptCafe | None:
        if before.former is None:
            return None
        kept_for = before.expires_on - before.now.day
        back = replace(before, now=before.former, guests=before.former_guests, former=None, former_guests={})
        return replace(back, expires_on=back.now.day + kept_for)

    return _changed(store, caller, cafe_id, seen, "cafe_undone", change)


def forget(store: Store, caller: Caller, cafe_id: str, seen: int) -> None:
    """Delete a café; raises `Missing` or `Stale`."""
    with store.unit() as unit:
        _found(unit, caller, cafe_id)
        store_of_cafes.drop(unit, caller, cafe_id, seen)
        audit.record(unit, caller, "cafe_deleted", subject=cafe_id)
        unit.commit()


def hanging_of(guests: Guests, seats: Mapping[str, int]) -> Hanging:
    """What guests were told, as a plan starts from it; not what was told to who has left."""
    here = {id_: told for id_, told in guests.items() if not told.left}
    tasks = {id_: told.order_id for id_, told in here.items() if told.order_id}
    slots = {Talk(id_, firm): slot for id_, told in here.items() for firm, slot in told.slots.items()}
    return Hanging(tasks=tasks, slots=slots, tables=seats)


def guests_of(planned: Cafe) -> Guests:
    """What everybody of a plan is told, whoever sees them."""
    return {
        placing.citizen_id: Told(
            order_id=placing.choice.order_id if placing.choice else None,
            slots={firm: slot for slot, firm in planned.plan.of_citizen(placing.citizen_id).items()},
        )
        for placing in planned.assignment.placings
    }


def _told_to(kept: KeptCafe, there: Collection[str]) -> Guests:
    """What the guests there were told, and whoever is here after all where nobody has their time since.

    They stand last: a task that somebody was told since is not taken from them.
    """
    told = {id_: one for id_, one in kept.guests.items() if not one.left}
    taken = {(firm, slot) for one in told.values() for firm, slot in one.slots.items()}
    for id_, one in kept.guests.items():
        if one.left and id_ in there:
            free = {firm: slot for firm, slot in one.slots.items() if (firm, slot) not in taken}
            told[id_] = replace(one, left=False, slots=free)
            taken |= set(free.items())
    return told


def _hidden_from(store: Store, caller: Caller, kept: KeptCafe) -> frozenset[str]:
    with store.unit(read_only=True) as unit:
        return frozenset(kept.guests) - citizens.open_to(unit, caller, kept.guests)


def _changed(
    store: Store,
    caller: Caller,
    cafe_id: str,
    seen: int,
    action: str,
    change: Callable[[KeptCafe], KeptCafe | None],
) -> KeptCafe:
    with store.unit() as unit:
        before = _found(unit, caller, cafe_id)
        require_seen(before, seen)
        changed = change(before)
        if changed is None:
            return before
        after = replace(changed, updated_at=unit.at, updated_by=caller.user_id)
        kept = store_of_cafes.put(unit, caller, after, seen)
        audit.record(unit, caller, action, subject=cafe_id, details={"version": kept.version})
        unit.commit()
    return kept


def _found(unit: Unit, caller: Caller, cafe_id: str) -> KeptCafe:
    found = store_of_cafes.find(unit, caller, cafe_id)
    if found is None:
        raise Missing("cafe", cafe_id)
    return found
