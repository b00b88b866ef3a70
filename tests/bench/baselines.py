"""What the search is measured against, in the same run: each the best of its kind that we can write.

The full scans give the same list as the search. pandas is how one would do it in a notebook without the
product; `nearest` and `postgis` hold the indices of places.
"""

from dataclasses import fields

import numpy as np
import pandas as pd

from geo import haversine_km
from matching import Catalogue, Citizen, Policy
from matching.assessment import assess, way_to, whole_points
from matching.policy import Part
from matching.scoring import load_price, nearness, openness, suitability, wishes
from matching.search import order_rows
from matching.standing import Group, Sieve
from tests.bench.country import TODAY


def one_pass(catalogue: Catalogue) -> float:
    """Read every value of every column once."""
    columns = [getattr(catalogue.columns, item.name) for item in fields(catalogue.columns)]
    return sum(float(column.max()) for column in columns if isinstance(column, np.ndarray))


def plain_scan(citizen: Citizen, catalogue: Catalogue, k: int, policy: Policy) -> list[int]:
    """Judge every order in full, as the ledger of each would need it."""
    found = assess(citizen, catalogue.columns, TODAY, policy)
    rows = np.flatnonzero(Group.RANKED.of(found))
    return order_rows(rows, found.whole_points[rows], found.orders.load[rows], catalogue.ids)[:k]


def fastest_scan(citizen: Citizen, catalogue: Catalogue, k: int, policy: Policy) -> list[int]:
    """All rules on packed flags, then only the score of those ranked, then a partition for the best."""
    rows = np.flatnonzero(Sieve(citizen, catalogue, TODAY, policy).group(Group.RANKED))
    orders = catalogue.columns.take(rows)
    minutes = way_to(citizen, orders.sites(), policy).minutes
    parts = {
        Part.NEARNESS: nearness(minutes, citizen.mode, policy),
        Part.SUITABILITY: suitability(citizen, orders, policy),
        Part.WISHES: wishes(citizen, orders, policy),
        Part.EMPLOYER_OPENNESS: openness(orders, policy),
    }
    total = sum(
        policy.weights[part] * np.log(np.clip(value, policy.floor, 1)) for part, value in parts.items()
    )
    score = 100 * np.exp(total)
    points = whole_points(score - np.minimum(load_price(orders, policy), score))
    if len(points) > k:
        bar = np.partition(points, len(points) - k)[len(points) - k]
        best = np.flatnonzero(points >= bar)
        rows, points, orders = rows[best], points[best], orders.take(best)
    return order_rows(rows, points, orders.load, catalogue.ids)[:k]


def pandas_scan(citizen: Citizen, frame: pd.DataFrame, k: int, policy: Policy) -> list[str]:
    """Masks, a distance column and a sort; not all of the rules."""
    kept = frame
    for code in sorted(citizen.avoids):
        kept = kept[kept[code].eq(False).fillna(False)]
    for code in sorted(citizen.needs):
        kept = kept[kept[code].eq(True).fillna(False)]
    if citizen.max_hours_per_week is not None:
        kept = kept[kept["hours_per_week"] <= citizen.max_hours_per_week]
    anchor = citizen.anchors[0].point
    km = haversine_km(anchor.lat, anchor.lon, kept["lat"].to_numpy(), kept["lon"].to_numpy())
    minutes = policy.pace[citizen.mode].minutes(km)
    liked = {code: policy.attitudes[word] for code, word in citizen.attitudes.items()}
    suits = kept["activities"].map(lambda codes: sum(liked.get(code, 0.4) for code in codes) / len(codes))
    score = nearness(minutes, citizen.mode, policy) * suits
    return list(kept.assign(score=score).sort_values(["score", "order_id"])["order_id"].tail(k))
