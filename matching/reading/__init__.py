"""A task text to activities, setting, demands and supports, with the words that gave each away."""

from matching.reading.findings import AnsweredFinding, Finding, SharedFinding, TaskReading
from matching.reading.reader import read_task
from matching.reading.text import Evidence
from matching.reading.week import WeekTimes, read_times

__all__ = [
    "AnsweredFinding",
    "Evidence",
    "Finding",
    "SharedFinding",
    "TaskReading",
    "WeekTimes",
    "read_task",
    "read_times",
]
