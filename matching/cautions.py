"""What a consultant should know before proposing a pair that no rule stops.

A caution never moves a pair: the earnings room may be filled elsewhere tomorrow, an employer who has not
spoken of a requirement may not have one, and one time of the week that fits is enough to talk about the rest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil

from matching.citizens import Needs
from matching.orders import Task
from matching.times import Slot, merged, shared_minutes
from matching.vocabulary import REQUIREMENTS, Answer, Demand

EARNINGS_ROOM, OUTSIDE_AVAILABILITY, CHECK = "earnings_room", "outside_availability", "check"

_REQUIREMENTS = tuple(demand for demand in Demand if demand in REQUIREMENTS)


@dataclass(frozen=True, slots=True)
class Caution:
    """A warning on an item: `earnings_room`, `outside_availability`, or `check:CODE` for what to ask."""

    rule: str


@dataclass(frozen=True, slots=True)
class EarningsCaution(Caution):
    """The pay until the end of the card's year, in kroner, beside the room that is left in it."""

    expected_dkk: float
    room_dkk: float
    hours_left: float
    """How many hours fit into the room at this pay."""


@dataclass(frozen=True, slots=True)
class PartOfTime:
    """A time of the task that what the citizen has said of that day covers in part only."""

    slot: Slot
    said: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class ShortOfHours:
    """The hours of the task's times that the citizen has said, beside those that it takes in a week."""

    said: float
    needed: float


@dataclass(frozen=True, slots=True)
class TimesCaution(Caution):
    """What of the task's time the citizen has not said that they can come; never all three empty.

    `times` are those with which nothing that was said overlaps, by the rule of the ranking. `parts` and
    `short` tell of a task that does not fit into what overlaps; see `times_caution`.
    """

    times: tuple[Slot, ...]
    parts: tuple[PartOfTime, ...] = ()
    short: ShortOfHours | None = None


def cautions(needs: Needs, task: Task, on: date) -> Iterator[Caution]:
    """The warnings of a pair: the earnings room, the times that do not fit, the requirements to check."""
    expected = expected_pay(task, on)
    room = needs.earnings_room_dkk
    if room is not None and expected is not None and task.pay_dkk_per_hour and expected > room:
        yield EarningsCaution(EARNINGS_ROOM, expected, room, room / task.pay_dkk_per_hour)
    if told := times_caution(needs, task):
        yield told
    for requirement in _REQUIREMENTS:
        if needs.abilities.get(requirement) is Answer.NO and requirement not in task.demands:
            yield Caution(f"{CHECK}:{requirement}")


def times_caution(needs: Needs, task: Task) -> TimesCaution | None:
    """What is to be said of when the citizen can come; None for who can come all the time, or said nothing.

    A task that takes fewer hours than its times are long ("two hours, some time between 8 and 16") fits
    where the citizen can come for as many hours; where nobody has said how many, it takes all of its times.
    """
    # who has said nothing of when they can come has left out no time
    if not needs.availability:
        return None
    outside = tuple(slot for slot in task.times if not _kept(slot, needs))
    hours, covered = task.hours_per_week, shared_minutes(task.times, needs.availability) / 60
    lasting = sum(slot.minutes for slot in merged(task.times)) / 60
    enough = covered >= (lasting if hours is None else min(hours, lasting))
    parts = () if enough else tuple(_parts(needs, task))
    short = None if enough or hours is None else ShortOfHours(covered, hours)
    return TimesCaution(OUTSIDE_AVAILABILITY, outside, parts, short) if outside or not enough else None


def _kept(slot: Slot, needs: Needs) -> bool:
    return any(slot.is_kept_in(free) for free in needs.availability)


def _parts(needs: Needs, task: Task) -> Iterator[PartOfTime]:
    free = merged(needs.availability)
    for slot in task.times:
        if _kept(slot, needs) and shared_minutes([slot], free) < slot.minutes:
            yield PartOfTime(slot, tuple(one for one in free if one.day is slot.day))


def expected_pay(task: Task, on: date) -> float | None:
    """Kroner that the task pays from `on` or its start to its end or the year's; None when not known.

    The room is that of one calendar year (Act 616/2024 § 1), so pay of a later year does not count. Weeks
    that are begun count whole.
    """
    if task.hours_per_week is None or task.pay_dkk_per_hour is None:
        return None
    first = max(on, task.starts_on or on)
    last = min(task.ends_on or date.max, date(on.year, 12, 31))
    weeks = max(0, ceil(((last - first).days + 1) / 7))
    return weeks * task.hours_per_week * task.pay_dkk_per_hour
