"""The pictures of what moves: lines from rank to rank, bars that add up, rings as far as the minutes."""

from dataclasses import replace
from types import ModuleType

import pytest
from matplotlib.patches import Circle, Rectangle

from api.examples.written import example_municipality
from geo import ATTRIBUTION, Mode
from matching import Catalogue, Citizen, Policy, Shortlist, shortlist
from matching.list_diff import diff_lists
from matching.policy_diff import diff_policies
from tests.api.frames_of_records import orders_of, person_of
from tests.matching.makers import policy_with
from tests.notebooks.kernels import beside
from tests.notebooks.test_pictures import ON

FARTHER = policy_with({"weights.nearness": 0.1, "weights.suitability": 0.6})


@pytest.fixture(scope="module")
def moves() -> ModuleType:
    return beside("moves")


@pytest.fixture(scope="module")
def people() -> list[Citizen]:
    one = example_municipality("0370", ON)
    return [person_of(one, record) for record in one.citizens]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.from_frame(orders_of(example_municipality("0370", ON)))


@pytest.fixture(scope="module")
def walking(people: list[Citizen], catalogue: Catalogue) -> Shortlist:
    return shortlist(people[1], catalogue, 5, ON)


@pytest.fixture(scope="module")
def farther(people: list[Citizen], catalogue: Catalogue) -> Shortlist:
    return shortlist(people[1], catalogue, 5, ON, FARTHER)


@pytest.fixture(scope="module")
def by_mode(people: list[Citizen], catalogue: Catalogue) -> dict[Mode, Shortlist]:
    return {mode: shortlist(replace(people[1], mode=mode), catalogue, 5, ON) for mode in Mode}


def test_a_line_runs_from_rank_to_rank(moves: ModuleType, walking: Shortlist, farther: Shortlist) -> None:
    change = diff_lists(walking, farther)
    assert change.entering
    (axes,) = moves.rank_slopes(walking, farther, ("før", "efter")).axes
    slopes = [tuple(line.get_ydata()) for line in axes.lines if line.get_marker() == "o"]
    both = {
        (was, becomes)
        for was, name in enumerate(walking.items["order_id"], start=1)
        for becomes, other in enumerate(farther.items["order_id"], start=1)
        if name == other
    }
    assert {slope for slope in slopes if max(slope) <= 5} == both
    assert len(slopes) == len(both) + len(change.entering) + len(change.leaving)
    outside = sorted(row for slope in slopes for row in slope if row > 5)
    assert outside == sorted([*range(6, 6 + len(change.entering))] * 2), "a row of its own for each"


def test_every_end_of_a_line_says_the_rank_the_name_and_the_points(
    moves: ModuleType, walking: Shortlist, farther: Shortlist
) -> None:
    (axes,) = moves.rank_slopes(walking, farther, ("før", "efter")).axes
    told = [text.get_text() for text in axes.texts]
    first = walking.explain(walking.items["order_id"].iloc[0])
    assert any(text.startswith("1. ") and text.endswith(f", {first.points} point") for text in told)
    assert {"før", "efter"} <= set(told)


def test_the_bars_of_an_order_add_up_to_the_change_of_its_score(
    moves: ModuleType, walking: Shortlist, farther: Shortlist
) -> None:
    names = list(farther.items["order_id"])
    axes = moves.points_shifted(walking, farther, names).axes[0]
    bars = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    for row, name in enumerate(names):
        own = sum(bar.get_width() for bar in bars if round(bar.get_y() + bar.get_height() / 2) == row)
        was, becomes = walking.explain(name).score, farther.explain(name).score
        assert own == pytest.approx(becomes - was)  # type: ignore[operator]


def test_what_does_not_change_is_told_without_a_sign(moves: ModuleType, walking: Shortlist) -> None:
    axes = moves.points_shifted(walking, walking, walking.items["order_id"]).axes[0]
    assert {text.get_text() for text in axes.texts} == {"0,0"}


def test_each_column_has_the_rank_of_its_list_or_why_there_is_none(
    moves: ModuleType, by_mode: dict[Mode, Shortlist]
) -> None:
    (axes,) = moves.ranks_by(by_mode, most=5).axes
    for column, found in enumerate(by_mode.values()):
        told = [text.get_text() for text in axes.texts if text.get_position()[0] == column]
        ranks = sorted(int(text) for text in told if text.isdecimal())
        assert ranks[: len(found.items)] == list(found.items["rank"])
        assert all(text.startswith("for langt: ") for text in told if not text.isdecimal())


def test_a_ring_is_as_far_as_its_mode_comes(moves: ModuleType, by_mode: dict[Mode, Shortlist]) -> None:
    figure = moves.reach_map(by_mode, minutes=(20, 40), reach_km=10)
    pace = Policy.default().pace
    for axes, minutes in zip(figure.axes, (20, 40), strict=True):
        radii = [patch.get_radius() for patch in axes.patches if isinstance(patch, Circle)]
        reached = [float(pace[mode].reach_km(minutes)) for mode in by_mode]
        assert sorted(radii) == pytest.approx(sorted(km for km in reached if km <= 10), abs=1e-5)
    assert figure.axes[1].get_title(loc="left") == "40 minutter, med kørelejlighed: hele kortet"
    assert all(line in figure.texts[-1].get_text() for line in ATTRIBUTION)


def test_every_list_is_counted_once(moves: ModuleType, people: list[Citizen], catalogue: Catalogue) -> None:
    diff = diff_policies(people, catalogue, 5, ON, Policy.default(), FARTHER)
    (axes,) = moves.lists_changed(diff).axes
    counts = [bar.get_width() for bar in axes.patches]
    assert sum(counts) == len(people)
    assert counts[0] == len(people) - len(diff.changed)
    new = [int(label.get_text().split()[0]) for label in axes.get_yticklabels()[2:]]
    assert sum(n * count for n, count in zip(new, counts[2:], strict=True)) == diff.entering
