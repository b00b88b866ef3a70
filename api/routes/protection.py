"""What goes round every answer: a number, headers that close the browser down, and no fault left unsaid.

Plain ASGI, so that it holds for pages, static files, problem documents and whatever a router adds later.
"""

import logging
import traceback
from collections.abc import Mapping
from urllib.parse import urlsplit
from uuid import uuid4

from fastapi.security.utils import get_authorization_scheme_param
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.routes.problem import DENIED, UNEXPECTED, Present, answer, as_document, request_id
from geo.errors import N_

log = logging.getLogger("frikortmatch.http")

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    )
)
"""Nothing from another host, nothing inline, never inside another page."""

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""Sent with every answer."""

ENCRYPTED_FROM_NOW_ON = "max-age=31536000"
"""Over https, for a year: a browser that has come this way once asks for nothing in the open any more."""

STATIC = "/static/"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Protection:
    """Numbers the request, adds the headers and turns whatever nobody caught into a problem document."""

    def __init__(self, app: ASGIApp, present: Present = as_document) -> None:
        """Goes round `app`; `present` shows a problem in the way that was asked for."""
        self.app = app
        self.present = present

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope.setdefault("state", {})["request_id"] = uuid4().hex
        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _close_down(scope, MutableHeaders(scope=message))
            await send(message)

        try:
            await self.app(scope, receive, guarded)
        except Exception as fault:
            _write_down(scope, fault)
            if started:
                # from None: the server's log must not get the text of the fault either
                raise RuntimeError("an answer was broken off, request " + request_id(scope)) from None
            await self.present(scope, answer(scope, UNEXPECTED))(scope, receive, guarded)


def _close_down(scope: Scope, headers: MutableHeaders) -> None:
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if scope["scheme"] == "https":
        headers["Strict-Transport-Security"] = ENCRYPTED_FROM_NOW_ON
    headers["X-Request-Id"] = request_id(scope)
    # static files are asked for again each time, and answered 304 while they are the same
    headers["Cache-Control"] = "no-cache" if scope["path"].startswith(STATIC) else "no-store"


def _write_down(scope: Scope, fault: Exception) -> None:
    """Log where a fault happened; neither its text nor the address, either may hold what somebody sent."""
    frames = traceback.extract_tb(fault.__traceback__)
    places = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    log.error("request %s: %s at %s", request_id(scope), type(fault).__name__, places)


class HeadAsGet:
    """Answers HEAD as GET without the body, at every address (RFC 9110, 9.3.2)."""

    def __init__(self, app: ASGIApp) -> None:
        """Goes round `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on as a GET, and its answer without what it says."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            bodiless = message["type"] == "http.response.body"
            await send({**message, "body": b""} if bodiless else message)

        await self.app({**scope, "method": "GET"}, receive, send_head)


class SameOrigin:
    """Refuses changes that another site's page sends with the user's cookie (CSRF).

    Browsers say where a request comes from in `Sec-Fetch-Site`, older ones in `Origin`. A cookie without
    either is refused as well; a form without all three is not a browser's doing, and neither is a token that
    the guards would take in the place of the cookie.
    """

    def __init__(self, app: ASGIApp, present: Present = as_document) -> None:
        """Goes round `app`; `present` shows a problem in the way that was asked for."""
        self.app = app
        self.present = present

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
            headers = Headers(scope=scope)
            told = "sec-fetch-site" in headers or "origin" in headers
            by_browser = "cookie" in headers or (told and not scope["path"].startswith("/api/"))
            if by_browser and not _brings_token(headers) and not same_origin(headers):
                detail = N_("The request came from another site. Open the page here and send it again.")
                await self.present(scope, answer(scope, DENIED, detail=detail))(scope, receive, send)
                return
        await self.app(scope, receive, send)


def same_origin(headers: Headers) -> bool:
    """Whether a browser says that its request comes from one of our own pages."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        return site == "same-origin"
    return origin is not None and _host_of(origin) == headers.get("host")


def _brings_token(headers: Headers) -> bool:
    # any other kind of authorization leaves the guards to the cookie
    scheme, token = get_authorization_scheme_param(headers.get("authorization"))
    return scheme.lower() == "bearer" and bool(token)


def _host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None
