"""A new job order as a form: what the employer said, what was read out of it, who asks, and how it came in.

Beside each field that the reading can fill stands what it last put there (`read.` and the name), so that new
words are read anew while everything that the consultant has corrected stays.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from api.exchange import values
from api.exchange.values import Given
from api.pages.citizen_form import Unacceptable, Values, Wrong
from api.routes.language import Translate
from api.routes.validation import refusals
from api.schemas.employers import EmployerCreate
from api.schemas.job_orders import JobOrderCreate
from api.store import new_id
from geo import Refused
from geo.errors import N_
from matching.language import Speech
from matching.orders import MAX_ACTIVITIES, Task
from matching.reading import TaskReading, read_times
from matching.times import Slot, parse_slots
from matching.vocabulary import Activity, Demand, Setting, Support

Schema = TypeVar("Schema", bound=BaseModel)
SHORTEST_TITLE, LONGEST_TITLE = 20, 60
ACTIVITIES = tuple(f"activity.{place}" for place in range(MAX_ACTIVITIES))
FACTS = ("hours_per_week", "times", "pay_dkk_per_hour", "starts_on", "places")
"""What is told in figures and days, in the order in which it is asked."""

READABLE = (
    "title",
    *ACTIVITIES,
    "setting",
    *(f"demand.{code}" for code in Demand),
    *(f"support.{code}" for code in Support),
    *FACTS,
)
"""The fields that a reading can fill."""

NEW_EMPLOYER = ("name", "cvr", "phone", "contact_person", "street", "house_number", "postcode", "town")
CALL = (
    "find",
    "employer_id",
    "channel",
    "origin",
    "received_on",
    "follow_up_on",
    *(f"new.{name}" for name in NEW_EMPLOYER),
)
"""The fields about who asks and how it came in."""

TOKEN = "token"
"""The field that tells one form from the next, however often it is sent."""

_BEFORE = "read."
_SENTENCE_ENDS = re.compile(r"\n|[.!?]\s+(?=[A-ZÆØÅ])")


def sent(form: Mapping[str, str]) -> dict[str, str]:
    """What a browser sent, field by field; absent is ""."""
    plain = {name: " ".join(form.get(name, "").split()) for name in (*READABLE, *CALL)}
    return {**plain, "text": form.get("text", "").replace("\r\n", "\n").strip()}


def pressed(form: Mapping[str, str]) -> str | None:
    """What names this press of the button: pressed again with the same form it is the same.

    None for a form that was not given a token, where every press counts.
    """
    if not form.get(TOKEN):
        return None
    text = json.dumps([form[TOKEN], sent(form)], sort_keys=True)
    return f"intake {hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()}"


def filled(form: Mapping[str, str], reading: Values) -> dict[str, str]:
    """The form with what was read now wherever the consultant has not said otherwise."""
    told = sent(form)
    corrected = {name for name in READABLE if told[name] != form.get(f"{_BEFORE}{name}", "")}
    if corrected & set(ACTIVITIES):
        corrected |= set(ACTIVITIES)
    return {**told, **{name: reading.get(name, "") for name in READABLE if name not in corrected}}


def read_unseen(form: Mapping[str, str], reading: Values) -> bool:
    """Whether the words say something else than what the consultant was last shown of them."""
    return any(form.get(f"{_BEFORE}{name}", "") != reading.get(name, "") for name in READABLE)


def values_of(reading: TaskReading, speech: Speech) -> dict[str, str]:
    """What a reading puts into the form; what is only usual or implied puts nothing there."""
    found = {**values_of_task(reading.to_task(), speech), "title": _title(reading.text)}
    return {**found, "places": str(reading.places.value) if reading.places else ""}


def values_of_task(task: Task, speech: Speech) -> dict[str, str]:
    """A task, field by field."""
    hours, pay = task.hours_per_week, task.pay_dkk_per_hour
    return {
        **dict(zip(ACTIVITIES, map(str, task.activities), strict=False)),
        "setting": "" if task.setting is Setting.UNKNOWN else str(task.setting),
        **{f"demand.{code}": str(said) for code, said in task.demands.items()},
        **{f"support.{code}": str(said) for code, said in task.supports.items()},
        "hours_per_week": "" if hours is None else f"{hours:.10g}".replace(".", ","),
        "pay_dkk_per_hour": "" if pay is None else f"{pay:.10g}".replace(".", ","),
        "times": ", ".join(speech.slot(slot) for slot in task.times),
        "starts_on": f"{task.starts_on:%d-%m-%Y}" if task.starts_on else "",
    }


def read(told: Values, reading: TaskReading, translate: Translate) -> JobOrderCreate:
    """The job order that the form describes; raises `Unacceptable`.

    The schema that the API reads decides. An employer who is new has an id from now on.
    """
    wrong: list[Wrong] = []

    def parsed(name: str, parse: Any) -> Any:
        try:
            return parse(Given(name, told[name], lambda *_, **__: None))
        except Refused as refused:
            wrong.append(Wrong(name, refused.said(translate)))
            return None

    if not told["employer_id"] and not told["new.name"]:
        wrong.append(Wrong("find", translate(N_("Choose the employer, or write down a new one."))))
    received, starts = parsed("received_on", values.day), parsed("starts_on", values.day)
    body = {
        "employer_id": told["employer_id"] or new_id(),
        "title": told["title"],
        "text": told["text"],
        "received_on": _iso(received),
        "state": "open",
        "places": parsed("places", values.number) if told["places"] else 1,
        "channel": told["channel"] or None,
        "origin": told["origin"] or None,
        "activities": _mix(told, reading),
        "setting": told["setting"] or str(Setting.UNKNOWN),
        "demands": _answers(told, "demand"),
        "supports": _answers(told, "support"),
        "hours_per_week": parsed("hours_per_week", values.number),
        "pay_dkk_per_hour": parsed("pay_dkk_per_hour", values.number),
        "times": [str(slot) for slot in parsed("times", slots_in) or ()],
        "starts_on": _iso(starts),
    }
    order = _checked(JobOrderCreate, body, wrong, translate)
    if order is None or wrong:
        raise Unacceptable(tuple(wrong))
    return order


def new_employer(told: Values, translate: Translate) -> EmployerCreate | None:
    """The employer who is written down here; None when one was chosen. Raises `Unacceptable`."""
    if told["employer_id"] or not told["new.name"]:
        return None
    said = {name: told[f"new.{name}"] for name in NEW_EMPLOYER}
    place = {name: said.pop(name) for name in ("street", "house_number", "postcode", "town")}
    body = {**said, "cvr": said["cvr"].replace(" ", ""), "place": place}
    wrong: list[Wrong] = []
    found = _checked(EmployerCreate, body, wrong, translate)
    if found is None:
        raise Unacceptable(tuple(Wrong(f"new.{one.name}", one.said) for one in wrong))
    return found


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


def name_of(field: str) -> str:
    """The field of the form that a field of the schema stands in."""
    first, *rest = field.split(".")
    if first == "activities":
        return ACTIVITIES[0]
    if first == "place" and rest:
        return rest[0]
    families = {"demands": "demand", "supports": "support"}
    return f"{families[first]}.{rest[0]}" if first in families and rest else first


def _checked(
    schema: type[Schema], body: Mapping[str, Any], wrong: list[Wrong], translate: Translate
) -> Schema | None:
    try:
        found = schema.model_validate(body)
        if isinstance(found, JobOrderCreate):
            found.to_task()
        return found
    except ValidationError as invalid:
        errors = [{**error, "loc": ("body", *error["loc"])} for error in invalid.errors()]
        wrong += [Wrong(name_of(one.field), one.said(translate)) for one in refusals(errors, schema)]
    except Refused as one:
        wrong.append(Wrong(name_of(one.field), one.said(translate)))
    return None


def _mix(told: Values, reading: TaskReading) -> dict[str, float]:
    """The shares as they were read while the activities are the same, else equal ones."""
    chosen = list(dict.fromkeys(told[name] for name in ACTIVITIES if told[name]))
    read = {str(code): found.share for code, found in reading.activities.items()}
    return read if set(chosen) == set(read) else {code: 1 / len(chosen) for code in chosen}


def _answers(told: Values, family: str) -> dict[str, str]:
    start = f"{family}."
    return {name.removeprefix(start): said for name, said in told.items() if name.startswith(start) and said}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _title(text: str) -> str:
    """The first sentence; a long one is cut where a part of it ends, else between words."""
    first = _SENTENCE_ENDS.split(text.strip())[0].rstrip(". ")
    if len(first) <= LONGEST_TITLE:
        return first
    start = first[: LONGEST_TITLE + 1]
    cut = max(start.rfind(", "), start.rfind(" og "))
    return start[:cut] if cut >= SHORTEST_TITLE else start.rpartition(" ")[0] or start[:-1]


CHOICES: Mapping[str, tuple[str, ...]] = {
    **{name: tuple(Activity) for name in ACTIVITIES},
    "setting": (Setting.INDOOR, Setting.OUTDOOR, Setting.BOTH),
}
"""The codes that may be chosen in a field."""
