"""Shortlists and candidates: the exact best k, with everything that was left out and why.

Order: whole points, highest first; then fewest open proposals per place (orders) or longest waiting
(citizens); then id. The key is total, so the same input gives the same order.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from geo import Refused
from geo.errors import N_
from matching.assessment import Assessment, Pair, assess
from matching.bounds import ROUNDING
from matching.catalogue import Catalogue
from matching.citizens import Citizen
from matching.columns import NO_END, Columns, day_number
from matching.constraints import Party
from matching.crowd import Crowd
from matching.encoding import row_of
from matching.facts import Rows
from matching.language import Language, speech
from matching.ledger import Ledger
from matching.orders import JobOrder
from matching.outcomes import Key, stand_of
from matching.policy import Part, Policy
from matching.registers import Mixes, Timetables
from matching.scoring import Numbers
from matching.search import Contenders, best, order_rows
from matching.sentences import LOAD
from matching.standing import Group, Standing, Totals
from matching.times import day_or_today

RANKS_NAMED = 20
"""Of an order that is not on the list, a rank up to this can be named, however short the list is."""

JUDGED_AT_ONCE = 40
"""So many citizens are judged as pairs before it is asked whether others can still get in."""

LOST_COLUMNS = tuple(f"lost_{part}" for part in (*Part, LOAD))


class Ranking(ABC):
    """What a shortlist and a list of candidates have in common: three groups of pairs, best first.

    Frames are built when they are asked for. `key` names the column that holds the other side of the pairs;
    an index is a place among `ids`.
    """

    key: str
    shared: Party

    def __init__(self, k: int, ids: Sequence[str]) -> None:
        """`ids` name the other sides of the pairs; the lists show `k` of them."""
        self.k = _length(k)
        self.ids = ids

    @abstractmethod
    def pair(self, index: int) -> Pair:
        """The pair with the other side at an index."""

    @abstractmethod
    def _order_id(self, index: int) -> str: ...

    @property
    @abstractmethod
    def _groups(self) -> dict[Group, list[int]]:
        """The indices of every pair of each group, best first."""

    @abstractmethod
    def shown(self, group: Group = Group.RANKED) -> list[int]:
        """The indices of the best k pairs of a group, best first."""

    @property
    @abstractmethod
    def totals(self) -> Totals:
        """How many pairs are in each group, and how many each rule stops as the first that applies."""

    @cached_property
    def items(self) -> pd.DataFrame:
        """The best k pairs: rank, id, score, the five `lost_` columns, km, minutes, anchor."""
        rows = [self._item(rank, index) for rank, index in enumerate(self.shown(), start=1)]
        numbers = dict.fromkeys(("score", *LOST_COLUMNS, "km", "minutes"), "float64")
        return _frame(rows, {"rank": "int64", self.key: "str", **numbers, "anchor": "str"})

    @cached_property
    def ask(self) -> pd.DataFrame:
        """The best k pairs that hang on an answer: id, of, about (the first question), score_if_answered.

        `questions` holds all of them as (of, about). A pair without a place has no score.
        """
        rows = []
        for index in self.shown(Group.ASKED):
            pair = self.pair(index)
            (of, about), *_ = pair.questions
            rows.append((self.ids[index], str(of), about, pair.score, pair.questions))
        kinds = {self.key: "str", "of": "str", "about": "str", "score_if_answered": "float64"}
        return _frame(rows, kinds | {"questions": "object"})

    @cached_property
    def excluded(self) -> pd.DataFrame:
        """Every pair that a rule stops, by id: the rule (the first that applies) and all rules."""
        stopped = sorted((self.ids[index], index) for index in self._groups[Group.EXCLUDED])
        rows = [(name, rules[0], rules) for name, index in stopped if (rules := self.pair(index).rules)]
        return _frame(rows, {self.key: "str", "rule": "str", "rules": "object"})

    @property
    def first_rules(self) -> dict[str, str]:
        """By id, the first rule that applies to each pair that is left out, in the order of the ids."""
        return dict(zip(self.excluded[self.key], self.excluded["rule"], strict=True))

    @property
    def items_total(self) -> int:
        """How many pairs are ranked, shown or not."""
        return self.totals.ranked

    @property
    def ask_total(self) -> int:
        """How many pairs hang on an answer, shown or not."""
        return self.totals.asked

    @property
    def excluded_total(self) -> int:
        """How many pairs a rule stops."""
        return sum(self.totals.excluded.values())

    @property
    def excluded_counts(self) -> dict[str, int]:
        """How many pairs each rule stops as the first that applies, most first."""
        return dict(Counter(self.totals.excluded).most_common())

    def explain(self, name: str, language: str = Language.DANISH) -> Ledger:
        """The ledger of one pair, shown or not; raises `Refused` for an id that is not in the list."""
        return self._ledger(self._index_of(name), language, anew=True)

    def ledger(self, index: int, language: str = Language.DANISH) -> Ledger:
        """The ledger of the pair at an index, as a row of a list has it.

        It names no rank that would have to be found by making the list anew; `explain` does.
        """
        return self._ledger(index, language, anew=False)

    def _ledger(self, index: int, language: str, *, anew: bool) -> Ledger:
        stand = stand_of(self, index, self._order_id(index), anew=anew)
        return Ledger(self.pair(index), stand, speech(language))

    def place_key(self, index: int, points: float) -> Key:
        """What a pair would be sorted by, had it so many whole points."""
        return (-points, self._tie(index), self.ids[index])

    def _place_keys(self, indices: Iterable[int]) -> list[Key]:
        pairs = ((index, self.pair(index)) for index in indices)
        return [self.place_key(index, float(pair.assessment.whole_points[pair.row])) for index, pair in pairs]

    @property
    @abstractmethod
    def place_keys(self) -> list[Key]:
        """What the first ranked pairs are sorted by, best first, as many as `reach` says."""

    @property
    def reach(self) -> int:
        """How many ranks can be named of pairs that are not on the list."""
        return max(self.k, RANKS_NAMED)

    @abstractmethod
    def keys_beside(self, index: int, answered: Set[str]) -> Sequence[Key]:
        """What the pairs with the same workplace are sorted by that hang on nothing but these rules."""

    @abstractmethod
    def anew(self, citizen: Citizen, order: JobOrder) -> "Ranking":
        """The list after the side that all its pairs share has changed."""

    @abstractmethod
    def _tie(self, index: int) -> float: ...

    def reasons(self, language: str = Language.DANISH) -> pd.DataFrame:
        """The items with a sentence for each part in columns of its name, and their warnings."""
        ledgers = [self.ledger(index, language) for index in self.shown()]
        told = [
            {line.part: line.reason for line in ledger.parts}
            | {"warnings": [warned.text for warned in ledger.warnings]}
            for ledger in ledgers
        ]
        return self.items.join(pd.DataFrame(told, columns=[*Part, LOAD, "warnings"]))

    def _item(self, rank: int, index: int) -> tuple[object, ...]:
        pair = self.pair(index)
        lost = pair.lost
        losses = (lost[name] for name in LOST_COLUMNS)
        return (rank, self.ids[index], pair.score, *losses, pair.km, pair.minutes, str(pair.anchor.kind))

    @abstractmethod
    def _index_of(self, name: str) -> int: ...

    def rank_of(self, index: int) -> int:
        """The rank of a ranked pair; the whole group is put in order only for one that is not shown."""
        shown = self.shown()
        return (shown if index in shown else self._groups[Group.RANKED]).index(index) + 1

    def _unknown(self, name: str) -> Refused:
        return Refused(self.key, N_("{value!r} is not in this list."), value=name)


def _frame(rows: Sequence[tuple[object, ...]], kinds: Mapping[str, str]) -> pd.DataFrame:
    """Rows as a frame whose columns have these types, also when there are none."""
    columns = zip(*rows, strict=True) if rows else [()] * len(kinds)
    # built column by column, which is four times as fast as turning the types of a frame
    return pd.DataFrame(
        {name: _column(values, kinds[name]) for name, values in zip(kinds, columns, strict=True)}
    )


def _column(values: Iterable[object], kind: str) -> object:
    if kind in ("str", "object"):
        return pd.Series(list(values), dtype=kind)
    return np.array(list(values), kind)


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
        self._assessed: dict[Group, list[int]] = {}
        self._pairs: dict[int, Pair] = {}
        self._beside: dict[tuple[str, Set[str]], list[Key]] = {}

    def shown(self, group: Group = Group.RANKED) -> list[int]:
        """The rows of the best k orders of a group, best first."""
        if group not in self._assessed:
            rows = self._shown.get(group)
            if rows is None:
                rows = best(self.standing, self.k, group)
            # the pairs that will be spoken of are judged together
            together = self._assess(self.catalogue.columns.take(rows))
            self._pairs |= {row: Pair(together, place) for place, row in enumerate(rows)}
            self._assessed[group] = rows
        return self._assessed[group]

    @cached_property
    def totals(self) -> Totals:
        """How many orders are in each group, and how many each rule stops as the first that applies."""
        return self.standing.totals

    @cached_property
    def standing(self) -> Standing:
        """Where every order stands for the citizen."""
        return Standing(self.citizen, self.catalogue, self.on, self.policy)

    def pair(self, index: int) -> Pair:
        """The pair with the order in a row of the catalogue."""
        if index not in self._pairs:
            self._pairs[index] = Pair(self._assess(self.catalogue.columns.take([index])), 0)
        return self._pairs[index]

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
            rows = self.catalogue.rows_of(employer_id)
            # alone at a workplace, an order is answered about for itself
            self._beside[asked] = self._keys_hanging(rows, answered) if len(rows) > 1 else []
        return self._beside[asked]

    def _keys_hanging(self, rows: Rows, answered: Set[str]) -> list[Key]:
        found = self._assess(self.catalogue.columns.take(rows))
        pairs = {int(rows[i]): Pair(found, i) for i in np.flatnonzero(found.hanging_on(answered)).tolist()}
        self._pairs |= pairs
        return sorted(self._place_keys(pairs))

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
        if name not in self.ids:
            raise self._unknown(name)
        return self.ids.index(name)

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
    twice = [name for name, times in Counter(person.id for person in listed).items() if times > 1]
    if twice:
        raise Refused("people", N_("{value!r} stands more than once."), value=twice[0])
    numbers = policy or Policy.default()
    return CandidateList(order, listed, k, day_or_today(on), numbers, suggested=suggested)


def _length(k: object) -> int:
    if isinstance(k, int | np.integer) and not isinstance(k, bool) and k >= 0:
        return int(k)
    raise Refused("k", N_("{value!r} is not a length."), N_("Give a whole number from 0 up."), value=k)
