"""How much of what was ever written down about an employer stands on its page at once."""

from datetime import date

from api.domain.caller import Caller
from api.domain.contacts import EmployerContact
from api.domain.records import JobOrderRecord
from api.pages.part_by_weight import Part, first_part, part_at, weight_of
from api.store import Unit, contacts, job_orders

LATEST = 20
"""Contacts that are shown at once, as far as they fit."""

HEAVIEST_CONTACTS, CONTACT = 24_000, 2_700
"""Bytes of contacts that the page holds, and those of one beside what was said in it."""

HEAVIEST_ORDERS, ORDER = 14_000, 330
"""Bytes of job orders that the page holds, and those of one beside its title."""


def fitting_contacts(unit: Unit, caller: Caller, employer_id: str, after: tuple[date, str] | None) -> int:
    """How many contacts after that one fit, and 1 at least.

    They are weighed before a look at whom they name is written down: who is not shown was not looked at.
    """
    coming, _ = contacts.of_employer(unit, caller, employer_id, after, LATEST)
    return max(len(first_part(coming, _weight_of_contact, HEAVIEST_CONTACTS)), 1)


def orders_of(unit: Unit, caller: Caller, employer_id: str, number: int, wanted: str) -> Part[JobOrderRecord]:
    """The part of that number of its job orders, the latest first; the one that holds `wanted`, if any."""
    latest = job_orders.of_employer(unit, caller, employer_id)[::-1]
    found = part_at(latest, _weight_of_order, HEAVIEST_ORDERS, number)
    if wanted not in {one.id for one in latest}:
        return found
    parts = (part_at(latest, _weight_of_order, HEAVIEST_ORDERS, at + 1) for at in range(found.of))
    return next(part for part in parts if wanted in {one.id for one in part.rows})


def _weight_of_contact(one: EmployerContact) -> int:
    # what was said stands there to be read, and in the form that corrects it
    return CONTACT + 2 * weight_of(one.note)


def _weight_of_order(one: JobOrderRecord) -> int:
    # a title stands in the list, and among the orders that a contact can be about
    return ORDER + 2 * weight_of(one.title)
