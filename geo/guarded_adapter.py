"""HTTP to a service outside that may be slow, broken or taken over: bounded in time, in size and in reach.

One GET, no redirect followed, nothing kept of an error but its status. A request is waited for no longer than
its timeout, whatever it hangs on.
"""

import json
from collections.abc import Mapping
from http.client import HTTPException, HTTPResponse
from queue import Empty, SimpleQueue
from ssl import SSLContext
from threading import Thread
from time import monotonic
from typing import Any
from urllib.error import HTTPError
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import GeocoderParseError, GeocoderServiceError, GeocoderTimedOut, GeocoderUnavailable

LARGEST = 256 * 1024
"""Bytes of the longest answer that is read; an address takes a few thousand."""


class GuardedAdapter(BaseSyncAdapter):  # type: ignore[misc]
    """A geopy adapter that takes nothing on trust."""

    def __init__(self, *, proxies: dict[str, str] | None, ssl_context: SSLContext | None) -> None:
        """As geopy makes it; without `proxies`, those of the system."""
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self._opener = OpenerDirector()
        # no handler for redirects, nor for file: and ftp:
        for handler in (
            ProxyHandler(proxies),
            HTTPHandler(),
            HTTPSHandler(context=ssl_context),
            HTTPDefaultErrorHandler(),
            HTTPErrorProcessor(),
        ):
            self._opener.add_handler(handler)

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
        """The answer as JSON; raises `GeocoderParseError` when it is none, and as `get_text` does."""
        text = self.get_text(url, timeout=timeout, headers=headers)
        try:
            return json.loads(text, parse_constant=_no_number)
        except (ValueError, RecursionError):
            raise GeocoderParseError("The answer is not JSON.") from None

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        """The answer's text; raises geopy's errors, none of which repeats the address that was asked for."""
        answered: SimpleQueue[str | Exception] = SimpleQueue()

        def wait_for_it() -> None:
            try:
                answered.put(self._read(Request(url, headers=dict(headers)), timeout))
            except Exception as error:
                answered.put(error)

        # looking up a host's name knows no timeout, and a socket's own starts anew with every byte
        Thread(target=wait_for_it, daemon=True).start()
        try:
            found = answered.get(timeout=timeout)
        except Empty:
            raise GeocoderTimedOut("No answer in time.") from None
        if isinstance(found, Exception):
            raise found
        return found

    def _read(self, request: Request, timeout: float) -> str:
        try:
            with self._opener.open(request, timeout=timeout) as page:
                body = _body(page, monotonic() + timeout)
        except HTTPError as error:
            with error:
                headers = {name.lower(): value for name, value in error.headers.items()}
                said = f"The service answered {error.code}."
                raise AdapterHTTPError(said, status_code=error.code, headers=headers, text="") from None
        except TimeoutError:
            raise GeocoderTimedOut("No answer in time.") from None
        except (OSError, HTTPException) as error:
            raise GeocoderUnavailable(f"The service cannot be reached ({type(error).__name__}).") from None
        try:
            return body.decode()
        except UnicodeDecodeError:
            raise GeocoderParseError("The answer is not a text.") from None


def _body(page: HTTPResponse, deadline: float) -> bytes:
    body = b""
    while chunk := page.read1(LARGEST):
        body += chunk
        if len(body) > LARGEST:
            raise GeocoderServiceError("The answer is too long.")
        if monotonic() > deadline:
            raise GeocoderTimedOut("No answer in time.")
    return body


def _no_number(constant: str) -> float:
    raise ValueError(constant)
