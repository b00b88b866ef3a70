"""A thousand random job cafés: against exhaustive search, clashes, and who is moved by a change."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from matching import Catalogue, Citizen, Policy
from matching.assessment import assess
from matching.assignment import Assignment, assign, talks_to_hold
from matching.evaluation import envy
from matching.talks import TalkPlan, parties, plan_talks
from tests.evaluate.figures import Figure, Section
from tests.evaluate.towns import TODAY, Town

CAFES = 1000
SEARCHED = 8
"""Cafés of up to so many people are searched exhaustively."""


@dataclass(frozen=True)
class Cafe:
    """Who is there, what there is to do, what was planned, and how long planning took."""

    people: list[Citizen]
    catalogue: Catalogue
    assignment: Assignment
    plan: TalkPlan
    seconds: float


def hold(people: list[Citizen], catalogue: Catalogue, before: Cafe | None = None) -> Cafe:
    """Plan a café, or plan it anew after a change."""
    began = perf_counter()
    assignment = assign(people, catalogue, on=TODAY, before=before.assignment if before else None)
    had = before.plan if before else None
    plan = plan_talks(talks_to_hold(assignment, each=3, before=had), before=had)
    return Cafe(people, catalogue, assignment, plan, perf_counter() - began)


def random_cafe(seed: int, people: int = 25, orders: int = 8) -> tuple[Cafe, Citizen]:
    """A café of up to so many people and orders, and somebody who is not there yet."""
    town, rng = Town(seed), np.random.default_rng(seed)
    crowd = town.citizens(int(rng.integers(1, people + 1)) + 1)
    catalogue = Catalogue.from_orders(town.orders(int(rng.integers(1, orders + 1)), places=(1, 5)))
    return hold(crowd[:-1], catalogue), crowd[-1]


def worth(cafe: Cafe) -> tuple[int, float, float]:
    """How many are placed, the smallest score and the sum, as the café planned it."""
    scores = cafe.assignment.scores
    return len(scores), round(min(scores, default=0.0), 5), round(sum(scores), 5)


def exhaustive(people: list[Citizen], catalogue: Catalogue) -> tuple[int, float, float]:
    """The same three of the best assignment there is, found by trying every choice of every person."""
    scores = ranked_scores(people, catalogue)
    places = tuple(int(number) for number in catalogue.columns.places)

    def most(floor: float) -> tuple[int, float]:
        @cache
        def after(person: int, left: tuple[int, ...]) -> tuple[int, float]:
            if person == len(people):
                return 0, 0.0
            ways = [after(person + 1, left)]
            for row, free in enumerate(left):
                if free and scores[person, row] >= floor:
                    count, total = after(person + 1, (*left[:row], free - 1, *left[row + 1 :]))
                    ways.append((count + 1, total + scores[person, row]))
            return max(ways)

        return after(0, places)

    placed = most(0.0)[0]
    floors = sorted({float(score) for score in scores[~np.isnan(scores)]}, reverse=True)
    smallest = next(floor for floor in floors if most(floor)[0] == placed) if placed else 0.0
    return placed, round(smallest, 5), round(most(smallest)[1], 5)


def ranked_scores(people: list[Citizen], catalogue: Catalogue) -> NDArray[np.float64]:
    """The score of every pair that may be assigned, NaN elsewhere."""
    found = [assess(person, catalogue.columns, TODAY, Policy.default()) for person in people]
    return np.array([np.where(item.ranked, item.parts.score, np.nan) for item in found])


def busiest(plan: TalkPlan) -> int:
    """How many talks the busiest party has."""
    counts: dict[tuple[str, str], int] = {}
    for talk in plan.slot_of:
        for party in parties(talk):
            counts[party] = counts.get(party, 0) + 1
    return max(counts.values(), default=0)


def envious(cafe: Cafe) -> float:
    """The share of people who would be better off with a task that somebody else got."""
    tasks = cafe.assignment.tasks
    given = [cafe.catalogue.row(tasks[person.id]) if person.id in tasks else None for person in cafe.people]
    return envy(ranked_scores(cafe.people, cafe.catalogue), given)


def greedy(cafe: Cafe) -> list[float]:
    """The scores when the best remaining pair is taken again and again, as one does by hand."""
    scores = np.nan_to_num(ranked_scores(cafe.people, cafe.catalogue), nan=-1.0)
    left, taken = cafe.catalogue.columns.places.copy(), []
    while scores.size and scores.max() >= 0:
        person, row = np.unravel_index(int(scores.argmax()), scores.shape)
        taken.append(float(scores[person, row]))
        scores[person], left[row] = -1.0, left[row] - 1
        if not left[row]:
            scores[:, row] = -1.0
    return taken


def without(cafe: Cafe, seed: int) -> list[Citizen]:
    """The people of a café but one."""
    gone = int(np.random.default_rng(seed).integers(len(cafe.people)))
    return [person for place, person in enumerate(cafe.people) if place != gone]


def sections() -> Iterator[Section]:
    """Everything that is measured of the cafés."""
    began = perf_counter()
    random_cafe(0)
    loading = perf_counter() - began
    cafes = [random_cafe(seed) for seed in range(CAFES)]
    yield planned([cafe for cafe, _ in cafes], loading)
    left = [(hold(without(cafe, seed), cafe.catalogue, cafe), cafe) for seed, (cafe, _) in enumerate(cafes)]
    yield replanned("somebody leaves", left)
    came = [(hold([*cafe.people, late], cafe.catalogue, cafe), cafe) for cafe, late in cafes]
    yield replanned("somebody comes", came)


def planned(cafes: list[Cafe], loading: float) -> Section:
    """The plans as they are first made."""
    small = [cafe for cafe in cafes if len(cafe.people) <= SEARCHED]
    equal = sum(worth(cafe) == exhaustive(cafe.people, cafe.catalogue) for cafe in small)
    plans = [cafe.plan for cafe in cafes]
    longer = sum(plan.slots > busiest(plan) for plan in plans)
    uneven = sum(max(plan.at_once) - min(plan.at_once) > 1 for plan in plans if plan.slots)
    return Section(
        f"Job café: {len(cafes):,} random cafés of up to 25 people and 8 tasks with 1 to 5 places",
        (
            Figure(f"as good as exhaustive search, up to {SEARCHED} people", equal, at_least=len(small)),
            Figure("clashes", sum(plan.clashes for plan in plans), at_most=0),
            Figure("plans longer than their busiest party", longer, at_most=0),
            Figure("plans with a slot two talks fuller than another", uneven, at_most=0),
            *outcomes(cafes),
            *times(cafes),
            Figure("first plan of a fresh process, in seconds", loading),
        ),
    )  # fmt: skip


def outcomes(cafes: list[Cafe]) -> tuple[Figure, ...]:
    """How people fare, beside taking the best remaining pair again and again."""
    by_hand = [greedy(cafe) for cafe in cafes]
    ours = scores_of(cafes)
    ranks = [item.rank for cafe in cafes for item in cafe.assignment.placings if item.choices]
    placed = [rank for rank in ranks if rank]
    by_hand_placed = sum(map(len, by_hand)) / len(ranks)
    envied = float(np.mean([envious(cafe) for cafe in cafes]))
    return (
        Figure("people with a task, of those whom one fits", len(placed) / len(ranks), percent=True),
        Figure("  and with their first choice", placed.count(1) / len(ranks), percent=True),
        Figure("  with a task when the best pair is taken first", by_hand_placed, percent=True),
        Figure("mean smallest score", mean_smallest(ours)),
        Figure("  when the best pair is taken first", mean_smallest(by_hand)),
        Figure("people who would rather have what another got", envied, percent=True),
    )  # fmt: skip


def scores_of(cafes: list[Cafe]) -> list[list[float]]:
    """The scores of the assigned pairs of each café."""
    return [cafe.assignment.scores for cafe in cafes]


def mean_smallest(scores: list[list[float]]) -> float:
    """The mean over the cafés of the smallest score of a pair."""
    return float(np.mean([min(found) for found in scores if found]))


def times(cafes: list[Cafe]) -> tuple[Figure, ...]:
    """How long planning takes, from the people to the plan."""
    seconds = np.array([cafe.seconds for cafe in cafes])
    return (
        Figure("plan, in seconds, p50", float(np.median(seconds))),
        Figure("plan, in seconds, slowest", float(seconds.max()), at_most=1),
    )


def replanned(change: str, pairs: list[tuple[Cafe, Cafe]]) -> Section:
    """The plans as they are made anew after a change."""
    cafes = [now for now, _ in pairs]
    tasks = [now.assignment.unmoved(before.assignment) for now, before in pairs]
    slots = [now.plan.unmoved(before.plan) for now, before in pairs]
    afresh = [hold(now.people, now.catalogue) for now in cafes]
    extra = sum(now.plan.slots > max(busiest(now.plan), before.plan.slots) for now, before in pairs)
    return Section(
        f"Job café: {change}, and the plan is made anew",
        (
            Figure("clashes", sum(now.plan.clashes for now in cafes), at_most=0),
            *kept("all slots of the talks they still have", slots, everywhere=True),
            *kept("their task", tasks, everywhere=False),
            Figure("cafés that get a slot more than they need", extra),
            Figure("mean smallest score", mean_smallest(scores_of(cafes))),
            Figure("  everybody placed afresh", mean_smallest(scores_of(afresh))),
            *times(cafes),
        ),
        "A task changes hands for more than one in five only where that gives somebody else a task at all.",
    )  # fmt: skip


def kept(what: str, found: list[dict[str, bool]], everywhere: bool) -> tuple[Figure, ...]:
    """The share of people who keep something, over all cafés and in the worst of them."""
    people = [value for names in found for value in names.values()]
    shares = np.array([np.mean(list(names.values())) for names in found if names])
    low = int((shares < 0.8 - 1e-9).sum())
    return (
        Figure(f"people who keep {what}", float(np.mean(people)), at_least=0.8, percent=True),
        Figure("  in 99 of 100 cafés at least", float(np.quantile(shares, 0.01)), percent=True),
        Figure("  in the café where fewest do", float(shares.min()), percent=True),
        Figure("  cafés in which fewer than 80 % do", low, at_most=0 if everywhere else None),
    )
