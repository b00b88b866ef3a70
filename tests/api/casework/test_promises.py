"""Promises to come back to an employer, on both databases: which later contact keeps which."""

from dataclasses import replace
from datetime import timedelta

import pytest

from api.casework import contact_corrections, contacts, left_alone
from api.casework import due as due_desk
from api.casework.contacts import NewContact
from api.domain.contacts import ContactAbout, ContactKind, ContactReply
from api.domain.due import DueKind
from api.domain.working_days import day_of
from api.store import assignments, citizens, employers, job_orders
from tests.api.makers import make_citizen, make_employer, make_order

LATER = timedelta(days=1)


@pytest.fixture
def other(unit, naestved, order):
    """Another order of the same employer."""
    return job_orders.add(unit, naestved, make_order(employers.find(unit, naestved, order.employer_id)))


def say(unit, caller, order, **said):
    about = {"about": ContactAbout.JOB_ORDER, "order_id": order.id, "kind": ContactKind.CALL}
    return contacts.record(unit, caller, order.employer_id, NewContact(**about | said)).contact


def to_ring(unit, caller):
    found = due_desk.due(unit, caller).items
    return [one.waiting.id for one in found if one.waiting.kind is DueKind.CALL_BACK]


@pytest.fixture
def promise(unit, naestved, order):
    """Nobody answered today: to be rung again tomorrow."""
    missed = {"reply": ContactReply.NOT_ANSWERED, "follow_up_on": day_of(unit.at) + LATER}
    return say(unit, naestved, order, **missed)


@pytest.fixture
def tomorrow(unit, promise):
    return replace(unit, at=unit.at + LATER)


KEEPS = {
    "somebody was reached": {},
    "the employer said yes": {"reply": ContactReply.YES},
    "the employer wrote no": {"kind": ContactKind.MAIL, "reply": ContactReply.NO},
    "somebody came by": {"kind": ContactKind.VISIT},
    "the employer rang": {"by_employer": True},
}


@pytest.mark.parametrize("said", KEEPS.values(), ids=KEEPS)
def test_a_later_contact_about_the_same_order_keeps_the_promise(tomorrow, naestved, order, promise, said):
    assert to_ring(tomorrow, naestved) == [promise.id]
    made = say(tomorrow, naestved, order, **said)
    assert to_ring(tomorrow, naestved) == []
    history = contacts.of_employer(tomorrow, naestved, order.employer_id).items
    assert [(one.contact.id, one.come_back_on) for one in history] == [
        (made.id, None),
        (promise.id, day_of(tomorrow.at)),
    ]


def test_a_call_in_vain_passes_the_promise_on_to_its_own_day(tomorrow, naestved, order):
    missed = {"reply": ContactReply.NOT_ANSWERED, "follow_up_on": day_of(tomorrow.at) + LATER}
    again = say(tomorrow, naestved, order, **missed)
    assert to_ring(tomorrow, naestved) == []
    assert to_ring(replace(tomorrow, at=tomorrow.at + LATER), naestved) == [again.id]


NOT_KEPT = {
    "nobody answered, and no day is promised": {"reply": ContactReply.NOT_ANSWERED},
    "a letter was sent": {"kind": ContactKind.LETTER},
    "it was about new work": {"about": ContactAbout.NEW_WORK, "order_id": None},
}


@pytest.mark.parametrize("said", NOT_KEPT.values(), ids=NOT_KEPT)
def test_what_reaches_nobody_or_is_about_something_else_keeps_nothing(
    tomorrow, naestved, order, promise, said
):
    say(tomorrow, naestved, order, **said)
    assert to_ring(tomorrow, naestved) == [promise.id]


def test_a_call_about_another_order_or_with_another_employer_keeps_nothing(
    tomorrow, naestved, order, other, promise
):
    say(tomorrow, naestved, other, reply=ContactReply.YES)
    firm = employers.add(tomorrow, naestved, make_employer(naestved, cvr="", p_number=""))
    say(tomorrow, naestved, job_orders.add(tomorrow, naestved, make_order(firm)))
    assert to_ring(tomorrow, naestved) == [promise.id]


def test_a_call_before_the_promised_day_keeps_it_only_with_a_word_of_the_employers(unit, naestved, order):
    back_on = day_of(unit.at) + timedelta(days=9)
    promise = say(unit, naestved, order, reply=ContactReply.NOT_NOW, follow_up_on=back_on)
    soon, then = (replace(unit, at=unit.at + timedelta(days=days)) for days in (1, 9))
    say(soon, naestved, order)
    assert to_ring(then, naestved) == [promise.id]
    assert left_alone.of_orders(soon, naestved, [order.id])
    say(replace(soon, at=soon.at + timedelta(hours=1)), naestved, order, reply=ContactReply.YES)
    assert to_ring(then, naestved) == []


def test_what_was_said_before_the_promise_keeps_nothing(unit, naestved, order):
    earlier = day_of(unit.at)
    later = replace(unit, at=unit.at + LATER)
    promise = say(later, naestved, order, on=day_of(later.at), follow_up_on=day_of(later.at))
    say(replace(later, at=later.at + timedelta(hours=1)), naestved, order, on=earlier, reply="yes")
    assert to_ring(later, naestved) == [promise.id]


def test_taking_the_call_back_or_correcting_it_brings_the_promise_back(tomorrow, naestved, order, promise):
    made = say(tomorrow, naestved, order)
    contact_corrections.correct_reply(
        tomorrow, naestved, order.employer_id, made.id, ContactReply.NOT_ANSWERED
    )
    assert to_ring(tomorrow, naestved) == [promise.id]
    contact_corrections.correct_reply(tomorrow, naestved, order.employer_id, made.id, ContactReply.YES)
    assert to_ring(tomorrow, naestved) == []
    contact_corrections.take_back(tomorrow, naestved, order.employer_id, made.id)
    assert to_ring(tomorrow, naestved) == [promise.id]


def test_a_colleague_s_call_keeps_it_too(naestved, colleague, tomorrow, order, promise):
    say(tomorrow, colleague, order)
    assert to_ring(tomorrow, naestved) == []


def test_new_work_is_one_matter_and_what_is_said_of_other_things_is_not(unit, naestved, order):
    today = day_of(unit.at)
    for about in (ContactAbout.NEW_WORK, ContactAbout.OTHER):
        promise = say(unit, naestved, order, order_id=None, about=about, follow_up_on=today)
        later = replace(unit, at=unit.at + timedelta(hours=1))
        again = say(later, naestved, order, order_id=None, about=about)
        kept = about is ContactAbout.NEW_WORK
        assert (promise.id in to_ring(later, naestved)) is not kept
        contact_corrections.take_back(later, naestved, order.employer_id, again.id)


def test_a_promise_about_a_citizen_is_kept_by_a_call_about_the_same_one(unit, naestved, order):
    anna, bo = (citizens.add(unit, naestved, make_citizen(naestved)) for _ in range(2))
    for one in (anna, bo):
        assignments.assign(unit, naestved, one.id, naestved.user_id)
    of_work = {"about": ContactAbout.EMPLOYEE, "order_id": None}
    promise = say(unit, naestved, order, **of_work, citizen_id=anna.id, follow_up_on=day_of(unit.at))
    later = replace(unit, at=unit.at + timedelta(hours=1))
    say(later, naestved, order, **of_work, citizen_id=bo.id)
    assert to_ring(later, naestved) == [promise.id]
    say(later, naestved, order, **of_work, citizen_id=anna.id)
    assert to_ring(later, naestved) == []
