"""What orders are called: ids, employers and titles, each written down once and never moved.

Columns are sorted anew now and then, and a million texts are too many to go along. So an order keeps the
number of its entry, and which row that is now is told by numbers alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from matching.facts import Rows
from matching.workplaces import Workplaces

Numbers = NDArray[np.int32]
NO_ROW = -1
"""The row of an entry whose order went, or has another entry since."""


class Entry(NamedTuple):
    """What one order is called."""

    id: str
    employer_id: str
    title: str


@dataclass(frozen=True, slots=True)
class Numbering:
    """The entry of each row and the row of each entry, or `NO_ROW`, as rows were last sorted.

    Rows and entries that came since follow in turn, one of the other.
    """

    entries: Numbers
    rows: Numbers

    def row(self, entry: int) -> int | None:
        """The row of an entry, None where it has none any longer."""
        since = entry - len(self.rows)
        row = len(self.entries) + since if since >= 0 else self.rows.item(entry)
        return None if row == NO_ROW else row

    def entry(self, row: int) -> int:
        """The entry of a row."""
        since = row - len(self.entries)
        return len(self.rows) + since if since >= 0 else self.entries.item(row)

    def of(self, rows: Rows) -> Rows:
        """The entries of some rows."""
        entries = rows + (len(self.rows) - len(self.entries))
        sorted_in = rows < len(self.entries)
        entries[sorted_in] = self.entries[rows[sorted_in]]
        return entries


class Entries:
    """What the orders are called that a catalogue was laid of, and those that were written since.

    Entries are only ever added, and by one at a time: who holds a catalogue knows how many of them are its.
    """

    def __init__(self, ids: Sequence[str], employer_ids: Sequence[str], titles: Sequence[str]) -> None:
        """One of each per order; none of these lists changes."""
        self._laid = (ids, employer_ids, titles)
        self._later: tuple[list[str], list[str], list[str]] = ([], [], [])
        self._numbers = {order_id: number for number, order_id in enumerate(ids)}
        self._workplaces = Workplaces(employer_ids)
        self._later_of: dict[str, list[int]] = {}

    def write(self, entry: Entry) -> None:
        """Add an entry; only who has the turn may."""
        number = len(self._numbers) + len(self._later[0])
        for texts, text in zip(self._later, entry, strict=True):
            texts.append(text)
        self._later_of.setdefault(entry.employer_id, []).append(number)

    def number(self, order_id: str) -> int | None:
        """The entry of an order as the catalogue was laid, None where it was not there."""
        return self._numbers.get(order_id)

    def of_employer(self, employer_id: str) -> list[int]:
        """All entries that name an employer, also such as were written for later catalogues; none of ""."""
        laid: list[int] = self._workplaces.rows(employer_id).tolist()
        return laid + (self._later_of.get(employer_id, []) if employer_id else [])

    def texts(self, numbering: Numbering, size: int) -> "Iterator[Texts]":
        """The ids, the employers' ids and the titles of so many rows."""
        for laid, later in zip(self._laid, self._later, strict=True):
            yield Texts(laid, later, numbering, size)


class Texts(Sequence[str]):
    """One text for each of some rows, looked up by their entries."""

    def __init__(self, laid: Sequence[str], later: Sequence[str], numbering: Numbering, size: int) -> None:
        """Nothing is copied; more may be written to `later` meanwhile."""
        self._laid, self._later, self._numbering, self._size = laid, later, numbering, size

    def some(self, rows: Rows) -> list[str]:
        """The texts of some rows."""
        laid = len(self._laid)
        entries = self._numbering.of(rows).tolist()
        return [self._laid[each] if each < laid else self._later[each - laid] for each in entries]

    def __len__(self) -> int:
        """How many rows."""
        return self._size

    def __iter__(self) -> Iterator[str]:
        """The texts, row by row."""
        return iter(self[:])

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> list[str]: ...
    def __getitem__(self, row: int | slice) -> str | list[str]:
        """The text of a row, or of some; counted from the end below 0."""
        rows = range(self._size)[row]
        if isinstance(rows, range):
            return self.some(np.array(rows, np.intp))
        entry, laid = self._numbering.entry(rows), len(self._laid)
        return self._laid[entry] if entry < laid else self._later[entry - laid]
