"""Days as people say them, in Danish and in English: i morgen, på fredag, 1/12, 1. december, om en uge.

Only what somebody types into a form is read so, as of the day on which it is sent; a file says whole dates.
What can mean two days is refused with both, and whoever keeps a day shows it back whole, with its weekday.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum

from api.exchange import values
from api.exchange.values import Given
from geo import Refused
from geo.errors import N_
from matching.times import today_in_denmark


class Side(Enum):
    """On which side of today a field looks where nobody says a year: a deadline ahead, a *since* back."""

    AHEAD = 1
    BACK = -1
    EITHER = 0


SLIP_DAYS = 60
"""A day this near on the other side of today may be meant as well, and is asked about (judgement)."""

FAR_DAYS = 120
"""Further off than this on both sides of today, neither side goes without saying (judgement)."""

_NEAR = {
    **dict.fromkeys(("i dag", "idag", "today"), 0),
    **dict.fromkeys(("i morgen", "imorgen", "tomorrow"), 1),
    **dict.fromkeys(("i overmorgen", "overmorgen", "the day after tomorrow", "day after tomorrow"), 2),
    **dict.fromkeys(("i går", "igår", "yesterday"), -1),
    **dict.fromkeys(("i forgårs", "forgårs", "the day before yesterday", "day before yesterday"), -2),
}
_WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            ("mandag", "man", "monday", "mon"),
            ("tirsdag", "tirs", "tir", "tuesday", "tues", "tue"),
            ("onsdag", "ons", "wednesday", "wed"),
            ("torsdag", "tors", "tor", "thursday", "thurs", "thur", "thu"),
            ("fredag", "fre", "friday", "fri"),
            ("lørdag", "lør", "saturday", "sat"),
            ("søndag", "søn", "sunday", "sun"),
        )
    )
    for word in words
}
_WEEKDAY = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_ON = re.compile(rf"(?:(?P<which>\w+) )?(?P<day>{_WEEKDAY})s?\.?")
_DATED = re.compile(rf"(?:på |on )?(?P<day>{_WEEKDAY})\.?,?(?: den| d\.?| the)? (?P<rest>.*\d.*)")
_WHICH = {
    **dict.fromkeys(("", "denne", "on"), None),
    **dict.fromkeys(("på", "kommende", "førstkommende", "this", "coming", "næste", "next"), Side.AHEAD),
    **dict.fromkeys(("i", "sidste", "last"), Side.BACK),
}
_OF_A_WEEK = frozenset({"næste", "next", "sidste", "last"})
"""Words that some say of the nearest such day and others of another week's."""

_MONTHS = (
    ("januar", "january"),
    ("februar", "february"),
    ("marts", "march"),
    ("april",),
    ("maj", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("august",),
    ("september",),
    ("oktober", "october"),
    ("november",),
    ("december",),
)
_ORDINAL = r"(?:\.|st|nd|rd|th)?"
_NUMBERS = re.compile(r"(?P<day>\d{1,2})[-./ ](?P<month>\d{1,2})\.?")
_NAMED = re.compile(
    rf"(?P<day>\d{{1,2}}){_ORDINAL} ?(?:of )?(?P<month>[a-z]{{3,9}})\.?(?:,? (?P<year>\d{{4}}))?"
)
_NAMED_FIRST = re.compile(
    rf"(?P<month>[a-z]{{3,9}})\.? (?P<day>\d{{1,2}}){_ORDINAL}(?:,? (?P<year>\d{{4}}))?"
)

_COUNTS = {
    **dict.fromkeys(("en", "et", "én", "ét", "a", "an", "one"), 1),
    **dict.fromkeys(("to", "two"), 2),
    **dict.fromkeys(("tre", "three"), 3),
    **dict.fromkeys(("fire", "four"), 4),
    **dict.fromkeys(("fem", "five"), 5),
    **dict.fromkeys(("seks", "six"), 6),
}
_AWAY = r"(?P<count>\d{1,2}|\w{1,5}) (?P<unit>dage?|uger?|måned(?:er)?|days?|weeks?|months?)"
_IN = re.compile(rf"(?:om|in) {_AWAY}")
_AGO = re.compile(rf"(?:for )?{_AWAY} (?:siden|ago)")


def day_ahead(given: Given) -> date | None:
    """The day that a field for what is to come says; None when blank, raises `Refused` for what is none."""
    return _day(given, Side.AHEAD)


def day_back(given: Given) -> date | None:
    """The day that a field for what has been says; None when blank, raises `Refused` for what is none."""
    return _day(given, Side.BACK)


def day_near(given: Given) -> date | None:
    """The day that a field for either says; None when blank, raises `Refused` for what is none."""
    return _day(given, Side.EITHER)


def _day(given: Given, side: Side) -> date | None:
    """A whole date as files say it, or else a day as people do."""
    try:
        return values.day(given)
    except Refused:
        found = _said(given, given.text.casefold(), side, today_in_denmark())
        if found is None:
            raise
        return found


def _said(given: Given, text: str, side: Side, today: date) -> date | None:
    plain = re.sub(r"^(?:den|d\.|the) ", "", text) if text not in _NEAR else text
    for read in (_near, _weekday, _away, _dated, _in_year):
        if found := read(given, plain, side, today):
            return found
    return None


def _near(_given: Given, text: str, _side: Side, today: date) -> date | None:
    return today + timedelta(days=_NEAR[text]) if text in _NEAR else None


def _weekday(given: Given, text: str, side: Side, today: date) -> date | None:
    """The next such day after today, or the last before it; `next Friday` only where both readings agree."""
    found = _ON.fullmatch(text)
    which = (found["which"] or "") if found else ""
    if not found or which not in _WHICH:
        return None
    weekday = _WEEKDAYS[found["day"]]
    back = (_WHICH[which] or side) is Side.BACK
    day = today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1) if back else _next(weekday, today)
    if which in _OF_A_WEEK and day.isocalendar()[:2] == today.isocalendar()[:2]:
        raise _two_days(given, day, day + timedelta(days=-7 if back else 7))
    return day


def _next(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _away(_given: Given, text: str, _side: Side, today: date) -> date | None:
    """So many days, weeks or months from today: *om en uge*, *for 2 uger siden*."""
    ahead, ago = _IN.fullmatch(text), _AGO.fullmatch(text)
    if not (found := ahead or ago):
        return None
    said = found["count"]
    count = int(said) if said.isdecimal() else _COUNTS.get(said)
    return None if count is None else _moved(today, count if ahead else -count, found["unit"][0])


def _moved(today: date, count: int, unit: str) -> date:
    """The day that many units away; a month that is too short ends before."""
    if unit != "m":
        return today + timedelta(days=count * (1 if unit == "d" else 7))
    years, month = divmod(today.month - 1 + count, 12)
    year = today.year + years
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _dated(given: Given, text: str, side: Side, today: date) -> date | None:
    """A date with its weekday, which has to be the date's own: a slip in one of them is told."""
    if not (found := _DATED.fullmatch(text)):
        return None
    try:
        day = values.day(Given.typed(given.field, found["rest"]))
    except Refused:
        day = _in_year(given, found["rest"], side, today)
    if day and day.weekday() != _WEEKDAYS[found["day"]]:
        problem = N_("{value!r}: the date is another day of the week.")
        raise given.refused(problem, N_("Look in the calendar, and write one of them."))
    return day


def _in_year(given: Given, text: str, side: Side, today: date) -> date | None:
    """A day and a month, with or without a year."""
    found = _NUMBERS.fullmatch(text) or _NAMED.fullmatch(text) or _NAMED_FIRST.fullmatch(text)
    month = _month(found["month"]) if found else None
    if not found or not month:
        return None
    number, year = int(found["day"]), found.groupdict().get("year")
    if year:
        return next(_days(month, number, range(int(year), int(year) + 1)), None)
    around = list(_days(month, number, range(today.year - 1, today.year + 2)))
    ahead = next((day for day in around if day >= today), None)
    back = next((day for day in reversed(around) if day <= today), None)
    return _chosen(given, ahead, back, side, today) if ahead and back else None


def _chosen(given: Given, ahead: date, back: date, side: Side, today: date) -> date:
    """The day on the field's side of today; raises `Refused` with both where the other one is as likely."""
    to_come, gone = (ahead - today).days, (today - back).days
    if side is Side.EITHER:
        if min(to_come, gone) > FAR_DAYS:
            raise _two_days(given, back, ahead)
        return ahead if to_come <= gone else back
    meant, away = (ahead, gone) if side is Side.AHEAD else (back, to_come)
    if meant != today and away <= SLIP_DAYS:
        raise _two_days(given, back, ahead)
    return meant


def _month(word: str) -> int | None:
    if word.isdecimal():
        return int(word) if 1 <= int(word) <= 12 else None
    return next(
        (at for at, names in enumerate(_MONTHS, 1) if any(name.startswith(word) for name in names)), None
    )


def _days(month: int, number: int, years: range) -> Iterator[date]:
    """That day of each year which has it; a year out of any calendar has none."""
    for year in years:
        if 1950 <= year <= 2100 and 1 <= number <= monthrange(year, month)[1]:
            yield date(year, month, number)


def _two_days(given: Given, one: date, other: date) -> Refused:
    return given.refused(
        N_("{value!r} can be {one} or {other}."), N_("Write the whole date."), one=one, other=other
    )
