"""Pictures of a shortlist: what each place lost, where the places are, and why the rest was left out.

Drawn from the list alone and without a network: no tiles, fonts or scripts from elsewhere. Whole points are
shown, as everywhere; the lists themselves hold every digit.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from drawing import (
    ASK,
    DIRECTIONS,
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
    title_of,
)
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.patches import Circle

from geo import ATTRIBUTION, Pace, Point
from matching import Catalogue, Shortlist
from matching.sentences import rule_heading

STEPS = (1, 2, 5, 10, 15, 20, 30, 60, 120)
"""Minutes from one circle of a map to the next; the first that gives four circles at most is taken."""

NEAREST_EDGE_KM = 0.5
"""A map reaches at least this far, also when everything is next door or nothing is on the list."""


def points_lost(found: Shortlist) -> Figure:
    """A bar of 100 points for each item: the score, then what each of the five parts took."""
    ledgers = [found.explain(name) for name in found.items["order_id"]]
    figure, axes = plt.subplots(figsize=(11, 1.2 + 0.4 * len(ledgers)), layout="constrained")
    rows, end = range(len(ledgers)), np.array([ledger.score or 0.0 for ledger in ledgers])
    axes.barh(rows, end, color=SCORE, label="point")
    for row, ledger in enumerate(ledgers):
        axes.text(end[row] - 1, row, str(ledger.points), ha="right", va="center", color=PAPER, weight="bold")
    for number, (part, colour) in enumerate(LOST.items()):
        lost = np.array([ledger.parts[number].lost or 0.0 for ledger in ledgers])
        axes.barh(rows, lost, left=end, color=colour, label=f"− {said.about('part', part)}")
        end = end + lost
    axes.set_yticks(rows, [f"{ledger.rank}. {title_of(found, ledger.order_id)}" for ledger in ledgers])
    axes.set(xlim=(0, 100), ylim=(max(1, len(ledgers)) - 0.5, -0.5), xlabel="point af 100")
    bare(axes)
    headed(figure, "Point af 100, og hvad hver del tog")
    figure.legend(loc="outside lower center", ncols=6, frameon=False, handlelength=1, columnspacing=1.2)
    return finished(figure)


def place_map(found: Shortlist) -> Figure:
    """The items by their number, orders to ask about as rings, what was left out as grey dots.

    Around the first anchor, in kilometres. A circle is as far as the citizen's mode of travel comes in its
    minutes, by the pace and detour of the policy; it knows no roads.
    """
    figure = plt.figure(figsize=(11, 7.2))
    axes, aside = figure.add_axes((0.06, 0.12, 0.54, 0.825)), figure.add_axes((0.62, 0.12, 0.37, 0.825))
    middle, mode = found.citizen.anchors[0], found.citizen.mode
    items, asked, out = (
        _spots(found.catalogue, frame["order_id"], middle.point)
        for frame in (found.items, found.ask, found.excluded)
    )
    reach = 1.12 * max([NEAREST_EDGE_KM, *(float(np.hypot(*spot)) for spot in items.values())])
    axes.set(xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal")
    in_kilometres(axes)
    marked = [*items.values(), *asked.values(), *out.values()]
    draw_towns(axes, middle.point, reach, marked)
    _draw_minutes(axes, found.policy.pace[mode], found.citizen.max_minutes, reach, marked)
    _draw_dots(axes, out.values(), s=34, color=OUT)
    _draw_dots(axes, asked.values(), s=110, facecolors="none", edgecolors=ASK, linewidths=1.8)
    _draw_numbers(axes, items)
    axes.scatter([0], [0], marker="*", s=300, color=INK, edgecolors=PAPER, zorder=5)
    axes.set_title(f"{middle.name}, {said.label(mode)}", loc="left", weight="bold")
    beyond = sum(max(map(abs, spot)) > reach for spot in (*asked.values(), *out.values()))
    nowhere = len(found.ask) + len(found.excluded) - len(asked) - len(out)
    _write_aside(aside, found, {"Uden for kortet": beyond, "Uden kendt sted": nowhere})
    figure.text(0.06, 0.02, " ".join(ATTRIBUTION), fontsize=8, color=FAINT)
    return finished(figure)


def left_out(lists: Mapping[str, Shortlist]) -> Figure:
    """For each list, how many orders each rule left out as the first that applies."""
    sizes = [max(1, len(found.excluded_counts)) for found in lists.values()]
    figure, panels = plt.subplots(
        len(lists),
        1,
        figsize=(11, 0.7 * len(lists) + 0.42 * sum(sizes)),
        height_ratios=sizes,
        sharex=True,
        squeeze=False,
        layout=ConstrainedLayoutEngine(h_pad=0.1),
    )
    for axes, (name, found) in zip(panels[:, 0], lists.items(), strict=True):
        counts = found.excluded_counts
        bars = axes.barh([rule_heading(rule, said) for rule in counts], list(counts.values()), color=OUT)
        axes.bar_label(bars, padding=4)
        axes.set_title(f"{name}: {len(found.excluded)} udeladt", loc="left", weight="bold")
        axes.invert_yaxis()
        axes.xaxis.set_visible(False)
        bare(axes)
    return finished(figure)


def _spots(catalogue: Catalogue, order_ids: Iterable[str], middle: Point) -> dict[str, Spot]:
    """Where some orders are; those of unknown place are left out."""
    places = {name: catalogue.order(name).place for name in order_ids}
    return {name: spot_of(place, middle) for name, place in places.items() if place}


def _draw_minutes(axes: Axes, pace: Pace, most: float | None, reach: float, marked: list[Spot]) -> None:
    """Circles of minutes, and the longest way the citizen would go, labelled where nothing else is."""
    km_in = {minutes: straight_km(pace, minutes) for minutes in range(1, 601)}
    within = [minutes for minutes, km in km_in.items() if 0 < km < 0.95 * reach]
    step = next(step for step in STEPS if len([m for m in within if m % step == 0]) <= 4)
    drawn = [minutes for minutes in within if minutes % step == 0 or minutes == most]
    east, north = _free_direction([km_in[minutes] for minutes in drawn], marked)
    for minutes in drawn:
        km, last = km_in[minutes], minutes == most
        colour, label = (ASK, f"højst {minutes} min.") if last else (FAINT, f"{minutes} min.")
        axes.add_patch(Circle((0, 0), km, fill=False, color=colour, linewidth=0.9, linestyle=(0, (5, 4))))
        where = (km * east, km * north)
        axes.text(*where, label, color=colour, ha="center", va="center", fontsize=9, bbox=box(PAPER))


def _free_direction(radii: list[float], marked: list[Spot]) -> Spot:
    """The direction in which points at these radii keep farthest from what is marked."""

    def room(direction: Spot) -> float:
        east, north = direction
        gaps = [np.hypot(km * east - x, km * north - y) for km in radii for x, y in marked]
        return float(min(gaps, default=0.0))

    return max(DIRECTIONS, key=room)


def _draw_dots(axes: Axes, spots: Iterable[Spot], **looks: Any) -> None:
    east, north = [list(each) for each in zip(*spots, strict=True)] or ([], [])
    axes.scatter(east, north, zorder=2, **looks)


def _draw_numbers(axes: Axes, items: Mapping[str, Spot]) -> None:
    """The rank at each place; places with several items carry all of their ranks."""
    ranks: dict[Spot, list[int]] = {}
    for rank, spot in enumerate(items.values(), start=1):
        ranks.setdefault(spot, []).append(rank)
    for spot, here in ranks.items():
        label = " ".join(map(str, here))
        axes.text(
            *spot, label, color=PAPER, ha="center", va="center", weight="bold", bbox=box(SCORE), zorder=4
        )


def _write_aside(axes: Axes, found: Shortlist, unseen: Mapping[str, int]) -> None:
    """The list beside the map, how to read the marks, and what the map does not show."""
    axes.set_axis_off()
    lines = [f"{rank}. {title_of(found, name)}" for rank, name in enumerate(found.items["order_id"], start=1)]
    axes.text(0, 1, "\n".join(lines), va="top", linespacing=1.7, transform=axes.transAxes)
    axes.scatter([], [], marker="*", s=160, color=INK, label="her begynder vejen")
    axes.scatter([], [], marker="s", s=90, color=SCORE, label="på listen, med nummer")
    axes.scatter([], [], s=90, facecolors="none", edgecolors=ASK, linewidths=1.8, label="spørg først")
    axes.scatter([], [], s=34, color=OUT, label="udeladt")
    axes.legend(loc="lower left", bbox_to_anchor=(-0.05, 0.08), frameon=False)
    told = [f"{what}: {number}" for what, number in unseen.items() if number]
    axes.text(0, 0, "\n".join(told), va="bottom", color=FAINT, transform=axes.transAxes)
