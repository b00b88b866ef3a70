"""CSV text to rows: which delimiter, quoted texts over several lines, and an end that is really the end."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from math import log2

from api.exchange.decoding import decode
from api.exchange.formulas import unguarded
from api.exchange.limits import Limits
from api.exchange.tables import Note, Row, Table, nothing_in, too_many
from geo import Refused
from geo.errors import N_

DELIMITERS = ";,\t|"
"""In order of preference where they explain a file equally well; `;` is what Danish Excel writes."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_LOOKED_AT = 60
_RECORD_CHARACTERS = 1_000_000


def read_delimited(data: bytes, name: str, limits: Limits) -> Table:
    """The rows of a CSV file; every cell is text. Raises `Refused` for what is not one."""
    text, encoding = decode(data, name)
    delimiter = _delimiter(text)
    rows = tuple(row for row in _rows(text, delimiter, limits) if not row.blank)
    if not rows:
        raise nothing_in(name)
    shown = "tab" if delimiter == "\t" else delimiter
    note = Note(
        N_("Read as {encoding}, columns divided by {delimiter}."), dict(encoding=encoding, delimiter=shown)
    )
    return Table(name=name, rows=rows, notes=(note,))


def _delimiter(text: str) -> str:
    """The delimiter under which most rows are equally wide, and wide."""
    return max(DELIMITERS, key=lambda mark: (_agreement(text, mark), -DELIMITERS.index(mark)))


def _agreement(text: str, delimiter: str) -> float:
    """How well a delimiter explains the first rows; commas inside texts seldom fall alike in all of them."""
    reader = csv.reader(io.StringIO(text[:_RECORD_CHARACTERS], newline=""), delimiter=delimiter)
    try:
        widths = [len(cells) for cells in islice(reader, _LOOKED_AT) if cells]
    except csv.Error:
        return 0.0
    wide = Counter(width for width in widths if width > 1)
    return max(
        ((rows / len(widths)) ** 3 * log2(min(width, 30)) for width, rows in wide.items()), default=0.0
    )


class _Lines:
    """The physical lines of a text, refusing a record that grows without end (a missing quotation mark)."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.characters = 0

    def __iter__(self) -> Iterator[str]:
        # one line at a time: a StringIO would hold the whole text again, four bytes to a letter
        for found in _LINE.finditer(self._text):
            line = found[0]
            self.characters += len(line)
            if self.characters > _RECORD_CHARACTERS:
                raise csv.Error("record too long")
            yield line


def _rows(text: str, delimiter: str, limits: Limits) -> Iterator[Row]:
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = cells_so_far = started = 0
    try:
        for number, cells in enumerate(reader, start=1):
            lines.characters, started = 0, reader.line_num
            cells_so_far += len(cells)
            if len(cells) > limits.columns:
                raise too_many(N_("The file has more than {limit} columns."), limits.columns)
            if number > limits.rows:
                raise too_many(N_("The file has more than {limit} rows."), limits.rows)
            if cells_so_far > limits.cells:
                raise too_many(N_("The file has more than {limit} cells."), limits.cells)
            yield Row(number, tuple(map(unguarded, cells)))
    except csv.Error:
        problem = N_("The text that starts on line {line} (row {row}) does not end as it should.")
        remedy = N_('Look for a missing or stray quotation mark (") there; the file may also be cut off.')
        raise Refused("file", problem, remedy, line=started + 1, row=number + 1, value=number + 1) from None
