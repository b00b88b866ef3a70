"""The unit of work of a request: committed after the endpoint, before the first byte of the answer.

So the audit row of a look is durable before anything is shown: no audit, no data. What raises rolls back. The
scope "function" is what makes the framework end the unit before it sends.
"""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request

from api.store import Store, Unit


def store_of(request: Request) -> Store:
    """The store of this application."""
    store: Store = request.app.state.store
    return store


def _writing(request: Request) -> Iterator[Unit]:
    with store_of(request).unit() as unit:
        yield unit
        unit.commit()


def _reading(request: Request) -> Iterator[Unit]:
    with store_of(request).unit(read_only=True) as unit:
        yield unit


WriteUnit = Annotated[Unit, Depends(_writing, scope="function")]
"""A unit that is committed before the answer leaves: changes, and every look at a citizen."""

ReadUnit = Annotated[Unit, Depends(_reading, scope="function")]
"""A unit that changes nothing: looks at what is not about citizens."""
