"""The calls that open something for most of the citizens who wait, and what to say when making them.

They are reckoned for the whole municipality. Citizens are named only where they are open to the caller; the
others are counted, and nothing else of them is told: neither by initials nor what they need.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from api.access import audit
from api.casework import refusals
from api.casework.catalogues import Catalogues, Kept
from api.casework.practices import practice_of
from api.casework.prospecting import Calls, Footing, Sought
from api.casework.rankings import state_of
from api.casework.supply import Kind
from api.domain.caller import Caller
from api.domain.records import EmployerRecord, OrderState
from api.store import Store, Unit, citizens, job_orders, new_id, proposals
from api.store.job_orders import OrderNamed
from matching.calls import Call
from matching.prospecting import OpenQuestion

ASKED = 3
"""So many questions to an employer are told, as many as there are things to ask for."""


@dataclass(frozen=True, kw_only=True)
class CallFound:
    """A call to make, to a prospect or about orders, and how many citizens it opens something for.

    `reaches` counts all of them, `unlocks` those whom no call before it reaches. `citizens` are those of them
    whose detail is open to the caller, by id. `ask_for` is told of prospects, `questions` of orders, whose
    titles stand in `tasks` by id; both come most useful first, and `more_questions` are not told. A prospect
    may have placed orders that nobody can be suggested for now: `filled` are those with somebody in every
    place, by id, and `known` says whether there is or was any.
    """

    employer: EmployerRecord
    kind: Kind
    unlocks: int
    reaches: int
    citizens: tuple[str, ...]
    ask_for: tuple[str, ...]
    questions: tuple[OpenQuestion, ...]
    more_questions: int
    tasks: Mapping[str, str]
    filled: Mapping[str, str]
    known: bool

    @property
    def others(self) -> int:
        """How many it opens something for who are not open to the caller."""
        return self.reaches - len(self.citizens)


@dataclass(frozen=True, kw_only=True)
class CallsFound:
    """The calls with the state they stand on: who waits, who has a task or an order already, who rests.

    Together `calls` open something for `unlocked` citizens; no other calls, as many as were sought, could for
    more than `at_most`. `further` are the next ones for the same citizens. `names` are those of the citizens
    who are open to the caller, by id.
    """

    list_id: str
    at: datetime
    policy: str
    sought: Sought
    waiting: int
    served: int
    resting: int
    unlocked: int
    at_most: int
    calls: tuple[CallFound, ...]
    further: tuple[CallFound, ...]
    names: Mapping[str, str]


def first_calls(
    store: Store, kept_in: Catalogues, caller: Caller, sought: Sought, on: date, language: str
) -> CallsFound:
    """The calls for those who can be asked now and have nothing on their list that is worth enough points.

    Who objects to being ranked, and whose ways start from no known place, is not among them. One audit row
    for the list and one for each citizen it names, all of them before the answer.
    """
    with store.unit(read_only=True) as unit:
        kept = kept_in.of(unit, caller).as_of(on)
        footing = _footing(unit, kept_in, caller, kept, sought, on)
    with store.unit() as unit:
        list_id, at = new_id(), unit.at
        details = {**state_of(kept), "considered": len(footing.people), "k": sought.k}
        details |= {"least_points": sought.least_points, "suggested": sorted(footing.suggested)}
        audit.record(unit, caller, "calls_read", subject=list_id, details=details)
        unit.commit()
    calls = kept_in.calls_on(caller, footing)
    chosen = (*calls.plan.calls, *calls.further)
    with store.unit() as unit:
        names = _named(unit, caller, calls, list_id)
        placed = job_orders.named_of(unit, caller, [call.employer_id for call in chosen])
        unit.commit()
    return CallsFound(
        list_id=list_id,
        at=at,
        policy=kept.policy.version,
        sought=sought,
        waiting=len(calls.waiting),
        served=len(calls.served),
        resting=len(calls.resting),
        unlocked=calls.plan.unlocked,
        at_most=calls.plan.at_most,
        calls=tuple(_found(call, calls, kept, names, placed, language) for call in calls.plan.calls),
        further=tuple(_found(call, calls, kept, names, placed, language) for call in calls.further),
        names=names,
    )


def _footing(
    unit: Unit, kept_in: Catalogues, caller: Caller, kept: Kept, sought: Sought, on: date
) -> Footing:
    everybody = kept_in.people(unit, caller).by_id.items()
    people = {id_: one for id_, one in everybody if one.able(on) and not one.objects_to_ranking}
    return Footing(
        supply=kept.supply,
        people={id_: one for id_, one in people.items() if one.citizen},
        suggested=proposals.pending_citizens(unit, caller, people),
        # a no stands at orders, too, for which nobody can be suggested now
        refused=refusals.of_everybody(unit, caller).keys() & kept.supply.orders.keys(),
        policy=kept.policy,
        limit=practice_of(unit, caller.municipality).limit,
        on=on,
        sought=sought,
    )


def _named(unit: Unit, caller: Caller, calls: Calls, list_id: str) -> dict[str, str]:
    """What those are called who are open to the caller; who was erased meanwhile is not among them."""
    records = citizens.some(unit, caller, citizens.open_to(unit, caller, calls.reached))
    looks = [(id_, {"version": record.version, "masked": False}) for id_, record in records.items()]
    audit.record_each(unit, caller, "call_shown", looks, subject=list_id)
    return {id_: record.name for id_, record in records.items()}


def _found(
    call: Call,
    calls: Calls,
    kept: Kept,
    names: Mapping[str, str],
    placed: Sequence[OrderNamed],
    language: str,
) -> CallFound:
    supply = kept.supply
    prospect = supply.prospects.get(call.employer_id)
    people = [calls.waiting[citizen_id] for citizen_id in call.reaches]
    asked = calls.questions[call.employer_id]
    questions = asked[:ASKED]
    theirs = [one for one in placed if one.employer_id == call.employer_id]
    return CallFound(
        employer=supply.employers[call.employer_id],
        kind=Kind.EMPLOYERS if prospect else Kind.JOB_ORDERS,
        unlocks=len(call.unlocks),
        reaches=len(call.reaches),
        citizens=tuple(citizen_id for citizen_id in call.reaches if citizen_id in names),
        ask_for=prospect.ask_for_all(people, language) if prospect else (),
        questions=questions,
        more_questions=len(asked) - len(questions),
        tasks={one.order_id: supply.orders[one.order_id].title for one in questions if one.order_id},
        filled={one.id: one.title for one in theirs if one.state is OrderState.FILLED},
        known=bool(theirs),
    )
