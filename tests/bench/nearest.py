"""An index of places as one would use it without the product: the nearest that pass, or grown until exact.

The constraints are judged while the nearest are read, which gives the nearest, not the best. Read on until no
order farther away can have the points of the k-th best, the same index gives the product's own list.
"""

from math import inf
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matching import Catalogue, Citizen, Policy
from matching.assessment import assess, way_to
from matching.bounds import Bounds
from matching.search import order_rows
from matching.standing import Group, Sieve
from tests.bench.country import TODAY

Rows = NDArray[np.intp]


class Index(Protocol):
    """Places that can be read by their distance from a point."""

    def passing(self, citizen: Citizen, wanted: int, within_km: float) -> tuple[Rows, float]:
        """The nearest rows that pass what can be told without the way, nearest first.

        At least `wanted` of them where so many lie within a distance, and the kilometres up to which
        everything was read: infinite when nothing within the distance is left.
        """


def reach_km(citizen: Citizen, policy: Policy) -> float:
    """How far the citizen's limit in minutes goes, infinite without one."""
    most = citizen.max_minutes
    return inf if most is None else policy.pace[citizen.mode].reach_km(most)


def nearest_that_pass(
    index: Index, citizen: Citizen, catalogue: Catalogue, k: int, policy: Policy
) -> list[int]:
    """The nearest k rows that pass every constraint."""
    rows, _ = index.passing(citizen, k, reach_km(citizen, policy))
    first = rows[:k]
    if citizen.max_minutes is None:
        return first.tolist()
    minutes = way_to(citizen, catalogue.columns.sites(first), policy).minutes
    return first[minutes <= citizen.max_minutes].tolist()


def grown_until_exact(
    index: Index, citizen: Citizen, catalogue: Catalogue, k: int, policy: Policy
) -> list[int]:
    """The best k rows by the score, as `matching.shortlist` has them."""
    within_km, wanted = reach_km(citizen, policy), 10 * k
    bounds = Bounds(citizen, catalogue.columns, policy, limited=True)
    while True:
        rows, settled_km = index.passing(citizen, wanted, within_km)
        found = assess(citizen, catalogue.columns.take(rows), TODAY, policy)
        chosen = np.flatnonzero(Group.RANKED.of(found))
        points = found.whole_points[chosen]
        best = order_rows(rows[chosen], points, found.orders.load[chosen], catalogue.ids)[:k]
        bar = float(np.sort(points)[-k]) if len(best) == k else -inf
        if settled_km == inf or settled_km >= bounds.reach_km(bar):
            return best
        wanted *= 4


class BallTreeIndex:
    """scikit-learn's ball tree over the orders that have a place; more neighbours until enough pass."""

    def __init__(self, catalogue: Catalogue, policy: Policy) -> None:
        """Build the tree."""
        from sklearn.neighbors import BallTree

        self._catalogue, self._policy = catalogue, policy
        self._placed = catalogue.grid.placed
        lat, lon = catalogue.columns.lat[: self._placed], catalogue.columns.lon[: self._placed]
        self._tree = BallTree(np.radians(np.column_stack((lat, lon))), metric="haversine")

    def passing(self, citizen: Citizen, wanted: int, within_km: float) -> tuple[Rows, float]:
        """As `Index` says."""
        (anchor,) = citizen.anchors
        here = np.radians([[anchor.point.lat, anchor.point.lon]])
        passes = Sieve(citizen, self._catalogue, TODAY, self._policy).group(Group.RANKED)
        looked = 12 * wanted
        while True:
            looked = min(looked, self._placed)
            far, near = self._tree.query(here, k=looked)
            settled_km = float(far[0, -1]) * 6371.0088
            rows = near[0][passes[near[0]]]
            if looked == self._placed or settled_km > within_km:
                return rows, inf
            if len(rows) >= wanted:
                return rows, settled_km
            looked *= 4
