"""The job orders of the last days, the nearest to the caller's citizens first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from api.casework.catalogues import Kept
from api.domain.records import JobOrderRecord
from geo import Mode
from matching import Anchor


@dataclass(frozen=True, kw_only=True)
class NearOrder:
    """A new job order, and the shortest way to it by bicycle: kilometres, and from where.

    Both are unknown, and `start` is "", when its place is, or that of every start.
    """

    order: JobOrderRecord
    employer: str
    km: float | None
    start: str


def new_orders(kept: Kept, starts: Iterable[Anchor], since: date) -> list[NearOrder]:
    """The open job orders received since a day; those of unknown place last, then the newest first."""
    known = tuple(starts)
    found = [
        _near(kept, order, known)
        for order in kept.supply.orders.values()
        if order.received_on and order.received_on >= since
    ]
    return sorted(found, key=_by_way)


def _near(kept: Kept, order: JobOrderRecord, starts: tuple[Anchor, ...]) -> NearOrder:
    employer = kept.supply.employers[order.employer_id]
    place = employer.place.point
    pace = kept.policy.pace[Mode.BICYCLE]
    ways: Mapping[str, float] = (
        {start.name: float(pace.km(start.point.distance_km(place))) for start in starts} if place else {}
    )
    start = min(ways, key=lambda name: (ways[name], name), default="")
    return NearOrder(order=order, employer=employer.name, km=ways.get(start), start=start)


def _by_way(near: NearOrder) -> tuple[bool, float, int, str]:
    received = near.order.received_on.toordinal() if near.order.received_on else 0
    return near.km is None, near.km or 0.0, -received, near.order.id
