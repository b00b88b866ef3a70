"""An employer that asked to be left alone, on both databases: told at its orders until the day it gave."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from api.casework import contacts, left_alone, silence
from api.casework import due as due_desk
from api.casework import job_orders as desk
from api.casework import practices as practices_desk
from api.casework.contacts import NewContact
from api.domain.caller import Role
from api.domain.contacts import ContactKind, ContactReply
from api.domain.due import DueKind
from api.domain.records import OrderState
from api.store import assignments, citizens, employers, job_orders
from tests.api.makers import make_citizen, make_employer, make_order

ON, UNTIL = date(2026, 11, 23), date(2027, 3, 1)


def say(unit, caller, order, reply=ContactReply.NOT_NOW, **said):
    day = UNTIL if reply is ContactReply.NOT_NOW else None
    new = NewContact(**{"kind": ContactKind.CALL, "reply": reply, "follow_up_on": day, **said})
    return contacts.record(unit, caller, order.employer_id, new).contact


def resting(unit, caller, order, on=None):
    return left_alone.of_orders(unit, caller, [order.id], on).get(order.id)


def later(unit, **more):
    return replace(unit, at=unit.at + timedelta(**more))


def test_not_now_stands_at_every_order_of_the_employer_until_its_day(unit, naestved, order):
    firm = employers.find(unit, naestved, order.employer_id)
    other = desk.register(unit, naestved, make_order(firm, title="Feje", received_on=ON))
    foreign = desk.register(
        unit,
        naestved,
        make_order(employers.add(unit, naestved, make_employer(naestved, cvr="", p_number=""))),
    )
    assert resting(unit, naestved, order) is None
    say(unit, naestved, order, order_id=order.id, note="Travlt før jul")
    for one in (order, other):
        found = resting(unit, naestved, one)
        assert (found.until, found.contact.note, found.by) == (UNTIL, "Travlt før jul", "bodil")
    assert resting(unit, naestved, foreign) is None
    assert resting(unit, naestved, order, UNTIL - timedelta(days=1)) is not None
    assert resting(unit, naestved, order, UNTIL) is None


@pytest.mark.parametrize("reply", [ContactReply.YES, ContactReply.NO])
def test_what_the_employer_says_next_ends_the_rest(unit, naestved, order, reply):
    say(unit, naestved, order)
    say(later(unit, minutes=5), naestved, order, reply)
    assert resting(unit, naestved, order) is None


def test_that_nobody_answered_since_ends_nothing(unit, naestved, order):
    say(unit, naestved, order)
    say(later(unit, minutes=5), naestved, order, ContactReply.NOT_ANSWERED)
    assert resting(unit, naestved, order).until == UNTIL


def test_what_was_said_of_a_citizen_rests_nobody(unit, naestved, order):
    anna = citizens.add(unit, naestved, make_citizen(naestved))
    assignments.assign(unit, naestved, anna.id, naestved.user_id)
    say(unit, naestved, order, order_id=order.id, citizen_id=anna.id)
    assert resting(unit, naestved, order) is None


@pytest.mark.parametrize("heard", [{"received_on": date(2026, 11, 24)}, {"heard_on": date(2026, 11, 24)}])
def test_an_order_that_the_employer_wished_later_is_its_own_wish(unit, naestved, order, heard):
    say(unit, naestved, order)
    now = job_orders.find(unit, naestved, order.id)
    job_orders.replace(unit, naestved, replace(now, **heard), now.version)
    assert resting(unit, naestved, order) is None


def test_an_order_that_has_ended_is_not_spoken_of(unit, naestved, order):
    say(unit, naestved, order)
    now = job_orders.find(unit, naestved, order.id)
    desk.change(unit, naestved, now, replace(now, state=OrderState.ENDED), {now.version})
    assert resting(unit, naestved, order) is None


def test_who_does_not_see_contacts_or_the_municipality_is_told_nothing(vejle, unit, naestved, order):
    say(unit, naestved, order)
    assert resting(unit, replace(naestved, role=Role.ANALYST), order) is None
    assert resting(unit, vejle, order) is None


def test_nothing_is_asked_of_who_wants_to_be_left_alone_until_the_day(unit, naestved, order):
    practice = practices_desk.practice_of(unit, naestved.municipality)
    assert practice.required_answers
    kinds = {one.waiting.kind for one in due_desk.due(unit, naestved).items}
    assert DueKind.QUESTION in kinds
    say(unit, naestved, order)
    assert DueKind.QUESTION not in {one.waiting.kind for one in due_desk.due(unit, naestved).items}
    then = replace(unit, at=datetime(2027, 3, 1, 9, tzinfo=unit.at.tzinfo))
    kinds = {one.waiting.kind for one in due_desk.due(then, naestved).items}
    assert {DueKind.QUESTION, DueKind.CALL_BACK} <= kinds


def test_who_wants_to_be_left_alone_is_not_asked_whether_it_is_still_wanted(unit, naestved, order):
    long_after = later(unit, days=200)
    assert [one.order.id for one in silence.silent_orders(long_after, naestved)] == [order.id]
    asked = due_desk.due(long_after, naestved).items
    assert DueKind.STILL_WANTED in {one.waiting.kind for one in asked}
    say(later(unit, minutes=1), naestved, order, follow_up_on=date(2027, 12, 1))
    asked = due_desk.due(long_after, naestved).items
    assert DueKind.STILL_WANTED not in {one.waiting.kind for one in asked}
