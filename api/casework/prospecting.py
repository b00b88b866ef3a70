"""Which calls open something for most of the citizens who wait: reckoned, and nothing read or written.

Prospects that rest after a contact, or until the day they have given, are left out; an employer who has
placed an order may be asked about it on any day but one on which somebody did so already.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date

from api.casework.people import Candidate
from api.casework.supply import Kind, Supply
from api.domain.contacts import ContactDays, ContactLimit
from matching import Catalogue, Citizen, Policy
from matching.calls import Call, CallPlan, Reach, plan_calls
from matching.prospecting import (
    OpenQuestion,
    open_questions,
    orders_within_reach,
    prospects_within_reach,
    served,
)

ENOUGH = 60.0
"""Points from which on a task counts as one for a citizen [judged: four in ten of the example citizens have
one without a call, and nearly all of the others could by a few calls]."""

CALLS = 10
"""So many calls are a morning's work."""


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What is asked for: how many calls, and the points from which on a pair counts."""

    k: int = CALLS
    least_points: float = ENOUGH


@dataclass(frozen=True, kw_only=True)
class Footing:
    """All that the calls of a municipality hang on.

    `people` can be asked now and do not object to being ranked; `suggested` are those of them who have a task
    already, suggested or agreed on. To the orders `refused` their employers have said no.
    """

    supply: Supply
    people: Mapping[str, Candidate]
    suggested: Set[str]
    refused: Set[str]
    policy: Policy
    limit: ContactLimit
    on: date
    sought: Sought


@dataclass(frozen=True, kw_only=True)
class Calls:
    """The calls, most useful first, and who waits for them, by id.

    `plan` opens something for as many as it can; where fewer calls than were sought do, `further` holds the
    next ones for the same citizens, as many a call comes to nothing. `served` have a task already, or an
    order on their list that is worth enough points; `resting` are the employers who are left alone.
    `questions` are those to each employer who is called, most useful first.
    """

    plan: CallPlan
    further: tuple[Call, ...]
    waiting: Mapping[str, Citizen]
    served: Set[str]
    resting: Set[str]
    questions: Mapping[str, tuple[OpenQuestion, ...]]

    @property
    def reached(self) -> dict[str, None]:
        """Everybody for whom one of the calls opens something, in their order."""
        calls = (*self.plan.calls, *self.further)
        return dict.fromkeys(citizen_id for call in calls for citizen_id in call.reaches)


def calls_on(footing: Footing) -> Calls:
    """The calls for those who have no task, and no order on their list that is worth enough points."""
    orders, on, policy = footing.supply.catalogue(Kind.JOB_ORDERS), footing.on, footing.policy
    people = {id_: one.citizen for id_, one in footing.people.items() if one.citizen}
    idle = {id_: one for id_, one in people.items() if id_ not in footing.suggested}
    met = served(idle.values(), orders, on, policy, footing.sought.least_points)
    waiting = {id_: one for id_, one in idle.items() if id_ not in met}
    resting = footing.supply.resting(footing.limit, on).keys() | set(_rung(footing.supply, on))
    plan, *more = _rounds(_reach(footing, waiting), footing.sought.k, resting)
    further = tuple(call for each in more for call in each.calls)
    rung = {call.employer_id for call in (*plan.calls, *further)}
    asked = open_questions(waiting.values(), _orders_of(rung, footing), on, policy)
    return Calls(
        plan=plan,
        further=further,
        waiting=waiting,
        served=people.keys() - waiting.keys(),
        resting=resting,
        questions={id_: tuple(one for one in asked if one.employer_id == id_) for id_ in rung},
    )


def _rounds(reach: Reach, k: int, left_out: Set[str]) -> Iterator[CallPlan]:
    """A plan of k calls, and as long as fewer were of use, one more of the rest without those before."""
    plan = plan_calls(reach, k, left_out)
    yield plan
    if plan.calls and len(plan.calls) < k:
        made = {call.employer_id for call in plan.calls}
        yield from _rounds(reach, k - len(plan.calls), left_out | made)


def _reach(footing: Footing, waiting: Mapping[str, Citizen]) -> dict[str, set[str]]:
    people, supply = waiting.values(), footing.supply
    orders = supply.catalogue(Kind.JOB_ORDERS).without_orders(footing.refused)
    stated = footing.on, footing.policy, footing.sought.least_points
    return {
        **prospects_within_reach(people, supply.catalogue(Kind.EMPLOYERS), *stated),
        **orders_within_reach(people, orders, *stated),
    }


def _rung(supply: Supply, on: date) -> Iterator[str]:
    """The employers with orders whom somebody has contacted, or tried to, on the day."""
    return (id_ for id_, days in supply.contacts.items() if id_ not in supply.prospects and _is_of(days, on))


def _is_of(days: ContactDays, on: date) -> bool:
    return on in days.contacted or days.tried_on == on


def _orders_of(employers: Set[str], footing: Footing) -> Catalogue:
    """What of the orders can be asked about in calls to these employers."""
    orders = footing.supply.orders.values()
    others = {one.id for one in orders if one.employer_id not in employers}
    return footing.supply.catalogue(Kind.JOB_ORDERS).without_orders(others | footing.refused)
