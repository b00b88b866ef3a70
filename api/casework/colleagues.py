"""Colleagues as somebody of the municipality looks after them: their names, roles, and whether they come in.

Nobody changes their own role or shuts themselves out, so that somebody who can look after the others remains.
Who is added, or has forgotten theirs, is given a password that is shown once and good to choose another with.
"""

from collections.abc import Set

from api.access.one_time import OneTime
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


def add(unit: Unit, caller: Caller, username: str, role: Role, name: str, given: OneTime) -> UserRecord:
    """Add a colleague with a password that is given to them.

    Raises `Refused` for a username that is none or taken, for what is no name, and for a role that is not the
    caller's to give.
    """
    _require_given(caller, {role}, "role")
    return desk.add_with(unit, caller, username, role, given, name)


def give_password(
    unit: Unit, caller: Caller, user_id: str, seen: Set[int] | None, given: OneTime
) -> tuple[UserRecord, int]:
    """Give a colleague another password and answer how many sessions that has ended.

    Raises `Missing`, `Stale` with the current state, and `Refused` for one's own, for who is shut out,
    and for whom the caller does not look after.
    """
    before = users.held(unit, caller, user_id)
    require_seen("user", before, seen)
    if user_id == caller.user_id:
        problem = N_("Nobody gives themselves a password.")
        raise Refused("password", problem, N_("Change your own under Your access."))
    _require_given(caller, {before.role}, "password")
    ended = desk.give_password(unit, caller, before, given)
    return read(unit, caller, user_id), ended


def changeable(caller: Caller, user: UserRecord) -> bool:
    """Whether the caller may change what a colleague does, and shut the colleague out."""
    return user.id != caller.user_id and user.role in GIVES.get(caller.role, ())


def refuse_not_theirs(caller: Caller, user: UserRecord, role: Role, field: str) -> None:
    """Raise `Refused` for the caller's own role or access, and for a role that the caller does not give."""
    if user.id == caller.user_id:
        problem = N_("Nobody changes their own role or shuts themselves out.")
        raise Refused(field, problem, N_("Ask another coordinator."))
    _require_given(caller, {user.role, role}, field)


def _require_given(caller: Caller, roles: Set[Role], field: str) -> None:
    if not roles <= GIVES.get(caller.role, frozenset()):
        problem = N_("This role is given and taken by whoever runs the system.")
        raise Refused(field, problem, N_("Ask them, or choose another role."))
