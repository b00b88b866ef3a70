"""Employers on a map drawn from our own tables: around a centre, or around one employer to be marked."""

import json
from collections.abc import Sequence
from math import ceil

from api.domain.records import Centre
from api.pages.place_map import (
    LEAST_KM,
    METRES,
    MOST_PLACES,
    Named,
    PlaceMap,
    landmarks,
    spot,
)
from geo import ATTRIBUTION, Point, haversine_km

MOST_DOTS = 600
"""So many employers are drawn as dots; the first ones, where there are more."""

AROUND_KM, LEAST_NAMES = (2, 4, 7, 10, 14, 20), 5
"""How far the map reaches on which a place is marked: until so many names stand on it to find the way by."""


def portfolio_map(
    centres: Sequence[Centre], chosen: Centre | None, km: float | None, points: Sequence[Point]
) -> PlaceMap | None:
    """The sifted employers around the chosen centre, else around the first; None when nothing has a place."""
    starts = [(centre.place.point, centre.name) for centre in centres if centre.place.point]
    middle = (chosen and chosen.place.point) or _middle(points) or next((at for at, _ in starts), None)
    if middle is None:
        return None
    far = sorted(_km(middle, points))
    reach = km or max([LEAST_KM, *far[: ceil(len(far) * MOST_PLACES)]])
    rings = [[round(km * METRES), f"{km:g} km".replace(".", ","), True]] if km and chosen else []
    return _drawn(middle, starts, reach, rings=rings, out=[spot(point) for point in points[:MOST_DOTS]])


def marking_map(
    centres: Sequence[Centre], at: Point | None, somewhere: Point | None = None
) -> PlaceMap | None:
    """Towns and centres around a place; while it is not known, around the first centre, else `somewhere`."""
    starts = [(centre.place.point, centre.name) for centre in centres if centre.place.point]
    middle = at or next((point for point, _ in starts), somewhere)
    if middle is None:
        return None
    # what has a place is corrected by some metres; what has none is looked for by the names around it
    return _drawn(middle, starts, AROUND_KM[0] if at else _named_within(middle))


def _named_within(middle: Point) -> float:
    """How far a map reaches that shows enough towns and districts, else as far as one may."""
    names = ((km, landmarks(middle, km)) for km in AROUND_KM)
    return next((km for km, found in names if sum(map(len, found.values())) >= LEAST_NAMES), AROUND_KM[-1])


def _drawn(
    middle: Point,
    starts: Sequence[Named],
    reach: float,
    rings: Sequence[object] = (),
    out: Sequence[object] = (),
) -> PlaceMap:
    drawing = {
        "middle": spot(middle),
        "starts": [[*spot(point), name] for point, name in starts],
        "rings": rings,
        **landmarks(middle, reach),
        "out": out,
        "reach": round(reach * METRES),
    }
    return PlaceMap(json.dumps(drawing, ensure_ascii=False, separators=(",", ":")), " ".join(ATTRIBUTION))


def _middle(points: Sequence[Point]) -> Point | None:
    """The median of both coordinates: one employer far away does not move the map."""
    if not points:
        return None
    lat, lon = sorted(point.lat for point in points), sorted(point.lon for point in points)
    return Point(lat[len(lat) // 2], lon[len(lon) // 2])


def _km(middle: Point, points: Sequence[Point]) -> list[float]:
    lat, lon = [point.lat for point in points], [point.lon for point in points]
    return [float(km) for km in haversine_km(middle.lat, middle.lon, lat, lon)] if points else []
