"""Bytes to a `Table`: which kind of file it is, and a plain word for the kinds that are not read."""

from api.exchange.delimited import read_delimited
from api.exchange.limits import LIMITS, Limits
from api.exchange.tables import Table, nothing_in, too_many
from api.exchange.workbooks import read_workbook
from geo import Refused
from geo.errors import N_

_OTHERS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"\x1f\x8b": "gzip",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7-Zip",
    b"SQLite format": "SQLite",
    b"{\\rtf": "RTF",
    b"<!DOCTYPE": "HTML",
    b"<html": "HTML",
    b"<?xml": "XML",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE = N_("Save it as an Excel workbook (.xlsx) or as CSV.")


def read_table(data: bytes, name: str, *, sheet: str | None = None, limits: Limits = LIMITS) -> Table:
    """The rows of a CSV file or an Excel workbook (.xlsx), told apart by content.

    `name` is only for what is said; `sheet` chooses a sheet, the first visible one with anything in it
    without it. Raises `Refused`, and nothing else, for whatever cannot be read.
    """
    if len(data) > limits.file_bytes:
        raise too_many(N_("The file is larger than {limit} bytes."), limits.file_bytes)
    if not data.strip(b"\x00\t\r\n ;,"):
        raise nothing_in(name)
    _refuse_other_kinds(data, name)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return read_workbook(data, name, sheet, limits)
    if sheet is not None:
        problem = N_("{name!r} is a text file and has no sheets.")
        raise Refused("sheet", problem, N_("Leave the sheet out."), name=name, value=sheet)
    return read_delimited(data, name, limits)


def _refuse_other_kinds(data: bytes, name: str) -> None:
    if data.startswith(_OLE):
        raise _old_or_locked(data, name)
    start = data.lstrip()[:16]
    for mark, kind in _OTHERS.items():
        if start.lower().startswith(mark.lower()):
            raise Refused("file", N_("{name!r} is a {kind} file."), _SAVE, name=name, kind=kind, value=name)


def _old_or_locked(data: bytes, name: str) -> Refused:
    if "EncryptedPackage".encode("utf-16-le") in data:
        remedy = N_("Open it in Excel, take the password off and save it again.")
        return Refused("file", N_("{name!r} is protected by a password."), remedy, name=name, value=name)
    problem = N_("{name!r} is a workbook in the old Excel format.")
    return Refused("file", problem, _SAVE, name=name, value=name)
