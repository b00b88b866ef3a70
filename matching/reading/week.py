"""Weekdays and clock times as they are told: "tor og fre 16.30-18.30", "hverdage 8-11 eller 12-15".

A time needs its day and a day its name: "formiddag" is no clock time, and is asked about where a day has no
other; "når det sner" is no day. Short names count only in company ("man-fre", "man 10-13"), since "man" is
mostly a pronoun.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from matching.reading.clock import Stretch, impossible, stretches, without_an_end
from matching.reading.dates import MONTHS
from matching.reading.text import Evidence, Passage, expression, fold
from matching.reading.time_of_day import HOUR, TIME
from matching.times import Slot, Weekday

_WEEK = tuple(Weekday)
_LONG = [fold(day) for day in ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")]
_SHORT = {
    "man": 0,
    "tir": 1,
    "tirs": 1,
    "ons": 2,
    "tor": 3,
    "tors": 3,
    "fre": 4,
    fold("lør"): 5,
    fold("søn"): 6,
}
_LETTERS = {"ma": 0, "ti": 1, "on": 2, "to": 3, "fr": 4, fold("lø"): 5, fold("sø"): 6}
_DAY = expression(
    rf"\b(?:(?P<long>{'|'.join(_LONG)})(?:e|en|ene|s)?|(?P<short>{'|'.join(_SHORT)})|(?P<letters>{'|'.join(_LETTERS)})"
    r"|(?P<workdays>hverdage?|hverdagene|ugedagene)|(?P<weekend>weekend(?:en|er|erne|vagt\w*|arbejde|hjælp\w*)?)"
    r"|(?P<daily>dagligt|hver (?:dag|formiddag|eftermiddag|morgen|aften)"
    r"|alle dage|alle ugens (?:7 |syv )?dage))\b"
)
_RANGE = expression(r"\.?\s*(?:-|–|til og med|t\.o\.m\.|til)\s*")
_LIST = expression(r"\.?\s*(?:,\s*(?:og\s)?|og|eller|samt|&|/|\+)\s*(?:om\s|på\s|i\s)?\s*")
_CLOSE = expression(r"\.?\s*[-–/]\s*")
_IN_COMPANY = expression(
    rf"\.?\s*(?:kl\.?\s*{HOUR}|{HOUR}\s*(?:[-–]|til\b)|(?:d\.?|den)?\s*[0-9]{{1,2}}\.\s*(?:{MONTHS})|\w*formiddag|eftermiddag|morgen|aften)"
)
_NOT_THEN = expression(
    r"(?:\b(?:klar|færdig\w*|pynte[ts]?|dække[ts]?) til|\b(?:er|kommer) (?:der|her)"
    r"|\bikke|undtagen|bortset fra|\bej|\baldrig|inden|senest|første|holder møde\b.{0,18})"
    r"\s*(?:om|i|på|en)?\s*$"
)
_FIRST_DAY = expression(
    r"\b(?:(?:op)?start\w*|begynde\w*|(?:gå|komme)\w* i gang|første (?:arbejds)?dag)"
    r"(?:\s(?:op|igen|hos|her|os|det|der|så|gerne|helst|allerede|måske|evt\.?|er|bliver|kan|fra|med)){0,3}\s*(?:på|om)?\s*$"
    r"|\b(?:fra|allerede|først) (?:nu )?på\s*$|\bfra (?:næste|førstkommende)\s*$"
)
_AT_A_TIME = expression(
    rf",?\s*(?:(?:fra|mellem)\s)?(?:kl(?:okken|\.)?\s*{TIME}|{TIME}\s*(?:-|–|til)|(?:om\s)?\w*(?:formiddag|middag|morgen|aften))"
)
_PERHAPS = expression(r"(?:\bevt\.?|eventuelt|måske|muligvis)\s*(?:også|om|i|på)?\s*$")
_PART_OF_DAY = expression(r",?\s*(?:om\s)?(?P<part>(?:for|efter)middage?n?|morgene?n?|aftene?n?)\b")
_NIGHT_TO = expression(r"\bnat(?:ten)? til\s*$")
_NOON = 12 * 60


class WeekTimes(NamedTuple):
    """Weekdays in the order of the week, the slots of them whose clock time is known, and what is no time."""

    weekdays: tuple[Weekday, ...]
    slots: tuple[Slot, ...]
    unread: tuple[Evidence, ...] = ()
    """What looks like hours and cannot be, such as "16-14": to be asked about."""


@dataclass(frozen=True)
class _Days:
    """Days named together, where they stand in the folded text."""

    days: tuple[Weekday, ...]
    start: int
    end: int
    night: bool = False


@dataclass(frozen=True)
class Week:
    """The days and times of a passage; spans are places of the folded text."""

    days: tuple[_Days, ...]
    timed: tuple[tuple[_Days, Stretch], ...]

    @property
    def weekdays(self) -> list[Weekday]:
        """Every day that is named, in the order of the week."""
        return sorted({day for named in self.days for day in named.days}, key=_WEEK.index)

    @property
    def slots(self) -> list[Slot]:
        """Every slot with its clock time, in the order of the week."""
        slots = {slot for named, stretch in self.timed for slot in _slots(named, stretch)}
        return sorted(slots, key=lambda slot: (_WEEK.index(slot.day), slot.start, slot.end))

    @property
    def every_day_timed(self) -> bool:
        """Whether there are days, and a time to all of them."""
        return bool(self.days) and {id(days) for days in self.days} == {id(days) for days, _ in self.timed}


def read_times(text: str) -> WeekTimes:
    """Read days and times from a cell such as "man-fre kl. 8.30-9.30"; what is not told is left out.

    Raises `Refused` for what is no text or far too long.
    """
    passage = Passage.of(text)
    week = read_week(passage)
    return WeekTimes(tuple(week.weekdays), tuple(week.slots), tuple(unread_times(passage)))


def unread_times(passage: Passage) -> list[Evidence]:
    """What looks like hours and says none: a stretch that ends before it begins, a time without an end,
    a part of the day.

    "fredag formiddag" and "fredag kl. 9" are told where nothing more belongs to that day: one has to ask from
    when to when.
    """
    told = list(_named_days(passage.folded))
    near = [
        (start, end) for start, end in impossible(passage) if any(0 <= start - days.end <= 6 for days in told)
    ]
    pieces = sorted({*near, *_half_told(passage, read_week(passage))})
    return [passage.evidence(start, end) for start, end in pieces]


def _half_told(passage: Passage, week: Week) -> Iterator[tuple[int, int]]:
    """Parts of days and times without an end that belong to a day without its hours, or to no day at all."""
    timed = {id(days) for days, _ in week.timed}
    open_days = [days for days in week.days if id(days) not in timed]
    for days in open_days:
        if found := _PART_OF_DAY.match(passage.folded, days.end):
            yield found.span("part")
    sentences = {passage.sentence_at(days.start) for days in open_days}
    for start, end in without_an_end(passage):
        if not week.timed or passage.sentence_at(start) in sentences:
            yield start, end


def read_week(passage: Passage) -> Week:
    """The days and clock times of a passage."""
    named: list[_Days] = []
    not_then: set[Weekday] = set()
    for days in _named_days(passage.folded):
        in_front = passage.folded[max(0, days.start - 24) : days.start]
        if _NOT_THEN.search(in_front):
            not_then |= set(days.days)
        elif _is_first_day(passage.folded, days):
            continue
        elif not _PERHAPS.search(in_front):
            night = bool(_NIGHT_TO.search(in_front))
            named.append(_Days(days.days, days.start, days.end, night))
    left = [_Days(tuple(d for d in n.days if d not in not_then), n.start, n.end, n.night) for n in named]
    kept = [days for days in left if days.days]
    kept = [days for days in kept if len(days.days) < len(_WEEK)] or kept  # "hver morgen, man-fre"
    near: defaultdict[int, list[_Days]] = defaultdict(list)
    for days in kept:
        near[passage.sentence_at(days.start)].append(days)
    told = ((stretch, near[passage.sentence_at(stretch.start)]) for stretch in stretches(passage))
    timed = ((_days_of(close, kept, stretch), stretch) for stretch, close in told)
    return Week(tuple(kept), tuple((days, stretch) for days, stretch in timed if days))


def _is_first_day(folded: str, days: _Days) -> bool:
    """Whether a single day is when it all begins, "vi starter på mandag", and no day of every week."""
    return (
        folded[days.start : days.end] in _LONG
        and bool(_FIRST_DAY.search(folded[max(0, days.start - 40) : days.start]))
        and not _AT_A_TIME.match(folded, days.end)
    )


def _named_days(folded: str) -> Iterator[_Days]:
    found = list(_DAY.finditer(folded))
    run: list[re.Match[str]] = []
    for day in found:
        if run and not _linked(folded, run[-1], day):
            yield from _run_of_days(folded, run)
            run = []
        run.append(day)
    yield from _run_of_days(folded, run)


def _linked(folded: str, one: re.Match[str], other: re.Match[str]) -> bool:
    gap = folded[one.end() : other.start()]
    if one["letters"] or other["letters"]:
        return bool(one["letters"] and other["letters"] and _CLOSE.fullmatch(gap))
    if one.group() == "man" and other["long"]:
        return False
    if one["daily"] or other["daily"]:
        return False
    if other.group() == "man" and not _in_company(folded, other):
        return False
    if gap == " ":  # "man ons fre", as one types while somebody speaks
        return bool((one["short"] and other["short"]) or (one["long"] and other["long"]))
    return bool(_RANGE.fullmatch(gap) or _LIST.fullmatch(gap))


def _run_of_days(folded: str, run: Sequence[re.Match[str]]) -> Iterator[_Days]:
    if not run:
        return
    alone = len(run) == 1
    if alone and (run[0]["letters"] or (run[0]["short"] and not _in_company(folded, run[0]))):
        return
    days: list[int] = []
    for before, day in zip((None, *run), run, strict=False):
        numbers = _numbers(day)
        if before and _RANGE.fullmatch(folded[before.end() : day.start()]) and days and len(numbers) == 1:
            steps = (numbers[0] - days[-1]) % 7
            days += [(days[-1] + step) % 7 for step in range(1, steps + 1)]
        else:
            days += numbers
    yield _Days(tuple(_WEEK[number] for number in dict.fromkeys(days)), run[0].start(), run[-1].end())


def _numbers(day: re.Match[str]) -> list[int]:
    if day["long"]:
        return [_LONG.index(day["long"])]
    if day["short"] or day["letters"]:
        return [(_SHORT | _LETTERS)[day.group()]]
    return list(range(5)) if day["workdays"] else [5, 6] if day["weekend"] else list(range(7))


def _in_company(folded: str, day: re.Match[str]) -> bool:
    return folded.strip(" .,:") == day.group() or bool(_IN_COMPANY.match(folded, day.end()))


def _days_of(near: Sequence[_Days], named: Sequence[_Days], stretch: Stretch) -> _Days | None:
    """The days that a time belongs to: those named before it in the sentence, else after it."""
    if near:
        before = bisect_right(near, stretch.start, key=lambda days: days.end)
        return near[max(0, before - 1)]
    return named[0] if len(named) == 1 and stretch.marked else None


def _slots(named: _Days, stretch: Stretch) -> Iterator[Slot]:
    for day in named.days:
        first = day
        if named.night and stretch.begins >= _NOON:
            first = _WEEK[_WEEK.index(day) - 1]
        if stretch.ends > stretch.begins:
            yield Slot(first, stretch.begins, stretch.ends)
            continue
        yield Slot(first, stretch.begins, 24 * 60)
        if stretch.ends:
            yield Slot(_WEEK[(_WEEK.index(first) + 1) % 7], 0, stretch.ends)
