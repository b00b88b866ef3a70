"""Files as they arrive, made in memory."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

import pytest
import xlsxwriter

from api.exchange.files import read_table
from api.exchange.tables import Table

Rows = Iterable[Sequence[object]]


@pytest.fixture(scope="session")
def csv_file() -> Callable[..., bytes]:
    """Rows as Danish Excel writes CSV."""

    def write(rows: Rows, encoding: str = "utf-8-sig", delimiter: str = ";") -> bytes:
        return "".join(delimiter.join(map(str, row)) + "\r\n" for row in rows).encode(encoding)

    return write


@pytest.fixture(scope="session")
def table_of(csv_file: Callable[..., bytes]) -> Callable[..., Table]:
    """A table of rows that say what differs from a `base`; without any, of the base alone."""

    def read(base: Mapping[str, str], *rows: Mapping[str, str]) -> Table:
        said = [{**base, **row} for row in rows] or [dict(base)]
        header = list(dict.fromkeys(title for row in said for title in row))
        data = csv_file([header, *([row.get(title, "") for title in header] for row in said)])
        return read_table(data, "liste.csv")

    return read


@pytest.fixture(scope="session")
def workbook() -> Callable[..., bytes]:
    """Sheets of rows as a workbook; dates become typed dates, None stays blank."""

    def write(sheets: Mapping[str, Rows], hidden: Iterable[str] = (), **options: object) -> bytes:
        out = io.BytesIO()
        book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, **options})
        dated = book.add_format({"num_format": "dd-mm-yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(at, column, cell, dated)
                    elif cell is not None:
                        sheet.write(at, column, cell)
        book.close()
        return out.getvalue()

    return write


@pytest.fixture(scope="session")
def repacked() -> Callable[..., bytes]:
    """A workbook with parts replaced or added; a part mapped to None is left out."""

    def write(data: bytes, parts: Mapping[str, bytes | None]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                if name not in parts:
                    new.writestr(name, old.read(name))
            for name, content in parts.items():
                if content is not None:
                    new.writestr(name, content)
        return out.getvalue()

    return write
