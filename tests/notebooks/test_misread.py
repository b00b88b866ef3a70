"""The pictures of misreadings: every answer in its field, every share beside its number."""

from types import ModuleType

import pytest
from matplotlib.colors import to_hex

from matching.vocabulary import Activity
from tests.evaluate.measures import Kept
from tests.notebooks.kernels import beside

GREEN, OFFICE, SHOP = Activity.GREEN, Activity.OFFICE, Activity.SHOP
PAIRS = [(GREEN, GREEN)] * 3 + [(GREEN, SHOP)] * 2 + [(OFFICE, GREEN)]


@pytest.fixture(scope="module")
def misread() -> ModuleType:
    return beside("misread")


def test_a_field_counts_what_was_told_as_the_one_and_read_as_the_other(misread: ModuleType) -> None:
    (axes,) = misread.mixed_up(PAIRS).axes
    order = list(Activity)
    counted = {text.get_position(): text.get_text() for text in axes.texts if text.get_text().isdecimal()}
    expected = {(GREEN, GREEN): "3", (GREEN, SHOP): "2", (OFFICE, GREEN): "1"}
    assert counted == {
        (order.index(read), order.index(told)): count for (told, read), count in expected.items()
    }
    sums = {text.get_position()[1]: text.get_text() for text in axes.texts if " af " in text.get_text()}
    assert (sums[order.index(GREEN)], sums[order.index(OFFICE)]) == ("3 af 5", "0 af 1")
    assert sums[order.index(SHOP)] == "0 af 0"


def test_what_is_right_what_is_chance_and_what_comes_again_look_different(misread: ModuleType) -> None:
    (axes,) = misread.mixed_up(PAIRS).axes
    colours = [to_hex(patch.get_facecolor()) for patch in axes.patches]
    assert colours == [misread.PALE, misread.ASK, misread.ONCE]


def test_precision_and_recall_stand_beside_their_numbers(misread: ModuleType) -> None:
    (axes,) = misread.kept_rows({"ja": {"larm": Kept(said=20, found=10, both=8)}}).axes
    marks = {line.get_marker(): line.get_xdata()[0] for line in axes.lines if line.get_marker() in "oD"}
    assert marks == {"o": 80, "D": 40}
    assert [text.get_text() for text in axes.texts] == ["8 af 10", "8 af 20"]


def test_few_texts_are_faint_and_of_none_nothing_is_claimed(misread: ModuleType) -> None:
    (axes,) = misread.kept_rows({"nej": {"larm": Kept(said=4, found=0, both=0)}}).axes
    marks = {line.get_marker(): line for line in axes.lines if line.get_marker() in "oD"}
    assert list(marks) == ["D"]
    assert marks["D"].get_alpha() < 1
    assert [text.get_text() for text in axes.texts] == ["ingen", "0 af 4"]


def test_a_name_without_counts_is_a_heading(misread: ModuleType) -> None:
    rows = {"Længde": None, "kort": Kept(9, 9, 9)}
    (axes, other) = misread.kept_rows({"hvad": rows, "krav": {"kort": None}}).axes
    assert [label.get_weight() for label in axes.get_yticklabels()] == ["bold", "normal"]
    assert list(other.texts) == []
