"""From an address to the best point known for it without asking anyone.

The ladder: the house or street in a table the municipality has loaded, a town that the text names, the postal
district, the municipality; below that nothing, with what was tried. An answer says its precision, a grade and
every doubt. Only the addresses of drop-in centres and employers can be asked for: a citizen's address next to
an enquiry about the card would reveal social problems, and there is no type here that could carry one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from geo.address_table import AddressTable
from geo.addresses import Address, parse_address
from geo.errors import N_, Refused
from geo.gazetteer import Gazetteer
from geo.names import Grade, Note
from geo.places import GEONAMES, Source, Town
from geo.point import Point, Precision
from geo.surroundings import Surroundings, surroundings, village


class Owner(StrEnum):
    """Whose address may be turned into a point. There is deliberately no third."""

    CENTRE = "centre"
    EMPLOYER = "employer"


@dataclass(frozen=True, slots=True)
class AddressQuery:
    """The address of a centre or an employer, and the municipality (code or name) it came with, if any.

    Raises `Refused` for any other owner, and for anything that is not an address.
    """

    owner: Owner
    address: Address
    municipality: str = ""

    def __post_init__(self) -> None:
        """Refuse what is nobody's address to ask for."""
        if self.owner not in list(Owner):
            raise not_to_be_placed("owner", self.owner)
        if not isinstance(self.address, Address):
            raise not_to_be_placed("address", self.address)
        object.__setattr__(self, "owner", Owner(self.owner))

    @classmethod
    def line(cls, owner: Owner, text: str, municipality: str = "") -> "AddressQuery":
        """The same for an address written in one line or several."""
        return cls(owner, parse_address(text), municipality)


@dataclass(frozen=True, slots=True)
class Geocoded:
    """A point for an address: how precise, how safe, what it was matched to, from where and how old.

    `notes` are the doubts to be shown to whoever recorded the address.
    """

    point: Point
    precision: Precision
    grade: Grade
    matched: str
    source: str
    dated: date | None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Unplaced:
    """No point is known for an address; `tried` says what was looked for."""

    tried: tuple[Note, ...]
    point: None = None


class Places(Protocol):
    """Whatever answers the best known point for an address."""

    def geocode(self, query: AddressQuery) -> Geocoded | Unplaced:
        """Raises `Refused` for anything but an `AddressQuery`."""


class OfflineGeocoder:
    """Places addresses by the gazetteer and, where there is one, a municipality's own table of addresses."""

    def __init__(self, gazetteer: Gazetteer | None = None, table: AddressTable | None = None) -> None:
        """Without a gazetteer, the shipped one."""
        self.gazetteer = gazetteer or Gazetteer.shipped()
        self.table = table

    def geocode(self, query: AddressQuery) -> Geocoded | Unplaced:
        """Answer the best known point; raises `Refused` for anything but an `AddressQuery`."""
        if not isinstance(query, AddressQuery):
            raise not_to_be_placed("query", query)
        address = query.address
        around = surroundings(self.gazetteer, address, query.municipality.strip())
        return (
            self._in_table(address, around)
            or self._in_town(around)
            or self._in_district(around)
            or self._in_municipality(around)
            or Unplaced((*around.notes, *self._tried(around)))
        )

    def _in_table(self, address: Address, around: Surroundings) -> Geocoded | None:
        known = self.table.find(address) if self.table else None
        if not (known and self.table):
            return None
        grade = max(known.grade, around.grade)
        notes = (*around.notes, *known.notes)
        source = self.table.source
        return Geocoded(known.point, known.precision, grade, known.matched, source.name, source.dated, notes)

    def _in_town(self, around: Surroundings) -> Geocoded | None:
        code = around.municipality.code if around.municipality else None
        found = (village(self.gazetteer, name, around.district, code) for name in around.villages)
        match = next((match for match in found if match), None)
        if not (match and match.row):
            return None
        matched = f"{match.row.name}, {around.district.number}" if around.district else match.row.name
        return _placed(match.row.point, Precision.TOWN, matched, GEONAMES, around, match.grade)

    def _in_district(self, around: Surroundings) -> Geocoded | None:
        if not (district := around.district):
            return None
        matched = f"{district.number} {district.name}"
        point, source = self.gazetteer.best_point(district)
        return _placed(point, Precision.POSTAL_DISTRICT, matched, source, around)

    def _in_municipality(self, around: Surroundings) -> Geocoded | None:
        point = around.municipality and self.gazetteer.main_point(around.municipality.code)
        if not (point and around.municipality):
            return None
        return _placed(point, Precision.MUNICIPALITY, around.municipality.name, GEONAMES, around)

    def _tried(self, around: Surroundings) -> Iterator[Note]:
        for name in around.villages:
            if match := self.gazetteer.town(name):
                places = ", ".join(self._said(town) for town in match.candidates)
                yield Note.of(N_("{name} may be any of these: {places}."), name=name, places=places)
            else:
                yield Note.of(N_("No town {name!r} is known."), name=name)

    def _said(self, town: Town) -> str:
        held = self.gazetteer.municipality(town.municipality)
        return f"{town.name} ({held.row.name})" if held and held.row else town.name


def _placed(
    point: Point,
    precision: Precision,
    matched: str,
    source: Source,
    around: Surroundings,
    grade: Grade = Grade.A,
) -> Geocoded:
    worst = max(grade, around.grade)
    return Geocoded(point, precision, worst, matched, source.name, source.dated, around.notes)


def not_to_be_placed(field: str, value: object) -> Refused:
    """The refusal of whatever is no address of a centre or an employer; it does not repeat the value."""
    problem = N_("Only the address of a drop-in centre or an employer can be turned into a point.")
    remedy = N_("Give an address with its owner, centre or employer; a citizen starts from a centre.")
    return Refused(field, problem, remedy, kind=type(value).__name__)
