"""How good lists are, how evenly they spread, and how fair an assignment is: small, pure measures.

What they show is how lists behave, not whether citizens are better off; only a pilot shows that.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from math import ceil, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo import Refused
from geo.errors import N_

Numbers = NDArray[np.float64]


def gini(amounts: ArrayLike) -> float:
    """How unevenly amounts are spread: 0 when all are equal, (n − 1) / n when one has everything.

    Half the mean difference between any two, over the mean (Gini 1912), reckoned from the ranks as in Dixon
    et al. (1987, Ecology 68:1548). 0 when nobody has anything. Raises `Refused` for none or negative amounts.
    """
    ordered = np.sort(_amounts(amounts))
    n, total = len(ordered), ordered.sum()
    ranks = np.arange(1, n + 1)
    return float((2 * ranks - n - 1) @ ordered / (n * total)) if total else 0.0


def lorenz(amounts: ArrayLike) -> Numbers:
    """The Lorenz curve (Lorenz 1905): rows of (share of the parties, share of the amount), poorest first.

    From (0, 0) to (1, 1); the diagonal when nobody has anything. Raises as `gini`.
    """
    ordered = np.sort(_amounts(amounts))
    parties = np.linspace(0.0, 1.0, len(ordered) + 1)
    total = ordered.sum()
    held = np.concatenate(([0.0], np.cumsum(ordered) / total)) if total else parties
    return np.column_stack((parties, held))


def worst_share(amounts: ArrayLike, share: float = 0.2) -> float:
    """The mean of the smallest amounts: the worst-off fifth, at least one party. Raises as `gini`."""
    ordered = np.sort(_amounts(amounts))
    return float(ordered[: max(1, ceil(share * len(ordered) - 1e-9))].mean())


def ndcg(shown_gains: ArrayLike, all_gains: ArrayLike, k: int) -> float:
    """Normalised discounted cumulative gain of the first k (Järvelin and Kekäläinen 2002), linear gains.

    `shown_gains` in the order shown, `all_gains` of everything that could have been. 1 where nothing could be
    gained.
    """
    best = _discounted(np.sort(np.asarray(all_gains, np.float64))[::-1][:k])
    return _discounted(np.asarray(shown_gains, np.float64)[:k]) / best if best else 1.0


def exposure(lists: Iterable[Iterable[int]], n: int) -> NDArray[np.int64]:
    """On how many lists each of n items stands."""
    shown = [item for items in lists for item in items]
    return np.bincount(np.asarray(shown, np.int64), minlength=n)


def coverage(exposed: ArrayLike) -> float:
    """The share of the items that stand on at least one list. Raises as `gini`."""
    return float(np.mean(_amounts(exposed) > 0))


def envy(scores: ArrayLike, given: Sequence[int | None]) -> float:
    """The share of people who would be better off with what somebody else was given (Foley 1967).

    `scores` has a row per person and a column per item, NaN where the pair must not be; `given` is each
    person's column, or None. Whoever has nothing envies everybody whose item fits them.
    """
    table = np.asarray(scores, np.float64)
    if not given:
        return 0.0
    items = sorted({item for item in given if item is not None})
    most = np.nanmax(table[:, items], axis=1, initial=-np.inf) if items else np.full(len(given), -np.inf)
    own = [-np.inf if item is None else table[person, item] for person, item in enumerate(given)]
    return float(np.mean(most > np.asarray(own)))


def gap(amounts: ArrayLike, groups: Sequence[Hashable], fewest: int = 1) -> float:
    """The largest mean of a group less the smallest, among groups of at least so many people.

    0 where there are not two such groups: nothing is compared. Raises `Refused` unless everybody has both.
    """
    values, of = _of_groups(amounts, groups, fewest)
    return _gap(values, of)


def gap_by_chance(
    amounts: ArrayLike, groups: Sequence[Hashable], fewest: int = 1, draws: int = 2000, seed: int = 0
) -> float:
    """How often a gap at least as large comes about when the same amounts are dealt out to the groups by lot.

    A permutation test (Pitman 1937), the one that was seen being counted too (Davison and Hinkley 1997): a
    large share says that the gap may be chance, a small one that it is hardly that; neither says why. 1 where
    there are not two groups. Raises as `gap`.
    """
    values, of = _of_groups(amounts, groups, fewest)
    seen, rng = _gap(values, of), np.random.default_rng(seed)
    dealt = [_gap(rng.permutation(values), of) for _ in range(draws)]
    # sums in another order differ in their last digits
    return (1 + sum(other >= seen - 1e-9 for other in dealt)) / (1 + draws)


def share_range(met: int, of: int) -> tuple[float, float]:
    """Between which shares the true one lies, with 95 % confidence, when `met` of some people were counted.

    The score interval (Wilson 1927), which keeps its promise for few people too. Raises `Refused` unless
    0 <= met <= of and of > 0.
    """
    if not 0 <= met <= of or not of:
        remedy = N_("Count at least one, and no more met than there are.")
        raise Refused("of", N_("{met} of {value} is no share."), remedy, value=of, met=met)
    share, z2 = met / of, 1.959964**2
    middle, half = share + z2 / (2 * of), sqrt(z2 * (share * (1 - share) / of + z2 / (4 * of * of)))
    low, high = (middle - half) / (1 + z2 / of), (middle + half) / (1 + z2 / of)
    # a rounding error must not leave the share itself out
    return min(low, share), max(high, share)


def _gap(values: Numbers, of: NDArray[np.intp]) -> float:
    sizes = np.bincount(of)
    means = np.bincount(of, values) / sizes
    return float(means.max() - means.min()) if len(sizes) > 1 else 0.0


def _of_groups(
    amounts: ArrayLike, groups: Sequence[Hashable], fewest: int
) -> tuple[Numbers, NDArray[np.intp]]:
    """The amounts of those in groups of at least `fewest`, and the number of each one's group.

    Raises `Refused` unless everybody has an amount and a group.
    """
    if np.shape(amounts) != (len(groups),):
        remedy = N_("Give one amount and one group for each person.")
        problem = N_("There are {value} amounts and {groups} groups.")
        raise Refused("groups", problem, remedy, value=np.size(amounts), groups=len(groups))
    sizes = Counter(groups)
    number = {group: at for at, group in enumerate(name for name in sizes if sizes[name] >= fewest)}
    kept = [at for at, group in enumerate(groups) if group in number]
    values = np.asarray(amounts, np.float64)[kept]
    return values, np.array([number[groups[at]] for at in kept], np.intp)


def _discounted(gains: Numbers) -> float:
    return float(gains @ (1.0 / np.log2(np.arange(2, len(gains) + 2))))


def _amounts(values: ArrayLike) -> Numbers:
    amounts = np.asarray(values, np.float64)
    if amounts.ndim != 1 or not len(amounts) or not np.all(amounts >= 0) or not np.all(np.isfinite(amounts)):
        remedy = N_("Give at least one, none of them below 0 or unknown.")
        raise Refused("amounts", N_("These amounts cannot be measured."), remedy)
    return amounts
