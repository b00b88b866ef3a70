"""Pictures of how far a reading can be trusted: more answers or fewer mistakes, and whether sure is sure."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
from drawing import ASK, FAINT, INK, OUT, PAPER, SCORE, finished, said
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from spread import FEWEST

from matching.evaluation import share_range
from tests.evaluate.measures import Believed
from tests.evaluate.thresholds import Point

LINES = ((SCORE, "-"), (ASK, (0, (6, 2))), ("#00775a", (0, (2, 2))))
"""Colour and dashes of each way."""

FEWEST_OF_A_CURVE = 20
"""A curve begins where so many texts are answered; a share of fewer jumps with every text."""


def curves(
    ways: Mapping[str, Sequence[Point]], used: Mapping[str, Point], ceiling: tuple[str, float]
) -> Figure:
    """A line for each way: the share answered against the share right among those, threshold by threshold.

    `used` is the point in use on each line, with the range that its number of answers leaves open (95 %);
    `ceiling` a name and the share that one could hope for.
    """
    figure, axes = plt.subplots(figsize=(11, 6.2), layout="constrained")
    for (name, points), (colour, dashes) in zip(ways.items(), LINES, strict=False):
        drawn = [point for point in points if point.answered >= FEWEST_OF_A_CURVE]
        across = [100 * point.answered / point.of for point in drawn]
        axes.plot(across, [_right(point) for point in drawn], color=colour, linestyle=dashes, linewidth=2)
        _mark_used(axes, name, used[name], colour)
    axes.axhline(100 * ceiling[1], color=FAINT, linewidth=1, linestyle=(0, (4, 3)))
    axes.text(
        1, 100 * ceiling[1] - 0.5, f"{ceiling[0]}: {said.number(100 * ceiling[1])} %", color=FAINT, va="top"
    )
    axes.set(xlim=(0, 128), xticks=range(0, 101, 20), ylim=(_lowest(ways), 100.5))
    axes.set(xlabel="besvaret, af de tekster, der siger hvad arbejdet er", ylabel="rigtige, af de besvarede")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda share, _: f"{said.number(share)} %")
    axes.spines[["top", "right"]].set_visible(False)
    return finished(figure)


def believed(panels: Mapping[str, Sequence[Believed]]) -> Figure:
    """For each panel, how sure answers are against how many of them are right, and how many they are.

    On the diagonal, "sure" is as sure as it says; below it, it says too much.
    """
    figure, rows = plt.subplots(
        2, len(panels), figsize=(11, 5.6), height_ratios=(4, 1), sharex=True, sharey="row", squeeze=False,
        layout="constrained",
    )  # fmt: skip
    for column, (name, groups) in enumerate(panels.items()):
        _draw_believed(rows[0][column], groups)
        _draw_counts(rows[1][column], groups)
        rows[0][column].set_title(name, loc="left", weight="bold", fontsize=10)
    rows[0][0].set_ylabel("rigtige")
    rows[1][0].set_ylabel("svar")
    figure.supxlabel("så sikker siger læseren, at den er", fontsize=10)
    return finished(figure)


def _right(point: Point) -> float:
    return 100 * point.right / point.answered


def _lowest(ways: Mapping[str, Sequence[Point]]) -> float:
    """A round share below everything drawn."""
    shares = [
        _right(point) for points in ways.values() for point in points if point.answered >= FEWEST_OF_A_CURVE
    ]
    return 10 * ((min(shares, default=60.0) - 4) // 10)


def _mark_used(axes: Axes, name: str, used: Point, colour: str) -> None:
    across = 100 * used.answered / used.of
    low, high = (100 * end for end in share_range(used.right, used.answered))
    axes.plot([across] * 2, [low, high], color=colour, linewidth=7, alpha=0.25, solid_capstyle="butt")
    axes.plot([across], [_right(used)], "o", color=colour, markersize=11, markeredgecolor=PAPER)
    told = f"{name}\n{said.number(across)} % besvaret, {said.number(_right(used))} % rigtige"
    axes.text(102, _right(used), told, color=colour, va="center", fontsize=9)


def _draw_believed(axes: Axes, groups: Sequence[Believed]) -> None:
    axes.plot([0.4, 1], [0.4, 1], color=OUT, linewidth=1)
    for group in groups:
        clear = 1.0 if group.of >= FEWEST else 0.35
        ends = share_range(group.right, group.of)
        axes.plot(
            [group.confidence] * 2, ends, color=SCORE, linewidth=7, alpha=0.25 * clear, solid_capstyle="butt"
        )
        axes.plot([group.confidence], [group.right / group.of], "o", color=SCORE, markersize=9, alpha=clear)
    axes.set(xlim=(0.48, 1.02), ylim=(0, 1.03))
    axes.spines[["top", "right"]].set_visible(False)
    axes.yaxis.set_major_formatter(lambda share, _: f"{said.number(100 * share)} %")


def _draw_counts(axes: Axes, groups: Sequence[Believed]) -> None:
    bars = axes.bar([group.confidence for group in groups], [group.of for group in groups], 0.03, color=OUT)
    axes.bar_label(bars, padding=2, color=INK, fontsize=9)
    axes.margins(y=0.35)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(left=False, labelleft=False)
    axes.xaxis.set_major_formatter(lambda sure, _: said.number(sure, 1))
