"""A task from two sources: what is known of it already, and what is stated or read now."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from matching.orders import TASK_FIELDS, Task
from matching.vocabulary import OF_THE_PLACE, Answer, Code, Setting

_SILENCE: tuple[object, ...] = (None, Setting.UNKNOWN, (), {})
_ANSWERS = ("demands", "supports")
_Value = TypeVar("_Value")


def joined(known: Task, stated: Task) -> Task:
    """`stated`, with its gaps filled from `known`; answers of both, the stated ones first.

    A known day that contradicts a stated one is dropped: the task starts on or before the day it ends.
    """
    starts_on, ends_on = _days(known, stated)
    return replace(
        known,
        activities=stated.activities or known.activities,
        setting=known.setting if stated.setting is Setting.UNKNOWN else stated.setting,
        demands={**known.demands, **stated.demands},
        supports={**known.supports, **stated.supports},
        hours_per_week=known.hours_per_week if stated.hours_per_week is None else stated.hours_per_week,
        pay_dkk_per_hour=known.pay_dkk_per_hour
        if stated.pay_dkk_per_hour is None
        else stated.pay_dkk_per_hour,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def reworded(kept: Task, before: Task, now: Task) -> Task:
    """What is known of a task when its words change: `before` and `now` are what the old and new words say.

    What the new words say anew counts. What was recorded beside the old words, an answer given on the
    telephone or a correction, stays as long as its fact did; what only the old words said goes with them.
    When the work itself is another one, recorded demands of the work go too and have to be asked anew, those
    of the place and what it offers stay: an answer about weeding must not pass for one about washing up.
    """
    other_work = bool(now.activities) and now.activities != before.activities
    recorded = {code: said for code, said in kept.demands.items() if not other_work or code in OF_THE_PLACE}
    values = {
        name: _followed(getattr(kept, name), getattr(before, name), getattr(now, name))
        for name in TASK_FIELDS
        if name not in (*_ANSWERS, "starts_on", "ends_on")
    }
    days = replace(now, starts_on=None, ends_on=None) if now.starts_on == before.starts_on else now
    starts_on, ends_on = _days(kept, days)
    return Task(
        **values,
        demands=_answers_followed(recorded, before.demands, now.demands),
        supports=_answers_followed(kept.supports, before.supports, now.supports),
        starts_on=starts_on,
        ends_on=ends_on,
    )


def _answers_followed(
    kept: Mapping[Code, Answer], before: Mapping[Code, Answer], now: Mapping[Code, Answer]
) -> dict[Code, Answer]:
    found = {code: _followed(kept.get(code), before.get(code), now.get(code)) for code in (*kept, *now)}
    return {code: said for code, said in found.items() if said is not None}


def _followed(kept: _Value, before: _Value, now: _Value) -> _Value:
    if now not in _SILENCE and now != before:
        return now
    return now if kept == before else kept


def _days(known: Task, stated: Task) -> tuple[date | None, date | None]:
    starts_on, ends_on = stated.starts_on or known.starts_on, stated.ends_on or known.ends_on
    if starts_on and ends_on and starts_on > ends_on:
        return stated.starts_on, stated.ends_on
    return starts_on, ends_on
