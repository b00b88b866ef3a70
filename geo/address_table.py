"""Addresses that a municipality has loaded from its own file or register, and the points they stand at.

The only source of precise places that needs no call to anyone: with the Danish Address Register as a file, a
whole municipality is geocoded on its own machine.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from statistics import fmean

from geo.addresses import Address
from geo.errors import N_
from geo.names import Grade, Names, Note, fold
from geo.places import Source
from geo.point import Point, Precision


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """What a table knows of an address: at the house, or at the middle of its street."""

    point: Point
    precision: Precision
    grade: Grade
    matched: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class _Street:
    """The known points of one street within one postcode, by house number."""

    name: str
    postcode: str
    numbers: dict[str, list[Point]]

    @property
    def points(self) -> list[Point]:
        """All of them."""
        return [point for points in self.numbers.values() for point in points]


class AddressTable:
    """Points by street, house number and postcode."""

    def __init__(self, known: Iterable[tuple[Address, Point]], source: Source) -> None:
        """`known` are addresses with their points; those without street, number or postcode say nothing."""
        self.source = source
        streets: dict[tuple[str, str], _Street] = {}
        for address, point in known:
            if address.street and address.house_number and address.postcode:
                key = (address.postcode, fold(address.street))
                street = streets.setdefault(key, _Street(address.street, address.postcode, {}))
                points = street.numbers.setdefault(address.house_number, [])
                if point not in points:
                    points.append(point)
        by_postcode: dict[str, list[_Street]] = defaultdict(list)
        for (postcode, _), street in streets.items():
            by_postcode[postcode].append(street)
        self._names = {postcode: Names(rows, _name) for postcode, rows in by_postcode.items()}

    def find(self, address: Address) -> KnownPlace | None:
        """Answer the house, else the middle of its street, else None."""
        names = self._names.get(address.postcode)
        match = names.match(address.street) if names and address.street else None
        # two streets one letter off are two streets; neither is picked
        if not match or not match.row or match.grade is Grade.C:
            return None
        return _in_street(match.row, address.house_number, match.grade)


def _in_street(street: _Street, wanted: str, grade: Grade) -> KnownPlace:
    first = re.split(r"[-/]", wanted)[0]
    for number, graded in ((wanted, grade), (first, max(grade, Grade.B))):
        if points := street.numbers.get(number):
            return _at_house(street, number, points, graded)
    whole_street = KnownPlace(_middle(street.points), Precision.STREET, grade, _said(street))
    if not wanted:
        return whole_street
    note = Note.of(N_("Number {number} of {street} is not known."), number=wanted, street=street.name)
    return replace(whole_street, grade=max(grade, Grade.B), notes=(note,))


def _at_house(street: _Street, number: str, points: list[Point], grade: Grade) -> KnownPlace:
    middle = points[0] if len(points) == 1 else _middle(points)
    # registers move a point by some metres; farther apart, the same number means two houses
    if all(middle.distance_km(point) <= Precision.ADDRESS.error_km for point in points):
        worst = grade if len(points) == 1 else max(grade, Grade.B)
        return KnownPlace(middle, Precision.ADDRESS, worst, _said(street, number))
    several = N_("Number {number} of {street} is known at several points.")
    note = Note.of(several, number=number, street=street.name)
    return KnownPlace(_middle(street.points), Precision.STREET, Grade.C, _said(street), (note,))


def _said(street: _Street, number: str = "") -> str:
    return f"{street.name} {number}".strip() + f", {street.postcode}"


def _middle(points: list[Point]) -> Point:
    return Point(fmean(point.lat for point in points), fmean(point.lon for point in points))


def _name(street: _Street) -> str:
    return street.name
