"""Marks in what is noted down at the desk, beside those of the records: each in a text field of its own.

One order of the municipality is worked on by its consultant, so that no field stays empty.
"""

from dataclasses import replace

from api.casework import contacts, employers, proposals, reservations, silence
from api.casework.clocks import pause
from api.casework.contacts import NewContact
from api.casework.proposals import CameOf, NewProposal
from api.domain.caller import Caller, Role
from api.domain.contacts import ContactKind
from api.domain.moves import ProposalState
from api.domain.proposals import StartedFrom
from api.domain.records import ChainLink, JobOrderRecord, Through
from api.examples.canaries import Canary
from api.examples.municipality import ExampleMunicipality
from api.store import Unit, citizens, job_orders

DESK_FIELDS = (
    "citizen.chain",
    "proposal.note",
    "proposal_move.note",
    "job_order_move.note",
    "clock_pause.reason",
    "employer_contact.note",
    "contact_reservation.reason",
)
"""The fields that carry a mark, each under the id of the citizen, order or employer that it belongs to."""


def mark_desk(unit: Unit, caller: Caller, example: ExampleMunicipality, canary: Canary) -> None:
    """Suggest the first order that is open to the first citizen who is ready, both in the consultant's hands.

    Without either, nothing is marked.
    """
    mine = {citizen_id for citizen_id, role in example.assignments if role is Role.CONSULTANT}
    ready = (one for one in example.citizens if one.id in mine and one.ready and not one.not_able_until)
    asked = (one for one in example.job_orders if one.state in job_orders.RANKED and one.places)
    order, citizen = next(asked, None), next(ready, None)
    if order is None or citizen is None:
        return
    chain = (ChainLink(through=Through.OTHER, name=canary("citizen.chain", citizen.id)),)
    citizens.replace(unit, caller, replace(citizen, chain=chain), citizen.version)
    _mark_proposal(unit, caller, order.id, citizen.id, canary)
    _mark_order(unit, caller, order, canary)


def _mark_proposal(unit: Unit, caller: Caller, order_id: str, citizen_id: str, canary: Canary) -> None:
    new = NewProposal(
        citizen_id=citizen_id,
        order_id=order_id,
        started_from=StartedFrom.JOB_ORDER,
        note=canary("proposal.note", order_id),
    )
    made = proposals.propose(unit, caller, new)
    note = canary("proposal_move.note", order_id)
    proposals.record(unit, caller, made.proposal.id, CameOf(state=ProposalState.CONTACTED, note=note))


def _mark_order(unit: Unit, caller: Caller, order: JobOrderRecord, canary: Canary) -> None:
    silence.still_wanted(unit, caller, order.id, canary("job_order_move.note", order.id))
    pause(unit, caller, order.id, canary("clock_pause.reason", order.id))
    employer_id = order.employer_id
    note = canary("employer_contact.note", employer_id)
    contacts.record(unit, caller, employer_id, NewContact(kind=ContactKind.CALL, note=note))
    employer = employers.read(unit, caller, employer_id)
    if not employer.may_be_contacted_first:
        employers.note_inbound_order(unit, caller, employer, employer.contact_basis_note)
    reservations.reserve(unit, caller, employer_id, reason=canary("contact_reservation.reason", employer_id))
