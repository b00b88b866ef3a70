"""What the times of a task say of its demands: early work, and work in the evening or at night.

It follows from the times that stand and goes with them, so that it is never kept beside them. What somebody
has said of a demand in so many words counts before it.
"""

from collections.abc import Collection, Iterator

from matching.times import Slot, Weekday
from matching.vocabulary import Answer, Demand

EARLY_FROM, EARLY_BEFORE = 3 * 60, 8 * 60
"""Work that begins from the one and before the other is an early start; before that it is night."""

EVENING_FROM, NIGHT_UNTIL = 18 * 60, 5 * 60
"""Work after the one or before the other is evening or night work."""

NIGHT_FROM = 22 * 60
"""Work that begins from here on begins at night, which tells nothing of mornings."""

_MIDNIGHT = 24 * 60
_WEEK = tuple(Weekday)


def clock_demands(slots: Collection[Slot]) -> dict[Demand, Answer]:
    """The demands that the times of a week answer; without times none.

    Whether work that begins at night, or goes on over midnight, is an early start is not answered.

    >>> clock_demands([Slot.parse("fri 9-12")])[Demand.EARLY_START]
    <Answer.NO: 'no'>
    """
    if not slots:
        return {}
    late = any(slot.end > EVENING_FROM or slot.start < NIGHT_UNTIL for slot in slots)
    said = {Demand.EVENING_OR_NIGHT: Answer.YES if late else Answer.NO}
    begins = [slot.start for slot in slots if not _goes_on(slot, slots)]
    if any(EARLY_FROM <= start < EARLY_BEFORE for start in begins):
        said[Demand.EARLY_START] = Answer.YES
    elif len(begins) == len(slots) and all(EARLY_BEFORE <= start < NIGHT_FROM for start in begins):
        said[Demand.EARLY_START] = Answer.NO
    return {demand: said[demand] for demand in Demand if demand in said}


def _goes_on(slot: Slot, slots: Collection[Slot]) -> bool:
    """Whether a stretch is the rest of a night that has begun on the day before."""
    return slot.start == 0 and any(other.end == _MIDNIGHT for other in _of_day_before(slot, slots))


def _of_day_before(slot: Slot, slots: Collection[Slot]) -> Iterator[Slot]:
    day = _WEEK[_WEEK.index(slot.day) - 1]
    return (other for other in slots if other.day is day)
