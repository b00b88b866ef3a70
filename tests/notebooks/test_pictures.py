"""The pictures say what the list says: bars that add up, numbers where the places are, circles of minutes."""

from datetime import date
from types import ModuleType

import numpy as np
import pytest
from matplotlib.patches import Circle, Rectangle

from api.examples.written import example_municipality
from geo import ATTRIBUTION, Point
from matching import Anchor, Catalogue, Citizen, JobOrder, Shortlist, shortlist
from tests.api.frames_of_records import orders_of, person_of
from tests.notebooks.kernels import beside

ON = date(2026, 12, 1)
CENTRE = Point(55.7093, 9.5357)


@pytest.fixture(scope="module")
def pictures() -> ModuleType:
    return beside("pictures")


@pytest.fixture(scope="module", params=["0630", "0661", "0370"])
def found(request: pytest.FixtureRequest) -> Shortlist:
    one = example_municipality(request.param, ON)
    return shortlist(person_of(one, one.citizens[0]), Catalogue.from_frame(orders_of(one)), k=10, on=ON)


def list_of(*orders: JobOrder) -> Shortlist:
    citizen = Citizen(id="c-1", anchors=[Anchor(CENTRE, "drop_in_centre", "Broen")], avoids={"machines"})
    return shortlist(citizen, Catalogue.from_orders(orders), on=ON)


def test_every_bar_is_a_hundred_points_and_begins_with_the_score(pictures: ModuleType, found: Shortlist):
    (axes,) = pictures.points_lost(found).axes
    bars = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    widths = np.array([bar.get_width() for bar in bars]).reshape(6, len(found.items))
    assert list(widths[0]) == list(found.items["score"])
    assert np.abs(widths.sum(axis=0) - 100).max() < 1e-9
    assert [text.get_text() for text in axes.texts] == [
        str(found.explain(name).points) for name in found.items["order_id"]
    ]


def test_what_the_picture_shows_is_said_clear_of_everything_else(pictures: ModuleType, found: Shortlist):
    figure = pictures.points_lost(found)
    figure.draw_without_rendering()
    heading, (legend,), (axes,) = figure._suptitle, figure.legends, figure.axes
    assert heading.get_text() == "Point af 100, og hvad hver del tog"
    above = heading.get_window_extent()
    for other in (legend.get_window_extent(), axes.get_tightbbox()):
        assert not above.overlaps(other)
    assert not legend.get_window_extent().overlaps(axes.get_tightbbox())


def test_a_map_says_which_way_its_kilometres_go_and_none_is_below_nothing(
    pictures: ModuleType, found: Shortlist
):
    axes = pictures.place_map(found).axes[0]
    assert axes.get_xlabel() == "vest  ←  km  →  øst"
    assert axes.get_ylabel() == "syd  ←  km  →  nord"
    assert axes.xaxis.get_major_formatter()(-1.5) == axes.xaxis.get_major_formatter()(1.5) == "1,5"


def test_the_map_is_square_and_says_where_its_places_come_from(pictures: ModuleType, found: Shortlist):
    figure = pictures.place_map(found)
    axes = figure.axes[0]
    assert axes.get_aspect() == 1
    assert axes.get_xlim() == axes.get_ylim()
    (credit,) = [text.get_text() for text in figure.texts]
    assert all(line in credit for line in ATTRIBUTION)


def test_every_item_of_the_list_has_its_number_on_the_map(pictures: ModuleType, found: Shortlist):
    axes = pictures.place_map(found).axes[0]
    labels = [text.get_text() for text in axes.texts]
    numbers = [
        int(number) for label in labels if label.replace(" ", "").isdecimal() for number in label.split()
    ]
    assert sorted(numbers) == list(found.items["rank"])


def test_a_circle_is_as_far_as_the_policy_says_one_comes_in_its_minutes(
    pictures: ModuleType, found: Shortlist
):
    axes = pictures.place_map(found).axes[0]
    radii = sorted(patch.get_radius() for patch in axes.patches if isinstance(patch, Circle))
    told = sorted(int(text.get_text().split()[-2]) for text in axes.texts if "min." in text.get_text())
    assert told
    assert found.policy.pace[found.citizen.mode].minutes(radii) == pytest.approx(told)


def test_a_place_lies_as_far_out_as_it_is(pictures: ModuleType):
    place = Point(55.72, 9.55)
    axes = pictures.place_map(list_of(JobOrder(id="o-1", place=place, demands={"machines": "no"}))).axes[0]
    (number,) = [text for text in axes.texts if text.get_text() == "1"]
    assert np.hypot(*number.get_position()) == pytest.approx(CENTRE.distance_km(place), rel=0.005)
    assert min(number.get_position()) > 0, "north and east of the centre"


def test_the_map_counts_what_it_cannot_show(pictures: ModuleType):
    near = JobOrder(id="o-1", place=CENTRE, demands={"machines": "no"})
    far = JobOrder(id="o-2", place=Point(55.2306, 11.7605), demands={"machines": "yes"})
    nowhere = JobOrder(id="o-3", demands={"machines": "no"})
    aside = pictures.place_map(list_of(near, far, nowhere)).axes[1]
    assert "Uden for kortet: 1\nUden kendt sted: 1" in [text.get_text() for text in aside.texts]


def test_an_empty_list_is_drawn_as_well(pictures: ModuleType):
    nothing = list_of(JobOrder(id="o-1", place=CENTRE, demands={"machines": "yes"}))
    assert len(nothing.items) == 0
    assert list(pictures.points_lost(nothing).axes[0].patches) == []
    assert pictures.place_map(nothing).axes[0].get_xlim()[1] > 0
    assert [text.get_text() for text in pictures.left_out({"Vejle": nothing}).axes[0].texts] == ["1"]


def test_the_counts_of_what_was_left_out_are_those_of_the_list(pictures: ModuleType, found: Shortlist):
    (axes,) = pictures.left_out({"Vejle": found}).axes
    assert [bar.get_width() for bar in axes.patches] == list(found.excluded_counts.values())
    assert axes.get_title(loc="left") == f"Vejle: {len(found.excluded)} udeladt"
