"""A task from two sources: what is known of it already, and what is stated now."""

from dataclasses import replace
from datetime import date

from matching.orders import Task
from matching.vocabulary import Setting


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


def _days(known: Task, stated: Task) -> tuple[date | None, date | None]:
    starts_on, ends_on = stated.starts_on or known.starts_on, stated.ends_on or known.ends_on
    if starts_on and ends_on and starts_on > ends_on:
        return stated.starts_on, stated.ends_on
    return starts_on, ends_on
