"""Two desks that work on the same at once: neither is turned away, and nothing of either is lost."""

from dataclasses import replace

import pytest

from api.casework import citizens as citizens_desk
from api.casework import clocks, follow_ups, reservations, taking_back
from api.casework import contact_corrections as corrections
from api.casework import contacts as contacts_desk
from api.casework import employers as employers_desk
from api.casework import job_orders as orders_desk
from api.casework import proposals as proposals_desk
from api.casework.contacts import NewContact
from api.casework.errors import ContactLimitReached, NoPlaceLeft, PausedAlready
from api.casework.proposals import CameOf, NewProposal
from api.domain.caller import Caller
from api.domain.contacts import ContactKind, ContactReply
from api.domain.moves import ProposalState
from api.domain.proposals import Proposal, StartedFrom
from api.domain.records import CitizenRecord, EmployerRecord, IntakeChannel, OrderState
from api.domain.working_days import day_of
from api.store import Store, Unit, citizens, clock_pauses, contacts, employers, job_orders, proposals
from api.store.errors import Missing
from matching.vocabulary import Answer, Demand
from tests.api.makers import make_citizen, make_employer, make_order
from tests.api.meanwhile import both


@pytest.fixture
def firm(patient: Store, naestved: Caller) -> EmployerRecord:
    """An employer who may be contacted."""
    with patient.unit() as unit:
        found = employers.add(unit, naestved, make_employer(naestved, last_contact_on=None))
        unit.commit()
    return found


@pytest.fixture
def suggested(patient: Store, naestved: Caller, firm: EmployerRecord) -> Proposal:
    """A citizen of the caller's, suggested for an order of the employer."""
    with patient.unit() as unit:
        anna = citizens.add(unit, naestved, make_citizen(naestved))
        order = orders_desk.register(unit, naestved, make_order(firm))
        new = NewProposal(citizen_id=anna.id, order_id=order.id, started_from=StartedFrom.JOB_ORDER)
        made = proposals_desk.propose(unit, naestved, new)
        unit.commit()
    return made.proposal


def test_a_reply_and_a_note_that_are_corrected_at_once_are_both_kept(patient, naestved, firm):
    with patient.unit() as unit:
        seen = contacts_desk.record(unit, naestved, firm.id, NewContact(kind=ContactKind.CALL))
        unit.commit()
    which = (naestved, firm.id, seen.contact.id)
    both(
        patient,
        lambda unit: corrections.correct_reply(unit, *which, ContactReply.YES),
        lambda unit: corrections.correct_note(unit, *which, "Ring til Bodil"),
    )
    with patient.unit(read_only=True) as unit:
        kept = contacts.find(unit, naestved, seen.contact.id)
    assert (kept.reply, kept.note) == (ContactReply.YES, "Ring til Bodil")


def test_a_contact_that_is_come_back_to_while_its_note_is_corrected_stays_so(patient, naestved, firm):
    new = NewContact(kind=ContactKind.CALL, reply=ContactReply.YES, follow_up_on=None)
    with patient.unit() as unit:
        new = replace(new, follow_up_on=day_of(unit.at))
        seen = contacts_desk.record(unit, naestved, firm.id, new)
        unit.commit()
    which = (naestved, firm.id, seen.contact.id)
    both(
        patient,
        lambda unit: follow_ups.settle(unit, *which),
        lambda unit: corrections.correct_note(unit, *which, "Ring til Bodil"),
    )
    with patient.unit(read_only=True) as unit:
        kept = contacts.find(unit, naestved, seen.contact.id)
    assert kept.settled_at is not None
    assert kept.note == "Ring til Bodil"


def test_an_order_by_telephone_is_taken_down_while_a_colleague_speaks_with_the_employer(patient, naestved):
    with patient.unit() as unit:
        unasked = employers.add(unit, naestved, make_employer(naestved, contact_basis=None))
        unit.commit()
    kept = both(
        patient,
        lambda unit: contacts_desk.record(unit, naestved, unasked.id, NewContact(kind=ContactKind.VISIT)),
        lambda unit: orders_desk.register(
            unit, naestved, make_order(unasked, channel=IntakeChannel.PHONE, received_on=None)
        ),
        about="employer",
    )
    with patient.unit(read_only=True) as unit:
        assert job_orders.find(unit, naestved, kept.id) is not None
        assert employers.find(unit, naestved, unasked.id).may_be_contacted_first
        assert len(contacts.of_employer(unit, naestved, unasked.id)[0]) == 2


def test_a_citizen_is_not_able_now_while_a_colleague_writes_down_what_they_said(patient, naestved, suggested):
    kept = both(
        patient,
        lambda unit: told(unit, naestved, suggested.citizen_id),
        lambda unit: proposals_desk.record(
            unit, naestved, suggested.id, CameOf(state=ProposalState.NOT_ABLE_NOW)
        ),
        about="citizen",
    )
    with patient.unit(read_only=True) as unit:
        anna = citizens.find(unit, naestved, suggested.citizen_id)
    assert kept.proposal.state is ProposalState.NOT_ABLE_NOW
    assert anna.not_able_until is not None
    assert anna.needs.abilities == {Demand.DRIVING_LICENCE: Answer.NO}


def test_that_a_citizen_was_not_able_is_taken_back_while_a_colleague_writes_down_what_they_said(
    patient, naestved, suggested
):
    with patient.unit() as unit:
        proposals_desk.record(unit, naestved, suggested.id, CameOf(state=ProposalState.NOT_ABLE_NOW))
        unit.commit()
    both(
        patient,
        lambda unit: told(unit, naestved, suggested.citizen_id),
        lambda unit: taking_back.take_back(unit, naestved, suggested.id),
        about="citizen",
    )
    with patient.unit(read_only=True) as unit:
        anna = citizens.find(unit, naestved, suggested.citizen_id)
    assert anna.not_able_until is None
    assert anna.needs.abilities == {Demand.DRIVING_LICENCE: Answer.NO}


def test_a_day_that_is_given_back_while_a_contact_uses_it_up_is_not_there_to_give(patient, naestved, firm):
    with patient.unit() as unit:
        day = reservations.reserve(unit, naestved, firm.id)
        unit.commit()
    with pytest.raises(Missing):
        both(
            patient,
            lambda unit: contacts_desk.record(unit, naestved, firm.id, NewContact(kind=ContactKind.CALL)),
            lambda unit: reservations.give_back(unit, naestved, firm.id, day.id),
        )


def test_of_two_who_say_yes_to_the_last_place_at_once_one_gets_it(patient, naestved, suggested):
    with patient.unit() as unit:
        bent = citizens.add(unit, naestved, make_citizen(naestved, name="Bent Holm"))
        new = NewProposal(citizen_id=bent.id, order_id=suggested.order_id, started_from=StartedFrom.JOB_ORDER)
        other = proposals_desk.propose(unit, naestved, new).proposal
        assert job_orders.find(unit, naestved, suggested.order_id).places == 1
        unit.commit()
    yes = CameOf(state=ProposalState.ACCEPTED)
    with pytest.raises(NoPlaceLeft):
        both(
            patient,
            lambda unit: proposals_desk.record(unit, naestved, suggested.id, yes),
            lambda unit: proposals_desk.record(unit, naestved, other.id, yes),
        )
    with patient.unit(read_only=True) as unit:
        order = job_orders.find(unit, naestved, suggested.order_id)
        stand = [proposals.find(unit, naestved, one.id).state for one in (suggested, other)]
    assert (order.state, order.places) == (OrderState.FILLED, 0)
    assert stand == [ProposalState.ACCEPTED, ProposalState.PROPOSED]


def test_of_two_who_reserve_the_last_contact_of_an_employer_at_once_one_gets_it(patient, naestved, firm):
    with pytest.raises(ContactLimitReached):
        both(
            patient,
            lambda unit: reservations.reserve(unit, naestved, firm.id),
            lambda unit: reservations.reserve(unit, naestved, firm.id),
        )
    with patient.unit(read_only=True) as unit:
        assert len(reservations.of_employer(unit, naestved, firm.id)[0]) == 1


def test_of_two_who_stop_a_clock_at_once_the_second_is_told_so(patient, naestved, suggested):
    with pytest.raises(PausedAlready):
        both(
            patient,
            lambda unit: clocks.pause(unit, naestved, suggested.order_id, "Ferie"),
            lambda unit: clocks.pause(unit, naestved, suggested.order_id, "Lukket"),
        )
    with patient.unit(read_only=True) as unit:
        (kept,) = clock_pauses.of(unit, naestved, [suggested.order_id])[suggested.order_id]
    assert kept.reason == "Ferie"


@pytest.mark.parametrize("whose", ["employer", "job order"])
def test_two_answers_that_come_in_at_once_are_both_kept(patient, naestved, firm, suggested, whose):
    desk, id_ = (employers_desk, firm.id) if whose == "employer" else (orders_desk, suggested.order_id)
    both(
        patient,
        lambda unit: desk.answer(unit, naestved, id_, Demand.CROWDS, Answer.NO),
        lambda unit: desk.answer(unit, naestved, id_, Demand.NOISE, Answer.YES),
    )
    with patient.unit(read_only=True) as unit:
        answers = desk.read(unit, naestved, id_)
    found = answers.demands if whose == "employer" else answers.task.demands
    assert (found[Demand.CROWDS], found[Demand.NOISE]) == (Answer.NO, Answer.YES)


def told(unit: Unit, caller: Caller, citizen_id: str) -> CitizenRecord:
    """The citizen with one answer more."""
    before = citizens.find(unit, caller, citizen_id)
    return citizens_desk.answer(unit, caller, before, Demand.DRIVING_LICENCE, Answer.NO)
