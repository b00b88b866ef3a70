"""Lists for many people over the same orders, judged by the product's own functions.

Two kinds: people and orders as the product knows them, and scores that come from elsewhere (bids, seeded
numbers), which take the place of the pair score and of the constraints and leave everything else as it is:
the load price, whole points, exclusion and the order of the list.
"""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geo import Point
from matching import Anchor, Catalogue, Citizen, JobOrder, Policy
from matching.assessment import Assessment, assess
from matching.columns import Columns
from matching.constraints import Check
from matching.facts import Flags
from matching.load import proposed
from matching.scoring import Parts, load_price
from matching.search import order_rows
from tests.evaluate.towns import TODAY, Town
from tests.matching.judge import judge as slow_judge

Lists = list[list[int]]
Numbers = NDArray[np.float64]
HERE = Point(55.7093, 9.5357)


@dataclass(frozen=True)
class Market:
    """n people in the order in which their lists are made, and the orders, each with its own row."""

    people: int
    catalogue: Catalogue
    judge: Callable[[int, Columns], Assessment]
    forbidden: Callable[[int, int], bool]
    """Whether a person must not be shown a row, told by somebody else than the judge of the lists."""

    @property
    def fit(self) -> Numbers:
        """The score of every pair before load, from 0 to 1; NaN where it must not be shown."""
        found = [self.judge(person, self.catalogue.columns) for person in range(self.people)]
        return np.array([np.where(item.ranked, item.parts.score, np.nan) for item in found]) / 100

    def in_turn(self, k: int) -> Lists:
        """The product's lists, one after another, each shown order being an open proposal from then on."""
        catalogue, lists = self.catalogue, []
        for person in range(self.people):
            lists.append(best_first(self.judge(person, catalogue.columns), catalogue.ids)[:k])
            catalogue = proposed(catalogue, lists[-1])
        return lists

    def plain(self, k: int) -> Lists:
        """The best k by score alone, ties by id: everybody is shown the same favourites."""
        catalogue = self.catalogue
        judged = (self.judge(person, catalogue.columns) for person in range(self.people))
        return [best_first(found, catalogue.ids)[:k] for found in judged]

    def plain_with_random_ties(self, k: int, seed: int) -> Lists:
        """The best k by score alone, ties by lot for each list."""
        rng, lists = np.random.default_rng(seed), []
        for person in range(self.people):
            found = self.judge(person, self.catalogue.columns)
            rows = np.flatnonzero(found.ranked)
            drawn = np.lexsort((rng.random(len(rows)), -found.whole_points[rows]))
            lists.append([int(row) for row in rows[drawn][:k]])
        return lists

    def shuffled(self, seed: int) -> "Market":
        """The same people in another order."""
        order = np.random.default_rng(seed).permutation(self.people)
        return replace(
            self,
            judge=lambda person, columns: self.judge(int(order[person]), columns),
            forbidden=lambda person, row: self.forbidden(int(order[person]), row),
        )

    def conflicts_in(self, lists: Lists) -> int:
        """How many of the pairs on these lists must not be shown."""
        return sum(self.forbidden(person, row) for person, rows in enumerate(lists) for row in rows)


def best_first(found: Assessment, ids: Sequence[str]) -> list[int]:
    """The ranked rows as the product orders them."""
    rows = np.flatnonzero(found.ranked)
    return order_rows(rows, found.whole_points[rows], found.orders.load[rows], ids)


def town_market(seed: int, people: int, orders: int, policy: Policy | None = None) -> Market:
    """Invented people and orders, scored by the product."""
    town = Town(seed)
    crowd, numbers = town.citizens(people), policy or Policy.default()
    catalogue = Catalogue.from_orders(town.orders(orders))

    def slowly(person: int, row: int) -> bool:
        return (
            slow_judge(crowd[person], catalogue.order(catalogue.ids[row]), TODAY, numbers).standing
            != "ranked"
        )

    return Market(
        people, catalogue, lambda person, columns: assess(crowd[person], columns, TODAY, numbers), slowly
    )


@dataclass(frozen=True)
class _Told(Assessment):
    """Pairs whose scores and conflicts come from elsewhere."""

    parts: Parts
    checks: tuple[Check[Flags], ...]


def scored_market(scores: Numbers, conflict: NDArray[np.bool_]) -> Market:
    """Scores from 0 to 1 and conflicts that come from elsewhere, a row per person and a column per order."""
    policy, nobody = Policy.default(), Citizen(id="c", anchors=[Anchor(HERE)])
    people, orders = scores.shape
    catalogue = Catalogue.from_orders(JobOrder(id=f"o-{number:04}", place=HERE) for number in range(orders))
    column = np.array([int(name.removeprefix("o-")) for name in catalogue.ids])
    no_question = np.zeros(orders, np.bool_)

    def judge(person: int, columns: Columns) -> Assessment:
        found = assess(nobody, columns, TODAY, policy)
        left = 100.0 * scores[person, column]
        score = left - np.minimum(load_price(columns, policy), left)
        stopped = Check("avoids:machines", conflict[person, column], no_question)
        parts = replace(found.parts, score=score)
        return _Told(nobody, columns, policy, TODAY, parts=parts, checks=(stopped,))

    return Market(people, catalogue, judge, lambda person, row: bool(conflict[person, column[row]]))


def read_bids(path: Path) -> tuple[Numbers, NDArray[np.bool_]]:
    """Scores and conflicts of a table of bids: agent, item, score, conflict."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = [(int(row["agent"]), int(row["item"]), row) for row in csv.DictReader(file)]
    shape = (max(agent for agent, _, _ in rows) + 1, max(item for _, item, _ in rows) + 1)
    scores, conflict = np.zeros(shape), np.zeros(shape, np.bool_)
    for agent, item, row in rows:
        scores[agent, item], conflict[agent, item] = float(row["score"]), row["conflict"] == "1"
    return scores, conflict


def graded(seed: int, people: int, orders: int, popularity: float) -> Numbers:
    """Scores without ties: each order's popularity and each pair's own fit, mixed, from 0.05 to 1."""
    rng = np.random.default_rng(seed)
    mixed = popularity * rng.random(orders) + (1 - popularity) * rng.random((people, orders))
    return np.asarray(0.05 + 0.95 * mixed, np.float64)
