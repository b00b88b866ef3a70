"""Days that can be meant: a slip in a year is told before it is kept.

What may be written down afterwards, and what may be planned, is a matter of judgement and not of law: nobody
writes down a call of long ago, or plans one beyond the next year or two. What stands on file elsewhere, as a
last contact or since when somebody waits, can be older, and the end of a task further ahead.
"""

from datetime import date, timedelta

from geo import Refused
from geo.errors import N_

YEARS_BACK, YEARS_AHEAD, YEARS_ON_FILE = 5, 2, 30
_YEAR = timedelta(days=366)


def require_not_years_away(field: str, day: date | None, today: date) -> None:
    """Raise `Refused` for a day that `require_not_long_ago` or `require_not_far_off` refuses."""
    require_not_long_ago(field, day, today)
    require_not_far_off(field, day, today)


def require_not_long_ago(field: str, day: date | None, today: date, years: int = YEARS_BACK) -> None:
    """Raise `Refused` for a day more than so many years ago; a day that is not known is none."""
    if day and day < today - years * _YEAR:
        problem = N_("{value} is more than {years} years ago.")
        raise Refused(field, problem, N_("Is the year right?"), value=day, years=years)


def require_not_far_off(field: str, day: date | None, today: date, years: int = YEARS_AHEAD) -> None:
    """Raise `Refused` for a day more than so many years ahead; a day that is not known is none."""
    if day and day > today + years * _YEAR:
        problem = N_("{value} is more than {years} years ahead.")
        raise Refused(field, problem, N_("Is the year right?"), value=day, years=years)


def require_waiting_since(day: date | None, today: date) -> None:
    """Raise `Refused` for a day since when no citizen can have waited."""
    if day and day > today:
        problem = N_("Nobody can have waited since {value}: that day is still to come.")
        raise Refused("waiting_since", problem, N_("Give today or an earlier day."), value=day)
    require_not_long_ago("waiting_since", day, today, YEARS_ON_FILE)
