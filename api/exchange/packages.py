"""A workbook from outside, checked part by part and packed anew, before any reader of workbooks sees it.

Only the XML parts that hold cells are taken over; what is written to the new package is exactly what was
checked, so nothing that a lenient reader would understand differently gets through. No path in the package is
ever used. Pictures, macros and links to other files are left behind.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from api.exchange.limits import Limits
from api.exchange.sheets import XmlCheck
from api.exchange.tables import Note, too_many
from geo import Refused
from geo.errors import N_

_ENTRY = b"PK\x01\x02"
_CHUNK = 1 << 20
_WORKBOOK = "xl/workbook.xml"
_STRINGS = "xl/sharedstrings.xml"
_LEFT_BEHIND = re.compile(
    r"xl/(drawings|charts|chartsheets|media|pivot\w*|theme|externallinks|comments\w*|ctrlprops)\b"
)
_KEPT = re.compile(r"(\[content_types\]|xl/.*|_rels/\.rels)(\.xml|\.rels)?")
_ERROR_CELL = re.compile(rb"""(<(?:\w+:)?c\s[^<>]*?\bt\s*=\s*["'])e(["'])""")
_OTHER_KINDS = {
    "xl/workbook.bin": N_("{name!r} is a binary Excel workbook (.xlsb)."),
    "word/document.xml": N_("{name!r} is a Word document."),
    "ppt/presentation.xml": N_("{name!r} is a presentation."),
    "content.xml": N_("{name!r} is an OpenDocument file."),
}
_REMEDY = N_("Open it in Excel and save it as an Excel workbook (.xlsx) or as CSV.")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


def checked_package(data: bytes, name: str, limits: Limits) -> tuple[bytes, list[Note]]:
    """The workbook's cells as a package that is safe to read, and what was left behind.

    Raises `Refused` for a damaged, protected or oversized package, for XML entities and for another kind of
    file; bounded in memory by `limits.unpacked_bytes`, whatever the package claims.
    """
    if data.count(_ENTRY) > limits.parts:
        raise too_many(N_("The workbook has more than {limit} parts."), limits.parts)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = _parts(package, name, limits)
            return _packed_anew(package, parts, name, limits), _notes(parts)
    except Refused:
        raise
    except _BROKEN:
        raise _damaged(name) from None


def _damaged(name: str) -> Refused:
    problem = N_("{name!r} is damaged or cut off.")
    return Refused("file", problem, N_("Fetch the file again, or save it anew."), name=name, value=name)


def _parts(package: zipfile.ZipFile, name: str, limits: Limits) -> dict[str, zipfile.ZipInfo]:
    """The entries by lower-case name, after every check that needs no unpacking."""
    entries = [entry for entry in package.infolist() if not entry.is_dir()]
    parts = {entry.filename.casefold(): entry for entry in entries}
    if len(parts) < len(entries):
        raise _damaged(name)
    if any(entry.flag_bits & 1 for entry in entries):
        remedy = N_("Open it in Excel, take the password off and save it again.")
        raise Refused("file", N_("{name!r} is protected by a password."), remedy, name=name, value=name)
    if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise too_many(N_("The workbook unpacks to more than {limit} bytes."), limits.unpacked_bytes)
    for entry in entries:
        if entry.file_size > max(1_000_000, entry.compress_size * limits.packed_ratio):
            problem = N_("Part {part!r} of the workbook unpacks to {times} times its size.")
            times = entry.file_size // max(entry.compress_size, 1)
            raise Refused("file", problem, _REMEDY, part=entry.filename, times=times, value=name)
    if _WORKBOOK not in parts:
        kinds = (said for part, said in _OTHER_KINDS.items() if part in parts)
        raise Refused(
            "file", next(kinds, N_("{name!r} is not an Excel workbook.")), _REMEDY, name=name, value=name
        )
    return parts


def _notes(parts: dict[str, zipfile.ZipInfo]) -> list[Note]:
    said = {
        r"xl/(vbaproject\.bin|macrosheets/.*)": N_("The workbook has macros; they were left out."),
        r"xl/externallinks/.*": N_("The workbook links to other files; the links were not followed."),
    }
    return [Note(text) for mark, text in said.items() if any(re.fullmatch(mark, part) for part in parts)]


def _packed_anew(
    package: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], name: str, limits: Limits
) -> bytes:
    check = XmlCheck(limits)
    out = io.BytesIO()
    kept = [part for part in parts if _KEPT.fullmatch(part) and not _LEFT_BEHIND.match(part)]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as fresh:
        # the shared texts first: the sheets are checked for how much text they repeat
        for part in sorted(kept, key=lambda part: part != _STRINGS):
            if part.endswith((".xml", ".rels")):
                fresh.writestr(parts[part].filename, _checked_part(package, parts[part], check, name))
    return out.getvalue()


def _checked_part(package: zipfile.ZipFile, entry: zipfile.ZipInfo, check: XmlCheck, name: str) -> bytes:
    pieces = []
    with check.part(entry.filename, name) as feed:
        for piece in _unpacked(package, entry):
            feed(piece)
            pieces.append(piece)
    content = b"".join(pieces)
    # a reader of workbooks answers blank for an error value; as text it is refused where it stands
    return _ERROR_CELL.sub(rb"\1str\2", content) if check.has_errors else content


def _unpacked(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile("unusual compression")
    with package.open(entry) as part:
        while piece := part.read(_CHUNK):
            yield piece
