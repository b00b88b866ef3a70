"""The call that is written down in one press, on both databases: once, and counted once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from api.casework import calls, contact_corrections, contacts, reservations
from api.casework import job_orders as orders_desk
from api.casework.calls import Call
from api.casework.contacts import NewContact
from api.domain.caller import Role
from api.domain.contacts import ContactAbout, ContactKind, ContactReply
from api.store import employers, job_orders
from api.store.errors import Missing
from geo import Refused
from tests.api.makers import make_order

MONDAY = date(2026, 11, 23)


@pytest.fixture
def firm(unit, naestved, order):
    """The employer of the order, contacted by nobody before."""
    found = employers.find(unit, naestved, order.employer_id)
    return employers.replace(unit, naestved, replace(found, last_contact_on=None), found.version)


@pytest.fixture
def second(unit, naestved, firm):
    return orders_desk.register(unit, naestved, make_order(firm, title="Feje", received_on=MONDAY))


def ring(unit, caller, firm, order, **said):
    return calls.write_down(unit, caller, firm.id, Call(order_id=order.id, **said)).contact


def taken(unit, caller, firm):
    return contacts.state_of(unit, caller, employers.find(unit, caller, firm.id)).taken


def listed(unit, caller, firm):
    return [seen.contact for seen in contacts.of_employer(unit, caller, firm.id).items]


def test_one_press_writes_down_employer_order_day_and_what_was_said(unit, naestved, firm, order):
    made = ring(unit, naestved, firm, order, reply=ContactReply.NO)
    assert (made.kind, made.about, made.order_id) == (ContactKind.CALL, ContactAbout.JOB_ORDER, order.id)
    assert (made.on, made.by, made.reply, made.citizen_id) == (
        MONDAY,
        naestved.user_id,
        ContactReply.NO,
        None,
    )
    assert calls.of_today(unit, naestved, [firm.id]) == {firm.id: (made,)}
    assert employers.find(unit, naestved, firm.id).last_contact_on == MONDAY


def test_a_second_press_puts_right_what_was_said_and_is_no_second_call(unit, naestved, firm, order):
    first = ring(unit, naestved, firm, order)
    again = ring(unit, naestved, firm, order, reply=ContactReply.YES)
    assert (again.id, again.reply) == (first.id, ContactReply.YES)
    assert listed(unit, naestved, firm) == [again]
    assert taken(unit, naestved, firm) == (MONDAY,)


def test_two_tasks_of_one_conversation_have_their_own_words_and_count_once(
    unit, naestved, firm, order, second
):
    ring(unit, naestved, firm, order, reply=ContactReply.NO)
    ring(unit, naestved, firm, second, reply=ContactReply.YES)
    replies = {one.order_id: one.reply for one in listed(unit, naestved, firm)}
    assert replies == {order.id: ContactReply.NO, second.id: ContactReply.YES}
    assert taken(unit, naestved, firm) == (MONDAY,)


def test_another_person_or_another_kind_of_contact_is_another_conversation(
    colleague, unit, naestved, firm, order
):
    ring(unit, naestved, firm, order)
    ring(unit, colleague, firm, order)
    contacts.record(unit, naestved, firm.id, NewContact(kind=ContactKind.VISIT))
    assert taken(unit, naestved, firm) == (MONDAY,) * 3
    assert len(calls.of_today(unit, naestved, [firm.id])[firm.id]) == 1


def test_a_call_that_reached_nobody_counts_only_once_somebody_was_reached(unit, naestved, firm, order):
    ring(unit, naestved, firm, order, reply=ContactReply.NOT_ANSWERED)
    assert taken(unit, naestved, firm) == ()
    ring(unit, naestved, firm, order, reply=ContactReply.YES)
    assert taken(unit, naestved, firm) == (MONDAY,)


def test_one_conversation_uses_up_one_reserved_day(unit, naestved, firm, order, second):
    for on in (MONDAY, MONDAY + timedelta(days=60)):
        reservations.reserve(unit, naestved, firm.id, on=on)
    ring(unit, naestved, firm, order)
    ring(unit, naestved, firm, second)
    left, _, _ = reservations.of_employer(unit, naestved, firm.id)
    assert [one.on for one in left] == [MONDAY + timedelta(days=60)]


def test_a_call_is_taken_back_with_what_it_counted(unit, naestved, firm, order):
    made = ring(unit, naestved, firm, order)
    contact_corrections.take_back(unit, naestved, firm.id, made.id)
    assert listed(unit, naestved, firm) == []
    assert MONDAY not in taken(unit, naestved, firm)


def test_not_now_has_a_day_and_another_s_order_is_none(unit, naestved, firm, order):
    with pytest.raises(Refused) as refused:
        ring(unit, naestved, firm, order, reply=ContactReply.NOT_NOW)
    assert refused.value.field == "follow_up_on"
    with pytest.raises(Refused, match="no job order"):
        ring(unit, naestved, firm, replace(order, id="another"))
    with pytest.raises(Missing):
        ring(unit, naestved, replace(firm, id="another"), order)


def test_who_sees_no_contacts_sees_no_calls(unit, naestved, firm, order):
    ring(unit, naestved, firm, order)
    assert calls.of_today(unit, replace(naestved, role=Role.CENTRE_STAFF), [firm.id]) == {}
    assert job_orders.find(unit, naestved, order.id).open_proposals == 0


@pytest.mark.parametrize(
    ("at", "again"),
    [(MONDAY, date(2026, 11, 24)), (date(2026, 11, 27), date(2026, 11, 30))],
    ids=["the day after", "over a week-end"],
)
def test_who_did_not_answer_is_rung_again_on_the_next_working_day(unit, naestved, firm, order, at, again):
    then = replace(unit, at=unit.at + (at - MONDAY))
    made = ring(then, naestved, firm, order, reply=ContactReply.NOT_ANSWERED)
    assert (made.on, made.follow_up_on) == (at, again)


def test_a_second_press_that_nobody_answered_is_rung_again_as_well(unit, naestved, firm, order):
    ring(unit, naestved, firm, order)
    made = ring(unit, naestved, firm, order, reply=ContactReply.NOT_ANSWERED)
    assert made.follow_up_on == date(2026, 11, 24)
    assert ring(unit, naestved, firm, order, reply=ContactReply.YES).follow_up_on is None


@pytest.mark.parametrize(
    "said",
    [
        {"kind": ContactKind.MAIL, "reply": ContactReply.NOT_ANSWERED},
        {"kind": ContactKind.CALL, "reply": ContactReply.YES},
        {"kind": ContactKind.CALL, "reply": ContactReply.NOT_ANSWERED, "by_employer": True},
        {"kind": ContactKind.CALL, "reply": ContactReply.NOT_ANSWERED, "on": date(2026, 11, 2)},
    ],
    ids=["lies there to be read", "answered", "the employer's own", "long ago"],
)
def test_no_day_is_proposed_where_nobody_has_to_try_again(unit, naestved, said):
    assert contacts.with_next_try(unit, naestved, NewContact(**said)).follow_up_on is None


def test_who_did_not_answer_yesterday_is_rung_again_today(unit, naestved):
    said = {"kind": ContactKind.CALL, "reply": ContactReply.NOT_ANSWERED}
    today = date(2026, 11, 25)
    then = replace(unit, at=unit.at + (today - MONDAY))
    yesterday = NewContact(**said, on=date(2026, 11, 24))
    assert contacts.with_next_try(then, naestved, yesterday).follow_up_on == today


def test_a_day_that_was_given_to_ring_again_stays(unit, naestved):
    given = date(2026, 12, 4)
    new = NewContact(kind=ContactKind.VISIT, reply=ContactReply.NOT_ANSWERED, follow_up_on=given)
    assert contacts.with_next_try(unit, naestved, new).follow_up_on == given
