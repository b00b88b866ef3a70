"""Days that can be meant: a slip in a year is told before it is kept.

What may be written down afterwards, and what may be planned, is a matter of judgement and not of law: nobody
writes down a call of long ago, or plans one beyond the next year or two.
"""

from datetime import date, timedelta

from geo import Refused
from geo.errors import N_

YEARS_BACK, YEARS_AHEAD = 5, 2
_YEAR = timedelta(days=366)


def require_not_years_away(field: str, day: date | None, today: date) -> None:
    """Raise `Refused` for a day that `require_not_long_ago` or `require_not_far_off` refuses."""
    require_not_long_ago(field, day, today)
    require_not_far_off(field, day, today)


def require_not_long_ago(field: str, day: date | None, today: date) -> None:
    """Raise `Refused` for a day more than `YEARS_BACK` years ago; a day that is not known is none."""
    if day and day < today - YEARS_BACK * _YEAR:
        problem = N_("{value} is more than {years} years ago.")
        raise Refused(field, problem, N_("Is the year right?"), value=day, years=YEARS_BACK)


def require_not_far_off(field: str, day: date | None, today: date) -> None:
    """Raise `Refused` for a day more than `YEARS_AHEAD` years ahead; a day that is not known is none."""
    if day and day > today + YEARS_AHEAD * _YEAR:
        problem = N_("{value} is more than {years} years ahead.")
        raise Refused(field, problem, N_("Is the year right?"), value=day, years=YEARS_AHEAD)
