"""A seeded country of orders and citizens to measure on; nobody in it is picked by hand."""

from datetime import date

import numpy as np
import pandas as pd

from geo import Mode
from geo.places import postal_districts
from matching import Anchor, Citizen
from matching.vocabulary import EXPOSURES, REQUIREMENTS, Activity, Attitude, Demand, Support

TODAY = date(2026, 12, 1)
SEED = 7
ORDERS_OF_ONE = 4
"""How many orders an employer has; all of them are in one town."""
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat")


def orders(size: int) -> pd.DataFrame:
    """`size` orders around the postal districts of Denmark, as towns are: dense in few, thin in many.

    A third of all answers are yes, a third no, a third unknown; one order in fifty has no place. Every
    employer has a few orders in its town.
    """
    random = np.random.default_rng(SEED)
    middles = np.array([(district.point.lat, district.point.lon) for district in postal_districts()])
    town = random.choice(len(middles), size, p=random.dirichlet(np.full(len(middles), 0.5)))
    lat = np.clip(middles[town, 0] + random.normal(0, 0.025, size), 54.5, 57.8)
    lon = np.clip(middles[town, 1] + random.normal(0, 0.045, size), 8.0, 15.2)
    lat[::50] = lon[::50] = np.nan
    employers = np.empty(size, np.intp)
    employers[np.argsort(town, kind="stable")] = np.arange(size) // ORDERS_OF_ONE
    codes = [str(activity) for activity in Activity]
    mixes = [list(random.choice(codes, random.integers(1, 4), replace=False)) for _ in range(400)]
    times = [[f"{random.choice(DAYS)} {start}-{start + 3}"] for start in random.integers(6, 18, 300)]
    answers = {
        str(code): pd.array(random.choice(np.array([True, False, None]), size), dtype="boolean")
        for code in (*Demand, *Support)
    }
    return pd.DataFrame(
        {
            "order_id": [f"o-{number:07}" for number in random.permutation(size)],
            "employer_id": [f"e-{number:07}" for number in employers.tolist()],
            "lat": lat,
            "lon": lon,
            "activities": [mixes[number] for number in random.integers(0, len(mixes), size)],
            "setting": random.choice(["indoor", "outdoor", "both", "unknown"], size),
            "hours_per_week": random.integers(1, 16, size).astype(float),
            "pay_dkk_per_hour": random.integers(130, 175, size).astype(float),
            "times": [times[number] for number in random.integers(0, len(times), size)],
            "places": random.integers(1, 4, size),
            "open_proposals": random.poisson(0.4, size),
            "employer_yes": random.poisson(1.0, size).astype(float),
            "employer_no": random.poisson(1.0, size).astype(float),
            **answers,
        }
    )


def citizens(count: int) -> list[Citizen]:
    """`count` citizens around the same districts with 0 to 6 constraints each, in turn."""
    random = np.random.default_rng(SEED + 1)
    places = [district.point for district in postal_districts()]
    return [_citizen(f"c-{number}", number % 7, places, random) for number in range(count)]


def _citizen(name: str, constraints: int, places: list[object], random: np.random.Generator) -> Citizen:
    hard: list[dict[str, object]] = [
        {"avoids": set(random.choice(sorted(EXPOSURES), random.integers(1, 3), replace=False))},
        {"needs": {str(random.choice(sorted(Support)))}},
        {"max_minutes": float(random.integers(15, 61))},
        {"max_hours_per_week": float(random.integers(3, 12))},
        {"availability": _week(random)},
        {"setting": {"indoor": "cannot", "outdoor": "gladly"}},
    ]
    chosen = random.choice(len(hard), constraints, replace=False)
    said = {field: value for number in chosen for field, value in hard[number].items()}
    liked = random.choice(sorted(Activity), 4, replace=False)
    words = (Attitude.GLADLY, Attitude.GLADLY, Attitude.CAN, Attitude.RATHER_NOT)
    return Citizen(
        id=name,
        anchors=[Anchor(places[random.integers(len(places))])],  # type: ignore[arg-type]
        attitudes=dict(zip(map(str, liked), words, strict=True)),
        abilities={one: "yes" if random.random() < 0.7 else "no" for one in sorted(REQUIREMENTS)},
        mode=list(Mode)[random.integers(4)],
        **said,  # type: ignore[arg-type]
    )


def _week(random: np.random.Generator) -> list[str]:
    """The free times of one citizen, hardly ever those of another."""
    days = random.choice(DAYS, 3, replace=False)
    return [f"{day} {random.integers(7, 11)}-{random.integers(12, 18)}" for day in days]
