"""Work that outlasts its request: done one after the other, in threads of this process.

What it came to is kept in the database by the work itself, so that any worker can tell; work that dies with
the process has stored nothing and can be begun again.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet

from fastapi import Request

log = logging.getLogger("frikortmatch.background")

AT_ONCE = 1
"""Two imports would only wait for one another: both write."""

PATIENCE = 0.8
"""Seconds that a request waits for its work; most files are through by then and nobody has to wait again."""


class Background:
    """The threads of one application."""

    def __init__(self) -> None:
        """Nothing runs before there is work."""
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="background")

    def do(self, work: Callable[[], None], patience: float = PATIENCE) -> None:
        """Begin the work, or put it behind what is being done, and wait for it as long as patience lasts."""
        try:
            self._threads.submit(_logged, work).result(patience)
        except NotYet:
            return

    def close(self) -> None:
        """Let what is being done come to its end, and begin nothing more."""
        self._threads.shutdown(wait=True, cancel_futures=True)


def _logged(work: Callable[[], None]) -> None:
    """Do the work; what it did not catch itself is in the log, though nobody waits for it any more."""
    try:
        work()
    except Exception as fault:
        # the fault's text may hold what somebody sent
        log.error("work in the background failed: %s", type(fault).__name__)
        raise


def background_of(request: Request) -> Background:
    """The background of this application."""
    background: Background = request.app.state.background
    return background
