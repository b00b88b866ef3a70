"""A job order that is sent back: its new clock, and who is asked next."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from api.casework import clocks, due, reopening, returns
from api.casework import job_orders as orders_desk
from api.casework import proposals as proposals_desk
from api.casework.catalogues import Catalogues
from api.domain.due import DueKind
from api.domain.moves import NotFromHere, ProposalState, ReturnCause
from api.domain.proposals import DeclineReason, Side, StartedFrom
from api.domain.records import OrderState
from api.store import assignments, audit, citizens, employers, job_orders, moves, proposals
from geo import Refused
from tests.api.makers import make_citizen, make_employer, make_order

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.fixture
def anna(unit, naestved):
    citizen = citizens.add(unit, naestved, make_citizen(naestved))
    assignments.assign(unit, naestved, citizen.id, naestved.user_id)
    return citizen


def later(unit, days):
    return replace(unit, at=unit.at + timedelta(days=days))


def propose(unit, caller, citizen, order):
    new = proposals_desk.NewProposal(
        citizen_id=citizen.id, order_id=order.id, started_from=StartedFrom.JOB_ORDER
    )
    return proposals_desk.propose(unit, caller, new).proposal


def send_back(unit, caller, order, cause=ReturnCause.NO_CANDIDATE, **said):
    kept = Catalogues().of(unit, caller)
    return returns.return_order(unit, caller, kept, order.id, returns.Returned(cause=cause, **said))


def next_ids(back):
    return set(back.next.found.ids)


def test_a_pause_goes_on_over_a_return_and_the_new_clock_counts_from_its_end(unit, naestved, order):
    clocks.pause(unit, naestved, order.id, "Virksomheden holder ferie til onsdag")
    back = send_back(later(unit, 1), naestved, order)
    assert (back.clock.running, back.clock.paused, back.clock.contact_by) == (True, True, None)
    assert order.id not in {one.waiting.id for one in due.due(later(unit, 1), naestved).items}
    resumed = clocks.resume(later(unit, 2), naestved, order.id)
    # sent back on Tuesday, and the holiday is over on Wednesday morning: Wednesday, Thursday, Friday
    assert resumed.contact_by.date() == date(2026, 11, 27)
    found = due.due(later(unit, 2), naestved).items
    assert (DueKind.RETURNED_ORDER, order.id) in {(one.waiting.kind, one.waiting.id) for one in found}


def test_a_return_in_a_long_pause_gives_the_whole_of_the_days_after_it(unit, naestved, order):
    clocks.pause(unit, naestved, order.id, "Virksomheden holder ferie")
    send_back(later(unit, 1), naestved, order)
    # the holiday is over on the Monday after: Monday, Tuesday, Wednesday
    assert clocks.resume(later(unit, 7), naestved, order.id).contact_by.date() == date(2026, 12, 2)


def test_what_the_employer_withdrew_is_paused_no_longer_and_is_again_when_that_is_undone(
    unit, naestved, order
):
    clocks.pause(unit, naestved, order.id, "Virksomheden holder ferie")
    back = send_back(later(unit, 1), naestved, order, ReturnCause.EMPLOYER_WITHDREW)
    assert [pause.until for pause in back.clock.pauses] == [MONDAY + timedelta(days=1)]
    assert "clock_resumed" in {entry.action for entry in audit.entries(unit, "0370", limit=100)}
    reopening.reopen(later(unit, 1), naestved, order.id, {back.order.version})
    assert clocks.clock_of(unit, naestved, job_orders.find(unit, naestved, order.id)).paused


def test_a_return_starts_a_clock_that_nobody_has_met(unit, naestved, order, anna):
    made = propose(unit, naestved, anna, order)
    contacted = proposals_desk.CameOf(state=ProposalState.CONTACTED)
    proposals_desk.record(later(unit, 1), naestved, made.id, contacted)
    assert job_orders.find(unit, naestved, order.id).clock_met_at == later(unit, 1).at
    back = send_back(later(unit, 2), naestved, order)
    assert (back.order.clock_from, back.order.clock_met_at) == (later(unit, 2).at, None)
    assert (back.clock.running, back.clock.contact_by.date()) == (True, date(2026, 11, 30))


def test_no_clock_runs_for_what_the_employer_has_withdrawn(unit, naestved, order, anna):
    propose(unit, naestved, anna, order)
    back = send_back(later(unit, 1), naestved, order, ReturnCause.EMPLOYER_WITHDREW)
    assert (back.order.clock_from, back.order.clock_practice, back.next) == (None, None, None)
    assert back.order.is_withdrawn
    assert not back.clock.running
    assert order.id not in {one.waiting.id for one in due.due(later(unit, 30), naestved).items}


def test_a_return_of_an_order_that_was_not_paused_resumes_nothing(unit, naestved, order):
    assert send_back(unit, naestved, order).clock.pauses == ()
    unit.commit()
    assert "clock_resumed" not in {entry.action for entry in audit.entries(unit, "0370", limit=100)}


def test_an_order_whose_next_candidates_cannot_be_found_is_not_sent_back(store, naestved, monkeypatch):
    with store.unit() as unit:
        employer = employers.add(unit, naestved, make_employer(naestved))
        order = orders_desk.register(unit, naestved, make_order(employer, received_on=TODAY))
        unit.commit()
    monkeypatch.setattr(returns, "ranked_in", lambda *_, **__: 1 / 0)
    with store.unit() as unit, pytest.raises(ZeroDivisionError):
        send_back(unit, naestved, order)
    with store.unit(read_only=True) as unit:
        assert job_orders.find(unit, naestved, order.id) == order
        assert [line.after for line in moves.of(unit, naestved, moves.OF_ORDERS, order.id)] == ["open"]


def not_able(unit, caller, order, citizen, review_on):
    propose(unit, caller, citizen, order)
    return send_back(unit, caller, order, ReturnCause.CITIZEN_NOT_ABLE, review_on=review_on)


def test_who_was_not_able_comes_back_when_the_day_of_the_review_has_come(unit, naestved, order, anna):
    back = not_able(unit, naestved, order, anna, TODAY + timedelta(days=7))
    assert anna.id not in next_ids(back)
    assert anna.id not in next_ids(send_back(later(unit, 6), naestved, order))
    assert anna.id in next_ids(send_back(later(unit, 7), naestved, order))


def test_who_is_told_able_before_the_review_comes_back_at_once(unit, naestved, order, anna):
    not_able(unit, naestved, order, anna, TODAY + timedelta(days=7))
    resting = citizens.find(unit, naestved, anna.id)
    citizens.replace(unit, naestved, replace(resting, not_able_until=None), resting.version)
    assert anna.id in next_ids(send_back(later(unit, 1), naestved, order))


def test_who_was_suggested_once_more_does_not_come_back(unit, naestved, order, anna):
    not_able(unit, naestved, order, anna, TODAY + timedelta(days=7))
    again = later(unit, 8)
    propose(again, naestved, anna, order)
    assert anna.id not in next_ids(send_back(again, naestved, order))


def test_who_said_no_is_not_among_the_next(unit, naestved, order, anna):
    said = {"declined_by": Side.CITIZEN, "reason": DeclineReason.TASK}
    no = proposals_desk.CameOf(state=ProposalState.DECLINED, **said)
    proposals_desk.record(unit, naestved, propose(unit, naestved, anna, order).id, no)
    assert anna.id not in next_ids(send_back(later(unit, 30), naestved, order))


YES = proposals_desk.CameOf(state=ProposalState.ACCEPTED)


@pytest.mark.parametrize("places", [1, 2])
def test_who_has_said_yes_and_is_not_able_is_taken_down_with_the_return(unit, naestved, anna, places):
    employer = employers.add(unit, naestved, make_employer(naestved))
    order = orders_desk.register(unit, naestved, make_order(employer, received_on=TODAY, places=places))
    made = propose(unit, naestved, anna, order)
    proposals_desk.record(unit, naestved, made.id, YES)
    back = send_back(later(unit, 1), naestved, order, ReturnCause.CITIZEN_NOT_ABLE)
    assert proposals.find(unit, naestved, made.id).state is ProposalState.NOT_ABLE_NOW
    assert (back.order.state, back.order.places) == (OrderState.RETURNED, places)
    assert citizens.find(unit, naestved, anna.id).not_able_until is not None
    log = [line.after for line in moves.of(unit, naestved, moves.OF_PROPOSALS, made.id)]
    assert log == ["proposed", "accepted", "not_able_now"]


def test_a_filled_order_is_sent_back_for_no_other_cause(unit, naestved, order, anna):
    proposals_desk.record(unit, naestved, propose(unit, naestved, anna, order).id, YES)
    with pytest.raises(NotFromHere):
        send_back(unit, naestved, order)


def test_a_citizen_who_is_named_and_not_suggested_is_refused_and_not_passed_over(unit, naestved, order, anna):
    made = propose(unit, naestved, anna, order)
    proposals_desk.record(unit, naestved, made.id, proposals_desk.CameOf(state=ProposalState.WITHDRAWN))
    with pytest.raises(Refused) as refusal:
        send_back(unit, naestved, order, ReturnCause.CITIZEN_NOT_ABLE, proposal_id=made.id)
    assert refusal.value.field == "proposal_id"


def test_who_waits_for_an_answer_is_meant_before_who_has_said_yes(unit, naestved, anna):
    employer = employers.add(unit, naestved, make_employer(naestved))
    order = orders_desk.register(unit, naestved, make_order(employer, received_on=TODAY, places=2))
    bent = citizens.add(unit, naestved, make_citizen(naestved, name="Bent Holm"))
    assignments.assign(unit, naestved, bent.id, naestved.user_id)
    placed, waits = propose(unit, naestved, bent, order), propose(unit, naestved, anna, order)
    yes = proposals_desk.CameOf(state=ProposalState.ACCEPTED)
    proposals_desk.record(unit, naestved, placed.id, yes)
    send_back(unit, naestved, order, ReturnCause.CITIZEN_NOT_ABLE)
    states = [proposals.find(unit, naestved, one.id).state for one in (placed, waits)]
    assert states == [ProposalState.ACCEPTED, ProposalState.NOT_ABLE_NOW]
