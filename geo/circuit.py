"""Leaving a service alone while it fails, so that nobody waits for it in vain and it can recover."""

from collections.abc import Callable
from threading import Lock
from time import monotonic

FAILURES = 3
"""So many in a row, and the service is left alone."""

FIRST_PAUSE_SECONDS = 30.0
LONGEST_PAUSE_SECONDS = 900.0


class Circuit:
    """Counts failures in a row; a pause is twice as long as the one before it. Shared between threads."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """`clock` answers seconds that never run backwards."""
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._until = clock()

    @property
    def paused(self) -> bool:
        """Whether the service is to be left alone now."""
        return self._clock() < self._until

    def succeeded(self) -> None:
        """The service answered: all is forgotten."""
        with self._lock:
            self._failures = 0

    def failed(self, wait_seconds: float | None = None) -> None:
        """The service failed, or asked to be left alone for `wait_seconds`."""
        with self._lock:
            self._failures += 1
            pause = wait_seconds if wait_seconds is not None else self._pause()
            self._until = max(self._until, self._clock() + min(pause, LONGEST_PAUSE_SECONDS))

    def _pause(self) -> float:
        if self._failures < FAILURES:
            return 0.0
        # far beyond the longest pause, and never too large for a float
        return FIRST_PAUSE_SECONDS * 2.0 ** min(self._failures - FAILURES, 10)
