"""A café that is kept: changed by who has seen it, undone, without who was erased, of one municipality."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import time_machine

from api.casework import kept_cafes
from api.casework.cafes import planned
from api.casework.catalogues import Catalogues
from api.casework.erasure import erase
from api.domain.cafes import KeptCafe
from api.domain.caller import Caller
from api.pages.cafe_form import CafeForm, hours_of
from api.store import Store, assignments, cafes, citizens, employers, job_orders
from api.store.errors import Missing, Stale
from matching.citizens import Needs
from matching.orders import Task
from tests.api.makers import make_afternoon, make_cafe, make_citizen, make_employer, make_order

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
DAY = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def ids(store: Store, naestved: Caller, colleague: Caller) -> dict[str, str]:
    """Two citizens of the caller's, one of a colleague's; a garden and a shop with a place each."""
    kept = {}
    with store.unit() as unit:
        for name, whose in (("anna", naestved), ("bent", naestved), ("dorte", colleague)):
            citizen = citizens.add(
                unit, naestved, make_citizen(naestved, needs=Needs(attitudes={"green": "gladly"}))
            )
            assignments.assign(unit, naestved, citizen.id, whose.user_id)
            kept[name] = citizen.id
        for name, task in (("garden", Task(activities={"green": 1})), ("shop", Task(activities={"shop": 1}))):
            firm = employers.add(unit, naestved, make_employer(naestved, name=name, cvr="", p_number=""))
            kept[name] = job_orders.add(unit, naestved, make_order(firm, title=name, task=task)).id
        unit.commit()
    return kept


def form_of(ids: dict[str, str], people: str) -> CafeForm:
    return CafeForm(
        day=f"{DAY:%d-%m-%Y}",
        tables="2",
        citizens=tuple(ids[name] for name in people.split()),
        orders=(ids["garden"], ids["shop"]),
    )


def held(store: Store, caller: Caller, ids: dict[str, str], people: str) -> KeptCafe:
    form = form_of(ids, people)
    hours = hours_of(form)
    found = planned(store, Catalogues(), caller, form.wanted(hours))
    return kept_cafes.keep(store, caller, form.afternoon(hours, found), found, 7)


def anew(store: Store, caller: Caller, kept: KeptCafe, form: CafeForm, leaves: str = "") -> KeptCafe:
    hours = hours_of(form)
    wanted = kept_cafes.anew(store, caller, kept, form.wanted(hours), leaves)
    found = planned(store, Catalogues(), caller, wanted)
    return kept_cafes.keep_anew(store, caller, kept, form.afternoon(hours, found), wanted, found, 7)


def test_a_cafe_is_found_as_it_was_kept_by_its_municipality_alone(
    store: Store, naestved: Caller, colleague: Caller, vejle: Caller, ids: dict[str, str]
):
    kept = held(store, naestved, ids, "anna bent")
    assert {told.order_id for told in kept.guests.values()} == {ids["garden"], ids["shop"]}
    assert kept_cafes.find(store, naestved, kept.id) == kept_cafes.find(store, colleague, kept.id) == kept
    with pytest.raises(Missing):
        kept_cafes.find(store, vejle, kept.id)
    with store.unit(read_only=True) as unit:
        counts = [
            [one.guests for one in kept_cafes.coming(unit, who)] for who in (naestved, colleague, vejle)
        ]
    assert counts == [[2], [0], []]


def test_what_is_shown_again_is_what_was_told(store: Store, naestved: Caller, ids: dict[str, str]):
    kept = held(store, naestved, ids, "anna bent")
    left = anew(store, naestved, kept, form_of(ids, "anna"), leaves=ids["bent"])
    for one in (kept, left):
        shown = kept_cafes.shown(store, Catalogues(), naestved, one, slots=6)
        told = kept_cafes.hanging_of(one.guests, one.now.seats)
        assert (shown.assignment.tasks, shown.plan.slot_of) == (told.tasks, told.slots)
        assert not kept_cafes.has_changed(one, shown)


def test_two_who_change_the_same_version_are_told_apart(
    store: Store, naestved: Caller, colleague: Caller, ids: dict[str, str]
):
    kept = held(store, naestved, ids, "anna bent")
    changed = anew(store, naestved, kept, form_of(ids, "anna"), leaves=ids["bent"])
    with pytest.raises(Stale):
        anew(store, colleague, kept, form_of(ids, "dorte"))
    for late in (kept_cafes.undo, kept_cafes.forget):
        with pytest.raises(Stale):
            late(store, colleague, kept.id, kept.version)
    assert kept_cafes.find(store, naestved, kept.id) == changed


def test_a_change_is_undone_and_nothing_more(store: Store, naestved: Caller, ids: dict[str, str]):
    kept = held(store, naestved, ids, "anna bent")
    changed = anew(store, naestved, kept, form_of(ids, "anna"), leaves=ids["bent"])
    assert changed.guests[ids["bent"]] == replace(kept.guests[ids["bent"]], left=True)
    undone = kept_cafes.undo(store, naestved, kept.id, changed.version)
    assert (undone.guests, undone.now, undone.version) == (kept.guests, kept.now, 3)
    assert kept_cafes.undo(store, naestved, kept.id, 3) == undone


def test_guests_of_somebody_else_stay_in_the_cafe_and_keep_their_task(
    store: Store, naestved: Caller, colleague: Caller, ids: dict[str, str]
):
    kept = held(store, naestved, ids, "anna")
    task = kept.guests[ids["anna"]].order_id
    changed = anew(store, colleague, kept, form_of(ids, "dorte"), leaves=ids["anna"])
    assert (changed.guests[ids["anna"]].order_id, changed.guests[ids["anna"]].left) == (task, False)
    assert changed.guests[ids["dorte"]].order_id not in (None, task)
    shown = kept_cafes.shown(store, Catalogues(), colleague, changed, slots=6)
    assert shown.people.keys() == {ids["dorte"]}
    assert shown.plan.clashes == 0


def test_who_is_erased_goes_out_of_the_cafe_and_of_what_an_undo_goes_back_to(
    store: Store, naestved: Caller, ids: dict[str, str]
):
    kept = held(store, naestved, ids, "anna bent")
    changed = anew(store, naestved, kept, form_of(ids, "anna"), leaves=ids["bent"])
    with store.unit() as unit:
        erase(unit, naestved, ids["bent"])
        unit.commit()
    undone = kept_cafes.undo(store, naestved, kept.id, changed.version)
    assert undone.guests.keys() == {ids["anna"]}
    # nor does one who was erased as somebody planned come in by it
    again = anew(store, naestved, kept_cafes.find(store, naestved, kept.id), form_of(ids, "anna bent"))
    assert kept_cafes.find(store, naestved, again.id).guests.keys() == {ids["anna"]}


def test_a_guest_who_is_erased_before_the_plan_is_written_is_not_written(
    store: Store, naestved: Caller, ids: dict[str, str]
):
    form = form_of(ids, "anna bent")
    found = planned(store, Catalogues(), naestved, form.wanted(hours_of(form)))
    with store.unit() as unit:
        erase(unit, naestved, ids["bent"])
        unit.commit()
    kept = kept_cafes.keep(store, naestved, form.afternoon(hours_of(form), found), found, 7)
    assert kept_cafes.find(store, naestved, kept.id).guests.keys() == {ids["anna"]}


def test_a_cafe_whose_days_are_over_is_gone_with_the_next_that_is_kept(
    store: Store, naestved: Caller, vejle: Caller
):
    past = make_afternoon(day=date(2026, 11, 1))
    with store.unit() as unit:
        old = cafes.add(unit, naestved, make_cafe(naestved, now=past, expires_on=date(2026, 11, 22)))
        last = cafes.add(unit, naestved, make_cafe(naestved, now=past, expires_on=date(2026, 11, 23)))
        unit.commit()
    with store.unit(read_only=True) as unit:
        assert cafes.find(unit, naestved, old.id) is None
        assert cafes.find(unit, naestved, last.id) == last
    with store.unit() as unit:
        cafes.add(unit, vejle, make_cafe(vejle))
        unit.commit()
    with time_machine.travel(datetime(2026, 11, 20, 11, tzinfo=UTC), tick=False), store.unit() as unit:
        assert cafes.find(unit, naestved, old.id) is None
        assert cafes.find(unit, naestved, last.id) == last


@pytest.fixture
def many(store: Store, naestved: Caller) -> dict[str, str]:
    """Six citizens and four employers with tasks of two places; a workshop only for who likes crafts."""
    kept = {}
    with store.unit() as unit:
        for number in range(6):
            likes = {"green": "gladly", **({"crafts": "gladly"} if number == 5 else {"crafts": "cannot"})}
            said = {"needs": Needs(attitudes=likes), "waiting_since": date(2026, 1, 1 + number)}
            citizen = citizens.add(unit, naestved, make_citizen(naestved, **said))
            assignments.assign(unit, naestved, citizen.id, naestved.user_id)
            kept[f"p{number}"] = citizen.id
        firms = (("garden", "green"), ("shop", "shop"), ("laundry", "cleaning"), ("workshop", "crafts"))
        for name, activity in firms:
            firm = employers.add(unit, naestved, make_employer(naestved, name=name, cvr="", p_number=""))
            order = make_order(firm, title=name, places=2, task=Task(activities={activity: 1}))
            kept |= {name: job_orders.add(unit, naestved, order).id, f"{name} firm": firm.id}
        unit.commit()
    return kept


EVERYBODY = " ".join(f"p{number}" for number in range(6))


def form_of_many(many: dict[str, str], people: str, *orders: str) -> CafeForm:
    lying = orders or ("garden", "shop", "laundry", "workshop")
    form = form_of({**many, "anna": "", "bent": ""}, people)
    return replace(form, tables="4", orders=tuple(many[name] for name in lying), minutes="60")


def held_by_many(store: Store, caller: Caller, many: dict[str, str], people: str) -> KeptCafe:
    form = form_of_many(many, people)
    hours = hours_of(form)
    found = planned(store, Catalogues(), caller, form.wanted(hours))
    return kept_cafes.keep(store, caller, form.afternoon(hours, found), found, 7)


def test_whoever_stays_keeps_task_talks_times_and_tables_whoever_leaves(
    store: Store, naestved: Caller, many: dict[str, str]
):
    for gone in EVERYBODY.split():
        kept = held_by_many(store, naestved, many, EVERYBODY)
        stay = " ".join(name for name in EVERYBODY.split() if name != gone)
        left = anew(store, naestved, kept, form_of_many(many, stay), leaves=many[gone])
        for name in stay.split():
            was, now = kept.guests[many[name]], left.guests[many[name]]
            assert was.order_id in (None, now.order_id)
            assert now.slots.items() >= was.slots.items()
            more = now.slots.keys() - was.slots.keys()
            met = {firm for id_, one in kept.guests.items() if id_ != many[gone] for firm in one.slots}
            assert was.order_id is None or (len(more) < 2 and not more & met)
        back = anew(store, naestved, left, form_of_many(many, EVERYBODY))
        for id_, told in left.guests.items():
            assert told.left or back.guests[id_] == told
        assert back.guests[many[gone]] == replace(left.guests[many[gone]], left=False)
        assert {firm: back.now.seats[firm] for firm in kept.now.seats} == kept.now.seats
        undone = kept_cafes.undo(store, naestved, kept.id, back.version)
        assert undone.guests == left.guests


def test_an_employer_whom_only_who_left_would_have_met_has_no_table_and_gets_its_number_back(
    store: Store, naestved: Caller, many: dict[str, str]
):
    kept = held_by_many(store, naestved, many, EVERYBODY)
    workshop = many["workshop firm"]
    assert {id_ for id_, one in kept.guests.items() if workshop in one.slots} == {many["p5"]}
    left = anew(store, naestved, kept, form_of_many(many, "p0 p1 p2 p3 p4"), leaves=many["p5"])
    shown = kept_cafes.shown(store, Catalogues(), naestved, left, slots=4)
    assert (shown.seats.keys() - shown.tables.keys(), shown.seats) == ({workshop}, kept.now.seats)
    back = anew(store, naestved, left, form_of_many(many, EVERYBODY))
    assert (back.guests, back.now.seats) == (kept.guests, kept.now.seats)


def test_who_has_called_off_stays_so_when_other_people_and_tasks_are_chosen(
    store: Store, naestved: Caller, many: dict[str, str]
):
    kept = held_by_many(store, naestved, many, "p0 p1 p2 p3")
    off = anew(store, naestved, kept, form_of_many(many, "p0 p1 p2"), leaves=many["p3"])
    other = anew(store, naestved, off, form_of_many(many, "p0 p1 p4", "garden", "shop"))
    third = anew(store, naestved, other, form_of_many(many, "p0 p1", "garden"), leaves=many["p4"])
    gone = {id_ for id_, told in third.guests.items() if told.left}
    assert gone == {many["p3"], many["p4"]}
    assert third.guests[many["p3"]].slots == kept.guests[many["p3"]].slots
