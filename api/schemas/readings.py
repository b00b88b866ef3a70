"""What was read out of a task text, with the words that gave each away; what is not known is absent."""

from datetime import date
from typing import Annotated, Generic, TypeVar

from pydantic import Field

from api.schemas.shapes import Body, Shown, Text, looks_like
from matching.times import Weekday
from matching.vocabulary import Activity, Answer, Demand, Setting, Support

Value = TypeVar("Value")
Evidence = tuple[int, int, str]
"""Where in the text, from and to, and the words there."""


class TaskText(Body):
    """The employer's own words."""

    text: Annotated[
        Text,
        Field(
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

    model_config = looks_like(
        text="Feje gårdsplads og luge bede, fredag 9-11, 2 timer om ugen, 140 kr. i timen",
        activities={
            "outdoor_upkeep": {"share": 0.5, "confidence": 0.53, "evidence": [[0, 15, "Feje gårdsplads"]]},
            "green": {"share": 0.5, "confidence": 0.94, "evidence": [[19, 23, "luge"]]},
        },
        setting={
            "value": "outdoor",
            "confidence": 0.8,
            "evidence": [[0, 15, "Feje gårdsplads"], [19, 23, "luge"]],
        },
        demands={"early_start": {"answer": "no", "confidence": 0.95, "evidence": [[37, 41, "9-11"]]}},
        hours_per_week={"value": 2.0, "confidence": 0.95, "evidence": [[43, 58, "2 timer om ugen"]]},
        times={"value": ["fri 9-11"], "confidence": 0.95, "evidence": [[30, 41, "fredag 9-11"]]},
        weekdays={"value": ["fri"], "confidence": 0.95, "evidence": [[30, 36, "fredag"]]},
        pay_dkk_per_hour={"value": 140.0, "confidence": 0.95, "evidence": [[60, 75, "140 kr. i timen"]]},
    )

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
    ends_on: FoundValue[date] | None = None
    unread: list[Evidence] = []
