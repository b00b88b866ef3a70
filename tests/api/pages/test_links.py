"""The links of the example data's pages, followed once as a consultant follows them.

Of pages that are alike some are followed from day to day, and all of them in `make prove`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.casework.seeding import seed
from api.domain.caller import Role
from api.examples.desk import desk_of
from api.examples.written import example_municipality
from api.store import open_store
from matching.times import DENMARK_TIME
from tests.browser.a_day import a_day
from tests.browser.lists import add_lists
from tests.samples import THOROUGH

CODE = "0370"
HREF = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"')
NAMED = re.compile(r'\b(?:id|name)="([^"]+)"')
ALIKE = 12
"""So many pages of one kind are followed from day to day."""

ID = re.compile(r"/(?:[a-z]+-\d[\w-]*|[0-9a-f]{16,})(?=/|\.|$)")


@pytest.fixture
def consultant(settings) -> Iterator[Any]:
    today = datetime.now(DENMARK_TIME).date()
    with open_store(settings, create=True) as store:
        desks = {CODE: desk_of(CODE, today)}
        (logins,) = seed(store, [example_municipality(CODE, today)], desks=desks)
        login = next(one for one in logins if one.role is Role.CONSULTANT)
        add_lists(store, login)
        a_day(store)
        app = create_app(settings, store)
        with TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as client:
            client.headers |= {"Authorization": f"Bearer {login.token}", "Accept": "text/html"}
            yield client


def looks(address: str) -> tuple[str, str]:
    """What makes an address another one to follow: each path, and each kind of page with each query.

    The same filters stand on every citizen's page; they are followed on one.
    """
    parts = urlsplit(address)
    if not parts.query:
        return parts.path, ""
    asked = sorted(
        (name, "" if name in ("cursor", "rule") else value) for name, value in parse_qsl(parts.query)
    )
    return ID.sub("/ID", parts.path), str(asked)


def kind_of(address: str) -> str:
    """The kind of page that an address leads to, and what it asks there."""
    parts = urlsplit(address)
    names = "&".join(sorted({name for name, _ in parse_qsl(parts.query)}))
    return f"{ID.sub('/ID', parts.path)}?{names}"


def test_every_link_of_a_page_leads_somewhere_and_to_a_part_that_is_there(consultant):
    waiting = [("/today", "")]
    alike: Counter[str] = Counter()
    seen = {looks("/today")}
    wrong: list[tuple[str, str, int]] = []
    parts: dict[str, frozenset[str]] = {}
    into: list[tuple[str, str, str]] = []
    while waiting:
        address, origin = waiting.pop()
        answer = consultant.get(address)
        if answer.status_code == 403 and ID.sub("/ID", address) == "/citizens/ID":
            # somebody else's work: the page asks why one looks
            continue
        if answer.status_code >= 400:
            wrong.append((address, origin, answer.status_code))
            continue
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        parts[address] = frozenset(NAMED.findall(answer.text))
        for href in HREF.findall(answer.text):
            link, part = urldefrag(urljoin(str(answer.url), unescape(href)))
            if urlsplit(link).netloc != "127.0.0.1:8000":
                continue
            path = link.removeprefix("http://127.0.0.1:8000")
            if part:
                into.append((path, part, address))
            if looks(path) not in seen and (THOROUGH or alike[kind_of(path)] < ALIKE):
                seen.add(looks(path))
                alike[kind_of(path)] += 1
                waiting.append((path, address))
    assert wrong == []
    assert [one for one in into if one[0] in parts and one[1] not in parts[one[0]]] == []
    kinds = {ID.sub("/ID", urlsplit(address).path) for address in parts}
    assert {"/job-orders/ID", "/employers/ID", "/citizens/ID", "/citizens/ID/call-sheet"} <= kinds
