"""Shares, and how far confidences can be believed."""

from collections.abc import Sequence

BINS = 10


def share(outcomes: Sequence[bool]) -> float:
    """The share of what holds; 1 of nothing."""
    return sum(outcomes) / len(outcomes) if outcomes else 1.0


def calibration_error(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """Expected calibration error (Naeini et al. 2015): the mean gap of confidence and truth, by tenths."""
    gaps = [0.0] * BINS
    for sure, held in zip(confidences, right, strict=True):
        gaps[min(int(sure * BINS), BINS - 1)] += sure - held
    return sum(map(abs, gaps)) / max(1, len(right))
