"""The calls that open something for most of the citizens who wait, and what to say when making them.

Prospects that rest after a contact, or until the day they have given, are left out; an employer who has
placed an order may be asked about it at any time. Citizens are named only where they are open to the caller;
the others are counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from api.access import audit
from api.casework.catalogues import Catalogues, Kept
from api.casework.practices import practice_of
from api.casework.rankings import kept_now, state_of
from api.casework.starts import anchors_of, citizen_of, starts_of
from api.casework.supply import Kind
from api.domain.caller import Caller
from api.store import Store, citizens, new_id, proposals
from matching import Citizen
from matching.calls import Call, plan_calls
from matching.load import OwnProposals
from matching.prospecting import (
    OpenQuestion,
    open_questions,
    orders_within_reach,
    prospects_within_reach,
    served,
)


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What is asked for: how many calls, and the points from which on a pair counts."""

    k: int = 10
    least_points: float | None = None


@dataclass(frozen=True, kw_only=True)
class CallFound:
    """A call to make, to a prospect or about orders, and how many citizens it opens something for.

    `citizens` are those of them whose detail is open to the caller. `questions` come most useful first.
    """

    employer_id: str
    employer_name: str
    kind: Kind
    unlocks: int
    reaches: int
    citizens: tuple[str, ...]
    ask_for: tuple[str, ...]
    questions: tuple[OpenQuestion, ...]


@dataclass(frozen=True, kw_only=True)
class CallsFound:
    """The calls with the state they stand on: who waits, who has an order on the list already, who rests.

    No other calls, as many as these, could open something for more than `at_most` citizens.
    """

    list_id: str
    at: datetime
    policy: str
    waiting: int
    served: int
    resting: int
    at_most: int
    calls: tuple[CallFound, ...]


def first_calls(
    store: Store, kept_in: Catalogues, caller: Caller, sought: Sought, on: date, language: str
) -> CallsFound:
    """The calls for the citizens who are ready and have nothing on their list yet; nothing is remembered."""
    kept = kept_now(store, kept_in, caller).as_of(on)
    with store.unit() as unit:
        starts = starts_of(unit, caller.municipality)
        records = [record for record in citizens.ready(unit, caller) if anchors_of(record, starts)]
        named = citizens.open_to(unit, caller, [record.id for record in records])
        list_id, at, own = new_id(), unit.at, proposals.open_orders(unit, caller)
        limit = practice_of(unit, caller.municipality).limit
        details = {**state_of(kept), "considered": len(records), "k": sought.k}
        details |= {"open_proposals": proposals.open_ids(unit, caller)}
        audit.record(unit, caller, "calls_read", subject=list_id, details=details)
        unit.commit()
    people = [citizen_of(record, starts) for record in records]
    orders = kept.supply.catalogue(Kind.JOB_ORDERS)
    met = served(people, orders, on, kept.policy, sought.least_points, own=own)
    waiting = {person.id: person for person in people if person.id not in met}
    resting = kept.supply.resting(limit, on).keys()
    reach = _reach(kept, waiting, on, sought.least_points, own)
    plan = plan_calls(reach, sought.k, resting)
    questions = open_questions(waiting.values(), orders, on, kept.policy)
    result = CallsFound(
        list_id=list_id,
        at=at,
        policy=kept.policy.version,
        waiting=len(waiting),
        served=len(met),
        resting=len(resting),
        at_most=plan.at_most,
        calls=tuple(_call(call, kept, waiting, questions, named, language) for call in plan.calls),
    )
    _write_down_shown(store, caller, result)
    return result


def _reach(
    kept: Kept, waiting: Mapping[str, Citizen], on: date, least_points: float | None, own: OwnProposals
) -> dict[str, set[str]]:
    people = waiting.values()
    prospects, orders = kept.supply.catalogue(Kind.EMPLOYERS), kept.supply.catalogue(Kind.JOB_ORDERS)
    return {
        **prospects_within_reach(people, prospects, on, kept.policy, least_points),
        **orders_within_reach(people, orders, on, kept.policy, least_points, own=own),
    }


def _call(
    call: Call,
    kept: Kept,
    waiting: Mapping[str, Citizen],
    questions: tuple[OpenQuestion, ...],
    named: frozenset[str],
    language: str,
) -> CallFound:
    prospect = kept.supply.prospects.get(call.employer_id)
    people = [waiting[citizen_id] for citizen_id in call.reaches]
    return CallFound(
        employer_id=call.employer_id,
        employer_name=kept.supply.employer_names[call.employer_id],
        kind=Kind.EMPLOYERS if prospect else Kind.JOB_ORDERS,
        unlocks=len(call.unlocks),
        reaches=len(call.reaches),
        citizens=tuple(citizen_id for citizen_id in call.reaches if citizen_id in named),
        ask_for=prospect.ask_for_all(people, language) if prospect else (),
        questions=tuple(each for each in questions if each.employer_id == call.employer_id),
    )


def _write_down_shown(store: Store, caller: Caller, result: CallsFound) -> None:
    shown = dict.fromkeys(citizen_id for call in result.calls for citizen_id in call.citizens)
    with store.unit() as unit:
        for citizen_id in shown:
            audit.record(unit, caller, "call_shown", citizen_id=citizen_id, subject=result.list_id)
        unit.commit()
