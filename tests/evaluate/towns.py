"""Invented citizens and job orders around three drop-in centres, the same for the same seed."""

from datetime import date, timedelta

import numpy as np

from geo import Mode, Point
from matching import Anchor, Citizen, JobOrder
from matching.vocabulary import Activity, Attitude, Demand, Support

TODAY = date(2026, 12, 1)
CENTRES = (Point(55.7093, 9.5357), Point(55.6935, 9.5510), Point(55.7265, 9.5160))
_ATTITUDES = [Attitude.GLADLY, Attitude.CAN, Attitude.UNKNOWN, Attitude.RATHER_NOT, Attitude.CANNOT]
_AVOIDED = [Demand.MACHINES, Demand.CROWDS, Demand.EARLY_START, Demand.ALCOHOL_PRESENT]
_WISHED = [Support.SAME_DAY_PAY, Support.QUIET_PLACE, Support.FLEXIBLE_ATTENDANCE]


class Town:
    """A town that gives out new citizens and orders; every one of them differs."""

    def __init__(self, seed: int) -> None:
        """The same seed gives the same town."""
        self._rng = np.random.default_rng(seed)

    def citizens(self, n: int) -> list[Citizen]:
        """n citizens, the longest waiting first."""
        return [self.citizen(number) for number in range(n)]

    def citizen(self, number: int) -> Citizen:
        """A citizen with attitudes to half of the activities and up to two things to avoid."""
        rng = self._rng
        told = rng.choice(list(Activity), 10, replace=False)
        words = rng.choice(_ATTITUDES, 10, p=[0.3, 0.35, 0.1, 0.15, 0.1])
        return Citizen(
            id=f"c-{number:04}",
            anchors=[Anchor(CENTRES[rng.integers(len(CENTRES))])],
            attitudes=dict(zip(told, words, strict=True)),
            avoids=set(rng.choice(_AVOIDED, rng.integers(3), replace=False)),
            wishes=set(rng.choice(_WISHED, rng.integers(3), replace=False)),
            mode=list(Mode)[rng.integers(len(Mode))],
            max_minutes=[None, 30, 45, 60][rng.integers(4)],
            waiting_since=TODAY - timedelta(days=400 - number),
        )

    def orders(self, n: int, places: tuple[int, int] = (1, 4)) -> list[JobOrder]:
        """n job orders of as many employers, with a number of places between two bounds."""
        return [self.order(number, places) for number in range(n)]

    def order(self, number: int, places: tuple[int, int]) -> JobOrder:
        """A job order near a centre; about one in ten answers is not known."""
        rng = self._rng
        activities = rng.choice(list(Activity), rng.integers(1, 4), replace=False)
        centre = CENTRES[rng.integers(len(CENTRES))]
        demands = rng.choice(["yes", "no", "unknown"], len(_AVOIDED), p=[0.15, 0.75, 0.1])
        supports = rng.choice(["yes", "no", "unknown"], len(_WISHED), p=[0.4, 0.4, 0.2])
        return JobOrder(
            id=f"o-{number:04}",
            employer_id=f"e-{number:04}",
            place=Point(centre.lat + rng.normal(0, 0.02), centre.lon + rng.normal(0, 0.035)),
            activities=list(activities),
            demands=dict(zip(_AVOIDED, demands, strict=True)),
            supports=dict(zip(_WISHED, supports, strict=True)),
            places=int(rng.integers(places[0], places[1] + 1)),
            employer_yes=float(rng.integers(6)),
            employer_no=float(rng.integers(4)),
        )
