"""What the price of open proposals does to a series of lists: how evenly they spread, and at what cost."""

from pathlib import Path

import numpy as np

from matching import Anchor, Catalogue, Citizen, JobOrder
from matching.evaluation import coverage, exposure, gini, ndcg, worst_share
from matching.load import shortlists_in_turn
from tests.evaluate.figures import Figure, Section
from tests.evaluate.markets import HERE, Lists, Market, Numbers, graded, read_bids, scored_market, town_market
from tests.evaluate.towns import TODAY
from tests.matching.makers import policy_with

K = 3
SEEDS = 20
BIDS = ("preflib1", "preflib2", "preflib3", "query")


def utilities(lists: Lists, fit: Numbers) -> Numbers:
    """What each person's list is worth before load: the sum of its scores."""
    return np.array([sum(fit[person, row] for row in rows) for person, rows in enumerate(lists)])


def mean_ndcg(lists: Lists, fit: Numbers) -> float:
    """The mean nDCG of the lists against the scores before load."""
    gains = np.nan_to_num(fit)
    return float(np.mean([ndcg(gains[person, rows], gains[person], K) for person, rows in enumerate(lists)]))


def even_gini(lists: Lists, market: Market) -> float:
    """The Gini coefficient of the exposure of the orders."""
    return gini(exposure(lists, len(market.catalogue)))


def spread(market: Market, gini_below_ids: float | None = None) -> tuple[Figure, ...]:
    """The figures of a market: lists in turn against the best by score, with ties by id and by lot."""
    fit, lists, plain = market.fit, market.in_turn(K), market.plain(K)
    drawn = [market.plain_with_random_ties(K, seed) for seed in range(SEEDS)]
    by_lot = float(np.mean([even_gini(found, market) for found in drawn]))
    by_id, ours = even_gini(plain, market), even_gini(lists, market)
    shuffled = [market.shuffled(seed) for seed in range(SEEDS)]
    in_other_turns = max(even_gini(found.in_turn(K), found) for found in shuffled)
    worth, at_best = utilities(lists, fit), utilities(plain, fit)
    worst = worst_share(worth) / worst_share(at_best)
    shown, favourites = (exposure(found, len(market.catalogue)) for found in (lists, plain))
    return (
        Figure("Gini of exposure, best by score, ties by id", by_id),
        Figure(f"Gini of exposure, best by score, ties by lot ({SEEDS} seeds)", by_lot),
        Figure("Gini of exposure, lists in turn with the load price", ours),
        Figure("Gini below ties by id", 1 - ours / by_id, at_least=gini_below_ids, percent=True),
        Figure(f"  in the worst of {SEEDS} other orders of people", 1 - in_other_turns / by_id, percent=True),
        Figure("Gini below ties by lot", 1 - ours / by_lot, percent=True),
        Figure("utility against the best by score", worth.sum() / at_best.sum(), at_least=0.98, percent=True),
        Figure("  of the worst-off fifth of people", worst, at_least=0.97, percent=True),
        Figure(f"nDCG@{K}", mean_ndcg(lists, fit), at_least=0.98),
        Figure("orders on some list, best by score", coverage(favourites), percent=True),
        Figure("orders on some list, in turn", coverage(shown), percent=True),
        Figure("lists that the most shown order is on, best by score", int(favourites.max())),
        Figure("lists that the most shown order is on, in turn", int(shown.max())),
        Figure("conflicts shown", market.conflicts_in(lists), at_most=0),
    )  # fmt: skip


def bids(name: str, folder: Path) -> Section:
    """A table of real bids."""
    scores, conflict = read_bids(folder / "evaluation" / "assignment_bids" / f"{name}.csv")
    people, orders = scores.shape
    levels = len(np.unique(scores))
    return Section(
        f"Load: bids {name}, {people} people and {orders} items, lists of {K}",
        spread(scored_market(scores, conflict), gini_below_ids=0.45),
        f"The bids have {levels} levels only, so that spreading over equals costs next to nothing.",
    )


def graded_scores(popularity: float) -> Section:
    """Seeded scores without ties."""
    scores = graded(7, 150, 150, popularity)
    return Section(
        f"Load: seeded scores without ties, popularity weighing {popularity:.0%}, 150 people and 150 items",
        spread(scored_market(scores, np.zeros(scores.shape, np.bool_))),
    )


def town() -> Section:
    """An invented town, scored by the product itself."""
    return Section(
        "Load: an invented town of 150 people and 150 orders, the product's own pair score",
        spread(town_market(7, 150, 150)),
    )


def prices() -> Section:
    """The same town at other prices: what a municipality chooses between."""
    figures = []
    for points in (0, 2, 5, 10, 15):
        market = town_market(7, 150, 150, policy_with({"load.points": points}))
        fit, lists, plain = market.fit, market.in_turn(K), market.plain(K)
        kept = utilities(lists, fit).sum() / utilities(plain, fit).sum()
        below = 1 - even_gini(lists, market) / even_gini(plain, market)
        figures += [
            Figure(f"{points} points per open proposal: Gini below best by score", below, percent=True),
            Figure("  utility", kept, percent=True),
        ]
    note = "The policy that is shipped takes 10. Reported only: a price is a municipality's choice."
    return Section("Load: the same town at other prices", tuple(figures), note)


def equals() -> Section:
    """Twenty people alike and twenty orders alike, through `shortlist` itself."""
    people = [Citizen(id=f"c-{number:02}", anchors=[Anchor(HERE)]) for number in range(20)]
    catalogue = Catalogue.from_orders(JobOrder(id=f"o-{number:02}", place=HERE) for number in range(20))
    lists = list(shortlists_in_turn(people, catalogue, K, TODAY))
    shown = exposure((found.shown() for found in lists), len(catalogue))
    items = [found.items for found in lists]
    plain = items[0]["score"].mean()
    fit = float(np.mean([(frame["score"] + frame["lost_load"]).mean() for frame in items]))
    priced = float(np.mean([frame["score"].mean() for frame in items]))
    return Section(
        f"Load: 20 equal people and 20 equal orders, lists of {K} in turn",
        (
            Figure("lists that the most shown order is on (best by score: 20)", int(shown.max()), at_most=4),
            Figure("people with a full list", sum(len(frame) == K for frame in items), at_least=20),
            Figure("mean loss of fit, before load", 1 - fit / plain, at_most=0.05, percent=True),
            Figure("mean price of load, in points", plain - priced),
        ),
        "The price is no loss of fit: it moves the order of lists, until a proposal is answered.",
    )
