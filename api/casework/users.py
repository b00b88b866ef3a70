"""Who may sign in, and with what: every change is written down."""

from collections.abc import Iterable
from datetime import datetime

from api.access import audit, passwords, tokens
from api.access.one_time import OneTime, lets_in_until
from api.access.scopes import ROLES, Scope
from api.access.tokens import Issued
from api.domain.accounts import TokenRecord, UserRecord
from api.domain.caller import Caller, Role
from api.domain.civil_numbers import refuse_civil_numbers
from api.domain.names import require_at_most, visible
from api.domain.working_days import day_of
from api.store import Unit, assignments, sign_ins, users
from geo import Refused
from geo.errors import N_

LONGEST_NAME = 60
"""Characters of what colleagues call somebody: it stands in lines beside other words."""

LONGEST_USERNAME = 100
"""Characters of what somebody types to sign in, which may be an e-mail address."""

_MOST = 1_000
"""So many users of a municipality, or tokens of a user, are listed."""


def named(unit: Unit, username: str) -> UserRecord:
    """The user with this name, disabled ones included; raises `Refused` when nobody has it."""
    found = users.by_username(unit, username)
    if found is None:
        remedy = N_("List them with: frikortmatch user list --municipality CODE.")
        raise Refused("username", N_("There is no user {value!r}."), remedy, value=username)
    return found


def listed(unit: Unit, caller: Caller) -> tuple[UserRecord, ...]:
    """The users of the caller's municipality."""
    return tuple(users.page(unit, caller, limit=_MOST).items)


def names_of(unit: Unit, caller: Caller, user_ids: Iterable[str]) -> dict[str, str]:
    """What those of the ids are called who belong to the caller's municipality, disabled ones included."""
    return {user.id: user.called for user in users.some(unit, caller, user_ids)}


def add(unit: Unit, caller: Caller, username: str, role: Role, password: str, name: str = "") -> UserRecord:
    """Add somebody to the caller's municipality; `name` is the person's own, empty where it is not known.

    Raises `Refused` for a username that is blank or taken, and for what is no name.
    """
    _require_username(username)
    return _added(unit, caller, username, role, passwords.hash_password(password), name)


def add_with(
    unit: Unit, caller: Caller, username: str, role: Role, given: OneTime, name: str = ""
) -> UserRecord:
    """Add somebody who is given a password to choose their own with; raises as `add` does."""
    _require_username(username)
    return _added(unit, caller, username, role, given.hashed, name, lets_in_until(unit.at))


def give_password(unit: Unit, caller: Caller, user: UserRecord, given: OneTime) -> int:
    """Give somebody who has forgotten theirs a password to choose another with; ends every session.

    Answers how many sessions there were. Raises `Refused` for who is shut out.
    """
    _require_not_shut_out(user, "password", N_("Let them in again first."))
    until = lets_in_until(unit.at)
    users.set_password(unit, caller, user.id, given.hashed, until)
    ended = sign_ins.end_all_sessions(unit, caller, user.id)
    details = {"sessions": ended, "until": day_of(until).isoformat()}
    audit.record(unit, caller, "password_given", subject=user.id, details=details)
    return ended


def _require_username(username: str) -> None:
    if not username or username != "".join(visible(username).split()):
        problem, remedy = N_("{value!r} is not a username."), N_("Choose one without blanks.")
        raise Refused("username", problem, remedy, value=username)
    if len(username) > LONGEST_USERNAME:
        problem, remedy = N_("A username has {length} characters."), N_("Shorten it to {longest}.")
        raise Refused("username", problem, remedy, length=len(username), longest=LONGEST_USERNAME)
    refuse_civil_numbers({"username": username})


def _added(
    unit: Unit,
    caller: Caller,
    username: str,
    role: Role,
    hashed: str,
    name: str,
    until: datetime | None = None,
) -> UserRecord:
    if users.by_username(unit, username):
        problem, remedy = N_("There is a user {value!r} already."), N_("Choose another name.")
        raise Refused("username", problem, remedy, value=username)
    user = users.add(unit, caller.municipality, username, role, hashed, _own_name(name), until)
    details = {"role": str(role), "one_time": until is not None}
    audit.record(unit, caller, "user_added", subject=user.id, details=details)
    return user


def rename(unit: Unit, caller: Caller, user: UserRecord, name: str) -> None:
    """Put what colleagues call somebody, "" for the username again; raises `Refused` for what is no name."""
    users.set_name(unit, caller, user.id, _own_name(name))
    audit.record(unit, caller, "user_renamed", subject=user.id)


def _own_name(name: str) -> str:
    own = " ".join(visible(name).split())
    require_at_most(LONGEST_NAME, own)
    refuse_civil_numbers({"name": own})
    return own


def disable(unit: Unit, caller: Caller, user: UserRecord) -> None:
    """Shut somebody out, from their next request on."""
    users.disable(unit, caller, user.id)
    audit.record(unit, caller, "user_disabled", subject=user.id)


def enable(unit: Unit, caller: Caller, user: UserRecord) -> None:
    """Let somebody in again, with the password and the tokens that they had."""
    users.enable(unit, caller, user.id)
    audit.record(unit, caller, "user_enabled", subject=user.id)


def change_role(unit: Unit, caller: Caller, user: UserRecord, role: Role) -> None:
    """Put what somebody does, from their next request on.

    Raises `Refused` when citizens are their work and the new role sees none: whose they are is settled first.
    """
    theirs = assignments.counts(unit, caller).get(user.id, 0)
    if theirs and Scope.CITIZENS_READ not in ROLES[role]:
        problem = N_("Citizens are this colleague's work ({count}), and the new role sees none.")
        raise Refused("role", problem, N_("Make them somebody else's work first."), count=theirs)
    users.set_role(unit, caller, user.id, role)
    details = {"before": str(user.role), "after": str(role)}
    audit.record(unit, caller, "user_role_changed", subject=user.id, details=details)


def issue_token(unit: Unit, caller: Caller, user: UserRecord, label: str) -> Issued:
    """Give somebody a token; raises `Refused` for who is shut out."""
    _require_not_shut_out(user, "username", N_("Issue it to somebody else."))
    issued = tokens.issue(unit, user, label)
    audit.record(unit, caller, "token_issued", subject=issued.token.id, details={"user": user.id})
    return issued


def _require_not_shut_out(user: UserRecord, field: str, remedy: str) -> None:
    if user.disabled_at:
        raise Refused(field, N_("The user {value!r} is disabled."), remedy, value=user.username)


def tokens_of(unit: Unit, caller: Caller, user: UserRecord) -> tuple[TokenRecord, ...]:
    """The tokens of somebody, without their secrets, revoked ones included."""
    return tuple(tokens.page(unit, caller, user.id, limit=_MOST).items)


def revoke_token(unit: Unit, caller: Caller, user: UserRecord, token_id: str) -> None:
    """Take a token of this user back; raises `Refused` when it is not theirs or was taken back before."""
    theirs = sign_ins.page_of_tokens(unit, caller, user.id, limit=_MOST).items
    if token_id not in {token.id for token in theirs} or not tokens.revoke(unit, caller, token_id):
        problem, remedy = (
            N_("There is no token {value!r}."),
            N_("List them with: frikortmatch token list USERNAME."),
        )
        raise Refused("token_id", problem, remedy, value=token_id)
    audit.record(unit, caller, "token_revoked", subject=token_id, details={"user": user.id})
