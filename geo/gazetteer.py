"""Questions about the places of Denmark: which one a name or number means, and which are near a point.

Lookups by name answer a `Match` with a grade, or None when nothing is known under it. Nothing is picked where
several fit. There are no boundaries here: what lies in a district is told from shared municipalities and from
distance, and the municipality of a point is a hint.
"""

from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from geo.names import Grade, Match, Names, fold
from geo.places import (
    DAGI,
    GEONAMES,
    Municipality,
    PostalDistrict,
    Source,
    Town,
    municipalities,
    postal_districts,
    towns,
)
from geo.point import Point, haversine_km

REACH_KM = 12.0
"""How far from its district's centre a town can lie; of 302 that share its name, the farthest is 8.9 km."""

SURE_TOWN_KM = 1.0
"""This near to a town, all of 568 points in three municipalities lay in the town's."""


class Located(Protocol):
    """Anything with a point."""

    @property
    def point(self) -> Point:
        """Where it is."""


Place = TypeVar("Place", bound=Located)


class Gazetteer:
    """Postal districts, municipalities and towns, by number, code, name and nearness."""

    def __init__(
        self,
        districts: Iterable[PostalDistrict],
        municipalities: Iterable[Municipality],
        towns: Iterable[Town],
    ) -> None:
        """Hold the tables; `Gazetteer.shipped()` answers the one with the product's own."""
        self.postal_districts = tuple(districts)
        self.municipalities = tuple(municipalities)
        self.towns = tuple(towns)

    @classmethod
    @cache
    def shipped(cls) -> "Gazetteer":
        """The gazetteer of the shipped tables, read once."""
        return cls(postal_districts(), municipalities(), towns())

    def postal_district(self, postcode: str) -> PostalDistrict | None:
        """The district of a postcode of four digits ("1620" falls into a range), or None when not known."""
        wanted = postcode.strip()
        exact = self._by_number.get(wanted)
        return exact or next((row for row in self._ranges if row.holds(wanted)), None)

    def postal_district_named(self, name: str) -> Match[PostalDistrict] | None:
        """The district of a name; "Odense" alone fits none, as there are several with a letter after it."""
        return self._district_names.match(name)

    def municipality(self, code_or_name: str) -> Match[Municipality] | None:
        """The municipality of a code ("0370"; "370" is taken for a slip) or of a name, "Kommune" or not."""
        wanted = code_or_name.strip()
        if wanted.isdecimal():
            found = self._by_code.get(wanted.zfill(4))
            return Match(Grade.A if len(wanted) == 4 else Grade.B, (found,)) if found else None
        words = [word for word in wanted.split() if word.casefold() not in {"kommune", "kommunes"}]
        match = self._municipality_names.match(" ".join(words))
        if match and len(words) < len(wanted.split()):
            return Match(max(match.grade, Grade.B), match.candidates)
        return match

    def town(
        self, name: str, *, municipality: str | None = None, district: PostalDistrict | None = None
    ) -> Match[Town] | None:
        """The town of a name, within the municipality of that code and within reach of that district.

        A name that several towns in question share answers them all, with grade C.
        """
        held = self.towns_of(district) if district else self.towns
        within = [town for town in held if municipality in (None, town.municipality)]
        names = self._town_names if len(within) == len(self.towns) else Names(within, _name)
        return names.match(name)

    def knows(self, name: str) -> bool:
        """Whether a town or a postal district is called so; such a name is no slip for another one."""
        return name in self._town_names or name in self._district_names

    def towns_of(self, district: PostalDistrict) -> tuple[Town, ...]:
        """The towns that may lie in the district: in a municipality it touches, and within reach."""
        reach = self._km_to_towns(district.centre)
        return tuple(
            town
            for town, km in zip(self.towns, reach, strict=True)
            if km <= REACH_KM and town.municipality in district.municipalities
        )

    def namesake(self, district: PostalDistrict) -> Town | None:
        """The town that gave the district its name, if there is exactly one that may lie in it."""
        same = [town for town in self.towns_of(district) if fold(town.name) == fold(district.name)]
        return same[0] if len(same) == 1 else None

    def best_point(self, district: PostalDistrict) -> tuple[Point, Source]:
        """Where something in the district most likely is: in the town of its name, else at the centroid.

        Of 363 workplaces around Næstved the median one is 1.5 km from the former, 2.2 km from the centroid.
        """
        town = self.namesake(district)
        return (town.point, GEONAMES) if town else (district.centre, DAGI)

    def main_point(self, code: str) -> Point | None:
        """The town of a municipality that lies nearest to its other towns, as a point for the whole of it."""
        held = [town for town in self.towns if town.municipality == code]
        if not held:
            return None
        lat, lon = _degrees(held)
        return held[int(haversine_km(lat[:, None], lon[:, None], lat, lon).sum(axis=1).argmin())].point

    def nearest_postal_districts(self, point: Point, k: int = 1) -> tuple[tuple[PostalDistrict, float], ...]:
        """The k districts whose inner point is nearest, with straight-line kilometres."""
        return _nearest(self.postal_districts, _km(point, *self._district_degrees), k)

    def nearest_towns(self, point: Point, k: int = 1) -> tuple[tuple[Town, float], ...]:
        """The k nearest towns, with straight-line kilometres."""
        return _nearest(self.towns, self._km_to_towns(point), k)

    def municipality_of(self, point: Point) -> Match[Municipality]:
        """A hint at the municipality of a point, from what is near; B at best, as there are no boundaries.

        B where the nearest town and the nearest postal district agree and the point is in the town, or the
        district touches no other municipality. Otherwise C with all that come into question, likeliest first.
        """
        ((town, km),) = self.nearest_towns(point)
        ((district, _),) = self.nearest_postal_districts(point)
        likely = dict.fromkeys((district.largest_municipality, town.municipality, *district.municipalities))
        agreed = town.municipality == district.largest_municipality
        if agreed and (km <= SURE_TOWN_KM or len(district.municipalities) == 1):
            return Match(Grade.B, (self._by_code[town.municipality],))
        return Match(Grade.C, tuple(self._by_code[code] for code in likely))

    def _km_to_towns(self, point: Point) -> NDArray[np.float64]:
        return _km(point, *self._town_degrees)

    @cached_property
    def _by_number(self) -> dict[str, PostalDistrict]:
        return {row.number: row for row in self.postal_districts if "-" not in row.number}

    @cached_property
    def _ranges(self) -> list[PostalDistrict]:
        return [row for row in self.postal_districts if "-" in row.number]

    @cached_property
    def _by_code(self) -> dict[str, Municipality]:
        return {row.code: row for row in self.municipalities}

    @cached_property
    def _district_names(self) -> Names[PostalDistrict]:
        return Names(self.postal_districts, _name)

    @cached_property
    def _municipality_names(self) -> Names[Municipality]:
        return Names(self.municipalities, _name)

    @cached_property
    def _town_names(self) -> Names[Town]:
        return Names(self.towns, _name)

    @cached_property
    def _district_degrees(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return _degrees(self.postal_districts)

    @cached_property
    def _town_degrees(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return _degrees(self.towns)


def _name(row: PostalDistrict | Municipality | Town) -> str:
    return row.name


def _degrees(rows: Sequence[Located]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return np.array([row.point.lat for row in rows]), np.array([row.point.lon for row in rows])


def _km(point: Point, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float64]:
    return haversine_km(point.lat, point.lon, lat, lon)


def _nearest(rows: Sequence[Place], km: NDArray[np.float64], k: int) -> tuple[tuple[Place, float], ...]:
    order = np.argsort(km, kind="stable")[:k]
    return tuple((rows[place], float(km[place])) for place in order)
