"""Pictures of what is misread: activities that are mixed up, precision and recall by code or kind of text."""

from collections import Counter
from collections.abc import Iterable, Mapping

import matplotlib.pyplot as plt
from drawing import ASK, FAINT, INK, PALE, PAPER, SCORE, bare, finished, said
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from spread import FEWEST, mark_share

from matching.vocabulary import Activity
from tests.evaluate.measures import Kept

FOUND, KEPT = "rigtige, af det fundne", "fundet, af det sagte"

ONCE = "#f2cfae"
"""What is mixed up a single time, which may be chance."""

Rows = Mapping[str, Kept | None]
"""Counts by the name of a row; without counts the name is a heading."""


def mixed_up(pairs: Iterable[tuple[Activity, Activity]]) -> Figure:
    """A row for each activity as it is told, a column for each as it is read; the diagonal is right.

    Dark is what is mixed up more than once.
    """
    counts = Counter(pairs)
    figure, axes = plt.subplots(figsize=(11, 9.4), layout="constrained")
    order = list(Activity)
    for (told, read), count in counts.items():
        _field(axes, order.index(read), order.index(told), count, told == read)
    for row, told in enumerate(order):
        right = counts[told, told]
        answered = sum(counts[told, read] for read in order)
        axes.text(len(order) - 0.3, row, f"{right} af {answered}", va="center", color=INK, fontsize=9)
    names = [said.label(code) for code in order]
    axes.set_xticks(range(len(order)), names, rotation=55, ha="left", rotation_mode="anchor", fontsize=9)
    axes.set_yticks(range(len(order)), names, fontsize=9)
    axes.set(xlim=(-0.6, len(order) + 1.3), ylim=(len(order) - 0.4, -0.6))
    axes.set_ylabel("som det er sagt", loc="top")
    axes.set_xlabel("som det er læst", loc="left")
    axes.xaxis.set_label_position("top")
    axes.xaxis.tick_top()
    axes.tick_params(top=False)
    bare(axes)
    return finished(figure)


def kept_rows(panels: Mapping[str, Rows]) -> Figure:
    """Precision as a dot and recall as a diamond, a row for each name, a panel for each mapping.

    Beside them, out of how many; the band is what that number leaves open (95 %). Faint is a share of fewer
    than `FEWEST`, and no mark one of none.
    """
    names = list(dict.fromkeys(name for rows in panels.values() for name in rows))
    figure, columns = plt.subplots(
        1,
        len(panels),
        figsize=(11, 1.5 + 0.44 * len(names)),
        sharey=True,
        squeeze=False,
        layout="constrained",
    )
    for axes, (title, rows) in zip(columns[0], panels.items(), strict=True):
        for at, name in enumerate(names):
            if kept := rows.get(name):
                _draw_kept(axes, at, kept)
        _tidy(axes, title)
    columns[0][0].set_yticks(range(len(names)), names)
    columns[0][0].set_ylim(len(names) - 0.4, -0.6)
    for label, name in zip(columns[0][0].get_yticklabels(), names, strict=True):
        if not any(rows.get(name) for rows in panels.values()):
            label.set_weight("bold")
    _legend(figure)
    return finished(figure)


def _draw_kept(axes: Axes, at: float, kept: Kept) -> None:
    axes.axhline(at + 0.5, color=PALE, linewidth=0.8)
    marks = ((at - 0.19, kept.found, "o", SCORE), (at + 0.19, kept.said, "D", ASK))
    for row, of, marker, colour in marks:
        if of:
            mark_share(axes, row, kept.both, of, marker, colour)
        looks = colour if of >= FEWEST else FAINT
        axes.text(104, row, f"{kept.both} af {of}" if of else "ingen", va="center", color=looks, fontsize=9)


def _tidy(axes: Axes, title: str) -> None:
    axes.set_title(title, loc="left", weight="bold", fontsize=11)
    axes.set(xlim=(-3, 126), xticks=range(0, 101, 25))
    axes.xaxis.set_major_formatter(lambda share, _: f"{said.number(share)} %")
    bare(axes)


def _legend(figure: Figure) -> None:
    handles = [
        plt.Line2D([], [], linestyle="", marker=marker, color=colour, markersize=9)
        for marker, colour in (("o", SCORE), ("D", ASK))
    ]
    figure.legend(handles, [FOUND, KEPT], loc="outside lower center", ncols=2, frameon=False)


def _field(axes: Axes, column: int, row: int, count: int, right: bool) -> None:
    often = count > 1 and not right
    colour = PALE if right else ASK if often else ONCE
    axes.add_patch(Rectangle((column - 0.46, row - 0.46), 0.92, 0.92, color=colour))
    looks = {"color": PAPER, "weight": "bold"} if often else {"color": INK}
    axes.text(column, row, str(count), ha="center", va="center", **looks)
