"""Shortlists and candidates: the exact best k, with everything that was left out and why.

Order: whole points, highest first; then fewest open proposals per place (orders) or longest waiting
(citizens); then id. The key is total, so the same input gives the same order.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import chain

import numpy as np

from matching.assessment import Assessment, Pair, assess
from matching.bounds import ROUNDING
from matching.catalogue import Catalogue
from matching.citizens import Citizen, require_once
from matching.columns import NO_END, Columns, day_number
from matching.constraints import Party
from matching.crowd import Crowd
from matching.encoding import row_of
from matching.facts import Rows
from matching.lists import Ranking
from matching.orders import JobOrder
from matching.outcomes import Key
from matching.policy import Policy
from matching.registers import Mixes, Timetables
from matching.scoring import Numbers
from matching.search import Contenders, best, order_rows
from matching.standing import Group, Sieve, Totals
from matching.times import day_or_today

JUDGED_AT_ONCE = 40
"""So many citizens are judged as pairs before it is asked whether others can still get in."""


class Shortlist(Ranking):
    """The job orders for one citizen.

    What is shown is searched for around the anchors; every order is looked at only when all of them are asked
    for, as `excluded` does.
    """

    key = "order_id"
    shared = Party.CITIZEN

    def __init__(
        self,
        citizen: Citizen,
        catalogue: Catalogue,
        k: int,
        on: date,
        policy: Policy,
        *,
        shown: Mapping[Group, list[int]] | None = None,
    ) -> None:
        """An index is a row of the catalogue. `shown` are the best k of groups that were searched already."""
        super().__init__(k, catalogue.ids)
        self.citizen = citizen
        self.catalogue = catalogue
        self.on = on
        self.policy = policy
        self._shown = dict(shown or {})
        self._pairs: dict[int, Pair] = {}
        self._beside: dict[tuple[str, Set[str]], list[Key]] = {}

    def __repr__(self) -> str:
        """Whose list it is and out of how many; nothing is searched for that."""
        return f"<Shortlist of {self.citizen.id!r} among {len(self.catalogue)} job orders, k={self.k}>"

    def shown(self, group: Group = Group.RANKED) -> list[int]:
        """The rows of the best k orders of a group, best first."""
        if group not in self._shown:
            self._shown[group] = best(self.sieve, self.k, group)
        return self._shown[group]

    @cached_property
    def totals(self) -> Totals:
        """How many orders are in each group, and how many each rule stops as the first that applies."""
        return self.sieve.totals

    @cached_property
    def sieve(self) -> Sieve:
        """Where every order stands for the citizen."""
        return Sieve(self.citizen, self.catalogue, self.on, self.policy)

    def pair(self, index: int) -> Pair:
        """The pair with the order in a row of the catalogue."""
        if index not in self._pairs:
            # the pairs that will be spoken of are judged together
            told = (rows for rows in self._shown.values() if index in rows)
            self._judge(next(told, [index]))
        return self._pairs[index]

    def _judge(self, rows: Iterable[int]) -> None:
        """Judge the pairs with the orders in some rows, those that are not judged yet, all at once."""
        new = [row for row in dict.fromkeys(rows) if row not in self._pairs]
        together = self._assess(self.catalogue.columns.take(new))
        self._pairs |= {row: Pair(together, place) for place, row in enumerate(new)}

    def anew(self, citizen: Citizen, order: JobOrder) -> "Shortlist":
        """The list after the citizen's word has changed."""
        return Shortlist(citizen, self.catalogue, self.reach, self.on, self.policy)

    @cached_property
    def place_keys(self) -> list[Key]:
        """What the first ranked orders are sorted by, best first."""
        if self.k < self.reach:
            return Shortlist(self.citizen, self.catalogue, self.reach, self.on, self.policy).place_keys
        return self._place_keys(self.shown())

    def keys_beside(self, index: int, answered: Set[str]) -> Sequence[Key]:
        """What the orders of the same employer are sorted by that hang on nothing but these rules."""
        employer_id = self.catalogue.employer_ids[index]
        asked = employer_id, answered
        if asked not in self._beside:
            pairs = ((row, self.pair(row)) for row in self._at_workplace(employer_id))
            entering = [row for row, pair in pairs if pair.hangs_on_nothing_but(answered)]
            self._beside[asked] = sorted(self._place_keys(entering))
        return self._beside[asked]

    def _at_workplace(self, employer_id: str) -> list[int]:
        """The rows of an employer's orders; none for a single one, which is answered about for itself.

        They are judged together with those of all employers whose orders are shown to be asked about.
        """
        rows = self._several(employer_id)
        if not self._pairs.keys() >= set(rows):
            shown = (self.catalogue.employer_ids[row] for row in self._shown.get(Group.ASKED, ()))
            self._judge(chain(rows, *map(self._several, dict.fromkeys(shown))))
        return rows

    def _several(self, employer_id: str) -> list[int]:
        rows: list[int] = self.catalogue.rows_of(employer_id).tolist()
        return rows if len(rows) > 1 else []

    def _tie(self, index: int) -> float:
        pair = self.pair(index)
        orders = pair.assessment.orders
        return float(orders.open_proposals[pair.row]) / max(int(orders.places[pair.row]), 1)

    def _assess(self, orders: Columns) -> Assessment:
        return assess(self.citizen, orders, self.on, self.policy)

    def _order_id(self, index: int) -> str:
        return self.ids[index]

    def _index_of(self, name: str) -> int:
        if name not in self.catalogue:
            raise self._unknown(name)
        return self.catalogue.row(name)

    @cached_property
    def _groups(self) -> dict[Group, list[int]]:
        found = self._assess(self.catalogue.columns)
        self._pairs |= {row: Pair(found, row) for row in range(len(self.ids))}
        points, load = found.whole_points, found.orders.load
        rows = {group: np.flatnonzero(group.of(found)) for group in Group}
        return {group: order_rows(held, points[held], load[held], self.ids) for group, held in rows.items()}


class CandidateList(Ranking):
    """The citizens for one job order.

    Where each of them stands is told by the rules alone; who can be among the best is then judged as a pair.
    """

    key = "citizen_id"
    shared = Party.EMPLOYER

    def __init__(
        self,
        order: JobOrder,
        people: Sequence[Citizen],
        k: int,
        on: date,
        policy: Policy,
        *,
        suggested: Set[str] = frozenset(),
    ) -> None:
        """An index is a place among the people.

        `suggested` are those who are among the order's open proposals; their pairs are not priced for that.
        """
        super().__init__(k, [person.id for person in people])
        self._suggested = suggested
        self.order = order
        self.on = on
        self.policy = policy
        self._people = people
        self._columns = row_of(order, Mixes(), Timetables())
        others = replace(order, open_proposals=max(order.open_proposals - 1, 0))
        self._columns_but_own = row_of(others, Mixes(), Timetables()) if suggested else self._columns
        self._crowd = Crowd(people, self._columns, on, policy)
        self._found: dict[int, Assessment] = {}
        self._shown: dict[Group, list[int]] = {}

    def __repr__(self) -> str:
        """Which order's list it is and out of how many people; nothing is searched for that."""
        return f"<CandidateList of {self.order.id!r} among {len(self._people)} people, k={self.k}>"

    def shown(self, group: Group = Group.RANKED) -> list[int]:
        """The indices of the best k citizens of a group, best first."""
        if group not in self._shown:
            self._shown[group] = self._best(group, self.k) if self.k else []
        return self._shown[group]

    def _best(self, group: Group, k: int) -> list[int]:
        """The best k citizens of a group, judged in the order of what they can have at most."""
        members = self._crowd.group(group)
        most = self._crowd.points_at_most[members]
        hopeful_first = members[np.argsort(-most, kind="stable")]
        contenders = Contenders(k, self.ids)
        for start in range(0, len(members), JUDGED_AT_ONCE):
            some = hopeful_first[start : start + JUDGED_AT_ONCE]
            if self._crowd.points_at_most[some[0]] + ROUNDING < contenders.bar:
                break
            contenders.add(some, self._points(some), self._since(some))
        return contenders.best_first()

    @property
    def totals(self) -> Totals:
        """How many citizens are in each group, and how many each rule stops as the first that applies."""
        return self._crowd.totals

    @cached_property
    def first_rules(self) -> dict[str, str]:
        """The same, without judging a pair."""
        return dict(sorted((self.ids[index], rule) for index, rule in self._crowd.stopped.items()))

    def pair(self, index: int) -> Pair:
        """The pair with a citizen, by the order in which they were given."""
        if index not in self._found:
            person = self._people[index]
            columns = self._columns_but_own if person.id in self._suggested else self._columns
            self._found[index] = assess(person, columns, self.on, self.policy)
        return Pair(self._found[index], 0)

    def keys_beside(self, index: int, answered: Set[str]) -> Sequence[Key]:
        """Nothing: all pairs of this list are with one order."""
        return ()

    def anew(self, citizen: Citizen, order: JobOrder) -> "CandidateList":
        """The list after the employer's word has changed, and perhaps that of one of the citizens."""
        told = [citizen if one.id == citizen.id else one for one in self._people]
        # the order of a pair is without the citizen's own proposal, the list's is not
        whole = replace(order, id=self.order.id, open_proposals=self.order.open_proposals)
        return CandidateList(whole, told, self.k, self.on, self.policy, suggested=self._suggested)

    @cached_property
    def place_keys(self) -> list[Key]:
        """What the first ranked citizens are sorted by, best first."""
        return self._place_keys(self._best(Group.RANKED, self.reach))

    def _points(self, members: Rows) -> Numbers:
        pairs = (self.pair(index) for index in members.tolist())
        return np.array([pair.assessment.whole_points[0] for pair in pairs], np.float64)

    def _since(self, members: Rows) -> Numbers:
        return np.array([self._tie(index) for index in members.tolist()], np.float64)

    def _tie(self, index: int) -> float:
        since = self._people[index].waiting_since
        return day_number(since) if since else NO_END

    def _order_id(self, index: int) -> str:
        return self.order.id

    def _index_of(self, name: str) -> int:
        if name not in self._indices:
            raise self._unknown(name)
        return self._indices[name]

    @cached_property
    def _indices(self) -> dict[str, int]:
        return {name: index for index, name in enumerate(self.ids)}

    @cached_property
    def _groups(self) -> dict[Group, list[int]]:
        members = {group: self._crowd.group(group) for group in Group}
        return {
            group: order_rows(held, self._points(held), self._since(held), self.ids)
            for group, held in members.items()
        }


def shortlist(
    citizen: Citizen,
    catalogue: Catalogue,
    k: int = 20,
    on: date | None = None,
    policy: Policy | None = None,
) -> Shortlist:
    """The best k job orders for a citizen on a day, with what to ask first and what was left out.

    `on` is today when it is not given, `policy` the one that is shipped.
    """
    return Shortlist(citizen, catalogue, k, day_or_today(on), policy or Policy.default())


def candidates(
    order: JobOrder,
    people: Iterable[Citizen],
    k: int = 20,
    on: date | None = None,
    policy: Policy | None = None,
    *,
    suggested: Set[str] = frozenset(),
) -> CandidateList:
    """The best k citizens for a job order on a day, by the same pair score as `shortlist`.

    `suggested` names citizens for whom one of the order's open proposals was made: it costs them nothing, as
    `load.without_own` has it for a shortlist. Raises `Refused` when a citizen stands twice among `people`.
    """
    listed = list(people)
    require_once(listed)
    numbers = policy or Policy.default()
    return CandidateList(order, listed, k, day_or_today(on), numbers, suggested=suggested)
