"""How many points an order can have at most for a citizen, by how far away it is and by what is to be done.

A search need not look where the bound stays below what it has found already. The bound is never below the
score: the wishes, which it does not look at, count as met, and there is no load.
"""

from math import inf, log2

import numpy as np

from matching.assessment import way_to
from matching.citizens import Citizen
from matching.columns import Columns
from matching.facts import Rows
from matching.policy import Part, Policy
from matching.scoring import Numbers, most_open, nearness, openness, worth_of_mixes

ROUNDING = 1e-6
"""Points are blind beyond the sixth decimal, so a bound has to miss them by more than that."""


class Bounds:
    """The most points that orders can have for one citizen."""

    def __init__(self, citizen: Citizen, orders: Columns, policy: Policy, *, limited: bool) -> None:
        """`limited` when orders beyond the citizen's own limit in minutes are not looked for."""
        self._citizen, self._orders, self._policy = citizen, orders, policy
        self._pace = policy.pace[citizen.mode]
        self._nearness_weight = policy.weights[Part.NEARNESS]
        self._openness_weight = policy.weights[Part.EMPLOYER_OPENNESS]
        suits = np.clip(worth_of_mixes(citizen, orders, policy), policy.floor, 1.0)
        self._work = 100.0 * suits ** policy.weights[Part.SUITABILITY]
        """By the number of a mix: the points that what is to be done leaves."""
        self._most_open = most_open(orders, policy)
        most = citizen.max_minutes
        self._limit_km = self._pace.reach_km(most) if limited and most is not None else inf

    def reach_km(self, bar: float) -> float:
        """Straight-line kilometres beyond which no order reaches `bar` points or keeps the time limit."""
        weight, policy = self._nearness_weight, self._policy
        if weight == 0:
            return self._limit_km
        needed = max((bar - ROUNDING) / (float(self._work.max()) * self._most_open), 0.0) ** (1.0 / weight)
        if needed <= policy.floor:
            return self._limit_km
        beyond = -log2(min(needed, 1.0)) * policy.half_minutes[self._citizen.mode]
        return min(self._pace.reach_km(policy.plateau_minutes + beyond), self._limit_km)

    def hopeful(self, rows: Rows, beyond_km: float, bar: float) -> Rows:
        """Those of some orders that can reach `bar` points, none being nearer than that."""
        near = self._near(self._pace.minutes(beyond_km))
        # what is to be done settles most of them, and there are few mixes
        mixes = ~(self._work * self._most_open * near + ROUNDING < bar)
        rows = rows[mixes.take(self._orders.mix[rows])]
        return rows[~(self._next_door(rows) * near + ROUNDING < bar)]

    def points(self, rows: Rows) -> Numbers:
        """The most points of some orders; NaN where a place is missing."""
        way = way_to(self._citizen, self._orders.sites(rows), self._policy)
        return self._next_door(rows) * self._near(way.minutes)

    def _next_door(self, rows: Rows) -> Numbers:
        """The most points of some orders if there were no way to them at all."""
        opened = np.maximum(openness(self._orders, self._policy, rows), self._policy.floor)
        most: Numbers = self._work[self._orders.mix[rows]] * opened**self._openness_weight
        return most

    def _near(self, minutes: Numbers) -> Numbers:
        near = np.maximum(nearness(minutes, self._citizen.mode, self._policy), self._policy.floor)
        weighted: Numbers = near**self._nearness_weight
        return weighted
