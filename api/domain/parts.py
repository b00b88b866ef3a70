"""A part of a list that gets shorter while somebody works on it: what follows a place, never a number.

A row's place is its sort key. Whoever has shown a part goes on after the place of its last row, so that rows
that have gone since, also that one, make nobody skip those behind them.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Place = tuple[str, ...]
"""A sort key as words, so that it can travel: the list stands in the order of these."""

Item = TypeVar("Item")
Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class Part(Generic[Item]):
    """Some rows of a list of `total`, of which `before` stand in front of them.

    `next` is the place to go on after; None where nothing follows.
    """

    rows: tuple[Item, ...]
    before: int
    total: int
    next: Place | None = None

    @property
    def first(self) -> int:
        """The number of the first row, counted from one."""
        return self.before + 1

    @property
    def last(self) -> int:
        """The number of the last row; one less than `first` where there is none."""
        return self.before + len(self.rows)

    @property
    def is_whole(self) -> bool:
        """Whether the list has no row besides these."""
        return not self.before and self.next is None

    def showing(self, rows: Sequence[Shown]) -> "Part[Shown]":
        """The same part with its rows as they are shown."""
        return Part(tuple(rows), self.before, self.total, self.next)


def part_of(
    rows: Sequence[Item], place_of: Callable[[Item], Place], after: Place | None, most: int
) -> Part[Item]:
    """The next `most` rows of a list that stands in the order of its places; from the start without a place.

    >>> part_of(["a", "b", "d"], lambda row: (row,), ("c",), 5).rows
    ('d',)
    """
    begin = 0 if after is None else bisect_right(rows, after, key=place_of)
    shown = tuple(rows[begin : begin + most])
    follows = most > 0 and begin + most < len(rows)
    return Part(shown, begin, len(rows), place_of(shown[-1]) if follows else None)
