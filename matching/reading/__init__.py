"""A task text to activities, setting, demands and supports, with the words that gave each away."""

from matching.reading.corrections import (
    Correction,
    LabelledText,
    read_labelled,
    without_personal_data,
    written,
)
from matching.reading.day_hours import DayHours, read_hours
from matching.reading.findings import (
    AnsweredFinding,
    Finding,
    ImpliedFinding,
    SharedFinding,
    TaskReading,
    TimedFinding,
)
from matching.reading.reader import read_task
from matching.reading.text import Evidence
from matching.reading.week import WeekTimes, read_times

__all__ = [
    "AnsweredFinding",
    "Correction",
    "DayHours",
    "Evidence",
    "Finding",
    "ImpliedFinding",
    "LabelledText",
    "SharedFinding",
    "TaskReading",
    "TimedFinding",
    "WeekTimes",
    "read_hours",
    "read_labelled",
    "read_task",
    "read_times",
    "without_personal_data",
    "written",
]
