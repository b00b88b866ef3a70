"""A place to the columns that centres and employers share, and back."""

from typing import Any

from api.domain.records import Place
from api.store.tables.base import PlaceColumns
from geo import Point


def place_of(row: PlaceColumns) -> Place:
    """The place in a row; half a point cannot be there, the database sees to that."""
    point = None if row.lat is None or row.lon is None else Point(row.lat, row.lon)
    return Place(
        street=row.street,
        house_number=row.house_number,
        postcode=row.postcode,
        town=row.town,
        point=point,
        precision=row.precision,
        source=row.place_source,
        dated=row.place_dated,
    )


def place_columns(place: Place) -> dict[str, Any]:
    """The inverse of `place_of`."""
    return {
        "street": place.street,
        "house_number": place.house_number,
        "postcode": place.postcode,
        "town": place.town,
        "lat": place.point and place.point.lat,
        "lon": place.point and place.point.lon,
        "precision": place.precision,
        "place_source": place.source,
        "place_dated": place.dated,
    }
