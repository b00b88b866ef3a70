"""The order that somebody gave a citizen's list beside the ranking, as it is told with the next list."""

from dataclasses import dataclass
from datetime import datetime

from api.casework import reorderings
from api.casework.rankings import ShortlistFound
from api.casework.users import names_of
from api.domain.caller import Caller
from api.pages.shortlist_rows import orders_of
from api.store import Unit
from matching.times import DENMARK_TIME


@dataclass(frozen=True, slots=True)
class OwnOrder:
    """By whom, when, why, and the ids and titles in it."""

    by: str
    at: datetime
    reason: str
    titles: tuple[tuple[str, str], ...]

    def place_of(self, id_: str) -> int:
        """At which place of the order a task stands, from 1; raises `ValueError` for one not in it."""
        return 1 + [one for one, _ in self.titles].index(id_)


def own_order_of(unit: Unit, caller: Caller, citizen_id: str, found: ShortlistFound) -> OwnOrder | None:
    """The last order that a person gave a list, of the tasks that are still there."""
    kept = reorderings.latest_of(unit, caller, citizen_id)
    if kept is None:
        return None
    titles = {id_: title for id_, title, _ in orders_of(found)}
    by = names_of(unit, caller, [kept.by]).get(kept.by, "")
    still = tuple((id_, titles[id_]) for id_ in kept.order if id_ in titles)
    return OwnOrder(by, kept.at.astimezone(DENMARK_TIME), kept.reason, still) if still else None
