"""The short talks of an afternoon, laid into slots so that nobody is in two talks at once.

As many slots as the busiest party has talks are always enough (König 1916: the edges of a bipartite graph can
be coloured with as many colours as its largest degree). A talk without a common free slot makes room by
swapping two slots along one alternating path. A plan that is made anew starts from the slots there were.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

from geo import Refused
from geo.errors import N_

MOVED_SHARE = 0.2
"""The share of the citizens who may get another slot when a plan is made anew."""

Party = tuple[str, str]
"""A citizen or an employer, by kind and id: the two may have the same id."""


class Talk(NamedTuple):
    """A citizen and an employer who are to meet."""

    citizen_id: str
    employer_id: str


@dataclass(frozen=True)
class TalkPlan:
    """Which talk is in which slot, the first slot being 0; a slot without a talk is a pause."""

    slots: int
    slot_of: Mapping[Talk, int]

    def of_citizen(self, citizen_id: str) -> dict[int, str]:
        """The employers that a citizen meets, by slot."""
        found = {
            slot: talk.employer_id for talk, slot in self.slot_of.items() if talk.citizen_id == citizen_id
        }
        return dict(sorted(found.items()))

    def of_employer(self, employer_id: str) -> dict[int, str]:
        """The citizens that an employer meets, by slot."""
        found = {
            slot: talk.citizen_id for talk, slot in self.slot_of.items() if talk.employer_id == employer_id
        }
        return dict(sorted(found.items()))

    @property
    def at_once(self) -> list[int]:
        """How many talks there are in each slot."""
        used = Counter(self.slot_of.values())
        return [used[slot] for slot in range(self.slots)]

    @property
    def clashes(self) -> int:
        """How many talks too many somebody has at the same time."""
        there = Counter((party, slot) for talk, slot in self.slot_of.items() for party in parties(talk))
        return sum(times - 1 for times in there.values())

    def unmoved(self, before: "TalkPlan") -> dict[str, bool]:
        """For each citizen with a talk in both plans: whether all of those kept their slot."""
        same: dict[str, bool] = {}
        for talk in sorted(self.slot_of.keys() & before.slot_of.keys()):
            stays = self.slot_of[talk] == before.slot_of[talk]
            same[talk.citizen_id] = same.get(talk.citizen_id, True) and stays
        return same


def plan_talks(talks: Iterable[Talk], slots: int | None = None, before: TalkPlan | None = None) -> TalkPlan:
    """A plan without clashes: as many slots as the busiest party has talks, evenly filled.

    With `before`, every talk that is still to be held keeps its slot while that can be; to let others in, no
    more than one in five of the citizens who had a talk is moved, and further slots are opened instead.
    `slots` is how many the afternoon has: raises `Refused` when they are too few.
    """
    wanted = sorted(set(talks))
    most = inf if slots is None else slots
    needed = require_room(wanted, most)
    had = {talk: slot for talk, slot in before.slot_of.items() if slot < most} if before else {}
    staying = [talk for talk in wanted if talk in had]
    board = _Board(max(needed, *(had[talk] + 1 for talk in staying), 0))
    for talk in staying:
        board.put(talk, had[talk])
    calm = _Calm(had, len({talk.citizen_id for talk in staying}), most) if before else None
    for talk in wanted:
        if talk not in board.slot_of:
            board.fit_in(talk, calm)
    if not before:
        board.spread()
    return TalkPlan(board.slots, {talk: board.slot_of[talk] for talk in wanted})


def require_room(talks: Iterable[Talk], slots: float) -> int:
    """How many talks the busiest party has; raises `Refused` when there are fewer slots."""
    needed = max(Counter(party for talk in talks for party in parties(talk)).values(), default=0)
    if needed > slots:
        remedy = N_("Make the talks shorter, or hold fewer of them.")
        problem = N_("Somebody has {needed} talks, but there are {value} slots.")
        raise Refused("slots", problem, remedy, value=slots, needed=needed)
    return needed


def parties(talk: Talk) -> tuple[Party, Party]:
    """The two who meet in a talk."""
    return ("citizen", talk.citizen_id), ("employer", talk.employer_id)


_Way = tuple[list[Talk], int, int]


@dataclass(frozen=True)
class _Calm:
    """What a plan that is made anew must not disturb: the slots so far, for this many citizens."""

    had: Mapping[Talk, int]
    citizens: int
    most_slots: float

    def broken(self, slot_of: Mapping[Talk, int], path: list[Talk]) -> bool:
        """Whether too many are moved once a path is swapped as well."""
        moved = {talk.citizen_id for talk, slot in slot_of.items() if self.had.get(talk, slot) != slot}
        swapped = {talk.citizen_id for talk in path if talk in self.had}
        return len(moved | swapped) > MOVED_SHARE * self.citizens


class _Board:
    """The slots of the afternoon and who is where, without clashes at every moment."""

    def __init__(self, slots: int) -> None:
        self.slots = slots
        self.slot_of: dict[Talk, int] = {}
        self._at: dict[Party, dict[int, Talk]] = {}
        self._used = [0] * slots

    def put(self, talk: Talk, slot: int) -> None:
        self.slot_of[talk] = slot
        self._used[slot] += 1
        for party in parties(talk):
            self._at.setdefault(party, {})[slot] = talk

    def fit_in(self, talk: Talk, calm: _Calm | None) -> None:
        """Put a talk where both are free, after moving as few others as one swap of two slots takes.

        Where that would break the calm, and the afternoon has room, a slot is opened for it instead.
        """
        citizen, employer = (self._free(party) for party in parties(talk))
        both = citizen & employer
        if both:
            self.put(talk, min(both, key=lambda slot: (self._used[slot], slot)))
            return
        ways = self._ways_in(talk, citizen, employer)
        path, slot, other = min(ways, key=lambda way: (len(way[0]), way[1:], way[0]))
        if calm and self.slots < calm.most_slots and calm.broken(self.slot_of, path):
            slot = self._open_slot()
        else:
            self._swap(path, slot, other)
        self.put(talk, slot)

    def _open_slot(self) -> int:
        self._used.append(0)
        self.slots += 1
        return self.slots - 1

    def spread(self) -> None:
        """Swap until no slot holds two talks more than another."""
        while self.slots:
            fullest = max(range(self.slots), key=lambda slot: (self._used[slot], -slot))
            emptiest = min(range(self.slots), key=lambda slot: (self._used[slot], slot))
            if self._used[fullest] - self._used[emptiest] < 2:
                return
            self._swap(self._surplus(fullest, emptiest), fullest, emptiest)

    def _free(self, party: Party) -> set[int]:
        return set(range(self.slots)) - self._at.get(party, {}).keys()

    def _ways_in(self, talk: Talk, citizen: set[int], employer: set[int]) -> Iterator[_Way]:
        """The paths whose swap frees the first of two slots for the talk.

        A path from one of the two never ends at the other: it would have to come by a slot free there.
        """
        ours, theirs = parties(talk)
        for mine in citizen:
            for yours in employer:
                yield self._path(theirs, mine, yours), mine, yours
                yield self._path(ours, yours, mine), yours, mine

    def _path(self, start: Party, first: int, second: int) -> list[Talk]:
        """The talks met from a party on by turns of two slots."""
        path: list[Talk] = []
        party, slot, other = start, first, second
        while (talk := self._at.get(party, {}).get(slot)) is not None:
            path.append(talk)
            here, there = parties(talk)
            party, slot, other = (there if party == here else here), other, slot
        return path

    def _surplus(self, fullest: int, emptiest: int) -> list[Talk]:
        """A path with one talk more in the fuller slot; there is one while its slot holds more talks."""
        starts = sorted(party for party, at in self._at.items() if fullest in at and emptiest not in at)
        paths = (self._path(party, fullest, emptiest) for party in starts)
        return next(path for path in paths if len(path) % 2)

    def _swap(self, path: list[Talk], one: int, other: int) -> None:
        moved = {talk: other if self.slot_of[talk] == one else one for talk in path}
        for talk in path:
            slot = self.slot_of.pop(talk)
            self._used[slot] -= 1
            for party in parties(talk):
                del self._at[party][slot]
        for talk, slot in moved.items():
            self.put(talk, slot)
