"""Tables as an Excel workbook: texts stay texts, whatever they begin with; headings freeze; A4 fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from xlsxwriter import Workbook

Cell = str | int | float | None
"""What may stand in a cell; None is a blank one."""

MOST_WIDE = 60
"""Characters that a column is wide at most."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A named table."""

    name: str
    headings: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The workbook as a file; nothing in it is evaluated, linked or hidden."""
    told = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    file = BytesIO()
    with Workbook(file, {**told, "strings_to_numbers": False}) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.write_row(0, 0, sheet.headings, bold)
            for number, row in enumerate(sheet.rows, start=1):
                page.write_row(number, 0, row, wrapped)
            for column, width in enumerate(_widths(sheet)):
                page.set_column(column, column, width)
            page.freeze_panes(1, 0)
            page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.headings) - 1)
            page.set_paper(9)
            page.set_landscape()
            page.fit_to_pages(1, 0)
            page.repeat_rows(0)
    return file.getvalue()


def _widths(sheet: Sheet) -> list[int]:
    columns = zip(sheet.headings, *sheet.rows, strict=True)
    return [min(max(len(str(cell or "")) for cell in column) + 2, MOST_WIDE) for column in columns]
