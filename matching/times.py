"""When in the week somebody can come, and when a task is to be done.

Written as in a note from a telephone call: "fri 9-12", "mon 10-14:30". An overlap counts when it lasts an
hour, or the whole of a task that is shorter.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from geo import Refused, UnknownCode
from geo.errors import N_

ENOUGH_MINUTES = 60
"""An overlap this long counts, however long the task lasts."""

DENMARK_TIME = ZoneInfo("Europe/Copenhagen")
"""The clock that days are reckoned by."""


class Weekday(StrEnum):
    """The days of the week, Monday first."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


_SLOT = re.compile(r"(?P<day>\w+)\s+(?P<start>\d{1,2}(?:[:.]\d{2})?)\s*[-–]\s*(?P<end>\d{1,2}(?:[:.]\d{2})?)")


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A stretch of one weekday, in minutes from midnight; the end is not part of it."""

    day: Weekday
    start: int
    end: int

    @classmethod
    def parse(cls, text: str, field: str = "times") -> "Slot":
        """Read "fri 9-12" or "mon 10-14:30"; raises `Refused` for anything else."""
        found = _SLOT.fullmatch(text.strip().lower()) if isinstance(text, str) else None
        if not found:
            problem = N_("{value!r} is not a time of the week.")
            raise Refused(field, problem, N_('Write it like "fri 9-12".'), value=text)
        if found["day"] not in set(Weekday):
            raise UnknownCode(field, found["day"], Weekday)
        start, end = _minutes(found["start"]), _minutes(found["end"])
        if not 0 <= start < end <= 24 * 60:
            remedy = N_(
                'It ends after it starts, at 24 at the latest. Split a night: "fri 22-24", "sat 0-2".'
            )
            raise Refused(field, N_("{value!r} does not run forward within one day."), remedy, value=text)
        return cls(Weekday(found["day"]), start, end)

    @property
    def hours(self) -> str:
        """The stretch of the day: "9-12:30"."""
        return f"{_clock(self.start)}-{_clock(self.end)}"

    def is_kept_in(self, free: "Slot") -> bool:
        """Whether enough of this stretch lies in a free one: an hour, or all of what is shorter."""
        shared = min(self.end, free.end) - max(self.start, free.start)
        return self.day is free.day and shared >= min(ENOUGH_MINUTES, self.end - self.start)

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.end - self.start

    def __str__(self) -> str:
        """The way it is written: "fri 9-12:30"."""
        return f"{self.day} {self.hours}"


def merged(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """The same time of the week in as few stretches as can be, in the order of the days."""
    found: list[Slot] = []
    for slot in sorted(slots, key=lambda slot: (list(Weekday).index(slot.day), slot.start)):
        last = found[-1] if found else None
        if last and last.day is slot.day and slot.start <= last.end:
            found[-1] = Slot(slot.day, last.start, max(last.end, slot.end))
        else:
            found.append(slot)
    return tuple(found)


def shared_minutes(slots: Iterable[Slot], others: Iterable[Slot]) -> int:
    """How much of a week lies in both, however either is written."""
    free = merged(others)
    return sum(
        max(0, min(slot.end, other.end) - max(slot.start, other.start))
        for slot in merged(slots)
        for other in free
        if slot.day is other.day
    )


def _minutes(clock: str) -> int:
    hour, _, minute = clock.replace(".", ":").partition(":")
    within_hour = int(minute or 0)
    # an impossible minute is turned into an impossible slot, which `parse` refuses
    return int(hour) * 60 + within_hour if within_hour < 60 else -1


def _clock(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}" if minute else str(hour)


_WEEK = re.compile(r"\d{4}-?W\d{2}(?!-?\d)")
"""A week of ISO 8601 without its day, which Python takes for its Monday."""


def parse_slots(values: object, field: str) -> tuple[Slot, ...]:
    """Answer slots in the order given; a lone one counts as a list of one."""
    listed = [values] if isinstance(values, str | Slot) else values
    if not isinstance(listed, Iterable):
        remedy = N_('Write it like "fri 9-12".')
        raise Refused(field, N_("{value!r} is not a list of times."), remedy, value=values)
    return tuple(value if isinstance(value, Slot) else Slot.parse(value, field) for value in listed)


def parse_day(value: object, field: str) -> date | None:
    """Answer a day, or None for not known; a moment counts for the day that it has in Denmark.

    Text is read as ISO 8601 ("2026-12-01"); raises `Refused` for anything else. A year, a month or a week is
    no day, and nothing is guessed from it.
    """
    found = value
    if isinstance(found, str) and not _WEEK.match(found.strip()):
        try:
            found = datetime.fromisoformat(found.strip())
        except ValueError:
            found = value
    if isinstance(found, datetime) and found == found:
        return (found.astimezone(DENMARK_TIME) if found.tzinfo else found).date()
    if found is None or (isinstance(found, date) and not isinstance(found, datetime)):
        return found
    raise Refused(field, N_("{value!r} is not a date."), N_("Write it like 2026-12-01."), value=value)


def day_or_today(on: date | None) -> date:
    """The day that is meant: today in Denmark when none is given."""
    return parse_day(on, "on") or today_in_denmark()


def today_in_denmark() -> date:
    """The day that it is by the Danish clock."""
    return datetime.now(DENMARK_TIME).date()
