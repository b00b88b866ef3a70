"""How much of a file is read before it is refused.

A municipality's list is some thousand rows; these stand far above that, and low enough that a hostile file
costs neither memory nor time.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one import; sizes in bytes, lengths in characters."""

    file_bytes: int = 20_000_000
    rows: int = 100_000
    columns: int = 200
    cell_characters: int = 10_000
    cells: int = 4_000_000
    """Rows times columns: both can be within bounds and a sheet still be enormous."""
    parts: int = 1_000
    """Files packed inside a workbook."""
    unpacked_bytes: int = 150_000_000
    """All parts of a workbook together, unpacked; the text of all cells together as well."""
    packed_ratio: int = 200
    """How many times its packed size a part of over a megabyte may unpack to; sheets reach 10 to 60."""
    elements: int = 5_000_000
    """XML elements of a workbook."""


LIMITS = Limits()
"""The bounds of an ordinary import."""
