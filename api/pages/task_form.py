"""The task of a job order as a form: what it is called, the work, what it asks and offers, figures and times.

The same fields stand where an order is taken down and where it is corrected afterwards.
"""

from collections.abc import Mapping
from datetime import date

from api.domain.records import JobOrderRecord
from api.exchange import amounts
from api.exchange.days import day_ahead
from api.exchange.values import Given
from api.pages.forms import Told, Values, Wrong, amount, some
from api.routes.language import Translate
from geo import Refused
from geo.errors import N_
from matching.language import Speech
from matching.orders import MAX_ACTIVITIES, Task
from matching.reading import read_times
from matching.times import Slot, parse_slots
from matching.vocabulary import Activity, Demand, Setting, Support

ACTIVITIES = tuple(f"activity.{place}" for place in range(MAX_ACTIVITIES))
FACTS = ("hours_per_week", "times", "pay_dkk_per_hour", "starts_on", "ends_on", "places")
"""What is told in figures and days, in the order in which it is asked."""

TASK = (
    "title",
    *ACTIVITIES,
    "setting",
    *(f"demand.{code}" for code in Demand),
    *(f"support.{code}" for code in Support),
    *FACTS,
)
"""The fields that a reading can fill."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    **{name: tuple(Activity) for name in ACTIVITIES},
    "setting": (Setting.INDOOR, Setting.OUTDOOR, Setting.BOTH),
}
"""The codes that may be chosen in a field."""


def sent_task(form: Values) -> dict[str, str]:
    """What a browser sent of a task and the words it was told in, field by field."""
    plain = {name: " ".join(form.get(name, "").split()) for name in TASK}
    return {**plain, "text": form.get("text", "").replace("\r\n", "\n").strip()}


def values_of_task(task: Task, speech: Speech) -> dict[str, str]:
    """A task, field by field."""
    return {
        **dict(zip(ACTIVITIES, map(str, task.activities), strict=False)),
        "setting": "" if task.setting is Setting.UNKNOWN else str(task.setting),
        **{f"demand.{code}": str(said) for code, said in task.demands.items()},
        **{f"support.{code}": str(said) for code, said in task.supports.items()},
        "hours_per_week": amount(task.hours_per_week),
        "pay_dkk_per_hour": amount(task.pay_dkk_per_hour),
        "times": ", ".join(speech.slot(slot) for slot in task.times),
        "starts_on": f"{task.starts_on:%d-%m-%Y}" if task.starts_on else "",
        "ends_on": f"{task.ends_on:%d-%m-%Y}" if task.ends_on else "",
    }


def values_of_order(order: JobOrderRecord, speech: Speech) -> dict[str, str]:
    """A job order as it is kept: its task, its title, its places and the employer's words."""
    told = {**values_of_task(order.task, speech), "title": order.title, "text": order.text}
    told["places"] = str(order.places)
    return {name: told.get(name, "") for name in (*TASK, "text")}


def task_body(told: Told, shares: Mapping[str, float]) -> dict[str, object]:
    """What the form says of the task, for the schema; `shares` are kept while the work is the same."""
    said = told.values
    starts, ends = (told.parsed(name, day_ahead) for name in ("starts_on", "ends_on"))
    places = told.parsed("places", amounts.count)
    return {
        "title": said["title"],
        "text": said["text"],
        "places": 1 if places is None else places,
        "activities": _mix(said, shares),
        "setting": said["setting"] or str(Setting.UNKNOWN),
        "demands": some(said, "demand"),
        "supports": some(said, "support"),
        "hours_per_week": told.parsed("hours_per_week", amounts.hours_per_week),
        "pay_dkk_per_hour": told.parsed("pay_dkk_per_hour", amounts.pay_per_hour),
        "times": [str(slot) for slot in told.parsed("times", slots_in) or ()],
        "starts_on": iso(starts),
        "ends_on": iso(ends),
    }


def slots_in(given: Given) -> tuple[Slot, ...]:
    """Times of the week as they are told ("fredag 9-11"); raises `Refused` for words that tell none."""
    if not given.text:
        return ()
    if slots := read_times(given.text).slots:
        return slots
    try:
        return parse_slots(given.text.lower().split(", "), "times")
    except Refused:
        raise given.refused(
            N_("{value!r} tells no day and hours."), N_("Write days and hours: Friday 9-12.")
        ) from None


def wrong_in(refused: Refused, translate: Translate) -> Wrong:
    """A refusal of the schema, or of the desk, at its field of the form."""
    return Wrong(_name_of(refused.field), refused.said(translate))


def iso(day: date | None) -> str | None:
    """A day as the schema takes it."""
    return day.isoformat() if day else None


def _name_of(field: str) -> str:
    """The field of the form that a field of the schema stands in."""
    first, *rest = field.split(".")
    if first == "activities":
        return ACTIVITIES[0]
    if first == "place" and rest:
        return rest[0]
    families = {"demands": "demand", "supports": "support"}
    return f"{families[first]}.{rest[0]}" if first in families and rest else first


def _mix(told: Values, shares: Mapping[str, float]) -> Mapping[str, float]:
    """The shares as they were while the activities are the same, else equal ones."""
    chosen = list(dict.fromkeys(told[name] for name in ACTIVITIES if told[name]))
    return shares if set(chosen) == set(shares) else {code: 1 / len(chosen) for code in chosen}
