"""What employers have answered, read from proposals and returns on either database, without whom they met."""

from dataclasses import replace
from datetime import timedelta

import pytest

from api.casework import contacts as contacts_desk
from api.casework import job_orders as orders_desk
from api.casework import proposals as proposals_desk
from api.casework import returns
from api.casework.catalogues import Catalogues
from api.domain.contacts import ContactAbout, ContactKind, ContactReply
from api.domain.moves import ProposalState, ReturnCause
from api.domain.proposals import DeclineReason, Side, StartedFrom
from api.domain.records import OrderState
from api.domain.working_days import day_of
from api.store import assignments, citizens, employer_answers, employers, job_orders
from tests.api.makers import make_citizen, make_employer, make_order


@pytest.fixture
def firm(store, naestved):
    with store.unit() as unit:
        found = employers.add(unit, naestved, make_employer(naestved, id="e-1"))
        unit.commit()
    return found


def suggested(unit, caller, firm):
    """A proposal of somebody new for a new order of the firm."""
    citizen = citizens.add(unit, caller, make_citizen(caller))
    assignments.assign(unit, caller, citizen.id, caller.user_id)
    order = job_orders.add(unit, caller, make_order(firm))
    new = proposals_desk.NewProposal(
        citizen_id=citizen.id, order_id=order.id, started_from=StartedFrom.CITIZEN
    )
    return proposals_desk.propose(unit, caller, new).proposal


def came(store, caller, firm, *outcomes, days_ago=0):
    """The day on which this came of a new suggestion."""
    with store.unit() as unit:
        then = replace(unit, at=unit.at - timedelta(days=days_ago))
        made = suggested(then, caller, firm)
        for outcome in outcomes:
            proposals_desk.record(then, caller, made.id, outcome)
        unit.commit()
    return day_of(then.at)


def answers(store, caller, ids=None):
    with store.unit(read_only=True) as unit:
        return employer_answers.of(unit, caller.municipality, ids)


def no(side: Side, reason: DeclineReason) -> proposals_desk.CameOf:
    return proposals_desk.CameOf(state=ProposalState.DECLINED, declined_by=side, reason=reason)


YES = proposals_desk.CameOf(state=ProposalState.ACCEPTED)
WITHDRAWN = proposals_desk.CameOf(state=ProposalState.WITHDRAWN)
NOT_ABLE = proposals_desk.CameOf(state=ProposalState.NOT_ABLE_NOW)
CONTACTED = proposals_desk.CameOf(state=ProposalState.CONTACTED)
EMPLOYER_S_NO = no(Side.EMPLOYER, DeclineReason.TIMES)


def test_yes_and_no_are_told_with_their_days_oldest_first(store, naestved, firm):
    assert answers(store, naestved) == {}
    said = [
        came(store, naestved, firm, CONTACTED, YES),
        came(store, naestved, firm, EMPLOYER_S_NO, days_ago=9),
    ]
    assert answers(store, naestved) == {firm.id: ((said[1], False), (said[0], True))}


@pytest.mark.parametrize(
    "outcomes",
    [
        [],
        [CONTACTED],
        [NOT_ABLE],
        [WITHDRAWN],
        [YES, WITHDRAWN],
        [no(Side.CITIZEN, DeclineReason.TASK)],
        [no(Side.EMPLOYER, DeclineReason.NOT_ANSWERED)],
        [no(Side.EMPLOYER, DeclineReason.TAKEN_OTHERWISE)],
    ],
    ids=[
        *("suggested", "contacted", "not able", "withdrawn", "taken back", "citizen's no"),
        *("no answer", "taken otherwise"),
    ],
)
def test_what_is_no_answer_of_the_employer_is_not_told(store, naestved, firm, outcomes):
    came(store, naestved, firm, *outcomes)
    assert answers(store, naestved) == {}


OF_ONE_SIDE = {ReturnCause.EMPLOYER_WITHDREW, ReturnCause.CITIZEN_NOT_ABLE}
"""The one is a no; the other needs a citizen who was suggested, and says nothing of the employer."""


def returned(store, caller, firm, *causes, order=None):
    with store.unit() as unit:
        order = order or job_orders.add(unit, caller, make_order(firm))
        for cause in causes:
            back = returns.Returned(cause=cause)
            kept = Catalogues().of(unit, caller)
            order = returns.return_order(unit, caller, kept, order.id, back).order
        unit.commit()
    return order


def test_an_order_that_was_called_off_is_one_no_however_often_it_is_sent_back(store, naestved, firm, today):
    returned(store, naestved, firm, ReturnCause.EMPLOYER_WITHDREW, ReturnCause.EMPLOYER_WITHDREW)
    assert answers(store, naestved) == {firm.id: ((today, False),)}


def test_an_order_that_is_wanted_again_was_not_called_off(store, naestved, firm):
    order = returned(store, naestved, firm, ReturnCause.EMPLOYER_WITHDREW)
    with store.unit() as unit:
        again = replace(order, state=OrderState.OPEN)
        orders_desk.change(unit, naestved, order, again, {order.version})
        unit.commit()
    assert answers(store, naestved) == {}


@pytest.mark.parametrize("cause", sorted(set(ReturnCause) - OF_ONE_SIDE))
def test_an_order_that_is_sent_back_for_another_reason_is_no_no(store, naestved, firm, cause):
    returned(store, naestved, firm, cause)
    assert answers(store, naestved) == {}


def test_some_employers_are_asked_about_and_other_municipalities_stay_out(store, naestved, vejle, firm):
    with store.unit() as unit:
        other = employers.add(unit, naestved, make_employer(naestved, p_number="1000000002"))
        away = employers.add(unit, vejle, make_employer(vejle, id=firm.id))
        unit.commit()
    came(store, naestved, other, YES)
    came(store, vejle, away, EMPLOYER_S_NO)
    assert set(answers(store, naestved)) == {other.id}
    assert set(answers(store, vejle)) == {away.id}
    assert answers(store, naestved, [firm.id]) == {}
    assert set(answers(store, naestved, [firm.id, other.id])) == {other.id}
    assert answers(store, naestved, []) == {}


@pytest.fixture
def today(store):
    with store.unit(read_only=True) as unit:
        return day_of(unit.at)


def rung_up(store, caller, firm, reply, **said):
    """The day of a call, with what the employer said to it."""
    with store.unit() as unit:
        told = {"kind": ContactKind.CALL, "on": day_of(unit.at) - timedelta(days=3), "reply": reply} | said
        contact = contacts_desk.record(unit, caller, firm.id, contacts_desk.NewContact(**told)).contact
        unit.commit()
    return contact.on


def test_yes_and_no_to_who_asks_for_work_are_told_with_the_day_of_the_contact(store, naestved, firm):
    days = [
        rung_up(store, naestved, firm, reply, by_employer=began)
        for reply, began in ((ContactReply.YES, False), (ContactReply.NO, True))
    ]
    assert answers(store, naestved) == {firm.id: ((days[1], False), (days[0], True))}
    assert answers(store, naestved, [firm.id]) == answers(store, naestved)
    assert answers(store, naestved, []) == {}


@pytest.mark.parametrize("reply", [ContactReply.NOT_NOW, ContactReply.NOT_ANSWERED, ContactReply.UNKNOWN])
def test_another_time_silence_and_what_nobody_has_written_down_are_no_answers(
    store, naestved, firm, today, reply
):
    rung_up(store, naestved, firm, reply, follow_up_on=today)
    assert answers(store, naestved) == {}


@pytest.mark.parametrize("about", [each for each in ContactAbout if each is not ContactAbout.NEW_WORK])
def test_what_is_said_about_something_else_than_new_work_is_no_answer(store, naestved, firm, about):
    rung_up(store, naestved, firm, ContactReply.YES, about=about)
    assert answers(store, naestved) == {}


def test_what_is_said_of_an_order_or_a_citizen_is_told_by_what_becomes_of_them(store, naestved, firm):
    with store.unit() as unit:
        order = job_orders.add(unit, naestved, make_order(firm))
        citizen = citizens.add(unit, naestved, make_citizen(naestved))
        assignments.assign(unit, naestved, citizen.id, naestved.user_id)
        unit.commit()
    for named in ({"order_id": order.id}, {"citizen_id": citizen.id}):
        rung_up(store, naestved, firm, ContactReply.NO, **named)
    assert answers(store, naestved) == {}
