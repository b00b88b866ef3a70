"""The job café: who could come, which tasks could lie on the tables, who gets which and meets whom when.

A plan that is made anew, because somebody left, keeps the tasks and slots that people were told, and one that
is looked at again is what they were told. Guests whom the caller does not see have their places and
times as all others, and are not shown. What is kept of a café is `casework.kept_cafes`.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count

from api.access import audit
from api.casework.cafe_offers import Has, Offer, Said, offered, offers_of, said_of, suggested, suited
from api.casework.catalogues import Catalogues
from api.casework.practices import practice_of
from api.casework.rankings import kept_now, state_of
from api.casework.suggestions import elsewhere
from api.casework.supply import ranked_order
from api.domain.caller import Caller
from api.domain.records import Centre, CitizenRecord, EmployerRecord, JobOrderRecord
from api.store import Store, Unit, centres, citizens, new_id, proposals
from geo import Refused
from geo.errors import N_
from matching import Catalogue, Citizen, Policy
from matching.assignment import Assignment, assign, in_turns, talks_to_hold
from matching.load import OwnProposals
from matching.placing import Choice, Placing, Why
from matching.talks import Talk, TalkPlan, plan_talks
from matching.talks_kept import free_talks, keep_talks
from matching.times import Slot, merged

Yeses = Mapping[str, tuple[JobOrderRecord, ...]]
"""The job orders that citizens have said yes to and that have not ended, by citizen."""

TALKS_EACH = 3
"""Talks that a citizen has at most: the own task and the next best ones."""

FREE_EACH = 2
"""Free talks that somebody without a task is told of at most."""


@dataclass(frozen=True, kw_only=True)
class Room:
    """Who could come, longest waiting first, and what could lie on the tables, what suits most first.

    `suggested` are the orders to begin with: those first that suit somebody who has nothing yet. `objecting`
    counts those who want no ranking, and are placed by talking with them. `day_off` says that the
    municipality does not work on that day: nobody is kept from holding a café then, but it is seldom meant.
    `yeses` are the tasks that somebody has said yes to already, by citizen. `resting` want work and are not
    able to on that day. `elsewhen` are those people who can come at other times of the week only.
    """

    centres: tuple[Centre, ...]
    people: tuple[CitizenRecord, ...]
    offers: tuple[Offer, ...]
    suggested: frozenset[str]
    objecting: int
    day_off: bool
    yeses: Yeses
    resting: tuple[CitizenRecord, ...] = ()
    elsewhen: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Hanging:
    """The plan that people were told: each citizen's task, each talk's slot, each employer's table."""

    tasks: Mapping[str, str] = field(default_factory=dict)
    slots: Mapping[Talk, int] = field(default_factory=dict)
    tables: Mapping[str, int] = field(default_factory=dict)

    @property
    def assignment(self) -> Assignment:
        """The tasks as the next assignment starts from them."""
        return Assignment(tuple(_held(citizen, order) for citizen, order in self.tasks.items()))

    @property
    def plan(self) -> TalkPlan:
        """The slots as the next plan starts from them."""
        return TalkPlan(max(self.slots.values(), default=-1) + 1, self.slots)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Who comes, what lies on the tables, how many talks fit into the time, and what people were told.

    `gone_ids` are those who were there and have left. `others` are guests of the café already, who are in it
    whether the caller sees them or not. With `told`, that plan is looked at again, and nothing is planned.
    """

    day: date
    citizen_ids: Sequence[str]
    order_ids: Sequence[str]
    slots: int
    tables: int
    gone_ids: Sequence[str] = ()
    hanging: Hanging | None = None
    others: Set[str] = frozenset()
    told: Hanging | None = None


@dataclass(frozen=True, kw_only=True)
class Cafe:
    """The plan of an afternoon. `tables` numbers the employers who meet somebody, from 1 and by name.

    Who was told a number keeps it; whoever comes to it takes the first that is free. `seats` are those and
    the numbers of employers who were told one and whom nobody meets any more: nobody else gets it.

    `idle` are the orders that suit nobody who comes or came without asking first: an employer who has no
    other gets no table, and need not come.
    `lost` counts what was chosen and cannot be any more: filled meanwhile, not ready, not open to the caller.
    `yeses` are the tasks that somebody has said yes to already, by citizen.
    `unwished` are the orders whose employer has said no, or wants to be left alone on that day.
    `tasks_kept` and `times_kept` say for those who were told something before whether it still holds.
    `people` and `gone` are those whom the caller sees; the assignment, the plan and what is kept are of all.
    `free` are the slots of talks that people without a task could still have.
    """

    list_id: str
    at: datetime
    policy: str
    people: Mapping[str, CitizenRecord]
    gone: Mapping[str, CitizenRecord]
    orders: Mapping[str, JobOrderRecord]
    employers: Mapping[str, EmployerRecord]
    idle: frozenset[str]
    tables: Mapping[str, int]
    seats: Mapping[str, int]
    assignment: Assignment
    plan: TalkPlan
    free: Mapping[Talk, int]
    lost: int
    day_off: bool
    yeses: Yeses
    unwished: frozenset[str]
    tasks_kept: Mapping[str, bool]
    times_kept: Mapping[str, bool]


def room(
    store: Store,
    kept_in: Catalogues,
    caller: Caller,
    day: date,
    centre_id: str = "",
    *,
    span: Slot | None = None,
    chosen: Set[str] = frozenset(),
) -> Room:
    """Who could come on a day, of one centre or of all, out of those who are open to the caller.

    Whoever is `chosen` already is among them wherever they start. Who cannot come at the `span` of the week
    in which the café is held, by the times they have said, stands behind those who can. One audit row for
    each citizen, committed before anybody is compared with a task.
    """
    kept = kept_now(store, kept_in, caller).as_of(day)
    with store.unit() as unit:
        able = _able(unit, caller, kept_in, day)
        rests = _resting(unit, caller, kept_in, day)
        records = citizens.some(unit, caller, {*able, *rests})
        met = [
            one for one in records.values() if not centre_id or one.id in chosen or _starts_at(one, centre_id)
        ]
        ranked = sorted((one for one in met if not one.objects_to_ranking), key=_longest_waiting)
        elsewhen = frozenset(one.id for one in ranked if span and not _can_come(one, span))
        # a stable sort: who has waited longest stands first among each
        people = sorted((one for one in ranked if one.id in able), key=lambda one: one.id in elsewhen)
        resting = [one for one in ranked if one.id in rests]
        known = centres.all_of(unit, caller.municipality)
        _write_down(unit, caller, "cafe_guests_listed", new_id(), [*people, *resting])
        day_off = _is_day_off(unit, caller, day)
        yeses = _yeses(unit, caller, {one.id for one in people})
        said = said_of(unit, caller, [one.id for one in offered(kept, day)], day)
        has = proposals.accepted_orders(unit, caller)
        unit.commit()
    offers = offers_of(kept, [able[one.id] for one in people], day, has, said)
    return Room(
        centres=known,
        people=tuple(people),
        offers=offers,
        suggested=suggested(offers, {one.id for one in people} - elsewhen),
        objecting=len(met) - len(ranked),
        day_off=day_off,
        yeses=yeses,
        resting=tuple(resting),
        elsewhen=elsewhen & able.keys(),
    )


def planned(store: Store, kept_in: Catalogues, caller: Caller, wanted: Wanted) -> Cafe:
    """Who gets which task and meets whom when; what was told before holds as far as it can.

    Raises `Refused` without anybody or any task, with more employers than tables, and when the talks about
    the tasks themselves do not fit into the time. With `told`, none of these: it is shown as it was told.
    """
    kept = kept_now(store, kept_in, caller).as_of(wanted.day)
    open_now = {order.id: order for order in offered(kept, wanted.day)}
    orders = {id_: open_now[id_] for id_ in wanted.order_ids if id_ in open_now}
    employers = {order.employer_id: kept.supply.employers[order.employer_id] for order in orders.values()}
    met = _met(store, kept_in, caller, wanted, {**state_of(kept), "orders": len(orders)})
    openness = kept.supply.openness
    tasks = Catalogue.from_orders(
        ranked_order(order, employers[order.employer_id], openness.of(order.employer_id))
        for order in orders.values()
    )
    # who has left counts too: the employers they were to meet are there all the same
    there = [met.able[id_] for id_ in (*met.there, *met.left)]
    opened = suited(tasks, there, wanted.day, kept.policy, met.has)
    invited = {orders[id_].employer_id for id_ in opened}
    coming = {id_: one for id_, one in employers.items() if id_ in invited}
    if wanted.told is None:
        _require(met.there, orders, coming, wanted.tables)
    guests = [met.able[id_] for id_ in met.there]
    make = _made if wanted.told is None else _looked_at
    assignment, plan = make(guests, tasks, kept.policy, wanted, met)
    hanging = wanted.hanging or Hanging()
    seats = {id_: number for id_, number in (wanted.told or hanging).tables.items() if id_ in employers}
    tables = _tables(coming, plan, seats)
    return Cafe(
        list_id=met.list_id,
        at=met.at,
        policy=kept.policy.version,
        people=met.people,
        gone=met.gone,
        orders=orders,
        employers=employers,
        idle=frozenset(orders.keys() - opened),
        tables=tables,
        seats=seats | tables,
        assignment=assignment,
        plan=plan,
        free=free_talks(plan, _wishes(assignment, orders, tables.keys()), FREE_EACH, wanted.slots),
        day_off=met.day_off,
        yeses=met.yeses,
        unwished=frozenset(orders.keys() & (met.said.refused.keys() | met.said.left_alone.keys())),
        lost=len(set(wanted.citizen_ids) - met.there) + len(set(wanted.order_ids) - orders.keys()),
        tasks_kept=assignment.unmoved(hanging.assignment),
        times_kept=plan.unmoved(hanging.plan),
    )


@dataclass(frozen=True, kw_only=True)
class _Met:
    """Those of the chosen who can come: all as the ranking knows them, those open to the caller as records.

    `there` are the ids of all who come, `left` of all who have left. `own` are the orders that each is
    suggested for, `has` those that each has said yes to.
    """

    list_id: str
    at: datetime
    day_off: bool
    able: Mapping[str, Citizen]
    there: Set[str]
    left: Set[str]
    people: Mapping[str, CitizenRecord]
    gone: Mapping[str, CitizenRecord]
    own: OwnProposals
    has: Has
    yeses: Yeses
    said: Said


def _met(
    store: Store, kept_in: Catalogues, caller: Caller, wanted: Wanted, stood_on: Mapping[str, object]
) -> _Met:
    """Who is there, written down before anything is planned."""
    with store.unit() as unit:
        able = _able(unit, caller, kept_in, wanted.day, wanted.others)
        named = able.keys() & {*wanted.citizen_ids, *wanted.gone_ids}
        seen = citizens.some(unit, caller, citizens.open_to(unit, caller, named))
        known = {id_: one for id_, one in seen.items() if not one.objects_to_ranking}
        # who is not in the café yet comes by who sees them; who was erased meanwhile does not
        can_come = known.keys() | (named & wanted.others) - seen.keys()
        left = can_come & set(wanted.gone_ids)
        there = can_come - left
        people = {id_: one for id_, one in known.items() if id_ in there}
        day_off = _is_day_off(unit, caller, wanted.day)
        met = _Met(
            list_id=new_id(),
            at=unit.at,
            day_off=day_off,
            able=able,
            there=there,
            left=left,
            people=people,
            gone={id_: one for id_, one in known.items() if id_ in left},
            own=proposals.open_orders(unit, caller),
            has=proposals.accepted_orders(unit, caller),
            said=said_of(unit, caller, wanted.order_ids, wanted.day),
            yeses=_yeses(unit, caller, people.keys()),
        )
        details = {**stood_on, "considered": len(there)}
        action = "cafe_planned" if wanted.told is None else "cafe_shown"
        audit.record(unit, caller, action, subject=met.list_id, details=details)
        _write_down(unit, caller, "cafe_guest_shown", met.list_id, known.values())
        unit.commit()
    return met


def _made(
    guests: Sequence[Citizen], tasks: Catalogue, policy: Policy, wanted: Wanted, met: _Met
) -> tuple[Assignment, TalkPlan]:
    """Tasks, then talks; what hangs on the wall stays as far as it can."""
    told = wanted.hanging
    kept = told.assignment if told else None
    assignment = assign(guests, tasks, wanted.day, policy, own=met.own, has=met.has, kept=kept)
    if told:
        return assignment, keep_talks(assignment, told.plan, wanted.slots, TALKS_EACH)
    return assignment, plan_talks(talks_to_hold(assignment, TALKS_EACH, wanted.slots), wanted.slots)


def _looked_at(
    guests: Sequence[Citizen], tasks: Catalogue, policy: Policy, wanted: Wanted, met: _Met
) -> tuple[Assignment, TalkPlan]:
    """What people were told, of those who are still there and employers who still have something for them."""
    assert wanted.told
    told, had = wanted.told, wanted.hanging.assignment if wanted.hanging else None
    assignment = assign(guests, tasks, wanted.day, policy, had, met.own, met.has, told.assignment)
    to_meet = {placing.citizen_id: placing.employers for placing in assignment.placings}
    slots = {talk: slot for talk, slot in told.slots.items() if talk.employer_id in to_meet.get(talk[0], ())}
    return assignment, TalkPlan(told.plan.slots, slots)


def _require(
    people: Set[str], orders: Mapping[str, object], employers: Mapping[str, object], tables: int
) -> None:
    if not people:
        raise Refused("citizens", N_("Nobody is chosen."), N_("Choose at least one citizen."))
    if not orders:
        raise Refused("orders", N_("No task is chosen."), N_("Choose at least one task."))
    if len(employers) > tables:
        remedy = N_("Choose tasks of fewer employers, or set up more tables.")
        problem = N_("There are {needed} employers and {value} tables.")
        raise Refused("tables", problem, remedy, needed=len(employers), value=tables)


def _yeses(unit: Unit, caller: Caller, citizen_ids: Set[str]) -> Yeses:
    standing = elsewhere(unit, caller, citizen_ids, order_id=None)
    said = {
        id_: tuple(one.order for one in seen if not one.proposal.is_open) for id_, seen in standing.items()
    }
    return {id_: orders for id_, orders in said.items() if orders}


def _is_day_off(unit: Unit, caller: Caller, day: date) -> bool:
    return not practice_of(unit, caller.municipality).calendar.is_working_day(day)


def _able(
    unit: Unit, caller: Caller, kept_in: Catalogues, day: date, others: Set[str] = frozenset()
) -> dict[str, Citizen]:
    """Who can work on the day, has a place to start from and is open to the caller or one of `others`."""
    wanting = kept_in.people(unit, caller).by_id
    able = {id_: one.citizen for id_, one in wanting.items() if one.citizen and one.able(day)}
    in_it = {id_ for id_ in able.keys() & others if not wanting[id_].objects_to_ranking}
    opened = citizens.open_to(unit, caller, able) | in_it
    return {id_: citizen for id_, citizen in able.items() if id_ in opened}


def _resting(unit: Unit, caller: Caller, kept_in: Catalogues, day: date) -> Set[str]:
    """Who wants work, is not able to on the day and is open to the caller."""
    wanting = kept_in.people(unit, caller).by_id
    return citizens.open_to(unit, caller, {id_ for id_, one in wanting.items() if not one.able(day)})


def _starts_at(record: CitizenRecord, centre_id: str) -> bool:
    return any(anchor.centre_id == centre_id for anchor in record.anchors)


def _can_come(record: CitizenRecord, span: Slot) -> bool:
    """Whether enough of a span of the week lies in the times somebody has said; who said none always can."""
    said = record.needs.availability
    return not said or any(span.is_kept_in(free) for free in merged(said))


def _longest_waiting(record: CitizenRecord) -> tuple[date, str]:
    return record.waiting_since or date.max, record.id


def _write_down(
    unit: Unit, caller: Caller, action: str, subject: str, people: Iterable[CitizenRecord]
) -> None:
    looks = [(one.id, {"version": one.version}) for one in people]
    audit.record_each(unit, caller, action, looks, subject=subject)


def _tables(
    employers: Mapping[str, EmployerRecord], plan: TalkPlan, told: Mapping[str, int]
) -> dict[str, int]:
    met = [one for one in employers.values() if plan.of_employer(one.id)]
    by_name = sorted(met, key=lambda one: (one.name.casefold(), one.id))
    kept = {one.id: told[one.id] for one in by_name if one.id in told}
    free = (number for number in count(1) if number not in told.values())
    numbers = {one.id: kept[one.id] if one.id in kept else next(free) for one in by_name}
    return dict(sorted(numbers.items(), key=lambda each: each[1]))


def _wishes(assignment: Assignment, orders: Mapping[str, JobOrderRecord], seated: Set[str]) -> list[Talk]:
    """Whom those without a task could still meet: what suits first, then what is to be asked about."""
    wishes = []
    for placing in (one for one in assignment.placings if not one.choice):
        asked = (orders[item.order_id].employer_id for item in placing.possible)
        whom = dict.fromkeys([*placing.employers, *asked])
        wishes.append([Talk(placing.citizen_id, id_) for id_ in whom if id_ in seated])
    return in_turns(wishes)


def _held(citizen_id: str, order_id: str) -> Placing:
    choice = Choice(order_id, employer_id="", title="", score=0.0, points=0)
    return Placing(citizen_id, rank=1, why=Why.KEPT, choices=(choice,), possible=())
