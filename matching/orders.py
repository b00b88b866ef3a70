"""What an employer asks for: a task, what it asks of a person and what the workplace offers.

An answer on a pair is the order's own, else the employer's, else unknown. A demand that nobody has answered
is unknown, never "no".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Self

from geo import Point, Precision, Refused
from geo.errors import N_
from matching.citizens import amount, parse_field, parse_id, parse_point
from matching.clock import clock_demands
from matching.times import Slot, parse_day, parse_slots
from matching.vocabulary import Activity, Answer, Code, Demand, Setting, Support, parse_code

MAX_ACTIVITIES = 3
"""A task has one to three activities."""

MOST = 1_000_000_000
"""More places, proposals or answers than these are a slip, and the columns of whole numbers have 32 bits."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """What is to be done and under which conditions, in the same words as a citizen's needs.

    `activities` maps each code to its share, summing to 1, or is empty when nobody has said; a single code or
    a list of codes (equal shares) is accepted as well. Raises `Refused` for shares that do not add up.
    """

    activities: Mapping[Activity, float] = field(default_factory=dict)
    setting: Setting = Setting.UNKNOWN
    demands: Mapping[Demand, Answer] = field(default_factory=dict)
    supports: Mapping[Support, Answer] = field(default_factory=dict)
    hours_per_week: float | None = None
    pay_dkk_per_hour: float | None = None
    times: tuple[Slot, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None

    def __post_init__(self) -> None:
        """Turn text into codes and refuse what is not known."""
        settled = {
            "activities": shares(self.activities),
            "setting": parse_code(Setting, "setting", self.setting),
            "demands": answers("demands", self.demands, Demand),
            "supports": answers("supports", self.supports, Support),
            "hours_per_week": amount("hours_per_week", self.hours_per_week),
            "pay_dkk_per_hour": amount("pay_dkk_per_hour", self.pay_dkk_per_hour),
            "times": parse_slots(self.times, "times"),
            "starts_on": parse_day(self.starts_on, "starts_on"),
            "ends_on": parse_day(self.ends_on, "ends_on"),
        }
        for name, value in settled.items():
            object.__setattr__(self, name, value)
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            remedy = N_("Give an end on or after the start, or leave it out.")
            raise Refused("ends_on", N_("{value} comes before the start."), remedy, value=self.ends_on)

    @property
    def known_demands(self) -> dict[Demand, Answer]:
        """What is known of the demands: what was said of them, else what follows from the times."""
        return {**clock_demands(self.times), **self.demands}

    def to_json(self) -> dict[str, object]:
        """What is known, in the words of the HTTP surface; what is not known is absent."""
        said: dict[str, object] = {
            "activities": {str(code): share for code, share in self.activities.items()},
            "setting": "" if self.setting is Setting.UNKNOWN else str(self.setting),
            "demands": {str(code): str(answer) for code, answer in self.demands.items()},
            "supports": {str(code): str(answer) for code, answer in self.supports.items()},
            "hours_per_week": self.hours_per_week,
            "pay_dkk_per_hour": self.pay_dkk_per_hour,
            "times": [str(slot) for slot in self.times],
            "starts_on": self.starts_on and self.starts_on.isoformat(),
            "ends_on": self.ends_on and self.ends_on.isoformat(),
        }
        return {name: value for name, value in said.items() if value not in (None, "", [], {})}

    @classmethod
    def from_json(cls, said: Mapping[str, object]) -> Self:
        """The inverse of `to_json`; an unknown field raises `UnknownCode`."""
        known = {name: said[name] for name in said if parse_field(name, TASK_FIELDS)}
        return cls(**known)  # type: ignore[arg-type]


@dataclass(frozen=True, kw_only=True)
class Employer:
    """A workplace: where it is and what holds for every task there.

    `yes` and `no` count earlier answers to requests like this one, each already halved for every 12 months
    of age; they make the employer's openness. Only employers have a history.
    """

    id: str
    name: str = ""
    place: Point | None = None
    precision: Precision = Precision.ADDRESS
    demands: Mapping[Demand, Answer] = field(default_factory=dict)
    supports: Mapping[Support, Answer] = field(default_factory=dict)
    yes: float = 0.0
    no: float = 0.0

    def __post_init__(self) -> None:
        """Turn text into codes and refuse what is not known."""
        settled = {
            "id": parse_id("employer_id", self.id),
            "place": _place(self.place),
            "precision": parse_code(Precision, "precision", self.precision),
            "demands": answers("demands", self.demands, Demand),
            "supports": answers("supports", self.supports, Support),
            "yes": _answers_so_far("employer_yes", self.yes),
            "no": _answers_so_far("employer_no", self.no),
        }
        for name, value in settled.items():
            object.__setattr__(self, name, value)


@dataclass(frozen=True, kw_only=True)
class JobOrder(Task):
    """A task that an employer asks for now, at a place, with a number of places still free.

    `open_proposals` are suggestions not yet answered; they cost points, so that the same few tasks are not
    sent to everyone. `employer_yes` and `employer_no` are the employer's openness, as in `Employer`.
    """

    id: str
    employer_id: str = ""
    title: str = ""
    place: Point | None = None
    precision: Precision = Precision.ADDRESS
    places: int = 1
    open_proposals: int = 0
    employer_yes: float = 0.0
    employer_no: float = 0.0

    def __post_init__(self) -> None:
        """Turn text into codes and refuse what is not known."""
        super().__post_init__()
        settled = {
            "id": parse_id("order_id", self.id),
            "employer_id": "" if self.employer_id is None else str(self.employer_id),
            "place": _place(self.place),
            "precision": parse_code(Precision, "precision", self.precision),
            "places": count("places", self.places),
            "open_proposals": count("open_proposals", self.open_proposals),
            "employer_yes": _answers_so_far("employer_yes", self.employer_yes),
            "employer_no": _answers_so_far("employer_no", self.employer_no),
        }
        for name, value in settled.items():
            object.__setattr__(self, name, value)

    @classmethod
    def of(
        cls,
        id: str,
        employer: Employer,
        task: Task,
        *,
        title: str = "",
        places: int = 1,
        open_proposals: int = 0,
    ) -> "JobOrder":
        """The order as a pair sees it: the task's own answers and times first, then the employer's."""
        said = {name: getattr(task, name) for name in TASK_FIELDS}
        order = cls(
            id=id,
            employer_id=employer.id,
            title=title,
            place=employer.place,
            precision=employer.precision,
            places=places,
            open_proposals=open_proposals,
            employer_yes=employer.yes,
            employer_no=employer.no,
            **said,
        )
        return replace(
            order,
            demands={**employer.demands, **task.known_demands},
            supports={**employer.supports, **task.supports},
        )


TASK_FIELDS = tuple(item.name for item in fields(Task))
"""The names of what can be known of a task, in the order of the contract."""


def shares(activities: object) -> dict[Activity, float]:
    """Answer code to share for a code, a list of codes or a mapping; empty when nothing is known."""
    if activities is None:
        return {}
    if isinstance(activities, str):
        activities = [activities]
    if not isinstance(activities, Iterable):
        raise Refused("activities", N_("{value!r} is not a list of activities."), value=activities)
    if not isinstance(activities, Mapping):
        listed = dict.fromkeys(parse_code(Activity, "activities", code) for code in activities)
        activities = {code: 1 / len(listed) for code in listed}
    mix = {parse_code(Activity, "activities", code): share for code, share in activities.items()}
    parts = [amount("activities", share) for share in mix.values()]
    if mix and (len(mix) > MAX_ACTIVITIES or not all(parts) or abs(sum(map(float, mix.values())) - 1) > 1e-6):
        remedy = N_("Give one to three activities with shares above 0 that sum to 1.")
        raise Refused("activities", N_("{value} is not a mix of activities."), remedy, value=dict(activities))
    return {code: float(share) for code, share in mix.items()}


def answers(name: str, values: object, kind: type[Code]) -> dict[Code, Answer]:
    """Answer a mapping from code to answer, with unknown left out: it says nothing."""
    if not isinstance(values, Mapping):
        raise Refused(name, N_("{value!r} is not a mapping from code to answer."), value=values)
    said = {parse_code(kind, name, code): parse_code(Answer, name, value) for code, value in values.items()}
    return {code: answer for code, answer in said.items() if answer is not Answer.UNKNOWN}


def count(name: str, value: object) -> int:
    """A whole number from 0 to `MOST`; raises `Refused` for anything else."""
    try:
        number = amount(name, value, MOST)
    except Refused:
        number = None
    if number is None or number != int(number):
        raise refused_count(name, value)
    return int(number)


def refused_count(name: str, value: object) -> Refused:
    """The refusal of what is no count, wherever it comes from."""
    remedy = N_("Give a whole number from 0 to {largest}.")
    return Refused(name, N_("{value!r} is not a number of places."), remedy, value=value, largest=MOST)


def _place(value: object) -> Point | None:
    return None if value is None else parse_point("place", value)


def _answers_so_far(name: str, value: object) -> float:
    return amount(name, value, MOST) or 0.0
