"""The hard constraints of a citizen against many orders, in three-valued logic.

Each check is met, in conflict or unknown. A conflict excludes; an unknown without a conflict becomes a
question to whoever knows; only what is met all through is ranked. A constraint exists only where somebody has
stated one: silence constrains nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Generic

from matching.citizens import Constraint, Needs
from matching.facts import AnyFlags, Facts, Flags
from matching.times import Slot
from matching.vocabulary import Answer, Demand, Setting, Support


class Party(StrEnum):
    """Who can answer what is not known."""

    EMPLOYER = "employer"
    CITIZEN = "citizen"


@dataclass(frozen=True, slots=True)
class Check(Generic[AnyFlags]):
    """One rule against n orders: where it is in conflict, where it is unknown, and who could say."""

    rule: str
    conflict: AnyFlags
    unknown: AnyFlags
    of: Party = Party.EMPLOYER


def checks(needs: Needs, orders: Facts[AnyFlags], too_far: AnyFlags, on: date) -> Iterator[Check[AnyFlags]]:
    """Every constraint that exists for these needs, in the order in which the contract names the rules.

    `too_far` is where the way takes longer than the citizen's limit, if there is one.
    """
    return (check(one, orders, too_far, on) for one in needs.constraints)


class HeldChecks:
    """What some orders make of each constraint on a day, reckoned once for all who state the same."""

    def __init__(self, orders: Facts[Flags], on: date) -> None:
        """Nothing is held against the orders before somebody states it."""
        self._orders, self._on = orders, on
        self._found: dict[str, Check[Flags]] = {}

    def of(self, needs: Needs, too_far: Flags) -> Iterator[Check[Flags]]:
        """The same as `checks`."""
        return (self._check(one, too_far) for one in needs.constraints)

    def _check(self, one: Constraint, too_far: Flags) -> Check[Flags]:
        # whoever has the same limit may start from somewhere else
        if one.rule == "max_minutes":
            return check(one, self._orders, too_far, self._on)
        if one.key not in self._found:
            self._found[one.key] = check(one, self._orders, too_far, self._on)
        return self._found[one.key]


def check(one: Constraint, orders: Facts[AnyFlags], too_far: AnyFlags, on: date) -> Check[AnyFlags]:
    """One constraint held against the orders."""
    family = one.rule.partition(":")[0]
    # these two are always known, so that nobody is asked
    if family == "ended":
        return Check(one.rule, orders.ended(on), orders.never())
    if family == "max_minutes":
        return Check(one.rule, too_far, orders.never())
    of = Party.CITIZEN if family == "abilities" else Party.EMPLOYER
    return Check(one.rule, *_HELD_AGAINST[family](orders, one.about), of)


def anywhere(flags: Iterable[Flags]) -> Flags:
    """Where at least one of several flags is set."""
    first, *others = flags
    either = first.copy()
    for flag in others:
        either |= flag
    return either


def _answer_needed(
    orders: Facts[AnyFlags], code: Demand | Support, needed: Answer
) -> tuple[AnyFlags, AnyFlags]:
    """An answer that has to be known, and to be the one needed."""
    yes, no = orders.answered(code, Answer.YES), orders.answered(code, Answer.NO)
    return yes if needed is Answer.NO else no, ~(yes | no)


def _ability(orders: Facts[AnyFlags], requirement: Demand, ability: Answer) -> tuple[AnyFlags, AnyFlags]:
    """A requirement that the order has, against what the citizen has; unsaid, it hangs on the citizen.

    A requirement that the employer has not spoken of constrains nothing: it is worth a warning at most.
    """
    required, never = orders.answered(requirement, Answer.YES), orders.never()
    return (required, never) if ability is Answer.NO else (never, required)


def _setting(orders: Facts[AnyFlags], setting: Setting) -> tuple[AnyFlags, AnyFlags]:
    """A setting that cannot be; a task that is both in- and outdoors is in it too."""
    there = orders.setting(setting) | orders.setting(Setting.BOTH)
    return there, orders.setting(Setting.UNKNOWN)


def _availability(orders: Facts[AnyFlags], slots: Sequence[Slot]) -> tuple[AnyFlags, AnyFlags]:
    untold = orders.times_untold()
    return ~(untold | orders.fitting(slots)), untold


_HELD_AGAINST: dict[str, Callable[[Facts[Any], Any], tuple[Any, Any]]] = {
    "place": lambda orders, _: (orders.never(), orders.placeless()),
    "no_places_left": lambda orders, _: (orders.full(), orders.never()),
    # a task whose activities nobody has said hangs on the employer
    "attitude": lambda orders, activity: (orders.work(activity), orders.work_untold()),
    "avoids": lambda orders, demand: _answer_needed(orders, demand, Answer.NO),
    "needs": lambda orders, support: _answer_needed(orders, support, Answer.YES),
    "abilities": lambda orders, said: _ability(orders, *said),
    "max_hours": lambda orders, most: (orders.longer(most), orders.hours_untold()),
    "setting": _setting,
    "availability": _availability,
}
"""By family, where a constraint is in conflict with the orders and where it is unknown."""
