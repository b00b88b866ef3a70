"""A file on its way into the store: which columns it has, what it would do, and whether that is wanted.

A person goes through it in steps, and may come back to it the next morning; until it is stored, or a day has
passed, nothing of it is lost and nobody else sees it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from api.domain.imports import LONGEST, ImportKind

KEPT_FOR = timedelta(hours=24)
"""How long an upload waits for its next step, and the refused rows of a finished one to be fetched."""


class Step(StrEnum):
    """Where an upload stands."""

    COLUMNS = "columns"
    LOOKING = "looking"
    LOOKED = "looked"
    STORING = "storing"
    STORED = "stored"


WORKING = frozenset({Step.LOOKING, Step.STORING})
"""The steps that the service takes by itself."""

_BEFORE = {Step.LOOKING: Step.COLUMNS, Step.STORING: Step.LOOKED}


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file that somebody is about to take in.

    `mapping` is every field with the header that was chosen for it, "" for none; None until somebody has
    chosen. `told` is what the last look or its failure came to, as JSON. `content` is the file; once it is
    stored, only what was refused of it; None where it was not asked for.
    """

    id: str
    municipality: str
    kind: ImportKind
    file_name: str
    content: bytes | None
    sheet: str | None = None
    mapping: Mapping[str, str] | None = None
    told: Mapping[str, object] = field(default_factory=dict)
    step: Step = Step.COLUMNS
    since: datetime
    by: str
    expires_at: datetime

    def standing(self, now: datetime) -> Step:
        """The step; work that was broken off stands where it began."""
        if self.step in WORKING and now - self.since > LONGEST:
            return _BEFORE[self.step]
        return self.step
