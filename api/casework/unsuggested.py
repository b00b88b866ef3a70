"""Whose turn it is: the caller's citizens who can take a task now and for whom none is suggested.

Who has said yes to a task has one, and who has begun waits for none until it is said that they look for more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from api.access import audit
from api.casework.people import Candidate, People
from api.domain.caller import Caller
from api.domain.records import CitizenRecord
from api.domain.working_days import day_of
from api.store import Unit, citizens, proposals
from matching import Anchor


@dataclass(frozen=True, kw_only=True)
class Unsuggested:
    """The first of them, longest waiting first, and how many there are.

    `own` counts all who are the caller's work, `starts` is where the ways of those who want work begin, and
    `resting` want work and are not able to now, who is asked again first.
    """

    shown: Sequence[CitizenRecord]
    total: int
    own: int
    starts: frozenset[Anchor]
    resting: Sequence[CitizenRecord] = ()


def unsuggested(unit: Unit, caller: Caller, people: People, most: int) -> Unsuggested:
    """The caller's citizens with no suggestion and no yes that waits to begin; an audit row for each shown.

    `people` are those of the municipality who want work, as they are held in memory.
    """
    own = citizens.assigned_to(unit, caller)
    wanting = [people.by_id[id_] for id_ in own if id_ in people.by_id]
    able = [one for one in wanting if one.able(day_of(unit.at))]
    asked = proposals.pending_citizens(unit, caller, [one.id for one in able])
    free = sorted((one for one in able if one.id not in asked), key=_waiting)
    rests = sorted((one for one in wanting if one not in able), key=_asked_again)[:most]
    found = citizens.some(unit, caller, [one.id for one in (*free[:most], *rests)])
    # who was erased after the others were read is not shown
    shown = [found[one.id] for one in free[:most] if one.id in found]
    resting = [found[one.id] for one in rests if one.id in found]
    looks = [(one.id, {"version": one.version, "masked": False}) for one in (*shown, *resting)]
    audit.record_each(unit, caller, "citizen_listed", looks)
    starts = {anchor for one in wanting if one.citizen for anchor in one.citizen.anchors}
    return Unsuggested(shown=shown, total=len(free), own=len(own), starts=frozenset(starts), resting=resting)


def _waiting(one: Candidate) -> tuple[date, str]:
    return one.waiting_since or date.max, one.id


def _asked_again(one: Candidate) -> tuple[date, str]:
    return one.not_able_until or date.max, one.id
