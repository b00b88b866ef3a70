"""Signing in and out by browser, and the page one lands on.

One sentence whatever was wrong, so that nobody learns which user names exist. The cookie cannot be read by
scripts, is not sent from other sites, and over https is tied to this host.
"""

import re
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.access import sessions
from api.access.attempts import TooManyAttempts
from api.access.scopes import Scope, may
from api.access.sessions import SignInRefused
from api.pages.failures import session_ended, wants_page
from api.pages.rendering import render
from api.routes.bodies import StrictRoute
from api.routes.guards import cookie_name, session_caller
from api.routes.language import language_of, translator
from api.routes.units import store_of

router = APIRouter(include_in_schema=False, route_class=StrictRoute)


@dataclass(frozen=True, slots=True)
class SignInPage:
    """The form; `next` is where to go afterwards, `problem` what went wrong, empty on the first visit.

    `ended` says that the session had run out, `unsaved` that a form was sent after that, and `early` that an
    attempt has to wait.
    """

    next: str = "/"
    username: str = ""
    problem: str = ""
    ended: bool = False
    unsaved: bool = False
    early: bool = False
    template: str = "sign_in.html"


@dataclass(frozen=True, slots=True)
class StartPage:
    """For those whose work is not with citizens: what the service has for programs."""

    template: str = "start.html"


@router.get("/")
def start(request: Request) -> Response:
    """The day's work for those who have some, a short word for others, the sign-in page for a stranger.

    Who has a password that somebody else gave chooses their own first.
    """
    caller = session_caller(request)
    if caller is None:
        return RedirectResponse("/sign-in", 303)
    if caller.password_due:
        return RedirectResponse("/account", 303)
    if may(caller, Scope.PROPOSALS_READ):
        return RedirectResponse("/today", 303)
    return render(request, StartPage())


@router.get("/sign-in")
def sign_in_form(
    request: Request, next: str = "/", ended: bool = False, unsaved: bool = False
) -> HTMLResponse:
    """The empty form, and why it is asked for."""
    return render(request, SignInPage(next=local(next), ended=ended, unsaved=unsaved))


@router.get("/session")
def session(request: Request) -> Response:
    """Whether a form can be sent: nothing for who is signed in, else the notice of where to sign in."""
    return Response(status_code=204) if session_caller(request) else session_ended(request)


@router.post("/sign-in")
def sign_in(
    request: Request,
    username: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    next: Annotated[str, Form(max_length=1000)] = "/",
) -> Response:
    """Sign in and go on to `next`, or show the form again."""
    state, said = request.app.state, translator(language_of(request.scope))
    address = request.client.host if request.client else ""
    older = request.cookies.get(cookie_name(request), "")
    try:
        signed_in = sessions.sign_in(state.store, state.settings, username, password, address, older)
    except SignInRefused as refused:
        return render(request, SignInPage(local(next), username, refused.said(said)), 422)
    except TooManyAttempts as refused:
        if not wants_page(request):
            raise
        page = SignInPage(local(next), username, refused.said(said), early=True)
        return render(request, page, 429, {"Retry-After": str(refused.retry_after)})
    answer = RedirectResponse(local(next), 303)
    answer.set_cookie(
        cookie_name(request),
        signed_in.secret,
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return answer


@router.post("/sign-out")
def sign_out(request: Request) -> Response:
    """End the session and forget what the browser kept of it."""
    if secret := request.cookies.get(cookie_name(request)):
        sessions.sign_out(store_of(request), secret)
    answer = RedirectResponse("/sign-in", 303, headers={"Clear-Site-Data": '"cache", "storage"'})
    secure = request.url.scheme == "https"
    answer.delete_cookie(cookie_name(request), path="/", secure=secure, httponly=True, samesite="lax")
    return answer


_PATH = re.compile(r"/(?!/)[A-Za-z0-9/?=&%#._~-]*")


def local(address: str) -> str:
    """The address when it is a path of this service, else the start page.

    Browsers read "//host" as another host and a backslash as a slash, so only plain paths are followed.
    """
    return address if _PATH.fullmatch(address) else "/"
