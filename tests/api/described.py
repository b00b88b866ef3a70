"""The app and its description of itself: each takes longer than a test, so a process makes them once."""

from functools import cache
from typing import Any

from fastapi import FastAPI

from api.app import create_app
from api.config import Settings


@cache
def bare_app() -> FastAPI:
    """The service without a database; only looked at."""
    return create_app(Settings())


@cache
def description() -> dict[str, Any]:
    """What it says of its operations; only looked at."""
    return bare_app().openapi()
