"""The place of a row: its coordinates where it has them, else the best that its address gives.

Coordinates are WGS84 or ETRS89/UTM32, told apart by size, whatever the header says. A row whose place cannot
be found is taken all the same, with the place unknown; a row with impossible coordinates is not.
"""

import re
from dataclasses import dataclass

from api.casework.places import IMPORTED, elsewhere
from api.domain.records import Place
from api.exchange import amounts, codes, values
from api.exchange.columns import Field
from api.exchange.reports import LIES_ELSEWHERE
from api.exchange.rows import Fields
from api.exchange.values import Given
from geo import Point, Precision, Refused
from geo.addresses import Address, parse_address
from geo.errors import N_
from geo.geocoding import AddressQuery, Geocoded, Owner, Places
from geo.utm32 import point_from_utm32

ADDRESS = (
    Field("street", ("Vejnavn", "Vej", "Gade", "Gadenavn", "Street name")),
    Field("house_number", ("Husnr", "Husnummer", "House no")),
    Field("address", ("Adresse", "Adr", "Beliggenhedsadresse", "Arbejdsstedsadresse", "AddressPostal")),
    Field("postcode", ("Postnr", "Postnummer", "Zip", "Zip code", "Postal code")),
    Field("town", ("By", "Bynavn", "Postdistrikt", "City")),
    Field("postcode_and_town", ("Postnr og by", "Postnr/by", "Postnr by")),
)
COORDINATES = (
    Field("lat", ("Breddegrad", "Bredde", "Latitude", "WGS84 bredde")),
    Field("lon", ("Længdegrad", "Længde", "Lng", "Long", "Longitude", "WGS84 længde")),
    Field(
        "easting",
        ("X-koordinat", "X", "UTM X", "UTM32 X", "ETRS89 X", "Øst", "Østkoordinat", "Koordinat øst"),
    ),
    Field(
        "northing",
        ("Y-koordinat", "Y", "UTM Y", "UTM32 Y", "ETRS89 Y", "Nord", "Nordkoordinat", "Koordinat nord"),
    ),
)
PHONE = Field("phone", ("Telefon", "Tlf", "Tlf nr", "Telefonnummer", "Telefonnr", "Mobil", "Telephone"))
"""What tells where somebody is and how they are reached, with the headers it is recognised by."""

SOURCE = IMPORTED
"""The source of a point that stood in the file itself."""

_METRES_FROM = 1_000
_SAME_PLACE_KM = 0.5
_PLAIN_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class Placing:
    """How an import finds places: for which municipality, the geocoder for bare addresses, and whose."""

    municipality: str
    geocoder: Places
    owner: Owner = Owner.EMPLOYER


def coordinate(given: Given) -> float | None:
    """Degrees or metres, with comma or point as the decimal mark; None when blank."""
    if isinstance(given.cell, float | int) and not isinstance(given.cell, bool):
        return float(given.cell)
    if not given.text:
        return None
    if _PLAIN_NUMBER.fullmatch(given.text) and given.text.isascii():
        return float(given.text.replace(",", "."))
    return amounts.number(given)


def read_place(fields: Fields, placing: Placing, municipality_code: str) -> Place:
    """The address of the row and its point; problems are reported in `fields`."""
    address = _address(fields)
    code = municipality_code or placing.municipality
    place = Place(
        street=address.street,
        house_number=" ".join(filter(None, (address.house_number, address.floor, address.door))),
        postcode=address.postcode,
        town=address.town,
    )
    if point := _point(fields):
        place = _with_point(place, point)
    elif not fields.failed:
        place = _geocoded(fields, placing, address, place, code)
    _note_elsewhere(fields, place, placing.municipality)
    return place


def _note_elsewhere(fields: Fields, place: Place, municipality: str) -> None:
    """Say that a row's place lies in another municipality; it is taken in all the same."""
    if names := elsewhere(place, municipality):
        fields.tell(_told_by(fields), LIES_ELSEWHERE, names=" / ".join(names))


def _with_point(place: Place, point: Point) -> Place:
    return Place(
        street=place.street,
        house_number=place.house_number,
        postcode=place.postcode,
        town=place.town,
        point=point,
        precision=Precision.ADDRESS,
        source=SOURCE,
    )


def _address(fields: Fields) -> Address:
    """The address from its own columns, else from one that holds all or part of it."""
    nothing = Address()
    line = fields.get("address", _taken_apart, nothing)
    district = fields.get("postcode_and_town", _taken_apart, nothing)
    return Address(
        street=fields.text("street") or line.street,
        house_number=fields.text("house_number") or line.house_number,
        floor=line.floor,
        door=line.door,
        extra=line.extra,
        postcode=fields.get("postcode", codes.postcode, "") or district.postcode or line.postcode,
        town=fields.text("town") or district.town or line.town,
    )


def _taken_apart(given: Given) -> Address:
    return parse_address(values.impersonal(given))


def _point(fields: Fields) -> Point | None:
    """The point that the coordinates give, None when they are blank or were refused."""
    found = [_pair(fields, *pair) for pair in (("lat", "lon"), ("northing", "easting"))]
    points = [point for point in found if point]
    if len(points) == 2 and points[0].distance_km(points[1]) > _SAME_PLACE_KM:
        problem = N_("The two pairs of coordinates are {km} km apart.")
        remedy = N_("Correct one pair, or clear it.")
        km = round(points[0].distance_km(points[1]), 1)
        fields.refuse("lat", Refused("lat", problem, remedy, km=km))
    return points[0] if points else None


def _pair(fields: Fields, upright: str, across: str) -> Point | None:
    north, east = fields.get(upright, coordinate, None), fields.get(across, coordinate, None)
    if fields.wrong & {upright, across} or (north is None and east is None):
        return None
    if north is None or east is None:
        missing = upright if north is None else across
        problem = N_("Only one of the two coordinates is there.")
        fields.refuse(missing, Refused(missing, problem, N_("Give both, or clear both.")))
        return None
    try:
        return _placed(north, east)
    except Refused as reason:
        fields.refuse(upright, reason)
        return None


def _placed(north: float, east: float) -> Point:
    if north == east == 0:
        remedy = N_("Clear both coordinates when the place is not known.")
        raise Refused("point", N_("0, 0 is not a place in Denmark."), remedy, value=(north, east))
    if max(abs(north), abs(east)) >= _METRES_FROM:
        return point_from_utm32(east, north)
    return Point(north, east)


def _told_by(fields: Fields) -> str:
    """The column that says most of where a row is."""
    columns = ("postcode", "postcode_and_town", "address", "lat", "northing", "town")
    return next((name for name in columns if fields.has(name)), columns[0])


def _geocoded(fields: Fields, placing: Placing, address: Address, place: Place, municipality: str) -> Place:
    about = next((name for name in ("lat", "northing", "address", "street") if fields.has(name)), "lat")
    if not str(address):
        fields.tell(about, N_("There are neither coordinates nor an address: the place is not known."))
        return place
    found = placing.geocoder.geocode(AddressQuery(placing.owner, address, municipality))
    for doubt in found.notes if isinstance(found, Geocoded) else found.tried:
        fields.tell(about, doubt.message, **dict(doubt.facts))
    if not isinstance(found, Geocoded):
        fields.tell(about, N_("The place of {address!r} is not known."), address=str(address))
        return place
    text = N_("Placed by its address at {matched!r}, precision {precision}.")
    fields.tell(about, text, matched=found.matched, precision=found.precision)
    return Place(
        street=place.street,
        house_number=place.house_number,
        postcode=place.postcode,
        town=place.town,
        point=found.point,
        precision=found.precision,
        source=found.source,
        dated=found.dated,
    )
