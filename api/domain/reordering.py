"""A list that a person has put into another order, with the reason: the order of a list is advice."""

from collections.abc import Mapping, Sequence
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


def reordered(shown: Sequence[str], places: Mapping[str, int]) -> list[str]:
    """The order in which whoever was given another number than it had stands there, all others as they were.

    Numbers count from 1, and one beyond the end is the last. Raises `Refused` for none, and where two were
    given the same: nobody knows which of them was meant.
    """
    moved = [id_ for number, id_ in enumerate(shown, start=1) if places[id_] != number]
    taken: set[int] = set()
    for id_ in moved:
        if places[id_] < 1:
            raise Refused(f"place.{id_}", N_("A place is a whole number."), N_("Number the rows from 1."))
        if places[id_] in taken:
            problem, remedy = N_("Two rows were given number {value}."), N_("Give each a number of its own.")
            raise Refused(f"place.{id_}", problem, remedy, value=places[id_])
        taken.add(places[id_])
    order = [id_ for id_ in shown if id_ not in moved]
    for id_ in sorted(moved, key=lambda each: places[each]):
        order.insert(places[id_] - 1, id_)
    return order
