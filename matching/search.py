"""The exact best k orders for a citizen without looking at all of them.

Windows of the grid grow around the citizen's anchors. A pair's score is bounded by its distance, since
nearness falls with it and every other part has a best value; once no order outside the windows can reach the
points of the k-th best inside, the search is done. The result is that of a look at every order, ties
included.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from math import inf, log2

import numpy as np

from geo.index import Window
from matching.assessment import Assessment, assess
from matching.catalogue import Catalogue
from matching.citizens import Citizen
from matching.columns import Columns
from matching.constraints import Flags, Rows, sift
from matching.policy import Part, Policy
from matching.scoring import Numbers, best_other_parts


class Group(StrEnum):
    """Which pairs are looked for."""

    RANKED = "ranked"
    ASKED = "asked"
    EXCLUDED = "excluded"

    def of(self, found: Assessment) -> Flags:
        """Where the pairs of the group are."""
        flags: Flags = getattr(found, self.value)
        return flags

    def possible(self, citizen: Citizen, orders: Columns, on: date, rows: Rows | None) -> Rows:
        """The rows, of some or of all, whose pairs can be of the group by what is known without the way."""
        if self is Group.EXCLUDED:
            return np.arange(len(orders)) if rows is None else rows
        return sift(citizen, orders, rows, on, certain=self is Group.RANKED)


FIRST_ROWS = 2_000
"""How many orders the first windows aim at."""
GROWTH = 3
"""How much farther each next window reaches."""
SWEPT_SHARE = 0.1
"""From this share of all orders on, looking at every one is cheaper than cutting out a window."""
ROUNDING = 1e-6
"""Points are blind beyond the sixth decimal, so a bound has to miss them by more than that."""


def best(citizen: Citizen, catalogue: Catalogue, k: int, on: date, policy: Policy, group: Group) -> list[int]:
    """The rows of the best k orders of a group, best first."""
    contenders = _Contenders(k, catalogue.ids)
    if k:
        for rows in _Surroundings(citizen, catalogue, on, policy, group).nearest_first(contenders):
            found = assess(citizen, catalogue.columns.take(rows), on, policy)
            chosen = np.flatnonzero(group.of(found))
            contenders.add(rows[chosen], found.whole_points[chosen], found.orders.load[chosen])
    return contenders.best_first()


def order_rows(rows: Rows, points: Numbers, tie: Numbers, ids: Sequence[str]) -> list[int]:
    """Rows by points, highest first, then by the tie-break, lowest first, then by id; no points come last."""
    order = np.lexsort((tie, -points))
    rows, points, tie = rows[order], points[order], tie[order]
    both_nan = np.isnan(points[1:]) & np.isnan(points[:-1])
    changes = ((points[1:] != points[:-1]) & ~both_nan) | (tie[1:] != tie[:-1])
    groups = np.split(rows, np.flatnonzero(changes) + 1)
    return [int(row) for group in groups for row in sorted(group, key=lambda row: ids[row])]


class _Contenders:
    """The orders found so far that can still be among the best k."""

    def __init__(self, k: int, ids: Sequence[str]) -> None:
        self._k = k
        self._ids = ids
        self._rows: Rows = np.empty(0, np.intp)
        self._points: Numbers = np.empty(0)
        self._tie: Numbers = np.empty(0)

    @property
    def bar(self) -> float:
        """The points of the k-th best so far; what stays below cannot enter."""
        return float(np.min(self._points, initial=inf)) if len(self._rows) >= self._k else -inf

    def add(self, rows: Rows, points: Numbers, tie: Numbers) -> None:
        """Take in more orders and let go of those that cannot be among the best k any more."""
        rows = np.concatenate((self._rows, rows))
        points = np.concatenate((self._points, points))
        tie = np.concatenate((self._tie, tie))
        if len(rows) > self._k:
            worth = np.where(np.isnan(points), -inf, points)
            bar = np.partition(worth, len(worth) - self._k)[len(worth) - self._k]
            keep = worth >= bar
            rows, points, tie = rows[keep], points[keep], tie[keep]
        self._rows, self._points, self._tie = rows, points, tie

    def best_first(self) -> list[int]:
        """The rows of the best k."""
        return order_rows(self._rows, self._points, self._tie, self._ids)[: self._k]


class _Surroundings:
    """The orders around a citizen's anchors, each given once, and only if its pair can be of the group."""

    def __init__(
        self, citizen: Citizen, catalogue: Catalogue, on: date, policy: Policy, group: Group
    ) -> None:
        self._possible = partial(group.possible, citizen, catalogue.columns, on)
        self._grid = catalogue.grid
        self._size = len(catalogue)
        self._points = [anchor.point for anchor in citizen.anchors]
        self._unseen = np.ones(self._grid.rows * self._grid.columns, np.bool_)
        self._horizon = _Horizon(citizen, catalogue, policy, limited=group is not Group.EXCLUDED)

    def nearest_first(self, contenders: _Contenders) -> Iterator[Rows]:
        """Rows by growing windows, until no other row can be among the best.

        A window that would hold a good part of all orders is not cut out any more: the whole is sifted at
        once. Rows without a place come last, and only while there are fewer than k with one, for they have no
        points.
        """
        grid = self._grid
        km = self._first_km()
        while True:
            windows = [grid.within_km(point, km) for point in self._points]
            if sum(map(grid.count, windows)) > SWEPT_SHARE * grid.placed:
                yield self._rest()
                break
            yield self._possible(self._fresh(windows))
            settled = min(map(grid.beyond_km, self._points, windows))
            needed = self._horizon.km(contenders.bar)
            if settled >= needed:
                break
            km = min(km * GROWTH, needed) if needed > km else km * GROWTH
        if contenders.bar == -inf:
            yield self._possible(np.arange(grid.placed, self._size))

    def _fresh(self, windows: list[Window]) -> Rows:
        """The rows in the cells of some windows that were not seen before."""
        fresh = []
        for window in windows:
            cells = self._grid.cells(window)
            cells = cells[self._unseen[cells]]
            self._unseen[cells] = False
            fresh.append(self._grid.places(cells))
        return np.concatenate(fresh)

    def _rest(self) -> Rows:
        """All rows with a place that were not seen before."""
        rows = self._possible(None)
        rows = rows[rows < self._grid.placed]
        return rows[self._unseen[self._grid.cell_of(rows)]]

    def _first_km(self) -> float:
        """A distance around the first anchor that holds enough orders to begin with."""
        grid, km = self._grid, 0.5
        while km < 400 and grid.count(grid.within_km(self._points[0], km)) < FIRST_ROWS:
            km *= 2
        return km


class _Horizon:
    """How far away an order can be and still be among the best."""

    def __init__(self, citizen: Citizen, catalogue: Catalogue, policy: Policy, *, limited: bool) -> None:
        """`limited` when the citizen's own limit in minutes counts."""
        self._pace = policy.pace[citizen.mode]
        self._policy = policy
        self._half = policy.half_minutes[citizen.mode]
        self._rest = best_other_parts(citizen, catalogue.columns, policy)
        most = citizen.max_minutes
        self._limit_km = self._pace.reach_km(most) if limited and most is not None else inf

    def km(self, bar: float) -> float:
        """Straight-line kilometres beyond which no order reaches `bar` points or keeps the time limit."""
        weight = self._policy.weights[Part.NEARNESS]
        if bar == -inf or weight == 0:
            return self._limit_km
        nearness = max((bar - ROUNDING) / (100.0 * self._rest), 0.0) ** (1.0 / weight)
        if nearness <= self._policy.floor:
            return self._limit_km
        beyond = -log2(min(nearness, 1.0)) * self._half
        return min(self._pace.reach_km(self._policy.plateau_minutes + beyond), self._limit_km)
