"""What many orders are worth to many citizens, one byte for each pair, brought up to what has changed.

Who asks for a whole municipality again and again need not have every pair judged again: a pair hangs on its
citizen, its order, the day and the policy, and on nothing else. Most pairs are spared altogether, since their
way and their work alone cost too many points.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from math import ceil, inf, log

import numpy as np
from numpy.typing import NDArray

from geo import Mode
from matching.assessment import Assessment, assess, too_far, way_to
from matching.catalogue import Catalogue
from matching.citizens import Anchor, Citizen, Needs
from matching.columns import Columns
from matching.facts import Flags, Rows
from matching.policy import Part, Policy
from matching.prospecting import settled_by_employer
from matching.prospects import cannot_do, parts_left
from matching.scoring import Numbers, nearness, openness, worth_of_mixes
from matching.vocabulary import Activity

Codes = NDArray[np.uint8]
"""For each pair its whole points and 1, with `ON_LIST` where it waits for no answer; 0 is no chance."""

ON_LIST = 128
"""The bit of a pair in which every constraint is met; without it, the pair hangs on the employer alone."""

Seen = Callable[[Columns], Callable[[Needs], Columns]]
"""How citizens see orders: given the orders, what they are to each."""

_HAIR = 1e-3
"""In points; more than a bound and a score can differ by rounding."""


def as_a_whole(orders: Columns) -> Callable[[Needs], Columns]:
    """Job orders: everybody sees the same."""
    return lambda needs: orders


def in_part(prospects: Columns) -> Callable[[Needs], Columns]:
    """Prospects, of which nobody asks for what they cannot do; made once for all who cannot do the same."""
    made: dict[frozenset[Activity], Columns] = {}

    def seen(needs: Needs) -> Columns:
        cannot = cannot_do(needs)
        if cannot not in made:
            made[cannot] = parts_left(prospects, cannot)
        return made[cannot]

    return seen


@dataclass(frozen=True, kw_only=True)
class Terms:
    """By what pairs are judged: on a day, by a policy, and from which points on they count at all."""

    on: date
    policy: Policy
    least_points: float
    seen: Seen = as_a_whole

    def cover(self, others: "Terms") -> bool:
        """Whether what was judged by these terms answers what others ask: only the points may be more."""
        alike = replace(self, least_points=others.least_points) == others
        return alike and self.least_points <= others.least_points


@dataclass(frozen=True, eq=False)
class Chances:
    """The pairs of some citizens, by row, and some orders, by column.

    `orders` says for each what it stands on: anything that differs whenever the order does.
    """

    terms: Terms
    people: Mapping[str, Citizen]
    orders: Mapping[str, object]
    codes: Codes

    @classmethod
    def of_nobody(cls, terms: Terms) -> "Chances":
        """No pairs yet."""
        return cls(terms, {}, {}, np.zeros((0, 0), np.uint8))

    def followed(
        self, people: Mapping[str, Citizen], orders: Mapping[str, object], catalogue: Catalogue
    ) -> "Chances":
        """The pairs of these citizens and orders; only those of which a side is another are judged.

        `catalogue` holds the orders, and may hold more.
        """
        rows, columns = _staying(self.people, people), _staying(self.orders, orders)
        had = [self.people[id_] for id_ in rows]
        came = {id_: one for id_, one in people.items() if id_ not in rows}
        added = {id_: one for id_, one in orders.items() if id_ not in columns}
        if not came and not added and self.codes.shape == (len(rows), len(columns)):
            return self
        there = [*columns, *added]
        stayed = self.codes[list(rows.values())][:, list(columns.values())]
        across = np.hstack([stayed, _judged(had, _of(catalogue, added), self.terms)])
        codes = np.vstack([across, _judged(came.values(), _of(catalogue, there), self.terms)])
        now = {id_: people[id_] for id_ in (*rows, *came)}
        return replace(self, people=now, orders={id_: orders[id_] for id_ in there}, codes=codes)

    def on_a_list(self, least_points: float) -> set[str]:
        """The citizens with an order in which every constraint is met, worth so many points."""
        listed = np.any(self.codes >= ON_LIST + _code(least_points), axis=1)
        names = list(self.people)
        return {names[row] for row in np.flatnonzero(listed).tolist()}

    def hanging(self, people: Iterable[str], least_points: float) -> dict[str, set[str]]:
        """For each order those of these citizens whose pairs hang on the employer alone, for such points."""
        return self._reached(people, lambda codes: (codes >= _code(least_points)) & (codes < ON_LIST))

    def possible(self, people: Iterable[str], least_points: float) -> dict[str, set[str]]:
        """The same of the pairs with no conflict, and nobody but the employer to ask, if anybody."""
        return self._reached(people, lambda codes: (codes & (ON_LIST - 1)) >= _code(least_points))

    def _reached(self, people: Iterable[str], chosen: Callable[[Codes], Flags]) -> dict[str, set[str]]:
        place = {id_: row for row, id_ in enumerate(self.people)}
        names, orders = list(people), list(self.orders)
        columns, rows = np.nonzero(chosen(self.codes[[place[id_] for id_ in names]]).T)
        who = [names[row] for row in rows.tolist()]
        firsts = np.flatnonzero(np.diff(columns, prepend=-1)).tolist()
        stretches = pairwise([*firsts, len(who)])
        return {orders[columns[first]]: set(who[first:after]) for first, after in stretches}


def _staying(before: Mapping[str, object], now: Mapping[str, object]) -> dict[str, int]:
    """Where those stood before who are the same now, by id."""
    return {
        id_: place
        for place, (id_, was) in enumerate(before.items())
        if id_ in now and (now[id_] is was or now[id_] == was)
    }


def _of(catalogue: Catalogue, ids: Iterable[str]) -> Columns:
    return catalogue.columns.take(np.array([catalogue.row(id_) for id_ in ids], np.intp))


def _code(points: float) -> int:
    return ceil(points) + 1


def _judged(people: Iterable[Citizen], orders: Columns, terms: Terms) -> Codes:
    everybody = list(people)
    codes = np.zeros((len(everybody), len(orders)), np.uint8)
    screen, seen = _Screen(orders, terms), terms.seen(orders)
    for row, person in enumerate(everybody if len(orders) else ()):
        theirs = seen(person)
        near = screen.rows(person, theirs)
        if len(near):
            codes[row, near] = _codes(assess(person, theirs.take(near), terms.on, terms.policy), terms)
    return codes


def _codes(found: Assessment, terms: Terms) -> Codes:
    points = found.whole_points
    enough = settled_by_employer(found) & (points >= terms.least_points)
    codes = np.where(enough, points + 1, 0).astype(np.uint8)
    codes[enough & found.ranked] |= ON_LIST
    return codes


class _Screen:
    """What orders can be worth at most by the way, the work and the employer's openness alone."""

    def __init__(self, orders: Columns, terms: Terms) -> None:
        self._orders, self._policy = orders, terms.policy
        self._open = self._weighed(Part.EMPLOYER_OPENNESS, openness(orders, terms.policy))
        least = (terms.least_points - _HAIR) / 100
        self._least = log(least) if least > 0 else -inf
        self._ways: dict[tuple[tuple[Anchor, ...], Mode], tuple[Numbers, Numbers]] = {}

    def rows(self, person: Citizen, seen: Columns) -> Rows:
        """The orders that may be worth enough to a citizen, within reach; none of unknown place."""
        minutes, near = self._way(person)
        suits = self._weighed(Part.SUITABILITY, worth_of_mixes(person, seen, self._policy))
        return np.flatnonzero((near + suits[seen.mix] >= self._least) & ~too_far(person, minutes))

    def _way(self, person: Citizen) -> tuple[Numbers, Numbers]:
        """The minutes to each order, and what nearness and openness leave of it; once for each start."""
        start = person.anchors, person.mode
        if start not in self._ways:
            minutes = way_to(person, self._orders.sites(), self._policy).minutes
            near = self._weighed(Part.NEARNESS, nearness(minutes, person.mode, self._policy))
            self._ways[start] = minutes, near + self._open
        return self._ways[start]

    def _weighed(self, part: Part, value: Numbers) -> Numbers:
        weighed: Numbers = self._policy.weights[part] * np.log(np.clip(value, self._policy.floor, 1.0))
        return weighed
