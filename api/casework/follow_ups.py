"""Contacts that somebody has to come back to: told in the day's list, done, and put back there."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from api.access import audit
from api.access.scopes import Scope, may
from api.casework import contacts as desk
from api.casework.contacts import ContactSeen
from api.domain.caller import Caller
from api.domain.contacts import Rest, WhyResting
from api.store import Unit, contact_days, contacts, employers


@dataclass(frozen=True, kw_only=True)
class ToComeBackTo:
    """A contact that was, and until when the employer is left alone otherwise; None when today will do.

    `promised` says that only the limit rests: a day that was agreed is kept all the same (decision 74).
    """

    seen: ContactSeen
    rests_until: date | None
    promised: bool = False


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """A contact that somebody has to come back to, or has, with the employer's name."""

    seen: ContactSeen
    employer_name: str


def to_come_back_to(unit: Unit, caller: Caller, contact_ids: Collection[str]) -> Mapping[str, ToComeBackTo]:
    """Those of the ids that are there, by id; empty for who reads no contacts.

    An audit row for each citizen whom one names.
    """
    if not contact_ids or not may(caller, Scope.CONTACTS_READ):
        return {}
    seen = desk.listed(unit, caller, contacts.some(unit, caller, contact_ids), "follow_up_listed")
    rests = _rests(unit, caller, {one.contact.employer_id for one in seen})
    return {one.contact.id: _to_come_back_to(one, rests.get(one.contact.employer_id)) for one in seen}


def of(unit: Unit, caller: Caller, contact_id: str) -> FollowUp | None:
    """A contact with the name of its employer; None when it is not there for the caller."""
    contact = contacts.find(unit, caller, contact_id) if may(caller, Scope.CONTACTS_WRITE) else None
    if contact is None:
        return None
    employer = employers.find(unit, caller, contact.employer_id)
    seen = desk.listed(unit, caller, [contact], "contact_read")[0]
    return FollowUp(seen=seen, employer_name=employer.name if employer else "")


def settle(unit: Unit, caller: Caller, employer_id: str, contact_id: str) -> ContactSeen:
    """Say that a contact has been come back to; one that was already stays as it is. Raises `Missing`."""
    return _moved(unit, caller, employer_id, contact_id, contacts.settle, "follow_up_settled")


def reopen(unit: Unit, caller: Caller, employer_id: str, contact_id: str) -> ContactSeen:
    """Put a contact back among those to come back to; one that is there stays as it is. Raises `Missing`."""
    return _moved(unit, caller, employer_id, contact_id, contacts.reopen, "follow_up_reopened")


def _moved(
    unit: Unit,
    caller: Caller,
    employer_id: str,
    contact_id: str,
    move: Callable[[Unit, Caller, str], bool],
    action: str,
) -> ContactSeen:
    # what is written of a contact is written by one at a time
    employers.held(unit, caller, employer_id)
    citizen_id = desk.found(unit, caller, employer_id, contact_id).citizen_id
    if move(unit, caller, contact_id):
        details = {"contact": contact_id}
        audit.record(unit, caller, action, citizen_id=citizen_id, subject=employer_id, details=details)
    return desk.read(unit, caller, employer_id, contact_id)


def _to_come_back_to(seen: ContactSeen, rest: Rest | None) -> ToComeBackTo:
    promised = rest is not None and rest.why is WhyResting.CONTACT_LIMIT
    return ToComeBackTo(seen=seen, rests_until=rest.until if rest else None, promised=promised)


def _rests(unit: Unit, caller: Caller, employer_ids: Collection[str]) -> Mapping[str, Rest]:
    known = employers.some(unit, caller, employer_ids)
    last_contacts = {id_: one.last_contact_on for id_, one in known.items()}
    return desk.rests_of(unit, caller, contact_days.of(unit, caller.municipality, known), last_contacts)
