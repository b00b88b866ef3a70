"""Files that were read in: what one can hold, and what became of its rows."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ImportKind(StrEnum):
    """What a file holds; also the word on the command line."""

    CENTRES = "centres"
    CITIZENS = "citizens"
    EMPLOYERS = "employers"
    JOB_ORDERS = "job-orders"


@dataclass(frozen=True, kw_only=True)
class ImportRun:
    """A file that was read in and what became of its rows; `report` is the whole report as JSON text.

    `duplicates`, rows that spoke of one and the same thing again, are read out of it.
    """

    id: str
    municipality: str
    kind: ImportKind
    file_name: str
    file_hash: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    report: str = ""
    at: datetime | None = None
    by: str = ""

    @property
    def duplicates(self) -> int:
        """How many rows spoke of what another row spoke of; 0 where the report does not tell."""
        return int(json.loads(self.report or "{}").get("duplicates", 0))

    @property
    def rows(self) -> int:
        """How many rows were read: each is new, changed, unchanged, a duplicate or refused."""
        return self.added + self.changed + self.unchanged + self.duplicates + self.refused
