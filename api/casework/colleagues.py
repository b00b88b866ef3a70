"""Colleagues as somebody of the municipality looks after them: their names, roles, and whether they come in.

Nobody changes their own role or shuts themselves out, so that somebody who can look after the others remains.
Adding somebody takes a password that nobody else sees, and stays with whoever runs the system.
"""

from collections.abc import Set

from api.access.scopes import GIVES
from api.casework import users as desk
from api.casework.versions import require_seen
from api.domain.accounts import UserRecord
from api.domain.caller import Caller, Role
from api.store import Unit, users
from api.store.errors import Missing
from geo import Refused
from geo.errors import N_


def read(unit: Unit, caller: Caller, user_id: str) -> UserRecord:
    """A colleague of the caller's municipality, shut out or not; raises `Missing`."""
    found = users.find(unit, caller.municipality, user_id)
    if found is None:
        raise Missing("user", user_id)
    return found


def change(
    unit: Unit,
    caller: Caller,
    user_id: str,
    seen: Set[int] | None,
    *,
    name: str | None = None,
    role: Role | None = None,
    disabled: bool | None = None,
) -> UserRecord:
    """Put what is said of a colleague in the place of what was; None leaves it as it is.

    Each part that changes is written down. Raises `Missing`, `Stale` with the current state, and `Refused`
    for what is no name, for one's own role and access, and for roles that are not the caller's to give.
    """
    before = users.held(unit, caller, user_id)
    require_seen("user", before, seen)
    if name is not None and name != before.name:
        desk.rename(unit, caller, before, name)
    if role is not None and role is not before.role:
        refuse_not_theirs(caller, before, role, "role")
        desk.change_role(unit, caller, before, role)
    if disabled is not None and disabled is not bool(before.disabled_at):
        refuse_not_theirs(caller, before, before.role, "disabled")
        (desk.disable if disabled else desk.enable)(unit, caller, before)
    return read(unit, caller, user_id)


def changeable(caller: Caller, user: UserRecord) -> bool:
    """Whether the caller may change what a colleague does, and shut the colleague out."""
    return user.id != caller.user_id and user.role in GIVES.get(caller.role, ())


def refuse_not_theirs(caller: Caller, user: UserRecord, role: Role, field: str) -> None:
    """Raise `Refused` for the caller's own role or access, and for a role that the caller does not give."""
    if user.id == caller.user_id:
        problem = N_("Nobody changes their own role or shuts themselves out.")
        raise Refused(field, problem, N_("Ask another coordinator."))
    if not {user.role, role} <= GIVES.get(caller.role, frozenset()):
        problem = N_("This role is given and taken by whoever runs the system.")
        raise Refused(field, problem, N_("Ask them, or choose another role."))
