"""How many requests are worked on at once; the others wait for their turn in the order in which they came.

A unit that writes holds the lock of an SQLite database, and its request needs one more thread to go on. Were
every thread taken by requests that wait for that lock, none would move until they gave up as `Busy`. So fewer
are worked on than there are threads (40) and connections (15); the rest wait where waiting takes neither.
"""

from asyncio import Semaphore

from fastapi import Request

AT_ONCE = 12


def new_turns() -> Semaphore:
    """The turns of one application."""
    return Semaphore(AT_ONCE)


def turns_of(request: Request) -> Semaphore:
    """The turns of this application, to be held while a request is worked on."""
    turns: Semaphore = request.app.state.turns
    return turns
