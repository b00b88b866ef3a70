"""An order out of its row of columns, quickly.

What columns hold was checked when it went in, so it is not checked again: a list of twenty places reads some
dozens of orders, and checking them anew costs more than everything that is said of them.
"""

from datetime import date, timedelta
from functools import lru_cache

from geo import Point
from matching.columns import BIT, NO_END, NO_START, PRECISIONS_BY_NUMBER, SETTINGS_BY_NUMBER, Columns, known
from matching.orders import JobOrder
from matching.vocabulary import Answer, Demand, Support

_EPOCH = date(1970, 1, 1)
NAMELESS = "-"
"""The id of an order out of columns, which know of none."""


def order_in(columns: Columns, row: int) -> JobOrder:
    """The order of a row, without its id, employer and title."""
    # `item` gives a number of Python's own, in half the time of an index
    lat, lon = known(columns.lat.item(row)), known(columns.lon.item(row))
    order = object.__new__(JobOrder)
    # filled directly, since the constructor would check every code and number again
    order.__dict__.update(
        id=NAMELESS,
        employer_id="",
        title="",
        place=None if lat is None or lon is None else Point(lat, lon),
        precision=PRECISIONS_BY_NUMBER[columns.precision.item(row)],
        activities=dict(columns.mixes.entries[columns.mix.item(row)]),
        setting=SETTINGS_BY_NUMBER[columns.setting.item(row)],
        demands=dict(_answers(Demand, columns.demand_yes.item(row), columns.demand_no.item(row))),
        supports=dict(_answers(Support, columns.support_yes.item(row), columns.support_no.item(row))),
        hours_per_week=known(columns.hours.item(row)),
        pay_dkk_per_hour=known(columns.pay.item(row)),
        times=columns.timetables.entries[columns.timetable.item(row)],
        places=columns.places.item(row),
        open_proposals=columns.open_proposals.item(row),
        employer_yes=columns.employer_yes.item(row),
        employer_no=columns.employer_no.item(row),
        starts_on=_day(columns.starts.item(row)),
        ends_on=_day(columns.ends.item(row)),
    )
    return order


_BITS = {kind: tuple((code, BIT[code]) for code in kind) for kind in (Demand, Support)}


@lru_cache(maxsize=4096)
def _answers(kind: type[Demand | Support], yes: int, no: int) -> tuple[tuple[Demand | Support, Answer], ...]:
    """The answers behind two columns of bits; employers answer alike, so that few combinations occur."""
    said = [(code, Answer.YES) for code, bit in _BITS[kind] if yes & bit]
    return (*said, *((code, Answer.NO) for code, bit in _BITS[kind] if no & bit))


def _day(number: int) -> date | None:
    return None if number in (NO_START, NO_END) else _EPOCH + timedelta(days=number)
