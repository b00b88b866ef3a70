"""When two rows speak of the same workplace or the same job order."""

from collections.abc import Hashable

from api.domain.records import EmployerRecord, JobOrderRecord, Place
from geo.names import fold


def employer_key(employer: EmployerRecord) -> Hashable:
    """What tells a workplace: its P-number, else CVR number and address; without numbers name and address.

    Associations without a CVR number exist, several of them at one address.
    """
    name = "" if employer.cvr else fold(employer.name)
    return employer.p_number or (employer.cvr, name, address_key(employer.place))


def address_key(place: Place) -> tuple[str, str] | None:
    """What tells an address, however it is spelt; None when there is none. A postcode says the town."""
    road = fold(f"{place.street} {place.house_number}")
    where = place.postcode or fold(place.town)
    return (road, where) if road or where else None


def said_key(order: JobOrderRecord) -> Hashable:
    """What tells a job order without a number: whose it is, what was said and when it is to be done."""
    return order.employer_id, order.text, order.times_text, order.task.starts_on, order.task.ends_on
