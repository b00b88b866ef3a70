"""Pictures of what moves on a list: how far each mode of travel reaches, which ranks change, and why."""

from collections import Counter
from collections.abc import Iterable, Mapping

import matplotlib.pyplot as plt
import numpy as np
from drawing import (
    ASK,
    FAINT,
    INK,
    LOST,
    OUT,
    PAPER,
    SCORE,
    Spot,
    bare,
    box,
    draw_towns,
    finished,
    headed,
    in_kilometres,
    said,
    spot_of,
    straight_km,
    titles_of,
)
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from matplotlib.ticker import MaxNLocator

from geo import ATTRIBUTION, Mode
from matching import Shortlist
from matching.list_diff import diff_lists, part_shifts
from matching.policy_diff import PolicyDiff

RINGS = {
    Mode.WALK: ("#0b4f6c", "-", 120),
    Mode.BICYCLE: ("#c05a00", (0, (6, 2)), 170),
    Mode.BUS: ("#00775a", (0, (2, 2)), 225),
    Mode.LIFT: ("#8a4b8f", (0, (8, 2, 2, 2)), 35),
}
"""For each mode the colour and the dashes of its ring, and where its label stands, in degrees from north."""

BEYOND = 10**6
"""Stands for the rank of what is not ranked at all, when ranks are sorted."""


def reach_map(lists: Mapping[Mode, Shortlist], minutes: Iterable[int], reach_km: float) -> Figure:
    """How far one comes by each mode, a map for each number of minutes, all drawn to the same scale.

    Dots are the job orders that are on the list by some mode. Rings are reckoned by pace and detour of the
    policy, from the first anchor; they know no roads.
    """
    drawn = list(minutes)
    figure, panels = plt.subplots(1, len(drawn), figsize=(11, 6.3), squeeze=False)
    figure.subplots_adjust(left=0.06, right=0.99, top=0.93, bottom=0.14, wspace=0.14)
    for axes, each in zip(panels[0], drawn, strict=True):
        _draw_reach(axes, lists, each, reach_km)
    figure.text(0.06, 0.02, " ".join(ATTRIBUTION), fontsize=8, color=FAINT)
    return finished(figure)


def ranks_by(lists: Mapping[str, Shortlist], most: int = 10) -> Figure:
    """The rank of every order that is among the first on one of the lists, a column for each list.

    A rank beyond the first is grey; where an order is not ranked, the column says why.
    """
    names = list(dict.fromkeys(name for found in lists.values() for name in found.items["order_id"][:most]))
    names.sort(key=lambda name: [found.explain(name).rank or BEYOND for found in lists.values()])
    figure, axes = plt.subplots(figsize=(11, 0.8 + 0.36 * len(names)), layout="constrained")
    for column, found in enumerate(lists.values()):
        for row, name in enumerate(names):
            _write_rank(axes, column, row, found, name, most)
    titles = titles_of(next(iter(lists.values())).catalogue, names)
    axes.set_yticks(range(len(names)), [titles[name] for name in names])
    axes.set_xticks(range(len(lists)), [str(name) for name in lists], weight="bold")
    headed(figure, f"Nummer på listen; gråt står efter nummer {most}")
    axes.set(xlim=(-0.5, len(lists) - 0.5), ylim=(len(names) - 0.5, -0.5))
    axes.xaxis.tick_top()
    axes.tick_params(top=False)
    bare(axes)
    return finished(figure)


def rank_slopes(before: Shortlist, after: Shortlist, names: tuple[str, str]) -> Figure:
    """A line for each order from its rank on one list to its rank on another; below the line is not shown.

    What comes in is drawn in the ask colour, what goes out in grey; points are whole.
    """
    change, last = diff_lists(before, after), max(len(before.items), len(after.items)) + 1
    outside = _below(after, change.leaving, last) | _below(before, change.entering, last)
    names_shown = list(dict.fromkeys([*before.items["order_id"], *after.items["order_id"]]))
    titles = titles_of(before.catalogue, names_shown)
    figure, axes = plt.subplots(figsize=(11, 0.9 + 0.4 * (last + max(len(change.entering), 1))))
    figure.subplots_adjust(left=0.02, right=0.98, top=0.92, bottom=0.02)
    for name in names_shown:
        colour = ASK if name in change.entering else FAINT if name in change.leaving else SCORE
        ends = [_end(found, name, titles[name], outside.get(name, 0)) for found in (before, after)]
        axes.plot([0, 1], [row for row, _ in ends], color=colour, linewidth=2, marker="o", markersize=5)
        for (row, label), side in zip(ends, (0, 1), strict=True):
            at, place = (-0.03, "right") if side == 0 else (1.03, "left")
            axes.text(at, row, label, ha=place, va="center", color=colour)
    axes.axhline(last - 0.5, color=FAINT, linewidth=0.8, linestyle=(0, (2, 3)))
    for at, title, place in ((-0.03, names[0], "right"), (1.03, names[1], "left")):
        axes.text(at, 0.1, title, ha=place, va="center", weight="bold", color=INK)
    axes.set(xlim=(-1.25, 2.25), ylim=(max(outside.values(), default=last) + 0.5, -0.3))
    axes.set_axis_off()
    return finished(figure)


def points_shifted(before: Shortlist, after: Shortlist, order_ids: Iterable[str]) -> Figure:
    """What each part gives an order or takes from it, from one list to the other, and what that comes to."""
    names = list(order_ids)
    shifts = [part_shifts(before.explain(name), after.explain(name)) for name in names]
    figure, axes = plt.subplots(figsize=(11, 1.5 + 0.45 * len(names)), layout="constrained")
    up, down = np.zeros(len(names)), np.zeros(len(names))
    for part, colour in LOST.items():
        gained = np.array([shift.get(part, 0.0) for shift in shifts])
        if not gained.any():
            continue
        left = np.where(gained > 0, up, down)
        axes.barh(range(len(names)), gained, left=left, color=colour, label=said.about("part", part))
        up, down = up + np.maximum(gained, 0), down + np.minimum(gained, 0)
    for row, total in enumerate(up + down):
        axes.text(up[row] + 0.3, row, _signed(total, 1), va="center", weight="bold", color=INK)
    axes.axvline(0, color=INK, linewidth=1)
    titles = titles_of(before.catalogue, names)
    axes.set_yticks(range(len(names)), [titles[name] for name in names])
    axes.set_ylim(len(names) - 0.5, -0.5)
    headed(figure, "Hvad hver del flytter, og hvad det bliver til i alt")
    axes.set_xlabel("point, som delen giver (mod højre) eller tager (mod venstre)")
    axes.set_xlim(min(down, default=0) - 0.5, max(up, default=0) + 2)
    axes.xaxis.set_major_formatter(lambda points, _: _signed(points, 0))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    bare(axes)
    if axes.patches:
        figure.legend(loc="outside lower center", ncols=5, frameon=False, handlelength=1, columnspacing=1.2)
    return finished(figure)


def lists_changed(diff: PolicyDiff) -> Figure:
    """How many citizens get how many new orders among the first of their list."""
    new = Counter(len(change.entering) for change in diff.changed)
    moved = new.pop(0, 0)
    counts = {"listen er den samme": diff.citizens - len(diff.changed), "samme opgaver, anden orden": moved}
    counts |= {f"{n} ny" if n == 1 else f"{n} nye": new[n] for n in sorted(new)}
    figure, axes = plt.subplots(figsize=(11, 0.8 + 0.42 * len(counts)), layout="constrained")
    colours = [OUT, OUT, *[SCORE] * len(new)]
    axes.bar_label(axes.barh(list(counts), list(counts.values()), color=colours), padding=4)
    axes.set_title(f"{diff.citizens} borgere, de første {diff.k} pladser", loc="left", weight="bold")
    axes.invert_yaxis()
    axes.xaxis.set_visible(False)
    bare(axes)
    return finished(figure)


def _draw_reach(axes: Axes, lists: Mapping[Mode, Shortlist], minutes: int, reach: float) -> None:
    shown = next(iter(lists.values()))
    middle = shown.citizen.anchors[0]
    axes.set(xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal")
    in_kilometres(axes)
    spots = _spots(lists, middle.point)
    draw_towns(axes, middle.point, reach, [])
    axes.scatter([east for east, _ in spots], [north for _, north in spots], s=12, color=OUT, zorder=1)
    beyond = [_draw_ring(axes, mode, straight_km(shown.policy.pace[mode], minutes), reach) for mode in lists]
    axes.scatter([0], [0], marker="*", s=220, color=INK, edgecolors=PAPER, zorder=5)
    told = "".join(
        f", {said.label(mode)}: hele kortet" for mode, out in zip(lists, beyond, strict=True) if out
    )
    axes.set_title(f"{minutes} minutter{told}", loc="left", weight="bold")


def _draw_ring(axes: Axes, mode: Mode, km: float, reach: float) -> bool:
    """Draw the ring of a mode with its label; answers whether it lies outside the map instead."""
    colour, dashes, degrees = RINGS[mode]
    if km > reach or km <= 0:
        return km > reach
    axes.add_patch(Circle((0, 0), km, fill=False, color=colour, linewidth=2, linestyle=dashes, zorder=3))
    east, north = km * np.sin(np.radians(degrees)), km * np.cos(np.radians(degrees))
    label = f"{said.label(mode)}, {said.number(km, 1)} km"
    axes.text(
        east, north, label, color=colour, ha="center", va="center", fontsize=9, bbox=box(PAPER), zorder=4
    )
    return False


def _spots(lists: Mapping[Mode, Shortlist], middle: object) -> list[Spot]:
    found = max(lists.values(), key=lambda each: each.items_total)
    everything = Shortlist(found.citizen, found.catalogue, len(found.catalogue), found.on, found.policy)
    places = (found.catalogue.order(name).place for name in everything.items["order_id"])
    return [spot_of(place, middle) for place in places if place]


def _write_rank(axes: Axes, column: int, row: int, found: Shortlist, name: str, most: int) -> None:
    ledger = found.explain(name)
    if ledger.rank and ledger.rank <= most:
        axes.text(
            column, row, ledger.rank, ha="center", va="center", color=PAPER, weight="bold", bbox=box(SCORE)
        )
    elif ledger.rank:
        axes.text(column, row, ledger.rank, ha="center", va="center", color=FAINT)
    elif "max_minutes" in ledger.rules:
        told = f"for langt: {said.number(ledger.travel.minutes)} min."
        axes.text(column, row, told, ha="center", va="center", color=ASK)
    else:
        axes.text(column, row, "ikke på listen", ha="center", va="center", color=ASK)


def _below(found: Shortlist, names: Iterable[str], first: int) -> dict[str, int]:
    """A row of its own below the shown ranks for each order that is not shown, best first."""
    ranked = sorted(names, key=lambda name: found.explain(name).rank or BEYOND)
    return {name: first + place for place, name in enumerate(ranked)}


def _end(found: Shortlist, name: str, title: str, outside: int) -> tuple[int, str]:
    """The row of an order in a list, and what stands beside it."""
    ledger = found.explain(name)
    shown = ledger.rank is not None and ledger.rank <= len(found.items)
    place = f"{ledger.rank}. " if ledger.rank else ""
    points = f", {ledger.points} point" if ledger.points is not None else ""
    return ledger.rank if shown else outside, f"{place}{title}{points}"


def _signed(points: float, decimals: int) -> str:
    told = said.number(abs(points), decimals)
    return told if not float(told.replace(",", ".")) else ("+" if points > 0 else "−") + told
