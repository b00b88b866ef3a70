"""Pictures of how evenly lists spread, and of how groups fare beside how much their size lets one say."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from drawing import ASK, FAINT, INK, OUT, PAPER, SCORE, bare, finished, headed, said
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from matching.evaluation import gini, lorenz, share_range

FEWEST = 5
"""Groups of fewer people are not drawn: their numbers would say more of single persons than of the group."""

LINES = (SCORE, ASK, "#00775a")


def lorenz_curves(exposures: Mapping[str, ArrayLike]) -> Figure:
    """The Lorenz curve of each way to make lists: what share of the places the least shown orders get.

    The diagonal is every order on equally many lists.
    """
    figure, axes = plt.subplots(figsize=(11, 6.2), layout="constrained")
    axes.plot([0, 1], [0, 1], color=OUT, linewidth=1)
    axes.text(0.3, 0.33, "lige meget til alle", color=FAINT, rotation=45, rotation_mode="anchor", ha="center")
    heights = np.linspace(0.5, 0.26, len(exposures))
    for (name, exposed), colour, height in zip(exposures.items(), LINES, heights, strict=False):
        parties, held = lorenz(exposed).T
        axes.plot(parties, held, color=colour, linewidth=2.2)
        axes.annotate(
            f"{name}: Gini {said.number(gini(exposed), 2)}",
            (np.interp(height, held, parties), height),
            (1.06, height),
            color=colour,
            va="center",
            arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.8},
        )
    axes.set(xlim=(0, 1), ylim=(0, 1), aspect="equal")
    headed(figure, "Hvordan listernes pladser fordeler sig på opgaverne")
    axes.set(xlabel="andel af opgaverne, de mindst viste først", ylabel="andel af listernes pladser")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda share, _: f"{said.number(100 * share)} %")
    axes.spines[["top", "right"]].set_visible(False)
    return finished(figure)


def shares_of_groups(met: Sequence[bool], groups: Sequence[str], title: str) -> Figure:
    """The share of each group for whom something holds, with the range that its size leaves open (95 %)."""
    sizes = _sizes(groups)
    shown = [name for name, n in sizes.items() if n >= FEWEST]
    figure, axes = _panel(shown, sizes, title)
    for row, name in enumerate(shown):
        counted = sum(held for held, group in zip(met, groups, strict=True) if group == name)
        high = mark_share(axes, row, counted, sizes[name])
        axes.text(high + 1.5, row, f"{counted} af {sizes[name]}", va="center", color=INK)
    everybody = 100 * np.mean(met)
    axes.vlines(everybody, -0.55, len(shown) - 0.5, color=FAINT, linewidth=1, linestyle=(0, (4, 3)))
    axes.text(everybody, -0.6, f"alle: {said.number(everybody)} %", color=FAINT, ha="center")
    axes.set(xlim=(0, 112), xticks=range(0, 101, 20))
    axes.set_xlabel("prik: de talte; lys bjælke: hvor andelen kan ligge, når gruppen er så lille (95 %)")
    axes.xaxis.set_major_formatter(lambda share, _: f"{said.number(share)} %")
    return finished(figure)


def amounts_of_groups(amounts: ArrayLike, groups: Sequence[str], title: str, unit: str) -> Figure:
    """Everybody's amount as a dot, a row for each group, and the group's median as a line.

    Half of a group lies on either side of it, however far out a few are. An amount that is unknown (NaN) is
    not drawn. Dots of a row lie apart only to be seen.
    """
    values = np.asarray(amounts, np.float64)
    known = ~np.isnan(values)
    of = [group for group, here in zip(groups, known, strict=True) if here]
    values, sizes = values[known], _sizes(of)
    shown = [name for name, n in sizes.items() if n >= FEWEST]
    figure, axes = _panel(shown, sizes, title)
    for row, name in enumerate(shown):
        own = np.sort(values[[group == name for group in of]])
        apart = np.tile([0.0, 0.16, -0.16, 0.28, -0.28], len(own))[: len(own)]
        axes.scatter(own, row + apart, s=26, color=SCORE, alpha=0.45, edgecolors=PAPER, linewidths=0.5)
        middle = float(np.median(own))
        axes.plot([middle] * 2, [row - 0.38, row + 0.38], color=ASK, linewidth=2.5)
        axes.text(middle, row - 0.4, said.number(middle), color=ASK, ha="center", weight="bold")
    axes.set_xlim(left=-0.01 * values.max(initial=1.0))
    axes.set_xlabel(f"{unit} (prik: en borger; streg: medianen)")
    axes.xaxis.set_major_formatter(lambda amount, _: said.number(amount))
    return finished(figure)


def mark_share(axes: Axes, row: float, met: int, of: int, marker: str = "o", colour: str = SCORE) -> float:
    """Mark a share of some on a row, in percent, with the range that their number leaves open (95 %).

    Faint where they are fewer than `FEWEST`. Gives the upper end of the range.
    """
    low, high = (100 * end for end in share_range(met, of))
    clear = 1.0 if of >= FEWEST else 0.35
    axes.plot([low, high], [row, row], color=colour, linewidth=7, alpha=0.25 * clear, solid_capstyle="butt")
    axes.plot([100 * met / of], [row], marker, color=colour, markersize=9, alpha=clear)
    return high


def _panel(shown: Sequence[str], sizes: Mapping[str, int], title: str) -> tuple[Figure, Axes]:
    """A row for each group with its size, and below them how many are in groups too small to be shown."""
    figure, axes = plt.subplots(figsize=(11, 1.7 + 0.62 * len(shown)), layout="constrained")
    axes.set_yticks(range(len(shown)), [f"{name} ({sizes[name]})" for name in shown])
    axes.set_ylim(len(shown) - 0.4, -0.95)
    axes.set_title(title, loc="left", weight="bold")
    left = sum(sizes.values()) - sum(sizes[name] for name in shown)
    if left:
        figure.supxlabel(f"{left} i grupper på under {FEWEST} er ikke vist", x=0.99, ha="right", fontsize=9)
    bare(axes)
    return figure, axes


def _sizes(groups: Sequence[str]) -> dict[str, int]:
    """How many people each group has, largest first."""
    sizes = {name: sum(group == name for group in groups) for name in dict.fromkeys(groups)}
    return dict(sorted(sizes.items(), key=lambda each: (-each[1], each[0])))
