"""Whose place would move if another policy counted: told before a municipality adopts one.

Pure and deterministic: the same citizens, orders, day and policies give the same answer.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from matching.catalogue import Catalogue
from matching.citizens import Citizen
from matching.list_diff import ListChange, Move, diff_lists
from matching.load import NOBODY_SUGGESTED, OwnProposals, without_own
from matching.policy import Policy
from matching.ranking import shortlist


@dataclass(frozen=True, slots=True)
class NumberChange:
    """A number that differs, with where each of the two comes from."""

    name: str
    old: float
    new: float
    old_source: str
    new_source: str


@dataclass(frozen=True, slots=True)
class PolicyDiff:
    """What another policy would change: its numbers, and the lists of `citizens` people, k places each.

    `changed` holds the lists that differ, those with most entering first.
    """

    old: str
    new: str
    k: int
    citizens: int
    numbers: tuple[NumberChange, ...]
    changed: tuple[ListChange, ...]

    @property
    def entering(self) -> int:
        """How many pairs come among the first k."""
        return sum(len(change.entering) for change in self.changed)

    @property
    def leaving(self) -> int:
        """How many pairs fall out of the first k."""
        return sum(len(change.leaving) for change in self.changed)

    def largest_moves(self, most: int = 10) -> list[Move]:
        """The pairs that move farthest, a pair that enters or leaves from or to the place after the last."""
        moves = [move for change in self.changed for move in change.moves]
        return sorted(moves, key=lambda move: (-self._places(move), move.citizen_id, move.order_id))[:most]

    def _places(self, move: Move) -> int:
        outside = self.k + 1
        return abs((move.old_rank or outside) - (move.new_rank or outside))


def diff_policies(
    citizens: Iterable[Citizen],
    catalogue: Catalogue,
    k: int,
    on: date,
    old: Policy,
    new: Policy,
    aged_anew: Catalogue | None = None,
    *,
    own: OwnProposals = NOBODY_SUGGESTED,
) -> PolicyDiff:
    """Rank every citizen's list under both policies, and tell what differs.

    `aged_anew` holds the same orders with their employers' answers aged by the new policy's half-life, for
    who has the answers; without it, they count as they are. `own` are the citizens' open suggestions, which
    cost their own pair nothing under either policy, as on the list itself.
    """
    renewed = catalogue if aged_anew is None else aged_anew
    policies = old, new
    lists = [
        list_change(citizen, (catalogue, renewed), k, on, policies, own.get(citizen.id, ()))
        for citizen in citizens
    ]
    changed = [change for change in lists if change.moves]
    return PolicyDiff(
        old=old.version,
        new=new.version,
        k=k,
        citizens=len(lists),
        numbers=number_changes(old, new),
        changed=tuple(sorted(changed, key=lambda change: (-len(change.entering), change.citizen_id))),
    )


def number_changes(old: Policy, new: Policy) -> tuple[NumberChange, ...]:
    """The numbers that differ, in the order of the file."""
    return tuple(
        NumberChange(name, number, new.numbers[name], old.sources[name], new.sources[name])
        for name, number in old.numbers.items()
        if number != new.numbers[name]
    )


def list_change(
    citizen: Citizen,
    catalogues: tuple[Catalogue, Catalogue],
    k: int,
    on: date,
    policies: tuple[Policy, Policy],
    own: Collection[str] = (),
) -> ListChange:
    """What becomes of the first k orders of one citizen, from the first of each to the second.

    `own` are the orders that the citizen has an open suggestion for.
    """
    before, after = (
        shortlist(citizen, without_own(catalogue, own), k, on, policy)
        for catalogue, policy in zip(catalogues, policies, strict=True)
    )
    return diff_lists(before, after)
