"""The contact deadline: so many working days after the municipality received a job order.

A working day is Monday to Friday, no Danish public holiday and no day off of the municipality's own. There is
no general legal definition of *hverdag*; Holstebro promises contact "inden for tre hverdage". The day of
receipt is not counted, and the last day counts to its end. All days are those of the Danish clock, whatever
zone a moment is given in.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import takewhile

import holidays

from geo import Refused
from geo.errors import N_
from matching.times import DENMARK_TIME

LAST_MINUTE = time(23, 59)
"""A deadline is this minute of its day, which is kept as long as it lasts."""

DAYS_AHEAD = 1000
"""A deadline further away than this is none: every day in between is off."""

_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})")
_LEAP_YEAR = 2024


@dataclass(frozen=True, order=True, slots=True)
class MonthDay:
    """A day of every year, such as 24 December; 29 February comes in leap years only."""

    month: int
    day: int

    @classmethod
    def parse(cls, text: str, field: str) -> "MonthDay":
        """Read "12-24", month first as in a date; raises `Refused` for what is no day of the year."""
        found = _MONTH_DAY.fullmatch(text.strip())
        try:
            day = date(_LEAP_YEAR, int(found[1]), int(found[2])) if found else None
        except ValueError:
            day = None
        if day is None:
            remedy = N_("Write month and day, like 12-24.")
            raise Refused(field, N_("{value!r} is not a day of the year."), remedy, value=text)
        return cls(day.month, day.day)

    def __str__(self) -> str:
        """The way it is written: "12-24"."""
        return f"{self.month:02}-{self.day:02}"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days that one municipality works: `yearly` days off recur, `single` ones do not."""

    yearly: frozenset[MonthDay] = frozenset()
    single: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether the day counts."""
        return (
            day.weekday() < 5
            and day not in self.single
            and MonthDay(day.month, day.day) not in self.yearly
            and day not in public_holidays(day.year)
        )

    def working_day_of(self, day: date) -> date | None:
        """The working day that a day belongs to: itself, or the next for a day off; None when none comes."""
        return day if self.is_working_day(day) else next(self.after(day), None)

    def in_one_working_day(self, one: datetime, other: datetime) -> bool:
        """Whether two moments belong to the same working day: what is done in one can be undone in it."""
        return self.working_day_of(day_of(one)) == self.working_day_of(day_of(other))

    def after(self, day: date) -> Iterator[date]:
        """The working days after a day, in order; ends when none comes within `DAYS_AHEAD` days."""
        last = day
        while (day - last).days < DAYS_AHEAD:
            day += timedelta(days=1)
            if self.is_working_day(day):
                last = day
                yield day


@dataclass(frozen=True, kw_only=True)
class Pause:
    """A stretch in which a clock stands still, and why; it runs until it is ended."""

    since: datetime
    until: datetime | None = None
    reason: str = field(default="", repr=False)

    def covers(self, moment: datetime) -> bool:
        """Whether the clock stands still at a moment."""
        return self.since <= moment and (self.until is None or moment < self.until)


def contact_deadline(
    received_at: datetime, days: int, calendar: Calendar, pauses: Sequence[Pause] = ()
) -> datetime | None:
    """The last minute of the last working day, on the Danish clock.

    A working day counts when the clock runs at its end: a pause over the night takes out the days it began
    on and lasted through, one within a day takes out none. None while a pause that has no end keeps the
    deadline open. Raises `ValueError` for a moment without a zone.
    """
    left = days
    for day in calendar.after(day_of(received_at)):
        end = end_of(day)
        if any(pause.until is None and pause.since <= end for pause in pauses):
            return None
        if any(pause.covers(end) for pause in pauses):
            continue
        left -= 1
        if left == 0:
            return end
    return None


def working_days_left(at: datetime, deadline: datetime, calendar: Calendar) -> int:
    """How many working days come after today's, up to and with that of the deadline; 0 on the day itself.

    Today counts for nothing, as the day of receipt does. Raises `ValueError` for a moment without a zone.
    """
    last = day_of(deadline)
    return sum(1 for _ in takewhile(lambda day: day <= last, calendar.after(day_of(at))))


def day_of(moment: datetime) -> date:
    """The day that a moment has in Denmark; raises `ValueError` for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(DENMARK_TIME).date()


def start_of(day: date) -> datetime:
    """The first moment of a day in Denmark, in UTC."""
    return datetime.combine(day, time(), DENMARK_TIME).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The last minute of a day in Denmark: what is to be done by a day is done by then."""
    return datetime.combine(day, LAST_MINUTE, DENMARK_TIME)


def has_passed(deadline: datetime, at: datetime) -> bool:
    """Whether the minute of a deadline is over: with it ends the day by which something is to be done.

    >>> day = date(2026, 11, 26)
    >>> has_passed(end_of(day), datetime(2026, 11, 26, 23, 59, 59, tzinfo=DENMARK_TIME))
    False
    >>> has_passed(end_of(day), start_of(date(2026, 11, 27)))
    True
    """
    return at >= deadline + timedelta(minutes=1)


@lru_cache(maxsize=100)
def public_holidays(year: int) -> frozenset[date]:
    """The Danish public holidays of a year; Store Bededag is none from 2024."""
    return frozenset(holidays.country_holidays("DK", years=year))
