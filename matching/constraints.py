"""The hard constraints of a citizen against many orders, in three-valued logic.

Each check is met, in conflict or unknown. A conflict excludes; an unknown without a conflict becomes a
question to whoever knows; only what is met all through is ranked. A constraint exists only where somebody has
stated one: silence constrains nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.citizens import Needs
from matching.columns import BIT, SETTINGS, Columns, day_number, mask
from matching.vocabulary import REQUIREMENTS, Activity, Answer, Attitude, Code, Demand, Setting, Support

Flags = NDArray[np.bool_]
Rows = NDArray[np.intp]
Column = NDArray[Any]
Keeps = Callable[[Column], Flags]
"""Which of a column's values may stay."""


_PLACE = {code: place for kind in (Activity, Demand, Support) for place, code in enumerate(kind)}
_REQUIREMENTS = tuple(demand for demand in Demand if demand in REQUIREMENTS)


class Party(StrEnum):
    """Who can answer what is not known."""

    EMPLOYER = "employer"
    CITIZEN = "citizen"


@dataclass(frozen=True, slots=True)
class Check:
    """One rule against n orders: where it is in conflict, where it is unknown, and who could say."""

    rule: str
    conflict: Flags
    unknown: Flags
    of: Party = Party.EMPLOYER


def checks(needs: Needs, orders: Columns, minutes: NDArray[np.float64], on: date) -> Iterator[Check]:
    """Every constraint that exists for these needs, in the order in which the contract names the rules.

    `minutes` is the way to each order, NaN where its place is unknown.
    """
    nowhere = np.zeros(len(orders), np.bool_)
    # where the work is comes first: without it nothing else can be reckoned
    yield Check("place", nowhere, np.isnan(minutes))
    yield Check("ended", orders.ends < day_number(on), nowhere)
    yield Check("no_places_left", orders.places == 0, nowhere)
    yield from _attitudes(needs, orders)
    for demand in _in_order(needs.avoids):
        yes, no = _said(orders.demand_yes, BIT[demand]), _said(orders.demand_no, BIT[demand])
        yield Check(f"avoids:{demand}", yes, ~(yes | no))
    for support in _in_order(needs.needs):
        yes, no = _said(orders.support_yes, BIT[support]), _said(orders.support_no, BIT[support])
        yield Check(f"needs:{support}", no, ~(yes | no))
    yield from _abilities(needs, orders)
    if needs.max_hours_per_week is not None:
        yield Check("max_hours", orders.hours > needs.max_hours_per_week, np.isnan(orders.hours))
    yield from _settings(needs, orders)
    if needs.max_minutes is not None:
        yield Check("max_minutes", minutes > needs.max_minutes, nowhere)
    if needs.availability:
        yield _availability(needs, orders)


def sift(needs: Needs, orders: Columns, rows: Rows | None, on: date, *, certain: bool) -> Rows:
    """The rows, of some or (None) of all, that no constraint stops, as far as it can be told without the way.

    With `certain`, every constraint is met; without, none is in conflict. The same answer as `checks` gives,
    for when only that is asked: rows fall away column by column, so that later ones are read for few.
    """
    for column, keeps in _sieves(needs, orders, on, certain):
        rows = np.flatnonzero(keeps(column)) if rows is None else rows[keeps(column[rows])]
    return np.arange(len(orders)) if rows is None else rows


def _sieves(needs: Needs, orders: Columns, on: date, certain: bool) -> Iterator[tuple[Column, Keeps]]:
    """A column and which of its values may stay, for each constraint that exists."""
    if avoided := mask(needs.avoids):
        yield _all_bits(orders.demand_no, avoided) if certain else _no_bits(orders.demand_yes, avoided)
    if needed := mask(needs.needs):
        yield _all_bits(orders.support_yes, needed) if certain else _no_bits(orders.support_no, needed)
    has = {code for code, answer in needs.abilities.items() if answer is Answer.YES}
    has_not = {code for code, answer in needs.abilities.items() if answer is Answer.NO}
    if lacking := mask(REQUIREMENTS - has if certain else frozenset(has_not)):
        yield _no_bits(orders.demand_yes, lacking)
    cannot = frozenset(code for code, word in needs.attitudes.items() if word is Attitude.CANNOT)
    if cannot:
        doable = ~anywhere(orders.mixes.holding(activity) for activity in cannot)
        doable[0] = not certain
        yield orders.mix, doable.__getitem__
    if needs.availability:
        fits = orders.timetables.fitting(needs.availability)
        fits[0] = not certain
        yield orders.timetable, fits.__getitem__
    if barred := _barred(needs, certain):
        open_to = np.array([setting not in barred for setting in SETTINGS], np.bool_)
        yield orders.setting, open_to.__getitem__
    if (most := needs.max_hours_per_week) is not None:
        yield orders.hours, (lambda hours: hours <= most) if certain else (lambda hours: ~(hours > most))
    yield orders.places, lambda places: places > 0
    yield orders.ends, lambda ends: ends >= day_number(on)


def _all_bits(column: Column, bits: int) -> tuple[Column, Keeps]:
    return column, lambda values: (values & bits) == bits


def _no_bits(column: Column, bits: int) -> tuple[Column, Keeps]:
    return column, lambda values: (values & bits) == 0


def _barred(needs: Needs, certain: bool) -> set[Setting]:
    """The settings that are no place for the citizen; with `certain`, also the unknown one, which may be."""
    cannot = {setting for setting, word in needs.setting.items() if word is Attitude.CANNOT}
    also = {Setting.BOTH, Setting.UNKNOWN} if certain else {Setting.BOTH}
    return cannot | also if cannot else set()


def anywhere(flags: Iterable[Flags]) -> Flags:
    """Where at least one of several flags is set."""
    first, *others = flags
    either = first.copy()
    for flag in others:
        either |= flag
    return either


def _attitudes(needs: Needs, orders: Columns) -> Iterator[Check]:
    """An activity that cannot be done; a task whose activities nobody has said hangs on the employer."""
    untold = orders.mix == 0
    cannot = frozenset(code for code, word in needs.attitudes.items() if word is Attitude.CANNOT)
    for activity in _in_order(cannot):
        yield Check(f"attitude:{activity}", orders.mixes.holding(activity)[orders.mix], untold)


def _abilities(needs: Needs, orders: Columns) -> Iterator[Check]:
    """A requirement that the order has, against what the citizen has; unsaid, it hangs on the citizen.

    A requirement that the employer has not spoken of constrains nothing: it is worth a warning at most.
    """
    nowhere = np.zeros(len(orders), np.bool_)
    for requirement in _REQUIREMENTS:
        ability = needs.abilities.get(requirement, Answer.UNKNOWN)
        if ability is not Answer.YES:
            required = _said(orders.demand_yes, BIT[requirement])
            lacking = ability is Answer.NO
            conflict, unknown = (required, nowhere) if lacking else (nowhere, required)
            yield Check(f"abilities:{requirement}", conflict, unknown, Party.CITIZEN)


def _settings(needs: Needs, orders: Columns) -> Iterator[Check]:
    """A setting that cannot be; a task that is both in- and outdoors is in it too."""
    both, untold = SETTINGS.index(Setting.BOTH), SETTINGS.index(Setting.UNKNOWN)
    for setting in (Setting.INDOOR, Setting.OUTDOOR):
        if needs.setting.get(setting) is Attitude.CANNOT:
            there = (orders.setting == SETTINGS.index(setting)) | (orders.setting == both)
            yield Check(f"setting:{setting}", there, orders.setting == untold)


def _availability(needs: Needs, orders: Columns) -> Check:
    told = orders.timetable != 0
    fits = orders.timetables.fitting(needs.availability)[orders.timetable]
    return Check("availability", told & ~fits, ~told)


def _said(column: NDArray[np.integer[Any]], bit: int) -> Flags:
    said: Flags = (column & bit) != 0
    return said


def _in_order(codes: frozenset[Code]) -> list[Code]:
    """Codes in the order of their vocabulary."""
    return sorted(codes, key=_PLACE.__getitem__)
