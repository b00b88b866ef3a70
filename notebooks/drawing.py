"""What the pictures of all notebooks share: colours, Danish words and numbers, kilometres around a place.

Colours are told apart by people who are colour-blind too (after Okabe and Ito), and no picture is read by
colour alone: what a line or a mark is stands beside it.
"""

from collections import Counter
from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from geo import Pace, Point
from geo.places import towns
from geo.point import EARTH_RADIUS_KM
from matching import Catalogue, Shortlist
from matching.language import speech
from matching.policy import Part
from matching.sentences import LOAD

INK, PAPER, FAINT, SCORE, ASK, OUT = "#222222", "#ffffff", "#767676", "#0b4f6c", "#c05a00", "#a8a8a8"
TOWN = "#cdd5d9"
PALE = "#d7e6ee"
"""Behind what is there without being the thing itself."""

LOST = dict(zip((*Part, LOAD), ("#56b4e9", "#e69f00", "#cc79a7", "#d0d0d0", "#a63d00"), strict=True))
"""A colour for each part of a score."""

Spot = tuple[float, float]
"""Kilometres east and north of the middle of a map."""

DIRECTIONS = [(float(np.sin(turn)), float(np.cos(turn))) for turn in np.radians(range(0, 360, 10))]
"""Where a label may go: every tenth degree, from north by east."""

said = speech("da")


def spot_of(place: Point, middle: Point) -> Spot:
    """Where a place is on a map around another."""
    east = np.radians(place.lon - middle.lon) * np.cos(np.radians(middle.lat))
    return float(east * EARTH_RADIUS_KM), float(np.radians(place.lat - middle.lat) * EARTH_RADIUS_KM)


def straight_km(pace: Pace, minutes: float) -> float:
    """How far a citizen comes in some minutes, as the crow flies."""
    return (minutes - pace.fixed_minutes) / 60 * pace.kmh / pace.detour


def draw_towns(axes: Axes, middle: Point, reach: float, marked: list[Spot]) -> None:
    """The names of towns behind everything else, aside of what is marked."""
    for town in towns():
        spot = spot_of(town.point, middle)
        if max(map(abs, spot)) < 0.8 * reach:
            at = _clear_of(marked, spot, reach)
            axes.text(*at, town.name, color=TOWN, fontsize=19, ha="center", va="center", zorder=0)


def _clear_of(marked: list[Spot], spot: Spot, reach: float) -> Spot:
    """The spot, or the nearest one to it where a word covers no mark; the spot itself if there is none."""
    width, height = 0.3 * reach, 0.07 * reach
    shifts = [(0.0, 0.0), *((far * x, far * y) for far in (0.1, 0.2, 0.3, 0.4) for x, y in DIRECTIONS)]
    tried = [(spot[0] + east * reach, spot[1] + north * reach) for east, north in shifts]
    star = (0.0, 0.0)
    free = (
        at
        for at in tried
        if all(abs(at[0] - x) > width or abs(at[1] - y) > height for x, y in [*marked, star])
    )
    return next(free, spot)


def title_of(found: Shortlist, order_id: str) -> str:
    """What a job order is called."""
    return found.catalogue.order(order_id).title


def short(id: str) -> str:
    """The end of an example's id, short enough for a field of a picture: g43 for citizen-0661-g000043."""
    end = id.rpartition("-")[2]
    return ("g" if end.startswith("g") else "") + end.removeprefix("g").lstrip("0")


def titles_of(catalogue: Catalogue, order_ids: Iterable[str]) -> dict[str, str]:
    """What some job orders are called, with the end of the id where several are called the same."""
    titles = {name: catalogue.order(name).title for name in order_ids}
    several = {title for title, times in Counter(titles.values()).items() if times > 1}
    return {name: f"{title} [{short(name)}]" if title in several else title for name, title in titles.items()}


def box(colour: str) -> dict[str, object]:
    """A rounded field behind a word."""
    return {"boxstyle": "round,pad=0.25", "facecolor": colour, "edgecolor": PAPER, "linewidth": 1}


def headed(figure: Figure, title: str) -> None:
    """What the picture shows, above everything else in it."""
    figure.suptitle(title, x=0.01, ha="left", weight="bold", fontsize=12)


def in_kilometres(axes: Axes) -> None:
    """Kilometres from the middle of a map, in words that say which way; nobody goes a distance below 0."""
    axes.set(xlabel="vest  ←  km  →  øst", ylabel="syd  ←  km  →  nord")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda km, _: said.brief(abs(km)))


def bare(axes: Axes) -> None:
    """Take away frame and ticks that say nothing."""
    axes.spines[:].set_visible(False)
    axes.tick_params(left=False)


def finished(figure: Figure) -> Figure:
    """The figure, closed, so that a notebook shows it once."""
    plt.close(figure)
    return figure
