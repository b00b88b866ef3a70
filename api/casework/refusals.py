"""Job orders to which their employer has said no: shown with what was said, and never closed by themselves.

A no that somebody wrote down of a contact about an order stands until the employer says something else about
it, or is heard to want it still. Whoever looks after the order closes it, or sends it back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from api.access.scopes import Scope, may
from api.casework.users import names_of
from api.domain.caller import Caller
from api.domain.contacts import EmployerContact
from api.domain.records import JobOrderRecord, OrderState
from api.store import Unit, contacts, job_orders

STANDING = (OrderState.RECEIVED, OrderState.OPEN, OrderState.FILLED, OrderState.RETURNED)
"""The states in which a no has still to be acted on, unless the order is withdrawn already."""


@dataclass(frozen=True, kw_only=True)
class OrderRefused:
    """The contact in which an employer said no to an order, who wrote it down, and the order as it stands."""

    contact: EmployerContact
    by: str
    order: JobOrderRecord


def of_orders(unit: Unit, caller: Caller, order_ids: Iterable[str]) -> Mapping[str, OrderRefused]:
    """Those of the job orders to which their employer has said no; none for who does not see contacts.

    What was said of a contact that names a citizen is told of that citizen, and left out.
    """
    return _standing(unit, caller, set(order_ids))


def of_everybody(unit: Unit, caller: Caller) -> Mapping[str, OrderRefused]:
    """The same of all the municipality's job orders."""
    return _standing(unit, caller, None)


def _standing(unit: Unit, caller: Caller, order_ids: set[str] | None) -> Mapping[str, OrderRefused]:
    if not may(caller, Scope.CONTACTS_READ):
        return {}
    said = contacts.refusals(unit, caller, order_ids)
    orders = job_orders.some(unit, caller, said)
    found = {id_: contact for id_, contact in said.items() if _stands(orders[id_], contact)}
    names = names_of(unit, caller, {one.by for one in found.values()})
    return {
        id_: OrderRefused(contact=contact, by=names.get(contact.by, ""), order=orders[id_])
        for id_, contact in found.items()
    }


def _stands(order: JobOrderRecord, contact: EmployerContact) -> bool:
    heard_since = order.heard_on is not None and order.heard_on > contact.on
    return order.state in STANDING and not order.is_withdrawn and not heard_since
