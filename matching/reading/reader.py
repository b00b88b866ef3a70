"""A task text as told on the telephone, to findings that a consultant can confirm.

The lexicon answers; what it does not know stays unknown. Early and late work is also answered by the clock,
where a clock time is told: before 8 in the morning, and after 18 or before 5.
"""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from matching.clock import EARLY_BEFORE, EARLY_FROM, EVENING_FROM, NIGHT_UNTIL, clock_demands
from matching.reading.activities import read_activities, words_of_work
from matching.reading.amounts import read_hours, read_pay, read_places
from matching.reading.answers import read_demands, read_supports
from matching.reading.clock import Stretch, beginnings, stretches
from matching.reading.dates import read_end, read_start
from matching.reading.entries import Part
from matching.reading.findings import AnsweredFinding, Finding, TaskReading, TimedFinding
from matching.reading.hits import Hit, hits_in
from matching.reading.implied import read_implied
from matching.reading.naming import mentions, named_activities
from matching.reading.scope import Stances
from matching.reading.setting import read_setting
from matching.reading.text import Evidence, Passage
from matching.reading.week import Week, read_week, unread_times
from matching.vocabulary import Answer, Demand

_SURE_OF_CLOCK = 0.95

Item = TypeVar("Item")


def read_task(text: str, *, on: date | None = None) -> TaskReading:
    """Read activities, setting, demands, supports, hours, times, pay, places and start from a task text.

    `on` is the day of the call; with it a start without a year ("fra 1. december") is the next such day, and
    unknown without it. An empty text has an empty reading. Raises `Refused` for what is no text, or longer
    than 20,000 characters.
    """
    passage = Passage.of(text)
    stances = Stances(passage)
    hits = hits_in(passage, stances)
    week = read_week(passage)
    demands = _in_order(read_clock(passage, week) | read_demands(passage, hits))
    mentioned = mentions(passage, _of(hits, Part.ACTIVITIES))
    activities = read_activities(passage, named_activities(passage, mentioned), words_of_work(stances, hits))
    return TaskReading(
        text=text,
        activities=activities,
        setting=read_setting(passage, _of(hits, Part.SETTING), mentioned, activities),
        demands=demands,
        supports=read_supports(passage, hits),
        implied=read_implied(passage, _of(hits, Part.IMPLIED), activities, demands),
        hours_per_week=read_hours(passage, week.weekdays),
        times=_listed([str(slot) for slot in week.slots], _timed(passage, week)),
        weekdays=_listed(week.weekdays, [passage.evidence(days.start, days.end) for days in week.days]),
        pay_dkk_per_hour=read_pay(passage),
        places=read_places(passage),
        starts_on=read_start(passage, on),
        ends_on=read_end(passage, on),
        unread=unread_times(passage),
    )


def read_clock(passage: Passage, week: Week) -> dict[Demand, AnsweredFinding]:
    """Early and late work as the clock tells it; "no" only when every day has its time.

    What follows from the times of the week is a finding of its own kind, which goes with them.
    """
    by_times, starts = clock_demands(week.slots), {slot.start for slot in week.slots}
    timed = [stretch for _, stretch in week.timed]
    timed += [stretch for stretch in stretches(passage) if stretch.marked and stretch not in timed]
    shown = [passage.evidence(stretch.start, stretch.end) for stretch in timed]
    said: dict[Demand, AnsweredFinding] = {}
    told = {
        Demand.EARLY_START: any(EARLY_FROM <= stretch.begins < EARLY_BEFORE for stretch in timed),
        Demand.EVENING_OR_NIGHT: by_times.get(Demand.EVENING_OR_NIGHT) is Answer.YES
        or any(map(_into_the_evening, timed)),
    }
    for demand, applies in told.items():
        answer = Answer.YES if applies else Answer.NO
        if applies or (week.every_day_timed and by_times.get(demand) is answer):
            said[demand] = _told(answer, shown, by_times=by_times.get(demand) is answer)
    for begins in beginnings(passage):
        piece = [passage.evidence(begins.start, begins.end)]
        slotted = begins.minutes in starts
        if EARLY_FROM <= begins.minutes < EARLY_BEFORE:
            said[Demand.EARLY_START] = _told(Answer.YES, piece, by_times=slotted)
        elif begins.firm:
            said.setdefault(Demand.EARLY_START, _told(Answer.NO, piece, by_times=slotted))
        if begins.minutes >= EVENING_FROM or begins.minutes < NIGHT_UNTIL:
            said[Demand.EVENING_OR_NIGHT] = _told(Answer.YES, piece, by_times=slotted)
    return said


def _told(answer: Answer, shown: list[Evidence], *, by_times: bool) -> AnsweredFinding:
    return (TimedFinding if by_times else AnsweredFinding)(answer, _SURE_OF_CLOCK, shown)


def _into_the_evening(stretch: Stretch) -> bool:
    return stretch.ends > EVENING_FROM or stretch.begins < NIGHT_UNTIL or stretch.ends < stretch.begins


def _of(hits: Sequence[Hit], part: Part) -> list[Hit]:
    return [hit for hit in hits if hit.entry.part is part]


def _in_order(said: dict[Demand, AnsweredFinding]) -> dict[Demand, AnsweredFinding]:
    return {demand: said[demand] for demand in Demand if demand in said}


def _timed(passage: Passage, week: Week) -> list[Evidence]:
    """Each day with its time: one piece when they stand side by side."""
    pieces = []
    for days, stretch in week.timed:
        if 0 <= stretch.start - days.end <= 4:
            pieces.append(passage.evidence(days.start, stretch.end))
        else:
            pieces += [passage.evidence(days.start, days.end), passage.evidence(stretch.start, stretch.end)]
    return list(dict.fromkeys(pieces))


def _listed(values: list[Item], pieces: list[Evidence]) -> Finding[list[Item]] | None:
    return Finding(values, _SURE_OF_CLOCK, pieces) if values else None
