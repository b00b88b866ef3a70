"""A file as rows of typed cells, numbered as a person sees them in a spreadsheet.

The form is found from the content, never from the file's name alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from types import MappingProxyType

from geo import Refused
from geo.errors import N_

Cell = str | float | bool | date | time | timedelta
"""A cell keeps the type it had; a blank one is ''. A `datetime` is a `date` as well."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, and its number counted from 1 with title rows and blank lines included."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(not isinstance(cell, str) or cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was cleaned, assumed or left out; it stops nothing. `text` is a template."""

    text: str
    facts: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    row: int | None = None
    column: str | None = None

    def said(self, translate: Callable[[str], str] = str) -> str:
        """The note in the language of `translate`, a gettext function; English without one."""
        return translate(self.text).format(**self.facts)


@dataclass(frozen=True, kw_only=True)
class Table:
    """The rows of a file that hold anything, title rows included, and what was said while reading it.

    `sheets` are the visible sheets of a workbook, of which `sheet` is the one that was read; `unread` are all
    the others, hidden ones with them.
    """

    name: str
    rows: tuple[Row, ...]
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


def nothing_in(name: str) -> Refused:
    """The refusal of a file or sheet without a single cell."""
    remedy = N_("Choose a file with a row of headers and the rows below it.")
    return Refused("file", N_("{name!r} is empty."), remedy, name=name, value=name)


def too_many(what: str, limit: int) -> Refused:
    """The refusal of a file that passes a limit; `what` says of what, in a template with {limit}."""
    return Refused("file", what, N_("Split the file and import the parts."), limit=limit, value=limit)
