"""Who is asking and whether their role includes what they ask: in the signature of every endpoint.

A program sends `Authorization: Bearer TOKEN`, a browser its session cookie. A refusal by role is written down
before it is answered.
"""

from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.access import audit, scopes, sessions, tokens
from api.access.one_time import PasswordDue
from api.access.scopes import Denied, Scope
from api.config import Settings
from api.domain.accounts import Outcome
from api.domain.caller import Caller
from api.domain.imports import ImportKind
from api.routes.units import store_of
from api.store import Store

COOKIE = "frikortmatch"
"""The session cookie; over https its name gets the prefix that ties it to this host."""

_BEARER = HTTPBearer(auto_error=False, description="A token made with `frikortmatch token`")
_COOKIE = APIKeyCookie(name=COOKIE, auto_error=False, description="The session of the sign-in page")


def cookie_name(request: Request) -> str:
    """The name of the session cookie on this connection."""
    return f"__Host-{COOKIE}" if request.url.scheme == "https" else COOKIE


async def bearer_of(request: Request) -> HTTPAuthorizationCredentials | None:
    """The token that was sent, if any."""
    return await _BEARER(request)


def session_caller(request: Request) -> Caller | None:
    """Who the browser's session belongs to; None without a live one. Moves the idle limit."""
    secret = request.cookies.get(cookie_name(request))
    if not secret:
        return None
    settings: Settings = request.app.state.settings
    caller = sessions.resolve(store_of(request), settings, secret)
    # pages name in their frame who is signed in, also when they show a refusal
    request.state.caller = caller
    return caller


def known(
    request: Request,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)],
    _cookie: Annotated[str | None, Security(_COOKIE)],
) -> Caller:
    """Who is asking, whatever they have to do first; a token counts before the session. Else 401."""
    if bearer:
        with store_of(request).unit(read_only=True) as unit:
            caller = tokens.resolve(unit, bearer.credentials)
    else:
        caller = session_caller(request)
    if caller is None:
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
    return caller


Known = Annotated[Caller, Depends(known)]
"""Anybody who has signed in, also with a password that only lets them choose their own."""


def signed_in(caller: Known) -> Caller:
    """Who is asking; raises `PasswordDue` until they have chosen a password of their own."""
    if caller.password_due:
        raise PasswordDue
    return caller


SignedIn = Annotated[Caller, Depends(signed_in)]
"""Anybody who has signed in."""


class Holds:
    """The guard of a scope: lets a caller pass whose role includes it."""

    def __init__(self, scope: Scope) -> None:
        """`scope` is what an endpoint asks for."""
        self.scope = scope

    async def __call__(self, request: Request, caller: SignedIn) -> Caller:
        """The caller; raises `Denied` for a role without the scope, after writing it down."""
        try:
            scopes.require(caller, self.scope)
        except Denied:
            await run_in_threadpool(self.write_down, store_of(request), caller)
            raise
        return caller

    def write_down(self, store: Store, caller: Caller) -> None:
        """Record that somebody was turned away."""
        with store.unit() as unit:
            audit.record(unit, caller, "scope_denied", subject=str(self.scope), outcome=Outcome.DENIED)
            unit.commit()


def require_list(request: Request, caller: Caller, kind: ImportKind) -> None:
    """Raise `Denied`, after writing it down, unless lists of this kind are the caller's to take in."""
    guard = Holds(scopes.TAKES_IN[kind])
    try:
        scopes.require(caller, guard.scope)
    except Denied:
        guard.write_down(store_of(request), caller)
        raise


CitizensRead = Annotated[Caller, Depends(Holds(Scope.CITIZENS_READ))]
CitizensList = Annotated[Caller, Depends(Holds(Scope.CITIZENS_LIST))]
CitizensWrite = Annotated[Caller, Depends(Holds(Scope.CITIZENS_WRITE))]
CitizensAssign = Annotated[Caller, Depends(Holds(Scope.CITIZENS_ASSIGN))]
ShortlistsRead = Annotated[Caller, Depends(Holds(Scope.SHORTLISTS_READ))]
CandidatesRead = Annotated[Caller, Depends(Holds(Scope.CANDIDATES_READ))]
CentresRead = Annotated[Caller, Depends(Holds(Scope.CENTRES_READ))]
CentresWrite = Annotated[Caller, Depends(Holds(Scope.CENTRES_WRITE))]
EmployersRead = Annotated[Caller, Depends(Holds(Scope.EMPLOYERS_READ))]
EmployersWrite = Annotated[Caller, Depends(Holds(Scope.EMPLOYERS_WRITE))]
ContactsRead = Annotated[Caller, Depends(Holds(Scope.CONTACTS_READ))]
ContactsWrite = Annotated[Caller, Depends(Holds(Scope.CONTACTS_WRITE))]
JobOrdersRead = Annotated[Caller, Depends(Holds(Scope.JOB_ORDERS_READ))]
JobOrdersWrite = Annotated[Caller, Depends(Holds(Scope.JOB_ORDERS_WRITE))]
ProposalsRead = Annotated[Caller, Depends(Holds(Scope.PROPOSALS_READ))]
ProposalsWrite = Annotated[Caller, Depends(Holds(Scope.PROPOSALS_WRITE))]
ProposalsAnswer = Annotated[Caller, Depends(Holds(Scope.PROPOSALS_ANSWER))]
PoliciesRead = Annotated[Caller, Depends(Holds(Scope.POLICIES_READ))]
PoliciesWrite = Annotated[Caller, Depends(Holds(Scope.POLICIES_WRITE))]
ImportsRead = Annotated[Caller, Depends(Holds(Scope.IMPORTS_READ))]
ImportsWrite = Annotated[Caller, Depends(Holds(Scope.IMPORTS_WRITE))]
ColleaguesWrite = Annotated[Caller, Depends(Holds(Scope.COLLEAGUES_WRITE))]
AuditRead = Annotated[Caller, Depends(Holds(Scope.AUDIT_READ))]
TasksRead = Annotated[Caller, Depends(Holds(Scope.TASKS_READ))]
FailuresRead = Annotated[Caller, Depends(Holds(Scope.FAILURES_READ))]
