"""The places near a point, found without looking at all of them.

Places are sorted into the cells of a grid, row by row from south to north. A search takes growing windows;
`beyond_km` says how far away everything outside of one is at least, which lets an exact search stop early.
"""

from dataclasses import dataclass
from math import asin, ceil, cos, degrees, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from geo.point import DENMARK, EARTH_RADIUS_KM, Point, haversine_km

PLACES_PER_CELL = 64
"""What the grid aims at on average in the cells on land."""

_LAND_SHARE = 0.25
"""About as much of the box around Denmark is its land."""

_KM_PER_DEGREE = EARTH_RADIUS_KM * radians(1)


Cells = NDArray[np.intp]
"""The numbers of some cells, along one side of the grid."""


@dataclass(frozen=True, slots=True)
class Window:
    """A rectangle of cells, from the first to the last in both directions, both included."""

    south: int
    north: int
    west: int
    east: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells over the box around Denmark: how many, how large, and where each one's places begin.

    `starts` has one entry per cell and one more, row by row from the south-west corner. Places without
    coordinates come after the last cell and are in none.
    """

    rows: int
    columns: int
    starts: NDArray[np.int64]

    @property
    def _height(self) -> float:
        return (DENMARK["lat"][1] - DENMARK["lat"][0]) / self.rows

    @property
    def _width(self) -> float:
        return (DENMARK["lon"][1] - DENMARK["lon"][0]) / self.columns

    def within_km(self, point: Point, km: float) -> Window:
        """The smallest window that holds every place within `km` of a point."""
        reach = min(km / EARTH_RADIUS_KM, radians(90))
        # the farthest meridian that a circle touches, and no meridian is missed by rounding
        widest = sin(reach) / cos(radians(point.lat))
        dlon = degrees(asin(widest)) if widest < 1 else 360.0
        dlat = degrees(reach)
        return Window(
            self._row(point.lat - dlat - 1e-9),
            self._row(point.lat + dlat + 1e-9),
            self._column(point.lon - dlon - 1e-9),
            self._column(point.lon + dlon + 1e-9),
        )

    def beyond_km(self, point: Point, window: Window) -> float:
        """A distance that every place outside the window has at least; infinite when there is no outside."""
        (south, _), (west, _) = DENMARK["lat"], DENMARK["lon"]
        sides = []
        if window.south > 0:
            sides.append((point.lat - (south + window.south * self._height)) * _KM_PER_DEGREE)
        if window.north < self.rows - 1:
            sides.append((south + (window.north + 1) * self._height - point.lat) * _KM_PER_DEGREE)
        if window.west > 0:
            sides.append(_to_meridian(point, west + window.west * self._width))
        if window.east < self.columns - 1:
            sides.append(_to_meridian(point, west + (window.east + 1) * self._width))
        return max(min(sides, default=float("inf")), 0.0)

    def runs(self, window: Window) -> list[slice]:
        """The positions of a window's places: one run for each of its rows of cells, empty ones left out."""
        return self._runs(np.arange(window.south, window.north + 1), window.west, window.east)

    def runs_inside_km(self, point: Point, km: float) -> list[slice]:
        """The positions of the places in cells that lie wholly within `km` of a point.

        A cell does when all its corners do: nothing in it is farther away than the farthest of them.
        """
        window = self.within_km(point, km)
        corner = self._corners_km(point, window) < km - 1e-6
        inside = corner[:-1, :-1] & corner[1:, :-1] & corner[:-1, 1:] & corner[1:, 1:]
        return self._convex_runs(inside, window)

    def runs_touching_km(self, point: Point, km: float) -> list[slice]:
        """The positions of the places in cells that may hold some within `km` of a point; all such are there.

        Nothing in a cell is farther from the nearest corner than the middle of the cell is.
        """
        window = self.within_km(point, km)
        (south, _), (west, _) = DENMARK["lat"], DENMARK["lon"]
        # cells are widest in the south
        half = float(haversine_km(south, west, south + self._height / 2, west + self._width / 2))
        corner = self._corners_km(point, window) < km + half + 1e-6
        touching = corner[:-1, :-1] | corner[1:, :-1] | corner[:-1, 1:] | corner[1:, 1:]
        return self._convex_runs(touching, window)

    def cells_at(self, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> Cells:
        """The cell of each place in degrees; those without coordinates are counted behind the last one."""
        (south, _), (west, _) = DENMARK["lat"], DENMARK["lon"]
        known, nowhere = ~np.isnan(lat), np.zeros(len(lat))
        row = np.clip((lat - south) / self._height, 0, self.rows - 1, where=known, out=nowhere)
        column = np.clip((lon - west) / self._width, 0, self.columns - 1, where=known, out=nowhere.copy())
        cell = row.astype(np.intp) * self.columns + column.astype(np.intp)
        return np.where(known, cell, self.rows * self.columns)

    def cells_of(self, positions: Cells) -> Cells:
        """The cell that holds each of some positions; those without coordinates are behind the last one."""
        return np.searchsorted(self.starts, positions, "right") - 1

    def changed(self, came: Cells, went: Cells) -> "Grid":
        """The same cells after places came to some of them and went from others, one for each time named."""
        cells = self.rows * self.columns
        more, fewer = (np.bincount(which, minlength=cells + 1)[:cells] for which in (came, went))
        return Grid(self.rows, self.columns, self.starts + np.concatenate(([0], np.cumsum(more - fewer))))

    def suits(self, places: int) -> bool:
        """Whether so many places would be laid into cells of about this size."""
        return 0.5 <= places / (self.rows * self.columns * PLACES_PER_CELL * _LAND_SHARE) <= 2.0

    def count(self, window: Window) -> int:
        """How many places a window holds."""
        first = np.arange(window.south, window.north + 1) * self.columns
        return int((self.starts[first + window.east + 1] - self.starts[first + window.west]).sum())

    @property
    def placed(self) -> int:
        """How many places lie in a cell; the positions from here on have no coordinates."""
        return int(self.starts[-1])

    def _corners_km(self, point: Point, window: Window) -> NDArray[np.float64]:
        """How far the corners of a window's cells are away, from the south-west on."""
        (south, _), (west, _) = DENMARK["lat"], DENMARK["lon"]
        lat = south + np.arange(window.south, window.north + 2)[:, None] * self._height
        lon = west + np.arange(window.west, window.east + 2) * self._width
        return haversine_km(point.lat, point.lon, lat, lon)

    def _convex_runs(self, chosen: NDArray[np.bool_], window: Window) -> list[slice]:
        """The positions of the places in chosen cells of a window that lie side by side in every row."""
        rows = np.flatnonzero(chosen.any(axis=1))
        first = chosen[rows].argmax(axis=1)
        last = chosen.shape[1] - 1 - chosen[rows, ::-1].argmax(axis=1)
        return self._runs(window.south + rows, window.west + first, window.west + last)

    def _runs(self, rows: Cells, wests: Cells | int, easts: Cells | int) -> list[slice]:
        """The positions of the places in each row of cells from one cell to another, empty runs left out."""
        begins = self.starts[rows * self.columns + wests].tolist()
        ends = self.starts[rows * self.columns + easts + 1].tolist()
        return [slice(begin, end) for begin, end in zip(begins, ends, strict=True) if begin < end]

    def _row(self, lat: float) -> int:
        return min(max(int((lat - DENMARK["lat"][0]) / self._height), 0), self.rows - 1)

    def _column(self, lon: float) -> int:
        return min(max(int((lon - DENMARK["lon"][0]) / self._width), 0), self.columns - 1)


def lay_grid(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> tuple[Grid, NDArray[np.intp]]:
    """A grid over places in degrees, and the order that sorts them into its cells.

    NaN is an unknown place: it is sorted behind all others and lies in no cell.
    """
    (south, north), (west, east) = DENMARK["lat"], DENMARK["lon"]
    known = ~np.isnan(lat)
    wanted = max(1.0, int(known.sum()) / PLACES_PER_CELL / _LAND_SHARE)
    # a degree of longitude is a little over half a degree of latitude here, so cells come out near square
    shape = (north - south) / ((east - west) * cos(radians((south + north) / 2)))
    rows = max(1, ceil(sqrt(wanted * shape)))
    columns = max(1, ceil(wanted / rows))
    empty = Grid(rows, columns, np.zeros(rows * columns + 1, np.int64))
    cell = empty.cells_at(lat, lon)
    return empty.changed(cell, cell[:0]), np.argsort(cell, kind="stable")


def _to_meridian(point: Point, lon: float) -> float:
    """The shortest way from a point to a meridian, across the sphere."""
    return EARTH_RADIUS_KM * asin(abs(sin(radians(lon - point.lon))) * cos(radians(point.lat)))
