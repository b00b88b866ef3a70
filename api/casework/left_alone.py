"""Job orders whose employer has asked to be left alone until a day: told wherever one could be suggested.

The rest is a warning and stops no pair: a citizen can be asked meanwhile, and the employer is rung from that
day on. What is asked of the employer waits for that day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from api.access.scopes import Scope, may
from api.casework.refusals import STANDING
from api.casework.users import names_of
from api.domain.caller import Caller
from api.domain.contacts import EmployerContact
from api.domain.records import JobOrderRecord
from api.domain.working_days import day_of
from api.store import Unit, contacts, job_orders


@dataclass(frozen=True, kw_only=True)
class LeftAlone:
    """The contact in which an employer said "not now", who wrote it down, and the day that it gave."""

    contact: EmployerContact
    by: str
    until: date


def of_orders(
    unit: Unit, caller: Caller, order_ids: Iterable[str], on: date | None = None
) -> Mapping[str, LeftAlone]:
    """Those of the job orders whose employer is to be left alone on a day, today without one.

    An order that came in, or was heard to be wanted, on a later day than the contact is the employer's own
    wish and left out. None for who does not see contacts; what was said of a citizen counts for nothing.
    """
    if not may(caller, Scope.CONTACTS_READ):
        return {}
    orders = job_orders.some(unit, caller, order_ids)
    firms = {one.employer_id for one in orders.values()}
    said = contacts.not_now(unit, caller, firms, on or day_of(unit.at))
    names = names_of(unit, caller, {one.by for one in said.values()})
    return {
        id_: LeftAlone(contact=contact, by=names.get(contact.by, ""), until=contact.follow_up_on)
        for id_, order in orders.items()
        if (contact := said.get(order.employer_id)) and contact.follow_up_on and _rests(order, contact)
    }


def _rests(order: JobOrderRecord, contact: EmployerContact) -> bool:
    wished = (day for day in (order.received_on, order.heard_on) if day)
    return order.state in STANDING and not order.is_withdrawn and all(day <= contact.on for day in wished)
