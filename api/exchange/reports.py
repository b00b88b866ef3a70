"""What is said about a file after it was read: refused cells, notes, and the drafts that stand.

A refused cell carries the row number and the header as a person sees them in a spreadsheet. All problems of a
row are told at once; a report keeps the first thousand and counts the rest.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Generic, TypeVar

from api.domain.civil_numbers import IS_CIVIL_NUMBER
from api.exchange.tables import Note, Row, Table
from geo import Refused
from geo.errors import N_

REPORTED = 1_000
"""Refused cells, notes, and places elsewhere, that a report keeps of each; the rest is counted."""

LIES_ELSEWHERE = N_("The place lies in {names}, outside the municipality, as far as is known.")
"""What is said of a row whose place is in another municipality, and shown before all that was tidied."""

Record = TypeVar("Record", covariant=True)
Taken = TypeVar("Taken")


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """Why a row was not taken: its number, the header, the cell as it stood, and the reason.

    `column` is empty when the row as a whole is at fault.
    """

    row: int
    column: str
    value: str
    reason: Refused


@dataclass(frozen=True, slots=True)
class Draft(Generic[Record]):
    """A record without an id, and the row it came from."""

    row: int
    record: Record


@dataclass(frozen=True, kw_only=True)
class Reading(Generic[Record]):
    """What a file came to: drafts in file order, refused cells, refused rows and notes.

    `refused` holds the first `REPORTED` cells of `refused_total`, as in the file; `refused_rows` holds every
    refused row with its original cells, for `refused_rows_csv`; `notes` likewise is cut, `notes_total` is
    not. `set_aside` is what could be read of refused rows: whatever else is wrong with them is told as well.
    `civil` are the cells, by row and header, that hold what looks like a civil registration number: all of
    them, also of cells that are only counted.
    """

    header: tuple[str, ...]
    rows_read: int = 0
    drafts: tuple[Draft[Record], ...] = ()
    set_aside: tuple[Draft[Record], ...] = ()
    refused: tuple[RefusedCell, ...] = ()
    refused_total: int = 0
    refused_rows: tuple[Row, ...] = ()
    notes: tuple[Note, ...] = ()
    notes_total: int = 0
    rows: Mapping[int, Row] = field(default_factory=dict, repr=False)
    civil: frozenset[tuple[int, str]] = frozenset()
    titles: Mapping[str, str] = field(default_factory=dict)
    """The headers that fields stood under, for those that may still be refused."""

    @property
    def duplicates(self) -> int:
        """How many rows say the same as one before them, and were taken once with it."""
        return self.rows_read - len(self.drafts) - len(self.refused_rows)

    @property
    def clean(self) -> bool:
        """Whether every row was taken."""
        return not self.refused_rows

    def refusing(self, more: Iterable[RefusedCell]) -> "Reading[Record]":
        """The same reading with further rows refused, for what only the store can know.

        A row that is not of this file raises KeyError.
        """
        cells = tuple(more)
        lost = {cell.row: self.rows[cell.row] for cell in cells}
        kept = {row.number: row for row in self.refused_rows} | lost
        return replace(
            self,
            drafts=tuple(draft for draft in self.drafts if draft.row not in lost),
            set_aside=self.set_aside + tuple(draft for draft in self.drafts if draft.row in lost),
            refused=_as_in_the_file(self.header, self.refused + cells)[:REPORTED],
            refused_total=self.refused_total + len(cells),
            civil=self.civil | {(cell.row, cell.column) for cell in cells if _is_civil(cell.reason)},
            refused_rows=tuple(kept[number] for number in sorted(kept)),
        )

    def turned(self, drafts: Iterable[Draft[Taken]], refused: Iterable[RefusedCell]) -> "Reading[Taken]":
        """The same reading with what became of its drafts, and further rows refused."""
        left = self.refusing(refused)
        turned = ("drafts", "set_aside")
        others = {item.name: getattr(left, item.name) for item in fields(left) if item.name not in turned}
        return Reading(drafts=tuple(drafts), **others)

    def discreet(self) -> "Reading[Record]":
        """The same reading without anything that stood in its cells: rows, columns and reasons stay."""
        cells = (replace(cell, value="", reason=_discreet(cell.reason)) for cell in self.refused)
        return replace(self, refused=tuple(cells), notes=(), notes_total=0)


@dataclass
class Report:
    """Collects what is said while a file is read; see `Reading` for what it becomes."""

    refused: list[RefusedCell] = field(default_factory=list)
    refused_total: int = 0
    refused_rows: set[int] = field(default_factory=set)
    civil: set[tuple[int, str]] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)
    notes_total: int = 0

    @classmethod
    def about(cls, table: Table) -> "Report":
        """A report that begins with what was said while the table was read."""
        return cls(notes=list(table.notes), notes_total=len(table.notes))

    def refuse(self, row: int, column: str, value: str, reason: Refused) -> None:
        """Refuse a row for one of its cells."""
        self.refused_rows.add(row)
        self.refused_total += 1
        if _is_civil(reason):
            self.civil.add((row, column))
        if len(self.refused) < REPORTED:
            self.refused.append(RefusedCell(row, column, value, reason))

    def note(self, note: Note) -> None:
        """Say something that stops nothing."""
        self.notes_total += 1
        # no place far away is crowded out by what was only tidied
        if sum(_tells_far(one) == _tells_far(note) for one in self.notes) < REPORTED:
            self.notes.append(note)

    def teller(self, row: int, column: str) -> Callable[..., None]:
        """A function that notes a template and its facts about one cell."""

        def tell(text: str, **facts: object) -> None:
            self.note(Note(text, facts, row=row, column=column))

        return tell

    def reading(
        self, header: tuple[str, ...], rows: Iterable[Row], drafts: Iterable[Draft[Taken]]
    ) -> Reading[Taken]:
        """Everything collected, and the drafts of the rows that were not refused."""
        by_number, found = {row.number: row for row in rows}, tuple(drafts)
        return Reading(
            header=header,
            rows_read=len(by_number),
            drafts=tuple(draft for draft in found if draft.row not in self.refused_rows),
            set_aside=tuple(draft for draft in found if draft.row in self.refused_rows),
            refused=_as_in_the_file(header, self.refused),
            refused_total=self.refused_total,
            refused_rows=tuple(by_number[number] for number in sorted(self.refused_rows)),
            civil=frozenset(self.civil),
            notes=tuple(self.notes),
            notes_total=self.notes_total,
            rows=by_number,
        )


def _tells_far(note: Note) -> bool:
    return note.text == LIES_ELSEWHERE


def _is_civil(reason: Refused) -> bool:
    return reason.problem == IS_CIVIL_NUMBER


def _as_in_the_file(header: Iterable[str], cells: Iterable[RefusedCell]) -> tuple[RefusedCell, ...]:
    """Row by row, each from left to right; what concerns the whole row, or no column, comes first."""
    place = {title: at for at, title in enumerate(header)}
    return tuple(sorted(cells, key=lambda cell: (cell.row, place.get(cell.column, -1))))


def _discreet(reason: Refused) -> Refused:
    kept = {name: fact if isinstance(fact, int) else "…" for name, fact in reason.facts.items()}
    return Refused(reason.field, reason.problem, reason.remedy, **kept)


def repeated(first: int, differs: tuple[str, ...]) -> Refused:
    """The refusal of a row that contradicts an earlier one about the same thing, under these headers."""
    problem = N_("Row {first} describes the same one differently: {differs}.")
    remedy = N_("Keep the row that is right.")
    return Refused("row", problem, remedy, first=first, differs=differs, value=first)
