"""Numbers as Danes write them, in forms and in files: '1.234,50', '20.000 kr.', '120 kr./t', '2,5 timer'.

Every number somebody types is read here, so that a form takes what a spreadsheet takes. What can mean two
numbers is refused with how to write either; a word for another unit ("2 timer" where minutes are asked for)
makes it no number of this kind. A blank is unknown and gives None. What cannot be read raises `Refused`.
"""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

from api.exchange.values import Given
from geo import Refused
from geo.errors import N_

_DANISH = re.compile(r"-?[1-9]\d{0,2}(?:[. ]\d{3})+(?:,\d+)?|-?\d+(?:,\d+)?")
_POINT = re.compile(r"-?\d+\.\d+")
_POINT_THEN_THREE = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
_COMMA_THEN_THREE = re.compile(r"-?[1-9]\d{0,2},\d{3}")


@dataclass(frozen=True, slots=True)
class _Unit:
    """What may stand around a number of one kind, how one is written, and whether it has two decimals."""

    around: re.Pattern[str]
    remedy: str
    two_decimals: bool = False

    def without(self, written: str) -> str:
        return self.around.sub("", written).strip()


def _unit(before: str, after: str, remedy: str, two_decimals: bool = False) -> _Unit:
    around = rf"^(?:{before})\s*(?=[-\d])|(?<=[\d, ])(?:{after})$"
    return _Unit(re.compile(around, re.IGNORECASE), remedy, two_decimals)


_NOTHING = "(?!)"
_KRONER = r"(?:,--?)?\s*(?:kr|dkk|kroner)?\.?"
_AN_HOUR = r"(?:\s*(?:/|pr\.?|i|per|an)?\s*(?:timen?|t|hour|h)\.?)?"
_A_WEEK = r"(?:\s*(?:/|om|pr\.?|per|a)?\s*(?:ugen?|week))?"

_PLAIN = _unit(_NOTHING, _NOTHING, N_("Write it like 1.234,50."))
_MONEY = _unit(r"kr\.?|dkk", _KRONER, N_("Write it like 1.234,50."), two_decimals=True)
_PAY = _unit(r"kr\.?|dkk", _KRONER + _AN_HOUR, N_("Write kroner for an hour, like 152,75."))
_HOURS = _unit(_NOTHING, rf"(?:timer?|t|hours?|h)\.?{_A_WEEK}", N_("Write hours in a week, like 7,5."))
_MINUTES = _unit(_NOTHING, r"min(?:ut|utter|utes?)?\.?", N_("Write minutes, like 45."))
_KILOMETRES = _unit(_NOTHING, r"(?:km|kilomet(?:er|res?))\.?", N_("Write kilometres, like 7,5."))
_PLACES = _unit(_NOTHING, r"(?:plads(?:er)?|person(?:er)?|places?|people)", N_("Give a whole number."))


def number(given: Given) -> float | None:
    """A number from 0 up without a unit: '1.234,50', '152,75', '2.5'; None when blank.

    '1.234' is refused: thousands in Denmark, decimals elsewhere.
    """
    return _read(given, _PLAIN)


def money(given: Given) -> float | None:
    """Kroner: '20.000', '1.234,50', 'kr. 120', '150,-'.

    Money has two decimals at most, so three digits behind a point are thousands; behind a comma they are
    refused, as thousands in English and decimals in Danish.
    """
    return _read(given, _MONEY)


def pay_per_hour(given: Given) -> float | None:
    """Kroner for an hour: '152,75', '120 kr./t', '140 kr. i timen'.

    '1.234' is refused: thousands are as odd for an hour as three decimals are.
    """
    return _read(given, _PAY)


def hours_per_week(given: Given) -> float | None:
    """Hours, at most the 168 a week has: '7,5', '3 timer om ugen'."""
    hours = _read(given, _HOURS)
    if hours is not None and hours > 168:
        raise given.refused(N_("{value!r} is more hours than a week has."), N_("Give hours per week."))
    return hours


def minutes(given: Given) -> float | None:
    """Minutes: '45', '45 min.'."""
    return _read(given, _MINUTES)


def kilometres(given: Given) -> float | None:
    """Kilometres: '7,5', '5 km'."""
    return _read(given, _KILOMETRES)


def count(given: Given) -> int | None:
    """A whole number of places from 0 up: '2', '2 personer'."""
    found = _read(given, _PLACES)
    if found is None:
        return None
    if found != int(found) or found > 10_000:
        raise given.refused(N_("{value!r} is not a number of places."), _PLACES.remedy)
    return int(found)


def _read(given: Given, unit: _Unit) -> float | None:
    if isinstance(given.cell, bool | date | time | timedelta):
        raise given.refused(N_("{value!r} is not a number."), unit.remedy)
    if not given.text:
        return None
    if isinstance(given.cell, float | int):
        found = float(given.cell)
    else:
        found = _number_of(given, unit.without(given.text), unit)
    if not 0 <= found < 1e12:
        raise given.refused(
            N_("{value!r} is out of range."), N_("Give a number from 0 up, or leave it blank.")
        )
    return found


def _number_of(given: Given, written: str, unit: _Unit) -> float:
    if _POINT_THEN_THREE.fullmatch(written) and not unit.two_decimals:
        raise _two_readings(given, written.replace(".", ""), written.replace(".", ","))
    if _COMMA_THEN_THREE.fullmatch(written) and unit.two_decimals:
        raise _two_readings(given, written.replace(",", ""), written.rstrip("0").rstrip(","))
    if _DANISH.fullmatch(written) and written.isascii():
        return float(written.replace(".", "").replace(" ", "").replace(",", "."))
    if _POINT.fullmatch(written) and written.isascii():
        return float(written)
    raise given.refused(N_("{value!r} is not a number."), unit.remedy)


def _two_readings(given: Given, thousands: str, decimals: str) -> Refused:
    problem = N_("{value!r} can mean {thousands} or {decimals}.")
    remedy = N_("Write {thousands} or {decimals}.")
    return given.refused(problem, remedy, thousands=thousands, decimals=decimals)
