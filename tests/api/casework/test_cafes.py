"""The job café between store and matching: who is in the room, what is suggested, what holds later."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from api.casework import beginnings, cafes, contacts
from api.casework import proposals as proposals_desk
from api.casework.beginnings import Step
from api.casework.cafes import Hanging, Wanted
from api.casework.catalogues import Catalogues
from api.casework.contacts import NewContact
from api.casework.proposals import CameOf, NewProposal
from api.domain.caller import Caller
from api.domain.contacts import ContactKind, ContactReply
from api.domain.moves import ProposalState
from api.domain.proposals import StartedFrom
from api.domain.records import AnchorRecord, OrderState
from api.store import Store, assignments, centres, citizens, employers, job_orders
from geo import Refused
from matching.citizens import Needs
from matching.orders import Task
from matching.talks import Talk
from matching.vocabulary import AnchorKind, Answer, Demand
from tests.api.makers import make_centre, make_citizen, make_employer, make_order

DAY = date(2026, 12, 1)
NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
GREEN, SHOP = Task(activities={"green": 1}), Task(activities={"shop": 1})


@pytest.fixture
def ids(store: Store, naestved: Caller) -> dict[str, str]:
    """Three who like green work, of whom one starts at the centre; a garden and a shop with a place each."""
    with store.unit() as unit:
        centre = centres.add(unit, naestved, make_centre(naestved))
        there = (AnchorRecord(kind=AnchorKind.DROP_IN_CENTRE, centre_id=centre.id),)
        kept = {"centre": centre.id}
        for name, anchors in (("anna", there), ("bent", None), ("carl", None)):
            said = {"anchors": anchors} if anchors else {}
            needs = Needs(attitudes={"green": "gladly"})
            citizen = citizens.add(unit, naestved, make_citizen(naestved, needs=needs, **said))
            assignments.assign(unit, naestved, citizen.id, naestved.user_id)
            kept[name] = citizen.id
        for name, task in (("garden", GREEN), ("shop", SHOP)):
            firm = employers.add(unit, naestved, make_employer(naestved, name=name, cvr="", p_number=""))
            order = job_orders.add(unit, naestved, make_order(firm, title=name, task=task))
            kept |= {name: order.id, f"{name} firm": firm.id}
        unit.commit()
    return kept


def room(store: Store, caller: Caller, **said: str) -> cafes.Room:
    return cafes.room(store, Catalogues(), caller, DAY, **said)


def planned(store: Store, caller: Caller, ids: dict[str, str], people: str, **said: object) -> cafes.Cafe:
    facts = {"slots": 4, "tables": 2, **said}
    who = [ids[name] for name in people.split()]
    wanted = Wanted(day=DAY, citizen_ids=who, order_ids=[ids["garden"], ids["shop"]], **facts)  # type: ignore[arg-type]
    return cafes.planned(store, Catalogues(), caller, wanted)


def test_a_room_is_who_is_open_to_the_caller_of_one_centre_or_of_all(
    store: Store, naestved: Caller, colleague: Caller, vejle: Caller, ids: dict[str, str]
):
    assert {one.id for one in room(store, naestved).people} == {
        ids[name] for name in ("anna", "bent", "carl")
    }
    assert [one.id for one in room(store, naestved, centre_id=ids["centre"]).people] == [ids["anna"]]
    assert room(store, colleague).people == ()
    assert (room(store, vejle).people, room(store, vejle).offers) == ((), ())


def test_what_suits_most_of_them_stands_first_and_is_suggested(
    store: Store, naestved: Caller, ids: dict[str, str]
):
    found = room(store, naestved)
    assert [offer.order.title for offer in found.offers] == ["garden", "shop"]
    assert len(found.offers[0].suits) == 3
    assert found.suggested == {ids["garden"], ids["shop"]}


@pytest.mark.parametrize(
    "changed",
    [
        {"state": OrderState.ENDED},
        {"state": OrderState.RECEIVED},
        {"places": 0},
        {"task": Task(ends_on="2026-11-30")},
    ],
    ids=["ended", "not confirmed", "no place", "over by then"],
)
def test_an_order_that_is_not_open_on_the_day_is_not_offered(
    store: Store, naestved: Caller, ids: dict[str, str], changed: dict[str, object]
):
    with store.unit() as unit:
        order = job_orders.find(unit, naestved, ids["garden"])
        assert order is not None
        job_orders.replace(unit, naestved, replace(order, **changed), order.version)  # type: ignore[arg-type]
        unit.commit()
    assert [offer.order.title for offer in room(store, naestved).offers] == ["shop"]
    assert planned(store, naestved, ids, "anna").lost == 1


def test_who_objects_to_ranking_is_counted_and_not_placed(
    store: Store, naestved: Caller, ids: dict[str, str]
):
    with store.unit() as unit:
        anna = citizens.find(unit, naestved, ids["anna"])
        assert anna is not None
        citizens.replace(unit, naestved, replace(anna, objects_to_ranking=True), anna.version)
        unit.commit()
    found = room(store, naestved)
    assert (ids["anna"] in {one.id for one in found.people}, found.objecting) == (False, 1)
    assert planned(store, naestved, ids, "anna bent").people.keys() == {ids["bent"]}


def test_what_people_were_told_holds_when_somebody_leaves(
    store: Store, naestved: Caller, ids: dict[str, str]
):
    first = planned(store, naestved, ids, "anna bent")
    told = Hanging(tasks=first.assignment.tasks, slots=first.plan.slot_of)
    gone, stays = sorted(("anna", "bent"), key=lambda name: told.tasks[ids[name]] != ids["garden"])
    again = planned(store, naestved, ids, stays, gone_ids=[ids[gone]], hanging=told)
    assert again.assignment.tasks == {ids[stays]: told.tasks[ids[stays]]}
    assert (again.tasks_kept, again.times_kept) == ({ids[stays]: True}, {ids[stays]: True})
    assert again.gone.keys() == {ids[gone]}
    afresh = planned(store, naestved, ids, stays)
    assert afresh.assignment.tasks == {ids[stays]: ids["garden"]}


def test_a_plan_with_ids_that_are_none_is_as_if_nobody_had_been_told(
    store: Store, naestved: Caller, ids: dict[str, str]
):
    made_up = Hanging(tasks={ids["anna"]: "nothing", "nobody": ids["garden"]}, slots={Talk("x", "y"): 3})
    found = planned(store, naestved, ids, "anna", hanging=made_up)
    assert found.assignment.tasks == {ids["anna"]: ids["garden"]}
    assert found.plan.clashes == 0


@pytest.mark.parametrize(
    ("people", "said", "field"),
    [("", {}, "citizens"), ("anna", {"tables": 1}, "tables"), ("anna bent carl", {"slots": 0}, "slots")],
)
def test_a_cafe_that_cannot_be_held_is_refused_by_name(
    store: Store, naestved: Caller, ids: dict[str, str], people: str, said: dict[str, int], field: str
):
    with pytest.raises(Refused) as refused:
        planned(store, naestved, ids, people, **said)
    assert refused.value.field == field


def test_an_employer_whose_tasks_suit_nobody_gets_no_table(
    store: Store, naestved: Caller, ids: dict[str, str]
):
    with store.unit() as unit:
        for name, noise in (("shop", Answer.YES), ("garden", Answer.NO)):
            order = job_orders.find(unit, naestved, ids[name])
            task = replace(order.task, demands={Demand.NOISE: noise})
            job_orders.replace(unit, naestved, replace(order, task=task), order.version)
        for name in ("anna", "bent"):
            one = citizens.find(unit, naestved, ids[name])
            needs = replace(one.needs, avoids=frozenset({Demand.NOISE}))
            citizens.replace(unit, naestved, replace(one, needs=needs), one.version)
        unit.commit()
    quiet = planned(store, naestved, ids, "anna bent", tables=1)
    assert (quiet.idle, quiet.tables) == ({ids["shop"]}, {ids["garden firm"]: 1})
    assert ids["shop firm"] not in {talk.employer_id for talk in quiet.plan.slot_of}
    all_three = planned(store, naestved, ids, "anna bent carl")
    assert (all_three.idle, len(all_three.tables)) == (frozenset(), 2)


def test_an_employer_keeps_its_table_whoever_comes(store: Store, naestved: Caller, ids: dict[str, str]):
    tables = {ids["garden firm"]: 1, ids["shop firm"]: 2}
    assert planned(store, naestved, ids, "anna").tables == tables
    assert planned(store, naestved, ids, "anna bent carl").tables == tables


def say(store: Store, caller: Caller, ids: dict[str, str], reply: ContactReply, until: date | None) -> None:
    with store.unit() as unit:
        new = NewContact(kind=ContactKind.CALL, order_id=ids["garden"], reply=reply, follow_up_on=until)
        contacts.record(unit, caller, ids["garden firm"], new)
        unit.commit()


@pytest.mark.parametrize(
    ("reply", "until"),
    [(ContactReply.NO, None), (ContactReply.NOT_NOW, DAY + timedelta(days=1))],
    ids=["no", "not before the day after"],
)
def test_who_said_no_or_not_now_is_seated_only_by_hand_and_with_a_warning(
    store: Store, naestved: Caller, ids: dict[str, str], reply: ContactReply, until: date | None
):
    with time_machine.travel(NOON, tick=False):
        assert planned(store, naestved, ids, "anna").unwished == frozenset()
        say(store, naestved, ids, reply, until)
        found = room(store, naestved)
        garden = next(offer for offer in found.offers if offer.order.id == ids["garden"])
        assert (garden.refused_on is not None, garden.rests_until) == (reply is ContactReply.NO, until)
        assert found.suggested == {ids["shop"]}
        assert planned(store, naestved, ids, "anna").unwished == {ids["garden"]}


def test_who_may_be_contacted_again_on_the_day_of_the_cafe_is_suggested(
    store: Store, naestved: Caller, ids: dict[str, str]
):
    with time_machine.travel(NOON, tick=False):
        say(store, naestved, ids, ContactReply.NOT_NOW, DAY)
        assert room(store, naestved).suggested == {ids["garden"], ids["shop"]}
        assert planned(store, naestved, ids, "anna").unwished == frozenset()


def say_yes(store: Store, caller: Caller, ids: dict[str, str], *, begun: bool) -> None:
    """Anna says yes to the garden, which has two places, and may have begun there."""
    with store.unit() as unit:
        order = job_orders.find(unit, caller, ids["garden"])
        assert order is not None
        job_orders.replace(unit, caller, replace(order, places=2), order.version)
        new = NewProposal(citizen_id=ids["anna"], order_id=order.id, started_from=StartedFrom.CITIZEN)
        made = proposals_desk.propose(unit, caller, new).proposal
        proposals_desk.record(unit, caller, made.id, CameOf(state=ProposalState.ACCEPTED))
        if begun:
            beginnings.begin(unit, caller, made.id, Step())
        unit.commit()


def test_who_has_said_yes_to_a_task_is_not_given_it_again_and_has_taken_its_place(
    store: Store, naestved: Caller, ids: dict[str, str]
):
    with time_machine.travel(NOON, tick=False):
        assert planned(store, naestved, ids, "anna").assignment.tasks == {ids["anna"]: ids["garden"]}
        say_yes(store, naestved, ids, begun=False)
        garden = next(offer for offer in room(store, naestved).offers if offer.order.id == ids["garden"])
        assert (garden.suits, garden.order.places) == ({ids["bent"], ids["carl"]}, 1)
        found = planned(store, naestved, ids, "anna bent carl")
    assert found.assignment.tasks[ids["anna"]] == ids["shop"]
    others = [found.assignment.tasks.get(ids[name]) for name in ("bent", "carl")]
    assert others.count(ids["garden"]) == 1


def test_who_has_begun_is_not_invited_until_they_look_for_more(
    store: Store, naestved: Caller, ids: dict[str, str]
):
    with time_machine.travel(NOON, tick=False):
        say_yes(store, naestved, ids, begun=True)
        assert ids["anna"] not in {one.id for one in room(store, naestved).people}
        assert planned(store, naestved, ids, "anna bent").people.keys() == {ids["bent"]}
        with store.unit() as unit:
            beginnings.look_for_more(unit, naestved, ids["anna"])
            unit.commit()
        found = planned(store, naestved, ids, "anna bent")
    assert found.assignment.tasks == {ids["anna"]: ids["shop"], ids["bent"]: ids["garden"]}


def test_a_task_that_suits_only_who_has_it_takes_no_table(
    store: Store, naestved: Caller, ids: dict[str, str]
):
    with time_machine.travel(NOON, tick=False):
        say_yes(store, naestved, ids, begun=False)
        assert planned(store, naestved, ids, "anna").idle == {ids["garden"]}
