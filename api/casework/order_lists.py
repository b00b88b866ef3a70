"""The job orders of a municipality as a list: newest first, by state and by words, with their clocks."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from api.casework.clocks import Clock, clocks_of
from api.casework.employer_search import folded
from api.casework.users import names_of
from api.domain.caller import Caller
from api.domain.moves import ReturnCause
from api.domain.records import JobOrderRecord, OrderState, RecordKind
from api.domain.working_days import has_passed
from api.store import Unit, employers, job_orders, moves, versions
from geo.names import fold

Key = tuple[date, str]
"""Where an order stands in the list: the day it was received, and its id."""

WAITING = (OrderState.RECEIVED, OrderState.OPEN, OrderState.RETURNED)
"""The states in which somebody has to do something about an order."""


@dataclass(frozen=True, kw_only=True)
class OrderListed:
    """A job order in a list; `overdue` when its contact deadline has passed while its clock runs.

    `returned_for` is why one was sent back that stands so.
    """

    order: JobOrderRecord
    employer_name: str
    clock: Clock
    overdue: bool
    returned_for: ReturnCause | None = None


def listed(
    unit: Unit,
    caller: Caller,
    states: Collection[OrderState],
    words: str = "",
    after: Key | None = None,
    limit: int = 50,
) -> tuple[list[OrderListed], Key | None]:
    """A stretch of the list, and the key to go on after; `words` stand in title or employer's name."""
    keys: list[Key] = []
    for key in _found(unit, caller, states, words, after):
        keys.append(key)
        if len(keys) > limit:
            break
    kept = job_orders.some(unit, caller, [id_ for _, id_ in keys[:limit]])
    shown = [kept[id_] for _, id_ in keys[:limit]]
    clocks = clocks_of(unit, caller, shown)
    causes = moves.returned_for(unit, caller, [one.id for one in shown if one.state is OrderState.RETURNED])
    known = employers.some(unit, caller, {order.employer_id for order in shown})
    return [
        OrderListed(
            order=order,
            employer_name=known[order.employer_id].name,
            clock=clocks[order.id],
            overdue=overdue(clocks[order.id], unit.at),
            returned_for=causes.get(order.id),
        )
        for order in shown
    ], keys[limit - 1] if len(keys) > limit else None


def count(unit: Unit, caller: Caller, states: Collection[OrderState], words: str = "") -> int:
    """How many job orders the whole list has."""
    return sum(1 for _ in _found(unit, caller, states, words, None))


def overdue(clock: Clock, at: datetime) -> bool:
    """Whether a clock runs whose deadline has passed."""
    return clock.running and clock.contact_by is not None and has_passed(clock.contact_by, at)


def last_change(unit: Unit, caller: Caller, order: JobOrderRecord) -> tuple[str, datetime] | None:
    """The user name of who changed an order last, and when; None where that is not known any more."""
    found = versions.made(unit, caller.municipality, RecordKind.JOB_ORDER, order.id, order.version)
    if found is None:
        return None
    user_id, at = found
    return names_of(unit, caller, [user_id]).get(user_id, ""), at


def _found(
    unit: Unit, caller: Caller, states: Collection[OrderState], words: str, after: Key | None
) -> Iterator[Key]:
    wanted = fold(words).split()
    names = {line.id: folded(line.name) for line in employers.lines(unit, caller)} if wanted else {}
    for key, employer_id, title in job_orders.newest(unit, caller, states, after):
        text = f"{fold(title)} {names.get(employer_id, '')}" if wanted else ""
        if all(word in text for word in wanted):
            yield key
