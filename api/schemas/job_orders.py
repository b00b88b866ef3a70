"""Job orders, as they are sent and shown: the employer's own words and the task read out of them."""

from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, Field

from api.domain.records import IntakeChannel, JobOrderRecord, OrderState, Origin
from api.schemas.shapes import (
    IDS,
    Body,
    Code,
    Day,
    EmployerId,
    Line,
    MunicipalityCode,
    Number,
    OrderId,
    Shown,
    Text,
    Version,
    Whole,
    looks_like,
)
from matching.orders import TASK_FIELDS, Task
from matching.vocabulary import Activity, Answer, Demand, Setting, Support

Title = Annotated[str, Field(min_length=1, max_length=200, examples=["Feje gårdsplads og luge bede"])]
Slots = Annotated[tuple[Line, ...], Field(max_length=50, examples=[["fri 9-11"]])]
Shares = Annotated[
    dict[Activity, Number], Field(max_length=3, examples=[{"green": 0.5, "outdoor_upkeep": 0.5}])
]
Places = Annotated[Whole, Field(ge=0, le=1000)]
Hours = Annotated[Number, Field(ge=0, le=168)]
Kroner = Annotated[Number, Field(ge=0, le=100_000)]


class TaskFields(BaseModel):
    """What is to be done and under which conditions; what is left out is not known."""

    activities: Shares = {}
    setting: Setting = Setting.UNKNOWN
    demands: dict[Demand, Answer] = Field({}, examples=[{"machines": "no"}])
    supports: dict[Support, Answer] = Field({}, examples=[{"contact_person": "yes"}])
    hours_per_week: Hours | None = None
    pay_dkk_per_hour: Kroner | None = None
    times: Slots = ()
    starts_on: Day | None = None
    ends_on: Day | None = None

    def to_task(self) -> Task:
        """The task as the ranking knows it; raises `Refused` for shares or times that do not hold."""
        return Task(**{name: getattr(self, name) for name in TASK_FIELDS})


class JobOrderCreate(Body, TaskFields):
    """A new job order of an employer of the caller's municipality."""

    model_config = looks_like(
        text="Feje gårdsplads og luge bede, fredag 9-11, 140 kr. i timen. Ingen maskiner.",
        activities={"green": 0.5, "outdoor_upkeep": 0.5},
        setting="outdoor",
        hours_per_week=2,
        pay_dkk_per_hour=140,
        times=["fri 9-11"],
        channel="phone",
        origin="employer",
    )

    employer_id: Code = Field(examples=[IDS["employer_id"]])
    title: Title
    text: Text = ""
    times_text: Text = ""
    reference: Line = ""
    received_on: Day | None = None
    state: OrderState | None = Field(
        None,
        description="Left out: open, or received while there are words and nobody has said what they mean",
    )
    places: Places = 1
    channel: IntakeChannel | None = None
    origin: Origin | None = None
    heard_on: Day | None = Field(None, description="The last day on which the employer wanted it still")

    @property
    def begins(self) -> OrderState:
        """The state that a new order has."""
        told = self.to_task() != Task() or not (self.text or self.times_text)
        return self.state or (OrderState.OPEN if told else OrderState.RECEIVED)

    @classmethod
    def base(cls, record: JobOrderRecord) -> dict[str, Any]:
        """What a merge patch starts from."""
        return JobOrder.of(record).model_dump(mode="json", include=set(cls.model_fields))


class JobOrderUpdate(Body):
    """A merge patch of a job order: what is sent replaces, null takes away. The employer stays."""

    model_config = looks_like(places=2, demands={"heavy_lifting": "no"}, ends_on="2027-03-23")

    title: Line | None = None
    text: Text | None = None
    times_text: Text | None = None
    reference: Line | None = None
    received_on: Day | None = None
    state: OrderState | None = None
    places: Places | None = None
    channel: IntakeChannel | None = None
    origin: Origin | None = None
    heard_on: Day | None = None
    activities: dict[Activity, Number | None] | None = None
    setting: Setting | None = None
    demands: dict[Demand, Answer | None] | None = None
    supports: dict[Support, Answer | None] | None = None
    hours_per_week: Hours | None = None
    pay_dkk_per_hour: Kroner | None = None
    times: Slots | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None


class ReadingKept(Shown):
    """What was read out of the employer's words, and what a person made of it; null until somebody has."""

    model_config = looks_like(
        proposed={"setting": {"value": "outdoor", "confidence": 0.8, "evidence": [[15, 19, "luge"]]}},
        confirmed={"setting": "outdoor"},
        confirmed_by=IDS["user_id"],
        confirmed_at="2026-11-20T12:20:00Z",
    )

    proposed: dict[str, Any]
    confirmed: dict[str, Any] | None
    confirmed_by: str
    confirmed_at: datetime | None


class JobOrder(Shown, TaskFields):
    """A job order as it stands; the contact clock runs from `clock_from` until `clock_met_at`.

    `taken_by` is the user who looks after it: who took it down, or has taken it over since.
    """

    model_config = looks_like(
        title="Luge og rive på kirkegården",
        text="Goddag, det er graveren. Vi kunne godt bruge en til at luge bede og rive gange om fredagen.",
        times_text="",
        reference="",
        source="example data",
        received_on="2026-11-21",
        state="open",
        places=2,
        open_proposals=0,
        origin="parish_council",
        taken_by=IDS["user_id"],
        heard_on="2026-11-21",
        activities={"green": 0.7, "outdoor_upkeep": 0.3},
        setting="outdoor",
        demands={"machines": "no", "working_alone": "no", "all_weather": "yes"},
        supports={"flexible_attendance": "yes"},
        hours_per_week=3.0,
        pay_dkk_per_hour=150.0,
        times=["fri 9-12"],
        starts_on="2026-11-28",
        ends_on="2027-03-23",
        updated_at="2026-11-23T09:30:00Z",
    )

    id: OrderId
    municipality: MunicipalityCode
    employer_id: EmployerId
    title: str
    text: str
    times_text: str
    reference: str
    source: str
    received_on: date | None
    state: OrderState
    places: int
    open_proposals: int
    channel: IntakeChannel | None
    origin: Origin | None
    taken_by: str
    heard_on: date | None
    clock_from: datetime | None
    clock_met_at: datetime | None
    reading: ReadingKept | None
    version: Version
    updated_at: datetime | None

    @classmethod
    def of(cls, record: JobOrderRecord) -> Self:
        """The job order as it is kept."""
        plain = {name: getattr(record, name) for name in cls.model_fields if name not in TASK_FIELDS}
        task = {name: getattr(record.task, name) for name in TASK_FIELDS}
        kept = record.reading and ReadingKept(**{name: getattr(record.reading, name) for name in _READING})
        return cls(
            **{**plain, **task, "reading": kept, "times": tuple(str(slot) for slot in record.task.times)}
        )


_READING = tuple(ReadingKept.model_fields)
