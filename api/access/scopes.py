"""Which role may do what: one table, read by the guards and by the documentation.

A scope opens a kind of data, never a single citizen: whose work a citizen is decides that. Centre staff come
no further than the citizens assigned to them, and do not even see the others by initials.
"""

from enum import StrEnum

from api.domain.caller import Caller, Role
from api.domain.imports import ImportKind
from geo.errors import N_, Refused


class Scope(StrEnum):
    """Something that a caller may do."""

    CITIZENS_READ = "citizens:read"
    CITIZENS_LIST = "citizens:list"
    CITIZENS_WRITE = "citizens:write"
    CITIZENS_ASSIGN = "citizens:assign"
    SHORTLISTS_READ = "shortlists:read"
    CANDIDATES_READ = "candidates:read"
    PROPOSALS_READ = "proposals:read"
    PROPOSALS_WRITE = "proposals:write"
    PROPOSALS_ANSWER = "proposals:answer"
    CENTRES_READ = "centres:read"
    CENTRES_WRITE = "centres:write"
    EMPLOYERS_READ = "employers:read"
    EMPLOYERS_WRITE = "employers:write"
    CONTACTS_READ = "contacts:read"
    CONTACTS_WRITE = "contacts:write"
    JOB_ORDERS_READ = "job_orders:read"
    JOB_ORDERS_WRITE = "job_orders:write"
    TASKS_READ = "tasks:read"
    IMPORTS_READ = "imports:read"
    IMPORTS_WRITE = "imports:write"
    POLICIES_READ = "policies:read"
    POLICIES_WRITE = "policies:write"
    USERS_ADMIN = "users:admin"
    COLLEAGUES_WRITE = "colleagues:write"
    AUDIT_READ = "audit:read"
    FAILURES_READ = "failures:read"


class Denied(Refused):
    """Something that the caller's role may not do."""

    FIELD = "scope"

    def __init__(self, scope: Scope, role: Role) -> None:
        """Both are said: staff may know what they lack."""
        self.scope = scope
        problem = N_("The role {role} does not include {scope}.")
        remedy = N_("Ask a coordinator, or sign in with a role that does.")
        super().__init__(self.FIELD, problem, remedy, role=role.value, scope=scope.value)


_SUPPLY = {
    Scope.CENTRES_READ,
    Scope.EMPLOYERS_READ,
    Scope.JOB_ORDERS_READ,
    Scope.TASKS_READ,
    Scope.POLICIES_READ,
}
_DESK = _SUPPLY | {
    Scope.CITIZENS_READ,
    Scope.CITIZENS_LIST,
    Scope.CITIZENS_WRITE,
    Scope.SHORTLISTS_READ,
    Scope.CANDIDATES_READ,
    Scope.PROPOSALS_READ,
    Scope.PROPOSALS_WRITE,
    Scope.PROPOSALS_ANSWER,
    Scope.EMPLOYERS_WRITE,
    Scope.CONTACTS_READ,
    Scope.CONTACTS_WRITE,
    Scope.JOB_ORDERS_WRITE,
}

ROLES: dict[Role, frozenset[Scope]] = {
    Role.CONSULTANT: frozenset(_DESK | {Scope.IMPORTS_READ, Scope.IMPORTS_WRITE}),
    Role.CASEWORKER: frozenset(_DESK - {Scope.EMPLOYERS_WRITE}),
    Role.COORDINATOR: frozenset(
        _DESK
        | {Scope.CITIZENS_ASSIGN, Scope.CENTRES_WRITE, Scope.POLICIES_WRITE, Scope.AUDIT_READ}
        | {Scope.IMPORTS_READ, Scope.IMPORTS_WRITE, Scope.COLLEAGUES_WRITE, Scope.FAILURES_READ}
    ),
    Role.CENTRE_STAFF: frozenset(
        {Scope.CITIZENS_READ, Scope.SHORTLISTS_READ, Scope.CENTRES_READ, Scope.TASKS_READ}
        | {Scope.PROPOSALS_READ, Scope.PROPOSALS_ANSWER}
    ),
    Role.ANALYST: frozenset(_SUPPLY),
    Role.AUDITOR: frozenset({Scope.AUDIT_READ, Scope.POLICIES_READ}),
    Role.OPERATOR: frozenset(
        {Scope.USERS_ADMIN, Scope.CENTRES_READ, Scope.CENTRES_WRITE, Scope.EMPLOYERS_READ}
        | {Scope.JOB_ORDERS_READ, Scope.IMPORTS_READ, Scope.IMPORTS_WRITE, Scope.POLICIES_READ}
        | {Scope.COLLEAGUES_WRITE, Scope.FAILURES_READ}
    ),
}
"""Role to scopes. The operator runs the system and sees no citizen, nor does the analyst or the auditor."""

GIVES: dict[Role, frozenset[Role]] = {
    Role.COORDINATOR: frozenset(Role) - {Role.OPERATOR, Role.AUDITOR},
    Role.OPERATOR: frozenset(Role),
}
"""The roles that somebody may give to colleagues and take from them.

Who looks after the log, and who runs the system, are not chosen by those whom they look after.
"""


TAKES_IN = {
    ImportKind.CENTRES: Scope.CENTRES_WRITE,
    ImportKind.CITIZENS: Scope.CITIZENS_ASSIGN,
    ImportKind.EMPLOYERS: Scope.IMPORTS_WRITE,
    ImportKind.JOB_ORDERS: Scope.IMPORTS_WRITE,
}
"""What it takes to take in a list of a kind, and to be told of one, besides what it takes for any list.

A list of citizens says whose work they are, which is for who may say so.
"""


def lists_of(caller: Caller) -> tuple[ImportKind, ...]:
    """The kinds of list that are the caller's to take in."""
    return tuple(kind for kind, scope in TAKES_IN.items() if may(caller, scope))


def may(caller: Caller, scope: Scope) -> bool:
    """Whether the caller's role includes the scope, and nothing has to be done first."""
    return bool(caller.user_id) and not caller.password_due and scope in ROLES[caller.role]


def require(caller: Caller, scope: Scope) -> None:
    """Raise `Denied` unless the caller's role includes the scope."""
    if not may(caller, scope):
        raise Denied(scope, caller.role)
