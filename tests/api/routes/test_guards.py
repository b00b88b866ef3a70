"""Every operation has a guard, or a line here with its reason."""

import re

import pytest
from fastapi.routing import iter_route_contexts
from starlette.routing import Mount

from tests.api.described import bare_app, description
from tests.api.pages.guarded import PAGES as GUARDED_PAGES

PUBLIC = {"GET /health": "monitors have no account, and it tells nothing about anybody"}

PAGES = {
    "GET /": "sends a stranger to the sign-in page",
    "GET /sign-in": "where a stranger signs in",
    "POST /sign-in": "where a stranger signs in",
    "GET /session": "says whether the browser that asks is signed in, and nothing else",
    "POST /sign-out": "ends the caller's own session, and does nothing for a stranger",
    "GET /keyboard": "says which keys do what; shows no data",
    "POST /keyboard": "keeps a choice in a cookie of the browser that makes it",
    "POST /language": "keeps a choice in a cookie of the browser that makes it",
    "GET /docs": "describes the service; shows no data",
    "GET /docs/{operation_id}": "describes the service; shows no data",
    "GET /openapi.json": "describes the service; shows no data",
    "MOUNT /static": "style sheets and scripts",
}
"""What stands outside the description, and why it needs no guard of a scope."""

METHODS = ("get", "post", "put", "patch", "delete")


def described() -> dict[str, dict]:
    found = description()["paths"]
    return {
        f"{method.upper()} {path}": operation
        for path, operations in found.items()
        for method, operation in operations.items()
        if method in METHODS
    }


OPERATIONS = described()
GUARDED = {name: operation for name, operation in OPERATIONS.items() if name not in PUBLIC}


def test_the_public_operations_exist():
    assert set(PUBLIC) <= set(OPERATIONS)


def test_every_operation_is_guarded_or_listed_with_a_reason():
    assert [name for name, operation in GUARDED.items() if not operation.get("security")] == []


@pytest.mark.parametrize("operation", GUARDED)
def test_a_stranger_gets_nothing_from_a_guarded_operation(service, operation):
    method, path = operation.split()
    body = {} if "requestBody" in OPERATIONS[operation] else None
    answer = service.ask(None, method, re.sub(r"{\w+}", "0" * 32, path), body, If_Match="*")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("token", ["", "fm_wrong", "fm wrong", "a" * 10_000])
def test_a_wrong_token_is_nobody(service, token):
    answer = service.ask(None, "GET", "/api/v1/centres", Authorization=f"Bearer {token}")
    assert answer.status_code == 401


def routes_outside_the_description(app) -> set[str]:
    found = set()
    for route in app.routes:
        if isinstance(route, Mount):
            found.add(f"MOUNT {route.path}")
    for context in iter_route_contexts(app.routes):
        for method in set(context.methods or ()) - {"HEAD"}:
            found.add(f"{method} {context.path}")
    return found - set(OPERATIONS)


def test_every_page_outside_the_description_is_listed_with_its_reason():
    assert routes_outside_the_description(bare_app()) == set(PAGES) | set(GUARDED_PAGES)
