"""Shortlists and candidates: the exact best k, with everything that was left out and why.

Order: whole points, highest first; then fewest open proposals per place (orders) or longest waiting
(citizens); then id. The key is total, so the same input gives the same order.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cached_property

import numpy as np
import pandas as pd

from geo import Refused
from geo.errors import N_
from matching.assessment import Assessment, Pair, assess
from matching.catalogue import Catalogue
from matching.citizens import Citizen
from matching.columns import NO_END, day_number
from matching.constraints import Flags
from matching.language import Language
from matching.ledger import Ledger, write_ledger
from matching.orders import JobOrder
from matching.policy import Part, Policy
from matching.scoring import Numbers
from matching.search import order_rows
from matching.sentences import LOAD
from matching.times import DENMARK_TIME, parse_day

Groups = tuple[list[int], list[int], list[int]]
LOST_COLUMNS = tuple(f"lost_{part}" for part in (*Part, LOAD))


class Ranking(ABC):
    """What a shortlist and a list of candidates have in common: three groups of pairs, best first.

    Frames are built when they are asked for. `key` names the column that holds the other side of the pairs.
    """

    key: str

    def __init__(self, k: int, ids: Sequence[str]) -> None:
        """`ids` name the other sides of the pairs; the lists show `k` of them."""
        self.k = _length(k)
        self.ids = ids

    @abstractmethod
    def pair(self, index: int) -> Pair:
        """The pair with the other side at an index of `ids`."""

    @abstractmethod
    def _order_id(self, index: int) -> str: ...

    @property
    @abstractmethod
    def _groups(self) -> Groups:
        """The indices of the ranked and the asked pairs, best first, and of the excluded ones, by id."""

    @cached_property
    def items(self) -> pd.DataFrame:
        """The best k pairs: rank, id, score, the five `lost_` columns, km, minutes, anchor."""
        shown = self.shown
        rows = [self._item(rank, index) for rank, index in enumerate(shown, start=1)]
        numbers = ["score", *LOST_COLUMNS, "km", "minutes"]
        columns = ["rank", self.key, *numbers, "anchor"]
        # an empty list has the types of a full one
        kinds = {"rank": "int64", self.key: "str", "anchor": "str"} | dict.fromkeys(numbers, "float64")
        return pd.DataFrame(rows, columns=columns).astype(kinds)

    @cached_property
    def ask(self) -> pd.DataFrame:
        """The best k pairs that hang on an answer: id, of, about (the first question), score_if_answered.

        `questions` holds all of them as (of, about). A pair without a place has no score.
        """
        rows = []
        for index in self.shown_asked:
            pair = self.pair(index)
            (of, about), *_ = pair.questions
            rows.append((self.ids[index], str(of), about, pair.score, pair.questions))
        columns = [self.key, "of", "about", "score_if_answered", "questions"]
        kinds = {self.key: "str", "of": "str", "about": "str", "score_if_answered": "float64"}
        return pd.DataFrame(rows, columns=columns).astype(kinds)

    @cached_property
    def excluded(self) -> pd.DataFrame:
        """Every pair that a rule stops, by id: the rule (the first that applies) and all rules."""
        rows = [(self.ids[index], rules[0], rules) for index, rules in self._stopped]
        return pd.DataFrame(rows, columns=[self.key, "rule", "rules"]).astype(
            {self.key: "str", "rule": "str"}
        )

    @cached_property
    def excluded_counts(self) -> dict[str, int]:
        """How many pairs each rule stops as the first that applies."""
        return dict(Counter(rules[0] for _, rules in self._stopped).most_common())

    @property
    def shown(self) -> list[int]:
        """The indices of the items, best first."""
        return [int(index) for index in self._groups[0][: self.k]]

    @property
    def shown_asked(self) -> list[int]:
        """The indices of the pairs in `ask`, best first."""
        return [int(index) for index in self._groups[1][: self.k]]

    @property
    def items_total(self) -> int:
        """How many pairs are ranked, shown or not."""
        return len(self._groups[0])

    @property
    def ask_total(self) -> int:
        """How many pairs hang on an answer, shown or not."""
        return len(self._groups[1])

    def explain(self, name: str, language: str = Language.DANISH) -> Ledger:
        """The ledger of one pair, shown or not; raises `Refused` for an id that is not in the list."""
        if name not in self._index_of:
            raise Refused(self.key, N_("{value!r} is not in this list."), value=name)
        return self.ledger(self._index_of[name], language)

    def ledger(self, index: int, language: str = Language.DANISH) -> Ledger:
        """The ledger of the pair at an index of `ids`."""
        return write_ledger(self.pair(index), self._order_id(index), self._rank_of.get(index), language)

    def reasons(self, language: str = Language.DANISH) -> pd.DataFrame:
        """The items with a sentence for each part in columns of its name, and their warnings."""
        ledgers = [self.ledger(index, language) for index in self.shown]
        told = [
            {line.part: line.reason for line in ledger.parts}
            | {"warnings": [warned.text for warned in ledger.warnings]}
            for ledger in ledgers
        ]
        return self.items.join(pd.DataFrame(told, columns=[*Part, LOAD, "warnings"]))

    def _item(self, rank: int, index: int) -> dict[str, object]:
        pair = self.pair(index)
        way = {"km": pair.km, "minutes": pair.minutes, "anchor": str(pair.anchor.kind)}
        return {"rank": rank, self.key: self.ids[index], "score": pair.score, **pair.lost, **way}

    @cached_property
    def _index_of(self) -> dict[str, int]:
        return {name: index for index, name in enumerate(self.ids)}

    @cached_property
    def _rank_of(self) -> dict[int, int]:
        return {int(index): rank for rank, index in enumerate(self._groups[0], start=1)}

    @cached_property
    def _stopped(self) -> list[tuple[int, tuple[str, ...]]]:
        return [(int(index), self.pair(index).rules) for index in self._groups[2]]


class Shortlist(Ranking):
    """The job orders for one citizen."""

    key = "order_id"

    def __init__(self, assessment: Assessment, catalogue: Catalogue, k: int) -> None:
        """An assessment against every order of the catalogue."""
        super().__init__(k, catalogue.ids)
        self.assessment = assessment
        self.catalogue = catalogue

    def pair(self, index: int) -> Pair:
        """The pair with the order in a row of the catalogue."""
        return Pair(self.assessment, index)

    def _order_id(self, index: int) -> str:
        return self.ids[index]

    @cached_property
    def _groups(self) -> Groups:
        found, orders = self.assessment, self.catalogue.columns
        groups = (found.ranked, found.asked, found.excluded)
        return _grouped(self.ids, *groups, found.whole_points, orders.load)


class CandidateList(Ranking):
    """The citizens for one job order."""

    key = "citizen_id"

    def __init__(self, order: JobOrder, assessments: Sequence[Assessment], k: int) -> None:
        """Assessments of one citizen each against the one order."""
        super().__init__(k, [found.citizen.id for found in assessments])
        self.order = order
        self._assessments = assessments

    def pair(self, index: int) -> Pair:
        """The pair with a citizen, by the order in which they were given."""
        return Pair(self._assessments[index], 0)

    def _order_id(self, index: int) -> str:
        return self.order.id

    @cached_property
    def _groups(self) -> Groups:
        found = self._assessments
        waiting = [assessment.citizen.waiting_since for assessment in found]
        return _grouped(
            self.ids,
            np.array([item.ranked[0] for item in found], np.bool_),
            np.array([item.asked[0] for item in found], np.bool_),
            np.array([item.excluded[0] for item in found], np.bool_),
            np.array([item.whole_points[0] for item in found], np.float64),
            np.array([day_number(since) if since else NO_END for since in waiting], np.float64),
        )


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
    found = assess(citizen, catalogue.columns, _day(on), policy or Policy.default())
    return Shortlist(found, catalogue, k)


def candidates(
    order: JobOrder,
    people: Iterable[Citizen],
    k: int = 20,
    on: date | None = None,
    policy: Policy | None = None,
) -> CandidateList:
    """The best k citizens for a job order on a day, by the same pair score as `shortlist`.

    Raises `Refused` when a citizen stands twice among `people`.
    """
    listed = list(people)
    twice = [name for name, times in Counter(person.id for person in listed).items() if times > 1]
    if twice:
        raise Refused("people", N_("{value!r} stands more than once."), value=twice[0])
    columns = Catalogue.from_orders([order]).columns
    day, numbers = _day(on), policy or Policy.default()
    return CandidateList(order, [assess(person, columns, day, numbers) for person in listed], k)


def _length(k: object) -> int:
    if isinstance(k, int | np.integer) and not isinstance(k, bool) and k >= 0:
        return int(k)
    raise Refused("k", N_("{value!r} is not a length."), N_("Give a whole number from 0 up."), value=k)


def _day(on: date | None) -> date:
    return parse_day(on, "on") or datetime.now(DENMARK_TIME).date()


def _grouped(
    ids: Sequence[str], ranked: Flags, asked: Flags, excluded: Flags, points: Numbers, tie: Numbers
) -> tuple[list[int], list[int], list[int]]:
    def best_first(which: Flags) -> list[int]:
        rows = np.flatnonzero(which)
        return order_rows(rows, points[rows], tie[rows], ids)

    return best_first(ranked), best_first(asked), sorted(np.flatnonzero(excluded), key=lambda row: ids[row])
