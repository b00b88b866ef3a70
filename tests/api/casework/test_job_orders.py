"""The days of a job order: which are refused and what a corrected one moves; more places for a filled one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from api.casework import contacts as contacts_desk
from api.casework import job_orders as desk
from api.casework import proposals as proposals_desk
from api.casework.catalogues import Catalogues
from api.casework.clocks import clock_of
from api.casework.returns import Returned, return_order
from api.domain.contacts import ContactAbout, ContactKind, ContactReply
from api.domain.moves import ProposalState, ReturnCause
from api.domain.proposals import StartedFrom
from api.domain.records import IntakeChannel, OrderState
from api.domain.working_days import start_of
from api.store import assignments, citizens, employers, job_orders, moves, proposals
from geo import Refused
from tests.api.makers import make_citizen, make_employer, make_order

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)
DAYS = ["received_on", "heard_on"]


def change(unit, caller, order, **told):
    return desk.change(unit, caller, order, replace(order, **told), None)


@pytest.mark.parametrize("field", DAYS)
def test_a_day_to_come_is_refused_for_a_new_order_and_for_one_that_is_changed(unit, naestved, order, field):
    new = replace(order, id="another", reference="", **{field: TOMORROW})
    with pytest.raises(Refused, match="still to come") as told:
        desk.register(unit, naestved, new)
    assert told.value.field == field
    with pytest.raises(Refused, match="still to come") as told:
        change(unit, naestved, order, **{field: TOMORROW})
    assert told.value.field == field


@pytest.mark.parametrize("field", DAYS)
def test_today_and_earlier_days_are_taken(unit, naestved, order, field):
    for day in (TODAY - timedelta(days=3), TODAY):
        order = change(unit, naestved, order, **{field: day})
        assert getattr(order, field) == day


@pytest.mark.parametrize(("hour", "begun"), [(22, False), (23, True)])
def test_today_is_the_danish_day(unit, naestved, order, hour, begun):
    late = replace(unit, at=datetime(2026, 11, 23, hour, 30, tzinfo=UTC))
    if begun:
        assert change(late, naestved, order, received_on=TOMORROW).received_on == TOMORROW
    else:
        with pytest.raises(Refused):
            change(late, naestved, order, received_on=TOMORROW)


@pytest.fixture
def filled(unit, naestved, order):
    return change(unit, naestved, order, state=OrderState.FILLED, places=0)


def states_of(unit, caller, order):
    return [line.after for line in desk.history(unit, caller, order.id)]


def test_a_filled_order_with_more_places_is_open_again_and_its_log_says_so(unit, naestved, filled):
    more = change(unit, naestved, filled, places=2)
    assert (more.state, more.places) == (OrderState.OPEN, 2)
    assert more.id in {one.id for one in job_orders.open_of(unit, "0370")}
    assert states_of(unit, naestved, more) == ["open", "filled", "open"]


@pytest.mark.parametrize("told", [{"title": "Luge og feje"}, {"places": 0}, {"state": OrderState.ENDED}])
def test_a_filled_order_is_not_opened_by_anything_else(unit, naestved, filled, told):
    assert change(unit, naestved, filled, **told).state is told.get("state", OrderState.FILLED)


def test_an_order_that_ended_stays_so_with_more_places(unit, naestved, order):
    ended = change(unit, naestved, order, state=OrderState.ENDED)
    assert change(unit, naestved, ended, places=5).state is OrderState.ENDED


def suggest(unit, caller, order):
    citizen = citizens.add(unit, caller, make_citizen(caller))
    new = proposals_desk.NewProposal(
        citizen_id=citizen.id, order_id=order.id, started_from=StartedFrom.JOB_ORDER
    )
    return proposals_desk.propose(unit, caller, new).proposal


def send_back(unit, caller, order, cause=ReturnCause.NO_CANDIDATE):
    kept = Catalogues().of(unit, caller)
    return return_order(unit, caller, kept, order.id, Returned(cause=cause)).order


def test_a_corrected_day_of_receipt_moves_the_clock_and_what_is_suggested_on_it(unit, naestved, order):
    made = suggest(unit, naestved, order)
    order = change(unit, naestved, desk.read(unit, naestved, order.id), received_on=date(2026, 11, 19))
    assert order.clock_from == start_of(date(2026, 11, 19))
    moved = proposals_desk.read(unit, naestved, made.id)
    # Friday, Monday, Tuesday
    assert moved.contact_by.date() == clock_of(unit, naestved, order).contact_by.date() == date(2026, 11, 24)
    assert (moved.proposal.state, moved.proposal.version) == (made.state, made.version)
    assert len(moves.of(unit, naestved, moves.OF_PROPOSALS, made.id)) == 1


def test_a_suggestion_made_after_the_first_contact_keeps_its_own_clock(unit, naestved, order):
    first = suggest(unit, naestved, order)
    contacted = proposals_desk.CameOf(state=ProposalState.CONTACTED)
    proposals_desk.record(unit, naestved, first.id, contacted)
    later = suggest(replace(unit, at=MONDAY + timedelta(hours=2)), naestved, order)
    change(unit, naestved, desk.read(unit, naestved, order.id), received_on=date(2026, 11, 19))
    kept = proposals.some(unit, naestved, [first.id, later.id])
    assert kept[first.id].clock_from == start_of(date(2026, 11, 19))
    assert kept[later.id].clock_from == later.clock_from


@pytest.mark.parametrize("days", [0, 3])
def test_a_corrected_day_of_receipt_leaves_the_clock_of_a_return(unit, naestved, order, days):
    back = send_back(replace(unit, at=MONDAY + timedelta(days=days)), naestved, order)
    corrected = change(unit, naestved, back, received_on=TODAY - timedelta(days=20))
    assert corrected.clock_from == back.clock_from == MONDAY + timedelta(days=days)
    # neither does opening it again make it the first clock
    opened = change(unit, naestved, corrected, state=OrderState.OPEN)
    assert change(unit, naestved, opened, received_on=TODAY).clock_from == back.clock_from


def test_what_the_employer_withdrew_and_a_posting_of_a_list_get_no_clock(unit, naestved, order):
    gone = send_back(unit, naestved, order, ReturnCause.EMPLOYER_WITHDREW)
    posting = job_orders.add(unit, naestved, replace(order, id="posting", reference="", clock_from=None))
    for one in (gone, posting):
        assert change(unit, naestved, one, received_on=TODAY - timedelta(days=20)).clock_from is None


YES = proposals_desk.CameOf(state=ProposalState.ACCEPTED)


def accepted(unit, caller, order, at):
    """Somebody who has said yes to an order, at a moment."""
    person = citizens.add(unit, caller, make_citizen(caller))
    assignments.assign(unit, caller, person.id, caller.user_id)
    new = proposals_desk.NewProposal(
        citizen_id=person.id, order_id=order.id, started_from=StartedFrom.JOB_ORDER
    )
    made = proposals_desk.propose(replace(unit, at=at), caller, new).proposal
    return proposals_desk.record(replace(unit, at=at), caller, made.id, YES).proposal


def put_back(unit, caller, order, version):
    seen = {desk.read(unit, caller, order.id).version}
    return desk.put_back(unit, caller, order.id, version, seen)


@pytest.mark.parametrize(("told", "left", "state"), [(1, 0, OrderState.FILLED), (2, 1, OrderState.OPEN)])
def test_undoing_a_correction_gives_no_place_a_second_time(unit, naestved, order, told, left, state):
    first = change(unit, naestved, order, places=told)
    change(unit, naestved, first, title="Luge og feje", places=5)
    accepted(unit, naestved, order, unit.at + timedelta(hours=1))
    back = put_back(replace(unit, at=unit.at + timedelta(hours=2)), naestved, order, first.version)
    assert (back.title, back.places, back.state) == (order.title, left, state)


def test_undoing_a_correction_keeps_a_place_that_was_given_back_since(unit, naestved, order):
    made = accepted(unit, naestved, order, unit.at)
    taken = desk.read(unit, naestved, order.id)
    off = proposals_desk.CameOf(state=ProposalState.WITHDRAWN)
    proposals_desk.record(replace(unit, at=unit.at + timedelta(hours=1)), naestved, made.id, off)
    later = replace(unit, at=unit.at + timedelta(hours=2))
    now = desk.read(unit, naestved, order.id)
    change(later, naestved, now, title="Luge og feje")
    assert put_back(later, naestved, order, taken.version).places == 1


def test_an_order_whose_places_are_taken_is_not_opened_by_hand(unit, naestved, order):
    made = accepted(unit, naestved, order, unit.at)
    filled = desk.read(unit, naestved, order.id)
    with pytest.raises(Refused) as refusal:
        desk.opened_again(unit, naestved, filled)
    assert refusal.value.field == "places"
    off = proposals_desk.CameOf(state=ProposalState.WITHDRAWN)
    proposals_desk.record(unit, naestved, made.id, off)
    assert desk.read(unit, naestved, order.id).places == 1


def test_an_order_that_was_filled_without_us_is_opened_with_a_place(unit, naestved, filled):
    again = desk.opened_again(unit, naestved, filled)
    assert (again.state, again.places) == (OrderState.OPEN, 1)


def history(unit, caller, employer_id):
    return [one.contact for one in contacts_desk.of_employer(unit, caller, employer_id).items]


KINDS = {
    IntakeChannel.PHONE: ContactKind.CALL,
    IntakeChannel.MAIL: ContactKind.MAIL,
    IntakeChannel.FORM: ContactKind.MAIL,
    IntakeChannel.MEETING: ContactKind.VISIT,
}


@pytest.mark.parametrize("channel", IntakeChannel)
def test_who_brings_an_order_stands_among_the_contacts_and_may_be_contacted_all_the_same(
    unit, naestved, channel
):
    firm = employers.add(unit, naestved, make_employer(naestved, last_contact_on=None))
    told = make_order(firm, channel=channel, received_on=TODAY - timedelta(days=2))
    order = desk.register(unit, naestved, told)
    [contact] = history(unit, naestved, firm.id)
    assert (contact.kind, contact.on, contact.order_id) == (KINDS[channel], order.received_on, order.id)
    assert (contact.by_employer, contact.about) == (True, ContactAbout.JOB_ORDER)
    assert (contact.reply, contact.note, contact.by) == (ContactReply.UNKNOWN, "", naestved.user_id)
    state = contacts_desk.of_employer(unit, naestved, firm.id).state
    assert (state.taken, state.next_free_on) == ((), TODAY)
    assert employers.find(unit, naestved, firm.id).last_contact_on is None


def test_a_posting_of_a_list_is_no_contact(unit, naestved, order):
    assert order.channel is None
    assert history(unit, naestved, order.employer_id) == []


def test_nothing_stands_among_the_contacts_of_an_order_that_is_refused(unit, naestved):
    firm = employers.add(unit, naestved, make_employer(naestved))
    with pytest.raises(Refused):
        desk.register(unit, naestved, make_order(firm, channel=IntakeChannel.PHONE, received_on=TOMORROW))
    assert history(unit, naestved, firm.id) == []


def test_one_conversation_is_one_contact_whoever_rang(colleague, unit, naestved):
    firm = employers.add(unit, naestved, make_employer(naestved))
    rang = contacts_desk.NewContact(kind=ContactKind.CALL, note="De har noget i gården")
    contacts_desk.record(unit, naestved, firm.id, rang)
    for caller, channel in (
        (naestved, IntakeChannel.PHONE),
        (naestved, IntakeChannel.MAIL),
        (naestved, IntakeChannel.FORM),
        (colleague, IntakeChannel.PHONE),
        (colleague, IntakeChannel.PHONE),
    ):
        desk.register(unit, caller, make_order(firm, channel=channel, received_on=TODAY))
    found = sorted(
        (one.by == naestved.user_id, one.kind, one.by_employer) for one in history(unit, naestved, firm.id)
    )
    assert found == [
        (False, ContactKind.CALL, True),
        (True, ContactKind.CALL, False),
        (True, ContactKind.MAIL, True),
    ]
