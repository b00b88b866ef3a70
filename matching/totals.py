"""How many orders are in each group, and how many each rule stops, without a list of them.

Every order counts, but its way is reckoned only where the citizen has a limit and the order lies near enough
to keep it.
"""

from dataclasses import dataclass
from datetime import date
from math import inf

import numpy as np
from numpy.typing import NDArray

from matching.assessment import way_to
from matching.catalogue import Catalogue
from matching.citizens import Citizen
from matching.constraints import checks
from matching.policy import Policy


@dataclass(frozen=True, slots=True)
class Totals:
    """The sizes of the ranked and the asked group, and of the excluded one by the first rule that applies."""

    ranked: int
    asked: int
    excluded: dict[str, int]


def count_groups(citizen: Citizen, catalogue: Catalogue, on: date, policy: Policy) -> Totals:
    """Count the whole catalogue for a citizen."""
    size = len(catalogue)
    open_still = np.ones(size, np.bool_)
    unknown = np.zeros(size, np.bool_)
    excluded = {}
    for check in checks(citizen, catalogue.columns, _minutes(citizen, catalogue, policy), on):
        if stopped := int(np.count_nonzero(check.conflict & open_still)):
            excluded[check.rule] = stopped
            open_still &= ~check.conflict
        unknown |= check.unknown
    asked = int(np.count_nonzero(unknown & open_still))
    return Totals(ranked=int(np.count_nonzero(open_still)) - asked, asked=asked, excluded=excluded)


def _minutes(citizen: Citizen, catalogue: Catalogue, policy: Policy) -> NDArray[np.float64]:
    """The minutes of every order as far as a limit counts: NaN without a place, infinite out of reach."""
    grid = catalogue.grid
    minutes = np.full(len(catalogue), inf if citizen.max_minutes is not None else 0.0)
    minutes[grid.placed :] = np.nan
    if citizen.max_minutes is not None:
        reach = policy.pace[citizen.mode].reach_km(citizen.max_minutes)
        windows = [grid.within_km(anchor.point, reach) for anchor in citizen.anchors]
        rows = np.unique(np.concatenate([grid.places(grid.cells(window)) for window in windows]))
        minutes[rows] = way_to(citizen, catalogue.columns.take(rows), policy).minutes
    return minutes
