"""Coordinates of Danish registers (ETRS89/UTM zone 32, EPSG:25832, metres) as points.

ETRS89 and WGS84 are taken for the same: by now they are under a metre apart, far below what an address
tells.
"""

from functools import cache
from math import isfinite
from typing import TYPE_CHECKING

from geo.errors import N_, Refused
from geo.point import Point, in_denmark, in_denmark_utm32

if TYPE_CHECKING:
    from pyproj import Transformer


def point_from_utm32(easting: float, northing: float) -> Point:
    """The place at so many metres east and north in UTM zone 32.

    Raises `Refused` for what is no finite number or not in Denmark, and says so when the two are swapped or
    look like degrees of WGS84.
    """
    east, north = _metres("easting", easting), _metres("northing", northing)
    if not in_denmark_utm32(east, north):
        problem = N_("{value} is not in Denmark as ETRS89/UTM32.")
        raise Refused("point", problem, _remedy(east, north), value=(east, north))
    lat, lon = _transformer().transform(east, north)
    return Point(lat, lon)


def _metres(field: str, value: object) -> float:
    try:
        metres = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        metres = float("nan")
    if not isfinite(metres):
        remedy = N_("Give metres as a number; leave the place out when it is not known.")
        raise Refused(field, N_("{value!r} is not a coordinate."), remedy, value=value)
    return metres


def _remedy(east: float, north: float) -> str:
    if in_denmark_utm32(north, east):
        return N_("Swapped? Easting comes first.")
    if in_denmark(east, north) or in_denmark(north, east):
        return N_("These look like degrees of WGS84: give them as latitude and longitude.")
    return N_("In Denmark, eastings run from 428,000 to 909,000 and northings from 6,028,000 to 6,435,000.")


@cache
def _transformer() -> "Transformer":
    # pyproj opens a database of coordinate systems; only who has such coordinates should wait for it
    from pyproj import Transformer

    return Transformer.from_crs("EPSG:25832", "EPSG:4326")
