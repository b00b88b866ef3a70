"""When a job order was last heard of, so that it is asked about and never dropped silently.

Every answer, every suggestion and what came of it is a change of the order, and a contact with the employer
may have been about it. What was taken in from a list was heard of on the day that the list says, else on the
day it was taken in.
"""

from datetime import date

from api.domain.records import JobOrderRecord
from api.domain.working_days import day_of


def heard_last(order: JobOrderRecord, spoken_on: date | None = None) -> date:
    """The last day on which anything was heard; `spoken_on` is the last contact about the order.

    Raises `ValueError` for an order that was never kept.
    """
    if order.updated_at is None:
        raise ValueError("an order that is kept has the moment of its last change")
    told = {order.received_on, order.heard_on, spoken_on} - {None}
    # the first version is what was told then, however late it was taken in
    if order.version > 1 or not told:
        told.add(day_of(order.updated_at))
    return max(day for day in told if day is not None)
