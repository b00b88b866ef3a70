"""Columns with room for more rows, so that one more order does not copy a million.

Rows that were once handed out never change, and columns that were handed out stay as long as they were:
whoever holds them reads on undisturbed while somebody else adds a row behind.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from threading import Lock
from typing import Any, overload

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

    @property
    def columns(self) -> Columns:
        """The rows in use."""
        return self._held.take(slice(self._turns.used))

    def add(self, row: Columns, before: Columns) -> "tuple[Room, Columns] | None":
        """`before` and one more row, and the room that they are in.

        None without space, or when another row was added to `before` already. Which of the rows are present
        is known to `before` alone.
        """
        size = len(before)
        if size == len(self._held) or not self._turns.take(size):
            return None
        room = self._holding(before)
        for name, column in room._held.arrays.items():
            column[size] = row.arrays[name][0]
        present = np.append(before.present, row.present)
        columns = replace(room._held.take(slice(size + 1)), present=present)
        return room, replace(columns, mixes=before.mixes, timetables=before.timetables)

    def _holding(self, columns: Columns) -> "Room":
        """The room in which these columns are; those that were replaced get space of their own."""
        strange: dict[str, Any] = {
            name: _with_spare_rows(column, len(self._held))
            for name, column in columns.arrays.items()
            if name != "present" and column.base is not self._held.arrays[name]
        }
        return Room(replace(self._held, **strange), self._turns) if strange else self


class _Turns:
    """Which row is the next to be written, in all rooms that have a column in common."""

    def __init__(self, used: int) -> None:
        """So many rows are written."""
        self.used = used
        self._lock = Lock()

    def take(self, row: int) -> bool:
        """Whether the row was free; from now on it is not."""
        with self._lock:
            free = row == self.used
            self.used += free
            return free


class Texts(Sequence[str]):
    """A text for each of many rows and for the few that came later."""

    def __init__(self, settled: Sequence[str], later: tuple[str, ...]) -> None:
        """Neither is copied."""
        self._settled = settled
        self._later = later

    @classmethod
    def joined(cls, texts: Sequence[str], text: str) -> "Texts":
        """The texts and one more."""
        if isinstance(texts, Texts):
            return cls(texts._settled, (*texts._later, text))
        return cls(texts, (text,))

    @property
    def later(self) -> tuple[str, ...]:
        """The texts of the rows that came later."""
        return self._later

    def __len__(self) -> int:
        """How many rows."""
        return len(self._settled) + len(self._later)

    def __iter__(self) -> Iterator[str]:
        """The texts, row by row."""
        return chain(self._settled, self._later)

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[str]: ...
    def __getitem__(self, row: int | slice) -> str | Sequence[str]:
        """The text of a row, or of some."""
        if isinstance(row, slice):
            return list(self)[row]
        settled = len(self._settled)
        return self._settled[row] if row < settled else self._later[row - settled]


def _with_spare_rows(column: NDArray[Any], size: int | None = None) -> NDArray[Any]:
    held = np.empty(size or len(column) + SPARE_ROWS, column.dtype)
    held[: len(column)] = column
    return held
