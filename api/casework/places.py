"""From an address to the best point known for it, at the moment it is recorded.

Only centres and employers have addresses; the look-up never leaves the machine.
"""

from dataclasses import replace
from functools import cache

from api.domain.records import Place
from geo import Address, AddressQuery, Geocoded, OfflineGeocoder, Owner

GIVEN = "given"
"""The source of a point that was sent along with the address."""


def placed(place: Place, owner: Owner, municipality: str) -> Place:
    """The place with a point: the one that was sent, else the best known for the address, else none.

    Its precision, its source and the source's date say how far it is to be trusted.
    """
    if place.point:
        return replace(place, source=GIVEN, dated=None)
    address = Address(
        street=place.street, house_number=place.house_number, postcode=place.postcode, town=place.town
    )
    if not str(address):
        return place
    found = _geocoder().geocode(AddressQuery(owner, address, municipality))
    if isinstance(found, Geocoded):
        return replace(
            place, point=found.point, precision=found.precision, source=found.source, dated=found.dated
        )
    return place


def moved(before: Place, sent: Place, owner: Owner, municipality: str) -> Place:
    """The place after a change: as it was, unless a point was sent or the address is another one."""
    same = all(getattr(before, name) == getattr(sent, name) for name in ADDRESS)
    return before if same and sent.point is None else placed(sent, owner, municipality)


ADDRESS = ("street", "house_number", "postcode", "town")
"""The parts of a place that make its address."""


@cache
def _geocoder() -> OfflineGeocoder:
    return OfflineGeocoder()
