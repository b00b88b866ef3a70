"""The postal districts, municipalities and towns of Denmark, as small tables shipped with the product.

Source, date, terms and limits of the tables stand in `data/README.md`. They are read when first asked for,
and once.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from geo.point import Point


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures come from, how old they are and what has to be said wherever they are shown."""

    name: str
    dated: date | None
    attribution: str = ""


DAGI = Source(
    "DAGI 1:500,000",
    date(2014, 2, 13),
    "Indeholder data fra Geodatastyrelsen (nu Klimadatastyrelsen), DAGI, februar 2014.",
)
GEONAMES = Source("GeoNames", date(2026, 9, 26), "GeoNames (geonames.org), CC BY 4.0")
ATTRIBUTION = (DAGI.attribution, GEONAMES.attribution)
"""The lines that a page or an output has to carry when it shows these places."""


@dataclass(frozen=True, slots=True)
class PostalDistrict:
    """A postal district: `number` is four digits, or a range such as "1000-1499" in inner Copenhagen.

    `point` lies inside the district; `centre` is its centroid, on the whole nearer to what is there, but it
    may lie in water or across a border. `municipalities` are the codes of all that it touches,
    `largest_municipality` is the one with most of its area.
    """

    number: str
    name: str
    point: Point
    centre: Point
    largest_municipality: str
    municipalities: tuple[str, ...]

    def holds(self, postcode: str) -> bool:
        """Whether a postcode of four digits is this district's."""
        first, _, last = self.number.partition("-")
        return len(postcode) == len(first) and first <= postcode <= (last or first)


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality by its code of four digits; Christiansø (0411), which is none, counts as one here."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Town:
    """A town with the code of its municipality. Names occur several times in Denmark."""

    name: str
    point: Point
    municipality: str


@cache
def postal_districts() -> tuple[PostalDistrict, ...]:
    """All 592 postal districts, by number."""
    return tuple(
        PostalDistrict(
            number=row["number"],
            name=row["name"],
            point=Point(float(row["lat"]), float(row["lon"])),
            centre=Point(float(row["centre_lat"]), float(row["centre_lon"])),
            largest_municipality=row["largest_municipality"],
            municipalities=tuple(row["municipalities"].split("|")),
        )
        for row in _rows("postal_districts.csv")
    )


@cache
def municipalities() -> tuple[Municipality, ...]:
    """The 98 municipalities and Christiansø, by code."""
    return tuple(Municipality(row["code"], row["name"]) for row in _rows("municipalities.csv"))


@cache
def towns() -> tuple[Town, ...]:
    """The 435 towns, by municipality and name."""
    return tuple(
        Town(row["name"], Point(float(row["lat"]), float(row["lon"])), row["municipality"])
        for row in _rows("towns.csv")
    )


def _rows(table: str) -> Iterator[dict[str, str]]:
    text = files("geo").joinpath("data", table).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())
