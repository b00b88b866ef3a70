"""What the desk of an example municipality did lately: its practice, and what happened in which order.

Kept apart from the records, so that a notebook reads plain lists. Whoever seeds a database lets it happen
again, by the same use cases as at a desk, so that every state has come about the way it does in life.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import count, islice

from api.domain.caller import Role
from api.domain.practice import Practice
from api.examples.files import Row, known, read_data
from api.examples.municipality import identify
from geo.errors import UnknownCode
from matching.times import DENMARK_TIME
from matching.vocabulary import parse_code

CALENDAR = Practice().calendar
"""The working days that are counted back from the day of the demonstration."""


class Did(StrEnum):
    """What was done at a desk; the last six are what becomes of a proposal."""

    TAKE_DOWN = "take_down"
    PROPOSE = "propose"
    RETURN = "return"
    PAUSE = "pause"
    END = "end"
    CONTACT = "contact"
    RESERVE = "reserve"
    ANSWER_FOR_ORDER = "answer_for_order"
    ANSWER_FOR_EMPLOYER = "answer_for_employer"
    CONTACTED = "contacted"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    NOT_ABLE_NOW = "not_able_now"
    WITHDRAWN = "withdrawn"
    BEGUN = "begun"


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something that somebody did about a job order or an employer, and a citizen where one is named."""

    at: datetime
    by: Role
    did: Did
    order_id: str = ""
    employer_id: str = ""
    citizen_id: str | None = None
    said: Row


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What a municipality does its own way, and what happened there, oldest first."""

    practice: Mapping[str, object] = field(default_factory=dict)
    happened: tuple[Happening, ...] = ()

    @property
    def taken_down(self) -> frozenset[str]:
        """The orders that are not there before somebody takes them down."""
        return frozenset(one.order_id for one in self.happened if one.did is Did.TAKE_DOWN)


def desk_of(code: str, on: date) -> Desk:
    """What the desk of a municipality written by hand did before `on`; raises `UnknownCode` for another."""
    desks = read_data("desk")
    if code not in desks:
        raise UnknownCode("municipality", code, tuple(desks))
    told = known(desks[code], "practice", "happened")
    happened = sorted((_happening(code, row, on) for row in told["happened"]), key=lambda one: one.at)
    return Desk(practice=told["practice"], happened=tuple(happened))


def _happening(code: str, row: Row, on: date) -> Happening:
    known(row, *_WHEN_AND_WHO, *_SAID)
    said = {name: row[name] for name in _SAID if name in row}
    for name in _LATER.keys() & said.keys():
        said[_LATER[name]] = on + timedelta(days=said.pop(name))
    clock = datetime.combine(_working_days_before(on, row["days"]), time.fromisoformat(row["at"]))
    return Happening(
        at=clock.replace(tzinfo=DENMARK_TIME).astimezone(UTC),
        by=parse_code(Role, "by", row.get("by", Role.CONSULTANT)),
        did=parse_code(Did, "did", row["did"]),
        order_id=identify("order", code, row["order"]) if "order" in row else "",
        employer_id=identify("employer", code, row["employer"]) if "employer" in row else "",
        citizen_id=identify("citizen", code, row["citizen"]) if "citizen" in row else None,
        said=said,
    )


def _working_days_before(on: date, days: int) -> date:
    """The day from which `days` working days are left until the day `on`, or the working day before it."""
    earlier = (on - timedelta(days=back) for back in count(1))
    return next(islice(filter(CALENDAR.is_working_day, earlier), days - 1, None))


_WHEN_AND_WHO = ("days", "at", "did", "by", "order", "employer", "citizen")
_LATER = {"review_in": "review_on", "follow_up_in": "follow_up_on", "reserved_in": "reserved_on"}
"""Days after the day of the demonstration, and the date that each becomes."""

_SAID = (
    *("channel", "origin", "confirmed", "note", "through", "declined_by", "reason"),
    *("cause", "about", "answer", "kind", "by_employer", "reply", *_LATER),
)
