"""One citizen against many orders: the way, the standing, the questions and the score of every pair.

The one place where a pair is judged. A shortlist is one citizen against n orders; a list of candidates is n
citizens against one order, each through this same function, so that a pair has one score, whoever asks.
"""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import inf

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo import haversine_km
from matching.citizens import Anchor, Citizen, Needs
from matching.columns import Columns, Sites, known
from matching.constraints import Check, HeldChecks, Party, anywhere
from matching.decoding import order_in
from matching.facts import FactsByRows, Flags
from matching.orders import JobOrder
from matching.policy import Policy
from matching.scoring import Numbers, Parts, score_parts


@dataclass(frozen=True)
class Way:
    """The way to each of n orders from the anchor with the fewest minutes; NaN where the place is unknown."""

    km: Numbers
    minutes: Numbers
    anchor: NDArray[np.intp]


@dataclass(frozen=True)
class Assessment:
    """What is to be said of one citizen and each of n orders, each thing reckoned when it is asked for.

    `held` are the rules as others have had them held against the same orders on the day.
    """

    citizen: Citizen
    orders: Columns
    policy: Policy
    on: date
    held: HeldChecks | None = None

    @cached_property
    def way(self) -> Way:
        """The way to each order."""
        return way_to(self.citizen, self.orders.sites(), self.policy)

    @cached_property
    def parts(self) -> Parts:
        """The parts of each pair's score."""
        return score_parts(self.citizen, self.orders, self.way.minutes, self.policy)

    @cached_property
    def checks(self) -> tuple[Check[Flags], ...]:
        """Every rule that exists for the citizen."""
        held = self.held or HeldChecks(FactsByRows(self.orders), self.on)
        return tuple(held.of(self.citizen, too_far(self.citizen, self.way.minutes)))

    @cached_property
    def excluded(self) -> Flags:
        """Where at least one rule is in conflict."""
        return anywhere(check.conflict for check in self.checks) & self.orders.present

    @cached_property
    def asked(self) -> Flags:
        """Where nothing is in conflict, but something hangs on an answer."""
        return anywhere(check.unknown for check in self.checks) & ~self.excluded & self.orders.present

    @cached_property
    def ranked(self) -> Flags:
        """Where every constraint is met."""
        return ~(self.excluded | self.asked) & self.orders.present

    @cached_property
    def whole_points(self) -> Numbers:
        """The score as people see it and as lists are ordered by; NaN where the place is unknown."""
        return whole_points(self.parts.score)


@dataclass(frozen=True, slots=True)
class Pair:
    """One citizen and one order out of an assessment."""

    assessment: Assessment
    row: int

    @property
    def citizen(self) -> Citizen:
        """The citizen of the pair."""
        return self.assessment.citizen

    @property
    def order(self) -> JobOrder:
        """The order of the pair, without its id and title."""
        return order_in(self.assessment.orders, self.row)

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules in conflict, in the contract's order."""
        return tuple(check.rule for check in self.assessment.checks if check.conflict[self.row])

    @property
    def questions(self) -> tuple[tuple[Party, str], ...]:
        """Who has to be asked about which rule, in the contract's order."""
        asked = (check for check in self.assessment.checks if check.unknown[self.row])
        return tuple((check.of, check.rule) for check in asked)

    def hangs_on_nothing_but(self, rules: Set[str]) -> bool:
        """Whether answers to these rules alone would bring the pair in, which is not in yet."""
        if not self.assessment.asked[self.row]:
            return False
        return all(check.rule in rules or not check.unknown[self.row] for check in self.assessment.checks)

    @property
    def km(self) -> float | None:
        """Kilometres on the way, or None where the place is unknown."""
        return known(self.assessment.way.km[self.row])

    @property
    def minutes(self) -> float | None:
        """Minutes on the way, or None where the place is unknown."""
        return known(self.assessment.way.minutes[self.row])

    @property
    def anchor(self) -> Anchor:
        """The anchor that the way starts from."""
        return self.citizen.anchors[int(self.assessment.way.anchor[self.row])]

    @property
    def score(self) -> float | None:
        """The score, or None where the place is unknown."""
        return known(self.assessment.parts.score[self.row])

    @property
    def lost(self) -> dict[str, float]:
        """The points lost by each part and by the load; 100 minus them is the score."""
        parts = self.assessment.parts
        weighted = {f"lost_{part}": float(lost[self.row]) for part, lost in parts.lost.items()}
        return weighted | {"lost_load": float(parts.lost_load[self.row])}


def whole_points(score: ArrayLike) -> Numbers:
    """Whole points, blind to what lies beyond the sixth decimal."""
    points: Numbers = np.floor(np.round(np.asarray(score, np.float64), 6))
    return points


def assess(citizen: Citizen, orders: Columns, on: date, policy: Policy) -> Assessment:
    """Judge one citizen against every order, on a day and by a policy."""
    return Assessment(citizen=citizen, orders=orders, policy=policy, on=on)


def too_far(needs: Needs, minutes: Numbers) -> Flags:
    """Where the way is longer than the citizen's limit; nowhere without a limit, or where it is unknown."""
    return minutes > limit(needs)


def limit(needs: Needs) -> float:
    """The most minutes on the way that the citizen accepts; without a limit, any number."""
    return inf if needs.max_minutes is None else needs.max_minutes


def way_to(citizen: Citizen, orders: Sites, policy: Policy) -> Way:
    """The way to each order from the anchor with the fewest minutes, the first named among equals."""
    pace = policy.pace[citizen.mode]
    straight = np.stack(
        [
            haversine_km(anchor.point.lat, anchor.point.lon, orders.lat, orders.lon)
            for anchor in citizen.anchors
        ]
    )
    minutes = pace.minutes(straight, orders.error_km)
    nearest = np.argmin(minutes, axis=0)
    each = np.arange(len(nearest))
    return Way(km=pace.km(straight[nearest, each]), minutes=minutes[nearest, each], anchor=nearest)
