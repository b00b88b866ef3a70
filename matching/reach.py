"""Which orders are farther away than a citizen's own limit, with a way reckoned only where it is in doubt.

Where a whole cell of the grid lies within reach nothing has to be reckoned, and neither where it lies
without; what is left are the cells on the edge, and places known so roughly that the doubt counts as
distance.
"""

from math import sqrt

import numpy as np

from geo.index import Grid
from geo.travel import HAIR_KM
from matching.assessment import too_far, way_to
from matching.citizens import Citizen
from matching.columns import PRECISIONS_BY_NUMBER, Columns
from matching.facts import Flags, Rows
from matching.policy import Policy

ROUGH_KM = 0.5
"""Up to this radius of doubt a place in the middle of a reach need not be looked at by itself."""

_FINE = sum(precision.error_km <= ROUGH_KM for precision in PRECISIONS_BY_NUMBER)
"""How many of the precisions, which begin with the finest, are fine enough for that."""


def out_of_reach(citizen: Citizen, orders: Columns, grid: Grid, policy: Policy) -> Flags:
    """Where the way is longer than the citizen's limit; nowhere without a limit, or where it is unknown.

    `orders` are those that the grid was laid for.
    """
    far = np.zeros(len(orders), np.bool_)
    if citizen.max_minutes is None:
        return far
    far[: grid.placed] = True
    reach = policy.pace[citizen.mode].reach_km(citizen.max_minutes)
    # without the hair, which the root would make longer
    inside = sqrt(max((reach - HAIR_KM) ** 2 - ROUGH_KM**2, 0.0))
    _clear_inside(far, citizen, orders, grid, inside)
    rows = _in_doubt(far, citizen, grid, reach)
    far[rows] = too_far(citizen, way_to(citizen, orders.sites(rows), policy).minutes)
    return far


def _clear_inside(far: Flags, citizen: Citizen, orders: Columns, grid: Grid, km: float) -> None:
    """Whatever lies in cells within `km` of an anchor, and is not known too roughly, is not far."""
    for anchor in citizen.anchors:
        for run in grid.runs_inside_km(anchor.point, km):
            far[run] &= orders.precision[run] >= _FINE


def _in_doubt(far: Flags, citizen: Citizen, grid: Grid, km: float) -> Rows:
    """What may lie within `km` of an anchor and was not found to be near; twice what is near two of them."""
    runs = [run for anchor in citizen.anchors for run in grid.runs_touching_km(anchor.point, km)]
    return np.concatenate([np.empty(0, np.intp), *(np.flatnonzero(far[run]) + run.start for run in runs)])
