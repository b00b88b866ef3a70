"""Deadlines and card years reckoned a second time: without the product, zone tables or libraries.

Days are numbered from 1 January 1970, a moment is seconds since then. Summer time is the rule of the European
Union (directive 2000/84/EC): from 01:00 UTC on the last Sunday of March to 01:00 UTC on that of October.
Easter is that of Gauss, with the feasts reckoned from it.
"""

from collections.abc import Container
from functools import cache

HOUR, DAY = 3600, 86400


def day_number(year: int, month: int, day: int) -> int:
    """Days since 1 January 1970, by counting leap years and months."""
    years = range(1970, year)
    whole = sum(366 if leap(each) else 365 for each in years)
    months = [31, 29 if leap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return whole + sum(months[: month - 1]) + day - 1


def leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def weekday(number: int) -> int:
    """Monday is 0; 1 January 1970 was a Thursday."""
    return (number + 3) % 7


@cache
def summer(year: int) -> tuple[int, int]:
    starts, ends = (last_sunday(year, month) * DAY + HOUR for month in (3, 10))
    return starts, ends


def last_sunday(year: int, month: int) -> int:
    number = day_number(year, month, 31)
    return number - (weekday(number) + 1) % 7


def offset(seconds: int) -> int:
    """How far Danish clocks are ahead of UTC at a moment."""
    for year in range(2023, 2038):
        starts, ends = summer(year)
        if starts <= seconds < ends:
            return 2 * HOUR
    return HOUR


def local_day(seconds: int) -> int:
    return (seconds + offset(seconds)) // DAY


@cache
def days_off(year: int) -> frozenset[int]:
    """The ten public holidays, and 5 June, 24 and 31 December."""
    easter = easter_sunday(year)
    moving = {easter + days for days in (-3, -2, 0, 1, 39, 49, 50)}
    fixed = {
        day_number(year, month, day)
        for month, day in ((1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31))
    }
    return frozenset(moving | fixed)


def easter_sunday(year: int) -> int:
    """Gauss, for the years 1900 to 2099."""
    a, b, c = year % 19, year % 4, year % 7
    d = (19 * a + 24) % 30
    e = (2 * b + 4 * c + 6 * d + 5) % 7
    since_22_march = d + e
    if (d, e) == (29, 6) or ((d, e) == (28, 6) and a > 10):
        since_22_march -= 7
    return day_number(year, 3, 22) + since_22_march


@cache
def year_of(number: int) -> int:
    return next(year for year in range(1970, 2100) if number < day_number(year + 1, 1, 1))


def deadline(seconds: int, days: int, extra: Container[int] = ()) -> int:
    """The moment of 23:59 on the last of so many working days after the day of receipt."""
    number = local_day(seconds)
    while days:
        number += 1
        off = weekday(number) >= 5 or number in days_off(year_of(number)) or number in extra
        days -= not off
    # a clock is never put forward or back at 23:59
    midday = number * DAY + 12 * HOUR
    return number * DAY + 23 * HOUR + 59 * 60 - offset(midday)


def card_year(seconds: int) -> int:
    """The calendar year whose earnings limit a moment falls under."""
    return year_of(local_day(seconds))


def weeks_left(seconds: int) -> int:
    """The weeks of the card year from the day of a moment to its last day, a begun one counted whole."""
    days = day_number(card_year(seconds) + 1, 1, 1) - local_day(seconds)
    return -(-days // 7)
