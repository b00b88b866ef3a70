"""What was recorded by mistake: who takes it back, until when, and what stands in the way."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from api.casework import job_orders as orders_desk
from api.casework import proposals as desk
from api.casework.catalogues import Catalogues
from api.casework.errors import AlreadyProposed, NoPlaceLeft, NothingToTakeBack
from api.casework.returns import Returned, return_order
from api.casework.taking_back import may_be_taken_back, take_back
from api.domain.moves import ProposalState, ReturnCause
from api.domain.proposals import DeclineReason, Side, StartedFrom
from api.domain.records import OrderState, Through
from api.store import assignments, audit, citizens, employers, job_orders, moves, proposals
from api.store.errors import Stale
from tests.api.makers import make_citizen, make_employer, make_order

FRIDAY = datetime(2026, 11, 20, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
CONTACTED = desk.CameOf(state=ProposalState.CONTACTED, through=Through.CASEWORKER)
YES = desk.CameOf(state=ProposalState.ACCEPTED)
RESTING = desk.CameOf(state=ProposalState.NOT_ABLE_NOW)
NO = desk.CameOf(state=ProposalState.DECLINED, declined_by=Side.CITIZEN, reason=DeclineReason.TASK)
OFF = desk.CameOf(state=ProposalState.WITHDRAWN)


@pytest.fixture
def pair(store, naestved, colleague):
    """Two proposals for one order, both citizens the work of two consultants."""

    def receive(unit):
        employer = employers.add(unit, naestved, make_employer(naestved))
        told = make_order(employer, received_on=None, places=2, state=OrderState.RECEIVED)
        return orders_desk.register(unit, naestved, told)

    def suggest(unit):
        made = []
        for _ in range(2):
            person = citizens.add(unit, naestved, make_citizen(naestved))
            for user in (naestved, colleague):
                assignments.assign(unit, naestved, person.id, user.user_id)
            new = desk.NewProposal(
                citizen_id=person.id, order_id=order.id, started_from=StartedFrom.JOB_ORDER
            )
            made.append(desk.propose(unit, naestved, new).proposal)
        return made

    order = at(FRIDAY - 2 * HOUR, store, receive)
    return at(FRIDAY - HOUR, store, suggest)


def at(moment, store, act):
    with time_machine.travel(moment, tick=False), store.unit() as unit:
        answer = act(unit)
        unit.commit()
    return answer


def came(moment, store, caller, proposal, outcome, version=None):
    return at(moment, store, lambda unit: desk.record(unit, caller, proposal.id, outcome, version)).proposal


def back(moment, store, caller, proposal, version=None):
    act = lambda unit: take_back(unit, caller, proposal.id, seen=version and {version})  # noqa: E731
    return at(moment, store, act).proposal


def order_of(store, caller, proposal):
    with store.unit(read_only=True) as unit:
        return job_orders.find(unit, caller, proposal.order_id)


def test_a_contact_is_taken_back_and_everything_is_as_before_but_for_the_log(store, naestved, pair):
    one, _ = pair
    before = order_of(store, naestved, one)
    came(FRIDAY, store, naestved, one, CONTACTED)
    assert order_of(store, naestved, one).clock_met_at == FRIDAY
    again = back(FRIDAY + timedelta(hours=5), store, naestved, one)
    assert (again.state, again.contacted_at, again.contacted_through) == (ProposalState.PROPOSED, None, None)
    assert again.clock_from == one.clock_from
    after = order_of(store, naestved, one)
    assert (after.clock_from, after.clock_met_at) == (before.clock_from, None)
    assert (after.open_proposals, after.places, after.state) == (2, before.places, before.state)
    with store.unit(read_only=True) as unit:
        log = moves.of(unit, naestved, moves.OF_PROPOSALS, one.id)
        last = audit.entries(unit, "0370", limit=1000)[-1]
    assert [line.after for line in log] == ["proposed", "contacted", "proposed"]
    assert (log[-1].by, log[-1].cause) == (naestved.user_id, "taken_back")
    assert (last.action, last.subject) == ("proposal_taken_back", one.id)


def test_a_clock_that_another_contact_meets_as_well_stays_met(store, naestved, pair):
    one, other = pair
    came(FRIDAY, store, naestved, one, CONTACTED)
    came(FRIDAY + timedelta(hours=1), store, naestved, other, CONTACTED)
    back(FRIDAY + timedelta(hours=2), store, naestved, one)
    assert order_of(store, naestved, one).clock_met_at == FRIDAY + timedelta(hours=1)


def test_a_clock_that_was_met_before_the_slip_stays_as_it_was(store, naestved, pair):
    one, other = pair
    came(FRIDAY, store, naestved, other, CONTACTED)
    came(FRIDAY + timedelta(hours=1), store, naestved, one, CONTACTED)
    back(FRIDAY + timedelta(hours=2), store, naestved, one)
    assert order_of(store, naestved, one).clock_met_at == FRIDAY


def test_a_contact_that_came_to_something_meets_the_clock_from_when_it_was_made(store, naestved, pair):
    one, other = pair
    came(FRIDAY, store, naestved, one, CONTACTED)
    came(FRIDAY + HOUR, store, naestved, other, CONTACTED)
    came(FRIDAY + 2 * HOUR, store, naestved, other, YES)
    back(FRIDAY + 3 * HOUR, store, naestved, one)
    assert order_of(store, naestved, one).clock_met_at == FRIDAY + HOUR


def test_who_was_not_able_as_the_order_was_sent_back_does_not_meet_its_new_clock(store, naestved, pair):
    unable, other = pair
    sent_back = Returned(cause=ReturnCause.CITIZEN_NOT_ABLE, proposal_id=unable.id)
    new = desk.NewProposal(
        citizen_id=other.citizen_id, order_id=other.order_id, started_from=StartedFrom.JOB_ORDER
    )

    def send_back(unit):
        return return_order(unit, naestved, Catalogues().of(unit, naestved), unable.order_id, sent_back)

    at(FRIDAY, store, send_back)
    anew = at(FRIDAY + HOUR, store, lambda unit: desk.propose(unit, naestved, new).proposal)
    came(FRIDAY + 2 * HOUR, store, naestved, anew, CONTACTED)
    back(FRIDAY + 3 * HOUR, store, naestved, anew)
    after = order_of(store, naestved, anew)
    assert (after.clock_from, after.clock_met_at) == (FRIDAY, None)


def refused(moment, store, caller, proposal, error=NothingToTakeBack, version=None):
    with time_machine.travel(moment, tick=False), store.unit() as unit, pytest.raises(error) as refusal:
        take_back(unit, caller, proposal.id, seen=version and {version})
    return refusal.value


def test_somebody_else_takes_nothing_back(store, naestved, colleague, pair):
    came(FRIDAY, store, naestved, pair[0], CONTACTED)
    refused(FRIDAY, store, colleague, pair[0])
    with time_machine.travel(FRIDAY, tick=False), store.unit(read_only=True) as unit:
        found = proposals.of_order(unit, naestved, pair[0].order_id)
        assert may_be_taken_back(unit, colleague, found) == frozenset()
        assert may_be_taken_back(unit, naestved, found) == {one.id for one in pair}


@pytest.mark.parametrize(("later", "possible"), [(timedelta(hours=13), True), (timedelta(hours=15), False)])
def test_it_is_taken_back_until_the_day_is_over_in_denmark(store, naestved, pair, later, possible):
    one = pair[0]
    came(FRIDAY, store, naestved, one, CONTACTED)
    if possible:
        assert back(FRIDAY + later, store, naestved, one).state is ProposalState.PROPOSED
    else:
        refused(FRIDAY + later, store, naestved, one)


def test_what_was_recorded_on_a_saturday_can_be_taken_back_on_monday_and_not_on_tuesday(
    store, naestved, pair
):
    saturday = FRIDAY + timedelta(days=1)
    for proposal, days in zip(pair, (2, 3), strict=True):
        came(saturday, store, naestved, proposal, CONTACTED)
        monday_or_tuesday = saturday + timedelta(days=days)
        if days == 2:
            back(monday_or_tuesday, store, naestved, proposal)
        else:
            refused(monday_or_tuesday, store, naestved, proposal)


def test_what_was_seen_before_somebody_moved_it_is_not_taken_back_blindly(store, naestved, pair):
    one = pair[0]
    contacted = came(FRIDAY, store, naestved, one, CONTACTED)
    came(FRIDAY + HOUR, store, naestved, one, YES)
    refused(FRIDAY + 2 * HOUR, store, naestved, one, Stale, contacted.version)


STEPS = {
    "contacted": (CONTACTED,),
    "yes": (YES,),
    "yes after a contact": (CONTACTED, YES),
    "no": (CONTACTED, NO),
    "withdrawn": (OFF,),
    "not able now": (RESTING,),
    "not able after yes": (CONTACTED, YES, RESTING),
    "withdrawn after yes": (YES, OFF),
    "contacted again": (RESTING, CONTACTED),
    "yes after not able": (RESTING, YES),
}


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
def test_each_outcome_is_taken_back_to_what_was_before_it(store, naestved, pair, steps):
    one = pair[0]
    for hours, step in enumerate(steps[:-1]):
        came(FRIDAY + hours * HOUR, store, naestved, one, step)
    before = standing(store, naestved, one)
    came(FRIDAY + 4 * HOUR, store, naestved, one, steps[-1])
    assert standing(store, naestved, one) != before
    back(FRIDAY + 5 * HOUR, store, naestved, one)
    assert standing(store, naestved, one) == before
    with store.unit(read_only=True) as unit:
        last = moves.of(unit, naestved, moves.OF_PROPOSALS, one.id)[-1]
    assert (last.after, last.cause) == (str(before[0].state), "taken_back")


def standing(store, caller, proposal):
    """Everything that an outcome can move, without versions and moments of change."""
    with store.unit(read_only=True) as unit:
        one = proposals.find(unit, caller, proposal.id)
        order = job_orders.find(unit, caller, proposal.order_id)
        citizen = citizens.find(unit, caller, proposal.citizen_id)
    return (
        replace(one, updated_at=None, former=None),
        (order.state, order.places, order.open_proposals, order.clock_from, order.clock_met_at),
        citizen.not_able_until,
    )


def test_what_is_taken_back_once_is_not_taken_back_further(store, naestved, pair):
    one = pair[0]
    came(FRIDAY, store, naestved, one, CONTACTED)
    came(FRIDAY + HOUR, store, naestved, one, YES)
    back(FRIDAY + 2 * HOUR, store, naestved, one)
    assert "nothing here to take back" in refused(FRIDAY + 3 * HOUR, store, naestved, one).said()


def test_a_suggestion_made_by_mistake_is_as_if_it_had_not_been(store, naestved, pair):
    one, other = pair
    withdrawn = back(FRIDAY, store, naestved, one)
    assert withdrawn.state is ProposalState.WITHDRAWN
    with store.unit(read_only=True) as unit:
        assert [each.id for each in desk.suggested_for(unit, naestved, one.order_id)] == [other.id]
        assert desk.of_citizen(unit, naestved, one.citizen_id) == {}
        assert one.citizen_id not in desk.passed_by(unit, naestved, one.order_id)
        log = moves.of(unit, naestved, moves.OF_PROPOSALS, one.id)
    assert [(line.after, line.cause) for line in log] == [("proposed", ""), ("withdrawn", "taken_back")]
    assert order_of(store, naestved, one).open_proposals == 1
    refused(FRIDAY + HOUR, store, naestved, one)


def test_a_suggestion_that_is_withdrawn_for_good_stays_in_what_was_suggested(store, naestved, pair):
    came(FRIDAY, store, naestved, pair[0], OFF)
    with store.unit(read_only=True) as unit:
        assert len(desk.suggested_for(unit, naestved, pair[0].order_id)) == 2
        assert pair[0].citizen_id in desk.passed_by(unit, naestved, pair[0].order_id)


def test_the_only_suggestion_taken_back_leaves_the_order_as_it_was_received(store, naestved, pair):
    one, other = pair
    back(FRIDAY, store, naestved, other)
    assert order_of(store, naestved, one).state is OrderState.OPEN
    back(FRIDAY, store, naestved, one)
    assert order_of(store, naestved, one).state is OrderState.RECEIVED
    with store.unit(read_only=True) as unit:
        last = moves.of(unit, naestved, moves.OF_ORDERS, one.order_id)[-1]
    assert (last.before, last.after, last.cause) == ("open", "received", "taken_back")


def test_a_place_that_somebody_else_has_got_since_is_not_given_twice(store, naestved, pair):
    one, other = pair
    at(FRIDAY, store, lambda unit: places(unit, naestved, one, 1))
    came(FRIDAY, store, naestved, one, YES)
    came(FRIDAY + HOUR, store, naestved, one, OFF)
    came(FRIDAY + 2 * HOUR, store, naestved, other, YES)
    refused(FRIDAY + 3 * HOUR, store, naestved, one, NoPlaceLeft)
    order = order_of(store, naestved, one)
    assert (order.state, order.places) == (OrderState.FILLED, 0)


def places(unit, caller, proposal, number):
    order = job_orders.find(unit, caller, proposal.order_id)
    return job_orders.replace(unit, caller, replace(order, places=number), order.version)


@pytest.mark.parametrize("state", [OrderState.RETURNED, OrderState.ENDED])
def test_a_yes_is_not_taken_back_once_its_order_has_gone_on(store, naestved, pair, state):
    came(FRIDAY, store, naestved, pair[0], YES)
    at(FRIDAY + HOUR, store, lambda unit: gone_on(unit, naestved, pair[0], state))
    refusal = refused(FRIDAY + 2 * HOUR, store, naestved, pair[0])
    assert f"The job order has gone on since: it is {state}." in refusal.said()


def gone_on(unit, caller, proposal, state):
    order = job_orders.find(unit, caller, proposal.order_id)
    if state is OrderState.ENDED:
        return orders_desk.change(unit, caller, order, replace(order, state=state), None)
    other = Returned(cause=ReturnCause.OTHER)
    return return_order(unit, caller, Catalogues().of(unit, caller), order.id, other)


def test_what_came_with_a_return_is_not_taken_back_alone(store, naestved, pair):
    at(FRIDAY, store, lambda unit: gone_on(unit, naestved, pair[0], OrderState.RETURNED))
    refused(FRIDAY + HOUR, store, naestved, pair[0])


def test_a_withdrawal_is_not_taken_back_once_the_pair_was_suggested_anew(store, naestved, pair):
    one = pair[0]
    came(FRIDAY, store, naestved, one, OFF)
    again = desk.NewProposal(
        citizen_id=one.citizen_id, order_id=one.order_id, started_from=StartedFrom.JOB_ORDER
    )
    at(FRIDAY + HOUR, store, lambda unit: desk.propose(unit, naestved, again))
    refused(FRIDAY + 2 * HOUR, store, naestved, one, AlreadyProposed)


def test_what_was_said_of_the_citizen_since_stays(store, naestved, pair):
    one, later = pair[0], date(2027, 1, 4)
    came(FRIDAY, store, naestved, one, RESTING)
    at(FRIDAY + HOUR, store, lambda unit: resting(unit, naestved, one, later))
    back(FRIDAY + 2 * HOUR, store, naestved, one)
    with store.unit(read_only=True) as unit:
        assert citizens.find(unit, naestved, one.citizen_id).not_able_until == later


def resting(unit, caller, proposal, until):
    citizen = citizens.find(unit, caller, proposal.citizen_id)
    return citizens.replace(unit, caller, replace(citizen, not_able_until=until), citizen.version)
