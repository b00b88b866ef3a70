"""Lists that were taken in, and what became of their rows."""

from datetime import datetime

from pydantic import Field

from api.domain.records import ImportKind
from api.schemas.shapes import Shown


class RefusedCell(Shown):
    """Why a row was not taken: the row as a spreadsheet numbers it, the column, the cell, the way out."""

    row: int | None
    column: str = Field(description="Empty when the row as a whole is at fault")
    value: str
    detail: str
    remedy: str


class Import(Shown):
    """A list and what became of its rows; of `refused_total` cells the first thousand are told.

    `stored` is false for a dry run, and where rows were refused and were not to be left out: the counts then
    say what would have become of the others.
    """

    id: str
    kind: ImportKind
    file_name: str
    stored: bool
    added: int
    changed: int
    unchanged: int
    refused_rows: int
    refused_total: int
    refused: list[RefusedCell]
    at: datetime | None = None
    by: str = ""
