"""A citizen is erased while a colleague writes about them: in either order nothing of them is left."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from api.casework import assignments as assignments_desk
from api.casework import citizens as citizens_desk
from api.casework import contact_corrections as corrections
from api.casework import contacts as contacts_desk
from api.casework import proposals as proposals_desk
from api.casework.contacts import NewContact
from api.casework.erasure import erase
from api.casework.proposals import CameOf, NewProposal
from api.domain.caller import Caller
from api.domain.contacts import ContactKind
from api.domain.moves import ProposalState
from api.domain.proposals import StartedFrom
from api.domain.records import CitizenRecord, EmployerRecord, JobOrderRecord
from api.store import Store, Unit, assignments, citizens, contacts, employers, idempotency, job_orders
from api.store.errors import Missing
from api.store.idempotency import GivenAnswer
from matching.vocabulary import Answer, Demand
from tests.api.casework.test_erasure import LOGS, where
from tests.api.casework.test_together import both
from tests.api.makers import make_citizen, make_employer, make_order

NAME = "Anna Marie Holm"
Work = Callable[[Unit], Any]


@dataclass(frozen=True)
class World:
    """A citizen of the consultant's, whom a contact is about, and who is suggested for the first order."""

    caller: Caller
    anna: CitizenRecord
    employer: EmployerRecord
    orders: tuple[JobOrderRecord, JobOrderRecord]
    proposal_id: str
    contact_id: str

    def suggested(self, unit: Unit) -> None:
        """For the other order."""
        new = NewProposal(
            citizen_id=self.anna.id, order_id=self.orders[1].id, started_from=StartedFrom.CITIZEN, note=NAME
        )
        proposals_desk.propose(unit, self.caller, new)

    def moved(self, unit: Unit) -> None:
        """The suggestion that is there already."""
        came = CameOf(state=ProposalState.NOT_ABLE_NOW, note=NAME)
        proposals_desk.record(unit, self.caller, self.proposal_id, came)

    def contacted(self, unit: Unit) -> None:
        """The employer, about her."""
        new = NewContact(kind=ContactKind.CALL, citizen_id=self.anna.id, note=NAME)
        contacts_desk.record(unit, self.caller, self.employer.id, new)

    def corrected(self, unit: Unit) -> None:
        """The note of the contact that is there already."""
        corrections.correct_note(unit, self.caller, self.employer.id, self.contact_id, NAME)

    def answered(self, unit: Unit) -> None:
        """A question about her."""
        now = citizens_desk.opened(unit, self.caller, self.anna.id, "citizen_changed")
        citizens_desk.answer(unit, self.caller, now, Demand.DRIVING_LICENCE, Answer.NO)

    def assigned(self, unit: Unit) -> None:
        """To the consultant once more, after it was ended."""
        assignments_desk.assign(unit, self.caller, self.anna.id, None)

    def access_asked(self, unit: Unit) -> None:
        """With a reason that names her."""
        citizens_desk.ask_access(unit, self.caller, self.anna.id, NAME)

    def named_in_an_answer(self, unit: Unit) -> None:
        """To a request with a key, which is kept."""
        idempotency.find(unit, self.caller, "k-1")
        told = citizens.find(unit, self.caller, self.anna.id)
        body = f'{{"id": "{told.id}", "name": "{told.name}"}}' if told else "{}"
        idempotency.keep(unit, self.caller, "k-1", GivenAnswer(request_hash="0", status=200, body=body))


@pytest.fixture
def world(patient: Store, naestved: Caller) -> World:
    with patient.unit() as unit:
        anna = citizens.add(unit, naestved, make_citizen(naestved, name=NAME))
        assignments.assign(unit, naestved, anna.id, naestved.user_id)
        employer = employers.add(unit, naestved, make_employer(naestved, last_contact_on=None))
        first, second = (job_orders.add(unit, naestved, make_order(employer, places=2)) for _ in range(2))
        new = NewProposal(citizen_id=anna.id, order_id=first.id, started_from=StartedFrom.CITIZEN)
        made = proposals_desk.propose(unit, naestved, new)
        said = NewContact(kind=ContactKind.CALL, citizen_id=anna.id, note=NAME)
        contact = contacts_desk.record(unit, naestved, employer.id, said).contact
        unit.commit()
    return World(naestved, anna, employer, (first, second), made.proposal.id, contact.id)


WRITES = [
    World.suggested,
    World.moved,
    World.contacted,
    World.corrected,
    World.answered,
    World.assigned,
    World.access_asked,
    World.named_in_an_answer,
]
TOO_LATE = [one for one in WRITES if one not in (World.corrected, World.named_in_an_answer)]
"""What is refused once the citizen is gone. A contact stays as one about nobody, and may have a note."""


def nothing_is_left(store: Store, world: World) -> None:
    assert where(store, world.anna.id) <= LOGS
    with store.unit(read_only=True) as unit:
        assert citizens.find(unit, world.caller, world.anna.id) is None
        told, _ = contacts.of_employer(unit, world.caller, world.employer.id)
        assert [(one.citizen_id, one.note) for one in told] == [(None, "")] * len(told)
        for order in world.orders:
            assert job_orders.find(unit, world.caller, order.id).open_proposals == 0
        assert NAME not in str(idempotency.find(unit, world.caller, "k-1"))


@pytest.mark.parametrize("write", WRITES, ids=lambda one: one.__name__)
def test_who_is_erased_while_a_colleague_is_writing_takes_that_along(patient, world, write):
    both(
        patient,
        lambda unit: write(world, unit),
        lambda unit: erase(unit, world.caller, world.anna.id),
    )
    nothing_is_left(patient, world)


@pytest.mark.parametrize("write", TOO_LATE, ids=lambda one: one.__name__)
def test_what_a_colleague_writes_while_a_citizen_is_erased_is_not_kept(patient, world, write):
    with pytest.raises(Missing):
        both(
            patient,
            lambda unit: erase(unit, world.caller, world.anna.id),
            lambda unit: write(world, unit),
        )
    nothing_is_left(patient, world)


def test_an_answer_that_is_given_while_a_citizen_is_erased_does_not_name_them(patient, world):
    both(
        patient,
        lambda unit: erase(unit, world.caller, world.anna.id),
        lambda unit: world.named_in_an_answer(unit),
    )
    nothing_is_left(patient, world)
