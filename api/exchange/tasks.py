"""The task of a job order: what its columns say, and for the rest what is read out of the text.

Both speak in the words of the contract; where a column says something, the text is not asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from api.domain.tasks import joined
from api.exchange import amounts, values
from api.exchange.columns import folded
from api.exchange.rows import Fields
from api.exchange.values import Given
from api.exchange.words import Words
from geo import Refused
from matching.orders import Task, shares
from matching.reading import read_task, read_times
from matching.vocabulary import Activity, Demand, Setting, Support

_NO_ACTIVITIES: Mapping[Activity, float] = {}
_SETTINGS = {
    "inde": Setting.INDOOR,
    "indendørs": Setting.INDOOR,
    "indenfor": Setting.INDOOR,
    "ude": Setting.OUTDOOR,
    "udendørs": Setting.OUTDOOR,
    "udenfor": Setting.OUTDOOR,
    "begge": Setting.BOTH,
    "inde og ude": Setting.BOTH,
    "både inde og ude": Setting.BOTH,
}
WORDS: Mapping[str, Words] = {
    "activities": Words(tuple(Activity)),
    "setting": Words(tuple(Setting), also={folded(said): code for said, code in _SETTINGS.items()}),
}
"""The words that the columns of a task may hold, by field."""


@dataclass(frozen=True)
class ToldTask:
    """A task, what of it the columns say, and for how many people where the text says so."""

    task: Task
    stated: Task
    places: int | None


_NOTHING = ToldTask(Task(), Task(), None)


def told_task(fields: Fields, text: str, times_text: str, on: date | None) -> ToldTask:
    """The task of a row, an empty one when the row is refused; problems are reported in `fields`.

    `times_text` is the column of days and hours; with something in it, times in `text` do not count. `on` is
    the day of the call, from which a start without a year is reckoned.
    """
    stated = _stated(fields)
    if fields.failed:
        return _NOTHING
    # read together: what the hours say of the work (an early start) is an answer as well
    together = "\n".join(filter(None, (text, times_text)))
    try:
        reading = read_task(together, on=on)
        read = reading.to_task()
        if times_text:
            read = replace(read, times=read_times(times_text).slots)
        return ToldTask(joined(read, stated), stated, reading.places.value if reading.places else None)
    except Refused as reason:
        fields.refuse(reason.field, reason)
        return _NOTHING


def _stated(fields: Fields) -> Task:
    """What the columns say; a task that contradicts itself is reported."""
    said = {
        "activities": fields.get("activities", activities, _NO_ACTIVITIES),
        "setting": fields.get("setting", setting, Setting.UNKNOWN),
        "hours_per_week": fields.get("hours_per_week", amounts.hours_per_week, None),
        "pay_dkk_per_hour": fields.get("pay_dkk_per_hour", amounts.pay_per_hour, None),
        "starts_on": fields.get("starts_on", values.day, None),
        "ends_on": fields.get("ends_on", values.day, None),
        "demands": fields.answers("demands", Demand),
        "supports": fields.answers("supports", Support),
    }
    try:
        return Task(**said)  # type: ignore[arg-type]
    except Refused as reason:
        fields.refuse(reason.field, reason)
        return Task()


def activities(given: Given) -> Mapping[Activity, float]:
    """Kinds of work divided by commas, in equal shares; empty when blank."""
    return shares(WORDS["activities"].several(given))


def setting(given: Given) -> Setting:
    """Inde, ude, begge or a code; unknown when blank."""
    found = WORDS["setting"].one(given)
    return Setting(found) if found else Setting.UNKNOWN
