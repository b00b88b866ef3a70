"""A list that a person has put into another order, with the reason: the order of a list is advice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from geo import Refused
from geo.errors import N_


@dataclass(frozen=True, kw_only=True)
class Reordered:
    """What a list was (`shown`, ids best first), what it became (`order`), why, by whom and when.

    `reason` is sealed at rest; `by` is a user's id.
    """

    id: str
    municipality: str
    list_id: str
    citizen_id: str
    shown: tuple[str, ...]
    order: tuple[str, ...]
    reason: str
    by: str
    at: datetime


def require_reordered(shown: Sequence[str], order: Sequence[str]) -> None:
    """Raise `Refused` unless `order` has exactly what was shown, each once, and in another order."""
    if len(set(shown)) != len(shown) or sorted(shown) != sorted(order):
        remedy = N_("Send every id of the list once.")
        raise Refused("order", N_("The new order has to hold what the list holds."), remedy)
    if tuple(shown) == tuple(order):
        raise Refused("order", N_("The order is the one that is shown."), N_("Move at least one row."))
