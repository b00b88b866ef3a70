"""A plan of talks made anew, when somebody has left or come: whoever stays meets whom they were told.

Their sheets are printed, so that no talk they were told is moved for anybody. Who was told nothing yet gets
talks in the time that is free; who was has one talk more only, for an employer whom nobody else would meet.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from matching.assignment import Assignment, own_talks, talks_in_turns, talks_to_hold
from matching.talks import Talk, TalkPlan, parties, plan_talks, require_room


def keep_talks(assignment: Assignment, told: TalkPlan, slots: int, each: int = 3) -> TalkPlan:
    """The talks that were told, of those who stay and employers who still suit them, each in its slot.

    Whoever has got a task since meets its employer where both are free; `each` is how many talks somebody has
    who was told none, and a talk that was told and cannot be held is made up for. Raises `Refused` when the
    talks about the tasks themselves do not fit into the `slots`.
    """
    require_room(own_talks(assignment), slots)
    suiting = talks_in_turns(assignment)
    holds = set(suiting)
    held = {talk: slot for talk, slot in told.slot_of.items() if talk in holds and slot < slots}
    if not held:
        return plan_talks(talks_to_hold(assignment, each, slots), slots)
    afternoon = _Afternoon(slots, told.slots, dict(held))
    for talk in own_talks(assignment):
        afternoon.hold(talk)
    had = Counter(talk.citizen_id for talk in told.slot_of)
    for talk in suiting:
        if afternoon.talks_of(talk.citizen_id) < had.get(talk.citizen_id, each):
            afternoon.hold(talk)
    _meet_the_unmet(afternoon, suiting)
    return TalkPlan(max(afternoon.slot_of.values()) + 1, afternoon.slot_of)


def free_talks(plan: TalkPlan, wishes: Sequence[Talk], each: int, slots: int) -> dict[Talk, int]:
    """Talks that could still be held in the `slots`, at most `each` a citizen and no slot to two.

    `wishes` are told best first; who is earlier among them chooses first.
    """
    afternoon = _Afternoon(max(slots, plan.slots), plan.slots, dict(plan.slot_of))
    offered: Counter[str] = Counter()
    for talk in wishes:
        if offered[talk.citizen_id] < each and afternoon.hold(talk):
            offered[talk.citizen_id] += 1
    return {talk: slot for talk, slot in afternoon.slot_of.items() if talk not in plan.slot_of}


def _meet_the_unmet(afternoon: "_Afternoon", suiting: Iterable[Talk]) -> None:
    """One talk for each employer whom nobody meets, with who has fewest; nobody has two for that."""
    by_employer: dict[str, list[Talk]] = {}
    for talk in suiting:
        by_employer.setdefault(talk.employer_id, []).append(talk)
    met = {talk.employer_id for talk in afternoon.slot_of}
    helped: set[str] = set()
    for employer_id, talks in by_employer.items():
        if employer_id in met:
            continue
        willing = [talk for talk in talks if talk.citizen_id not in helped]
        fewest_first = sorted(willing, key=lambda talk: afternoon.talks_of(talk.citizen_id))
        helped |= {talk.citizen_id for talk in _first(afternoon, fewest_first)}


def _first(afternoon: "_Afternoon", talks: Iterable[Talk]) -> Iterator[Talk]:
    for talk in talks:
        if afternoon.hold(talk):
            yield talk
            return


@dataclass(frozen=True)
class _Afternoon:
    """Who is where when. `shown` slots are on paper already, and are filled before any later one."""

    slots: int
    shown: int
    slot_of: dict[Talk, int]

    def talks_of(self, citizen_id: str) -> int:
        return sum(talk.citizen_id == citizen_id for talk in self.slot_of)

    def hold(self, talk: Talk) -> bool:
        """Put a talk that is not held where both are free, the emptiest slot first; False where none is."""
        if talk in self.slot_of:
            return False
        taken = {slot for other, slot in self.slot_of.items() if {*parties(talk)} & {*parties(other)}}
        used = Counter(self.slot_of.values())
        free = [slot for slot in range(self.slots) if slot not in taken]
        if not free:
            return False
        self.slot_of[talk] = min(free, key=lambda slot: (slot >= self.shown, used[slot], slot))
        return True
