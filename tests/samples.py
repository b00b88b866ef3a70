"""How much of what is alike is looked at from day to day."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from hypothesis import settings

T = TypeVar("T")

THOROUGH = settings.get_current_profile_name() == "prove"
"""Whether everything is looked at, as `make prove` does."""


def every(nth: int, alike: Iterable[T]) -> Iterator[T]:
    """Every nth of them, the first among them; all of them in `make prove`."""
    return islice(alike, 0, None, 1 if THOROUGH else nth)
