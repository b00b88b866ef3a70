"""The call that somebody makes from a call sheet, written down in one press and once.

It is about the employer's task and names no citizen: nobody is spoken of before they have said yes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from api.access.scopes import Scope, may
from api.casework import contact_corrections as corrections
from api.casework import contacts as desk
from api.casework.contacts import ContactSeen, NewContact
from api.domain.caller import Caller
from api.domain.contacts import ContactAbout, ContactKind, ContactReply, EmployerContact
from api.domain.working_days import day_of
from api.store import Unit, contacts, employers


@dataclass(frozen=True, kw_only=True)
class Call:
    """A call of today: about which order, what the employer said, and when to come back to it.

    Without a day, who did not answer is rung again on the next working day.
    """

    order_id: str
    reply: ContactReply = ContactReply.UNKNOWN
    follow_up_on: date | None = None


def write_down(unit: Unit, caller: Caller, employer_id: str, call: Call) -> ContactSeen:
    """Keep the caller's call of today about an order; a second press puts right what was said.

    Raises as `contacts.record`.
    """
    employers.held(unit, caller, employer_id)
    new = desk.with_next_try(
        unit,
        caller,
        NewContact(
            kind=ContactKind.CALL,
            about=ContactAbout.JOB_ORDER,
            order_id=call.order_id,
            reply=call.reply,
            follow_up_on=call.follow_up_on,
        ),
    )
    made = contacts.calls_on(unit, caller, day_of(unit.at), [employer_id])
    before = next((one for one in made if one.order_id == call.order_id), None)
    if before:
        return corrections.correct_reply(unit, caller, employer_id, before.id, new.reply, new.follow_up_on)
    return desk.record(unit, caller, employer_id, new)


def of_today(
    unit: Unit, caller: Caller, employer_ids: Iterable[str]
) -> Mapping[str, tuple[EmployerContact, ...]]:
    """The caller's calls of today about orders, by employer; none for who does not see contacts."""
    if not may(caller, Scope.CONTACTS_READ):
        return {}
    found: dict[str, tuple[EmployerContact, ...]] = {}
    for one in contacts.calls_on(unit, caller, day_of(unit.at), employer_ids):
        found[one.employer_id] = (*found.get(one.employer_id, ()), one)
    return found
