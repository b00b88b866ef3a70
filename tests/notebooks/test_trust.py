"""The pictures of trust: lines as measured, the threshold in use marked, answers counted by their share."""

from types import ModuleType

import pytest

from matching.evaluation import share_range
from tests.evaluate.measures import Believed
from tests.evaluate.thresholds import Point
from tests.notebooks.kernels import beside

LINES = {
    "ordlisten": [Point(0.9, 100, 40, 38), Point(0.8, 100, 70, 60)],
    "modellen": [Point(0.99, 100, 5, 0), Point(0.9, 100, 30, 27), Point(0.5, 100, 60, 51)],
    "begge": [Point(0.9, 100, 50, 45), Point(0.5, 100, 80, 68)],
}
USED = {name: points[-1] for name, points in LINES.items()}
GROUPS = [Believed(0.62, 4, 3), Believed(0.95, 20, 15)]


@pytest.fixture(scope="module")
def trust() -> ModuleType:
    return beside("trust")


def test_a_line_runs_through_what_was_measured_from_where_enough_is_answered(trust: ModuleType) -> None:
    (axes,) = trust.curves(LINES, USED, ("to mennesker", 0.97)).axes
    drawn = [line.get_xydata().tolist() for line in axes.lines]
    assert [[40, 95], [70, pytest.approx(600 / 7)]] in drawn
    assert [[30, 90], [60, 85]] in drawn, "without the five that were answered first"
    assert min(axes.get_ylim()) <= 80


def test_the_threshold_in_use_says_how_much_is_answered_and_how_much_of_it_rightly(trust: ModuleType) -> None:
    (axes,) = trust.curves(LINES, USED, ("to mennesker", 0.97)).axes
    told = [text.get_text() for text in axes.texts]
    assert "begge:\n80 % besvaret, 85 % rigtige" in told
    assert "to mennesker:\n97 % enige" in told
    ranges = [line.get_ydata() for line in axes.lines if line.get_linewidth() == 7]
    assert [list(each) for each in ranges][2] == [100 * end for end in share_range(68, 80)]


def test_words_of_lines_that_end_alike_do_not_meet(trust: ModuleType) -> None:
    same = dict.fromkeys(LINES, Point(0.5, 100, 80, 68))
    (axes,) = trust.curves(LINES, same, ("to mennesker", 0.85)).axes
    heights = sorted(text.get_position()[1] for text in axes.texts)
    assert len(heights) == 4
    assert min(b - a for a, b in zip(heights, heights[1:], strict=False)) > 1


def test_every_group_of_answers_stands_at_its_confidence_and_is_counted(trust: ModuleType) -> None:
    above, below = trust.believed({"nævnt": GROUPS}).axes
    dots = {line.get_xydata().tolist()[0][0]: line for line in above.lines if line.get_marker() == "o"}
    assert {sure: line.get_ydata()[0] for sure, line in dots.items()} == {0.62: 0.75, 0.95: 0.75}
    assert dots[0.62].get_alpha() < dots[0.95].get_alpha(), "faint where they are few"
    assert [text.get_text() for text in below.texts] == ["4", "20"]


def test_panels_without_answers_are_drawn_empty(trust: ModuleType) -> None:
    above, _, below, _ = trust.believed({"nævnt": [], "gættet": GROUPS}).axes
    assert [line for line in above.lines if line.get_marker() == "o"] == []
    assert list(below.patches) == []
