"""The exact best k orders for a citizen without looking at all of them.

Windows of the grid grow around the citizen's anchors. A pair's score is bounded by its distance, since
nearness falls with it and every other part has a best value; once no order outside the windows can reach the
points of the k-th best inside, the search is done. The result is that of a look at every order, ties
included.
"""

from collections.abc import Iterator, Sequence
from heapq import nsmallest
from math import inf

import numpy as np

from matching.assessment import assess
from matching.bounds import ROUNDING, Bounds
from matching.facts import Flags, Rows
from matching.scoring import Numbers
from matching.standing import Group, Sieve

FIRST_ROWS = 300
"""How many orders of the group the first windows aim at."""
GROWTH = 2.0
"""How much farther each next window reaches."""
FEW_ROWS = 2_000
"""So many orders are looked at all at once."""
SWEPT_SHARE = 0.15
"""From this share of all orders on, going through the rest is cheaper than one more window."""
FIRST_LOOK = 100
"""How many orders are scored before it is known what the others have to beat."""


def best(sieve: Sieve, k: int, group: Group) -> list[int]:
    """The rows of the best k orders of a group, best first."""
    if k == 0:
        return []
    search = _Search(sieve, k, group)
    for rows, beyond_km in search.nearest_first():
        search.look_at(rows, beyond_km)
    if search.contenders.bar == -inf:
        search.look_at_placeless()
    return search.contenders.best_first()


def order_rows(
    rows: Rows, points: Numbers, tie: Numbers, ids: Sequence[str], k: int | None = None
) -> list[int]:
    """Rows by points, highest first, then by the tie-break, lowest first, then by id; no points come last.

    Only the first `k` of them when it is given.
    """
    order = np.lexsort((tie, -points))
    rows, points, tie = rows[order], points[order], tie[order]
    both_nan = np.isnan(points[1:]) & np.isnan(points[:-1])
    changes = ((points[1:] != points[:-1]) & ~both_nan) | (tie[1:] != tie[:-1])
    wanted = len(rows) if k is None else k
    ordered: list[int] = []
    for equals in np.split(rows, np.flatnonzero(changes) + 1):
        if len(ordered) >= wanted:
            break
        ordered += nsmallest(wanted - len(ordered), equals.tolist(), key=ids.__getitem__)
    return ordered


class _Search:
    """The orders of a group around a citizen's anchors, each looked at once at most."""

    def __init__(self, sieve: Sieve, k: int, group: Group) -> None:
        self.contenders = Contenders(k, sieve.catalogue.ids)
        self._sieve = sieve
        self._orders = sieve.catalogue.columns
        self._grid = sieve.catalogue.grid
        self._settled = len(sieve.catalogue.facts.orders)
        self._left: Flags = sieve.group(group)
        self._points = [anchor.point for anchor in sieve.citizen.anchors]
        limited = group is not Group.EXCLUDED
        self._bounds = Bounds(sieve.citizen, self._orders, sieve.policy, limited=limited)

    def nearest_first(self) -> Iterator[tuple[Rows, float]]:
        """Rows with a place and kilometres beyond which they lie, until no other can be among the best.

        Orders added since the grid was laid come first, since they may be anywhere; those whose place is not
        known are not among these rows and come last of all.
        """
        yield self._take(slice(self._settled, None)), 0.0
        placed = int(np.count_nonzero(self._left[: self._grid.placed]))
        if placed <= FEW_ROWS:
            yield self._take(slice(self._grid.placed)), 0.0
        else:
            yield from self._by_windows(placed / self._grid.placed)

    def _by_windows(self, share: float) -> Iterator[tuple[Rows, float]]:
        """The rows in growing windows, of whose places about a share are of the group."""
        km, seen_km = self._first_km(share), 0.0
        while seen_km < (needed := self._bounds.reach_km(self.contenders.bar)):
            km = min(km, needed)
            windows = [self._grid.within_km(point, km) for point in self._points]
            if sum(map(self._grid.count, windows)) > SWEPT_SHARE * self._grid.placed:
                yield self._take(slice(self._grid.placed)), seen_km
                break
            runs = [run for window in windows for run in self._grid.runs(window)]
            yield np.concatenate([self._take(slice(0)), *map(self._take, runs)]), seen_km
            # a window is a little larger than asked for, and never smaller
            seen_km = max(km, min(map(self._grid.beyond_km, self._points, windows)))
            km *= GROWTH

    def look_at(self, rows: Rows, beyond_km: float) -> None:
        """Take in orders: first those with most points to hope for, then those that can still get in."""
        bar, bounds = self.contenders.bar, self._bounds
        if bar > -inf:
            rows = bounds.hopeful(rows, beyond_km, bar)
        if len(rows) <= FIRST_LOOK:
            self._score(rows)
            return
        most = bounds.points(rows)
        order = np.argpartition(-most, FIRST_LOOK)
        self._score(rows[order[:FIRST_LOOK]])
        others = order[FIRST_LOOK:]
        # not a number is less than nothing, so it is asked this way round
        self._score(rows[others[~(most[others] + ROUNDING < self.contenders.bar)]])

    def look_at_placeless(self) -> None:
        """Take in the orders whose place is not known, and which have no points therefore."""
        rows = self._take(slice(self._grid.placed, self._settled))
        self.contenders.add(rows, np.full(len(rows), np.nan), self._orders.load_of(rows))

    def _score(self, rows: Rows) -> None:
        if not len(rows):
            return
        sieve, orders = self._sieve, self._orders.take(rows)
        found = assess(sieve.citizen, orders, sieve.on, sieve.policy)
        self.contenders.add(rows, found.whole_points, orders.load)

    def _take(self, run: slice) -> Rows:
        """The rows of a run that were not taken before."""
        rows = np.flatnonzero(self._left[run]) + (run.start or 0)
        self._left[run] = False
        return rows

    def _first_km(self, share: float) -> float:
        """A distance around the first anchor that holds enough orders of the group to begin with."""
        grid, km = self._grid, 0.5
        while km < 400 and grid.count(grid.within_km(self._points[0], km)) * share < FIRST_ROWS:
            km *= 2
        return km


class Contenders:
    """Those found so far who can still be among the best k, orders or citizens."""

    def __init__(self, k: int, ids: Sequence[str]) -> None:
        """Nobody is found yet; `ids` break the last ties."""
        self._k = k
        self._ids = ids
        self._rows: Rows = np.empty(0, np.intp)
        self._points: Numbers = np.empty(0)
        self._tie: Numbers = np.empty(0)

    @property
    def bar(self) -> float:
        """The points of the k-th best so far; what stays below cannot enter."""
        if len(self._rows) < self._k:
            return -inf
        return float(np.min(_worth(self._points), initial=inf))

    def add(self, rows: Rows, points: Numbers, tie: Numbers) -> None:
        """Take in more and let go of those that cannot be among the best k any more."""
        rows = np.concatenate((self._rows, rows))
        points = np.concatenate((self._points, points))
        tie = np.concatenate((self._tie, tie))
        if len(rows) > self._k:
            keep = _first_k(_worth(points), tie, self._k)
            rows, points, tie = rows[keep], points[keep], tie[keep]
        self._rows, self._points, self._tie = rows, points, tie

    def best_first(self) -> list[int]:
        """The rows of the best k."""
        return order_rows(self._rows, self._points, self._tie, self._ids, self._k)


def _first_k(worth: Numbers, tie: Numbers, k: int) -> Flags:
    """Which come first by worth, highest first, then by the tie-break; those equal to the k-th as well."""
    bar = np.partition(worth, len(worth) - k)[len(worth) - k]
    above, level = worth > bar, worth == bar
    free = k - int(np.count_nonzero(above))
    first: Flags = above | (level & (tie <= np.partition(tie[level], free - 1)[free - 1]))
    return first


def _worth(points: Numbers) -> Numbers:
    """Points to compare by; without a place there are none, which is less than any."""
    return np.where(np.isnan(points), -inf, points)
