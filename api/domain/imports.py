"""Files that were read in: what one can hold, what became of its rows, and what of it was taken back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from api.domain.records import RecordKind

LONGEST = timedelta(minutes=15)
"""Work on a list that has not ended after this long was broken off together with the service."""

_BEGUN, _TAKEN_BACK, _NOT_TAKEN_BACK = _OF_TAKING_BACK = ("taking_back", "taken_back", "not_taken_back")
"""The words of a report that speak of taking the list back."""


class ImportKind(StrEnum):
    """What a file holds; also the word on the command line."""

    CENTRES = "centres"
    CITIZENS = "citizens"
    EMPLOYERS = "employers"
    JOB_ORDERS = "job-orders"


class Stays(StrEnum):
    """Why a record stays as it is although the list that brought or changed it is taken back."""

    CHANGED = "changed"
    ORDERED = "ordered"
    CONTACTED = "contacted"
    SUGGESTED = "suggested"
    PLANNED = "planned"
    WORKED_WITH = "worked_with"
    VISITED = "visited"


Which = tuple[RecordKind, str]
"""A record: its kind and its id."""


@dataclass(frozen=True, kw_only=True)
class TakenBack:
    """What taking a list back has come to, when, and by which user.

    So many records that it had added are `removed`, so many that it had changed are `restored`; `stays` are
    the others, by the first reason.
    """

    removed: int
    restored: int
    stays: Mapping[Stays, tuple[Which, ...]] = field(default_factory=dict)
    at: datetime
    by: str

    def to_json(self) -> dict[str, Any]:
        """As it stands in a report."""
        stays = {str(why): [[str(kind), id_] for kind, id_ in which] for why, which in self.stays.items()}
        counts = {"removed": self.removed, "restored": self.restored, "stays": stays}
        return {**counts, "at": self.at.isoformat(), "by": self.by}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "TakenBack":
        """Out of a report."""
        stays = {
            Stays(why): tuple((RecordKind(kind), id_) for kind, id_ in which)
            for why, which in told["stays"].items()
        }
        counts = {"removed": told["removed"], "restored": told["restored"]}
        return cls(**counts, stays=stays, at=datetime.fromisoformat(told["at"]), by=told["by"])


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
    def told(self) -> dict[str, Any]:
        """The report."""
        found: dict[str, Any] = json.loads(self.report or "{}")
        return found

    @property
    def duplicates(self) -> int:
        """How many rows spoke of what another row spoke of; 0 where the report does not tell."""
        return int(self.told.get("duplicates", 0))

    @property
    def taken_back(self) -> TakenBack | None:
        """What taking it back has come to; None while nobody has."""
        found = self.told.get(_TAKEN_BACK)
        return found and TakenBack.from_json(found)

    @property
    def not_taken_back(self) -> Mapping[str, Any] | None:
        """Why the last attempt to take it back came to nothing, as it is told; None where there was none."""
        return self.told.get(_NOT_TAKEN_BACK)

    def being_taken_back_since(self, now: datetime) -> datetime | None:
        """Since when it is being taken back; None where it is not, and where that was broken off."""
        begun = self.told.get(_BEGUN)
        since = begun and datetime.fromisoformat(begun)
        return since if since and now - since <= LONGEST else None

    def with_begun(self, at: datetime) -> "ImportRun":
        """The same while it is being taken back."""
        return self._told_of({_BEGUN: at.isoformat()})

    def with_taken_back(self, came_to: TakenBack) -> "ImportRun":
        """The same when that is done."""
        return self._told_of({_TAKEN_BACK: came_to.to_json()})

    def with_failure(self, why: Mapping[str, Any]) -> "ImportRun":
        """The same when that came to nothing."""
        return self._told_of({_NOT_TAKEN_BACK: dict(why)})

    def _told_of(self, news: Mapping[str, Any]) -> "ImportRun":
        rest = {name: said for name, said in self.told.items() if name not in _OF_TAKING_BACK}
        return replace(self, report=json.dumps({**rest, **news}, ensure_ascii=False))

    @property
    def rows(self) -> int:
        """How many rows were read: each is new, changed, unchanged, a duplicate or refused."""
        return self.added + self.changed + self.unchanged + self.duplicates + self.refused
