"""Work that nobody waits for and that failed: told to who coordinates, until it works again or is seen to.

Of a fault only its kind is kept: its text may hold what somebody sent.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from api.domain.imports import ImportKind


class Work(StrEnum):
    """What the service does behind the pages."""

    LOOKING = "looking"
    STORING = "storing"
    ADDRESSES = "addresses"
    CATALOGUES = "catalogues"


@dataclass(frozen=True, kw_only=True)
class FailedWork:
    """What failed, how often and when; `subject` is the file of a list, "" for what there is one of.

    `cause` is the kind of the fault, "" for work that was broken off together with the service.
    """

    work: Work
    subject: str = ""
    kind: ImportKind | None = None
    by: str = ""
    cause: str = ""
    first_at: datetime
    last_at: datetime
    times: int = 1

    @property
    def broken_off(self) -> bool:
        """Whether the service stopped while it was at it."""
        return not self.cause
