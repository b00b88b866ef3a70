"""What was read out of a task text, with the words that gave each away; what is not known is absent."""

from datetime import date
from typing import Annotated, Generic, TypeVar

from pydantic import Field

from api.schemas.shapes import Body, Shown
from matching.times import Weekday
from matching.vocabulary import Activity, Answer, Demand, Setting, Support

Value = TypeVar("Value")
Evidence = tuple[int, int, str]
"""Where in the text, from and to, and the words there."""


class TaskText(Body):
    """The employer's own words."""

    text: Annotated[
        str,
        Field(
            max_length=20_000,
            examples=["Feje gårdsplads og luge bede, fredag 9-11, 2 timer om ugen, 140 kr. i timen"],
        ),
    ]


class Found(Shown):
    """How far something that was read can be relied on (0 to 1), and where it stands."""

    confidence: float
    evidence: list[Evidence]


class FoundValue(Found, Generic[Value]):
    """A value that was read."""

    value: Value


class FoundShare(Found):
    """An activity's share of the task."""

    share: float


class FoundAnswer(Found):
    """Whether a demand or support was spoken of."""

    answer: Answer


class Reading(Shown):
    """A proposal for the consultant to confirm. What is `implied` or `unread` raises questions only."""

    text: str
    activities: dict[Activity, FoundShare] = {}
    setting: FoundValue[Setting] | None = None
    demands: dict[Demand, FoundAnswer] = {}
    supports: dict[Support, FoundAnswer] = {}
    implied: dict[Demand, FoundAnswer] = {}
    hours_per_week: FoundValue[float] | None = None
    times: FoundValue[list[str]] | None = None
    weekdays: FoundValue[list[Weekday]] | None = None
    pay_dkk_per_hour: FoundValue[float] | None = None
    places: FoundValue[int] | None = None
    starts_on: FoundValue[date] | None = None
    unread: list[Evidence] = []
