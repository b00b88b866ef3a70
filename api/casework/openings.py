"""How many tasks an answer of a citizen opened or closed: counted beside one another, and nothing is listed.

Both counts stand on the same catalogue and day, so that what differs comes of the answer alone.
"""

from dataclasses import dataclass

from api.access.scopes import Scope, may
from api.casework.catalogues import Kept
from api.casework.starts import Starts, anchors_of, citizen_of, starts_of
from api.casework.supply import Kind
from api.domain.caller import Caller
from api.domain.records import CitizenRecord
from api.domain.working_days import day_of
from api.store import Unit
from matching import shortlist
from matching.standing import Totals


@dataclass(frozen=True, kw_only=True)
class Openings:
    """How many tasks suit now and how many hang on an answer; `_more` than before, below 0 for fewer."""

    suit: int
    suit_more: int
    asked: int
    asked_more: int


def openings(
    unit: Unit, caller: Caller, kept: Kept, before: CitizenRecord, after: CitizenRecord
) -> Openings | None:
    """What changed for the citizen's list of tasks between two states of the citizen; None where nothing did.

    None too for who sees no shortlists, and where no place to start from is known before or after. Nothing is
    written down: whoever asks has opened the citizen.
    """
    if not may(caller, Scope.SHORTLISTS_READ) or _same(before, after):
        return None
    starts = starts_of(unit, caller.municipality)
    if not all(anchors_of(one, starts) for one in (before, after)):
        return None
    was, now = (_totals(unit, kept, one, starts) for one in (before, after))
    if (was.ranked, was.asked) == (now.ranked, now.asked):
        return None
    return Openings(
        suit=now.ranked,
        suit_more=now.ranked - was.ranked,
        asked=now.asked,
        asked_more=now.asked - was.asked,
    )


def _same(before: CitizenRecord, after: CitizenRecord) -> bool:
    return (before.needs, before.anchors) == (after.needs, after.anchors)


def _totals(unit: Unit, kept: Kept, record: CitizenRecord, starts: Starts) -> Totals:
    person, today = citizen_of(record, starts), day_of(unit.at)
    catalogue = kept.supply.catalogue_for(person, Kind.JOB_ORDERS)
    return shortlist(person, catalogue, 0, today, kept.policy).totals
