"""Rules of a job order that hold whoever writes it down: at the desk, over HTTP or in a list."""

from dataclasses import replace
from datetime import date

from api.domain.plausible_days import YEARS_ON_FILE, require_not_far_off, require_not_long_ago
from api.domain.records import JobOrderRecord, OrderState
from geo import Refused
from geo.errors import N_


def require_been(order: JobOrderRecord, today: date) -> None:
    """Refuse an order that was received, or heard of, on a day to come."""
    remedy = N_("Give today or an earlier day.")
    if order.received_on and order.received_on > today:
        problem = N_("It cannot have been received on {value}: that day is still to come.")
        raise Refused("received_on", problem, remedy, value=order.received_on)
    if order.heard_on and order.heard_on > today:
        problem = N_("It cannot have been heard of on {value}: that day is still to come.")
        raise Refused("heard_on", problem, remedy, value=order.heard_on)


def require_days(order: JobOrderRecord, today: date, before: JobOrderRecord | None = None) -> None:
    """Refuse days of an order that cannot be meant; what `before` has already stands in nobody's way."""
    if before is None or (order.received_on, order.heard_on) != (before.received_on, before.heard_on):
        require_been(order, today)
    for field in ("received_on", "heard_on"):
        day = getattr(order, field)
        if before is None or day != getattr(before, field):
            require_not_long_ago(field, day, today)
    if before is None or order.task.starts_on != before.task.starts_on:
        require_not_long_ago("starts_on", order.task.starts_on, today)
        require_not_far_off("starts_on", order.task.starts_on, today)
    if before is None or order.task.ends_on != before.task.ends_on:
        require_not_long_ago("ends_on", order.task.ends_on, today)
        require_not_far_off("ends_on", order.task.ends_on, today, YEARS_ON_FILE)


def opened_by_places(before: JobOrderRecord, after: JobOrderRecord) -> JobOrderRecord:
    """The order after a change: more places open a filled one again."""
    if before.state is after.state is OrderState.FILLED and after.places > before.places:
        return replace(after, state=OrderState.OPEN)
    return after
