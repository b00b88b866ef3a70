"""Who opened a citizen who is not their work, and why: looked through afterwards, by somebody else.

Who may read the log looks it through. A coordinator is told whose it is by initials; who lists no citizens is
told of the reason alone. That it was looked at is written down, and taken back by who pressed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from api.access import audit
from api.access.masking import initials
from api.access.scopes import Scope, may, require
from api.casework.practices import practice_of
from api.casework.users import names_of
from api.domain.accounts import AccessGrant
from api.domain.caller import Caller
from api.domain.parts import Part
from api.store import Unit, access_grants, citizens
from api.store.errors import Missing
from geo.errors import N_, Refused


@dataclass(frozen=True, kw_only=True)
class Access:
    """A grant with what people call it; `initials` are "" for who lists no citizens.

    `own` is for the caller's own, which somebody else looks at.
    """

    grant: AccessGrant
    who: str
    initials: str
    own: bool


def unseen(unit: Unit, caller: Caller, after: str | None, most: int) -> Part[Access]:
    """What nobody has looked at yet, the oldest first, from the one after an id on.

    An audit row for each citizen. Raises `Denied`.
    """
    require(caller, Scope.AUDIT_READ)
    found = access_grants.unreviewed(unit, caller, after or "", most + 1)
    shown = found[:most]
    return Part(
        rows=_called(unit, caller, shown),
        before=access_grants.count_unreviewed(unit, caller, until=after) if after else 0,
        total=access_grants.count_unreviewed(unit, caller),
        next=(shown[-1].id,) if len(found) > most else None,
    )


def count(unit: Unit, caller: Caller) -> int:
    """How many wait for the caller: nobody looks at their own. 0 for who may not look at any."""
    if not may(caller, Scope.AUDIT_READ):
        return 0
    return access_grants.count_unreviewed(unit, caller, but_of=caller.user_id)


def just_seen(unit: Unit, caller: Caller, grant_id: str) -> Access | None:
    """One that the caller has looked at today, so that it can be taken back; None for any other."""
    grant = access_grants.find(unit, caller, grant_id)
    if grant is None or not _is_todays(unit, caller, grant):
        return None
    return _called(unit, caller, [grant])[0]


def see(unit: Unit, caller: Caller, grant_id: str) -> None:
    """Record that the caller has looked at one; nothing happens when somebody was faster.

    Raises `Denied`, `Missing` for one that is not there, and `Refused` for the caller's own.
    """
    grant = _known(unit, caller, grant_id)
    if grant.user_id == caller.user_id:
        problem = N_("Nobody looks through what they opened themselves.")
        raise Refused("grant_id", problem, N_("Ask another coordinator, or the auditor."))
    if access_grants.review(unit, caller, grant_id):
        audit.record(unit, caller, "access_reviewed", citizen_id=grant.citizen_id, subject=grant_id)


def take_back(unit: Unit, caller: Caller, grant_id: str) -> None:
    """Let one wait again that the caller has looked at today; nothing happens when it waits already.

    Raises `Denied`, `Missing` for one that is not there, and `Refused` for what somebody else or another day
    has seen.
    """
    grant = _known(unit, caller, grant_id)
    if grant.reviewed_at is None:
        return
    if not _is_todays(unit, caller, grant):
        problem = N_("Only who has seen it takes that back, on the same day.")
        raise Refused("grant_id", problem, N_("It stands in the log as seen."))
    access_grants.take_back_review(unit, caller, grant_id)
    audit.record(unit, caller, "access_review_taken_back", citizen_id=grant.citizen_id, subject=grant_id)


def _known(unit: Unit, caller: Caller, grant_id: str) -> AccessGrant:
    require(caller, Scope.AUDIT_READ)
    grant = access_grants.find(unit, caller, grant_id)
    if grant is None:
        raise Missing("access", grant_id)
    return grant


def _is_todays(unit: Unit, caller: Caller, grant: AccessGrant) -> bool:
    if grant.reviewed_at is None or grant.reviewed_by != caller.user_id:
        return False
    return practice_of(unit, caller.municipality).calendar.in_one_working_day(grant.reviewed_at, unit.at)


def _called(unit: Unit, caller: Caller, grants: Sequence[AccessGrant]) -> tuple[Access, ...]:
    names = names_of(unit, caller, {one.user_id for one in grants})
    opened = {one.citizen_id for one in grants}
    looks = [(citizen_id, {"masked": True}) for citizen_id in sorted(opened)]
    audit.record_each(unit, caller, "accesses_listed", looks)
    listed = citizens.some(unit, caller, opened) if may(caller, Scope.CITIZENS_LIST) else {}
    whose = {id_: initials(one.name) for id_, one in listed.items()}
    return tuple(
        Access(
            grant=one,
            who=names.get(one.user_id, ""),
            initials=whose.get(one.citizen_id, ""),
            own=one.user_id == caller.user_id,
        )
        for one in grants
    )
