"""What the rules ask of n orders, one flag for each order; by rows, or packed 64 to a word.

The rules are written once, against `Facts`. Packed, a rule over a million orders costs a few microseconds:
what one citizen asks of a catalogue the next one asks again, so a fact is read out of its column once.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Sequence
from datetime import date
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.columns import BIT, SETTINGS_BY_NUMBER, Columns, day_number
from matching.times import Slot
from matching.vocabulary import Activity, Answer, Code, Demand, Setting

Flags = NDArray[np.bool_]
"""One flag per order."""
Words = NDArray[np.uint64]
"""64 flags a word, the first order in the lowest bit; what lies beyond the last order means nothing."""

Rows = NDArray[np.intp]
"""The numbers of some rows."""

AnyFlags = TypeVar("AnyFlags", bound=NDArray[Any])

MOST_FOR_NOW = 32
"""How many facts are kept of those of which there are endlessly many."""


class Facts(ABC, Generic[AnyFlags]):
    """The facts of n orders."""

    def __init__(self, orders: Columns) -> None:
        """Nothing is read before it is asked for."""
        self.orders = orders

    @abstractmethod
    def _kept(self, fact: Hashable, read: Callable[[], Flags]) -> AnyFlags:
        """A fact out of its column, which need not be read again."""

    @abstractmethod
    def _kept_for_now(self, fact: Hashable, read: Callable[[], Flags]) -> AnyFlags:
        """A fact of which there are endlessly many, as 'longer than 8 hours'."""

    @abstractmethod
    def told(self, flags: Flags) -> AnyFlags:
        """Flags by rows as these facts have them."""

    @abstractmethod
    def by_rows(self, flags: AnyFlags) -> Flags:
        """Flags as these facts have them by rows, to be changed at will."""

    @abstractmethod
    def count(self, flags: AnyFlags) -> int:
        """How many flags are set, where those beyond the last order are not."""

    def never(self) -> AnyFlags:
        """No order at all."""
        return self._kept("never", lambda: np.zeros(len(self.orders), np.bool_))

    def placeless(self) -> AnyFlags:
        """Where the place is unknown."""
        return self._kept("placeless", lambda: np.isnan(self.orders.lat))

    def full(self) -> AnyFlags:
        """Where no places are left."""
        return self._kept("full", lambda: self.orders.places == 0)

    def ended(self, on: date) -> AnyFlags:
        """Where the task ended before a day."""
        return self._kept_for_now(("ended", on), lambda: self.orders.ends < day_number(on))

    def answered(self, code: Code, answer: Answer) -> AnyFlags:
        """Where a demand or a support is known to be so, or known not to be."""
        kind = "demand" if isinstance(code, Demand) else "support"
        name = f"{kind}_{answer}"
        return self._kept((name, code), lambda: (getattr(self.orders, name) & BIT[code]) != 0)

    def work_untold(self) -> AnyFlags:
        """Where nobody has said what is to be done."""
        return self._kept("work untold", lambda: self.orders.mix == 0)

    def work(self, activity: Activity) -> AnyFlags:
        """Where an activity is part of the task."""
        return self._kept(activity, lambda: self.orders.mixes.holding(activity)[self.orders.mix])

    def setting(self, setting: Setting) -> AnyFlags:
        """Where the task has exactly this setting, both and unknown among them."""
        return self._kept(setting, lambda: self.orders.setting == SETTINGS_BY_NUMBER.index(setting))

    def hours_untold(self) -> AnyFlags:
        """Where nobody has said how many hours a week it is."""
        return self._kept("hours untold", lambda: np.isnan(self.orders.hours))

    def longer(self, hours: float) -> AnyFlags:
        """Where a week has more hours than these."""
        return self._kept_for_now(("longer", hours), lambda: self.orders.hours > hours)

    def times_untold(self) -> AnyFlags:
        """Where nobody has said when in the week."""
        return self._kept("times untold", lambda: self.orders.timetable == 0)

    def fitting(self, availability: Sequence[Slot]) -> AnyFlags:
        """Where the times of the week can be kept by somebody with these free slots."""
        orders, asked = self.orders, ("fitting", *availability)
        return self._kept_for_now(
            asked, lambda: orders.timetables.fitting(availability).take(orders.timetable)
        )


class FactsByRows(Facts[Flags]):
    """Facts with one flag per row: for few orders, which are asked once."""

    def _kept(self, fact: Hashable, read: Callable[[], Flags]) -> Flags:
        return read()

    def _kept_for_now(self, fact: Hashable, read: Callable[[], Flags]) -> Flags:
        return read()

    def told(self, flags: Flags) -> Flags:
        """The flags themselves."""
        return flags

    def by_rows(self, flags: Flags) -> Flags:
        """A copy of the flags."""
        return flags.copy()

    def count(self, flags: Flags) -> int:
        """How many flags are set."""
        return int(np.count_nonzero(flags))


class FactsOfOne(FactsByRows):
    """The facts of one order that many citizens ask after, each read out once."""

    def __init__(self, orders: Columns) -> None:
        """Nothing is read before it is asked for."""
        super().__init__(orders)
        self._facts: dict[Hashable, Flags] = {}

    def _kept(self, fact: Hashable, read: Callable[[], Flags]) -> Flags:
        if fact not in self._facts:
            self._facts[fact] = read()
        return self._facts[fact]

    _kept_for_now = _kept


class PackedFacts(Facts[Words]):
    """Facts with 64 flags a word, each kept from when it was first asked for."""

    def __init__(self, orders: Columns) -> None:
        """Nothing is packed before it is asked for."""
        super().__init__(orders)
        self._facts: dict[Hashable, Words] = {}
        self._for_now: dict[Hashable, Words] = {}

    def __reduce__(self) -> tuple[type["PackedFacts"], tuple[Columns]]:
        """Another process packs for itself."""
        return PackedFacts, (self.orders,)

    @property
    def nbytes(self) -> int:
        """The bytes of what is kept."""
        return sum(words.nbytes for kept in (self._facts, self._for_now) for words in kept.values())

    def _kept(self, fact: Hashable, read: Callable[[], Flags]) -> Words:
        if fact not in self._facts:
            self._facts[fact] = self.told(read())
        return self._facts[fact]

    def _kept_for_now(self, fact: Hashable, read: Callable[[], Flags]) -> Words:
        words = self._for_now.get(fact)
        if words is None:
            words = self.told(read())
            for oldest in list(self._for_now)[: 1 - MOST_FOR_NOW]:
                self._for_now.pop(oldest, None)
            self._for_now[fact] = words
        return words

    def told(self, flags: Flags) -> Words:
        """The flags packed."""
        packed = np.zeros(-(-len(flags) // 64) * 8, np.uint8)
        packed[: -(-len(flags) // 8)] = np.packbits(flags, bitorder="little")
        return packed.view(np.uint64)

    def by_rows(self, flags: Words) -> Flags:
        """The flags unpacked."""
        return np.unpackbits(flags.view(np.uint8), count=len(self.orders), bitorder="little").view(np.bool_)

    def count(self, flags: Words) -> int:
        """How many flags are set, all of them of orders."""
        return int(np.bitwise_count(flags).sum())
