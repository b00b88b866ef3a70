"""Bytes of a text file to text, and by which encoding.

UTF-8 is recognised by being valid, UTF-16 by its mark or its zero bytes. What remains is an old Danish
encoding; they share their bytes, so the one under which the foreign letters come out as Danish wins, and
charset-normalizer judges what none of them explains.
"""

import codecs

from charset_normalizer import from_bytes

from geo import Refused
from geo.errors import N_

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_OLD_DANISH = {"cp1252": "Windows-1252", "cp865": "DOS 865", "mac_roman": "Mac Roman"}
_DANISH = frozenset("æøåÆØÅéÉüÜöÖäÄèêáàóñ§½²³°´’‘”“–—…€·•®©\N{NO-BREAK SPACE}")
_SAMPLE = 20_000
"""Foreign bytes looked at to tell old encodings apart."""

_REMEDY = N_("Save the file as CSV UTF-8.")


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text and the name of its encoding; raises `Refused` with the byte position where it cannot be."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _strictly(data, encoding, name), encoding.removesuffix("-sig").upper()
    if wide := _utf_16_without_mark(data):
        return _strictly(data, wide, name), "UTF-16"
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as broken:
        if 0 in data:
            problem = N_("{name!r} is not a text file.")
            raise Refused("file", problem, _REMEDY, name=name, value=name) from None
        _refuse_damaged_utf_8(data, broken, name)
    encoding = _old_encoding(data)
    return _strictly(data, encoding, name), _OLD_DANISH.get(encoding, encoding)


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as broken:
        raise _undecodable(name, encoding, broken.start, data) from None


def _undecodable(name: str, encoding: str, at: int, data: bytes) -> Refused:
    problem = N_("{name!r} cannot be read as {encoding}: byte {position} (line {line}) has no meaning there.")
    line = data.count(b"\n", 0, at) + 1
    facts = {"name": name, "encoding": encoding, "position": at + 1, "line": line, "value": name}
    return Refused("file", problem, _REMEDY, **facts)


def _utf_16_without_mark(data: bytes) -> str | None:
    """Half of the bytes of Western text in UTF-16 are zero, all on the same side."""
    sample = data[:4_000]
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    enough = 0.4 * len(sample) / 2
    if second > enough and first == 0:
        return "utf-16-le"
    return "utf-16-be" if first > enough and second == 0 else None


def _refuse_damaged_utf_8(data: bytes, broken: UnicodeDecodeError, name: str) -> None:
    """A file that is UTF-8 but for a few bytes must not pass as an old encoding: æ would become Ã¦."""
    loose = data.decode("utf-8", errors="replace")
    wrong = loose.count("\N{REPLACEMENT CHARACTER}")
    right = len(loose) - len(loose.encode("ascii", errors="ignore")) - wrong
    if right > wrong:
        raise _undecodable(name, "UTF-8", broken.start, data)


def _old_encoding(data: bytes) -> str:
    ascii_bytes = bytes(range(128))
    foreign = data.translate(None, delete=ascii_bytes)[:_SAMPLE]
    shares = {encoding: _danish_share(foreign, encoding) for encoding in _OLD_DANISH}
    likely = max(shares, key=shares.__getitem__)
    if shares[likely] >= 0.5:
        return likely
    found = from_bytes(data[:_SAMPLE]).best()
    return found.encoding if found else likely


def _danish_share(foreign: bytes, encoding: str) -> float:
    letters = foreign.decode(encoding, errors="replace")
    return sum(letter in _DANISH for letter in letters) / len(letters)
