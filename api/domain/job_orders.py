"""Rules of a job order that hold whoever writes it down: at the desk, over HTTP or in a list."""

from dataclasses import replace
from datetime import date

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


def opened_by_places(before: JobOrderRecord, after: JobOrderRecord) -> JobOrderRecord:
    """The order after a change: more places open a filled one again."""
    if before.state is after.state is OrderState.FILLED and after.places > before.places:
        return replace(after, state=OrderState.OPEN)
    return after
