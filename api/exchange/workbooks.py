"""An Excel workbook to rows: the sheet that was meant, and the types its cells have."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from python_calamine import (
    CalamineWorkbook,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from api.exchange.limits import LIMITS, Limits
from api.exchange.packages import checked_package
from api.exchange.tables import Note, Row, Table, nothing_in
from geo import Refused
from geo.errors import N_, nearest


def read_workbook(data: bytes, name: str, sheet: str | None, limits: Limits) -> Table:
    """The rows of one sheet, with numbers, dates and texts as they are typed; formulas give their last value.

    Raises `Refused` for a damaged or hostile workbook, and for a sheet that is not there.
    """
    package, notes = checked_package(data, name, limits)
    with _opened(package, name) as book:
        return _chosen(book, name, sheet, notes)


def read_sheets(data: bytes, name: str, limits: Limits = LIMITS) -> Iterator[Table]:
    """Each sheet that holds anything, hidden ones with them, as `read_workbook` reads it by its name.

    The workbook is checked once for all of them, however many it has.
    """
    package, notes = checked_package(data, name, limits)
    with _opened(package, name) as book:
        for sheet in _worksheets(book):
            try:
                table = _chosen(book, name, sheet.name, notes)
            except Refused:
                # a sheet without a cell
                continue
            yield table


@contextmanager
def _opened(package: bytes, name: str) -> Iterator[CalamineWorkbook]:
    try:
        with load_workbook(io.BytesIO(package)) as book:
            yield book
    except Refused:
        raise
    except BaseException as broken:
        # the reader is written in Rust: what it did not foresee arrives as a panic, outside Exception
        if not isinstance(broken, Exception) and type(broken).__name__ != "PanicException":
            raise
        problem = N_("{name!r} cannot be read as an Excel workbook.")
        remedy = N_("Open the file in Excel and save it anew.")
        raise Refused("file", problem, remedy, name=name, value=name) from None


def _chosen(book: CalamineWorkbook, name: str, sheet: str | None, notes: list[Note]) -> Table:
    worksheets = _worksheets(book)
    names = [found.name for found in worksheets]
    if sheet is not None:
        _refuse_unknown(sheet, names)
    hidden = [found.name for found in worksheets if not _visible(found)]
    for candidate in [sheet] if sheet is not None else [title for title in names if title not in hidden]:
        if rows := _rows(book, candidate):
            said = _said(candidate, names, hidden) if sheet is None else []
            visible = tuple(title for title in names if title not in hidden)
            unread = tuple(title for title in names if title != candidate)
            found = (*notes, *said)
            return Table(name=name, rows=rows, sheet=candidate, sheets=visible, unread=unread, notes=found)
    raise nothing_in(name if sheet is None else sheet)


def _worksheets(book: CalamineWorkbook) -> list[SheetMetadata]:
    return [found for found in book.sheets_metadata if found.typ == SheetTypeEnum.WorkSheet]


def _visible(sheet: SheetMetadata) -> bool:
    return bool(sheet.visible == SheetVisibleEnum.Visible)


def _refuse_unknown(sheet: str, names: Sequence[str]) -> None:
    if sheet not in names:
        near = nearest(sheet, names)
        remedy = N_("Did you mean {near!r}? It has: {names}.") if near else N_("It has: {names}.")
        problem = N_("There is no sheet {value!r} in the workbook.")
        raise Refused("sheet", problem, remedy, value=sheet, near=near, names=", ".join(names))


def _rows(book: CalamineWorkbook, sheet: str) -> tuple[Row, ...]:
    cells = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    rows = (Row(number, tuple(row)) for number, row in enumerate(cells, start=1))
    return tuple(row for row in rows if not row.blank)


def _said(chosen: str, names: Sequence[str], hidden: Sequence[str]) -> list[Note]:
    others = [name for name in names if name != chosen and name not in hidden]
    notes = []
    if others:
        text = N_("Sheet {sheet!r} was read; {others} were not.")
        notes.append(Note(text, {"sheet": chosen, "others": ", ".join(others)}))
    if hidden:
        text = N_("Hidden sheets were not read: {names}.")
        notes.append(Note(text, {"names": ", ".join(hidden)}))
    return notes
