"""What somebody who leaves has on the desk, handed over to a colleague in one step.

Whoever works with a citizen is put in the other's place; an order is looked after by the other, and a
suggestion that waits goes along where the other works with its citizen. All of it is undone together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from api.access import audit
from api.access.scopes import ROLES, Scope, may
from api.casework import citizens as desk
from api.casework.assignments import assignable
from api.casework.citizens import Listed
from api.casework.errors import NothingToTakeBack
from api.casework.job_orders import at_version
from api.casework.practices import practice_of
from api.casework.taking_over import HANDED_BACK, TAKEN_OVER, given_to, handed
from api.domain.accounts import UserRecord
from api.domain.caller import Caller
from api.domain.moves import ProposalState
from api.domain.proposals import Proposal
from api.domain.records import JobOrderRecord, RecordKind
from api.store import Unit, assignments, contacts, employers, job_orders, moves, proposals, users, versions
from geo import Refused
from geo.errors import N_


@dataclass(frozen=True, slots=True)
class Work:
    """What somebody has on the desk: citizens as the caller sees them in lists, and orders that go on.

    `promised` are the employers that somebody has to be come back to, by id and name, each with its day.
    """

    citizens: tuple[Listed, ...]
    orders: tuple[JobOrderRecord, ...]
    promised: tuple[tuple[date, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class HandedOver:
    """How many citizens and orders somebody else has now, and when that was done."""

    citizens: int
    orders: int
    at: datetime


def work_of(unit: Unit, caller: Caller, user_id: str) -> Work:
    """What a colleague has on the desk, shut out or not; one audit row for each citizen."""
    theirs = assignments.of_user(unit, caller, user_id)
    shown = desk.some(unit, caller, sorted(theirs), "citizen_listed") if theirs else {}
    orders = job_orders.looked_after(unit, caller, user_id)
    return Work(tuple(shown.values()), orders, _promised(unit, caller, user_id))


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


def hand_over(
    unit: Unit,
    caller: Caller,
    user_id: str,
    to_id: str,
    citizen_ids: Iterable[str],
    order_ids: Iterable[str],
) -> HandedOver:
    """Make those citizens the work of `to_id` instead, and those orders the other's to look after.

    What is not the colleague's any more by now stays where it is. Raises `Refused` for nobody who can be
    handed anything, and for orders to who sees none.
    """
    to = _receiver(unit, caller, user_id, to_id)
    # orders before citizens, as everywhere: two units that wait for each other would never end
    orders = _held_orders(unit, caller, user_id, order_ids)
    if orders and Scope.JOB_ORDERS_WRITE not in ROLES[to.role]:
        problem = N_("{name} does not look after job orders.")
        raise Refused("to", problem, N_("Hand the orders over to another colleague."), name=to.called)
    theirs = sorted(assignments.of_user(unit, caller, user_id) & set(citizen_ids))
    for order in orders:
        given_to(unit, caller, order, to_id, TAKEN_OVER)
    for citizen_id in theirs:
        assignments.end(unit, caller, citizen_id, user_id)
        assignments.assign(unit, caller, citizen_id, to_id)
    for one in _going_along(unit, caller, user_id, to_id):
        handed(unit, caller, one, to_id, TAKEN_OVER)
    _write_down(unit, caller, "work_handed_over", user_id, to_id, theirs, orders)
    return HandedOver(len(theirs), len(orders), unit.at)


def may_be_undone(unit: Unit, caller: Caller, user_id: str, at: datetime) -> bool:
    """Whether what the caller has handed over at a moment can still be put back."""
    in_time = practice_of(unit, caller.municipality).calendar.in_one_working_day(at, unit.at)
    return in_time and bool(
        assignments.handed_on(unit, caller, user_id, at) or _given_orders(unit, caller, user_id, at)
    )


def undo(unit: Unit, caller: Caller, user_id: str, at: datetime) -> HandedOver:
    """Put back what the caller has handed over from a colleague at a moment; what was changed since stays.

    Raises `NothingToTakeBack` for what is another's or of an earlier day.
    """
    if not may_be_undone(unit, caller, user_id, at):
        problem = N_("Who handed it over puts it back, on the same working day.")
        raise NothingToTakeBack(problem, N_("Hand it over once more."))
    orders = _given_orders(unit, caller, user_id, at)
    taken = assignments.handed_on(unit, caller, user_id, at)
    to_ids = {*taken.values(), *(one.taken_by for one in orders)} - {""}
    for one in _taken_along(unit, caller, user_id, to_ids, at):
        handed(unit, caller, one, user_id, HANDED_BACK)
    for order in orders:
        given_to(unit, caller, job_orders.held(unit, caller, order.id), user_id, HANDED_BACK)
    for citizen_id, to_id in sorted(taken.items()):
        if to_id:
            assignments.end(unit, caller, citizen_id, to_id)
        assignments.assign(unit, caller, citizen_id, user_id)
    _write_down(unit, caller, "work_handed_back", user_id, ", ".join(sorted(to_ids)), sorted(taken), orders)
    return HandedOver(len(taken), len(orders), unit.at)


def _receiver(unit: Unit, caller: Caller, user_id: str, to_id: str) -> UserRecord:
    to = next((one for one in open_to(unit, caller, user_id) if one.id == to_id), None)
    if to is None:
        raise Refused("to", N_("Nobody is chosen."), N_("Choose who is to have it."))
    return to


def _held_orders(unit: Unit, caller: Caller, user_id: str, order_ids: Iterable[str]) -> list[JobOrderRecord]:
    there = {one.id for one in job_orders.looked_after(unit, caller, user_id)} & set(order_ids)
    held = [job_orders.held(unit, caller, id_) for id_ in sorted(there)]
    return [one for one in held if one.taken_by == user_id]


def _pending(unit: Unit, caller: Caller) -> tuple[Proposal, ...]:
    found = proposals.in_states(unit, caller, tuple(ProposalState))
    return tuple(one for one in found if one.is_pending)


def _going_along(unit: Unit, caller: Caller, user_id: str, to_id: str) -> list[Proposal]:
    """The leaver's suggestions that wait, for citizens with whom the other works now."""
    works = assignments.of_user(unit, caller, to_id)
    return [one for one in _pending(unit, caller) if one.held_by == user_id and one.citizen_id in works]


def _taken_along(
    unit: Unit, caller: Caller, user_id: str, to_ids: Iterable[str], at: datetime
) -> list[Proposal]:
    theirs = {one.id: one for one in _pending(unit, caller) if one.held_by in set(to_ids)}
    moved = moves.by_moment(unit, caller, moves.OF_PROPOSALS, theirs).get(at, frozenset())
    return [theirs[id_] for id_ in sorted(moved)]


def _given_orders(unit: Unit, caller: Caller, user_id: str, at: datetime) -> list[JobOrderRecord]:
    """The orders that the caller has given away from a colleague at a moment and nobody has changed since."""
    written = versions.written(unit, caller.municipality, RecordKind.JOB_ORDER, caller.user_id, at)
    found = job_orders.some(unit, caller, written)
    now = [one for id_, one in sorted(found.items()) if one.version == written[id_] > 1]
    before = {one.id: at_version(unit, caller, one.id, one.version - 1) for one in now}
    return [one for one in now if before[one.id].taken_by == user_id != one.taken_by]


def _write_down(
    unit: Unit,
    caller: Caller,
    action: str,
    user_id: str,
    to_id: str,
    citizen_ids: Iterable[str],
    orders: Iterable[JobOrderRecord],
) -> None:
    looks = [(id_, {"from": user_id, "to": to_id}) for id_ in citizen_ids]
    audit.record_each(unit, caller, f"citizen_{action.removeprefix('work_')}", looks, subject=user_id)
    details = {"to": to_id, "citizens": len(looks), "orders": len(list(orders))}
    audit.record(unit, caller, action, subject=user_id, details=details)
