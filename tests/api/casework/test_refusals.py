"""An employer's no to a job order, on both databases: where it stands, what is due, closing and undoing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from api.casework import (
    clocks,
    contact_corrections,
    contacts,
    refusals,
    reopening,
    returns,
    silence,
    taking_back,
)
from api.casework import due as due_desk
from api.casework import job_orders as desk
from api.casework import proposals as proposals_desk
from api.casework.catalogues import Catalogues
from api.casework.contacts import NewContact
from api.casework.errors import NothingToTakeBack, OrderWithdrawn
from api.casework.proposals import CameOf, NewProposal
from api.domain.caller import Role
from api.domain.contacts import ContactKind, ContactReply
from api.domain.due import DueKind, Why
from api.domain.moves import TAKEN_BACK, ProposalState, ReturnCause
from api.domain.proposals import StartedFrom
from api.domain.records import OrderState
from api.store import (
    assignments,
    citizens,
    clock_pauses,
    employer_answers,
    employers,
    job_orders,
    moves,
    proposals,
)
from api.store.errors import Stale
from tests.api.makers import make_citizen, make_employer, make_order

ON = date(2026, 11, 23)


@pytest.fixture
def anna(unit, naestved):
    citizen = citizens.add(unit, naestved, make_citizen(naestved))
    assignments.assign(unit, naestved, citizen.id, naestved.user_id)
    return citizen


def say(unit, caller, order, reply=ContactReply.NO, **said):
    new = NewContact(kind=ContactKind.CALL, order_id=order.id, reply=reply, **said)
    return contacts.record(unit, caller, order.employer_id, new).contact


def refused(unit, caller, order):
    return refusals.of_orders(unit, caller, [order.id]).get(order.id)


def due(unit, caller):
    return [(one.waiting.kind, one.waiting.why) for one in due_desk.due(unit, caller).items]


def later(unit, **more):
    return replace(unit, at=unit.at + timedelta(**more))


def end(unit, caller, order):
    now = job_orders.find(unit, caller, order.id)
    return desk.change(unit, caller, now, replace(now, state=OrderState.ENDED), {now.version})


def send_back(unit, caller, order, cause=ReturnCause.EMPLOYER_WITHDREW):
    kept = Catalogues().of(unit, caller)
    return returns.return_order(unit, caller, kept, order.id, returns.Returned(cause=cause)).order


def propose(unit, caller, citizen, order):
    new = NewProposal(citizen_id=citizen.id, order_id=order.id, started_from=StartedFrom.JOB_ORDER)
    return proposals_desk.propose(unit, caller, new).proposal


def test_a_no_stands_with_its_words_and_is_all_that_is_due_of_the_order(unit, naestved, order):
    assert refused(unit, naestved, order) is None
    say(unit, naestved, order, note="De har fundet en anden")
    found = refused(unit, naestved, order)
    assert (found.contact.on, found.contact.note) == (ON, "De har fundet en anden")
    assert (found.by, found.order.state) == ("bodil", OrderState.OPEN)
    assert due(unit, naestved) == [(DueKind.EMPLOYER_SAID_NO, Why.YOUR_ORDER)]
    # nothing closes by itself
    assert job_orders.find(unit, naestved, order.id).state is OrderState.OPEN


@pytest.mark.parametrize("reply", [ContactReply.YES, ContactReply.NOT_ANSWERED, ContactReply.UNKNOWN])
def test_what_is_no_no_is_none(unit, naestved, order, reply):
    say(unit, naestved, order, reply)
    assert refused(unit, naestved, order) is None
    assert DueKind.EMPLOYER_SAID_NO not in [kind for kind, _ in due(unit, naestved)]


def test_the_last_word_about_an_order_counts(unit, naestved, order):
    said = say(unit, naestved, order)
    say(later(unit, minutes=1), naestved, order, ContactReply.NOT_ANSWERED)
    assert refused(unit, naestved, order)
    say(later(unit, minutes=2), naestved, order, ContactReply.YES)
    assert refused(unit, naestved, order) is None
    contact_corrections.correct_reply(unit, naestved, order.employer_id, said.id, ContactReply.YES)
    assert refused(unit, naestved, order) is None


def test_what_is_still_wanted_after_all_is_refused_no_more(unit, naestved, order):
    say(unit, naestved, order)
    silence.still_wanted(later(unit, minutes=1), naestved, order.id)
    assert refused(unit, naestved, order) is None
    say(later(unit, minutes=2), naestved, order)
    assert refused(unit, naestved, order)
    now = job_orders.find(unit, naestved, order.id)
    job_orders.replace(unit, naestved, replace(now, heard_on=date(2026, 11, 24)), now.version)
    assert refused(unit, naestved, order) is None


def test_what_was_said_of_a_citizen_tells_no_no_about_the_order(unit, naestved, anna, order):
    say(unit, naestved, order, citizen_id=anna.id)
    assert refused(unit, naestved, order) is None


def test_who_sees_no_contacts_sees_no_no(unit, naestved, order):
    say(unit, naestved, order)
    assert refused(unit, replace(naestved, role=Role.CENTRE_STAFF), order) is None


def test_the_no_of_another_municipality_is_none(vejle, unit, naestved, order):
    say(unit, naestved, order)
    assert refusals.of_everybody(unit, vejle) == {}


def test_an_order_that_nobody_looks_after_waits_for_who_heard_the_no(colleague, unit, naestved, order):
    now = job_orders.find(unit, naestved, order.id)
    job_orders.replace(unit, naestved, replace(now, taken_by="", clock_from=None), now.version)
    say(unit, colleague, order)
    assert due(unit, colleague) == [(DueKind.EMPLOYER_SAID_NO, Why.YOUR_CONTACT)]
    assert due(unit, naestved) == []


@pytest.mark.parametrize("close", [end, send_back], ids=["ended", "sent back"])
def test_a_closed_order_is_due_no_more_and_one_press_opens_it_as_it_was(unit, naestved, anna, order, close):
    made = propose(unit, naestved, anna, order)
    contacted = proposals_desk.record(unit, naestved, made.id, CameOf(state=ProposalState.CONTACTED)).proposal
    clocks.pause(unit, naestved, order.id, "Ferielukket")
    say(unit, naestved, order)
    before, at = job_orders.find(unit, naestved, order.id), later(unit, minutes=5)
    closed = close(at, naestved, order)
    assert proposals.find(at, naestved, made.id).state is ProposalState.WITHDRAWN
    assert due(at, naestved) == []
    assert reopening.may_be_reopened(at, naestved, closed)
    after = reopening.reopen(later(unit, minutes=6), naestved, order.id, {closed.version})
    assert (after.state, after.open_proposals) == (before.state, 1)
    assert (after.clock_from, after.clock_met_at) == (before.clock_from, before.clock_met_at)
    again = proposals.find(unit, naestved, made.id)
    assert (again.state, again.contacted_at) == (ProposalState.CONTACTED, contacted.contacted_at)
    (pause,) = clock_pauses.of(unit, naestved, [order.id])[order.id]
    assert pause.until is None
    assert moves.of(unit, naestved, moves.OF_ORDERS, order.id)[-1].cause == TAKEN_BACK
    # the no stands as before
    assert refused(unit, naestved, order)


def test_a_return_that_was_undone_is_no_answer_of_the_employer(unit, naestved, order):
    now = job_orders.find(unit, naestved, order.id)
    job_orders.replace(unit, naestved, replace(now, state=OrderState.RECEIVED), now.version)
    sent = send_back(later(unit, minutes=1), naestved, order)
    assert employer_answers.of(unit, "0370")[order.employer_id]
    reopening.reopen(later(unit, minutes=2), naestved, order.id, {sent.version})
    assert employer_answers.of(unit, "0370") == {}


def test_only_who_closed_it_opens_it_on_the_same_working_day(colleague, unit, naestved, order):
    closed = end(later(unit, minutes=1), naestved, order)
    for who, at in ((colleague, later(unit, minutes=2)), (naestved, later(unit, days=1))):
        with pytest.raises(NothingToTakeBack):
            reopening.reopen(at, who, order.id, {closed.version})
    with pytest.raises(Stale):
        reopening.reopen(unit, naestved, order.id, {closed.version - 1})
    assert reopening.reopen(later(unit, minutes=2), naestved, order.id, {closed.version}).state == order.state


def test_what_was_changed_since_or_was_never_closed_is_not_opened_so(unit, naestved, order):
    with pytest.raises(NothingToTakeBack):
        reopening.reopen(unit, naestved, order.id, None)
    closed = end(later(unit, minutes=1), naestved, order)
    job_orders.replace(later(unit, minutes=2), naestved, replace(closed, title="Rive"), closed.version)
    with pytest.raises(NothingToTakeBack):
        reopening.reopen(later(unit, minutes=3), naestved, order.id, None)


@pytest.mark.parametrize("stood", [None, ProposalState.CONTACTED, ProposalState.ACCEPTED])
def test_undoing_a_return_makes_who_was_not_able_as_able_as_before(unit, naestved, anna, order, stood):
    made = propose(unit, naestved, anna, order)
    if stood:
        made = proposals_desk.record(unit, naestved, made.id, CameOf(state=stood)).proposal
    before = job_orders.find(unit, naestved, order.id)
    sent = send_back(later(unit, minutes=1), naestved, order, ReturnCause.CITIZEN_NOT_ABLE)
    assert citizens.find(unit, naestved, anna.id).not_able_until
    assert reopening.may_be_reopened(later(unit, minutes=2), naestved, sent)
    after = reopening.reopen(later(unit, minutes=2), naestved, order.id, {sent.version})
    facts = ("state", "places", "open_proposals", "clock_from", "clock_met_at", "clock_practice")
    assert [getattr(after, name) for name in facts] == [getattr(before, name) for name in facts]
    again = proposals.find(unit, naestved, made.id)
    assert (again.state, again.contacted_at, again.review_on) == (made.state, made.contacted_at, None)
    assert citizens.find(unit, naestved, anna.id).not_able_until is None
    assert moves.of(unit, naestved, moves.OF_PROPOSALS, made.id)[-1].cause == TAKEN_BACK


def test_what_was_said_of_who_was_not_able_since_stays_when_the_return_is_undone(unit, naestved, anna, order):
    propose(unit, naestved, anna, order)
    sent = send_back(later(unit, minutes=1), naestved, order, ReturnCause.CITIZEN_NOT_ABLE)
    now, until = citizens.find(unit, naestved, anna.id), date(2027, 1, 4)
    citizens.replace(unit, naestved, replace(now, not_able_until=until), now.version)
    reopening.reopen(later(unit, minutes=2), naestved, order.id, {sent.version})
    assert citizens.find(unit, naestved, anna.id).not_able_until == until


def test_a_return_is_not_undone_once_the_next_was_suggested(unit, naestved, anna, order):
    propose(unit, naestved, anna, order)
    sent = send_back(later(unit, minutes=1), naestved, order, ReturnCause.CITIZEN_NOT_ABLE)
    other = citizens.add(unit, naestved, make_citizen(naestved, name="Bent Holm"))
    assignments.assign(unit, naestved, other.id, naestved.user_id)
    propose(later(unit, minutes=2), naestved, other, sent)
    now = job_orders.find(unit, naestved, order.id)
    assert not reopening.may_be_reopened(later(unit, minutes=3), naestved, now)
    with pytest.raises(NothingToTakeBack):
        reopening.reopen(later(unit, minutes=3), naestved, order.id, None)


def test_nobody_is_suggested_for_what_the_employer_has_withdrawn(unit, naestved, anna, order):
    sent = send_back(unit, naestved, order)
    assert sent.is_withdrawn
    with pytest.raises(OrderWithdrawn):
        propose(unit, naestved, anna, order)
    now = job_orders.find(unit, naestved, order.id)
    desk.change(unit, naestved, now, replace(now, state=OrderState.OPEN), {now.version})
    assert propose(unit, naestved, anna, order).is_open


def record(unit, caller, made, state):
    return proposals_desk.record(unit, caller, made.id, CameOf(state=state))


@pytest.mark.parametrize("state", [ProposalState.CONTACTED, ProposalState.ACCEPTED])
def test_nobody_goes_on_with_what_the_employer_has_withdrawn(unit, naestved, anna, order, state):
    made = propose(unit, naestved, anna, order)
    record(unit, naestved, made, ProposalState.NOT_ABLE_NOW)
    send_back(unit, naestved, order)
    with pytest.raises(OrderWithdrawn):
        record(unit, naestved, made, state)


@pytest.mark.parametrize("state", [ProposalState.CONTACTED, ProposalState.ACCEPTED])
def test_what_the_employer_wants_after_all_is_gone_on_with(unit, naestved, anna, order, state):
    made = propose(unit, naestved, anna, order)
    record(unit, naestved, made, ProposalState.NOT_ABLE_NOW)
    sent = send_back(unit, naestved, order)
    desk.change(unit, naestved, sent, replace(sent, state=OrderState.OPEN), None)
    record(unit, naestved, made, state)
    assert proposals.find(unit, naestved, made.id).state is state


def test_a_yes_that_comes_to_nothing_does_not_bring_back_what_was_withdrawn(unit, naestved, anna):
    employer = employers.add(unit, naestved, make_employer(naestved))
    order = desk.register(unit, naestved, make_order(employer, places=2))
    made = propose(unit, naestved, anna, order)
    record(unit, naestved, made, ProposalState.ACCEPTED)
    send_back(unit, naestved, order)
    with pytest.raises(OrderWithdrawn):
        send_back(later(unit, minutes=1), naestved, order, ReturnCause.CITIZEN_NOT_ABLE)
    record(later(unit, minutes=2), naestved, made, ProposalState.NOT_ABLE_NOW)
    now = job_orders.find(unit, naestved, order.id)
    assert (now.is_withdrawn, now.places) == (True, 2)
    with pytest.raises(NothingToTakeBack):
        taking_back.take_back(later(unit, minutes=3), naestved, made.id)


def test_what_is_still_wanted_is_not_what_was_withdrawn(unit, naestved, order):
    send_back(unit, naestved, order)
    with pytest.raises(OrderWithdrawn):
        silence.still_wanted(unit, naestved, order.id)


def test_what_is_sent_back_for_another_cause_goes_on(unit, naestved, anna, order):
    assert not send_back(unit, naestved, order, ReturnCause.UNSUITABLE).is_withdrawn
    assert moves.returned_for(unit, naestved, [order.id]) == {order.id: ReturnCause.UNSUITABLE}
    assert propose(unit, naestved, anna, order).is_open


def test_an_order_that_was_never_sent_back_has_no_cause(unit, naestved, order):
    silence.still_wanted(unit, naestved, order.id)
    assert moves.returned_for(unit, naestved, [order.id]) == {}


def test_the_day_of_a_no_is_the_day_of_the_contact(unit, naestved, order):
    say(unit, naestved, order, on=date(2026, 11, 23))
    (one,) = due_desk.due(unit, naestved).items
    assert one.waiting.since == datetime(2026, 11, 22, 23, tzinfo=UTC)
