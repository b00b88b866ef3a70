"""The words that made-up municipalities are made of, and texts put together from them.

A text says only what the task beside it holds: every sentence on a demand or a support belongs to one answer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from api.examples.files import Answers, Row, known, read_answers, read_data
from api.examples.industries import industry
from matching.orders import shares
from matching.times import Slot
from matching.vocabulary import Activity, Answer, Demand, Setting, Support, parse_code


@dataclass(frozen=True, kw_only=True)
class TaskPhrase:
    """A task in a sentence, where it is found and the answers that usually go with it."""

    title: str
    text: str
    industries: tuple[str, ...]
    activities: Mapping[Activity, float]
    setting: Setting
    usual: Answers


@dataclass(frozen=True, kw_only=True)
class Phrases:
    """All words and sentences of the file."""

    first_names: tuple[str, ...]
    middle_names: tuple[str, ...]
    surname: str
    family_names: tuple[str, ...]
    drop_in_centres: tuple[str, ...]
    supported_housing: tuple[str, ...]
    contacts: tuple[str, ...]
    openings: tuple[str, ...]
    closings: tuple[str, ...]
    hours: tuple[str, ...]
    pay: tuple[str, ...]
    times: tuple[str, ...]
    weekdays: Mapping[str, str]
    facts: Mapping[str, Mapping[str, str]]
    tasks: tuple[TaskPhrase, ...]

    def tasks_in(self, industry_key: str) -> tuple[TaskPhrase, ...]:
        """The tasks found at workplaces of an industry."""
        return tuple(task for task in self.tasks if industry_key in task.industries)

    def fact(self, code: Demand | Support, answer: Answer) -> str:
        """The sentence for an answer, yes or no."""
        return self.facts[code][answer]

    def times_said(self, slots: Iterable[Slot]) -> str:
        """Times as they are said on the telephone: "tirsdag 9-12 og torsdag 9-12"."""
        return " og ".join(f"{self.weekdays[slot.day]} {str(slot).split()[1]}" for slot in slots)


@cache
def phrases() -> Phrases:
    """The phrases of the package, read once."""
    data: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in read_data("phrases").items()
    }
    return Phrases(**{**data, "tasks": tuple(_task(row) for row in data["tasks"])})


def _task(row: Row) -> TaskPhrase:
    known(row, "title", "text", "industries", "activities", "setting", "yes", "no")
    for key in row["industries"]:
        industry(key)
    return TaskPhrase(
        title=row["title"],
        text=row["text"],
        industries=tuple(row["industries"]),
        activities=shares(row["activities"]),
        setting=parse_code(Setting, "setting", row["setting"]),
        usual=read_answers(row),
    )
