"""`/api/v1/employers/{id}/contacts`, `/contact-reservations` and `/questions`.

Who has spoken with an employer, who may next, and what is still to be asked then.
"""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse

from api.casework import contact_corrections as corrections
from api.casework import contacts as desk
from api.casework import follow_ups, questions, reservations
from api.casework.contacts import ContactSeen
from api.routes.answers import Id, catalogues_of, once_shown, tagged
from api.routes.bodies import StrictRoute
from api.routes.cursors import Stretched
from api.routes.etags import IfTagSent, require_same
from api.routes.guards import ContactsRead, ContactsWrite
from api.routes.idempotency import CreatedOnce
from api.routes.language import language_of
from api.routes.units import ReadUnit, WriteUnit
from api.schemas.contacts import (
    ContactCreate,
    ContactHistory,
    ContactShown,
    Limit,
    NoteCorrected,
    ReplyCorrected,
    ReservationCreate,
    Reservations,
    ReservationShown,
)
from api.schemas.questions import StillToAskList
from api.store import employers

EMPLOYERS = "/api/v1/employers"
router = APIRouter(prefix=EMPLOYERS, tags=["contacts"], route_class=StrictRoute)


@router.get("/{employer_id}/contacts", operation_id="list_contacts")
def list_contacts(
    employer_id: Id, caller: ContactsRead, stretch: Stretched, unit: WriteUnit
) -> ContactHistory:
    """Every contact of all teams with the employer, the latest first, and when the next is possible."""
    found = desk.of_employer(unit, caller, employer_id, stretch.after_day, stretch.limit)
    return ContactHistory.of(found.items, stretch.next(found.next), found.state)


@router.post(
    "/{employer_id}/contacts", operation_id="record_contact", status_code=201, response_model=ContactShown
)
def record_contact(
    employer_id: Id, caller: ContactsWrite, body: ContactCreate, once: CreatedOnce, unit: WriteUnit
) -> Response:
    """Write a contact down; it uses up a reserved day, and every list of employers feels it."""

    def record() -> ContactShown:
        return ContactShown.of(desk.record(unit, caller, employer_id, body.to_contact()))

    def afresh(told: ContactShown) -> ContactShown:
        return ContactShown.of(desk.read(unit, caller, employer_id, told.id))

    return once_shown(once, unit, caller, record, afresh, ContactShown, f"{EMPLOYERS}/{employer_id}/contacts")


@router.get("/{employer_id}/contacts/{contact_id}", operation_id="read_contact")
def read_contact(
    employer_id: Id, contact_id: Id, caller: ContactsRead, unit: WriteUnit, response: Response
) -> ContactShown:
    """One contact with the employer."""
    return tagged(response, ContactShown.of(desk.read(unit, caller, employer_id, contact_id)))


class _Corrected:
    """One contact that is to be put right, as it was seen, and at most once for a key."""

    def __init__(
        self,
        employer_id: Id,
        contact_id: Id,
        caller: ContactsWrite,
        seen: IfTagSent,
        once: CreatedOnce,
        unit: WriteUnit,
    ) -> None:
        self.which = (unit, caller, employer_id, contact_id)
        self.seen, self.once = seen, once

    def require_seen(self) -> None:
        """Raise `Stale` where the contact is not as it was seen; nobody else changes it afterwards."""
        unit, caller, employer_id, _ = self.which
        employers.held(unit, caller, employer_id)
        require_same(unit, "contact", self.seen, self.read)

    def read(self, _: object = None) -> ContactShown:
        """The contact as it stands."""
        return ContactShown.of(desk.read(*self.which))

    def told(self, correct: Callable[[], ContactSeen]) -> Response:
        """What `correct` makes of it, or what was told for this key before."""
        unit, caller, *_ = self.which

        def make() -> ContactShown:
            self.require_seen()
            return ContactShown.of(correct())

        return once_shown(self.once, unit, caller, make, self.read, ContactShown)


Corrected = Annotated[_Corrected, Depends()]


@router.post(
    "/{employer_id}/contacts/{contact_id}/settled",
    operation_id="settle_follow_up",
    response_model=ContactShown,
)
def settle_follow_up(contact: Corrected) -> Response:
    """Say that somebody has come back to the contact; once more changes nothing."""
    return contact.told(lambda: follow_ups.settle(*contact.which))


@router.post(
    "/{employer_id}/contacts/{contact_id}/note",
    operation_id="correct_contact_note",
    response_model=ContactShown,
)
def correct_note(contact: Corrected, body: NoteCorrected) -> Response:
    """Put another note in the place of the contact's own; the old one is kept nowhere, "" takes it away."""
    return contact.told(lambda: corrections.correct_note(*contact.which, body.note))


@router.post(
    "/{employer_id}/contacts/{contact_id}/reply",
    operation_id="correct_contact_reply",
    response_model=ContactShown,
)
def correct_reply(contact: Corrected, body: ReplyCorrected) -> Response:
    """Write down what the employer said, or put it right; openness follows in the next list."""
    return contact.told(lambda: corrections.correct_reply(*contact.which, **body.model_dump()))


@router.post(
    "/{employer_id}/contacts/{contact_id}/taken-back", operation_id="take_back_contact", response_model=Limit
)
def take_back(contact: Corrected) -> Response:
    """Take back a contact that the caller wrote down by mistake today; answers how the limit stands."""
    unit, caller, *_ = contact.which

    def take() -> Response:
        contact.require_seen()
        limit = Limit.of(corrections.take_back(*contact.which))
        return JSONResponse(limit.model_dump(mode="json"))

    return contact.once.answer(unit, caller, take)


@router.get("/{employer_id}/questions", operation_id="list_employer_questions")
def list_questions(employer_id: Id, caller: ContactsRead, unit: ReadUnit, request: Request) -> StillToAskList:
    """What is still to be asked at the next contact, of the workplace and about its orders."""
    found = questions.of_employer(unit, caller, catalogues_of(request), employer_id)
    return StillToAskList.of(found, language_of(request.scope))


@router.get("/{employer_id}/contact-reservations", operation_id="list_contact_reservations")
def list_contact_reservations(
    employer_id: Id, caller: ContactsRead, stretch: Stretched, unit: ReadUnit
) -> Reservations:
    """The days reserved for contacts with the employer, in order, and when the next is possible."""
    found, next_key, state = reservations.of_employer(
        unit, caller, employer_id, stretch.after_day, stretch.limit
    )
    return Reservations.of(found, stretch.next(next_key), state)


@router.post(
    "/{employer_id}/contact-reservations",
    operation_id="reserve_contact",
    status_code=201,
    response_model=ReservationShown,
)
def reserve_contact(
    employer_id: Id, caller: ContactsWrite, body: ReservationCreate, once: CreatedOnce, unit: WriteUnit
) -> Response:
    """Keep a day for a contact; beyond the limit only with a reason, else 409 with `next_free_on`."""

    def reserve() -> Response:
        kept = reservations.reserve(unit, caller, employer_id, body.on, body.reason)
        return JSONResponse(ReservationShown.of(kept).model_dump(mode="json"), 201)

    return once.answer(unit, caller, reserve)


@router.delete(
    "/{employer_id}/contact-reservations/{reservation_id}", operation_id="give_back_contact_reservation"
)
def give_back_contact_reservation(
    employer_id: Id, reservation_id: Id, caller: ContactsWrite, unit: WriteUnit
) -> Limit:
    """Free a reserved day; answers when the next contact is possible now."""
    return Limit.of(reservations.give_back(unit, caller, employer_id, reservation_id))
