"""The pictures of spread and groups: curves as measured, everybody a dot, small groups counted, not shown."""

from math import nan
from types import ModuleType

import numpy as np
import pytest

from matching.evaluation import gini, lorenz
from tests.notebooks.kernels import beside

GROUPS = ["Broen"] * 6 + ["Bakken"] * 5 + ["Porten"] * 4


@pytest.fixture(scope="module")
def spread() -> ModuleType:
    return beside("spread")


def test_each_curve_is_the_one_of_lorenz_and_carries_its_gini(spread: ModuleType) -> None:
    shown = {"hver for sig": [0, 0, 5, 9], "med pris": [2, 3, 4, 5]}
    (axes,) = spread.lorenz_curves(shown).axes
    _, *curves = (line.get_xydata() for line in axes.lines)
    for curve, exposed in zip(curves, shown.values(), strict=True):
        assert np.allclose(curve, lorenz(exposed))
    told = [text.get_text() for text in axes.texts]
    for name, exposed in shown.items():
        assert f"{name}: Gini {gini(exposed):.2f}".replace(".", ",") in told


def test_the_share_of_a_group_stands_beside_its_size(spread: ModuleType) -> None:
    met = [True, True, True, False, False, False] + [True] * 5 + [False] * 4
    figure = spread.shares_of_groups(met, GROUPS, "Har en opgave")
    (axes,) = figure.axes
    told = [text.get_text() for text in axes.texts]
    assert {"3 af 6", "5 af 5", "alle: 53 %"} <= set(told)
    dots = [line.get_xdata()[0] for line in axes.lines if line.get_marker() == "o"]
    assert dots == [50, 100]


def test_a_group_too_small_to_be_shown_is_counted_and_not_named(spread: ModuleType) -> None:
    for figure in (
        spread.shares_of_groups([True] * 15, GROUPS, "Har en opgave"),
        spread.amounts_of_groups(range(15), GROUPS, "Valg", "opgaver"),
    ):
        (axes,) = figure.axes
        assert [label.get_text() for label in axes.get_yticklabels()] == ["Broen (6)", "Bakken (5)"]
        assert figure._supxlabel.get_text() == "4 i grupper på under 5 er ikke vist"


def test_everybody_is_a_dot_and_the_line_is_the_median(spread: ModuleType) -> None:
    minutes = [1, 2, 3, 4, 5, 90, *[nan], 10, 20, 30, 40, 50]
    groups = ["Broen"] * 6 + ["Bakken"] * 6
    (axes,) = spread.amounts_of_groups(minutes, groups, "Vej", "minutter").axes
    dots = sorted(x for drawn in axes.collections for x, _ in drawn.get_offsets())
    assert dots == sorted(each for each in minutes if each == each)
    assert [text.get_text() for text in axes.texts] == ["4", "30"]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Broen (6)", "Bakken (5)"]
