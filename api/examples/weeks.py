"""Times of the week at which made-up tasks lie and made-up people are free."""

from collections.abc import Iterable
from functools import cache

from matching.times import Slot, Weekday
from matching.vocabulary import Answer, Demand

EARLY_MINUTES, EVENING_MINUTES = 8 * 60, 18 * 60
"""An early start is one before 08:00; what goes on after 18:00 is in the evening."""

WORKING_DAYS = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI)


@cache
def _working_day(day: Weekday, start: int, hours: int) -> Slot:
    return Slot(day, start * 60, (start + hours) * 60)


def timetable(which: float, long: float, *, early: bool = False) -> tuple[Slot, ...]:
    """One or two slots of the same length on different working days, settled by two numbers from 0 to 1.

    A task begins at 6 when it is an early one, else at 8 to 13; it lasts one to four hours.
    """
    spread = int(which * 60)
    start = 6 if early else 8 + spread // 10
    hours = 1 + int(long * 4)
    first = spread % 5
    days = (first,) if spread % 2 else tuple(sorted((first, (first + 2) % 5)))
    return tuple(_working_day(WORKING_DAYS[day], start, hours) for day in days)


def free_time(which: float, long: float) -> tuple[Slot, ...]:
    """The same days as a task would have, from 9, for three to six hours."""
    days = (slot.day for slot in timetable(which, long))
    return tuple(_working_day(day, 9, 3 + int(long * 4)) for day in days)


def told_by_times(times: Iterable[Slot]) -> dict[Demand, Answer]:
    """Whether a task starts early or lies in the evening, as its times say; nothing without times."""
    listed = tuple(times)
    if not listed:
        return {}
    early = any(slot.start < EARLY_MINUTES for slot in listed)
    late = any(slot.end > EVENING_MINUTES for slot in listed)
    return {
        Demand.EARLY_START: Answer.YES if early else Answer.NO,
        Demand.EVENING_OR_NIGHT: Answer.YES if late else Answer.NO,
    }
