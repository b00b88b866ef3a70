"""The hard constraints of a citizen against many orders, in three-valued logic.

Each check is met, in conflict or unknown. A conflict excludes; an unknown without a conflict becomes a
question to whoever knows; only what is met all through is ranked. A constraint exists only where somebody has
stated one: silence constrains nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic

from matching.citizens import Needs
from matching.facts import AnyFlags, Facts, Flags
from matching.vocabulary import REQUIREMENTS, Activity, Answer, Attitude, Code, Demand, Setting, Support

_PLACE = {code: place for kind in (Activity, Demand, Support) for place, code in enumerate(kind)}
_REQUIREMENTS = tuple(demand for demand in Demand if demand in REQUIREMENTS)


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
    never = orders.never()
    # where the work is comes first: without it nothing else can be reckoned
    yield Check("place", never, orders.placeless())
    yield Check("ended", orders.ended(on), never)
    yield Check("no_places_left", orders.full(), never)
    yield from _attitudes(needs, orders)
    for demand in _in_order(needs.avoids):
        yield _answer_needed(f"avoids:{demand}", demand, Answer.NO, orders)
    for support in _in_order(needs.needs):
        yield _answer_needed(f"needs:{support}", support, Answer.YES, orders)
    yield from _abilities(needs, orders)
    if (most := needs.max_hours_per_week) is not None:
        yield Check("max_hours", orders.longer(most), orders.hours_untold())
    yield from _settings(needs, orders)
    if needs.max_minutes is not None:
        yield Check("max_minutes", too_far, never)
    if needs.availability:
        yield _availability(needs, orders)


def anywhere(flags: Iterable[Flags]) -> Flags:
    """Where at least one of several flags is set."""
    first, *others = flags
    either = first.copy()
    for flag in others:
        either |= flag
    return either


def _answer_needed(
    rule: str, code: Demand | Support, needed: Answer, orders: Facts[AnyFlags]
) -> Check[AnyFlags]:
    """An answer that has to be known, and to be the one needed."""
    yes, no = orders.answered(code, Answer.YES), orders.answered(code, Answer.NO)
    return Check(rule, yes if needed is Answer.NO else no, ~(yes | no))


def _attitudes(needs: Needs, orders: Facts[AnyFlags]) -> Iterator[Check[AnyFlags]]:
    """An activity that cannot be done; a task whose activities nobody has said hangs on the employer."""
    cannot = frozenset(code for code, word in needs.attitudes.items() if word is Attitude.CANNOT)
    for activity in _in_order(cannot):
        yield Check(f"attitude:{activity}", orders.work(activity), orders.work_untold())


def _abilities(needs: Needs, orders: Facts[AnyFlags]) -> Iterator[Check[AnyFlags]]:
    """A requirement that the order has, against what the citizen has; unsaid, it hangs on the citizen.

    A requirement that the employer has not spoken of constrains nothing: it is worth a warning at most.
    """
    never = orders.never()
    for requirement in _REQUIREMENTS:
        ability = needs.abilities.get(requirement, Answer.UNKNOWN)
        if ability is not Answer.YES:
            required = orders.answered(requirement, Answer.YES)
            lacking = ability is Answer.NO
            conflict, unknown = (required, never) if lacking else (never, required)
            yield Check(f"abilities:{requirement}", conflict, unknown, Party.CITIZEN)


def _settings(needs: Needs, orders: Facts[AnyFlags]) -> Iterator[Check[AnyFlags]]:
    """A setting that cannot be; a task that is both in- and outdoors is in it too."""
    for setting in (Setting.INDOOR, Setting.OUTDOOR):
        if needs.setting.get(setting) is Attitude.CANNOT:
            there = orders.setting(setting) | orders.setting(Setting.BOTH)
            yield Check(f"setting:{setting}", there, orders.setting(Setting.UNKNOWN))


def _availability(needs: Needs, orders: Facts[AnyFlags]) -> Check[AnyFlags]:
    untold = orders.times_untold()
    return Check("availability", ~(untold | orders.fitting(needs.availability)), untold)


def _in_order(codes: frozenset[Code]) -> list[Code]:
    """Codes in the order of their vocabulary."""
    return sorted(codes, key=_PLACE.__getitem__)
