"""The pictures of a job café: a dark field for each task that was given, a field for each talk."""

from collections import Counter
from types import ModuleType

import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from matching import Catalogue
from matching.assignment import Assignment, assign, talks_to_hold
from matching.talks import Talk, TalkPlan, plan_talks
from tests.evaluate.towns import TODAY, Town
from tests.notebooks.kernels import beside

TIMES = [f"{13 + minutes // 60}.{minutes % 60:02}" for minutes in range(0, 300, 15)]
TOWN = Town(5)
PEOPLE = TOWN.citizens(14)
TASKS = Catalogue.from_orders(TOWN.orders(5, places=(1, 3)))
NAMES = {employer: f"Firma {employer}" for employer in TASKS.employer_ids}


@pytest.fixture(scope="module")
def cafe() -> ModuleType:
    return beside("cafe")


@pytest.fixture(scope="module")
def assignment() -> Assignment:
    return assign(PEOPLE, TASKS, TODAY)


@pytest.fixture(scope="module")
def plan(assignment: Assignment) -> TalkPlan:
    return plan_talks(talks_to_hold(assignment))


def fields(axes: Axes, colour: str) -> list[tuple[int, int]]:
    """Column and row of the fields of a colour."""
    drawn = [patch for patch in axes.patches if isinstance(patch, Rectangle) and patch.get_fill()]
    found = [patch for patch in drawn if to_hex(patch.get_facecolor()) == colour]
    return [(round(patch.get_x() + 0.46), round(patch.get_y() + 0.42)) for patch in found]


def test_the_dark_field_of_a_citizen_is_the_task_they_got(cafe: ModuleType, assignment: Assignment) -> None:
    titles = {name: f"Opgave {name}" for name in sorted(TASKS.ids)}
    places = {name: TASKS.order(name).places for name in titles}
    (axes,) = cafe.who_got_what(assignment, titles, places).axes
    columns = list(titles)
    expected = [
        (columns.index(placing.choice.order_id), row)
        for row, placing in enumerate(assignment.placings)
        if placing.choice
    ]
    assert sorted(fields(axes, cafe.SCORE)) == sorted(expected)
    choices = sum(len(placing.choices) for placing in assignment.placings)
    assert len(fields(axes, cafe.SCORE)) + len(fields(axes, cafe.PALE)) == choices
    taken = Counter(assignment.tasks.values())
    headings = [label.get_text() for label in axes.get_xticklabels()]
    assert headings == [f"{title} ({taken[name]} af {places[name]})" for name, title in titles.items()]


def test_whoever_has_no_task_is_said_to_have_none(cafe: ModuleType, assignment: Assignment) -> None:
    titles = {name: name for name in TASKS.ids}
    (axes,) = cafe.who_got_what(assignment, titles, dict.fromkeys(titles, 9)).axes
    told = Counter(text.get_text() for text in axes.texts)
    without = sum(placing.choice is None for placing in assignment.placings)
    assert without
    assert told["ingen plads"] + told["intet passer"] == without


def test_every_talk_has_its_field_at_its_time(
    cafe: ModuleType, assignment: Assignment, plan: TalkPlan
) -> None:
    (axes,) = cafe.timetable(plan, assignment, NAMES, TIMES).axes
    rows = [label.get_text().removeprefix("Firma ") for label in axes.get_yticklabels()]
    told = {text.get_position(): text.get_text() for text in axes.texts}
    expected = {
        (slot, rows.index(talk.employer_id)): cafe.short(talk.citizen_id)
        for talk, slot in plan.slot_of.items()
    }
    assert told == expected
    assert len(fields(axes, cafe.SCORE)) == len(assignment.tasks)


def test_what_is_new_or_moved_has_a_frame(cafe: ModuleType, assignment: Assignment, plan: TalkPlan) -> None:
    gone = next(iter(assignment.tasks))
    again = assign([person for person in PEOPLE if person.id != gone], TASKS, TODAY, before=assignment)
    anew = plan_talks(talks_to_hold(again, before=plan), before=plan)
    (axes,) = cafe.timetable(anew, again, NAMES, TIMES, before=plan).axes
    frames = [patch for patch in axes.patches if not patch.get_fill()]
    told = cafe.moved(anew, plan)
    assert len(frames) == len(told["ny"]) + len(told["flyttet"])
    assert Talk(gone, TASKS.order(assignment.tasks[gone]).employer_id) in told["aflyst"]
    assert sum(map(len, told.values())) == len(anew.slot_of) + len(told["aflyst"])
