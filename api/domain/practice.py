"""What a municipality does its own way: deadlines, days off, limits, in which order citizens are shown.

Dated local practice is data: a `Practice` is read out of an editable row, and what the row does not say has
the default here. Unknown fields and values are refused by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from api.domain.contacts import ContactLimit
from api.domain.working_days import Calendar, MonthDay
from geo import Refused, UnknownCode
from geo.errors import N_
from matching.orders import count
from matching.times import parse_day
from matching.vocabulary import Demand, Support, parse_code


class CandidateOrder(StrEnum):
    """In which order the candidates of a job order are shown."""

    SCORE = "score"
    WAITING_TIME = "waiting_time"


_YEARLY = (MonthDay(6, 5), MonthDay(12, 24), MonthDay(12, 31))
_REQUIRED = (Support.CONTACT_PERSON, Demand.MACHINES, Demand.HEAVY_LIFTING, Demand.ALCOHOL_PRESENT)


@dataclass(frozen=True, kw_only=True)
class Practice:
    """How one municipality works.

    `contact_days`: working days until a citizen is contacted about a job order (Holstebro: three).
    `yearly_days_off`: days of the year that count like Sundays here; 5 June, 24 and 31 December unless
    said otherwise (forældelsesloven § 27 treats them so; they are no public holidays).
    `extra_days_off`: single dates off, such as a local closing day.
    `candidates_by`: the order of candidates.
    `required_answers`: what every employer is asked once, for the workplace or for the order.
    `contact_limit` contacts of an employer in any `contact_window_days` days, by all teams together.
    `silence_days`: a posting of which nothing was heard for so long is asked about.
    `review_days`: how long "not able now" lasts when nobody says.
    """

    contact_days: int = 3
    yearly_days_off: tuple[MonthDay, ...] = _YEARLY
    extra_days_off: tuple[date, ...] = ()
    candidates_by: CandidateOrder = CandidateOrder.SCORE
    required_answers: tuple[Demand | Support, ...] = _REQUIRED
    contact_limit: int = 1
    contact_window_days: int = 28
    silence_days: int = 30
    review_days: int = 14

    def __post_init__(self) -> None:
        """Turn text into codes and days; refuse what is not known."""
        settled = {
            "yearly_days_off": tuple(sorted(set(map(day_of_year, self.yearly_days_off)))),
            "extra_days_off": tuple(sorted(set(map(_day, self.extra_days_off)))),
            "candidates_by": parse_code(CandidateOrder, "candidates_by", self.candidates_by),
            "required_answers": tuple(dict.fromkeys(map(asked, self.required_answers))),
            **{name: _at_least_one(name, getattr(self, name)) for name in COUNTS},
        }
        for name, value in settled.items():
            object.__setattr__(self, name, value)

    @property
    def calendar(self) -> Calendar:
        """The working days of this municipality."""
        return Calendar(frozenset(self.yearly_days_off), frozenset(self.extra_days_off))

    def review_day(self, today: date) -> date:
        """The working day on which a citizen who is not able now is asked again, when nobody says another."""
        day = today + timedelta(days=self.review_days)
        return self.calendar.working_day_of(day) or day

    @property
    def limit(self) -> ContactLimit:
        """How often an employer may be contacted."""
        return ContactLimit(most=self.contact_limit, window_days=self.contact_window_days)

    def changed(self, said: Mapping[str, object]) -> Self:
        """This practice with what is said in its place; raises `UnknownCode` for an unknown field."""
        for name in said:
            if name not in PRACTICE_FIELDS:
                raise UnknownCode("practice", name, PRACTICE_FIELDS)
        return replace(self, **said)  # type: ignore[arg-type]

    def to_json(self) -> dict[str, object]:
        """The whole practice in the words of the HTTP surface."""
        return {name: _plain(getattr(self, name)) for name in PRACTICE_FIELDS}

    @classmethod
    def from_json(cls, said: Mapping[str, object]) -> Self:
        """The inverse of `to_json`; what is not said has the default."""
        return cls().changed(said)


PRACTICE_FIELDS = tuple(item.name for item in fields(Practice))
"""The names of everything that can be one's own way."""

COUNTS = ("contact_days", "contact_limit", "contact_window_days", "silence_days", "review_days")
"""Those of them that are numbers of days or of times."""
LONGEST = 366
"""No number of days of a practice is more."""


def _at_least_one(name: str, value: object) -> int:
    number = count(name, value)
    if not 1 <= number <= LONGEST:
        remedy = N_("Give a whole number from 1 to {most}.")
        raise Refused(name, N_("{value!r} is not possible here."), remedy, value=value, most=LONGEST)
    return number


def asked(code: object) -> Demand | Support:
    """What an employer may be asked about; raises `UnknownCode`."""
    known: dict[str, Demand | Support] = {str(one): one for one in (*Support, *Demand)}
    if not isinstance(code, str) or code not in known:
        raise UnknownCode("required_answers", code, known)
    return known[code]


def _day(value: object) -> date:
    found = parse_day(value, "extra_days_off")
    if found is None:
        raise Refused(
            "extra_days_off", N_("{value!r} is not a date."), N_("Write it like 2026-12-01."), value=value
        )
    return found


def day_of_year(value: object) -> MonthDay:
    """A day of every year, such as 12-24; raises `Refused`."""
    if isinstance(value, MonthDay):
        return value
    return MonthDay.parse(str(value), "yearly_days_off")


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [str(item) for item in value]
    return str(value) if isinstance(value, StrEnum) else value
