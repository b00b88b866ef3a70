"""The contact clock of a job order: when it is due, paused with a reason, and met by the first contact."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from api.access import audit
from api.access.scopes import Scope, may
from api.casework.errors import PausedAlready
from api.casework.practices import Practices
from api.domain.caller import Caller
from api.domain.civil_numbers import refuse_civil_numbers
from api.domain.practice import Practice
from api.domain.records import JobOrderRecord, OrderState
from api.domain.working_days import Pause, contact_deadline, day_of
from api.store import Unit, clock_pauses, job_orders
from geo import Refused
from geo.errors import N_


@dataclass(frozen=True)
class Clock:
    """Where the clock of an order stands; `contact_by` is None while it is paused without an end.

    Without a running clock (a posting of a list, or one whose citizen has been contacted) `contact_by` is
    what a suggestion made now would have. An order that is ended has neither; a pause that it was ended in
    goes on when it is opened again.
    """

    contact_by: datetime | None
    running: bool
    pauses: Sequence[Pause] = ()

    @property
    def paused(self) -> bool:
        """Whether it stands still now."""
        return any(pause.until is None for pause in self.pauses)


def clock_of(unit: Unit, caller: Caller, order: JobOrderRecord) -> Clock:
    """The clock of one order."""
    return clocks_of(unit, caller, [order])[order.id]


def clocks_of(unit: Unit, caller: Caller, orders: Iterable[JobOrderRecord]) -> Mapping[str, Clock]:
    """The clocks of several orders, by id; why one stands still only for who may know of citizens."""
    listed = list(orders)
    practices = Practices(unit, caller.municipality)
    kept = clock_pauses.of(unit, caller, [order.id for order in listed])
    told = may(caller, Scope.CITIZENS_LIST)
    pauses = {id_: pauses if told else _unexplained(pauses) for id_, pauses in kept.items()}
    return {order.id: _clock(order, pauses.get(order.id, ()), practices, unit.at) for order in listed}


def due_by(started: datetime, pauses: Sequence[Pause], practice: Practice) -> datetime | None:
    """The deadline of a clock that began at `started`, by the practice that it began under."""
    return contact_deadline(started, practice.contact_days, practice.calendar, pauses)


def pause(unit: Unit, caller: Caller, order_id: str, reason: str) -> Clock:
    """Let the clock of an order stand still, with a reason.

    Raises `PausedAlready` when it does already, and `Refused` for an order that is ended, which has none.
    """
    refuse_civil_numbers({"reason": reason})
    order = job_orders.held(unit, caller, order_id)
    if order.state is OrderState.ENDED:
        raise Refused("state", N_("The job order is ended: it has no deadline."), N_("Open it again first."))
    for running in clock_pauses.of(unit, caller, [order_id]).get(order_id, ()):
        if running.until is None:
            raise PausedAlready(day_of(running.since))
    clock_pauses.begin(unit, caller, order_id, reason)
    audit.record(unit, caller, "clock_paused", subject=order_id)
    return clock_of(unit, caller, order)


def resume(unit: Unit, caller: Caller, order_id: str) -> Clock:
    """Let it run again; one that runs already goes on running."""
    order = job_orders.held(unit, caller, order_id)
    if clock_pauses.end(unit, caller, order_id):
        audit.record(unit, caller, "clock_resumed", subject=order_id)
    return clock_of(unit, caller, order)


def _unexplained(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    return tuple(replace(pause, reason="") for pause in pauses)


def _clock(order: JobOrderRecord, pauses: Sequence[Pause], practices: Practices, at: datetime) -> Clock:
    if order.state is OrderState.ENDED:
        return Clock(None, False, tuple(pause for pause in pauses if pause.until))
    if order.clock_from is None or order.clock_met_at is not None:
        return Clock(due_by(at, pauses, practices.now), False, pauses)
    practice = practices.of(order.clock_practice)
    return Clock(due_by(order.clock_from, pauses, practice), True, pauses)
