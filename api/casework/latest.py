"""What was reckoned last for each municipality, given again for as long as what it stands on is the same."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Footing = TypeVar("Footing")
Found = TypeVar("Found")


class Latest(Generic[Footing, Found]):
    """One finding a municipality, shared by the threads of one process."""

    def __init__(self, reckon: Callable[[Footing, Found | None], Found]) -> None:
        """`reckon` hangs on nothing but the footing; what it found before may only spare it some work."""
        self._reckon = reckon
        self._held: dict[str, tuple[Footing, Found]] = {}
        self._locks: dict[str, Lock] = {}

    def of(self, municipality: str, footing: Footing) -> Found:
        """What stands on `footing`; reckoned once by those who ask for the same at the same time."""
        with self._locks.setdefault(municipality, Lock()):
            held = self._held.get(municipality)
            if held is None or held[0] != footing:
                found = self._reckon(footing, held and held[1])
                held = self._held[municipality] = footing, found
            return held[1]
