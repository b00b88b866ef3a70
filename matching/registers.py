"""Values that repeat in a catalogue, kept once each and pointed at by number; number 0 is the empty one.

Thousands of orders share a few hundred mixes of activities and times of the week, so what a citizen makes of
them is reckoned once for each and looked up for every order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.times import ENOUGH_MINUTES, Slot, Weekday
from matching.vocabulary import Activity

Mix = tuple[tuple[Activity, float], ...]
"""The activities of a task with their shares; empty when nobody has said."""

Timetable = tuple[Slot, ...]
"""The times of the week of a task; empty when nobody has said."""

_PLACE = {activity: place for place, activity in enumerate(Activity)}
_DAY = {day: place for place, day in enumerate(Weekday)}


_Entry = TypeVar("_Entry", bound=tuple[object, ...])


@dataclass(frozen=True)
class Register(Generic[_Entry]):
    """Values by number, the empty one first."""

    entries: tuple[_Entry, ...] = ((),)  # type: ignore[assignment]

    def number(self, entry: _Entry) -> int | None:
        """The number of a value, None when it is not here."""
        return self._numbers.get(entry)

    def holding_also(self, entry: _Entry) -> Self:
        """The register with a value that it may not have had; the numbers of all others stay."""
        return self if entry in self._numbers else type(self)((*self.entries, entry))

    @cached_property
    def _numbers(self) -> dict[_Entry, int]:
        return {entry: number for number, entry in enumerate(self.entries)}


class Mixes(Register[Mix]):
    """The mixes of activities of a catalogue."""

    @cached_property
    def shares(self) -> NDArray[np.float64]:
        """The share of each activity in each mix: one row per mix, one column per activity."""
        table = np.zeros((len(self.entries), len(Activity)))
        for number, mix in enumerate(self.entries):
            for activity, share in mix:
                table[number, _PLACE[activity]] = share
        return table

    def holding(self, activity: Activity) -> NDArray[np.bool_]:
        """Which mixes have a share of an activity."""
        held: NDArray[np.bool_] = self.shares[:, _PLACE[activity]] > 0
        return held

    def weighed(self, worth: dict[Activity, float], untold: float) -> NDArray[np.float64]:
        """The worth of the activities of each mix by their shares; `untold` for the empty mix."""
        # summed along each row by itself, so that a mix is worth the same in every catalogue
        value: NDArray[np.float64] = (self.shares * [worth[activity] for activity in _PLACE]).sum(axis=1)
        value[0] = untold
        return value


class Timetables(Register[Timetable]):
    """The times of the week of a catalogue."""

    @cached_property
    def _slots(self) -> NDArray[np.int64]:
        """All slots: the number of the timetable, the day, the start and the end in minutes."""
        told = [
            (number, _DAY[slot.day], slot.start, slot.end)
            for number, timetable in enumerate(self.entries)
            for slot in timetable
        ]
        return np.array(told, np.int64).reshape(-1, 4)

    def fitting(self, availability: Sequence[Slot]) -> NDArray[np.bool_]:
        """Which timetables somebody with these free slots can keep.

        One of the slots has to overlap one of the task's for an hour, or for the whole of a shorter task.
        """
        number, day, start, end = self._slots.T
        fits = np.zeros(len(number), np.bool_)
        for free in availability:
            shared = np.minimum(end, free.end) - np.maximum(start, free.start)
            fits |= (day == _DAY[free.day]) & (shared >= np.minimum(ENOUGH_MINUTES, end - start))
        return np.bincount(number[fits], minlength=len(self.entries)) > 0
