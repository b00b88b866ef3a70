"""An order out of its row of columns, quickly.

What columns hold was checked when it went in, so it is not checked again: a list of twenty places reads some
dozens of orders, and checking them anew costs more than everything that is said of them.
"""

from datetime import date, timedelta
from functools import lru_cache

from geo import Point
from matching.columns import BIT, NO_END, NO_START, PRECISIONS, SETTINGS, Columns
from matching.orders import JobOrder
from matching.vocabulary import Answer, Demand, Support

_EPOCH = date(1970, 1, 1)


def order_in(columns: Columns, row: int) -> JobOrder:
    """The order of a row, without its id, employer and title."""
    lat, lon = _known(columns.lat[row]), _known(columns.lon[row])
    order = object.__new__(JobOrder)
    # filled directly, since the constructor would check every code and number again
    order.__dict__.update(
        id="",
        employer_id="",
        title="",
        place=None if lat is None or lon is None else Point(lat, lon),
        precision=PRECISIONS[columns.precision[row]],
        activities=dict(columns.mixes.entries[columns.mix[row]]),
        setting=SETTINGS[columns.setting[row]],
        demands=dict(_answers(Demand, int(columns.demand_yes[row]), int(columns.demand_no[row]))),
        supports=dict(_answers(Support, int(columns.support_yes[row]), int(columns.support_no[row]))),
        hours_per_week=_known(columns.hours[row]),
        pay_dkk_per_hour=_known(columns.pay[row]),
        times=columns.timetables.entries[columns.timetable[row]],
        places=int(columns.places[row]),
        open_proposals=int(columns.open_proposals[row]),
        employer_yes=float(columns.employer_yes[row]),
        employer_no=float(columns.employer_no[row]),
        starts_on=_day(int(columns.starts[row])),
        ends_on=_day(int(columns.ends[row])),
    )
    return order


_BITS = {kind: tuple((code, BIT[code]) for code in kind) for kind in (Demand, Support)}


@lru_cache(maxsize=4096)
def _answers(kind: type[Demand | Support], yes: int, no: int) -> tuple[tuple[Demand | Support, Answer], ...]:
    """The answers behind two columns of bits; employers answer alike, so that few combinations occur."""
    said = [(code, Answer.YES) for code, bit in _BITS[kind] if yes & bit]
    return (*said, *((code, Answer.NO) for code, bit in _BITS[kind] if no & bit))


def _known(value: float) -> float | None:
    number = float(value)
    return None if number != number else number


def _day(number: int) -> date | None:
    return None if number in (NO_START, NO_END) else _EPOCH + timedelta(days=number)
