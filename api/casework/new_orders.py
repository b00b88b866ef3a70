"""The job orders of the last days, the nearest to the caller's citizens first.

An order is new by the day on which it was received. One out of a list that names no such day is new by the
day on which it was taken in: when the employer said it nobody knows, and here nobody has seen it before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from api.casework.catalogues import Kept
from api.domain.caller import Caller
from api.domain.records import JobOrderRecord, Place, RecordKind
from api.domain.working_days import day_of, start_of
from api.store import Unit, versions
from geo import Mode
from matching import Anchor


@dataclass(frozen=True, kw_only=True)
class NearOrder:
    """A new job order, and the shortest way to it by bicycle: kilometres, and from where.

    Both are unknown, and `start` is "", when its place is, or that of every start; `place` is the employer's.
    """

    order: JobOrderRecord
    came_on: date
    employer: str
    km: float | None
    start: str
    place: Place


def new_orders(
    unit: Unit, caller: Caller, kept: Kept, starts: Iterable[Anchor], since: date
) -> list[NearOrder]:
    """The open job orders that came since a day; those of unknown place last, then the newest first."""
    known, orders = tuple(starts), kept.supply.orders.values()
    came = {order.id: order.received_on for order in orders if order.received_on} | _taken_in(
        unit, caller, [order for order in orders if not order.received_on], since
    )
    found = [
        _near(kept, order, day, known) for order in orders if (day := came.get(order.id)) and day >= since
    ]
    return sorted(found, key=_by_way)


def _taken_in(unit: Unit, caller: Caller, undated: Iterable[JobOrderRecord], since: date) -> dict[str, date]:
    """The days on which orders without one were taken in, of those taken in since a day."""
    touched = [one for one in undated if one.updated_at and day_of(one.updated_at) >= since]
    found = {one.id: one.updated_at for one in touched if one.version == 1}
    # what was changed since may have been here long before
    if changed := {one.id for one in touched if one.version > 1}:
        begun = versions.begun_since(unit, caller.municipality, RecordKind.JOB_ORDER, start_of(since))
        found |= {id_: at for id_, at in begun.items() if id_ in changed}
    return {id_: day_of(at) for id_, at in found.items() if at}


def _near(kept: Kept, order: JobOrderRecord, came_on: date, starts: tuple[Anchor, ...]) -> NearOrder:
    employer = kept.supply.employers[order.employer_id]
    place = employer.place.point
    pace = kept.policy.pace[Mode.BICYCLE]
    ways: Mapping[str, float] = (
        {start.name: float(pace.km(start.point.distance_km(place))) for start in starts} if place else {}
    )
    start = min(ways, key=lambda name: (ways[name], name), default="")
    return NearOrder(
        order=order,
        came_on=came_on,
        employer=employer.name,
        km=ways.get(start),
        start=start,
        place=employer.place,
    )


def _by_way(near: NearOrder) -> tuple[bool, float, int, str]:
    return near.km is None, near.km or 0.0, -near.came_on.toordinal(), near.order.id
