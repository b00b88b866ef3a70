"""Who may sign in, and with what: every change is written down."""

from collections.abc import Iterable

from api.access import audit, passwords, tokens
from api.access.scopes import ROLES, Scope
from api.access.tokens import Issued
from api.domain.accounts import TokenRecord, UserRecord
from api.domain.caller import Caller, Role
from api.domain.civil_numbers import refuse_civil_numbers
from api.domain.names import visible
from api.store import Unit, assignments, sign_ins, users
from geo import Refused
from geo.errors import N_

LONGEST_NAME = 60
"""Characters of what colleagues call somebody: it stands in lines beside other words."""

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
    if not username or username != "".join(username.split()):
        problem, remedy = N_("{value!r} is not a username."), N_("Choose one without blanks.")
        raise Refused("username", problem, remedy, value=username)
    hashed = passwords.hash_password(password)
    if users.by_username(unit, username):
        problem, remedy = N_("There is a user {value!r} already."), N_("Choose another name.")
        raise Refused("username", problem, remedy, value=username)
    user = users.add(unit, caller.municipality, username, role, hashed, _own_name(name))
    audit.record(unit, caller, "user_added", subject=user.id, details={"role": str(role)})
    return user


def rename(unit: Unit, caller: Caller, user: UserRecord, name: str) -> None:
    """Put what colleagues call somebody, "" for the username again; raises `Refused` for what is no name."""
    users.set_name(unit, caller, user.id, _own_name(name))
    audit.record(unit, caller, "user_renamed", subject=user.id)


def _own_name(name: str) -> str:
    own = " ".join(visible(name).split())
    if len(own) > LONGEST_NAME:
        problem, remedy = N_("A name has {length} characters."), N_("Shorten it to {longest}.")
        raise Refused("name", problem, remedy, length=len(own), longest=LONGEST_NAME)
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
    if user.disabled_at:
        problem, remedy = N_("The user {value!r} is disabled."), N_("Issue it to somebody else.")
        raise Refused("username", problem, remedy, value=user.username)
    issued = tokens.issue(unit, user, label)
    audit.record(unit, caller, "token_issued", subject=issued.token.id, details={"user": user.id})
    return issued


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
