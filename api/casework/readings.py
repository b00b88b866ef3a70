"""What the words of a job order say, read the same way wherever they came in."""

from dataclasses import replace
from datetime import date

from matching.orders import Task
from matching.reading import TaskReading, read_task, read_times
from matching.reading.text import MAX_CHARACTERS


def reading_of(text: str, times_text: str, on: date | None) -> TaskReading:
    """Text and hours read together: an early start told with the hours is an answer as well."""
    together = "\n".join(filter(None, (text, times_text)))
    return read_task(together[:MAX_CHARACTERS], on=on)


def task_in(text: str, times_text: str, on: date | None) -> Task:
    """The task that the words tell; with something in `times_text`, times in the text do not count."""
    read = reading_of(text, times_text, on).to_task()
    return replace(read, times=read_times(times_text).slots) if times_text else read
