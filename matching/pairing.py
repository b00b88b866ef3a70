"""Who gets which place, on plain numbers: as many as possible, nobody badly, then the most points in all.

The largest smallest score that is attainable is found by halving over the scores that occur; above it, the
assignment with the largest sum is the Hungarian method's. When something is held already, most people keep
it: a plan that is new for everybody is no help in a room full of people.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import ArrayLike, NDArray

NOBODY = -1
"""Stands for no task in an answer, and for a pair that must not be in the points."""

KEEPING_SHARE = 0.8
"""The share of those who hold something that keep it when the plan is made anew, where that can be."""

MILLIONTHS = 1_000_000
"""Scores are compared in millionths of a point: whole numbers, so that sums are exact for 300 people."""

_MOST_FOR_KEEPING = 200 * MILLIONTHS
"""The most that keeping is worth before it comes first altogether; two pairs differ by 100 points at most."""

_APART = 1000
"""How much more keeping is worth to each person than to the next, so that people move one by one."""

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
Chosen = NDArray[np.intp]
"""The task of each person, by column, or `NOBODY`."""


def pair_up(points: Whole, places: ArrayLike, held: Sequence[int] | None = None) -> list[int]:
    """The task of each person, by column, or `NOBODY`.

    `points` has a row per person, longest waiting first, and a column per task, in millionths of a point;
    `NOBODY` marks a pair that must not be. `places` are the tasks' places. `held` is what each person has so
    far: then four in five of them keep it, or as many as can while everybody placeable is placed.

    In this order: the most people placed, the largest smallest score, the largest sum, the fewest moved, and
    among people of equal points the longest waiting. Where keeping stands in the way of the largest sum, the
    sum is the best that a price on moving finds.
    """
    if not points.size:
        return [NOBODY] * len(points)
    so_far = [NOBODY] * len(points) if held is None else held
    room = _Room(points, np.asarray(places, np.int64), np.asarray(so_far, np.int64))
    found = room.best(room.open_pairs(room.highest_floor()))
    return [int(column) for column in room.waiting_first(found)]


@dataclass(frozen=True)
class _Room:
    points: Whole
    places: NDArray[np.int64]
    held: NDArray[np.int64]

    @property
    def keeping(self) -> Flags:
        """The pairs that are held already, as far as they may be."""
        columns = np.arange(self.points.shape[1])
        kept: Flags = (self.held[:, None] == columns) & (self.points != NOBODY)
        return kept

    def open_pairs(self, floor: int) -> Flags:
        """The pairs that may be and have at least so many points."""
        allowed: Flags = (self.points != NOBODY) & (self.points >= floor)
        return allowed

    def highest_floor(self) -> int:
        """The largest smallest score at which as many are placed, and enough keep what they hold."""
        anyhow = self.open_pairs(0)
        calmest = self.assigned(self.keeping.astype(np.int64), anyhow)
        placed, enough = self._placed(calmest), self._enough(calmest)
        floors = np.unique(self.points[anyhow])
        low, high = 0, len(floors) - 1
        while low < high:
            middle = (low + high + 1) // 2
            found = self.assigned(self.keeping.astype(np.int64), self.open_pairs(int(floors[middle])))
            holds = self._placed(found) == placed and self._kept(found) >= enough
            low, high = (middle, high) if holds else (low, middle - 1)
        return int(floors[low]) if len(floors) else 0

    def best(self, allowed: Flags) -> Chosen:
        """The largest sum over the allowed pairs, at the lowest price on moving that keeps enough people."""
        keeping = self.keeping.astype(np.int64)
        calmest = self.assigned(keeping * 100 * MILLIONTHS * (len(self.points) + 1) + self.points, allowed)
        enough = self._enough(calmest)
        found = self._priced(0 * keeping, allowed)
        if self._kept(found) >= enough:
            return found
        dearer = keeping * _APART * np.arange(len(keeping), 0, -1)[:, None]
        low, high = 0, _MOST_FOR_KEEPING
        while low < high:
            middle = (low + high) // 2
            found = self._priced(keeping * middle + dearer, allowed)
            if self._kept(found) >= enough:
                calmest, high = found, middle
            else:
                low = middle + 1
        return calmest

    def _priced(self, bonus: Whole, allowed: Flags) -> Chosen:
        """The largest sum with a bonus for keeping; of equal sums, the one that moves the fewest."""
        worth = (self.points + bonus) * (len(self.points) + 1) + self.keeping
        return self.assigned(worth, allowed)

    def assigned(self, worth: Whole, allowed: Flags) -> Chosen:
        """The most pairs, and of those the most worth: each person's column, or `NOBODY`."""
        from scipy.optimize import linear_sum_assignment  # loads for a while, and only a café needs it

        people = len(self.points)
        seats = np.repeat(np.arange(len(self.places)), np.minimum(self.places, people))
        placed = (people + 1) * (int(worth.max()) + 1)
        value = np.where(allowed, placed + worth, 0).astype(np.float64)[:, seats]
        rows, chosen = linear_sum_assignment(value, maximize=True)
        found = np.full(people, NOBODY, np.intp)
        found[rows] = np.where(allowed[rows, seats[chosen]], seats[chosen], NOBODY)
        return found

    def waiting_first(self, found: Chosen) -> Chosen:
        """The same assignment, where a place that fits two alike goes to the one who has waited longer."""
        found = found.copy()
        for person in range(len(found)):
            later = found[person + 1 :]
            alike = (later != NOBODY) & (later != self.held[person + 1 :])
            alike &= self.points[person, later] == self.points[np.arange(person + 1, len(found)), later]
            if found[person] == NOBODY and alike.any():
                last = person + 1 + int(np.flatnonzero(alike)[-1])
                found[person], found[last] = found[last], NOBODY
        return found

    def _enough(self, calmest: Chosen) -> int:
        """How many have to keep what they hold: four in five, or as many as can."""
        holding = int(np.count_nonzero(self.held != NOBODY))
        return min(ceil(KEEPING_SHARE * holding), self._kept(calmest))

    def _kept(self, found: Chosen) -> int:
        return int(np.count_nonzero((found == self.held) & (found != NOBODY)))

    def _placed(self, found: Chosen) -> int:
        return int(np.count_nonzero(found != NOBODY))
