"""What was read from a task text: findings with their confidence and the words they rest on.

What is not known is absent. The confidence of an activity is a likelihood, measured by `make evaluate`; the
others state how reliable findings of their kind are.

    an answer                                  0.9     numbers, days and times                   0.95
    a "no" by a list or by "that we do"        0.8     "et par", ranges of numbers               0.7
    what is only implied                       0.7     hours of no stated period                 0.6
    a setting by the activity                  0.8     a start whose year is reckoned            0.85
    a setting that is only usual               0.7     a slip forgiven             0.85 of the above
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar, Generic, TypeVar

from matching.orders import Task
from matching.reading.text import Evidence
from matching.times import Weekday, parse_slots
from matching.vocabulary import Activity, Answer, Demand, Setting, Support

Value = TypeVar("Value")

LEAST_TO_COUNT = 0.75
"""A setting less sure than this is usual for such work, not told: a question, no answer."""


@dataclass(frozen=True)
class Finding(Generic[Value]):
    """A value, how far it can be relied on (0 to 1), and where in the text it stands."""

    value: Value
    confidence: float
    evidence: list[Evidence]

    name: ClassVar[str] = "value"
    """What the value is called in JSON."""

    def to_json(self) -> dict[str, object]:
        """The finding in the words of the HTTP surface."""
        value = self.value.isoformat() if isinstance(self.value, date) else self.value
        return {
            self.name: str(value) if isinstance(value, StrEnum) else value,
            "confidence": self.confidence,
            "evidence": [list(piece) for piece in self.evidence],
        }


@dataclass(frozen=True)
class SharedFinding(Finding[float]):
    """An activity's share of the task."""

    name: ClassVar[str] = "share"

    @property
    def share(self) -> float:
        """The part of the task, above 0 and up to 1."""
        return self.value


@dataclass(frozen=True)
class AnsweredFinding(Finding[Answer]):
    """A plainly stated yes or no."""

    name: ClassVar[str] = "answer"

    @property
    def answer(self) -> Answer:
        """Yes or no; what is unknown is no finding."""
        return self.value


@dataclass(frozen=True)
class TimedFinding(AnsweredFinding):
    """An answer that follows from the times of the week: reckoned from them anew, it goes with them."""


@dataclass(frozen=True)
class ImpliedFinding(Finding[Answer]):
    """What goes with work of this nature, though nobody has said it: worth a question, never an answer."""

    name: ClassVar[str] = "answer"


@dataclass(frozen=True, kw_only=True)
class TaskReading:
    """Everything that a text says of a task; activities in falling order of share."""

    text: str
    activities: Mapping[Activity, SharedFinding] = field(default_factory=dict)
    setting: Finding[Setting] | None = None
    demands: Mapping[Demand, AnsweredFinding] = field(default_factory=dict)
    supports: Mapping[Support, AnsweredFinding] = field(default_factory=dict)
    implied: Mapping[Demand, ImpliedFinding] = field(default_factory=dict)
    """Demands of which nothing is said, but which usually go with such work; none stands above as well."""
    hours_per_week: Finding[float] | None = None
    times: Finding[list[str]] | None = None
    """Slots as they are written: "fri 9-11"."""
    weekdays: Finding[list[Weekday]] | None = None
    pay_dkk_per_hour: Finding[float] | None = None
    places: Finding[int] | None = None
    starts_on: Finding[date] | None = None
    ends_on: Finding[date] | None = None
    """The same day as the start, for what is done in a day."""
    unread: list[Evidence] = field(default_factory=list)
    """What looks like hours and cannot be ("16-14"), to be asked about."""

    @property
    def main_activity(self) -> Activity | None:
        """The activity with the largest share, the first named of equals; None when none was read."""
        return next(iter(self.activities), None)

    def to_json(self) -> dict[str, object]:
        """What is known, in the words of the HTTP surface; what is not known is absent."""
        said: dict[str, object] = {"text": self.text}
        for name in _MAPPINGS:
            if found := getattr(self, name):
                said[name] = {str(code): finding.to_json() for code, finding in found.items()}
        for name in _SINGLES:
            if (finding := getattr(self, name)) is not None:
                said[name] = finding.to_json()
        if self.unread:
            said["unread"] = [list(piece) for piece in self.unread]
        return {name: said[name] for name in ("text", *_IN_ORDER, "unread") if name in said}

    def to_task(self) -> Task:
        """What was said as a task, for a consultant to confirm; nothing is added, nothing implied counts.

        What follows from the times alone is left to them.
        """
        return Task(
            activities={code: finding.share for code, finding in self.activities.items()},
            setting=self._setting,
            demands={
                code: finding.answer
                for code, finding in self.demands.items()
                if not isinstance(finding, TimedFinding)
            },
            supports={code: finding.answer for code, finding in self.supports.items()},
            hours_per_week=self.hours_per_week.value if self.hours_per_week else None,
            pay_dkk_per_hour=self.pay_dkk_per_hour.value if self.pay_dkk_per_hour else None,
            times=parse_slots(self.times.value, "times") if self.times else (),
            starts_on=self.starts_on.value if self.starts_on else None,
            ends_on=self.ends_on.value if self.ends_on else None,
        )

    @property
    def _setting(self) -> Setting:
        told = self.setting is not None and self.setting.confidence >= LEAST_TO_COUNT
        return self.setting.value if self.setting and told else Setting.UNKNOWN


_IN_ORDER = (
    "activities",
    "setting",
    "demands",
    "supports",
    "implied",
    "hours_per_week",
    "times",
    "weekdays",
    "pay_dkk_per_hour",
    "places",
    "starts_on",
    "ends_on",
)
_MAPPINGS = ("activities", "demands", "supports", "implied")
_SINGLES = tuple(name for name in _IN_ORDER if name not in _MAPPINGS)
