"""What follows a yes, on both databases: when it is due, what is written down, and what takes it away."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from api.casework import beginnings, people, suggestions, taking_back
from api.casework import due as desk
from api.casework import job_orders as orders_desk
from api.casework import proposals as proposals_desk
from api.casework.beginnings import Step
from api.casework.errors import NotAccepted, NothingToTakeBack, NotYourWork
from api.casework.proposals import CameOf, NewProposal
from api.domain.due import DueKind, Why
from api.domain.moves import BEGUN, START_AGREED, TAKEN_BACK, ProposalState
from api.domain.proposals import StartedFrom
from api.domain.records import OrderState
from api.store import assignments, audit, citizens, job_orders, proposals
from api.store.errors import Stale
from geo import Refused
from tests.api.makers import make_citizen

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)


@pytest.fixture
def anna(unit, naestved):
    citizen = citizens.add(unit, naestved, make_citizen(naestved))
    assignments.assign(unit, naestved, citizen.id, naestved.user_id)
    return citizen


@pytest.fixture
def yes(unit, naestved, anna, order):
    """A suggestion that Anna has said yes to, on Monday; the employer wants somebody from 1 December on."""
    new = NewProposal(citizen_id=anna.id, order_id=order.id, started_from=StartedFrom.JOB_ORDER)
    made = proposals_desk.propose(unit, naestved, new).proposal
    return proposals_desk.record(unit, naestved, made.id, CameOf(state=ProposalState.ACCEPTED)).proposal


def due(unit, caller):
    return [(one.waiting.kind, one.waiting.id) for one in desk.due(unit, caller).items]


def agree(unit, caller, proposal, on=FRIDAY, **known):
    return beginnings.agree_start(unit, caller, proposal.id, Step(on=on), **known).proposal


def log(unit, caller, proposal):
    return [move.cause for move in proposals_desk.history(unit, caller, proposal.id)]


def test_a_yes_is_due_until_a_first_day_is_agreed_on(unit, naestved, yes):
    (one,) = desk.due(unit, naestved).items
    assert (one.waiting.kind, one.waiting.why) == (DueKind.AGREE_START, Why.YOUR_CITIZEN)
    assert (one.employer, one.phone) == ("Åens Gartneri", "+45 55 55 12 12")
    agree(unit, naestved, yes)
    assert due(unit, naestved) == []
    assert log(unit, naestved, yes) == ["", "", START_AGREED]


def wants(unit, caller, order, starts_on):
    now = job_orders.find(unit, caller, order.id)
    task = replace(now.task, starts_on=starts_on)
    job_orders.replace(unit, caller, replace(now, task=task), now.version)


@pytest.mark.parametrize(
    "starts_on",
    [None, date(2026, 11, 20), date(2027, 1, 22)],
    ids=["not said", "been before the yes", "in two months"],
)
def test_the_call_is_due_within_the_days_of_a_contact_however_far_off_the_work(
    unit, naestved, yes, order, starts_on
):
    wants(unit, naestved, order, starts_on)
    (one,) = desk.due(unit, naestved).items
    # Monday is not counted: Tuesday, Wednesday, Thursday
    assert (one.waiting.kind, one.waiting.since) == (DueKind.AGREE_START, unit.at)
    assert one.waiting.by == datetime(2026, 11, 26, 22, 59, tzinfo=UTC)
    assert not one.overdue
    late = replace(unit, at=datetime(2026, 11, 27, 9, tzinfo=UTC))
    (one,) = desk.due(late, naestved).items
    assert one.overdue
    assert desk.overdue(late, naestved) == 1


def test_where_the_employer_wants_somebody_sooner_that_is_the_day(unit, naestved, yes, order):
    wants(unit, naestved, order, date(2026, 11, 24))
    (one,) = desk.due(unit, naestved).items
    assert one.waiting.by == datetime(2026, 11, 24, 22, 59, tzinfo=UTC)


def test_on_the_first_day_it_is_due_until_it_has_begun(unit, naestved, yes):
    agree(unit, naestved, yes)
    before = replace(unit, at=datetime(2026, 11, 26, 22, tzinfo=UTC))
    assert due(before, naestved) == []
    # Friday has come in Denmark
    friday = replace(unit, at=datetime(2026, 11, 26, 23, 30, tzinfo=UTC))
    assert due(friday, naestved) == [(DueKind.BEGINNING, yes.id)]
    later = replace(unit, at=unit.at + timedelta(days=30))
    assert due(later, naestved) == [(DueKind.BEGINNING, yes.id)]
    begun = beginnings.begin(later, naestved, yes.id, Step()).proposal
    assert begun.began_on == FRIDAY
    assert due(later, naestved) == []


def test_who_has_begun_without_an_agreed_day_has_begun_today(unit, naestved, yes):
    assert beginnings.begin(unit, naestved, yes.id, Step()).proposal.began_on == MONDAY
    assert due(unit, naestved) == []
    assert log(unit, naestved, yes)[-1] == BEGUN
    unit.commit()
    (row,) = [one for one in audit.entries(unit, naestved.municipality) if one.action == "proposal_begun"]
    assert (row.citizen_id, row.subject) == (yes.citizen_id, yes.id)


def test_an_agreed_day_to_come_is_not_when_it_began(unit, naestved, yes):
    agree(unit, naestved, yes)
    assert beginnings.begin(unit, naestved, yes.id, Step()).proposal.began_on == MONDAY


def test_another_first_day_takes_the_place_of_the_one_agreed_on(unit, naestved, yes):
    agree(unit, naestved, yes)
    assert agree(unit, naestved, yes, on=date(2026, 12, 4)).starts_on == date(2026, 12, 4)


@pytest.mark.parametrize(
    ("on", "field"), [(None, "starts_on"), (date(2026, 11, 22), "starts_on")], ids=["none", "has been"]
)
def test_a_first_day_that_is_none_is_refused(unit, naestved, yes, on, field):
    with pytest.raises(Refused) as refused:
        agree(unit, naestved, yes, on=on)
    assert refused.value.field == field
    assert due(unit, naestved) == [(DueKind.AGREE_START, yes.id)]


@pytest.mark.parametrize("on", [FRIDAY, date(1990, 1, 1)], ids=["to come", "years ago"])
def test_nobody_has_begun_on_a_day_to_come_or_years_ago(unit, naestved, yes, on):
    with pytest.raises(Refused) as refused:
        beginnings.begin(unit, naestved, yes.id, Step(on=on))
    assert refused.value.field == "began_on"


def test_no_first_day_is_agreed_on_once_it_has_begun(unit, naestved, yes):
    beginnings.begin(unit, naestved, yes.id, Step())
    with pytest.raises(Refused, match="began on"):
        agree(unit, naestved, yes)


@pytest.mark.parametrize("step", [beginnings.agree_start, beginnings.begin], ids=["agreed", "begun"])
def test_nothing_begins_that_nobody_has_said_yes_to(unit, naestved, yes, step):
    proposals_desk.record(unit, naestved, yes.id, CameOf(state=ProposalState.WITHDRAWN))
    with pytest.raises(NotAccepted):
        step(unit, naestved, yes.id, Step(on=MONDAY))
    assert DueKind.AGREE_START not in [kind for kind, _ in due(unit, naestved)]


def test_a_first_day_is_written_down_by_those_whose_work_the_citizen_is(colleague, unit, naestved, yes):
    with pytest.raises(NotYourWork):
        agree(unit, colleague, yes)


def test_who_saw_an_earlier_state_is_told_the_current_one(unit, naestved, yes):
    with pytest.raises(Stale):
        agree(unit, naestved, yes, seen={yes.version - 1})
    later = replace(unit, at=unit.at + timedelta(minutes=1))
    assert agree(later, naestved, yes, seen={yes.version}).starts_on == FRIDAY


def test_a_step_is_taken_back_by_who_recorded_it_and_the_yes_stays(unit, naestved, yes):
    later = replace(unit, at=unit.at + timedelta(minutes=1))
    agree(later, naestved, yes)
    back = taking_back.take_back(later, naestved, yes.id).proposal
    assert (back.state, back.starts_on) == (ProposalState.ACCEPTED, None)
    assert log(later, naestved, yes)[-1] == TAKEN_BACK
    assert due(later, naestved) == [(DueKind.AGREE_START, yes.id)]
    order = job_orders.find(unit, naestved, yes.order_id)
    assert (order.state, order.places) == (OrderState.FILLED, 0)
    with pytest.raises(NothingToTakeBack):
        taking_back.take_back(later, naestved, yes.id)


def test_a_beginning_is_taken_back_to_the_day_that_was_agreed_on(unit, naestved, yes):
    agree(unit, naestved, yes)
    beginnings.begin(unit, naestved, yes.id, Step())
    back = taking_back.take_back(unit, naestved, yes.id).proposal
    assert (back.starts_on, back.began_on) == (FRIDAY, None)


@pytest.mark.parametrize("state", [ProposalState.NOT_ABLE_NOW, ProposalState.WITHDRAWN])
def test_a_yes_that_comes_to_nothing_takes_its_days_along_until_that_is_undone(unit, naestved, yes, state):
    agree(unit, naestved, yes)
    gone = proposals_desk.record(unit, naestved, yes.id, CameOf(state=state)).proposal
    assert (gone.starts_on, gone.began_on) == (None, None)
    assert DueKind.AGREE_START not in [kind for kind, _ in due(unit, naestved)]
    assert taking_back.take_back(unit, naestved, yes.id).proposal.starts_on == FRIDAY


def test_an_order_that_ends_leaves_who_has_said_yes_to_be_told(unit, naestved, yes):
    now = job_orders.find(unit, naestved, yes.order_id)
    orders_desk.change(unit, naestved, now, replace(now, state=OrderState.ENDED), {now.version})
    (one,) = desk.due(unit, naestved).items
    assert (one.waiting.kind, one.proposal.order.state) == (DueKind.AGREE_START, OrderState.ENDED)


def test_agreeing_on_a_day_is_no_contact_that_meets_a_later_clock(unit, naestved, yes):
    agree(unit, naestved, yes)
    assert proposals.find(unit, naestved, yes.id).contacted_at == yes.contacted_at


def waits(unit, caller, proposal):
    anna = citizens.find(unit, caller, proposal.citizen_id)
    return anna.ready, anna.waiting_since


def test_who_has_begun_waits_no_more_until_that_is_undone(unit, naestved, yes):
    before = waits(unit, naestved, yes)
    assert before == (True, date(2026, 9, 1))
    beginnings.begin(unit, naestved, yes.id, Step())
    assert waits(unit, naestved, yes) == (False, None)
    assert people.read(unit, naestved).by_id == {}
    taking_back.take_back(unit, naestved, yes.id)
    assert waits(unit, naestved, yes) == before


def test_who_looks_for_more_is_ready_and_waits_from_then_on(unit, naestved, yes):
    beginnings.begin(unit, naestved, yes.id, Step())
    later = replace(unit, at=unit.at + timedelta(days=7))
    kept = beginnings.look_for_more(later, naestved, yes.citizen_id)
    assert (kept.ready, kept.waiting_since) == (True, date(2026, 11, 30))
    # once more changes nothing
    again = beginnings.look_for_more(replace(unit, at=unit.at + timedelta(days=9)), naestved, yes.citizen_id)
    assert (again.waiting_since, again.version) == (kept.waiting_since, kept.version)


def test_what_was_said_of_a_citizen_since_it_began_stays_when_that_is_undone(unit, naestved, yes):
    beginnings.begin(unit, naestved, yes.id, Step())
    beginnings.look_for_more(unit, naestved, yes.citizen_id)
    taking_back.take_back(unit, naestved, yes.id)
    assert waits(unit, naestved, yes) == (True, MONDAY)


def test_who_was_not_ready_is_not_made_so_by_an_undo(unit, naestved, yes):
    anna = citizens.find(unit, naestved, yes.citizen_id)
    citizens.replace(unit, naestved, replace(anna, ready=False), anna.version)
    beginnings.begin(unit, naestved, yes.id, Step())
    assert waits(unit, naestved, yes) == (False, anna.waiting_since)
    taking_back.take_back(unit, naestved, yes.id)
    assert waits(unit, naestved, yes) == (False, anna.waiting_since)


def test_work_that_came_to_an_end_lets_who_waited_wait_anew_until_that_is_undone(unit, naestved, yes):
    beginnings.begin(unit, naestved, yes.id, Step())
    later = replace(unit, at=unit.at + timedelta(days=7))
    proposals_desk.record(later, naestved, yes.id, CameOf(state=ProposalState.WITHDRAWN))
    assert waits(later, naestved, yes) == (True, date(2026, 11, 30))
    taking_back.take_back(later, naestved, yes.id)
    assert waits(later, naestved, yes) == (False, None)


def test_a_citizen_who_is_somebody_else_s_work_is_not_said_to_look_for_more(colleague, unit, naestved, yes):
    beginnings.begin(unit, naestved, yes.id, Step())
    with pytest.raises(NotYourWork):
        beginnings.look_for_more(unit, colleague, yes.citizen_id)
    assert waits(unit, naestved, yes) == (False, None)


def test_it_is_told_with_what_somebody_has_begun(unit, naestved, yes):
    assert suggestions.begun(unit, naestved, {yes.citizen_id}) == {}
    beginnings.begin(unit, naestved, yes.id, Step())
    (told,) = suggestions.begun(unit, naestved, {yes.citizen_id})[yes.citizen_id]
    assert (told.task, told.on) == (job_orders.find(unit, naestved, yes.order_id).title, MONDAY)
