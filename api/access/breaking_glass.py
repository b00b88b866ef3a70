"""Seeing a citizen who is not one's work: with a reason, for an hour, and looked at afterwards."""

from datetime import timedelta

from api.access import audit
from api.access.scopes import Scope, require
from api.domain.accounts import AccessGrant
from api.domain.caller import Caller
from api.store import Unit, access_grants, citizens
from api.store.errors import Missing
from geo.errors import N_, Refused

LASTS = timedelta(minutes=60)
SHORTEST, LONGEST = 10, 1_000
"""Characters of a reason: enough to say something, not a case file."""


def open_citizen(unit: Unit, caller: Caller, citizen_id: str, reason: str) -> AccessGrant:
    """Let the caller see one citizen for an hour, flagged for review, and record it.

    Raises `Denied` for a role that sees no list of citizens, `Missing` for a citizen who is not of the
    municipality, and `Refused` for a reason that says nothing.
    """
    require(caller, Scope.CITIZENS_LIST)
    if citizens.find(unit, caller, citizen_id) is None:
        raise Missing("citizen", citizen_id)
    said = " ".join(reason.split())
    if not SHORTEST <= len(said) <= LONGEST:
        problem = N_("The reason has {length} characters.")
        remedy = N_("Say in {shortest} to {longest} characters why you need to see this citizen.")
        raise Refused("reason", problem, remedy, length=len(said), shortest=SHORTEST, longest=LONGEST)
    grant = access_grants.add(unit, caller, citizen_id, said, LASTS)
    audit.record(unit, caller, "break_glass", citizen_id=citizen_id, subject=grant.id)
    return grant
