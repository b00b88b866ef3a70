"""The assignment on plain numbers, against every assignment there is."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.pairing import MILLIONTHS, NOBODY, pair_up

points = st.sampled_from([NOBODY, NOBODY, 0, 25, 50, 100]) | st.integers(0, 100_000_000)


Room = tuple[np.ndarray, list[int], list[int]]


@st.composite
def rooms(draw: st.DrawFn) -> Room:
    """Points of up to four people and three tasks, the tasks' places, and what each person has so far."""
    people, tasks = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    table = draw(st.lists(st.lists(points, min_size=tasks, max_size=tasks), min_size=people, max_size=people))
    places = draw(st.lists(st.integers(0, 3), min_size=tasks, max_size=tasks))
    held, left = [], list(places)
    for _ in range(people):
        task = draw(st.sampled_from([NOBODY, *(task for task in range(tasks) if left[task])]))
        if task != NOBODY:
            left[task] -= 1
        held.append(task)
    return np.array(table, np.int64), places, held


def every_assignment(table: np.ndarray, places: list[int]) -> list[tuple[int, ...]]:
    people, tasks = table.shape
    return [
        choice
        for choice in product(range(-1, tasks), repeat=people)
        if all(choice.count(task) <= places[task] for task in range(tasks))
        and all(task == NOBODY or table[person, task] != NOBODY for person, task in enumerate(choice))
    ]


def worth(table: np.ndarray, choice: tuple[int, ...] | list[int]) -> tuple[int, int, int]:
    """How many are placed, the smallest points and the sum."""
    got = [int(table[person, task]) for person, task in enumerate(choice) if task != NOBODY]
    return len(got), min(got, default=0), sum(got)


def kept(choice: tuple[int, ...] | list[int], held: list[int]) -> int:
    return sum(task == had != NOBODY for task, had in zip(choice, held, strict=True))


@given(rooms())
def test_no_other_assignment_is_better(room: Room) -> None:
    table, places, _ = room
    found = tuple(pair_up(table, places))
    assert found in (allowed := every_assignment(table, places))
    assert worth(table, found) == max(worth(table, choice) for choice in allowed)


@given(rooms())
def test_made_anew_it_is_the_best_among_those_that_keep_enough(
    room: Room,
) -> None:
    table, places, held = room
    allowed = every_assignment(table, places)
    most = max(worth(table, choice)[0] for choice in allowed)
    full = [choice for choice in allowed if worth(table, choice)[0] == most]
    # of fewer than five people, four in five is everybody
    enough = min(sum(task != NOBODY for task in held), max(kept(choice, held) for choice in full))
    calm = [choice for choice in full if kept(choice, held) >= enough]
    found = tuple(pair_up(table, places, held))
    assert found in calm
    assert worth(table, found)[:2] == max(worth(table, choice)[:2] for choice in calm)


@given(rooms())
def test_a_place_that_fits_two_alike_goes_to_the_one_who_has_waited_longer(room: Room) -> None:
    table, places, _ = room
    found = pair_up(table, places)
    for person, task in enumerate(found):
        for later in range(person + 1, len(found)):
            if task == NOBODY and found[later] != NOBODY:
                assert table[person, found[later]] != table[later, found[later]]


def test_the_worst_pair_comes_before_the_sum() -> None:
    table = np.array([[100, 60], [90, 10]])
    assert pair_up(table, [1, 1]) == [1, 0]


def test_of_two_plans_as_good_the_one_that_moves_fewer_is_taken() -> None:
    table = np.array([[50, 50], [50, 50]])
    assert pair_up(table, [1, 1], held=[1, 0]) == [1, 0]
    assert pair_up(table, [1, 1], held=[0, 1]) == [0, 1]


def test_one_in_five_is_moved_for_a_better_plan_and_two_are_not() -> None:
    table = np.full((5, 6), NOBODY)
    table[np.arange(5), np.arange(5)] = 10 * MILLIONTHS
    table[0, 5] = 90 * MILLIONTHS
    held = [0, 1, 2, 3, 4]
    assert pair_up(table, [1] * 6, held) == [5, 1, 2, 3, 4]
    table[1, 0] = 90 * MILLIONTHS
    assert kept(pair_up(table, [1] * 6), held) == 3
    assert kept(pair_up(table, [1] * 6, held), held) >= 4


def test_of_two_who_gain_alike_by_moving_the_longest_waiting_keeps() -> None:
    table = np.full((10, 20), NOBODY)
    table[np.arange(10), np.arange(10)] = 10 * MILLIONTHS
    for person, free in zip((2, 5, 8), (10, 11, 12), strict=True):
        table[person, free] = 90 * MILLIONTHS
    assert pair_up(table, [1] * 20, held=list(range(10))) == [0, 1, 2, 3, 4, 11, 6, 7, 12, 9]


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0, 0)], ids=str)
def test_with_nobody_or_nothing_there_nobody_is_placed(shape: tuple[int, int]) -> None:
    assert pair_up(np.zeros(shape, np.int64), [1] * shape[1]) == [NOBODY] * shape[0]


def test_without_places_nobody_is_placed() -> None:
    assert pair_up(np.array([[50], [60]]), [0]) == [NOBODY, NOBODY]
