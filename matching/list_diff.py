"""What differs between two lists of one citizen: who comes in, who goes out, and which part made it so.

The two may differ in anything: the policy, the mode of travel, what the citizen says, what employers answer.
"""

from dataclasses import dataclass

from matching.ledger import Ledger
from matching.ranking import Shortlist


@dataclass(frozen=True, slots=True)
class Move:
    """A pair whose rank differs; None is a rank beyond the first k, or none at all."""

    citizen_id: str
    order_id: str
    old_rank: int | None
    new_rank: int | None


@dataclass(frozen=True, slots=True)
class ListChange:
    """What becomes of the first k of one citizen's list; those that enter and leave stand best first."""

    citizen_id: str
    entering: tuple[str, ...]
    leaving: tuple[str, ...]
    moves: tuple[Move, ...]


def diff_lists(before: Shortlist, after: Shortlist) -> ListChange:
    """What becomes of the first k orders of a citizen, from one list to the other."""
    old, new = _ranks(before), _ranks(after)
    citizen_id = after.citizen.id
    pairs = ((order_id, old.get(order_id), new.get(order_id)) for order_id in old | new)
    return ListChange(
        citizen_id=citizen_id,
        entering=tuple(order_id for order_id in new if order_id not in old),
        leaving=tuple(order_id for order_id in old if order_id not in new),
        moves=tuple(Move(citizen_id, name, was, becomes) for name, was, becomes in pairs if was != becomes),
    )


def part_shifts(before: Ledger, after: Ledger) -> dict[str, float]:
    """How many points a pair gains by each part, below 0 for a loss; they add up to the change of its score.

    Empty where the place is unknown in one of the two: then there is nothing to compare.
    """
    pairs = zip(before.parts, after.parts, strict=True)
    return {
        was.part: was.lost - becomes.lost
        for was, becomes in pairs
        if was.lost is not None and becomes.lost is not None
    }


def _ranks(found: Shortlist) -> dict[str, int]:
    return {found.ids[row]: rank for rank, row in enumerate(found.shown(), start=1)}
