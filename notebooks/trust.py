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

LINES = (("#00775a", (0, (2, 2))), (ASK, (0, (6, 2))), (SCORE, "-"))
"""Colour and dashes of each way."""

FEWEST_ANSWERED = 20
"""A curve begins where so many texts are answered; a share of fewer jumps with every text."""


def curves(
    ways: Mapping[str, Sequence[Point]], used: Mapping[str, Point], ceiling: tuple[str, float]
) -> Figure:
    """A line for each way: the share answered against the share right among those, threshold by threshold.

    `used` is the point in use on each line, with the range that its number of answers leaves open (95 %);
    `ceiling` a name and the share that one could hope for.
    """
    figure, axes = plt.subplots(figsize=(11, 6.2), layout="constrained")
    lowest = _lowest(ways)
    name_of_best, best = ceiling[0], 100 * ceiling[1]
    ends = {name: _right(point) for name, point in used.items()} | {name_of_best: best}
    heights = _apart(ends, gap=(100 - lowest) / 11)
    for (name, points), (colour, dashes) in zip(ways.items(), LINES, strict=True):
        drawn = [point for point in points if point.answered >= FEWEST_ANSWERED]
        across = [100 * point.answered / point.of for point in drawn]
        axes.plot(across, [_right(point) for point in drawn], color=colour, linestyle=dashes, linewidth=2)
        _mark_used(axes, name, used[name], colour, heights[name])
    axes.plot([0, 100], [best, best], color=FAINT, linewidth=1, linestyle=(0, (4, 3)))
    told = f"{name_of_best}:\n{said.number(best)} % enige"
    axes.text(103, heights[name_of_best], told, color=FAINT, va="center")
    axes.set(xlim=(0, 132), xticks=range(0, 101, 20), ylim=(lowest, 100.5))
    axes.set_xlabel("besvaret, af de tekster, der siger, hvad arbejdet er", loc="left")
    axes.set_ylabel("rigtige, af de besvarede")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda share, _: f"{said.number(share)} %")
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines["bottom"].set_bounds(0, 100)
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
        rows[0][column].set_title(name, loc="left", weight="bold")
    rows[0][0].set_ylabel("rigtige")
    rows[1][0].set_ylabel("svar")
    figure.supxlabel("så sikker siger læseren, at den er", fontsize=10)
    return finished(figure)


def _right(point: Point) -> float:
    return 100 * point.right / point.answered


def _lowest(ways: Mapping[str, Sequence[Point]]) -> float:
    """A round share below everything drawn."""
    shares = [
        _right(point) for points in ways.values() for point in points if point.answered >= FEWEST_ANSWERED
    ]
    return 10 * ((min(shares, default=60.0) - 4) // 10)


def _apart(heights: Mapping[str, float], gap: float) -> dict[str, float]:
    """The heights, lowest first, each at least so far above the one below that words do not meet."""
    placed: dict[str, float] = {}
    for name, height in sorted(heights.items(), key=lambda each: each[1]):
        placed[name] = max([height, *(below + gap for below in placed.values())])
    return placed


def _mark_used(axes: Axes, name: str, used: Point, colour: str, height: float) -> None:
    across, right = 100 * used.answered / used.of, _right(used)
    low, high = (100 * end for end in share_range(used.right, used.answered))
    axes.plot([across] * 2, [low, high], color=colour, linewidth=7, alpha=0.25, solid_capstyle="butt")
    axes.plot([across], [right], "o", color=colour, markersize=11, markeredgecolor=PAPER, zorder=4)
    axes.annotate(
        f"{name}:\n{said.number(across)} % besvaret, {said.number(right)} % rigtige",
        (across, right),
        (103, height),
        color=colour,
        va="center",
        arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.8, "shrinkB": 7},
    )


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
    axes.bar_label(bars, padding=2, color=INK)
    axes.margins(y=0.35)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(left=False, labelleft=False)
    axes.xaxis.set_major_formatter(lambda sure, _: said.number(sure, 1))
