"""Putting right what was written down of a contact: its note, what the employer said, or that it was at all.

A contact has no versions: what takes the place of something leaves nothing of it but that it was done.
"""

from dataclasses import replace
from datetime import date, timedelta

from api.access import audit
from api.casework import citizens as citizens_desk
from api.casework.contacts import ContactSeen, LimitState, found, read, state_of, use_up
from api.casework.errors import NothingToTakeBack
from api.domain.caller import Caller
from api.domain.civil_numbers import refuse_civil_numbers
from api.domain.contacts import ContactDays, ContactReply, EmployerContact, Reservation, require_follow_up
from api.domain.plausible_days import require_not_far_off
from api.domain.records import EmployerRecord
from api.domain.working_days import day_of
from api.store import Unit, contact_days, contacts, employers, idempotency, reservations
from geo.errors import N_


def correct_note(unit: Unit, caller: Caller, employer_id: str, contact_id: str, note: str) -> ContactSeen:
    """Put another note in the place of a contact's own, which is kept nowhere any more; "" takes it away.

    That it was done stays in the log, without either text. Raises `Missing`, `NotYourWork` for a contact
    about a citizen who is not open to the caller, and `Refused` for a civil registration number.
    """
    refuse_civil_numbers({"note": note})
    before = _held(unit, caller, employer_id, contact_id, "contact_note_corrected")
    contacts.put_note(unit, caller, before, note)
    # an answer that is kept for a day would still tell what was taken away
    idempotency.forget_about(unit, caller.municipality, contact_id)
    _write_down(unit, caller, before, "contact_note_corrected", removed=not note)
    return read(unit, caller, employer_id, contact_id)


def correct_reply(
    unit: Unit,
    caller: Caller,
    employer_id: str,
    contact_id: str,
    reply: ContactReply,
    follow_up_on: date | None = None,
) -> ContactSeen:
    """Put what the employer said, and when to come back to it, in the place of what was written down.

    Without a day nobody has to come back. A yes or a no about new work counts from the day of the contact,
    and whether anybody was reached decides whether the contact counts against the limit.
    Raises as `correct_note` does, and `Refused` for a day that does not go with it.
    """
    before = _held(unit, caller, employer_id, contact_id, "contact_reply_corrected")
    require_follow_up(before.on, reply, follow_up_on)
    require_not_far_off("follow_up_on", follow_up_on, day_of(unit.at))
    settled_at = before.settled_at if follow_up_on == before.follow_up_on else None
    after = replace(before, reply=reply, follow_up_on=follow_up_on, settled_at=settled_at)
    contacts.put_reply(unit, caller, after)
    if before.counts != after.counts:
        _recount(unit, caller, after)
    _write_down(unit, caller, before, "contact_reply_corrected", before=str(before.reply), after=str(reply))
    return read(unit, caller, employer_id, contact_id)


def may_be_taken_back(unit: Unit, caller: Caller, contact: EmployerContact) -> bool:
    """Whether the caller wrote the contact down on this very day, and can still take it back."""
    return bool(caller.user_id) and contact.by == caller.user_id and day_of(contact.at) == day_of(unit.at)


def take_back(unit: Unit, caller: Caller, employer_id: str, contact_id: str) -> LimitState:
    """Take back a contact that was written down by mistake; answers how far the limit is used up without it.

    The log alone says that it was there. A day that it used up is reserved again, unless somebody else has
    got the contact since. Raises `Missing`, and `NothingToTakeBack` for what somebody else has written down,
    or was on an earlier day.
    """
    employer = employers.held(unit, caller, employer_id)
    contact = found(unit, caller, employer_id, contact_id)
    if not may_be_taken_back(unit, caller, contact):
        problem = N_("A contact is taken back by who wrote it down, on the same day.")
        raise NothingToTakeBack(problem, N_("Correct its note instead."))
    reserved = reservations.used_up_by(unit, caller, contact)
    contacts.remove(unit, caller, contact)
    # an answer that is kept for a day would still tell of it
    idempotency.forget_about(unit, caller.municipality, contact_id)
    last = _last_without(unit, caller, employer, contact)
    if last != employer.last_contact_on:
        employer = employers.replace(unit, caller, replace(employer, last_contact_on=last), employer.version)
    told = {"kind": str(contact.kind)}
    if reserved and _is_free_for(unit, caller, employer, reserved):
        reservations.add(unit, caller, reserved)
        told["reservation"] = reserved.id
    _write_down(unit, caller, contact, "contact_taken_back", **told)
    return state_of(unit, caller, employer)


def _held(unit: Unit, caller: Caller, employer_id: str, contact_id: str, action: str) -> EmployerContact:
    """A contact that the caller may put right; with its employer, it is written to by one at a time."""
    employers.held(unit, caller, employer_id)
    contact = found(unit, caller, employer_id, contact_id)
    if contact.citizen_id is not None:
        citizens_desk.opened_and_held(unit, caller, contact.citizen_id, action)
    return contact


def _write_down(unit: Unit, caller: Caller, contact: EmployerContact, action: str, **told: object) -> None:
    details = {"contact": contact.id, **told}
    audit.record(
        unit, caller, action, citizen_id=contact.citizen_id, subject=contact.employer_id, details=details
    )


def _is_free_for(unit: Unit, caller: Caller, employer: EmployerRecord, reserved: Reservation) -> bool:
    """Whether a day keeps to the limit as it stands now, or was reserved beyond it for a reason."""
    free = state_of(unit, caller, employer, reserved.on).next_free_on
    return bool(reserved.reason.strip()) or free == reserved.on


def _recount(unit: Unit, caller: Caller, contact: EmployerContact) -> None:
    """Let the employer's last contact follow one that counts anew, or no more, and use a reserved day up.

    A day that it has used up stays used up.
    """
    employer = employers.held(unit, caller, contact.employer_id)
    if contact.counts:
        use_up(unit, caller, contact, None)
        last: date | None = max(contact.on, employer.last_contact_on or contact.on)
    else:
        last = _last_without(unit, caller, employer, contact)
    if last != employer.last_contact_on:
        employers.replace(unit, caller, replace(employer, last_contact_on=last), employer.version)


def _last_without(
    unit: Unit, caller: Caller, employer: EmployerRecord, contact: EmployerContact
) -> date | None:
    """The last contact without one that counts no more: as it was known before it, or another's day."""
    if contact.by_employer or employer.last_contact_on != contact.on:
        return employer.last_contact_on
    before, *_ = employers.since(unit, caller, employer.id, contact.at - timedelta(microseconds=1))
    others = contact_days.of(unit, caller.municipality, [employer.id]).get(employer.id, ContactDays())
    return max((day for day in (before.last_contact_on, *others.contacted) if day), default=None)
