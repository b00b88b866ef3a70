"""A page of a list, by key: what came later or was taken away in the meantime never shifts a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some items, and the id to give as `after` for those that follow; None when these were the last."""

    items: tuple[Item, ...]
    next: str | None


def page_of(items: Sequence[Item], ids: Sequence[str], limit: int) -> Page[Item]:
    """Cut a list that was asked for with one more than `limit`: the one more says whether any follow."""
    return Page(tuple(items[:limit]), ids[limit - 1] if len(items) > limit else None)
