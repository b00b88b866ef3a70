"""What could lie on the tables of a job café: open orders, whom they suit, and which to begin with."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

import numpy as np

from api.casework import left_alone, refusals
from api.casework.catalogues import Kept
from api.casework.left_alone import LeftAlone
from api.casework.refusals import OrderRefused
from api.casework.supply import Kind
from api.domain.caller import Caller
from api.domain.records import EmployerRecord, JobOrderRecord, OrderState
from api.store import Unit
from matching import Catalogue, Citizen, Policy
from matching.assessment import assess

Has = Mapping[str, Set[str]]
"""The job orders that citizens have said yes to, begun or not, by citizen: nobody is offered them again."""

TABLES, TASKS = 8, 12
"""How many tables and tasks are suggested at first."""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """An open job order, and which of those who could come it suits without asking first.

    `refused_on` is the day on which its employer said no to it, `rests_until` the one until which the
    employer has asked to be left alone, where that is after the café.
    """

    order: JobOrderRecord
    employer: EmployerRecord
    suits: frozenset[str]
    refused_on: date | None = None
    rests_until: date | None = None

    @property
    def is_wished(self) -> bool:
        """Whether its employer can be asked to come, as far as is written down."""
        return self.refused_on is None and self.rests_until is None


def offered(kept: Kept, day: date) -> Iterator[JobOrderRecord]:
    """The orders that are open on a day; what nobody has confirmed yet is promised at no table."""
    for order in kept.supply.orders.values():
        ended = order.task.ends_on is not None and order.task.ends_on < day
        if order.state is OrderState.OPEN and order.places and not ended:
            yield order


@dataclass(frozen=True, kw_only=True)
class Said:
    """What employers have said about orders: no, and to be left alone on the day of the café."""

    refused: Mapping[str, OrderRefused]
    left_alone: Mapping[str, LeftAlone]


def said_of(unit: Unit, caller: Caller, order_ids: Sequence[str], day: date) -> Said:
    """What they have said; nothing for who does not see contacts."""
    return Said(
        refused=refusals.of_orders(unit, caller, order_ids),
        left_alone=left_alone.of_orders(unit, caller, order_ids, day),
    )


def offers_of(kept: Kept, people: Sequence[Citizen], day: date, has: Has, said: Said) -> tuple[Offer, ...]:
    """Every order that is open on the day, what suits most of the people first; nobody what they have."""
    catalogue, supply = kept.supply.catalogue(Kind.JOB_ORDERS), kept.supply
    suiting: dict[str, set[str]] = {id_: set() for id_ in supply.orders}
    for one in people:
        for order_id in suited(catalogue, [one], day, kept.policy, has):
            suiting[order_id].add(one.id)
    offers = (
        Offer(
            order=order,
            employer=supply.employers[order.employer_id],
            suits=frozenset(suiting[order.id]),
            refused_on=no.contact.on if (no := said.refused.get(order.id)) else None,
            rests_until=rest.until if (rest := said.left_alone.get(order.id)) else None,
        )
        for order in offered(kept, day)
    )
    return tuple(sorted(offers, key=lambda offer: (-len(offer.suits), offer.order.title, offer.order.id)))


def suited(
    tasks: Catalogue, people: Iterable[Citizen], day: date, policy: Policy, has: Has
) -> frozenset[str]:
    """The orders that suit at least one of some people without asking first, besides what each has."""
    found: set[str] = set()
    for one in people:
        rows = np.flatnonzero(assess(one, tasks.columns, day, policy).ranked).tolist()
        found |= {tasks.ids[row] for row in rows} - has.get(one.id, frozenset())
    return frozenset(found)


def suggested(offers: Sequence[Offer], people: Set[str]) -> frozenset[str]:
    """Tasks to begin with, at most `TASKS` at `TABLES`, each of which opens something for the most people.

    An employer who said no, or asked to be left alone, is asked to come by a person only.
    """
    chosen: dict[str, str] = {}
    served: Set[str] = frozenset()
    while len(chosen) < TASKS:
        tables = set(chosen.values())
        left = [
            offer
            for offer in offers
            if offer.suits & people
            and offer.is_wished
            and offer.order.id not in chosen
            and (len(tables) < TABLES or offer.employer.id in tables)
        ]
        if not left:
            break
        best = max(left, key=lambda offer: (len(offer.suits & people - served), len(offer.suits & people)))
        chosen[best.order.id] = best.employer.id
        served |= best.suits
    return frozenset(chosen)
