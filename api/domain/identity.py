"""When two rows speak of the same workplace or the same job order."""

from collections.abc import Hashable

from api.domain.records import EmployerRecord, JobOrderRecord
from geo.names import fold


def employer_key(employer: EmployerRecord) -> Hashable:
    """What tells a workplace: its P-number, else CVR number and address."""
    if employer.p_number:
        return employer.p_number
    place = employer.place
    return employer.cvr, place.postcode, fold(f"{place.street} {place.house_number}"), fold(place.town)


def order_key(order: JobOrderRecord) -> Hashable:
    """What tells a job order of an employer: its number where it came from, else what was said and when."""
    if order.reference:
        return order.reference
    return order.employer_id, order.text, order.times_text, order.task.starts_on, order.task.ends_on
