"""Which calls open something for most of the citizens who wait: reckoned, and nothing read or written.

Prospects that rest after a contact, or until the day they have given, are left out; an employer who has
placed an order may be asked about it on any day but one on which somebody did so already.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date

from api.casework.people import Candidate
from api.casework.supply import Kind, Supply
from api.domain.contacts import ContactDays, ContactLimit
from matching import Citizen, Policy
from matching.calls import Call, CallPlan, Reach, plan_calls
from matching.chances import Chances, Terms, as_a_whole, in_part
from matching.prospecting import OpenQuestion, open_questions

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
    judged: "Judged" = field(repr=False, compare=False)

    @property
    def reached(self) -> dict[str, None]:
        """Everybody for whom one of the calls opens something, in their order."""
        calls = (*self.plan.calls, *self.further)
        return dict.fromkeys(citizen_id for call in calls for citizen_id in call.reaches)


@dataclass(frozen=True)
class Judged:
    """The pairs of the municipality that were judged for the calls; the next ones begin from them.

    A byte for each pair: 14 MB for 1,500 citizens, 6,000 orders and 3,300 prospects.
    """

    orders: Chances
    prospects: Chances


def calls_on(footing: Footing, before: Calls | None = None) -> Calls:
    """The calls for those who have no task, and no order on their list that is worth enough points.

    Pairs that were judged for the calls `before`, and of which nothing is another now, are not judged again.
    """
    on, least = footing.on, footing.sought.least_points
    people = {id_: one.citizen for id_, one in footing.people.items() if one.citizen}
    idle = people.keys() - footing.suggested
    orders = _judged(footing, Kind.JOB_ORDERS, people, idle, before.judged.orders if before else None)
    without = idle - orders.on_a_list(least)
    waiting = {id_: one for id_, one in people.items() if id_ in without}
    prospects = _judged(
        footing, Kind.EMPLOYERS, people, waiting.keys(), before.judged.prospects if before else None
    )
    judged = Judged(orders, prospects)
    resting = footing.supply.resting(footing.limit, on).keys() | set(_rung(footing.supply, on))
    plan, *more = _rounds(_reach(footing, waiting.keys(), judged), footing.sought.k, resting)
    further = tuple(call for each in more for call in each.calls)
    rung = {call.employer_id for call in (*plan.calls, *further)}
    # what they have said no to is asked about no more
    about = footing.supply.catalogue(Kind.JOB_ORDERS).without_orders(footing.refused)
    asked = open_questions(waiting.values(), about, on, footing.policy, rung)
    return Calls(
        plan=plan,
        further=further,
        waiting=waiting,
        served=people.keys() - waiting.keys(),
        resting=resting,
        questions={id_: tuple(one for one in asked if one.employer_id == id_) for id_ in rung},
        judged=judged,
    )


_SEEN = {Kind.JOB_ORDERS: as_a_whole, Kind.EMPLOYERS: in_part}


def _judged(
    footing: Footing, kind: Kind, people: Mapping[str, Citizen], asked: Set[str], before: Chances | None
) -> Chances:
    """The pairs of those who are asked for, and of those whose pairs were judged before."""
    least, supply = footing.sought.least_points, footing.supply
    terms = Terms(on=footing.on, policy=footing.policy, least_points=least, seen=_SEEN[kind])
    held = before if before and before.terms.cover(terms) else Chances.of_nobody(terms)
    wanted = {id_: one for id_, one in people.items() if id_ in asked or id_ in held.people}
    return held.followed(wanted, supply.stand_on(kind), supply.catalogue(kind))


def _rounds(reach: Reach, k: int, left_out: Set[str]) -> Iterator[CallPlan]:
    """A plan of k calls, and as long as fewer were of use, one more of the rest without those before."""
    plan = plan_calls(reach, k, left_out)
    yield plan
    if plan.calls and len(plan.calls) < k:
        made = {call.employer_id for call in plan.calls}
        yield from _rounds(reach, k - len(plan.calls), left_out | made)


def _reach(footing: Footing, waiting: Set[str], judged: Judged) -> Reach:
    """For each employer those of the waiting for whom a call there may open something."""
    least, orders = footing.sought.least_points, footing.supply.orders
    reach = defaultdict(set, judged.prospects.possible(waiting, least))
    for order, citizens in judged.orders.hanging(waiting, least).items():
        if order not in footing.refused:
            reach[orders[order].employer_id] |= citizens
    return reach


def _rung(supply: Supply, on: date) -> Iterator[str]:
    """The employers with orders whom somebody has contacted, or tried to, on the day."""
    return (id_ for id_, days in supply.contacts.items() if id_ not in supply.prospects and _is_of(days, on))


def _is_of(days: ContactDays, on: date) -> bool:
    return on in days.contacted or days.tried_on == on
