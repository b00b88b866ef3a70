"""Where a centre or an employer is, found at the moment it is recorded.

By the point that was sent, else by what the address service answered, else by the gazetteer. What somebody
has marked on a map by hand stays until its address changes.
"""

from dataclasses import dataclass, replace
from functools import cache

from api.casework.addresses import NOTHING_ASKED, address_of
from api.domain.records import BY_HAND, Place
from api.domain.working_days import day_of
from api.store import Unit
from geo import AddressQuery, Gazetteer, Geocoded, OfflineGeocoder, Owner, Point, Precision
from geo.address_service import AnsweredGeocoder, Answers

GIVEN, IMPORTED = "given", "import"
"""The sources of a point that was sent along with the address, and of one that a list held."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A point on the map, put there by hand, and how precisely it is meant."""

    point: Point
    precision: Precision = Precision.ADDRESS


def placed(place: Place, owner: Owner, municipality: str, answers: Answers = NOTHING_ASKED) -> Place:
    """The place with a point: the one that was sent, else the best known for the address, else none.

    Its precision, its source and the source's date say how far it is to be trusted.
    """
    if place.point:
        return replace(place, source=GIVEN, dated=None)
    address = address_of(place)
    if not str(address):
        return place
    found = AnsweredGeocoder(answers, _geocoder()).geocode(AddressQuery(owner, address, municipality))
    if isinstance(found, Geocoded):
        return replace(
            place, point=found.point, precision=found.precision, source=found.source, dated=found.dated
        )
    return place


def moved(
    before: Place, sent: Place, owner: Owner, municipality: str, answers: Answers = NOTHING_ASKED
) -> Place:
    """The place after a change: as it was, unless a point was sent or the address is another one."""
    stays = sent.point is None and same_address(before, sent)
    return before if stays else placed(sent, owner, municipality, answers)


def elsewhere(place: Place, municipality: str) -> tuple[str, ...]:
    """The names of the municipalities in which a place may lie, where none of them is the given one; else ().

    A point that somebody sent or marked counts, else the postcode: a district tells which municipalities it
    touches. There are no boundaries here (decision 10), so what cannot be told for sure says nothing.
    """
    gazetteer = Gazetteer.shipped()
    district = gazetteer.postal_district(place.postcode) if place.postcode else None
    if place.point and (district is None or place.source in (BY_HAND, GIVEN, IMPORTED)):
        found = {row.code: row.name for row in gazetteer.municipality_of(place.point).candidates}
    elif district:
        known = (gazetteer.municipality(code) for code in district.municipalities)
        found = {match.row.code: match.row.name for match in known if match and match.row}
    else:
        found = {}
    return () if municipality in found else tuple(found.values())


def same_address(one: Place, other: Place) -> bool:
    """Whether two places have the same address, to the letter."""
    return all(getattr(one, name) == getattr(other, name) for name in ADDRESS)


def marked(unit: Unit, place: Place, mark: Mark) -> Place:
    """The place with a point by hand, dated today."""
    return replace(place, point=mark.point, precision=mark.precision, source=BY_HAND, dated=day_of(unit.at))


ADDRESS = ("street", "house_number", "postcode", "town")
"""The parts of a place that make its address."""


@cache
def _geocoder() -> OfflineGeocoder:
    return OfflineGeocoder()
