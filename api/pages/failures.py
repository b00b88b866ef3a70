"""Problems as people read them: a page where a page was asked for, a notice where a script asked for a part.

Programs get the problem document. Who is not signed in is sent to sign in, and comes back to where they were;
a script is told in place, so that nothing that has been typed is lost.
What saves by itself says that it has not.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.types import Scope

from api.access.one_time import PasswordDue
from api.access.scopes import Denied, may
from api.access.scopes import Scope as AccessScope
from api.casework.errors import NotYourWork
from api.pages.coming_back import ASKED_AGAIN, ComingBack, came_from, comes_back, page_above, wrong_of
from api.pages.layout import layout_of
from api.pages.rendering import by_htmx, render
from api.routes import handlers
from api.routes.guards import cookie_name, session_caller
from api.routes.language import language_of, translator
from api.routes.problem import DENIED

FOR_PROGRAMS = ("/api/", "/openapi.json", "/health", "/static/")
TO_NOTICES = {"HX-Retarget": "#notices", "HX-Reswap": "innerHTML", "HX-Reselect": "unset"}
"""Where a script puts a notice, whatever it had asked for: the whole of it, whichever part it wanted."""


@dataclass(frozen=True, slots=True)
class FailurePage:
    """What went wrong, what to do, and the number under which it stands in the log.

    `wrong` says what was refused, by field.
    """

    status: int
    title: str
    detail: str
    remedy: str
    request_id: str
    wrong: Mapping[str, str] = field(default_factory=dict)
    saves_itself: bool = False
    template: str = "failure.html"


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """The notice that one has to sign in, in another window; `saves_itself` for a form without a button."""

    sign_in: str
    saves_itself: bool
    template: str = "session_ended.html"


@dataclass(frozen=True, slots=True)
class AccessPage:
    """A citizen who is not the caller's work: the way in is to say why."""

    citizen_id: str
    problem: str = ""
    reason: str = ""
    nobodys: bool = False
    template: str = "access.html"


def install(app: FastAPI) -> None:
    """Let problems reach people as pages, and what has to be done first as the form for it."""
    handlers.install(app, present)
    app.add_exception_handler(NotYourWork, _ask_why)  # type: ignore[arg-type]
    app.add_exception_handler(PasswordDue, _to_own_password)  # type: ignore[arg-type]


def present(scope: Scope, document: JSONResponse) -> Response:
    """The problem as whoever asked can read it, with its status and headers."""
    request = Request(scope)
    if not wants_page(request) or ASKED_AGAIN in scope:
        return document
    told: dict[str, Any] = json.loads(bytes(document.body))
    if told.get("field") == Denied.FIELD:
        # the codes of roles and scopes are words for programs
        told["detail"] = translator(language_of(scope))(DENIED.detail)
    if document.status_code == 401:
        return _to_sign_in(request)
    if document.status_code == 404:
        session_caller(request)  # an address that is none asks no guard, but the reader is still signed in
    if document.status_code == 405 and request.method in ("GET", "HEAD") and not by_htmx(request):
        # an address that takes a form only, come back to by the browser or after signing in
        return RedirectResponse(page_above(request), 303)
    if comes_back(request, document.status_code) and not by_htmx(request):
        return ComingBack(request, told, _failure(request, told, document))
    return _failure(request, told, document)


def wants_page(request: Request) -> bool:
    """Whether a person reads the answer, and no program."""
    if request.url.path.startswith(FOR_PROGRAMS):
        return False
    return by_htmx(request) or "text/html" in request.headers.get("accept", "")


def session_ended(request: Request) -> Response:
    """What a script shows above the form that nobody is signed in to send: nothing typed is lost."""
    notice = SessionEnded(_sign_in_address("/", "&ended=1"), _saves_itself(request))
    return render(request, notice, 401, TO_NOTICES)


def _to_sign_in(request: Request) -> Response:
    reads = request.method in ("GET", "HEAD")
    if by_htmx(request) and not reads:
        return session_ended(request)
    if reads:
        ended = "&ended=1" if cookie_name(request) in request.cookies else ""
        address = _sign_in_address(layout_of(request).address, ended)
    else:
        # where a form was sent to cannot be come back to, the page on which it stood can
        address = _sign_in_address(came_from(request) or page_above(request), "&ended=1&unsaved=1")
    if by_htmx(request):
        return Response(status_code=401, headers={"HX-Redirect": address})
    return RedirectResponse(address, 303)


def _sign_in_address(back: str, why: str) -> str:
    return f"/sign-in?next={quote(back, safe='/')}{why}"


def _saves_itself(request: Request) -> bool:
    return request.headers.get("hx-target") == "saved"


def _failure(request: Request, told: dict[str, Any], document: JSONResponse) -> Response:
    kept = {name: document.headers[name] for name in ("allow", "retry-after") if name in document.headers}
    if by_htmx(request):
        notice = _page(request, told, "notice.html")
        return render(request, notice, document.status_code, {**kept, **TO_NOTICES})
    return render(request, _page(request, told, "failure.html"), document.status_code, kept)


def _page(request: Request, told: dict[str, Any], template: str) -> FailurePage:
    return FailurePage(
        status=told["status"],
        title=told["title"],
        detail=told["detail"],
        remedy=told.get("remedy", ""),
        request_id=told["request_id"],
        wrong=wrong_of(told),
        saves_itself=_saves_itself(request),
        template=template,
    )


def _to_own_password(request: Request, due: PasswordDue) -> Response:
    if wants_page(request) and not by_htmx(request) and request.method in ("GET", "HEAD"):
        return RedirectResponse("/account", 303)
    return present(request.scope, handlers.on_not_open(request, due))


def _ask_why(request: Request, refusal: NotYourWork) -> Response:
    caller = getattr(request.state, "caller", None)
    reads = wants_page(request) and not by_htmx(request)
    if reads and caller and may(caller, AccessScope.CITIZENS_LIST):
        return render(request, AccessPage(str(refusal.facts["value"]), nobodys=refusal.nobodys), 403)
    return present(request.scope, handlers.on_not_open(request, refusal))
