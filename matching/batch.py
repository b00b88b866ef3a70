"""The shortlists of many citizens at once, on all cores.

A batch is the single lists, nothing else: each is found by the same search, so it equals the one that is
asked for alone.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context

from matching.catalogue import Catalogue
from matching.citizens import Citizen
from matching.lists import list_length
from matching.policy import Policy
from matching.ranking import Shortlist
from matching.search import best
from matching.standing import Group, Sieve
from matching.times import day_or_today

Progress = Callable[[int], None]
"""Told how many lists are done."""

WORTH_PROCESSES = 2_000
"""From this many citizens on, starting processes costs less than it saves."""

CHUNK = 100


def shortlists(
    people: Sequence[Citizen],
    catalogue: Catalogue,
    k: int = 20,
    on: date | None = None,
    policy: Policy | None = None,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
) -> list[Shortlist]:
    """The best k job orders for each citizen, in the order of `people`.

    `workers` is the number of processes: all cores for a large batch, none but this one for a small when it
    is not given. `progress` is told how many lists are done, every hundred.
    """
    k, day, numbers = list_length(k), day_or_today(on), policy or Policy.default()
    if workers is None:
        workers = (os.cpu_count() or 1) if len(people) >= WORTH_PROCESSES else 1
    chunks = [people[start : start + CHUNK] for start in range(0, len(people), CHUNK)]
    found: list[Shortlist] = []
    for chunk, rows in zip(chunks, _rows_of(chunks, workers, catalogue, k, day, numbers), strict=True):
        for person, shown in zip(chunk, rows, strict=True):
            found.append(Shortlist(person, catalogue, k, day, numbers, shown={Group.RANKED: shown}))
        if progress:
            progress(len(found))
    return found


def _rows_of(
    chunks: list[Sequence[Citizen]], workers: int, catalogue: Catalogue, k: int, on: date, policy: Policy
) -> Iterator[list[list[int]]]:
    task = _Task(catalogue, k, on, policy)
    if workers <= 1:
        yield from map(task, chunks)
        return
    # a started process knows nothing of threads here, which a forked one would inherit half of
    with ProcessPoolExecutor(workers, get_context("spawn"), _hold, (task,)) as pool:
        yield from pool.map(_held, chunks)


class _Task:
    """What every process needs to know to find lists."""

    def __init__(self, catalogue: Catalogue, k: int, on: date, policy: Policy) -> None:
        self._catalogue, self._k, self._on, self._policy = catalogue, k, on, policy

    def __call__(self, people: Sequence[Citizen]) -> list[list[int]]:
        given = (self._catalogue, self._on, self._policy)
        return [best(Sieve(person, *given), self._k, Group.RANKED) for person in people]


_held_task: list[_Task] = []


def _hold(task: _Task) -> None:
    """Keep the task in a process, so that the catalogue is handed over once and not with every chunk."""
    _held_task[:] = [task]


def _held(people: Sequence[Citizen]) -> list[list[int]]:
    return _held_task[0](people)
