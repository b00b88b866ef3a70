"""How much waits for somebody, as the day's page says it, and says it anew when something was recorded."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qs, urlsplit

from api.casework import due as desk
from api.casework import suggestions
from api.casework.due import DueList
from api.casework.suggestions import Awaited
from api.domain.caller import Caller
from api.domain.due import Whose
from api.store import Unit

TODAY = "/today"
SHOWN = 25
"""So many of the most urgent are shown; the rest is counted."""


@dataclass(frozen=True, slots=True)
class DueCount:
    """How many things wait, how many deadlines have passed, and how many of the things are shown.

    `awaited` are the citizens who were contacted and have not answered, `whose` says of whom all of it is.
    """

    total: int
    overdue: int
    shown: int
    awaited: int
    whose: Whose

    @classmethod
    def of(cls, found: DueList, awaited: Awaited, whose: Whose) -> Self:
        """The counts of a list of what is due, and of those whose answer is waited for."""
        shown = min(found.total, SHOWN)
        return cls(total=found.total, overdue=found.overdue, shown=shown, awaited=awaited.total, whose=whose)


def address_of(whose: Whose) -> str:
    """Where the day of the caller, or of the whole municipality, is shown."""
    return TODAY if whose is Whose.MINE else f"{TODAY}?whose={whose}"


def count_at(unit: Unit, caller: Caller, address: str) -> DueCount | None:
    """What the page at `address` counts now; None for another page than the day's."""
    parts = urlsplit(address)
    if parts.path != TODAY:
        return None
    everybody = parse_qs(parts.query).get("whose") == [str(Whose.MUNICIPALITY)]
    whose = Whose.MUNICIPALITY if everybody else Whose.MINE
    # nobody is named, so nobody is looked at
    return DueCount.of(desk.due(unit, caller, whose, 0), suggestions.awaited(unit, caller, whose, 0), whose)
