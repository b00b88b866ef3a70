"""Whose work a citizen is: given to somebody, ended, and told to who wants to ask a colleague."""

from api.access import audit
from api.access.scopes import ROLES, Scope, may
from api.casework import citizens
from api.casework.errors import Unassignable
from api.domain.accounts import UserRecord
from api.domain.caller import Caller
from api.store import Unit, assignments, users
from api.store import citizens as stored
from api.store.errors import Missing

_MOST = 1_000
"""So many users of a municipality are offered."""


def assign(unit: Unit, caller: Caller, citizen_id: str, user_id: str | None) -> tuple[str, ...]:
    """Make a citizen somebody's work (the caller's own without a user) and answer whose work it is.

    Raises `Missing` for a citizen who does not exist here, `Unassignable` for a user who sees no citizens.
    """
    stored.held(unit, caller, citizen_id)
    user = users.find(unit, caller.municipality, user_id or caller.user_id)
    if user is None or not _works_with_citizens(user):
        raise Unassignable(user_id or caller.user_id)
    assignments.assign(unit, caller, citizen_id, user.id)
    audit.record(unit, caller, "citizen_assigned", citizen_id=citizen_id, subject=user.id)
    return assignments.of_citizen(unit, caller, citizen_id)


def unassign(unit: Unit, caller: Caller, citizen_id: str, user_id: str) -> tuple[str, ...]:
    """End that a citizen is somebody's work and answer whose it still is; raises `Missing` for another's."""
    citizens.known(unit, caller, citizen_id)
    if not assignments.end(unit, caller, citizen_id, user_id):
        raise Missing("assignment", user_id)
    audit.record(unit, caller, "citizen_unassigned", citizen_id=citizen_id, subject=user_id)
    return assignments.of_citizen(unit, caller, citizen_id)


def assignable(unit: Unit, caller: Caller) -> tuple[UserRecord, ...]:
    """Those of the municipality whose work a citizen can become: who sees citizens and is not shut out."""
    everybody = users.page(unit, caller, limit=_MOST).items
    return tuple(user for user in everybody if _works_with_citizens(user))


def _works_with_citizens(user: UserRecord) -> bool:
    return Scope.CITIZENS_READ in ROLES[user.role] and not user.disabled_at


def assigned(unit: Unit, caller: Caller, citizen_id: str) -> tuple[str, ...]:
    """Whose work a citizen is; open to who may list the citizen, so that a colleague can be asked.

    Raises `Missing`, and `NotYourWork` for who may open citizens only.
    """
    if may(caller, Scope.CITIZENS_LIST):
        citizens.known(unit, caller, citizen_id)
    else:
        citizens.opened(unit, caller, citizen_id, "assignments_read")
    audit.record(unit, caller, "assignments_read", citizen_id=citizen_id)
    return assignments.of_citizen(unit, caller, citizen_id)
