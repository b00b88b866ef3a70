"""WHERE: points, distances, travel minutes, places. Knows nothing of citizens."""

from geo.address_table import AddressTable
from geo.addresses import Address, parse_address
from geo.errors import Refused, UnknownCode
from geo.gazetteer import Gazetteer
from geo.geocoding import AddressQuery, Geocoded, OfflineGeocoder, Owner, Unplaced
from geo.names import Grade, Match, Note
from geo.places import ATTRIBUTION, Municipality, PostalDistrict, Source, Town
from geo.point import Point, Precision, haversine_km
from geo.travel import Mode, Pace, whole_minutes
from geo.utm32 import point_from_utm32

__all__ = [
    "ATTRIBUTION",
    "Address",
    "AddressQuery",
    "AddressTable",
    "Gazetteer",
    "Geocoded",
    "Grade",
    "Match",
    "Mode",
    "Municipality",
    "Note",
    "OfflineGeocoder",
    "Owner",
    "Pace",
    "Point",
    "PostalDistrict",
    "Precision",
    "Refused",
    "Source",
    "Town",
    "UnknownCode",
    "Unplaced",
    "haversine_km",
    "parse_address",
    "point_from_utm32",
    "whole_minutes",
]
