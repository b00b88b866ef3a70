"""Shares, precision and recall, and how far confidences can be believed."""

from collections.abc import Callable, Collection, Hashable, Sequence
from typing import NamedTuple, TypeVar

BINS = 10

Item = TypeVar("Item", bound=Hashable)
Family = TypeVar("Family", bound=Hashable)


class Kept(NamedTuple):
    """How much is said, how much is found, and how much of either is the other as well."""

    said: int
    found: int
    both: int

    @classmethod
    def of(cls, said: Collection[Hashable], found: Collection[Hashable]) -> "Kept":
        """Counted from what is said and what is found."""
        return cls(len(set(said)), len(set(found)), len(set(said) & set(found)))

    @property
    def precision(self) -> float:
        """The share of what is found that is said; 1 when nothing is found."""
        return self.both / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what is said that is found; 1 when nothing is said."""
        return self.both / self.said if self.said else 1.0


def kept_by(
    said: Collection[Item], found: Collection[Item], group: Callable[[Item], Family]
) -> dict[Family, Kept]:
    """The same for each group of which anything is said or found, the one of which most is said first."""
    groups = dict.fromkeys(map(group, [*said, *found]))
    kept = {
        name: Kept.of(*([each for each in some if group(each) == name] for some in (said, found)))
        for name in groups
    }
    return dict(sorted(kept.items(), key=lambda each: (-each[1].said, -each[1].found, str(each[0]))))


class Believed(NamedTuple):
    """Answers of about the same confidence: its mean, how many they are, and how many are right."""

    confidence: float
    of: int
    right: int


def share(outcomes: Sequence[bool]) -> float:
    """The share of what holds; 1 of nothing."""
    return sum(outcomes) / len(outcomes) if outcomes else 1.0


def reliability(confidences: Sequence[float], right: Sequence[bool], bins: int = BINS) -> list[Believed]:
    """Answers by bins of their confidence (tenths), least first; bins without an answer are left out."""
    binned: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for sure, held in zip(confidences, right, strict=True):
        binned[min(int(sure * bins), bins - 1)].append((sure, held))
    return [
        Believed(sum(sure for sure, _ in some) / len(some), len(some), sum(held for _, held in some))
        for some in binned
        if some
    ]


def calibration_error(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """Expected calibration error (Naeini et al. 2015): the mean gap of confidence and truth, by tenths."""
    gaps = [abs(each.confidence * each.of - each.right) for each in reliability(confidences, right)]
    return sum(gaps) / max(1, len(right))
