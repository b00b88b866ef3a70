"""The way in: the smallest set of changes that would bring a pair onto its list.

Every rule in conflict and every open question needs a change of its own, unless one change settles several.
The work is fitted to the person first: the employer's word is changed where that can help, the citizen's only
where nothing else can.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from geo import Mode, Precision, whole_minutes
from matching.assessment import Pair, whole_points
from matching.citizens import Citizen
from matching.columns import SETTINGS_BY_NUMBER, Columns, mask
from matching.constraints import Party
from matching.orders import JobOrder
from matching.registers import Mixes
from matching.scoring import score_parts
from matching.vocabulary import Activity, Answer, Attitude, Demand, Setting, Support, rule_of_the_place

Facts = dict[str, object]

_LEAVING_ROOM = frozenset({"max_hours", "availability"})
"""What the employer can answer in many ways: any hours up to so many, any time within the citizen's."""


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that would have to be otherwise.

    `settles` are the rules and questions it takes away, the first of which names it; `of` is whose word it
    is; `asked` tells an answer that is not known yet from one that would have to be another. `minutes` are
    those that would have to be accepted.
    """

    settles: tuple[str, ...]
    of: Party
    asked: bool
    minutes: int | None = None

    @property
    def family(self) -> str:
        """The kind of rule: "avoids" of "avoids:machines"."""
        return self.settles[0].partition(":")[0]


@dataclass(frozen=True, slots=True)
class WayIn:
    """The changes that together bring a pair in, none of which can be left out.

    `modes` are other modes of travel that keep the citizen's limit, with their minutes: each of them does in
    place of accepting more minutes. `points` are the whole points the pair would have, None where they hang
    on what is answered.
    """

    changes: tuple[Change, ...]
    modes: tuple[tuple[Mode, float], ...]
    points: float | None

    def changes_word_of(self, party: Party) -> bool:
        """Whether somebody's word is part of it."""
        return any(change.of is party for change in self.changes)

    def leaves_room_to(self, party: Party) -> bool:
        """Whether many answers of theirs bring the pair in, with the same points but not the same others."""
        return any(change.of is party and change.family in _LEAVING_ROOM for change in self.changes)

    def lengthens_the_way_of(self, party: Party) -> bool:
        """Whether they accept more minutes, of which the ones that are named are the fewest."""
        return any(change.of is party and change.minutes is not None for change in self.changes)

    @property
    def answered_for_the_place(self) -> frozenset[str]:
        """The rules that hang on an answer about the workplace, which holds for all of the employer's orders.

        What would have to be otherwise than it was said is asked for this order alone.
        """
        answers = (change.settles[0] for change in self.changes if change.asked)
        return frozenset(rule for rule in answers if rule_of_the_place(rule))

    def applied(self, citizen: Citizen, order: JobOrder) -> tuple[Citizen, JobOrder]:
        """The citizen and the order after all changes."""
        return applied(self.changes, citizen, order)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pair would stand on its list: its rank, or after the first `beyond`; neither is not known."""

    rank: int | None = None
    beyond: int | None = None

    @property
    def kind(self) -> str:
        """Which of the three it is: "rank", "beyond" or "untold"."""
        return "rank" if self.rank else "beyond" if self.beyond else "untold"


def find_way_in(
    pair: Pair, order: JobOrder, rules: Sequence[str], questions: Sequence[tuple[Party, str]]
) -> WayIn | None:
    """The smallest way in for a pair with these rules in conflict and these questions; None when it is in."""
    if not rules and not questions:
        return None
    citizen = pair.citizen
    changes = (*_answers(citizen, questions), *_undoings(citizen, order, rules))
    travel = _more_minutes(pair)
    if travel:
        changes = (*changes, travel)
    modes = tuple(_other_modes(pair, order)) if travel and pair.minutes is not None else ()
    return WayIn(changes, modes, _points(pair, order, changes))


def applied(changes: Sequence[Change], citizen: Citizen, order: JobOrder) -> tuple[Citizen, JobOrder]:
    """The citizen and the order after some changes; an answer that leaves room is one that suits."""
    for change in changes:
        for rule in change.settles:
            family, _, code = rule.partition(":")
            if change.of is Party.EMPLOYER:
                order = replace(order, **_ORDER_FACTS[family](citizen, order, code))  # type: ignore[arg-type]
            elif change.minutes is not None:
                citizen = replace(citizen, max_minutes=change.minutes)
            else:
                citizen = replace(citizen, **_CITIZEN_FACTS[family](citizen, code))  # type: ignore[arg-type]
    return citizen, order


def _answers(citizen: Citizen, questions: Sequence[tuple[Party, str]]) -> Iterator[Change]:
    """A change for each open question; what the task consists of settles all questions about activities."""
    untold = tuple(rule for _, rule in questions if rule.startswith("attitude"))
    if untold:
        yield Change(untold, Party.EMPLOYER, asked=True)
    for of, rule in questions:
        if rule not in untold:
            nowhere_else = rule.startswith("setting") and _cannot_elsewhere(citizen, rule)
            yield Change((rule,), Party.CITIZEN if nowhere_else else of, asked=True)


def _undoings(citizen: Citizen, order: JobOrder, rules: Sequence[str]) -> Iterator[Change]:
    """A change for each rule in conflict but the way's, which has one of its own."""
    kept = _kept_of_nothing(citizen, order)
    for rule in rules:
        family, _, code = rule.partition(":")
        helpless = (family == "attitude" and code == kept) or (
            family == "setting" and _cannot_elsewhere(citizen, rule)
        )
        if family != "max_minutes":
            yield Change((rule,), Party.CITIZEN if helpless else Party.EMPLOYER, asked=False)


def _kept_of_nothing(citizen: Citizen, order: JobOrder) -> Activity | None:
    """What has to stay of a task none of which can be: what there is most of; None where something can be."""
    if any(citizen.attitudes.get(code) is not Attitude.CANNOT for code in order.activities):
        return None
    return min(order.activities, key=lambda code: (-order.activities[code], code), default=None)


def _cannot_elsewhere(citizen: Citizen, rule: str) -> bool:
    return citizen.setting.get(other_side(rule.partition(":")[2])) is Attitude.CANNOT


def other_side(setting: str) -> Setting:
    """Outdoors for indoors, and the other way round."""
    return Setting.INDOOR if setting == Setting.OUTDOOR else Setting.OUTDOOR


def _more_minutes(pair: Pair) -> Change | None:
    """Accepting the minutes of the way; of an unknown place, those that even the nearest one would take."""
    most, minutes = pair.citizen.max_minutes, pair.minutes
    if minutes is None:
        pace = pair.assessment.policy.pace[pair.citizen.mode]
        minutes = float(pace.minutes(0.0, Precision.ADDRESS.error_km))
    if most is None or minutes <= most:
        return None
    # rounded up, so that what is asked for is enough
    return Change(("max_minutes",), Party.CITIZEN, asked=False, minutes=whole_minutes(minutes))


def _other_modes(pair: Pair, order: JobOrder) -> Iterator[tuple[Mode, float]]:
    """The modes that keep the limit, quickest first, with their minutes."""
    pace, most = pair.assessment.policy.pace, pair.citizen.max_minutes or 0.0
    straight = (pair.km or 0.0) / pace[pair.citizen.mode].detour
    minutes = {mode: float(each.minutes(straight, order.precision.error_km)) for mode, each in pace.items()}
    quickest = sorted(minutes, key=lambda mode: (minutes[mode], mode))
    return ((mode, minutes[mode]) for mode in quickest if minutes[mode] <= most)


def _points(pair: Pair, order: JobOrder, changes: Sequence[Change]) -> float | None:
    """The whole points after the changes, reckoned anew only where one of them is worth points."""
    if any(change.asked and change.family in ("place", "attitude") for change in changes):
        return None
    if not any(_worth_points(change, pair.citizen) for change in changes):
        return float(pair.assessment.whole_points[pair.row])
    citizen, changed = applied(changes, pair.citizen, order)
    columns = _told(pair.assessment.orders.take([pair.row]), changed)
    minutes = pair.assessment.way.minutes[[pair.row]]
    return float(whole_points(score_parts(citizen, columns, minutes, pair.assessment.policy).score)[0])


def _worth_points(change: Change, citizen: Citizen) -> bool:
    """Whether the score feels a change; good answers to open questions are in the score already."""
    family, _, code = change.settles[0].partition(":")
    if family in ("attitude", "setting"):
        return change.of is Party.CITIZEN or not change.asked
    return not change.asked and (code in citizen.prefers_not or code in citizen.wishes)


def _told(one: Columns, order: JobOrder) -> Columns:
    """A row with what the score reads of an order that was changed."""

    def bits(answers: Mapping[Demand, Answer] | Mapping[Support, Answer], answer: Answer) -> int:
        return mask(frozenset(code for code, said in answers.items() if said is answer))

    told = {
        "mix": 1 if order.activities else 0,
        "setting": SETTINGS_BY_NUMBER.index(order.setting),
        "demand_yes": bits(order.demands, Answer.YES),
        "demand_no": bits(order.demands, Answer.NO),
        "support_yes": bits(order.supports, Answer.YES),
        "support_no": bits(order.supports, Answer.NO),
    }
    arrays: dict[str, Any] = {
        name: np.array([value], getattr(one, name).dtype) for name, value in told.items()
    }
    return replace(one, mixes=Mixes(((), tuple(order.activities.items()))), **arrays)


def _without(order: JobOrder, code: str) -> dict[Activity, float]:
    left = {activity: share for activity, share in order.activities.items() if activity != code}
    return {activity: share / sum(left.values()) for activity, share in left.items()}


def _new_activities(citizen: Citizen, order: JobOrder, code: str) -> Facts:
    if order.activities:
        return {"activities": _without(order, code)}
    doable = [code for code in Activity if citizen.attitudes.get(code) is not Attitude.CANNOT]
    return {"activities": doable[:1]}


def _demand_gone(citizen: Citizen, order: JobOrder, code: str) -> Facts:
    return {"demands": {**order.demands, Demand(code): Answer.NO}}


_ORDER_FACTS: dict[str, Callable[[Citizen, JobOrder, str], Facts]] = {
    "place": lambda citizen, order, code: {
        "place": citizen.anchors[0].point,
        "precision": Precision.ADDRESS,
    },
    "ended": lambda citizen, order, code: {"ends_on": None},
    "no_places_left": lambda citizen, order, code: {"places": 1},
    "attitude": _new_activities,
    "avoids": _demand_gone,
    "needs": lambda citizen, order, code: {"supports": {**order.supports, Support(code): Answer.YES}},
    "abilities": _demand_gone,
    "max_hours": lambda citizen, order, code: {"hours_per_week": citizen.max_hours_per_week},
    "setting": lambda citizen, order, code: {"setting": other_side(code)},
    "availability": lambda citizen, order, code: {"times": citizen.availability},
}

_CITIZEN_FACTS: dict[str, Callable[[Citizen, str], Facts]] = {
    "attitude": lambda citizen, code: {"attitudes": {**citizen.attitudes, Activity(code): Attitude.CAN}},
    "abilities": lambda citizen, code: {"abilities": {**citizen.abilities, Demand(code): Answer.YES}},
    "setting": lambda citizen, code: {"setting": {**citizen.setting, Setting(code): Attitude.CAN}},
}
