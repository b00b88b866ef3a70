"""Which calls open something for most people: a cover of the citizens who wait by the calls that reach them.

Knows nothing of what a call is about; that is `prospecting`.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import combinations
from math import comb

Reach = Mapping[str, Set[str]]
"""For each employer the citizens that a call there opens something for, all by id."""

MOST_SETS = 20_000
"""Up to this many sets of calls, each of them is looked at."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call to make: whom it opens something for after the calls before it, and whom in all, by id."""

    employer_id: str
    unlocks: tuple[str, ...]
    reaches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CallPlan:
    """The calls, most useful first, and how many citizens no plan of this length can exceed."""

    calls: tuple[Call, ...]
    at_most: int

    @property
    def unlocked(self) -> int:
        """How many citizens the calls open something for, together."""
        return sum(len(call.unlocks) for call in self.calls)


def plan_calls(reach: Reach, k: int, resting: Set[str] = frozenset()) -> CallPlan:
    """The k calls that open something for most citizens; employers who rest between contacts are left out.

    Where there are few sets of k calls, the best of them all. Elsewhere the most useful next call each time,
    which covers at least 1 − (1 − 1/k)^k, and so never less than 1 − 1/e = 63 %, of what the best k calls do
    (Nemhauser, Wolsey and Fisher 1978). One call is always the best one. Ties go to the call that reaches
    more citizens in all, then by id.
    """
    people = sorted(set().union(*reach.values()))
    bits = {person: 1 << place for place, person in enumerate(people)}
    free = sorted(employer for employer, reached in reach.items() if reached and employer not in resting)
    masks = {employer: sum(bits[person] for person in reach[employer]) for employer in free}
    chosen, at_most = _one_after_another(masks, k)
    best = _best_of_all(masks, k)
    if best is not None:
        at_most = _joined(masks, best).bit_count()
        if at_most > _joined(masks, chosen).bit_count():
            chosen, _ = _one_after_another({employer: masks[employer] for employer in best}, k)
    return CallPlan(tuple(_calls(chosen, reach)), at_most)


def _one_after_another(masks: Mapping[str, int], k: int) -> tuple[list[str], int]:
    """The most useful next call each time, and the most that any k calls can cover.

    However the first calls are chosen, k calls add no more than the k largest gains that are left.
    """
    chosen: list[str] = []
    covered = 0
    at_most = _joined(masks, masks).bit_count()
    while len(chosen) < k:
        gains = {employer: (mask & ~covered).bit_count() for employer, mask in masks.items()}
        most = sorted(gains.values(), reverse=True)[:k]
        at_most = min(at_most, covered.bit_count() + sum(most))
        if not most or not most[0]:
            break
        best = max(masks, key=lambda employer: (gains[employer], masks[employer].bit_count()))
        chosen.append(best)
        covered |= masks[best]
    return chosen, at_most if k > 0 else 0


def _best_of_all(masks: Mapping[str, int], k: int) -> tuple[str, ...] | None:
    """The set of k calls that covers most; None where there are too many to look at."""
    distinct: dict[int, str] = {}
    for employer, mask in masks.items():
        distinct.setdefault(mask, employer)
    size = min(max(k, 0), len(distinct))
    if comb(len(distinct), size) > MOST_SETS:
        return None
    sets = combinations(distinct.values(), size)
    return max(sets, key=lambda calls: _joined(masks, calls).bit_count())


def _joined(masks: Mapping[str, int], calls: Iterable[str]) -> int:
    covered = 0
    for employer in calls:
        covered |= masks[employer]
    return covered


def _calls(chosen: Iterable[str], reach: Reach) -> Iterator[Call]:
    covered: set[str] = set()
    for employer in chosen:
        reached = reach[employer]
        yield Call(employer, tuple(sorted(reached - covered)), tuple(sorted(reached)))
        covered |= reached
