"""A long list in parts that a page can carry, by what its rows weigh: no amount of work makes a page heavy.

How many rows fit hangs on how long their names are, so a number of rows alone bounds nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from markupsafe import escape

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Part(Generic[Row]):
    """One part of a list: its rows, which part it is, counted from 1, and of how many."""

    rows: tuple[Row, ...]
    number: int = 1
    of: int = 1

    @property
    def before(self) -> int:
        """The part before it; 0 for the first."""
        return self.number - 1

    @property
    def after(self) -> int:
        """The part after it; 0 for the last."""
        return self.number + 1 if self.number < self.of else 0


def parts_by_weight(
    rows: Sequence[Row], weigh: Callable[[Row], int], limit: int
) -> tuple[tuple[Row, ...], ...]:
    """The rows in their order, in parts as long as fit: heavier than `limit` is only a row of its own."""
    parts: list[list[Row]] = []
    room = 0
    for row in rows:
        weight = weigh(row)
        if not parts or weight > room:
            parts.append([])
            room = limit
        parts[-1].append(row)
        room -= weight
    return tuple(map(tuple, parts))


def part_at(rows: Sequence[Row], weigh: Callable[[Row], int], limit: int, number: int) -> Part[Row]:
    """The part of that number; the last one for a number beyond, and an empty one of no rows."""
    parts = parts_by_weight(rows, weigh, limit) or ((),)
    found = min(max(number, 1), len(parts))
    return Part(parts[found - 1], found, len(parts))


def first_part(rows: Sequence[Row], weigh: Callable[[Row], int], limit: int) -> tuple[Row, ...]:
    """As many of the first rows as fit, and one at least."""
    return part_at(rows, weigh, limit, 1).rows


def weight_of(*texts: str) -> int:
    """The bytes of texts as a page holds them."""
    return sum(len(str(escape(text)).encode()) for text in texts)
