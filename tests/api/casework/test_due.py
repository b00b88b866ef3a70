"""What needs a person now, on both databases: whose it is, when, how it is shown, what is written down."""

from dataclasses import replace
from datetime import timedelta

import pytest

from api.access.scopes import Denied
from api.casework import clocks, contacts, follow_ups, silence, taking_over
from api.casework import due as desk
from api.casework import job_orders as orders_desk
from api.casework import proposals as proposals_desk
from api.casework.contacts import NewContact
from api.casework.practices import practice_of
from api.casework.proposals import CameOf, NewProposal
from api.domain.caller import Channel, Role
from api.domain.contacts import ContactKind
from api.domain.due import DueKind, Whose, Why
from api.domain.moves import ProposalState
from api.domain.proposals import DeclineReason, Side, StartedFrom
from api.domain.records import OrderState
from api.domain.working_days import day_of, start_of
from api.store import assignments, audit, citizens, employers, job_orders, moves, proposals, users
from matching.vocabulary import Answer, Demand, Support
from tests.api.makers import make_citizen, make_employer, make_order


@pytest.fixture
def unit(store, naestved, colleague, vejle):
    with store.unit() as unit:
        yield unit


@pytest.fixture
def employer(unit, naestved):
    """A workplace of which everything is known that the practice asks for."""
    demands = dict.fromkeys((Demand.MACHINES, Demand.HEAVY_LIFTING, Demand.ALCOHOL_PRESENT), Answer.NO)
    known = make_employer(naestved, name="Åens Gartneri", demands=demands)
    return employers.add(unit, naestved, known)


@pytest.fixture
def anna(unit, naestved):
    citizen = citizens.add(unit, naestved, make_citizen(naestved))
    assignments.assign(unit, naestved, citizen.id, naestved.user_id)
    return citizen


@pytest.fixture
def order(unit, naestved, employer):
    return orders_desk.register(unit, naestved, make_order(employer, received_on=day_of(unit.at)))


def propose(unit, caller, citizen, order):
    new = NewProposal(citizen_id=citizen.id, order_id=order.id, started_from=StartedFrom.JOB_ORDER)
    return proposals_desk.propose(unit, caller, new).proposal


def due(unit, caller, **asked):
    return desk.due(unit, caller, **asked)


def kinds(found):
    return [(one.waiting.kind, one.waiting.id, one.waiting.why) for one in found.items]


def received(unit, caller, order, days):
    """The order as though it had been received so many days ago."""
    now = job_orders.find(unit, caller, order.id)
    back = replace(now, clock_from=unit.at - timedelta(days=days))
    return job_orders.replace(unit, caller, back, now.version)


def test_an_order_without_a_suggestion_is_due_for_who_took_it_down(unit, naestved, colleague, order):
    found = due(unit, naestved)
    assert kinds(found) == [(DueKind.ORDER_DEADLINE, order.id, Why.YOUR_ORDER)]
    (one,) = found.items
    assert (one.task, one.employer, one.working_days_left, one.overdue) == (
        "Luge bede",
        "Åens Gartneri",
        3,
        False,
    )
    assert kinds(due(unit, colleague)) == []


@pytest.fixture
def boss(unit, naestved):
    return users.caller_of(users.add(unit, naestved.municipality, "boss", Role.COORDINATOR), Channel.HTTP)


def test_what_a_colleague_left_behind_waits_for_the_coordinator(unit, naestved, colleague, boss, anna, order):
    assert kinds(due(unit, boss)) == []
    users.disable(unit, boss, naestved.user_id)
    assert kinds(due(unit, boss)) == [(DueKind.ORDER_DEADLINE, order.id, Why.NOBODYS)]
    assert kinds(due(unit, colleague)) == []
    made = propose(unit, naestved, anna, order)
    (one,) = due(unit, boss).items
    assert (one.waiting.id, one.waiting.why) == (made.id, Why.NOBODYS)
    assert (one.name, one.initials) == (None, "A.M.H.")


def test_what_somebody_else_still_works_with_waits_for_no_coordinator(
    unit, naestved, colleague, boss, anna, order
):
    propose(unit, naestved, anna, order)
    assignments.assign(unit, naestved, anna.id, colleague.user_id)
    users.disable(unit, boss, naestved.user_id)
    assert kinds(due(unit, boss)) == []
    assert [why for _, _, why in kinds(due(unit, colleague))] == [Why.YOUR_CITIZEN]


def test_a_citizen_of_none_but_who_is_shut_out_is_nobodys(unit, naestved, colleague, boss, anna):
    assert citizens.count_of_nobody(unit, boss) == 0
    users.disable(unit, boss, naestved.user_id)
    assert citizens.count_of_nobody(unit, boss) == 1
    assert [one.id for one in citizens.page(unit, boss, nobodys=True).items] == [anna.id]
    assert citizens.worked_with(unit, boss, [anna.id]) == citizens.of_somebody(unit, boss) == frozenset()
    assignments.assign(unit, naestved, anna.id, colleague.user_id)
    assert citizens.count_of_nobody(unit, boss) == 0
    assert citizens.worked_with(unit, boss, [anna.id]) == citizens.of_somebody(unit, boss) == {anna.id}


def test_deadlines_that_passed_are_counted_for_the_municipality_without_a_look(unit, naestved, vejle, order):
    assert desk.overdue(unit, naestved) == 0
    received(unit, naestved, order, 30)
    unit.commit()
    before = len(audit.entries(unit, naestved.municipality))
    assert (desk.overdue(unit, naestved), desk.overdue(unit, vejle)) == (1, 0)
    unit.commit()
    assert len(audit.entries(unit, naestved.municipality)) == before
    with pytest.raises(Denied):
        desk.overdue(unit, replace(naestved, role=Role.CENTRE_STAFF))


def test_a_suggestion_takes_the_place_of_its_order(unit, naestved, anna, order):
    made = propose(unit, naestved, anna, order)
    found = due(unit, naestved)
    assert kinds(found) == [(DueKind.PROPOSAL_DEADLINE, made.id, Why.YOUR_CITIZEN)]
    assert (found.items[0].name, found.items[0].initials) == ("Anna Marie Holm", "A.M.H.")


def test_who_is_contacted_is_due_no_longer(unit, naestved, anna, order):
    made = propose(unit, naestved, anna, order)
    proposals_desk.record(unit, naestved, made.id, CameOf(state=ProposalState.CONTACTED))
    assert kinds(due(unit, naestved)) == []


NO = CameOf(state=ProposalState.DECLINED, declined_by=Side.CITIZEN, reason=DeclineReason.TASK)
RESTING = CameOf(state=ProposalState.NOT_ABLE_NOW)


@pytest.mark.parametrize("came", [NO, RESTING], ids=["declined", "not able now"])
@pytest.mark.parametrize("whose", Whose)
def test_an_order_whose_candidate_fell_away_waits_for_another(unit, naestved, anna, order, came, whose):
    received(unit, naestved, order, 30)
    made = propose(unit, naestved, anna, order)
    proposals_desk.record(unit, naestved, made.id, came)
    found = due(unit, naestved, whose=whose)
    assert kinds(found) == [(DueKind.ORDER_DEADLINE, order.id, Why.YOUR_ORDER)]
    # the citizen was spoken to, which is what the deadline is for
    (one,) = found.items
    assert (one.waiting.by, one.waiting.since, one.overdue) == (None, unit.at, False)


def test_who_is_found_instead_takes_the_place_of_the_order_with_a_deadline(unit, naestved, anna, order):
    made = propose(unit, naestved, anna, order)
    proposals_desk.record(unit, naestved, made.id, NO)
    again = propose(unit, naestved, anna, order)
    (one,) = due(unit, naestved).items
    assert (one.waiting.kind, one.waiting.id) == (DueKind.PROPOSAL_DEADLINE, again.id)
    assert one.waiting.by is not None


@pytest.mark.parametrize(("places", "waits"), [(1, []), (2, [DueKind.ORDER_DEADLINE])])
def test_after_a_yes_only_a_free_place_waits_for_another(unit, naestved, anna, employer, places, waits):
    new = make_order(employer, received_on=day_of(unit.at), places=places)
    order = orders_desk.register(unit, naestved, new)
    made = propose(unit, naestved, anna, order)
    proposals_desk.record(unit, naestved, made.id, CameOf(state=ProposalState.ACCEPTED))
    assert [one.waiting.kind for one in due(unit, naestved).items] == [DueKind.AGREE_START, *waits]


@pytest.mark.parametrize("state", [OrderState.ENDED, OrderState.FILLED])
def test_an_order_that_nobody_is_sought_for_waits_for_nobody(unit, naestved, anna, order, state):
    made = propose(unit, naestved, anna, order)
    proposals_desk.record(unit, naestved, made.id, NO)
    now = job_orders.find(unit, naestved, order.id)
    orders_desk.change(unit, naestved, now, replace(now, state=state), {now.version})
    assert kinds(due(unit, naestved)) == []


def test_while_the_clock_stands_still_nobody_is_found_instead(unit, naestved, anna, order):
    made = propose(unit, naestved, anna, order)
    proposals_desk.record(unit, naestved, made.id, NO)
    clocks.pause(unit, naestved, order.id, "Ferielukket")
    assert kinds(due(unit, naestved)) == []


def test_a_suggestion_taken_back_makes_its_order_due_again(unit, naestved, anna, order):
    made = propose(unit, naestved, anna, order)
    proposals_desk.record(unit, naestved, made.id, CameOf(state=ProposalState.WITHDRAWN))
    assert kinds(due(unit, naestved)) == [(DueKind.ORDER_DEADLINE, order.id, Why.YOUR_ORDER)]


def test_while_the_clock_stands_still_nothing_is_due(unit, naestved, anna, employer, order):
    other = orders_desk.register(unit, naestved, make_order(employer, received_on=day_of(unit.at)))
    propose(unit, naestved, anna, other)
    for each in (order, other):
        clocks.pause(unit, naestved, each.id, "Ferielukket")
    assert kinds(due(unit, naestved)) == []


def test_what_is_overdue_comes_first_and_is_counted(unit, naestved, anna, employer, order):
    late = orders_desk.register(unit, naestved, make_order(employer, received_on=day_of(unit.at)))
    received(unit, naestved, late, 30)
    propose(unit, naestved, anna, order)
    found = due(unit, naestved)
    assert [one.waiting.id for one in found.items][0] == late.id
    assert [one.overdue for one in found.items] == [True, False]
    assert found.items[0].working_days_left is None
    assert (found.total, found.overdue) == (2, 1)
    assert found.counts == {DueKind.ORDER_DEADLINE: 1, DueKind.PROPOSAL_DEADLINE: 1}


def test_an_order_sent_back_is_due_until_somebody_acts_on_it(unit, naestved, anna, order):
    now = job_orders.find(unit, naestved, order.id)
    sent = replace(now, state=OrderState.RETURNED, clock_from=unit.at)
    moves.keep(unit, naestved, moves.OF_ORDERS, order.id, now.state, sent.state)
    job_orders.replace(unit, naestved, sent, now.version)
    assert kinds(due(unit, naestved)) == [(DueKind.RETURNED_ORDER, order.id, Why.YOUR_ORDER)]
    made = propose(unit, naestved, anna, order)
    assert kinds(due(unit, naestved)) == [(DueKind.PROPOSAL_DEADLINE, made.id, Why.YOUR_CITIZEN)]


def test_who_was_not_able_is_due_on_the_day_to_ask_again(unit, naestved, anna, order):
    made = propose(unit, naestved, anna, order)
    tomorrow = day_of(unit.at) + timedelta(days=1)
    resting = CameOf(state=ProposalState.NOT_ABLE_NOW, review_on=tomorrow)
    kept = proposals_desk.record(unit, naestved, made.id, resting).proposal
    find_another = (DueKind.ORDER_DEADLINE, order.id, Why.YOUR_ORDER)
    assert kinds(due(unit, naestved)) == [find_another]
    # a day later, without waiting for it
    proposals.move(unit, naestved, kept, replace(kept, state=ProposalState.CONTACTED, review_on=None), "test")
    again = replace(kept, review_on=day_of(unit.at))
    back = proposals.find(unit, naestved, made.id)
    proposals.move(unit, naestved, back, again, "test")
    found = due(unit, naestved)
    assert kinds(found) == [find_another, (DueKind.REVIEW, made.id, Why.YOUR_CITIZEN)]
    assert found.items[1].waiting.by is None


def test_the_whole_municipality_is_shown_by_initials(unit, naestved, colleague, anna, order):
    propose(unit, naestved, anna, order)
    assert kinds(due(unit, colleague)) == []
    (one,) = due(unit, colleague, whose=Whose.MUNICIPALITY).items
    assert (one.waiting.why, one.initials, one.name) == (Why.MUNICIPALITY, "A.M.H.", None)


def test_another_municipality_sees_nothing_of_it(unit, naestved, vejle, anna, order):
    propose(unit, naestved, anna, order)
    assert due(unit, vejle, whose=Whose.MUNICIPALITY).total == 0


def test_centre_staff_see_their_citizens_and_no_order(unit, naestved, colleague, anna, order, employer):
    other = orders_desk.register(unit, naestved, make_order(employer, received_on=day_of(unit.at)))
    made = propose(unit, naestved, anna, order)
    staff = replace(colleague, role=Role.CENTRE_STAFF)
    assert kinds(due(unit, staff)) == []
    assignments.assign(unit, naestved, anna.id, staff.user_id)
    assert kinds(due(unit, staff)) == [(DueKind.PROPOSAL_DEADLINE, made.id, Why.YOUR_CITIZEN)]
    assert other.id in {one.waiting.id for one in due(unit, naestved).items}
    with pytest.raises(Denied):
        due(unit, staff, whose=Whose.MUNICIPALITY)


def test_each_citizen_shown_is_written_down_and_no_other(unit, naestved, anna, order):
    propose(unit, naestved, anna, order)
    due(unit, naestved, limit=1)
    unit.commit()
    looked = [one for one in audit.entries(unit, "0370") if one.action == "due_listed"]
    assert [(one.citizen_id, one.details) for one in looked] == [(anna.id, {"masked": False})]


def test_the_counts_go_on_beyond_what_is_shown(unit, naestved, employer):
    for _ in range(3):
        # late, and not silent yet
        received_on = day_of(unit.at) - timedelta(days=20)
        orders_desk.register(unit, naestved, make_order(employer, received_on=received_on))
    found = due(unit, naestved, limit=2)
    assert (len(found.items), found.total) == (2, 3)


def test_what_is_not_answered_is_asked_once_an_order_and_once_for_a_workplace(unit, naestved, colleague):
    silent = make_employer(naestved, demands={}, supports={})
    works = employers.add(unit, naestved, silent)
    first, second = (
        orders_desk.register(unit, naestved, make_order(works, received_on=day_of(unit.at))) for _ in "ab"
    )
    asked = {
        one.waiting.id: one.waiting.about
        for one in due(unit, naestved).items
        if one.waiting.kind is DueKind.QUESTION
    }
    assert Support.CONTACT_PERSON in asked[first.id]
    assert Demand.HEAVY_LIFTING in asked[first.id]
    assert Demand.HEAVY_LIFTING in asked[second.id]
    assert Support.CONTACT_PERSON not in asked[second.id]
    assert due(unit, colleague).total == 0
    assert due(unit, colleague, whose=Whose.MUNICIPALITY).counts[DueKind.QUESTION] == 2


def test_a_silent_order_is_asked_about_by_who_took_it_down(unit, naestved, colleague, employer):
    long_ago = day_of(unit.at) - timedelta(days=60)
    taken = make_order(employer, received_on=long_ago, taken_by=naestved.user_id)
    quiet = job_orders.add(unit, naestved, taken)
    assert kinds(due(unit, naestved)) == [(DueKind.STILL_WANTED, quiet.id, Why.YOUR_ORDER)]
    assert kinds(due(unit, colleague)) == []


def sent_back(unit, caller, order):
    now = job_orders.find(unit, caller, order.id)
    sent = replace(now, state=OrderState.RETURNED, clock_from=unit.at)
    moves.keep(unit, caller, moves.OF_ORDERS, order.id, now.state, sent.state)
    return job_orders.replace(unit, caller, sent, now.version)


def test_a_pause_without_an_end_is_asked_about_after_the_silence_of_the_municipality(
    unit, naestved, colleague, boss, order
):
    sent_back(unit, naestved, order)
    clocks.pause(unit, naestved, order.id, "Ferielukket")
    days = practice_of(unit, naestved.municipality).silence_days
    before, then = (replace(unit, at=unit.at + timedelta(days=after)) for after in (days - 1, days))
    assert kinds(due(before, naestved)) == []
    (one,) = due(then, naestved).items
    assert (one.waiting.kind, one.waiting.id, one.waiting.since, one.overdue) == (
        DueKind.STILL_PAUSED,
        order.id,
        start_of(day_of(unit.at)),
        False,
    )
    assert kinds(due(then, colleague)) == []
    whole = [kind for kind, _, _ in kinds(due(then, boss, whose=Whose.MUNICIPALITY))]
    assert whole == [DueKind.STILL_PAUSED]


@pytest.mark.parametrize("word", ["still wanted", "a call about it", "paused anew", "the clock runs"])
def test_a_word_of_a_paused_order_asks_again_only_after_another_silence(unit, naestved, order, word):
    sent_back(unit, naestved, order)
    clocks.pause(unit, naestved, order.id, "Ferielukket")
    days = practice_of(unit, naestved.municipality).silence_days
    then = replace(unit, at=unit.at + timedelta(days=days))
    if word == "still wanted":
        silence.still_wanted(then, naestved, order.id)
    elif word == "a call about it":
        told = NewContact(kind=ContactKind.CALL, order_id=order.id)
        contacts.record(then, naestved, order.employer_id, told)
    else:
        clocks.resume(then, naestved, order.id)
        if word == "paused anew":
            clocks.pause(then, naestved, order.id, "Stadig lukket")
    asked = [DueKind.STILL_PAUSED, DueKind.STILL_WANTED]
    assert not [kind for kind, _, _ in kinds(due(then, naestved)) if kind in asked]
    again = replace(then, at=then.at + timedelta(days=days))
    found = [kind for kind, _, _ in kinds(due(again, naestved)) if kind in asked]
    assert found == ([] if word == "the clock runs" else [DueKind.STILL_PAUSED])


def test_a_contact_is_come_back_to_by_who_made_it(unit, naestved, colleague, employer):
    told = NewContact(kind=ContactKind.CALL, follow_up_on=day_of(unit.at))
    seen = contacts.record(unit, naestved, employer.id, told)
    found = due(unit, naestved)
    assert kinds(found) == [(DueKind.CALL_BACK, seen.contact.id, Why.YOUR_CONTACT)]
    assert found.items[0].employer == "Åens Gartneri"
    assert kinds(due(unit, colleague)) == []
    follow_ups.settle(unit, naestved, employer.id, seen.contact.id)
    assert kinds(due(unit, naestved)) == []


def test_an_order_that_is_taken_over_is_due_with_who_took_it(unit, naestved, colleague, order):
    assert kinds(due(unit, naestved)) == [(DueKind.ORDER_DEADLINE, order.id, Why.YOUR_ORDER)]
    taking_over.take_over(unit, colleague, order.id)
    assert kinds(due(unit, naestved)) == []
    assert kinds(due(unit, colleague)) == [(DueKind.ORDER_DEADLINE, order.id, Why.YOUR_ORDER)]


def test_what_was_left_behind_is_nobodys_no_more_once_it_is_taken_over(unit, naestved, boss, order):
    users.disable(unit, boss, naestved.user_id)
    assert [why for _, _, why in kinds(due(unit, boss))] == [Why.NOBODYS]
    taking_over.take_over(unit, boss, order.id)
    assert [why for _, _, why in kinds(due(unit, boss))] == [Why.YOUR_ORDER]
