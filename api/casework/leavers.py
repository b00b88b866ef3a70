"""What somebody who leaves has on the desk, whom that has left alone, and who could go on with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from api.access.scopes import Scope, may
from api.casework import citizens as desk
from api.casework.assignments import assignable
from api.casework.citizens import Listed
from api.domain.accounts import UserRecord
from api.domain.caller import Caller
from api.domain.parts import Part, Place, part_of
from api.domain.records import JobOrderRecord
from api.store import Unit, assignments, contacts, employers, job_orders, users


@dataclass(frozen=True, slots=True)
class Work:
    """What somebody has on the desk: citizens as the caller sees them in lists, and orders that go on.

    Of the citizens it is a part, and of the orders the first. `promised` are the employers that somebody has
    to be come back to, by id and name, each with its day.
    """

    citizens: Part[Listed]
    orders: Part[JobOrderRecord]
    promised: tuple[tuple[date, str, str], ...] = ()


def work_of(unit: Unit, caller: Caller, user_id: str, after: Place | None, most: int) -> Work:
    """What a colleague has on the desk, shut out or not: so many of each kind; an audit row for each citizen.

    The citizens stand by their ids, from the one after a place on.
    """
    theirs = part_of(sorted(assignments.of_user(unit, caller, user_id)), lambda id_: (id_,), after, most)
    shown = desk.some(unit, caller, theirs.rows, "citizen_listed") if theirs.rows else {}
    orders = part_of(job_orders.looked_after(unit, caller, user_id), lambda one: (one.id,), None, most)
    return Work(theirs.showing(tuple(shown.values())), orders, _promised(unit, caller, user_id))


def _promised(unit: Unit, caller: Caller, user_id: str) -> tuple[tuple[date, str, str], ...]:
    """What a colleague has promised employers to come back to, the first day first."""
    if not may(caller, Scope.CONTACTS_READ):
        return ()
    theirs = [one for one in contacts.due(unit, caller, date.max) if one.by == user_id]
    known = employers.some(unit, caller, {one.employer_id for one in theirs})
    days = ((one.follow_up_on, one.employer_id) for one in theirs)
    return tuple((day, id_, known[id_].name) for day, id_ in days if day)


def lost(unit: Unit, caller: Caller) -> Mapping[str, int]:
    """How many have lost whom they had in a colleague who is shut out, by that colleague's id.

    A citizen has lost nobody where somebody of the same role who comes in works with them.
    """
    gone = {one.id: one for one in users.shut_out(unit, caller)}
    theirs = {id_: assignments.of_user(unit, caller, id_) for id_ in gone}
    works = assignments.of_citizens(unit, caller, {id_ for ids in theirs.values() for id_ in ids})
    known = {one.id: one for one in users.some(unit, caller, {id_ for ids in works.values() for id_ in ids})}

    def has_another(citizen_id: str, user: UserRecord) -> bool:
        others = (known[id_] for id_ in works.get(citizen_id, ()) if id_ in known)
        return any(one.role is user.role and not one.disabled_at for one in others)

    found = {
        id_: sum(not has_another(citizen_id, user) for citizen_id in theirs[id_])
        for id_, user in gone.items()
    }
    return {id_: count for id_, count in found.items() if count}


def open_to(unit: Unit, caller: Caller, user_id: str) -> tuple[UserRecord, ...]:
    """Those who can be handed something: who comes in and sees citizens, but for the one who leaves."""
    return tuple(one for one in assignable(unit, caller) if one.id != user_id)
