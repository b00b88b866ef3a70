"""Citizens, orders and lists for tests: everything filled in but what the test is about."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from geo import Point
from matching import Anchor, Catalogue, Citizen, JobOrder, Policy, Shortlist, shortlist

TODAY = date(2026, 12, 1)
CENTRE = Point(55.7093, 9.5357)


def make_citizen(**said: Any) -> Citizen:
    """A citizen at the drop-in centre of Vejle who has said nothing but what is given."""
    return Citizen(**{"id": "c-1", "anchors": [Anchor(CENTRE)], **said})


def make_order(**known: Any) -> JobOrder:
    """An order next door to the centre of which nothing is known but what is given."""
    return JobOrder(**{"id": "o-1", "place": CENTRE, **known})


def make_list(
    citizen: Citizen, orders: Iterable[JobOrder] | JobOrder, policy: Policy | None = None, k: int = 1000
) -> Shortlist:
    """The whole shortlist of a citizen over some orders."""
    listed = [orders] if isinstance(orders, JobOrder) else list(orders)
    return shortlist(citizen, Catalogue.from_orders(listed), k=k, on=TODAY, policy=policy)


def standing(citizen: Citizen, order: JobOrder) -> str:
    """In which of the three groups a pair stands, told by the frames alone."""
    found = make_list(citizen, order)
    groups = {"ranked": found.items, "ask": found.ask, "excluded": found.excluded}
    (where,) = [name for name, frame in groups.items() if len(frame)]
    return where


def score_of(citizen: Citizen, order: JobOrder, policy: Policy | None = None) -> float:
    """The score of a ranked pair."""
    return float(make_list(citizen, order, policy).items["score"].iloc[0])


def policy_with(changes: Mapping[str, float]) -> Policy:
    """The shipped policy with some numbers changed: {"weights.nearness": 0.5, ...}."""
    shipped = Policy.default()
    return shipped.with_numbers(changes, version=shipped.version, source="a test")
