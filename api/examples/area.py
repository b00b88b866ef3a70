"""Where things are in a made-up municipality: scattered around the towns of its real postal districts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import cos, radians

import numpy as np
from numpy.typing import NDArray

from api.domain.records import Place
from api.examples.municipality import SOURCE, STREET
from geo import Point, Precision
from geo.gazetteer import Gazetteer
from geo.places import Municipality, PostalDistrict

KM_PER_DEGREE = 111.2
"""Kilometres per degree of latitude."""

SCATTER_KM = 1.6
"""Standard deviation, north and east, of a place around its town."""

FARTHEST_KM = 5.0

MAIN_TOWN_WEIGHT = 4.0
"""How much likelier the district named after the municipality is than each of the others."""

KNOWN_AS = {
    Precision.ADDRESS: 0.78,
    Precision.STREET: 0.08,
    Precision.POSTAL_DISTRICT: 0.08,
    None: 0.06,
}
"""How often a place is known how well; None is not at all."""


@dataclass(frozen=True)
class Area:
    """A municipality and the postal districts that lie mostly in it."""

    municipality: Municipality
    gazetteer: Gazetteer

    @cached_property
    def districts(self) -> tuple[PostalDistrict, ...]:
        """The districts with most of their area here."""
        code = self.municipality.code
        return tuple(row for row in self.gazetteer.postal_districts if row.largest_municipality == code)

    @cached_property
    def hearts(self) -> tuple[Point, ...]:
        """For each district the town of its name, else a point inside it."""
        towns = (self.gazetteer.namesake(district) for district in self.districts)
        return tuple(
            town.point if town else district.point
            for district, town in zip(self.districts, towns, strict=True)
        )

    @cached_property
    def main(self) -> int:
        """The index of the district that most things are in."""
        return int(self._shares().argmax())

    def places(self, rng: np.random.Generator, n: int, on: date) -> Iterator[Place]:
        """n places, most of them known by their address."""
        which = rng.choice(len(self.districts), n, p=self._shares()).tolist()
        known = rng.choice(len(KNOWN_AS), n, p=list(KNOWN_AS.values())).tolist()
        levels = list(KNOWN_AS)
        for number, (district, level, shift) in enumerate(zip(which, known, _shifts(rng, n), strict=True), 1):
            yield self.place(district, levels[level], shift, number, on)

    def place(
        self, district: int, precision: Precision | None, shift: tuple[float, float], number: int, on: date
    ) -> Place:
        """One place, `shift` kilometres north and east of the heart of the district of that index."""
        row, heart = self.districts[district], self.hearts[district]
        named = precision in (Precision.ADDRESS, Precision.STREET)
        return Place(
            street=STREET if named else "",
            house_number=str(number) if precision is Precision.ADDRESS else "",
            postcode=row.number[:4],
            town=row.name,
            point=_moved(heart, shift) if named else heart if precision else None,
            precision=precision or Precision.POSTAL_DISTRICT,
            source=SOURCE,
            dated=on,
        )

    def _shares(self) -> NDArray[np.float64]:
        name = self.municipality.name
        weights = [MAIN_TOWN_WEIGHT if row.name.startswith(name) else 1.0 for row in self.districts]
        return np.array(weights) / sum(weights)


def _shifts(rng: np.random.Generator, n: int) -> list[tuple[float, float]]:
    """Kilometres north and east, none farther off than `FARTHEST_KM`."""
    drawn = rng.normal(0.0, SCATTER_KM, (n, 2))
    far = np.maximum(np.hypot(drawn[:, 0], drawn[:, 1]) / FARTHEST_KM, 1.0)
    return [(north, east) for north, east in (drawn / far[:, None]).tolist()]


def _moved(heart: Point, shift: tuple[float, float]) -> Point:
    north, east = shift
    lat = heart.lat + north / KM_PER_DEGREE
    lon = heart.lon + east / (KM_PER_DEGREE * cos(radians(heart.lat)))
    return Point(round(lat, 5), round(lon, 5))
