"""WHERE: points, distances, travel minutes, places. Knows nothing of citizens."""

from geo.errors import Refused, UnknownCode
from geo.point import Point, Precision, haversine_km
from geo.travel import Mode, Pace

__all__ = ["Mode", "Pace", "Point", "Precision", "Refused", "UnknownCode", "haversine_km"]
