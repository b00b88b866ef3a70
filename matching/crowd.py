"""Many citizens before one order: where each stands, and how many points each can have at most.

The same rules as for a shortlist, held against what is read out of the one order once. The bound spares most
citizens a full judgement: only who can still be among the best is judged as a pair.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cached_property

import numpy as np

from geo import Mode, haversine_km
from matching.assessment import limit
from matching.citizens import Citizen, Constraint
from matching.columns import Columns
from matching.constraints import check
from matching.facts import FactsOfOne, Flags, Rows
from matching.policy import Part, Policy
from matching.scoring import Numbers, most_open, nearness
from matching.standing import Group, Totals
from matching.vocabulary import Attitude


class Crowd:
    """n citizens before an order on a day."""

    def __init__(self, people: Sequence[Citizen], order: Columns, on: date, policy: Policy) -> None:
        """`order` is the one row of its columns."""
        self._people, self._order, self._on, self._policy = people, order, on, policy

    def group(self, group: Group) -> Rows:
        """The places of the citizens of a group."""
        return np.flatnonzero([each is group for each, _ in self._standings])

    @cached_property
    def totals(self) -> Totals:
        """The sizes of the groups."""
        sizes = Counter(group for group, _ in self._standings)
        return Totals(sizes[Group.RANKED], sizes[Group.ASKED], dict(Counter(self.stopped.values())))

    @cached_property
    def stopped(self) -> dict[int, str]:
        """By place, the first rule that stops each citizen who is excluded."""
        return {i: rule for i, (_, rule) in enumerate(self._standings) if rule}

    @cached_property
    def points_at_most(self) -> Numbers:
        """More points than these the pair of no citizen has; NaN where the place is missing."""
        near = np.empty(len(self._people))
        for mode, members in self._by_mode.items():
            near[members] = nearness(self._minutes[members], mode, self._policy)
        weights, floor = self._policy.weights, self._policy.floor
        weighted = np.clip(near, floor, 1.0) ** weights[Part.NEARNESS]
        suits = np.array([self._suits(person) for person in self._people], np.float64)
        weighted *= np.clip(suits, floor, 1.0) ** weights[Part.SUITABILITY]
        most: Numbers = 100.0 * most_open(self._order, self._policy) * weighted
        return most

    @cached_property
    def _standings(self) -> list[tuple[Group, str]]:
        """The group of each citizen, and the first rule that stops those who are excluded."""
        facts, limits = FactsOfOne(self._order), np.array([limit(person) for person in self._people])
        near, far = (_Held(facts, np.array([flag]), self._on) for flag in (False, True))
        too_far = (self._minutes > limits).tolist()
        return [
            (far if beyond else near).standing(person)
            for person, beyond in zip(self._people, too_far, strict=True)
        ]

    @cached_property
    def _by_mode(self) -> dict[Mode, Rows]:
        modes = np.array([person.mode for person in self._people])
        return {mode: np.flatnonzero(modes == mode) for mode in Mode}

    @cached_property
    def _minutes(self) -> Numbers:
        """The minutes from each citizen's best anchor."""
        minutes = np.empty(len(self._people))
        for mode, members in self._by_mode.items():
            if len(members):
                minutes[members] = self._minutes_by(mode, [self._people[i] for i in members.tolist()])
        return minutes

    def _minutes_by(self, mode: Mode, people: list[Citizen]) -> Numbers:
        points = [anchor.point for person in people for anchor in person.anchors]
        firsts = np.cumsum([0, *(len(person.anchors) for person in people[:-1])])
        lat, lon = np.array([(point.lat, point.lon) for point in points]).T
        site = self._order.sites()
        straight = haversine_km(lat, lon, site.lat, site.lon)
        minutes: Numbers = np.minimum.reduceat(
            self._policy.pace[mode].minutes(straight, site.error_km), firsts
        )
        return minutes

    def _suits(self, person: Citizen) -> float:
        """The suitability of the order's work, as the score has it but for rounding."""
        worth, attitudes = self._policy.attitudes, person.attitudes
        told = self._order.mixes.entries[int(self._order.mix[0])]
        if not told:
            return worth[Attitude.UNKNOWN]
        return sum(
            share * worth.get(attitudes.get(activity, Attitude.UNKNOWN), self._policy.floor)
            for activity, share in told
        )


class _Held:
    """What an order makes of each constraint, reckoned once for all who state the same."""

    def __init__(self, order: FactsOfOne, too_far: Flags, on: date) -> None:
        self._order, self._too_far, self._on = order, too_far, on
        self._found: dict[str, tuple[bool, bool]] = {}

    def standing(self, person: Citizen) -> tuple[Group, str]:
        """The group of a citizen, and the first rule in conflict."""
        asked = False
        for one in person.constraints:
            conflict, unknown = self._found.get(one.key) or self._hold(one)
            if conflict:
                return Group.EXCLUDED, one.rule
            asked = asked or unknown
        return (Group.ASKED if asked else Group.RANKED), ""

    def _hold(self, one: Constraint) -> tuple[bool, bool]:
        found = check(one, self._order, self._too_far, self._on)
        self._found[one.key] = bool(found.conflict[0]), bool(found.unknown[0])
        return self._found[one.key]
