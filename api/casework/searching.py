"""One search for whatever somebody at the desk has a word or a number of: each kind that the caller may see.

Citizens are found by name alone, as a list of them would show; job orders by title and by the employer's
words, employers by name and numbers, centres by name and telephone. What a caller reads nothing of is neither
looked at nor counted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from api.access.masking import MaskedCitizen
from api.access.scopes import Scope, may
from api.casework import citizens as citizens_desk
from api.casework.citizens import Listed
from api.casework.employer_search import (
    figures_of,
    folded,
    ids_of,
    is_called,
    is_too_short,
    near_ids,
)
from api.casework.near_names import near
from api.domain.caller import Caller
from api.domain.names import filed_as, holds
from api.domain.records import Centre, EmployerRecord, JobOrderRecord
from api.store import Unit, centres, employers, job_orders
from geo.names import fold

HANDFUL, MOST = 5, 50
"""How many of each kind are shown at first, and how many when one kind alone is asked for."""

WHOLE = 8
"""A telephone number and a CVR number have so many figures; fewer are a part of one."""


class Sort(StrEnum):
    """What can be searched."""

    CITIZENS = "citizens"
    JOB_ORDERS = "job_orders"
    EMPLOYERS = "employers"
    CENTRES = "centres"


READS = {
    Sort.CITIZENS: Scope.CITIZENS_READ,
    Sort.JOB_ORDERS: Scope.JOB_ORDERS_READ,
    Sort.EMPLOYERS: Scope.EMPLOYERS_READ,
    Sort.CENTRES: Scope.CENTRES_READ,
}
"""What it takes to search a kind."""


@dataclass(frozen=True, kw_only=True)
class OrderFound:
    """A job order and the name of its employer."""

    order: JobOrderRecord
    employer: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """The first of each kind, and how many there are in all; those whose name is near where nothing is."""

    citizens: Sequence[Listed] = ()
    job_orders: Sequence[OrderFound] = ()
    employers: Sequence[EmployerRecord] = ()
    centres: Sequence[Centre] = ()
    near_employers: Sequence[EmployerRecord] = ()
    near_centres: Sequence[Centre] = ()
    totals: Mapping[Sort, int]

    @property
    def total(self) -> int:
        """How many of all kinds."""
        return sum(self.totals.values())


def searched(caller: Caller) -> tuple[Sort, ...]:
    """What a caller can search."""
    return tuple(sort for sort, scope in READS.items() if may(caller, scope))


def search(unit: Unit, caller: Caller, words: str, only: Sort | None = None) -> Found:
    """Whatever the words or the number name, of every kind that the caller may search, or of one.

    Too few letters or figures find nothing; an audit row for the search and for each citizen that is shown.
    """
    sorts = [] if is_too_short(words) else [one for one in searched(caller) if only in (None, one)]
    most = MOST if only else HANDFUL
    people, how_many = citizens_desk.found(unit, caller, words, most) if Sort.CITIZENS in sorts else ([], 0)
    orders = _orders(unit, caller, words) if Sort.JOB_ORDERS in sorts else []
    firms = ids_of(unit, caller, words) if Sort.EMPLOYERS in sorts else []
    places = _centres(unit, caller, words) if Sort.CENTRES in sorts else []
    counts = (how_many, len(orders), len(firms), len(places))
    nothing = not any(counts)
    # of citizens there are none: whoever types a name nearly right has not said that they know the person
    near_firms = near_ids(unit, caller, words) if nothing and Sort.EMPLOYERS in sorts else []
    near_places = _near_centres(unit, caller, words) if nothing and Sort.CENTRES in sorts else []
    return Found(
        citizens=people,
        job_orders=_shown(unit, caller, orders[:most]),
        employers=_employers(unit, caller, firms[:most]),
        centres=places[:most],
        near_employers=_employers(unit, caller, near_firms),
        near_centres=near_places,
        totals={sort: count for sort, count in zip(Sort, counts, strict=True) if sort in sorts},
    )


def only_one(found: Found, words: str) -> tuple[Sort, str] | None:
    """The kind and id of the only hit, where the words name it in full and the caller may open it."""
    if found.total != 1:
        return None
    told, numbered = fold(words), len(figures_of(words)) >= WHOLE and figures_of(words).isdecimal()
    return next(((sort, id_) for sort, id_, name in _openable(found) if numbered or fold(name) == told), None)


def _openable(found: Found) -> Iterator[tuple[Sort, str, str]]:
    for citizen in found.citizens:
        if not isinstance(citizen, MaskedCitizen):
            yield Sort.CITIZENS, citizen.id, citizen.name
    yield from ((Sort.JOB_ORDERS, one.order.id, one.order.title) for one in found.job_orders)
    yield from ((Sort.EMPLOYERS, one.id, one.name) for one in found.employers)
    yield from ((Sort.CENTRES, one.id, one.name) for one in found.centres)


def _orders(unit: Unit, caller: Caller, words: str) -> list[str]:
    """Ids of the orders whose title holds the words, then of those whose text does, newest first."""
    wanted = fold(words).split()
    hits = []
    for received, id_, title, text in job_orders.told(unit, caller):
        in_title = holds(folded(title), wanted)
        if in_title or holds(fold(text), wanted):
            hits.append((in_title, received, id_))
    return [id_ for _, _, id_ in sorted(hits, reverse=True)]


def _shown(unit: Unit, caller: Caller, ids: Sequence[str]) -> list[OrderFound]:
    kept = job_orders.some(unit, caller, ids)
    named = employers.some(unit, caller, {order.employer_id for order in kept.values()})
    return [OrderFound(order=kept[id_], employer=named[kept[id_].employer_id].name) for id_ in ids]


def _employers(unit: Unit, caller: Caller, ids: Sequence[str]) -> list[EmployerRecord]:
    kept = employers.some(unit, caller, ids)
    return [kept[id_] for id_ in ids]


def _centres(unit: Unit, caller: Caller, words: str) -> list[Centre]:
    wanted, figures = fold(words).split(), figures_of(words)
    found = [
        centre
        for centre in centres.all_of(unit, caller.municipality)
        if holds(fold(centre.name), wanted) or (figures.isdecimal() and is_called(centre.phone, figures))
    ]
    return sorted(found, key=lambda centre: (filed_as(centre.name), centre.id))


def _near_centres(unit: Unit, caller: Caller, words: str) -> list[Centre]:
    known = {one.id: one for one in centres.all_of(unit, caller.municipality)}
    return [known[id_] for id_ in near(((id_, fold(one.name)) for id_, one in known.items()), words)]
