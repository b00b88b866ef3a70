"""A contact that was recorded by mistake: who takes it back, until when, and what is as before then."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from api.casework import job_orders as orders_desk
from api.casework import proposals as desk
from api.casework import slips
from api.casework.catalogues import Catalogues
from api.casework.returns import Returned, return_order
from api.domain.moves import NotFromHere, ProposalState, ReturnCause
from api.domain.proposals import StartedFrom
from api.domain.records import Through
from api.store import assignments, audit, citizens, employers, job_orders, moves, proposals
from api.store.errors import Stale
from geo import Refused
from tests.api.makers import make_citizen, make_employer, make_order

FRIDAY = datetime(2026, 11, 20, 9, tzinfo=UTC)
CONTACTED = desk.CameOf(state=ProposalState.CONTACTED, through=Through.CASEWORKER)
BACK = desk.CameOf(state=ProposalState.PROPOSED)


@pytest.fixture
def pair(store, naestved, colleague):
    """Two proposals for one order, both citizens the work of two consultants."""

    def suggest(unit):
        employer = employers.add(unit, naestved, make_employer(naestved))
        order = orders_desk.register(unit, naestved, make_order(employer, received_on=None, places=2))
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

    return at(FRIDAY - timedelta(hours=1), store, suggest)


def at(moment, store, act):
    with time_machine.travel(moment, tick=False), store.unit() as unit:
        answer = act(unit)
        unit.commit()
    return answer


def came(moment, store, caller, proposal, outcome, version=None):
    return at(moment, store, lambda unit: desk.record(unit, caller, proposal.id, outcome, version)).proposal


def order_of(store, caller, proposal):
    with store.unit(read_only=True) as unit:
        return job_orders.find(unit, caller, proposal.order_id)


def test_a_contact_is_taken_back_and_everything_is_as_before_but_for_the_log(store, naestved, pair):
    one, _ = pair
    before = order_of(store, naestved, one)
    came(FRIDAY, store, naestved, one, CONTACTED)
    assert order_of(store, naestved, one).clock_met_at == FRIDAY
    again = came(FRIDAY + timedelta(hours=5), store, naestved, one, BACK)
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
    came(FRIDAY + timedelta(hours=2), store, naestved, one, BACK)
    assert order_of(store, naestved, one).clock_met_at == FRIDAY + timedelta(hours=1)


def test_a_clock_that_was_met_before_the_slip_stays_as_it_was(store, naestved, pair):
    one, other = pair
    came(FRIDAY, store, naestved, other, CONTACTED)
    came(FRIDAY + timedelta(hours=1), store, naestved, one, CONTACTED)
    came(FRIDAY + timedelta(hours=2), store, naestved, one, BACK)
    assert order_of(store, naestved, one).clock_met_at == FRIDAY


def test_a_contact_that_came_to_something_meets_the_clock_from_when_it_was_made(store, naestved, pair):
    one, other = pair
    came(FRIDAY, store, naestved, one, CONTACTED)
    came(FRIDAY + timedelta(hours=1), store, naestved, other, CONTACTED)
    came(FRIDAY + timedelta(hours=2), store, naestved, other, desk.CameOf(state=ProposalState.ACCEPTED))
    came(FRIDAY + timedelta(hours=3), store, naestved, one, BACK)
    assert order_of(store, naestved, one).clock_met_at == FRIDAY + timedelta(hours=1)


def test_who_was_not_able_as_the_order_was_sent_back_does_not_meet_its_new_clock(store, naestved, pair):
    unable, other = pair
    back = Returned(cause=ReturnCause.CITIZEN_NOT_ABLE, proposal_id=unable.id)

    def send_back(unit):
        return return_order(unit, naestved, Catalogues().of(unit, naestved), unable.order_id, back)

    at(FRIDAY, store, send_back)

    def suggest(unit):
        new = desk.NewProposal(
            citizen_id=other.citizen_id, order_id=other.order_id, started_from=StartedFrom.JOB_ORDER
        )
        return desk.propose(unit, naestved, new).proposal

    anew = at(FRIDAY + timedelta(hours=1), store, suggest)
    came(FRIDAY + timedelta(hours=2), store, naestved, anew, CONTACTED)
    came(FRIDAY + timedelta(hours=3), store, naestved, anew, BACK)
    after = order_of(store, naestved, anew)
    assert (after.clock_from, after.clock_met_at) == (FRIDAY, None)


def refused(moment, store, caller, proposal, error=Refused, version=None):
    with time_machine.travel(moment, tick=False), store.unit() as unit, pytest.raises(error):
        desk.record(unit, caller, proposal.id, BACK, version)


def test_somebody_else_takes_nothing_back(store, naestved, colleague, pair):
    came(FRIDAY, store, naestved, pair[0], CONTACTED)
    refused(FRIDAY, store, colleague, pair[0])
    with time_machine.travel(FRIDAY, tick=False), store.unit(read_only=True) as unit:
        found = proposals.of_order(unit, naestved, pair[0].order_id)
        assert slips.may_be_taken_back(unit, colleague, found) == frozenset()
        assert slips.may_be_taken_back(unit, naestved, found) == {pair[0].id}


@pytest.mark.parametrize(("later", "possible"), [(timedelta(hours=13), True), (timedelta(hours=15), False)])
def test_it_is_taken_back_until_the_day_is_over_in_denmark(store, naestved, pair, later, possible):
    one = pair[0]
    came(FRIDAY, store, naestved, one, CONTACTED)
    if possible:
        assert came(FRIDAY + later, store, naestved, one, BACK).state is ProposalState.PROPOSED
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
            came(monday_or_tuesday, store, naestved, proposal, BACK)
        else:
            refused(monday_or_tuesday, store, naestved, proposal)


def test_what_came_of_it_since_is_not_taken_back_with_it(store, naestved, pair):
    one = pair[0]
    contacted = came(FRIDAY, store, naestved, one, CONTACTED)
    came(FRIDAY + timedelta(hours=1), store, naestved, one, desk.CameOf(state=ProposalState.ACCEPTED))
    refused(FRIDAY + timedelta(hours=2), store, naestved, one, NotFromHere)
    refused(FRIDAY + timedelta(hours=2), store, naestved, one, Stale, contacted.version)


def test_a_contact_after_not_being_able_is_no_slip(store, naestved, pair):
    one = pair[0]
    came(FRIDAY, store, naestved, one, desk.CameOf(state=ProposalState.NOT_ABLE_NOW))
    came(FRIDAY + timedelta(hours=1), store, naestved, one, CONTACTED)
    refused(FRIDAY + timedelta(hours=2), store, naestved, one)


def test_what_nobody_has_contacted_cannot_be_taken_back(store, naestved, pair):
    refused(FRIDAY, store, naestved, pair[0], NotFromHere)
