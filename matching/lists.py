"""What a shortlist and a list of candidates have in common: three groups of pairs, as frames and ledgers."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from geo import Refused
from geo.errors import N_
from matching.assessment import Pair
from matching.citizens import Citizen
from matching.constraints import Party
from matching.language import Language, speech
from matching.ledger import Ledger
from matching.orders import JobOrder
from matching.outcomes import Key, stand_of
from matching.policy import Part
from matching.sentences import LOAD
from matching.standing import Group, Totals

if TYPE_CHECKING:
    import pandas as pd

RANKS_NAMED = 20
"""Of an order that is not on the list, a rank up to this can be named, however short the list is."""

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
        self.k = list_length(k)
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
    def items(self) -> "pd.DataFrame":
        """The best k pairs: rank, id, score, the five `lost_` columns, km, minutes, anchor."""
        rows = [self._item(rank, index) for rank, index in enumerate(self.shown(), start=1)]
        numbers = dict.fromkeys(("score", *LOST_COLUMNS, "km", "minutes"), "float64")
        return _frame(rows, {"rank": "int64", self.key: "str", **numbers, "anchor": "str"})

    @cached_property
    def ask(self) -> "pd.DataFrame":
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
    def excluded(self) -> "pd.DataFrame":
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

    def reasons(self, language: str = Language.DANISH) -> "pd.DataFrame":
        """The items with a sentence for each part in columns of its name, and their warnings."""
        names, rows = (*Part, LOAD), []
        for ledger in (self.ledger(index, language) for index in self.shown()):
            why = {line.part: line.reason for line in ledger.parts}
            rows.append((*(why[name] for name in names), [warned.text for warned in ledger.warnings]))
        return self.items.join(_frame(rows, dict.fromkeys(names, "str") | {"warnings": "object"}))

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


def _frame(rows: Sequence[tuple[object, ...]], kinds: Mapping[str, str]) -> "pd.DataFrame":
    """Rows as a frame whose columns have these types, also when there are none."""
    import pandas as pd  # takes long to load, and a list is read without frames as well

    columns = zip(*rows, strict=True) if rows else [()] * len(kinds)
    # built column by column, which is four times as fast as turning the types of a frame
    return pd.DataFrame(
        {
            name: pd.Series(list(values), dtype=kind) if kind in ("str", "object") else np.array(values, kind)
            for (name, kind), values in zip(kinds.items(), columns, strict=True)
        }
    )


def list_length(k: object) -> int:
    """How many places a list has; raises `Refused` for what is no whole number from 0 up."""
    if isinstance(k, int | np.integer) and not isinstance(k, bool) and k >= 0:
        return int(k)
    raise Refused("k", N_("{value!r} is not a length."), N_("Give a whole number from 0 up."), value=k)
