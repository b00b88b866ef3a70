"""What the words of a job order say, read the same way wherever they came in."""

from dataclasses import replace
from datetime import date
from functools import cache
from threading import Lock

from api.access import audit
from api.domain.caller import Caller
from api.store import Unit, job_orders
from matching.orders import Task
from matching.reading import TaskReading, read_task, read_times
from matching.reading.corrections import LabelledText, without_personal_data
from matching.reading.text import MAX_CHARACTERS

_ONE_AT_A_TIME = Lock()


def made_ready() -> None:
    """Load what reads, which takes seconds once in a process.

    Whoever writes down what was read does so before the unit begins: others would wait for their own.
    """
    with _ONE_AT_A_TIME:
        _loaded()


@cache
def _loaded() -> None:
    read_task("luge bede")


def reading_of(text: str, times_text: str, on: date | None) -> TaskReading:
    """Text and hours read together: an early start told with the hours is an answer as well."""
    together = "\n".join(filter(None, (text, times_text)))
    return read_task(together[:MAX_CHARACTERS], on=on)


def task_in(text: str, times_text: str, on: date | None) -> Task:
    """The task that the words tell; with something in `times_text`, times in the text do not count."""
    read = reading_of(text, times_text, on).to_task()
    return replace(read, times=read_times(times_text).slots) if times_text else read


def labelled_texts(unit: Unit, caller: Caller) -> list[LabelledText]:
    """The municipality's readings as people confirmed or corrected them, without personal data.

    What nobody has confirmed teaches nothing and is left out. Whoever exports reads the lines before they
    leave: a name that is written small is not found.
    """
    kept = [order.reading for order in job_orders.all_of(unit, caller.municipality) if order.reading]
    texts = [
        LabelledText(without_personal_data(str(one.proposed["text"])), Task.from_json(one.confirmed))
        for one in kept
        if one.confirmed is not None and one.confirmed_by
    ]
    audit.record(unit, caller, "readings_exported", details={"texts": len(texts)})
    return texts
