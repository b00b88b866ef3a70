"""Job orders of which nothing was heard for as long as the practice says: asked about, and never dropped.

Somebody asks the employer. It is still wanted, which counts as heard of today, or it is ended like any other.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta

from api.access import audit
from api.casework.clocks import clocks_of
from api.casework.errors import OrderWithdrawn
from api.casework.practices import practice_of
from api.casework.versions import require_seen
from api.domain.caller import Caller
from api.domain.civil_numbers import refuse_civil_numbers
from api.domain.moves import STILL_WANTED, state_word
from api.domain.records import JobOrderRecord, OrderState
from api.domain.silence import heard_last
from api.domain.working_days import day_of
from api.store import Unit, contacts, employers, job_orders, moves
from geo import Refused
from geo.errors import N_


@dataclass(frozen=True, kw_only=True)
class SilentOrder:
    """A job order of which nothing was heard since `heard_on`, `days` days ago.

    It is received or open; or it was sent back, and its clock stands still without an end: `paused`.
    """

    order: JobOrderRecord
    employer_name: str
    heard_on: date
    days: int
    paused: bool = False


def silent_orders(
    unit: Unit, caller: Caller, on: date | None = None, taken_by: str | None = None
) -> tuple[SilentOrder, ...]:
    """The municipality's silent orders on a day, today without one; the longest silent first.

    With `taken_by`, only those that this user took down.
    """
    day = on or day_of(unit.at)
    until = day - timedelta(days=practice_of(unit, caller.municipality).silence_days)
    quiet = job_orders.unchanged_since(unit, caller, until, taken_by)
    spoken = contacts.last_about(unit, caller, [order.id for order in quiet])
    names = employers.some(unit, caller, [order.employer_id for order in quiet])
    heard = ((order, heard_last(order, spoken.get(order.id))) for order in quiet)
    found = [
        SilentOrder(
            order=order,
            employer_name=names[order.employer_id].name,
            heard_on=last,
            days=(day - last).days,
        )
        for order, last in heard
        if last <= until
    ]
    return tuple(sorted(found, key=lambda one: (one.heard_on, one.order.id)))


def paused_orders(unit: Unit, caller: Caller, taken_by: str | None = None) -> tuple[SilentOrder, ...]:
    """The orders sent back that wait for nothing but the end of a pause, and were not heard of for as long.

    A clock that stands still without an end has no deadline, and would never be asked about again. With
    `taken_by`, only those that this user took down. The longest silent first.
    """
    waiting = job_orders.unanswered(unit, caller)
    mine = [one for one in waiting if taken_by in (None, one.taken_by)]
    return _paused(unit, caller, [one for one in mine if one.state is OrderState.RETURNED])


def of_order(unit: Unit, caller: Caller, order: JobOrderRecord) -> SilentOrder | None:
    """Since when one job order has been silent; None for one that was heard of, or that nobody waits for."""
    if order.state is OrderState.RETURNED and order.clock_from is not None:
        return next(iter(_paused(unit, caller, [order])), None)
    if order.state not in job_orders.RANKED:
        return None
    spoken = contacts.last_about(unit, caller, [order.id])
    heard_on, today = heard_last(order, spoken.get(order.id)), day_of(unit.at)
    days = (today - heard_on).days
    if days < practice_of(unit, caller.municipality).silence_days:
        return None
    names = employers.some(unit, caller, [order.employer_id])
    return SilentOrder(order=order, employer_name=names[order.employer_id].name, heard_on=heard_on, days=days)


def _paused(unit: Unit, caller: Caller, orders: Sequence[JobOrderRecord]) -> tuple[SilentOrder, ...]:
    clocks = clocks_of(unit, caller, orders)
    still = [one for one in orders if clocks[one.id].paused and clocks[one.id].contact_by is None]
    spoken = contacts.last_about(unit, caller, [one.id for one in still])
    names = employers.some(unit, caller, [one.employer_id for one in still])
    today, silence_days = day_of(unit.at), practice_of(unit, caller.municipality).silence_days
    found = []
    for one in still:
        began = max(day_of(pause.since) for pause in clocks[one.id].pauses)
        heard_on = max(heard_last(one, spoken.get(one.id)), began)
        if (today - heard_on).days >= silence_days:
            name, days = names[one.employer_id].name, (today - heard_on).days
            found.append(
                SilentOrder(order=one, employer_name=name, heard_on=heard_on, days=days, paused=True)
            )
    return tuple(sorted(found, key=lambda one: (one.heard_on, one.order.id)))


def still_wanted(
    unit: Unit, caller: Caller, order_id: str, note: str = "", seen: Set[int] | None = None
) -> JobOrderRecord:
    """Record that the employer still wants the order; who heard it stands in the order's log.

    Raises `Missing`, `Stale` with the current state, `OrderWithdrawn`, and `Refused` for an order that is
    filled or ended.
    """
    refuse_civil_numbers({"note": note})
    order = job_orders.held(unit, caller, order_id)
    require_seen("job order", order, seen)
    if order.state in (OrderState.FILLED, OrderState.ENDED):
        problem = N_("The job order is {state!s}: nobody waits to hear whether it is wanted.")
        raise Refused("state", problem, N_("Open it again first."), state=state_word(order.state))
    if order.is_withdrawn:
        raise OrderWithdrawn(order.id)
    heard = replace(order, heard_on=day_of(unit.at))
    kept = job_orders.replace(unit, caller, heard, order.version)
    moves.keep(unit, caller, moves.OF_ORDERS, kept.id, kept.state, kept.state, STILL_WANTED, note)
    audit.record(unit, caller, "job_order_still_wanted", subject=kept.id, details={"version": kept.version})
    return kept
