"""How much waits for somebody, as the day's page says it, and says it anew when something was recorded."""

from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

from api.casework import due as desk
from api.casework import suggestions
from api.casework.due import DueList
from api.domain.caller import Caller
from api.domain.due import Whose
from api.domain.parts import Part, Place
from api.routes.cursors import Stretch
from api.store import Unit
from geo import Refused

TODAY = "/today"
SHOWN = 12
"""So many of what is to do are shown at a time: each has its forms, and a page is to be light."""

AWAITED_BESIDE, AWAITED_ALONE = 5, 15
"""So many of those who were contacted are shown: beside what is to do, and where that list goes on."""


@dataclass(frozen=True, slots=True)
class DueCount:
    """How many things wait, how many deadlines have passed, and which of the things are shown, by number.

    `awaited` are the citizens who were contacted and have not answered, `whose` says of whom all of it is.
    """

    total: int
    overdue: int
    first: int
    last: int
    awaited: int
    whose: Whose

    @classmethod
    def of(cls, found: DueList, awaited: Part[Any], whose: Whose, shown: int = SHOWN) -> Self:
        """The counts of a list of what is due, and of those whose answer is waited for."""
        last = min(found.total, found.part.before + shown)
        return cls(found.total, found.overdue, found.part.first, last, awaited.total, whose)


def address_of(whose: Whose, **cursors: str | None) -> str:
    """Where the day of the caller, or of the whole municipality, is shown, from where its lists go on."""
    said = {"whose": None if whose is Whose.MINE else str(whose), **cursors}
    query = urlencode({name: value for name, value in said.items() if value})
    return f"{TODAY}?{query}" if query else TODAY


def stretch_of(whose: Whose, cursor: str | None, limit: int = SHOWN) -> Stretch:
    """Which part of what is to do is asked for."""
    return Stretch(TODAY, min(limit, SHOWN), cursor).sifted(whose=whose)


def awaited_stretch(whose: Whose, cursor: str | None) -> Stretch:
    """Which part of those who were contacted is asked for."""
    most = AWAITED_ALONE if cursor else AWAITED_BESIDE
    return Stretch(f"{TODAY}#awaited", most, cursor, name="awaited").sifted(whose=whose)


def count_at(unit: Unit, caller: Caller, address: str) -> DueCount | None:
    """What the page at `address` counts now; None for another page than the day's."""
    parts = urlsplit(address)
    if parts.path != TODAY:
        return None
    said = parse_qs(parts.query)
    everybody = said.get("whose") == [str(Whose.MUNICIPALITY)]
    whose = Whose.MUNICIPALITY if everybody else Whose.MINE
    after = _place(whose, said.get("cursor", [""])[-1])
    # nobody is named, so nobody is looked at
    found, awaited = desk.due(unit, caller, whose, 0, after), suggestions.awaited(unit, caller, whose, 0)
    return DueCount.of(found, awaited, whose, 0 if "awaited" in said else SHOWN)


def _place(whose: Whose, cursor: str) -> Place | None:
    try:
        return stretch_of(whose, cursor).after
    except Refused:  # the page itself says so; what was recorded is recorded
        return None
