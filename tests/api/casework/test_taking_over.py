"""Job orders that somebody else looks after from now on, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from api.casework import due as due_desk
from api.casework import job_orders as desk
from api.casework import proposals as proposals_desk
from api.casework.errors import NothingToTakeBack
from api.casework.proposals import CameOf, NewProposal
from api.casework.taking_over import goes_along, hand_back, take_over
from api.domain.due import Why
from api.domain.moves import ProposalState
from api.domain.proposals import StartedFrom
from api.domain.records import JobOrderRecord, OrderState
from api.store import assignments, audit, citizens, employers, job_orders, moves, proposals
from api.store.errors import Missing, Stale
from geo import Refused
from tests.api.makers import make_citizen, make_employer, make_order


@pytest.fixture
def unit(store, naestved, colleague, vejle):
    with store.unit() as unit:
        yield unit


@pytest.fixture
def order(unit, naestved) -> JobOrderRecord:
    firm = employers.add(unit, naestved, make_employer(naestved))
    return desk.register(unit, naestved, make_order(firm))


def log(unit, caller, order: JobOrderRecord) -> list[tuple[str, str]]:
    return [(move.by, move.cause) for move in desk.history(unit, caller, order.id)]


def test_who_took_an_order_over_and_whose_it_was_stand_in_both_logs(unit, naestved, colleague, order):
    kept = take_over(unit, colleague, order.id)
    assert kept == replace(order, taken_by=colleague.user_id, version=2, updated_at=kept.updated_at)
    assert log(unit, naestved, order) == [(naestved.user_id, ""), (colleague.user_id, "taken_over")]
    unit.commit()
    [entry] = [one for one in audit.entries(unit, "0370") if one.action == "job_order_taken_over"]
    assert (entry.subject, entry.user_id) == (order.id, colleague.user_id)
    told = {"before": naestved.user_id, "after": colleague.user_id, "version": 2}
    assert entry.details == told


def test_an_order_that_is_one_s_own_already_stays_as_it_is(unit, naestved, order):
    assert take_over(unit, naestved, order.id) == order
    assert log(unit, naestved, order) == [(naestved.user_id, "")]


def test_taking_over_is_undone_until_anything_else_is_changed(unit, naestved, colleague, order):
    kept = take_over(unit, colleague, order.id)
    with pytest.raises(NothingToTakeBack):
        hand_back(unit, naestved, order.id, None)
    with pytest.raises(Stale):
        hand_back(unit, colleague, order.id, {kept.version - 1})
    back = hand_back(unit, colleague, order.id, {kept.version})
    assert back.taken_by == naestved.user_id
    assert log(unit, naestved, order)[-1] == (colleague.user_id, "handed_back")
    with pytest.raises(NothingToTakeBack):
        hand_back(unit, colleague, order.id, None)
    taken = take_over(unit, colleague, order.id)
    desk.change(unit, colleague, taken, replace(taken, places=taken.places + 1), None)
    with pytest.raises(NothingToTakeBack):
        hand_back(unit, colleague, order.id, None)


def test_an_order_that_was_never_changed_is_nobody_s_to_hand_back(unit, naestved, order):
    with pytest.raises(NothingToTakeBack):
        hand_back(unit, naestved, order.id, None)


def test_what_has_ended_or_is_elsewhere_is_not_taken_over(unit, naestved, colleague, vejle, order):
    for act in (take_over, lambda *asked: hand_back(*asked, None)):
        with pytest.raises(Missing):
            act(unit, vejle, order.id)
    ended = desk.change(unit, naestved, order, replace(order, state=OrderState.ENDED), None)
    with pytest.raises(Refused) as refused:
        take_over(unit, colleague, order.id)
    assert refused.value.field == "state"
    assert job_orders.find(unit, naestved, order.id) == ended


@pytest.fixture
def people(unit, naestved, colleague):
    """Anna, whom both work with, and Bo, whom only the one does who looks after the order."""
    found = {}
    for name, whose in (("anna", (naestved, colleague)), ("bo", (naestved,))):
        made = citizens.add(unit, naestved, make_citizen(naestved, name=f"{name.title()} Holm"))
        for one in whose:
            assignments.assign(unit, naestved, made.id, one.user_id)
        found[name] = made
    return found


@pytest.fixture
def suggested(unit, naestved, people, order):
    """Both are suggested for the order by who looks after it."""
    return {name: propose(unit, naestved, citizen, order) for name, citizen in people.items()}


def propose(unit, caller, citizen, order):
    new = NewProposal(citizen_id=citizen.id, order_id=order.id, started_from=StartedFrom.JOB_ORDER)
    return proposals_desk.propose(unit, caller, new).proposal


def holders(unit, caller, suggested):
    return {name: proposals.find(unit, caller, one.id).held_by for name, one in suggested.items()}


def whys(unit, caller):
    return {one.waiting.id: one.waiting.why for one in due_desk.due(unit, caller).items}


def test_suggestions_stay_with_whom_they_are_unless_they_are_taken_along(
    unit, naestved, colleague, order, suggested
):
    take_over(unit, colleague, order.id)
    assert set(holders(unit, naestved, suggested).values()) == {naestved.user_id}


def test_those_for_citizens_one_may_see_are_taken_along_and_handed_back(
    unit, naestved, colleague, order, suggested
):
    now = job_orders.find(unit, naestved, order.id)
    assert [one.id for one in goes_along(unit, colleague, now)] == [suggested["anna"].id]
    later = replace(unit, at=unit.at + timedelta(minutes=5))
    kept = take_over(later, colleague, order.id, with_suggestions=True)
    assert holders(unit, naestved, suggested) == {"anna": colleague.user_id, "bo": naestved.user_id}
    anna = suggested["anna"]
    assert moves.of(unit, naestved, moves.OF_PROPOSALS, anna.id)[-1].cause == "taken_over"
    later.commit()
    [row] = [one for one in audit.entries(unit, "0370") if one.action == "proposal_taken_over"]
    assert (row.citizen_id, row.user_id) == (anna.citizen_id, colleague.user_id)
    back = hand_back(replace(unit, at=unit.at + timedelta(minutes=6)), colleague, order.id, {kept.version})
    assert back.taken_by == naestved.user_id
    assert set(holders(unit, naestved, suggested).values()) == {naestved.user_id}
    assert moves.of(unit, naestved, moves.OF_PROPOSALS, anna.id)[-1].cause == "handed_back"


def test_what_is_taken_along_is_due_with_who_took_it_when_nobody_else_works_with_the_citizen(
    unit, naestved, colleague, order, people, suggested
):
    take_over(unit, colleague, order.id, with_suggestions=True)
    for one in (naestved, colleague):
        assignments.end(unit, naestved, people["anna"].id, one.user_id)
    assert whys(unit, colleague)[suggested["anna"].id] == Why.YOUR_PROPOSAL
    assert suggested["anna"].id not in whys(unit, naestved)
    # a moment of work on it needs no other door
    came = CameOf(state=ProposalState.CONTACTED)
    assert proposals_desk.record(unit, colleague, suggested["anna"].id, came).proposal.state == came.state


def test_what_somebody_else_has_suggested_and_what_is_settled_stays(
    unit, naestved, colleague, order, people, suggested
):
    for one in suggested.values():
        proposals_desk.record(unit, naestved, one.id, CameOf(state=ProposalState.WITHDRAWN))
    others = propose(unit, colleague, people["anna"], order)
    now = job_orders.find(unit, naestved, order.id)
    assert goes_along(unit, colleague, now) == ()
    assert goes_along(unit, naestved, now) == ()
    take_over(unit, colleague, order.id, with_suggestions=True)
    assert proposals.find(unit, naestved, others.id).taken_by == ""
