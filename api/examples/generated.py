"""Municipalities made up to any size, for load and scale; the same seed makes the same ones.

Numbers are per municipality. What one municipality holds depends on the seed, its own code and those numbers
only, and its citizens not on how many orders there are: more of one kind leaves the others as they were.
"""

from collections.abc import Iterator
from datetime import date
from enum import IntEnum

import numpy as np

from api.examples.area import Area
from api.examples.canaries import Canary, with_canaries
from api.examples.municipality import ExampleMunicipality, logins
from api.examples.orders import job_orders
from api.examples.people import centres, citizens
from api.examples.workplaces import employers
from api.examples.written import WRITTEN
from geo import Refused
from geo.errors import N_
from geo.gazetteer import Gazetteer
from geo.places import Municipality

MOST = 900_000
"""Records of one kind per municipality; beyond, made-up P-numbers would run into the next one's."""


class _Kind(IntEnum):
    """Which stream of random numbers a record is drawn from."""

    EMPLOYERS = 1
    ORDERS = 2
    CITIZENS = 3


def generate(
    seed: int,
    *,
    municipalities: int = 3,
    citizens: int = 100,
    employers: int = 500,
    orders: int = 300,
    on: date,
    canary: Canary | None = None,
) -> Iterator[ExampleMunicipality]:
    """One municipality after the other, made when it is asked for: the written ones first, then by code.

    Ids are apart from those of the written examples, so that both can be stored together. With `canary`,
    every personal and sensitive text field carries the string it answers. Raises `Refused` at once for
    numbers that are negative or too large, and for orders without employers.
    """
    chosen = municipalities_in_order()
    _within("seed", seed, 2**63 - 1)
    _within("municipalities", municipalities, len(chosen))
    for name, value in (("citizens", citizens), ("employers", employers), ("orders", orders)):
        _within(name, value, MOST)
    if orders and not employers:
        raise Refused("orders", N_("There are orders but no employers."), N_("Ask for employers as well."))
    made = (
        _municipality(seed, position, row, citizens, employers, orders, on)
        for position, row in enumerate(chosen[:municipalities])
    )
    return (with_canaries(one, canary) for one in made) if canary else made


def municipalities_in_order() -> list[Municipality]:
    """All municipalities that can be made: those written by hand first, then the others by code.

    Without Christiansø, which is not a municipality and has no postal district of its own.
    """
    able = [row for row in Gazetteer.shipped().municipalities if Area(row, Gazetteer.shipped()).districts]
    return sorted(
        able, key=lambda row: (WRITTEN.index(row.code) if row.code in WRITTEN else len(WRITTEN), row.code)
    )


def _municipality(
    seed: int,
    position: int,
    row: Municipality,
    citizen_count: int,
    employer_count: int,
    order_count: int,
    on: date,
) -> ExampleMunicipality:
    area = Area(row, Gazetteer.shipped())
    streams = {kind: np.random.default_rng([seed, int(row.code), kind]) for kind in _Kind}
    houses = centres(area, on)
    firms = tuple(employers(streams[_Kind.EMPLOYERS], area, position, employer_count, on))
    return ExampleMunicipality(
        code=row.code,
        name=row.name,
        centres=houses,
        employers=firms,
        job_orders=tuple(job_orders(streams[_Kind.ORDERS], firms, order_count, on)),
        citizens=tuple(citizens(streams[_Kind.CITIZENS], area, houses, citizen_count, on)),
        users=logins(row.code),
    )


def _within(name: str, value: int, most: int) -> None:
    if not 0 <= value <= most:
        remedy = N_("Give a whole number from 0 to {most}.")
        raise Refused(name, N_("{value} cannot be made."), remedy, value=value, most=most)
