"""The employers of a municipality, sifted and in the order of their names: a business consultant's portfolio.

What can be sifted by stands unsealed, so that a municipality's ten thousand employers are looked through at
once; a telephone number is unsealed only where figures are searched for that are no CVR number.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from api.access.scopes import Scope, may
from api.casework import contacts as contacts_desk
from api.casework.employer_search import named, sorted_by
from api.domain.caller import Caller
from api.domain.contacts import LastReply, Rest, WhyResting
from api.domain.parts import Place, part_of
from api.domain.portfolio import EmployerLine
from api.store import Unit, contact_days, contacts, employers, job_orders
from geo import Point, haversine_km


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What is sifted by; what is blank or None sifts nothing.

    `words` stand in the name, or are the figures of a CVR number, a P-number or a telephone number. `near`
    and `km` are a point and how far from it, as the crow flies; an employer without a place is never near.
    `silent` are those who must not be contacted first.
    """

    words: str = ""
    industry: str = ""
    near: Point | None = None
    km: float | None = None
    with_orders: bool = False
    resting: bool = False
    unplaced: bool = False
    silent: bool = False


@dataclass(frozen=True, kw_only=True)
class Listed:
    """An employer of the list: how many open orders, and until which day contacts rest (None: free today).

    `replied` is what it said last, None when nobody has written that down or the caller sees no contacts;
    `rests_because` why contacts rest, where the caller sees them.
    """

    line: EmployerLine
    open_orders: int
    rests_until: date | None
    rests_because: WhyResting | None
    replied: LastReply | None
    km: float | None

    @property
    def key(self) -> tuple[str, str]:
        """What the list is sorted by."""
        return sorted_by(self.line)


@dataclass(frozen=True, kw_only=True)
class Portfolio:
    """A stretch of the sifted employers, how many there are in all, where they are, and their industries."""

    items: tuple[Listed, ...]
    next: Place | None
    total: int
    of: int
    points: tuple[Point, ...]
    industries: tuple[tuple[str, int], ...]


def portfolio(
    unit: Unit, caller: Caller, sought: Sought, after: Place | None = None, limit: int = 50
) -> Portfolio:
    """The employers that are sought, by name as Danish sorts it, from the one after the key `after`."""
    lines = employers.lines(unit, caller)
    orders = job_orders.open_counts(unit, caller)
    rests = _rests(unit, caller, lines)
    found = sorted(_sifted(unit, caller, lines, sought, orders, rests), key=sorted_by)
    part = part_of(found, sorted_by, after, limit)
    industries = Counter(line.industry for line in lines if line.industry)
    return Portfolio(
        items=_listed(unit, caller, part.rows, sought, orders, rests),
        next=part.next,
        total=part.total,
        of=len(lines),
        points=tuple(line.point for line in found if line.point),
        industries=tuple(sorted(industries.items())),
    )


def _listed(
    unit: Unit,
    caller: Caller,
    shown: Sequence[EmployerLine],
    sought: Sought,
    orders: Mapping[str, int],
    rests: Mapping[str, Rest],
) -> tuple[Listed, ...]:
    replies = _replies(unit, caller, shown)
    told = may(caller, Scope.CONTACTS_READ)
    return tuple(
        Listed(
            line=line,
            open_orders=orders.get(line.id, 0),
            rests_until=rests[line.id].until if line.id in rests else None,
            rests_because=rests[line.id].why if told and line.id in rests else None,
            replied=replies.get(line.id),
            km=_km(sought.near, line),
        )
        for line in shown
    )


def _sifted(
    unit: Unit,
    caller: Caller,
    lines: Iterable[EmployerLine],
    sought: Sought,
    orders: Mapping[str, int],
    rests: Mapping[str, Rest],
) -> list[EmployerLine]:
    found = named(unit, caller, lines, sought.words)
    return [
        line
        for line in found
        if (not sought.industry or line.industry == sought.industry)
        and (not sought.with_orders or line.id in orders)
        and (not sought.resting or line.id in rests)
        and (not sought.unplaced or line.point is None)
        and (not sought.silent or not line.may_be_contacted_first)
        and _is_near(line, sought)
    ]


def _replies(unit: Unit, caller: Caller, shown: Iterable[EmployerLine]) -> Mapping[str, LastReply]:
    if not may(caller, Scope.CONTACTS_READ):
        return {}
    return contacts.last_replies(unit, caller, [line.id for line in shown])


def _is_near(line: EmployerLine, sought: Sought) -> bool:
    if sought.near is None or sought.km is None:
        return True
    far = _km(sought.near, line)
    return far is not None and far <= sought.km


def _km(near: Point | None, line: EmployerLine) -> float | None:
    if near is None or line.point is None:
        return None
    return float(haversine_km(near.lat, near.lon, line.point.lat, line.point.lon))


def _rests(unit: Unit, caller: Caller, lines: Iterable[EmployerLine]) -> dict[str, Rest]:
    """Until when contacts rest, by employer; who may be contacted today is left out."""
    last_contacts = {line.id: line.last_contact_on for line in lines}
    return contacts_desk.rests_of(unit, caller, contact_days.of(unit, caller.municipality), last_contacts)
