"""The XML of a workbook, walked once without building anything: entities, size, and how far the cells reach.

A sheet of two cells, A1 and XFD1048576, is a rectangle of 17 billion; a text of 10,000 characters that every
cell refers to is gigabytes. Both fit in a few kilobytes, so both are reckoned before a sheet is read.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from xml.parsers import expat

from api.exchange.limits import Limits
from api.exchange.tables import too_many
from geo import Refused
from geo.errors import N_

_INDEX_DIGITS = 10
_NAMES = 2_000
"""Names of elements and attributes in one part."""

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class XmlCheck:
    """Checks the parts of one workbook; the shared texts must come before the sheets."""

    def __init__(self, limits: Limits) -> None:
        """`limits` are those of the whole workbook."""
        self._limits = limits
        self._elements = 0
        self._text_lengths: list[int] = []
        self._text_total = 0
        self._local: dict[str, str] = {}
        self.has_errors = False

    @contextmanager
    def part(self, part: str, name: str) -> Iterator[Callable[[bytes], object]]:
        """A function to feed the bytes of one part to; raises `Refused` as soon as something is wrong."""
        self._names: dict[str, str] = {}
        parser = expat.ParserCreate(intern=self._names)
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_entities
        self._begin(parser, part)
        try:
            yield lambda piece: parser.Parse(piece, False)
            parser.Parse(b"", True)
        except expat.ExpatError:
            problem = N_("Part {part!r} of {name!r} is damaged.")
            remedy = N_("Open the file in Excel and save it anew.")
            raise Refused("file", problem, remedy, part=part, name=name, value=name) from None

    def _begin(self, parser: expat.XMLParserType, part: str) -> None:
        self.has_errors = False
        self._row = self._column = self._rows = self._columns = 0
        self._kind = self._value = ""
        self._length = 0
        self._in_value = False
        parser.StartElementHandler = self._count
        if part.casefold() == "xl/sharedstrings.xml":
            parser.StartElementHandler = self._text_starts
            parser.CharacterDataHandler = self._text_goes_on
        elif part.casefold().startswith("xl/") and not part.endswith(".rels"):
            parser.StartElementHandler = self._cell_starts
            parser.EndElementHandler = self._value_ends
            parser.CharacterDataHandler = self._value_goes_on

    @staticmethod
    def _refuse_entities(*_: object) -> None:
        problem = N_("The workbook declares XML entities, which Excel never does.")
        raise Refused("file", problem, N_("Do not use this file; fetch it from its source again."))

    def _count(self, tag: str, attributes: dict[str, str]) -> str:
        self._elements += 1
        if self._elements > self._limits.elements:
            raise too_many(N_("The workbook has more than {limit} elements."), self._limits.elements)
        # the parser remembers every name it meets; a format of spreadsheets has some hundred
        if len(self._names) > _NAMES:
            raise expat.ExpatError("too many names")
        local = self._local.get(tag)
        if local is None:
            local = self._local[tag] = tag.rpartition(":")[2]
        return local

    def _text_starts(self, tag: str, attributes: dict[str, str]) -> None:
        if self._count(tag, attributes) == "si":
            self._text_lengths.append(0)

    def _text_goes_on(self, text: str) -> None:
        if self._text_lengths:
            self._text_lengths[-1] += len(text)

    def _cell_starts(self, tag: str, attributes: dict[str, str]) -> None:
        local = self._count(tag, attributes)
        if local == "c":
            self._place(attributes.get("r"))
            self._kind = attributes.get("t", "")
        elif local == "row":
            self._row = int(number) if (number := attributes.get("r", "")).isdecimal() else self._row + 1
            self._column = 0
        elif local in ("v", "is"):
            self._in_value, self._value, self._length = True, "", 0
            self._reach()

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self._column += 1
            return
        found = _REFERENCE.fullmatch(reference.upper())
        if not found:
            raise expat.ExpatError("no such cell")
        self._row, self._column = int(found[2]), _column_number(found[1])

    def _reach(self) -> None:
        """Refuse a cell that lies too far out; only cells that hold something count."""
        limits = self._limits
        self._rows, self._columns = max(self._rows, self._row), max(self._columns, self._column)
        if self._rows > limits.rows:
            raise too_many(N_("A sheet has more than {limit} rows."), limits.rows)
        if self._columns > limits.columns:
            raise too_many(N_("A sheet has more than {limit} columns."), limits.columns)
        if self._rows * self._columns > limits.cells:
            raise too_many(N_("A sheet has more than {limit} cells."), limits.cells)

    def _value_goes_on(self, text: str) -> None:
        if self._in_value:
            self._length += len(text)
            # only the number of a shared text is needed; a long text is not gathered
            self._value += text[:_INDEX_DIGITS]
            self._value = self._value[:_INDEX_DIGITS]

    def _value_ends(self, tag: str) -> None:
        if not self._in_value or self._local[tag] not in ("v", "is"):
            return
        self._in_value = False
        self.has_errors = self.has_errors or self._kind == "e"
        self._text_total += self._text_length()
        if self._text_total > self._limits.unpacked_bytes:
            raise too_many(
                N_("The texts of all cells are longer than {limit} characters."), self._limits.unpacked_bytes
            )

    def _text_length(self) -> int:
        if self._kind != "s":
            return self._length
        index = int(self._value) if self._value.strip().isdecimal() else -1
        if not 0 <= index < len(self._text_lengths):
            raise expat.ExpatError("no such shared text")
        return self._text_lengths[index]


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
