"""Lists that were taken in, and what became of their rows."""

from datetime import datetime
from typing import Self

from pydantic import Field

from api.domain.imports import ImportKind, Stays
from api.domain.imports import TakenBack as CameTo
from api.domain.records import RecordKind
from api.schemas.shapes import IDS, Shown, looks_like


class RefusedCell(Shown):
    """Why a row was not taken: the row as a spreadsheet numbers it, the column, the cell, the way out."""

    model_config = looks_like(
        row=7,
        column="CVR-nr",
        value="1234567",
        detail="'1234567' har ikke otte cifre.",
        remedy="Skriv alle otte cifre.",
    )

    row: int | None
    column: str = Field(description="Empty when the row as a whole is at fault")
    value: str
    detail: str
    remedy: str


class Stayed(Shown):
    """A record that stays as it is although its list is taken back, and why."""

    model_config = looks_like(kind="employer", id=IDS["employer_id"], why="contacted")

    kind: RecordKind
    id: str
    why: Stays


class TakenBack(Shown):
    """What taking a list back has come to.

    `removed` had been added by the list and were used by nobody, `restored` were changed by it and are as
    they were before. `stays` are all others, told for one list alone; `stayed` how many for each reason.
    """

    model_config = looks_like(
        removed=39, restored=2, stayed={"contacted": 2}, at="2026-11-23T10:05:00Z", by=IDS["user_id"]
    )

    removed: int
    restored: int
    stayed: dict[Stays, int]
    stays: list[Stayed]
    at: datetime
    by: str

    @classmethod
    def of(cls, came_to: CameTo, whole: bool) -> Self:
        """As it is kept; the records that stay are told of the `whole`."""
        stays = [
            Stayed(kind=kind, id=id_, why=why) for why, which in came_to.stays.items() for kind, id_ in which
        ]
        return cls(
            removed=came_to.removed,
            restored=came_to.restored,
            stayed={why: len(which) for why, which in came_to.stays.items()},
            stays=stays if whole else [],
            at=came_to.at,
            by=came_to.by,
        )


class Import(Shown):
    """A list and what became of its rows; of `refused_total` cells the first thousand are told.

    `rows` is how many were read: `added`, `changed`, `unchanged`, `duplicates` and `refused_rows` together.
    `stored` is false for a dry run, and where rows were refused and were not to be left out: the counts then
    say what would have become of the others.
    """

    model_config = looks_like(
        id=IDS["import_id"],
        file_name="virksomheder.csv",
        stored=True,
        rows=52,
        added=41,
        changed=2,
        unchanged=6,
        duplicates=2,
        refused_rows=1,
        refused_total=1,
        at="2026-11-23T09:30:00Z",
        by=IDS["user_id"],
    )

    id: str
    kind: ImportKind
    file_name: str
    stored: bool
    rows: int
    added: int
    changed: int
    unchanged: int
    duplicates: int = Field(description="Rows that speak of what an earlier row speaks of")
    refused_rows: int
    refused_total: int
    refused: list[RefusedCell]
    at: datetime | None = None
    by: str = ""
    taken_back: TakenBack | None = None
