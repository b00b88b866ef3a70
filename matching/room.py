"""Columns with room for more rows, so that one more order does not copy a million.

Rows that were once handed out never change, and columns that were handed out stay as long as they were:
whoever holds them reads on undisturbed while somebody else adds a row behind.
"""

from collections.abc import Iterator, Sequence
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

    def __init__(self, columns: Columns) -> None:
        """The columns are copied into arrays that have the space."""
        self._used = len(columns)
        self._held = columns.each(_with_spare_rows)
        self._lock = Lock()

    def __reduce__(self) -> tuple[type["Room"], tuple[Columns]]:
        """What goes to another process has no room: who adds an order there lays all of them anew."""
        return Room, (self._held.take(slice(0)),)

    @property
    def columns(self) -> Columns:
        """The rows in use."""
        return self._held.take(slice(self._used))

    def add(self, row: Columns, before: Columns) -> Columns | None:
        """`before` and one more row; None without space, or when another row was added to `before` already.

        Which of the rows are present is known to `before` alone.
        """
        size = len(before)
        with self._lock:
            if self._used != size or size == len(self._held):
                return None
            for name, column in self._held.arrays.items():
                column[size] = row.arrays[name][0]
            self._used = size + 1
        present = np.append(before.present, row.present)
        return replace(
            self._held.take(slice(size + 1)),
            present=present,
            mixes=before.mixes,
            timetables=before.timetables,
        )


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


def _with_spare_rows(column: NDArray[Any]) -> NDArray[Any]:
    held = np.empty(len(column) + SPARE_ROWS, column.dtype)
    held[: len(column)] = column
    return held
