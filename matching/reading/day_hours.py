"""The hours of one day as they are typed beside it: "kl. 9 til 12", "fra ni til tolv", "9-11 og 13-15".

Where nothing but hours is asked for, bare numbers are hours. Part of a day ("formiddag") is no clock time.
"""

from typing import NamedTuple

from matching.reading.numbers import COUNT, count_of
from matching.reading.text import expression, fold
from matching.reading.time_of_day import TIME, begins_at, ends_at

_SAID = r"(?:(?:kl|klokken|fra|from|at)\b\.?\s*){0,2}"
_BETWEEN = r"(?:mellem|between)\s(?:kl\b\.?\s*|klokken\s)?"
_STRETCH = expression(
    rf"(?:{_BETWEEN}(?P<first>{TIME})\s(?:og|and)\s{_SAID}(?P<last>{TIME})"
    rf"|{_SAID}(?P<begins>{TIME})(?:\s*[-–—]\s*|\s(?:(?:frem |ind)?til|to)\s){_SAID}(?P<ends>{TIME})"
    rf"|{_SAID}(?P<start>{TIME})\s(?:i|for|og|and)\s(?P<count>{COUNT})\s(?:timer?|hours?)\b(?:\sfrem)?)"
)
_NEXT = expression(r"\.?(?:\s?[,;+&/]\s?(?:(?:og|and)\s)?|\s(?:og|samt|eller|and|or)\s)(?:igen\s)?")
_CLOSED = expression(r"\s?\.?")
_WHOLE_DAY = 24 * 60


class DayHours(NamedTuple):
    """A stretch of a day in minutes from midnight."""

    begins: int
    ends: int


def read_hours(text: str) -> tuple[DayHours, ...]:
    """The stretches of one day that a text tells; none where any of it says something else."""
    folded = " ".join(fold(text).split())
    told: list[DayHours] = []
    at = 0
    while found := _STRETCH.match(folded, at):
        told.append(_hours(found.groupdict()))
        if _CLOSED.fullmatch(folded, found.end()):
            return tuple(told) if all(0 <= one.begins < one.ends <= _WHOLE_DAY for one in told) else ()
        if not (between := _NEXT.match(folded, found.end())):
            break
        at = between.end()
    return ()


def _hours(said: dict[str, str | None]) -> DayHours:
    if (start := said["start"]) and (count := said["count"]):
        return DayHours(begins_at(start), begins_at(start) + round(60 * count_of(count)))
    begins, ends = (said["first"] or said["begins"] or "", said["last"] or said["ends"] or "")
    return DayHours(begins_at(begins), ends_at(ends, begins))
