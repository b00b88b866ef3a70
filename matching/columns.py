"""Job orders as columns: what the ranking reads, one array per fact.

Three-valued answers are two bits, one for a known yes and one for a known no; neither set is unknown. Mixes
of activities and times of the week are numbers that point into registers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo import Point, Precision
from matching.orders import JobOrder
from matching.registers import Mixes, Timetables
from matching.vocabulary import Answer, Code, Demand, Setting, Support

PRECISIONS = tuple(Precision)
SETTINGS = tuple(Setting)
BIT = {code: 1 << place for kind in (Demand, Support) for place, code in enumerate(kind)}
"""The bit of each demand and of each support in its column."""

_ERROR_KM = np.array([precision.error_km for precision in PRECISIONS])
_EPOCH = date(1970, 1, 1)
NO_START = np.iinfo(np.int32).min
NO_END = np.iinfo(np.int32).max
"""The day numbers of a task whose start or end is not known."""


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The facts of n orders, each field an array of length n, but for the two registers pointed into.

    `lat` and `lon` are degrees, NaN where the place is unknown. `hours` are a week's, `pay` is kroner an
    hour, both NaN when unknown. `starts` and `ends` are days since 1970.
    """

    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    precision: NDArray[np.uint8]
    mix: NDArray[np.int32]
    setting: NDArray[np.uint8]
    demand_yes: NDArray[np.uint32]
    demand_no: NDArray[np.uint32]
    support_yes: NDArray[np.uint16]
    support_no: NDArray[np.uint16]
    timetable: NDArray[np.int32]
    hours: NDArray[np.float64]
    pay: NDArray[np.float64]
    places: NDArray[np.int32]
    open_proposals: NDArray[np.int32]
    employer_yes: NDArray[np.float64]
    employer_no: NDArray[np.float64]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    mixes: Mixes
    timetables: Timetables

    def __len__(self) -> int:
        """How many orders."""
        return len(self.lat)

    def take(self, rows: Sequence[int] | NDArray[np.intp]) -> "Columns":
        """The columns of some rows, in the order given; the registers stay as they are."""
        arrays: dict[str, Any] = {
            item.name: value[rows]
            for item in fields(self)
            if isinstance(value := getattr(self, item.name), np.ndarray)
        }
        return replace(self, **arrays)

    @property
    def error_km(self) -> NDArray[np.float64]:
        """The radius within which each place is taken to lie, in kilometres."""
        return _ERROR_KM[self.precision]

    @property
    def load(self) -> NDArray[np.float64]:
        """Open proposals per place; an order without places counts as one with a single place."""
        return self.open_proposals / np.maximum(self.places, 1)

    @cached_property
    def most_yes(self) -> float:
        """The most answers of yes that any employer here has given; 0 without orders."""
        return float(self.employer_yes.max(initial=0.0))

    def order(self, row: int) -> JobOrder:
        """The order of a row, without its id, employer and title, which columns do not hold."""
        lat, lon = known(self.lat[row]), known(self.lon[row])
        return JobOrder(
            id="",
            place=None if lat is None or lon is None else Point(lat, lon),
            precision=PRECISIONS[self.precision[row]],
            activities=dict(self.mixes.entries[self.mix[row]]),
            setting=SETTINGS[self.setting[row]],
            demands=_answers(Demand, int(self.demand_yes[row]), int(self.demand_no[row])),
            supports=_answers(Support, int(self.support_yes[row]), int(self.support_no[row])),
            hours_per_week=known(self.hours[row]),
            pay_dkk_per_hour=known(self.pay[row]),
            times=self.timetables.entries[self.timetable[row]],
            places=int(self.places[row]),
            open_proposals=int(self.open_proposals[row]),
            employer_yes=float(self.employer_yes[row]),
            employer_no=float(self.employer_no[row]),
            starts_on=_day(self.starts[row]),
            ends_on=_day(self.ends[row]),
        )


def mask(codes: frozenset[Code]) -> int:
    """The bits of a set of demands or of supports."""
    return sum(BIT[code] for code in codes)


def day_number(day: date) -> int:
    """Days since 1970."""
    return (day - _EPOCH).days


def known(value: float) -> float | None:
    """A number of a column as a value: NaN is not known."""
    # NaN alone differs from itself; asking NumPy about one number costs ten times as much
    return None if value != value else float(value)


def _answers(kind: type[Code], yes: int, no: int) -> dict[Code, Answer]:
    said = {code: Answer.YES for code in kind if yes & BIT[code]}
    return said | {code: Answer.NO for code in kind if no & BIT[code]}


def _day(number: int) -> date | None:
    return None if number in (NO_START, NO_END) else _EPOCH + timedelta(days=int(number))
