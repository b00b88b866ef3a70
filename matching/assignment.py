"""The job café: many citizens, many tasks with places, one afternoon.

Everybody who can be placed gets a task, and nobody one that fits badly where it can be helped. Only pairs
that meet every hard constraint are assigned; what hangs on an answer is told as a question. Then everybody
gets short talks with the employer of their task and with those of their next best ones.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from math import inf

import numpy as np

from geo import Refused
from geo.errors import N_
from matching.assessment import Assessment, Pair, assess
from matching.catalogue import Catalogue
from matching.citizens import Citizen, require_once
from matching.facts import Flags
from matching.load import NOBODY_SUGGESTED, OwnProposals, without_own
from matching.pairing import MILLIONTHS, NOBODY, Whole, pair_up
from matching.placing import Choice, Placing, Possible, Why
from matching.policy import Policy
from matching.search import order_rows
from matching.talks import Party, Talk, TalkPlan, parties
from matching.times import day_or_today


@dataclass(frozen=True)
class Assignment:
    """Who got what: a placing per citizen, longest waiting first."""

    placings: tuple[Placing, ...]

    @property
    def tasks(self) -> dict[str, str]:
        """The order assigned to every citizen who has one."""
        return {placing.citizen_id: placing.choice.order_id for placing in self.placings if placing.choice}

    @property
    def scores(self) -> list[float]:
        """The scores of the assigned pairs."""
        return [placing.choice.score for placing in self.placings if placing.choice]

    def of(self, citizen_id: str) -> Placing:
        """What a citizen got; raises `Refused` for one who is not there."""
        found = [placing for placing in self.placings if placing.citizen_id == citizen_id]
        if not found:
            raise Refused("citizen_id", N_("{value!r} is not in this list."), value=citizen_id)
        return found[0]

    def unmoved(self, before: "Assignment") -> dict[str, bool]:
        """For each citizen who had a task and is still there: whether they keep it."""
        now, had = self.tasks, before.tasks
        there = (placing.citizen_id for placing in self.placings)
        return {name: now.get(name) == had[name] for name in there if name in had}


def assign(
    people: Iterable[Citizen],
    catalogue: Catalogue,
    on: date | None = None,
    policy: Policy | None = None,
    before: Assignment | None = None,
    own: OwnProposals = NOBODY_SUGGESTED,
    has: OwnProposals = NOBODY_SUGGESTED,
    told: Assignment | None = None,
    kept: Assignment | None = None,
) -> Assignment:
    """The most citizens placed, then the largest smallest score, then the largest sum.

    The places are the orders' own. The same café in another order of rows gets the same assignment. With
    `before`, the assignment that held until somebody left or came, at least four in five of those still there
    keep their task, or as many as can while everybody placeable is placed. `own` says what each citizen is
    suggested for already, which costs their own pair nothing, and `has` what each has said yes to, which is
    theirs already and not offered again. With `told`, an assignment that was made from `before` on, nobody is
    given anything else than there, and who cannot have the task any more has none. With `kept`, everybody
    there keeps the task they had in it where they still can, in the order of its placings where places have
    become fewer, and only what is left is given to the others. Raises `Refused` when a citizen stands twice.
    """
    room = sorted(people, key=lambda person: (person.waiting_since or date.max, person.id))
    require_once(room)
    day = day_or_today(on)
    numbers = policy or Policy.default()
    seen = [_offered_to(person.id, catalogue, own, has) for person in room]
    found = [assess(one, theirs.columns, day, numbers) for one, theirs in zip(room, seen, strict=True)]
    cafe = _Cafe(catalogue, found, _rows(room, catalogue, kept or before))
    return Assignment(tuple(cafe.placings(told, kept)))


def _rows(room: Iterable[Citizen], catalogue: Catalogue, given: Assignment | None) -> list[int]:
    """The row of each citizen's task, or `NOBODY`."""
    had = given.tasks if given else {}
    return [catalogue.row(had[person.id]) if had.get(person.id) in catalogue else NOBODY for person in room]


def _offered_to(citizen_id: str, catalogue: Catalogue, own: OwnProposals, has: OwnProposals) -> Catalogue:
    theirs = [id_ for id_ in has.get(citizen_id, ()) if id_ in catalogue]
    offered = catalogue.without_orders(theirs) if theirs else catalogue
    return without_own(offered, own.get(citizen_id, ()))


def talks_to_hold(
    assignment: Assignment, each: int = 3, slots: int | None = None, before: TalkPlan | None = None
) -> list[Talk]:
    """Whom every citizen meets: the employer of their task, then those of their next best ones.

    A citizen has `each` talks at most, and talks beyond the first are held as far as neither side has more
    than `slots`. Where `slots` leave time, an employer whom nobody would meet is met all the same, by those
    of fewest talks whom something of theirs suits: one of them has a talk more than `each` for it. Talks that
    the plan `before` had come before new ones, so that few are called off. An employer whose id is not known
    is told by the order's.
    """
    assigned, suiting = own_talks(assignment), talks_in_turns(assignment)
    earlier = [talk for talk in suiting if before and talk in before.slot_of]
    limit = inf if slots is None else slots
    busy = Counter(party for talk in assigned for party in parties(talk))
    held = dict.fromkeys(assigned)
    for talk in earlier + suiting:
        citizen, employer = parties(talk)
        if talk not in held and busy[citizen] < min(each, limit) and busy[employer] < limit:
            held[talk] = None
            busy.update((citizen, employer))
    return (
        list(held) if slots is None else [*held, *_for_the_unmet(suiting, held.keys(), busy, slots, before)]
    )


def own_talks(assignment: Assignment) -> list[Talk]:
    """The talk of everybody who has a task with its employer."""
    return [
        Talk(placing.citizen_id, placing.choice.employer_id)
        for placing in assignment.placings
        if placing.choice
    ]


def talks_in_turns(assignment: Assignment) -> list[Talk]:
    """Every talk that suits: everybody's best first, and their next best before anybody's third."""
    return in_turns(
        [Talk(placing.citizen_id, employer) for employer in placing.employers]
        for placing in assignment.placings
    )


def in_turns(wishes: Iterable[Sequence[Talk]]) -> list[Talk]:
    """The talks of several who wish for them, best first: the first of each, then the second of each."""
    return [talk for turn in zip_longest(*wishes) for talk in turn if talk]


def _for_the_unmet(
    suiting: Sequence[Talk],
    held: Collection[Talk],
    busy: Mapping[Party, int],
    slots: int,
    before: TalkPlan | None,
) -> Iterator[Talk]:
    """A talk for each employer whom nobody meets yet, with whoever has the time and fewest talks."""
    met = {talk.employer_id for talk in held}
    talks_of = Counter(busy)
    for employer_id in dict.fromkeys(talk.employer_id for talk in suiting if talk.employer_id not in met):
        suited = [talk for talk in suiting if talk.employer_id == employer_id]
        had = [talk for talk in suited if talk in before.slot_of] if before else []
        talk = min(had or suited, key=lambda one: talks_of[parties(one)[0]])
        citizen = parties(talk)[0]
        if talks_of[citizen] < slots:
            talks_of[citizen] += 1
            yield talk


@dataclass(frozen=True)
class _Cafe:
    """The citizens of an afternoon, longest waiting first, against all its tasks."""

    catalogue: Catalogue
    found: list[Assessment]
    held: list[int]

    def placings(self, told: Assignment | None = None, kept: Assignment | None = None) -> Iterator[Placing]:
        taken = self._as_told(told) if told else self._paired(self._keeping(kept) if kept else {})
        for person, found in enumerate(self.found):
            fitting = _best_first(found, found.ranked, self.catalogue)
            row = taken[person]
            yield Placing(
                citizen_id=found.citizen.id,
                rank=None if row == NOBODY else fitting.index(row) + 1,
                why=self._why(person, fitting, taken),
                choices=tuple(self._choice(found, row) for row in fitting),
                possible=tuple(
                    self._possible(Pair(found, row))
                    for row in _best_first(found, found.asked, self.catalogue)
                ),
            )

    def _as_told(self, told: Assignment) -> list[int]:
        rows = _rows((found.citizen for found in self.found), self.catalogue, told)
        return [
            row if row != NOBODY and found.ranked[row] else NOBODY
            for found, row in zip(self.found, rows, strict=True)
        ]

    def _keeping(self, kept: Assignment) -> dict[int, int]:
        """The rows of those who keep what they had, by their place in the room."""
        place = {found.citizen.id: person for person, found in enumerate(self.found)}
        left = self.catalogue.columns.places.copy()
        rows: dict[int, int] = {}
        for person in (place[id_] for id_ in kept.tasks if id_ in place):
            row = self.held[person]
            if row != NOBODY and self.found[person].ranked[row] and left[row] > 0:
                rows[person] = row
                left[row] -= 1
        return rows

    def _paired(self, keeping: Mapping[int, int]) -> list[int]:
        """The row of each citizen's task; orders are taken by id, so that their rows do not matter."""
        by_id = sorted(range(len(self.catalogue.columns)), key=lambda row: self.catalogue.ids[row])
        column = {row: place for place, row in enumerate(by_id)} | {NOBODY: NOBODY}
        points = np.array([_millionths(found)[by_id] for found in self.found], np.int64)
        places = self.catalogue.columns.places[by_id]
        for person, row in keeping.items():
            points[person] = NOBODY
            places[column[row]] -= 1
        columns = pair_up(points, places, [column[row] for row in self.held])
        given = [by_id[place] if place != NOBODY else NOBODY for place in columns]
        return [keeping.get(person, row) for person, row in enumerate(given)]

    def _why(self, person: int, fitting: list[int], taken: list[int]) -> Why:
        if not fitting:
            return Why.NOTHING_FITS
        first, row = fitting[0], taken[person]
        if row == first:
            return Why.FIRST_CHOICE
        whole = self.found[person].whole_points
        if row != NOBODY and whole[row] == whole[first]:
            return Why.FITS_AS_WELL
        return self._why_not(person, first, taken)

    def _why_not(self, person: int, first: int, taken: list[int]) -> Why:
        """Why the first choice, which fits better by whole points, went to others."""
        own = _millionths(self.found[person])[first]
        there = [other for other, row in enumerate(taken) if row == first]
        lesser = [other for other in there if _millionths(self.found[other])[first] < own]
        spare = len(there) < int(self.catalogue.columns.places[first])
        if spare or any(self.held[other] == first for other in lesser):
            return Why.KEPT
        return Why.BEST_FOR_ALL if lesser else Why.PLACES_TAKEN

    def _choice(self, found: Assessment, row: int) -> Choice:
        score, points = float(found.parts.score[row]), int(found.whole_points[row])
        return Choice(self.catalogue.ids[row], self._employer(row), self._title(row), score, points)

    def _possible(self, pair: Pair) -> Possible:
        return Possible(self.catalogue.ids[pair.row], self._title(pair.row), pair.score, pair.questions)

    def _employer(self, row: int) -> str:
        return self.catalogue.employer_ids[row] or self.catalogue.ids[row]

    def _title(self, row: int) -> str:
        return self.catalogue.titles[row] or self.catalogue.ids[row]


def _best_first(found: Assessment, which: Flags, catalogue: Catalogue) -> list[int]:
    rows = np.flatnonzero(which)
    return order_rows(rows, found.whole_points[rows], found.orders.load[rows], catalogue.ids)


def _millionths(found: Assessment) -> Whole:
    """The score of every ranked pair in millionths of a point, and `NOBODY` for all others."""
    scores = np.where(found.ranked, found.parts.score, 0.0)
    return np.where(found.ranked, np.round(scores * MILLIONTHS).astype(np.int64), NOBODY)
