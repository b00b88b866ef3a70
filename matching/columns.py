"""Job orders as columns: what the ranking reads, one array per fact.

Three-valued answers are two bits, one for a known yes and one for a known no; neither set is unknown. Mixes
of activities and times of the week are numbers that point into registers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo import Precision
from matching.registers import Mixes, Timetables
from matching.vocabulary import Code, Demand, Setting, Support

PRECISIONS_BY_NUMBER = tuple(Precision)
SETTINGS_BY_NUMBER = tuple(Setting)
"""The codes that the numbers of their column stand for."""
BIT = {code: 1 << place for kind in (Demand, Support) for place, code in enumerate(kind)}
"""The bit of each demand and of each support in its column."""

_ERROR_KM = np.array([precision.error_km for precision in PRECISIONS_BY_NUMBER])
_EPOCH = date(1970, 1, 1)
WEIGHED = frozenset({"open_proposals", "employer_yes", "employer_no"})
"""The columns that the score reads and no rule does."""
NO_START = np.iinfo(np.int32).min
NO_END = np.iinfo(np.int32).max
"""The day numbers of a task whose start or end is not known."""


@dataclass(frozen=True, slots=True)
class Sites:
    """Where n orders are: degrees, NaN where it is unknown, and the radius of doubt in kilometres."""

    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    error_km: NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The facts of n orders, each field an array of length n, but for the two registers pointed into.

    `lat` and `lon` are degrees, NaN where the place is unknown. `hours` are a week's, `pay` is kroner an
    hour, both NaN when unknown. Mixes and timetables are looked up for all orders at once, which is fastest
    by numbers of the machine's own size. `starts` and `ends` are days since 1970. An order that was changed
    or taken away since is not `present`: it is in no group and counts nowhere.
    """

    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    precision: NDArray[np.uint8]
    mix: NDArray[np.intp]
    setting: NDArray[np.uint8]
    demand_yes: NDArray[np.uint32]
    demand_no: NDArray[np.uint32]
    support_yes: NDArray[np.uint16]
    support_no: NDArray[np.uint16]
    timetable: NDArray[np.intp]
    hours: NDArray[np.float64]
    pay: NDArray[np.float64]
    places: NDArray[np.int32]
    open_proposals: NDArray[np.int32]
    employer_yes: NDArray[np.float64]
    employer_no: NDArray[np.float64]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    present: NDArray[np.bool_]
    mixes: Mixes
    timetables: Timetables

    def __len__(self) -> int:
        """How many orders."""
        return len(self.lat)

    def take(self, rows: slice | Sequence[int] | NDArray[np.intp]) -> "Columns":
        """The columns of some rows, in the order given; the registers stay as they are."""
        return self.each(lambda column: column[rows])

    def each(self, change: Callable[[NDArray[Any]], NDArray[Any]]) -> "Columns":
        """The columns, each changed alike; the registers stay as they are."""
        changed: dict[str, Any] = {name: change(column) for name, column in self.arrays.items()}
        return replace(self, **changed)

    @property
    def arrays(self) -> dict[str, NDArray[Any]]:
        """The columns by name, without the registers."""
        return {name: getattr(self, name) for name in _ARRAYS}

    def differing(self, others: "Columns") -> set[str]:
        """The fields, registers among them, that are not one and the same in both."""
        names = (item.name for item in fields(self))
        return {name for name in names if getattr(self, name) is not getattr(others, name)}

    def sites(self, rows: slice | NDArray[np.intp] = slice(None)) -> Sites:
        """Where some of the orders are, or all of them."""
        return Sites(self.lat[rows], self.lon[rows], _ERROR_KM[self.precision[rows]])

    @property
    def load(self) -> NDArray[np.float64]:
        """Open proposals per place; an order without places counts as one with a single place."""
        return self.load_of(slice(None))

    def load_of(self, rows: slice | NDArray[np.intp]) -> NDArray[np.float64]:
        """The load of some orders."""
        return self.open_proposals[rows] / np.maximum(self.places[rows], 1)

    @cached_property
    def most_yes(self) -> float:
        """The most answers of yes that any employer here has given; 0 without orders."""
        return float(self.employer_yes.max(initial=0.0))


_ARRAYS = tuple(item.name for item in fields(Columns) if item.name not in ("mixes", "timetables"))


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
