"""What was refused of an address or a form comes back as the page it belongs to, with the fault at its field.

An address is answered without the parts that were refused. A form comes back on the page on which it stood,
or, where a browser does not say which, on the nearest page above where it was sent, filled in as it was.
Nothing is shown that the reader could not have opened: the page is asked for as any other.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from fastapi.routing import iter_route_contexts
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import Message, Receive, Scope, Send

from api.pages.refilling import refilled
from api.pages.rendering import render

ASKED_AGAIN = "frikortmatch.asked_again"
"""In the scope of a page that is asked for in the place of what was refused: nothing comes back for it."""

BODY = "body"
"""Where the state of a request holds the form that was sent, as it was sent."""

NOTICES = '<div id="notices" role="alert">'
_FORM = "application/x-www-form-urlencoded"
_OF_THE_CONNECTION = (
    *("type", "asgi", "http_version", "scheme", "server", "client", "root_path", "app", "extensions"),
    *("starlette.exception_handlers", "fastapi_middleware_astack"),
)
"""What a scope holds beside what is asked for."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be accepted, the id of where it stands on the page, and its label; "" when nowhere."""

    said: str
    place: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class FaultsNotice:
    """All that cannot be accepted; `sent` for a form, of which nothing was saved."""

    faults: tuple[Fault, ...]
    sent: bool
    template: str = "faults.html"


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Headers
    body: bytes

    @property
    def page(self) -> str:
        """The page, or "" for what is none."""
        is_page = self.status == 200 and self.headers.get("content-type", "").startswith("text/html")
        return self.body.decode() if is_page else ""

    @property
    def leads_to(self) -> str:
        """The path of the page that stands in its place, "" for none."""
        return urlsplit(self.headers.get("location", "")).path

    @property
    def wrong(self) -> dict[str, str]:
        """What was refused, by field."""
        is_problem = self.status == 422 and "json" in self.headers.get("content-type", "")
        return wrong_of(json.loads(self.body)) if is_problem else {}


class ComingBack(Response):
    """The page that what was refused belongs to; `otherwise` where there is none."""

    def __init__(self, request: Request, told: Mapping[str, Any], otherwise: Response) -> None:
        """`told` is the problem document."""
        super().__init__()
        self._request = request
        self._wrong = wrong_of(told)
        self._otherwise = otherwise

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask for the page and send it."""
        reads = self._request.method in ("GET", "HEAD")
        page = await (self._address_again() if reads else self._form_again())
        await (page or self._otherwise)(scope, receive, send)

    async def _address_again(self) -> Response | None:
        path, wrong = self._request.scope["path"], self._wrong
        sent = parse_qs(self._request.url.query, keep_blank_values=True)
        kept = parse_qsl(self._request.url.query, keep_blank_values=True)
        # one after the other may be refused, each at most once
        while wrong.keys() & {name for name, _ in kept}:
            kept = [(name, value) for name, value in kept if name not in wrong]
            answer = await self._followed(path, urlencode(kept))
            if answer.page:
                return self._shown(answer.page, path, sent, wrong)
            wrong = {**wrong, **answer.wrong}
        return None

    async def _form_again(self) -> Response | None:
        sent = _sent(self._request)
        for path, query in _where_it_stood(self._request):
            answer = await self._followed(path, query)
            if answer.page:
                return self._shown(answer.page, self._request.scope["path"], sent, self._wrong)
        return None

    async def _followed(self, path: str, query: str) -> _Answer:
        """What stands at an address, or where it leads: the start page to where somebody's day begins."""
        answer = await _asked(self._request.scope, path, query)
        return await _asked(self._request.scope, answer.leads_to, "") if answer.leads_to else answer

    def _shown(
        self, page: str, sent_to: str, typed: Mapping[str, list[str]], wrong: Mapping[str, str]
    ) -> Response:
        again = refilled(page, sent_to, typed, wrong)
        places, labels = again.places, again.labels
        faults = tuple(
            Fault(said, places.get(name, ""), labels.get(name, "")) for name, said in wrong.items()
        )
        sent = self._request.method == "POST"
        notice = bytes(render(self._request, FaultsNotice(faults, sent)).body).decode()
        headers = {"Vary": "Accept-Language, Cookie"}
        return HTMLResponse(again.html.replace(NOTICES, NOTICES + notice, 1), 422, headers=headers)


def wrong_of(told: Mapping[str, Any]) -> dict[str, str]:
    """What a problem document says of each field, with the way out."""
    wrong: dict[str, str] = {}
    for one in told.get("errors", ()):
        if field := one.get("field"):
            said = (wrong.get(field), one["detail"], one.get("remedy"))
            wrong[field] = " ".join(filter(None, said))
    return wrong


def came_from(request: Request) -> str:
    """Path and query of the page of ours that a browser says it came from, as it wrote them; "" for none."""
    page = urlsplit(request.headers.get("referer", ""))
    # of an address on another host only the path would be taken, and it is asked for here
    if page.netloc != request.url.netloc or not page.path:
        return ""
    return page.path + (f"?{page.query}" if page.query else "")


def page_above(request: Request) -> str:
    """The path of the nearest page at or above where a request was sent: that of the form that goes there."""
    routes = tuple(iter_route_contexts(request.app.routes))
    asked = {**request.scope, "method": "GET"}
    return next(
        path
        for path in _paths_above(request)
        if any(route.matches({**asked, "path": path})[0] is Match.FULL for route in routes)
    )


def comes_back(request: Request, status: int) -> bool:
    """Whether a page is to be asked for in the place of what was refused."""
    return status == 422 and ASKED_AGAIN not in request.scope


def _sent(request: Request) -> dict[str, list[str]]:
    body = getattr(request.state, BODY, b"")
    is_form = request.headers.get("content-type", "").startswith(_FORM)
    return parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True) if is_form else {}


def _where_it_stood(request: Request) -> Iterator[tuple[str, str]]:
    """Path and query of the page that a browser says it came from, then of those above the form's address."""
    path, _, query = came_from(request).partition("?")
    if path:
        yield unquote(path), query
    yield from ((above, "") for above in _paths_above(request))


def _paths_above(request: Request) -> Iterator[str]:
    parts = request.scope["path"].strip("/").split("/")
    for kept in range(len(parts), -1, -1):
        yield "/" + "/".join(parts[:kept])


async def _asked(scope: Scope, path: str, query: str) -> _Answer:
    """What a page of ours answers to whoever sent the request."""
    dropped = (b"content-length", b"content-type", b"if-match", b"if-none-match")
    asked: dict[str, Any] = {
        **{name: scope[name] for name in _OF_THE_CONNECTION if name in scope},
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [one for one in scope["headers"] if one[0] not in dropped],
        "state": dict(scope["state"]),
        ASKED_AGAIN: True,
    }
    status, headers, body = 500, Headers(), b""

    async def nothing_more() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def keep(message: Message) -> None:
        nonlocal status, headers, body
        if message["type"] == "http.response.start":
            status, headers = message["status"], Headers(raw=message["headers"])
        elif message["type"] == "http.response.body":
            body += message.get("body", b"")

    try:
        await scope["app"].router(asked, nothing_more, keep)
    except HTTPException as nowhere:
        # an address that only takes forms is no page
        status = nowhere.status_code
    return _Answer(status, headers, body)
