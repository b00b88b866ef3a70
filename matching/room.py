"""Columns with room for more rows, so that one more order does not copy a million.

Rows that were once handed out never change, and columns that were handed out stay as long as they were:
whoever holds them reads on undisturbed while somebody else adds a row behind.
"""

from collections.abc import Callable
from dataclasses import replace
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.columns import Columns

SPARE_ROWS = 1_024
"""How many rows can be added; all of them are looked at in every search, so they are kept few."""


class Room:
    """The columns of some orders and space behind them."""

    def __init__(self, held: Columns, turns: "_Turns") -> None:
        """`held` are the columns with their space."""
        self._held = held
        self._turns = turns

    @classmethod
    def behind(cls, columns: Columns) -> "Room":
        """The columns, copied into arrays that have the space."""
        return cls(columns.each(_with_spare_rows), _Turns(len(columns)))

    def __reduce__(self) -> tuple[Callable[[Columns], "Room"], tuple[Columns]]:
        """What goes to another process has no room: who adds an order there lays all of them anew."""
        return Room.behind, (self._held.take(slice(0)),)

    def another(self, size: int) -> "Room":
        """Room for so many rows, which are still to be written, and for as many more as in this one.

        Who adds an order to either takes the same turns.
        """
        return Room(self._held.each(lambda column: np.empty(size + SPARE_ROWS, column.dtype)), self._turns)

    def first(self, size: int) -> Columns:
        """So many of the rows."""
        return self._held.take(slice(size))

    def write(self, begin: int, rows: Columns) -> None:
        """Fill some rows, the first of them at `begin`, that nobody reads yet."""
        for name, column in self._held.arrays.items():
            column[begin : begin + len(rows)] = rows.arrays[name]

    def add(self, row: Columns, before: Columns, turn: int) -> "tuple[Room, Columns] | None":
        """`before` and one more row, and the room that they are in.

        None without space, or when another row was added in this `turn` already: the turns count all rows
        that were ever added. Which of the rows are present is known to `before` alone.
        """
        if len(before) == len(self._held) or not self._turns.take(turn):
            return None
        room = self._holding(before)
        return room, room.joined(before.present, row)

    def joined(self, present: NDArray[np.bool_], rows: Columns) -> Columns:
        """The first rows, of which it is told which are present, and others behind them.

        The registers are those of the others.
        """
        self.write(len(present), rows)
        columns = self.first(len(present) + len(rows))
        now = np.append(present, rows.present)
        return replace(columns, present=now, mixes=rows.mixes, timetables=rows.timetables)

    def _holding(self, columns: Columns) -> "Room":
        """The room in which these columns are; those that were replaced get space of their own."""
        strange: dict[str, Any] = {
            name: _with_spare_rows(column, len(self._held))
            for name, column in columns.arrays.items()
            if name != "present" and column.base is not self._held.arrays[name]
        }
        return Room(replace(self._held, **strange), self._turns) if strange else self


class _Turns:
    """Which row is the next to be added, in all rooms that have a column in common."""

    def __init__(self, next_turn: int) -> None:
        """So many rows are written."""
        self._next = next_turn
        self._lock = Lock()

    def take(self, turn: int) -> bool:
        """Whether it is this turn; from now on it is the next."""
        with self._lock:
            free = turn == self._next
            self._next += free
            return free


def _with_spare_rows(column: NDArray[Any], size: int | None = None) -> NDArray[Any]:
    held = np.empty(size or len(column) + SPARE_ROWS, column.dtype)
    held[: len(column)] = column
    return held
