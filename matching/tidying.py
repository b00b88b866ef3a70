"""Orders that came since a grid was laid, brought into its cells a little with every change.

Sorting a million orders at once takes seconds, and nobody who changes one of them should wait for that. What
is sorted already only has to be merged with what came, so each change copies a share of the rows, and the
last one hands over the whole.
"""

from dataclasses import dataclass
from threading import Lock

import numpy as np

from geo.index import Grid
from matching.columns import Columns
from matching.entries import NO_ROW, Numbering
from matching.facts import Rows
from matching.room import Room

STEPS = 500
"""So many changes sort all orders; what comes before and meanwhile has to find room."""
FEWEST_ROWS = 256
"""Fewer rows than these are not worth a step of their own."""


@dataclass(frozen=True)
class Laid:
    """So many orders, of which every one with a place lies in a cell of `grid`."""

    size: int
    room: Room
    grid: Grid
    numbering: Numbering


class Tidying:
    """The work on some orders as they were when it began; what changed since is not in it."""

    def __init__(self, columns: Columns, grid: Grid, numbering: Numbering, room: Room) -> None:
        """The rows that `numbering` names are sorted into the cells of `grid`, those behind them are not."""
        self._columns, self._before, self._settled = columns, numbering, len(numbering.entries)
        loose = np.flatnonzero(columns.present[self._settled :]) + self._settled
        cells = grid.cells_at(columns.lat[loose], columns.lon[loose])
        order = np.argsort(cells, kind="stable")
        self._loose: Rows = loose[order]
        self._in_front_of = grid.starts[cells[order]]
        """The sorted row that each loose one is put in front of: the first of its cell."""
        gone = grid.cells_of(np.flatnonzero(~columns.present[: self._settled]))
        size = int(np.count_nonzero(columns.present))
        rows = np.full(len(numbering.rows) + len(columns) - self._settled, NO_ROW, np.int32)
        now = Numbering(np.empty(size, np.int32), rows)
        self._laid = Laid(size, room.another(size), grid.changed(cells, gone), now)
        self._copied = self._next = 0
        self._lock = Lock()

    def __reduce__(self) -> tuple[type[None], tuple[()]]:
        """Another process begins anew, if it comes to that."""
        return type(None), ()

    @property
    def worth_it(self) -> bool:
        """Whether the cells still are of the size that they would be laid in."""
        return self._laid.grid.suits(self._laid.grid.placed)

    def advance(self) -> Laid | None:
        """Do a share of the work; the orders once all of it is done."""
        with self._lock:
            # one row more than there are, since what comes behind the last is put in front of that one
            if self._next <= self._settled:
                end = self._next + max(FEWEST_ROWS, -(-self._settled // STEPS))
                self._copy(self._merged(self._next, end))
                self._next = end
            return self._laid if self._next > self._settled else None

    def _merged(self, begin: int, end: int) -> Rows:
        """The sorted rows from one to another that are present, those that came among them."""
        kept = np.flatnonzero(self._columns.present[begin : min(end, self._settled)]) + begin
        first, last = np.searchsorted(self._in_front_of, (begin, end))
        places = np.searchsorted(kept, self._in_front_of[first:last])
        return np.insert(kept, places, self._loose[first:last])

    def _copy(self, rows: Rows) -> None:
        """Put some rows behind those that were copied before."""
        begin, end = self._copied, self._copied + len(rows)
        entries, now = self._before.of(rows), self._laid.numbering
        self._laid.room.write(begin, self._columns.take(rows))
        now.entries[begin:end] = entries
        now.rows[entries] = np.arange(begin, end)
        self._copied = end
