"""What becomes of a proposal: the places of its order, and when its citizen can be suggested again."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from api.casework import job_orders as orders_desk
from api.casework import proposals as desk
from api.casework.errors import AlreadyProposed, NoPlaceLeft, NotCandidate
from api.domain.moves import NotFromHere, ProposalState
from api.domain.proposals import DeclineReason, Side, StartedFrom
from api.domain.records import OrderState, Through
from api.store import assignments, citizens, employers, job_orders, proposals
from geo import Refused
from tests.api.makers import make_citizen, make_employer, make_order

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = date(2026, 11, 23)
IN_A_WEEK, IN_A_MONTH = TODAY + timedelta(days=7), TODAY + timedelta(days=28)


@pytest.fixture
def anna(unit, naestved):
    return somebody(unit, naestved)


def somebody(unit, caller):
    citizen = citizens.add(unit, caller, make_citizen(caller))
    assignments.assign(unit, caller, citizen.id, caller.user_id)
    return citizen


def propose(unit, caller, citizen, order):
    new = desk.NewProposal(citizen_id=citizen.id, order_id=order.id, started_from=StartedFrom.JOB_ORDER)
    return desk.propose(unit, caller, new).proposal


def record(unit, caller, proposal, state, **said):
    return desk.record(unit, caller, proposal.id, desk.CameOf(state=state, **said)).proposal


def not_able_until(unit, caller, citizen):
    return citizens.find(unit, caller, citizen.id).not_able_until


def stands(unit, caller, order):
    found = job_orders.find(unit, caller, order.id)
    return found.state, found.places, found.open_proposals


def test_the_last_place_is_accepted_once_and_again_when_it_is_given_back(unit, naestved, order, anna):
    first = propose(unit, naestved, anna, order)
    second = propose(unit, naestved, somebody(unit, naestved), order)
    record(unit, naestved, first, ProposalState.ACCEPTED)
    assert stands(unit, naestved, order) == (OrderState.FILLED, 0, 1)
    record(unit, naestved, first, ProposalState.WITHDRAWN)
    assert stands(unit, naestved, order) == (OrderState.OPEN, 1, 1)
    record(unit, naestved, second, ProposalState.ACCEPTED)
    assert stands(unit, naestved, order) == (OrderState.FILLED, 0, 0)


def test_nobody_is_accepted_without_a_place_left(store, naestved):
    with store.unit() as unit:
        employer = employers.add(unit, naestved, make_employer(naestved))
        order = orders_desk.register(unit, naestved, make_order(employer, places=1))
        first, second = (propose(unit, naestved, somebody(unit, naestved), order) for _ in range(2))
        record(unit, naestved, first, ProposalState.ACCEPTED)
        unit.commit()
    with store.unit() as unit, pytest.raises(NoPlaceLeft):
        record(unit, naestved, second, ProposalState.ACCEPTED)
    with store.unit() as unit:
        assert stands(unit, naestved, order) == (OrderState.FILLED, 0, 1)
        assert proposals.find(unit, naestved, second.id).state is ProposalState.PROPOSED
        # that the place is taken does not keep anybody from speaking to a citizen
        assert record(unit, naestved, second, ProposalState.CONTACTED).state is ProposalState.CONTACTED


@pytest.mark.parametrize("state", [ProposalState.CONTACTED, ProposalState.ACCEPTED])
def test_who_is_able_again_before_the_review_can_be_suggested_at_once(unit, naestved, order, anna, state):
    found = propose(unit, naestved, anna, order)
    resting = record(unit, naestved, found, ProposalState.NOT_ABLE_NOW, review_on=IN_A_WEEK)
    assert (resting.review_on, not_able_until(unit, naestved, anna)) == (IN_A_WEEK, IN_A_WEEK)
    elsewhere = orders_desk.register(unit, naestved, make_order(_employer(unit, naestved, order)))
    with pytest.raises(NotCandidate):
        propose(unit, naestved, anna, elsewhere)
    able = record(unit, naestved, found, state)
    assert (able.review_on, not_able_until(unit, naestved, anna)) == (None, None)
    assert propose(unit, naestved, anna, elsewhere).state is ProposalState.PROPOSED


@pytest.mark.parametrize("state", [ProposalState.DECLINED, ProposalState.WITHDRAWN])
def test_who_says_no_meanwhile_is_not_able_until_the_review(unit, naestved, order, anna, state):
    found = propose(unit, naestved, anna, order)
    record(unit, naestved, found, ProposalState.NOT_ABLE_NOW, review_on=IN_A_WEEK)
    said = {"declined_by": Side.CITIZEN, "reason": DeclineReason.TASK}
    came = record(unit, naestved, found, state, **(said if state is ProposalState.DECLINED else {}))
    assert (came.review_on, not_able_until(unit, naestved, anna)) == (None, IN_A_WEEK)


def test_being_able_for_one_order_leaves_a_later_review_alone(unit, naestved, order, anna):
    found = propose(unit, naestved, anna, order)
    record(unit, naestved, found, ProposalState.NOT_ABLE_NOW, review_on=IN_A_WEEK)
    resting = citizens.find(unit, naestved, anna.id)
    citizens.replace(unit, naestved, replace(resting, not_able_until=IN_A_MONTH), resting.version)
    record(unit, naestved, found, ProposalState.CONTACTED)
    assert not_able_until(unit, naestved, anna) == IN_A_MONTH


def test_who_was_not_able_is_not_contacted_about_an_order_as_long_as_it_is_suggested_anew(
    unit, naestved, order, anna
):
    first = propose(unit, naestved, anna, order)
    record(unit, naestved, first, ProposalState.NOT_ABLE_NOW, review_on=IN_A_WEEK)
    then = replace(unit, at=MONDAY + timedelta(days=7))
    again = propose(then, naestved, anna, order)
    with pytest.raises(AlreadyProposed) as refused:
        record(then, naestved, first, ProposalState.CONTACTED)
    assert refused.value.facts == {"value": again.id}
    assert proposals.find(then, naestved, first.id).state is ProposalState.NOT_ABLE_NOW
    assert stands(then, naestved, order) == (OrderState.OPEN, 1, 1)
    record(then, naestved, again, ProposalState.WITHDRAWN)
    assert record(then, naestved, first, ProposalState.CONTACTED).state is ProposalState.CONTACTED


def test_what_cannot_be_contacted_any_more_is_told_so_though_it_is_suggested_anew(
    unit, naestved, order, anna
):
    first = propose(unit, naestved, anna, order)
    record(unit, naestved, first, ProposalState.WITHDRAWN)
    propose(unit, naestved, anna, order)
    with pytest.raises(NotFromHere):
        record(unit, naestved, first, ProposalState.CONTACTED)


def _employer(unit, caller, order):
    return employers.find(unit, caller, order.employer_id)


def test_who_has_got_the_order_is_not_suggested_for_it_again(unit, naestved, order, anna):
    order = orders_desk.change(unit, naestved, order, replace(order, places=2), None)
    bert = somebody(unit, naestved)
    found = propose(unit, naestved, anna, order)
    record(unit, naestved, found, ProposalState.ACCEPTED)
    with pytest.raises(AlreadyProposed):
        propose(unit, naestved, anna, order)
    assert propose(unit, naestved, bert, order).state is ProposalState.PROPOSED
    record(unit, naestved, found, ProposalState.WITHDRAWN)
    assert propose(unit, naestved, anna, order).state is ProposalState.PROPOSED


def test_who_is_suggested_after_the_clock_of_the_order_was_met_has_a_clock_of_their_own(
    unit, naestved, order, anna
):
    first = propose(unit, naestved, anna, order)
    assert first.clock_from == order.clock_from
    later = replace(unit, at=unit.at + timedelta(days=1))
    record(later, naestved, first, ProposalState.CONTACTED)
    latest = replace(unit, at=unit.at + timedelta(days=2))
    assert propose(latest, naestved, somebody(unit, naestved), order).clock_from == latest.at


def test_through_whom_a_citizen_was_contacted_is_known_still_when_they_say_yes(unit, naestved, order, anna):
    made = propose(unit, naestved, anna, order)
    record(unit, naestved, made, ProposalState.CONTACTED, through=Through.DROP_IN_CENTRE)
    said_yes = record(unit, naestved, made, ProposalState.ACCEPTED)
    assert said_yes.contacted_through is Through.DROP_IN_CENTRE


def test_nobody_is_looked_at_again_on_the_very_day(unit, naestved, order, anna):
    made = propose(unit, naestved, anna, order)
    with pytest.raises(Refused) as refused:
        record(unit, naestved, made, ProposalState.NOT_ABLE_NOW, review_on=TODAY)
    assert refused.value.field == "review_on"
    tomorrow = TODAY + timedelta(days=1)
    assert record(unit, naestved, made, ProposalState.NOT_ABLE_NOW, review_on=tomorrow).review_on == tomorrow
