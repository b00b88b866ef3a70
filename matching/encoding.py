"""One order as a row of columns: the way in for an order that comes or changes when the others stay.

A JobOrder was checked when it was made, so that nothing is checked or guessed here. Many orders come faster
as a frame; both ways lead to the same columns.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from matching.columns import (
    NO_END,
    NO_START,
    PRECISIONS_BY_NUMBER,
    SETTINGS_BY_NUMBER,
    Columns,
    day_number,
    mask,
)
from matching.orders import JobOrder
from matching.registers import Mixes, Timetables
from matching.vocabulary import Answer


def row_of(order: JobOrder, mixes: Mixes, timetables: Timetables) -> Columns:
    """The columns of one order; the registers are those given, with what the order needs besides."""
    mix = tuple(order.activities.items())
    mixes, timetables = mixes.holding_also(mix), timetables.holding_also(order.times)
    values: dict[str, tuple[Any, type[Any]]] = {
        "lat": (order.place.lat if order.place else np.nan, np.float64),
        "lon": (order.place.lon if order.place else np.nan, np.float64),
        "precision": (PRECISIONS_BY_NUMBER.index(order.precision), np.uint8),
        "mix": (mixes.number(mix), np.intp),
        "setting": (SETTINGS_BY_NUMBER.index(order.setting), np.uint8),
        "demand_yes": (_bits(order.demands, Answer.YES), np.uint32),
        "demand_no": (_bits(order.demands, Answer.NO), np.uint32),
        "support_yes": (_bits(order.supports, Answer.YES), np.uint16),
        "support_no": (_bits(order.supports, Answer.NO), np.uint16),
        "timetable": (timetables.number(order.times), np.intp),
        "hours": (_or_nan(order.hours_per_week), np.float64),
        "pay": (_or_nan(order.pay_dkk_per_hour), np.float64),
        "places": (order.places, np.int32),
        "open_proposals": (order.open_proposals, np.int32),
        "employer_yes": (order.employer_yes, np.float64),
        "employer_no": (order.employer_no, np.float64),
        "starts": (_day(order.starts_on, NO_START), np.int32),
        "ends": (_day(order.ends_on, NO_END), np.int32),
        "present": (True, np.bool_),
    }
    arrays = {name: np.array([value], kind) for name, (value, kind) in values.items()}
    return Columns(**arrays, mixes=mixes, timetables=timetables)


def _bits(answers: Mapping[Any, Answer], said: Answer) -> int:
    return mask(frozenset(code for code, answer in answers.items() if answer is said))


def _or_nan(number: float | None) -> float:
    return np.nan if number is None else number


def _day(day: date | None, missing: int) -> int:
    return missing if day is None else day_number(day)
