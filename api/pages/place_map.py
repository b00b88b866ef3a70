"""The map beside a list, drawn from our own tables: the centre in the middle, rings of minutes, towns.

No tile of another host is fetched. A ring is as far as the citizen's way of travelling comes in its minutes,
by the pace and detour of the policy; it knows no roads.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from api.casework.rankings import ShortlistFound
from api.pages.shortlist_rows import Row
from geo import ATTRIBUTION, Pace, Point, haversine_km
from geo.names import fold
from geo.places import postal_districts, towns
from matching.language import Speech
from matching.standing import Group

STEPS = (5, 10, 15, 20, 30, 60, 120)
"""Minutes from one ring to the next; the first that gives `MOST_RINGS` at most is taken."""

MOST_RINGS = 4
LEAST_KM, MOST_PLACES, MOST_DOTS = 1.5, 0.85, 200
"""A map reaches at least this far, shows this share of each list at first, and so many of the left out."""

MARGIN = 1.4
"""How far beyond the farthest row something is still drawn."""

METRES = 1000
Named = tuple[Point, str]


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """What the script draws, as JSON; the rows of the lists carry their own places."""

    drawing: str
    attribution: str


def place_map(found: ShortlistFound, rows: Sequence[Row], asked: Sequence[Row], speech: Speech) -> PlaceMap:
    """The map around the first place that the citizen starts from."""
    ranking = found.found
    middle = ranking.citizen.anchors[0].point
    reach = max(LEAST_KM, _reach(middle, rows), _reach(middle, asked))
    drawing = {
        "starts": [[*spot(anchor.point), anchor.name] for anchor in ranking.citizen.anchors],
        "rings": _rings(
            ranking.policy.pace[ranking.citizen.mode], ranking.citizen.max_minutes, reach, speech
        ),
        **landmarks(middle, reach),
        "out": [spot(place) for place, _ in within(middle, reach, _left_out(found))],
        "reach": round(reach * METRES),
    }
    return PlaceMap(json.dumps(drawing, ensure_ascii=False, separators=(",", ":")), " ".join(ATTRIBUTION))


def _reach(middle: Point, rows: Sequence[Row]) -> float:
    # of each list by itself: the only number is not left outside for the sake of many questions close by
    far = sorted(_km(middle, [row.place for row in rows if row.place]))
    return max(far[: ceil(len(far) * MOST_PLACES)], default=0)


def landmarks(middle: Point, reach: float) -> dict[str, list[list[object]]]:
    """The towns by name and, with their numbers, the postal districts that no town here is called like.

    A town's name stands where the town is, a district's in the middle of its area: it names a stretch of
    country, not a village.
    """
    near = within(middle, reach, [(town.point, town.name) for town in towns()])
    known = {fold(name) for _, name in near}
    others = [row for row in postal_districts() if fold(row.name) not in known]
    districts = [(row.point, f"{row.number} {row.name}") for row in others]
    return {"towns": _named(near), "districts": _named(within(middle, reach, districts))}


def _named(places: Sequence[Named]) -> list[list[object]]:
    return [[*spot(place), name] for place, name in places]


def _left_out(found: ShortlistFound) -> list[Named]:
    stopped = found.found.shown(Group.EXCLUDED)[:MOST_DOTS]
    orders = (found.found.catalogue.order(found.found.ids[index]) for index in stopped)
    return [(order.place, order.title) for order in orders if order.place]


def within(middle: Point, reach: float, places: Sequence[Named]) -> list[Named]:
    """The places that a map of this reach can show."""
    far = _km(middle, [place for place, _ in places])
    return [named for named, km in zip(places, far, strict=True) if km < reach * MARGIN]


def _km(middle: Point, places: Sequence[Point]) -> list[float]:
    lat, lon = [place.lat for place in places], [place.lon for place in places]
    return [float(km) for km in haversine_km(middle.lat, middle.lon, lat, lon)] if places else []


def _rings(pace: Pace, most: float | None, reach: float, speech: Speech) -> list[list[object]]:
    """Metres, label and whether it is the longest way that the citizen would go."""
    within = [minutes for minutes in range(1, 601) if 0.05 < pace.reach_km(minutes) < reach * MARGIN]
    step = next(
        (step for step in STEPS if len([m for m in within if m % step == 0]) <= MOST_RINGS), STEPS[-1]
    )
    drawn = {minutes: False for minutes in within if minutes % step == 0}
    if most is not None and 0 < pace.reach_km(most) < reach * MARGIN:
        drawn[round(most)] = True
    return [
        [round(pace.reach_km(minutes) * METRES), f"{minutes} min.", last]
        for minutes, last in sorted(drawn.items())
    ]


def spot(point: Point) -> list[float]:
    """A point as the script reads it, to about a metre."""
    return [round(point.lat, 5), round(point.lon, 5)]
