"""What the rules ask of orders is the same by rows and packed, read once, and told of every one of them."""

import pickle
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from matching import Catalogue, JobOrder
from matching.columns import Columns
from matching.facts import MOST_FOR_NOW, Facts, FactsByRows, FactsOfOne, PackedFacts
from matching.times import Slot, parse_slots
from matching.vocabulary import Activity, Answer, Demand, Setting, Support
from tests.matching.generated import catalogues
from tests.matching.makers import TODAY, make_order

Asked = Callable[[Facts[Any]], Any]

KNOWN = {
    "places": 0,
    "ends_on": TODAY,
    "activities": {"green": 0.5, "shop": 0.5},
    "setting": "both",
    "demands": {"noise": "yes", "crowds": "no"},
    "supports": {"quiet_place": "yes", "lift_offered": "no"},
    "hours_per_week": 8,
    "times": ["mon 9-12"],
}


def week(*slots: str) -> tuple[Slot, ...]:
    return parse_slots(slots, "availability")


FREE = week("mon 11-14")
TOLD: dict[str, tuple[Asked, bool, bool]] = {
    # of an order of which the above is known, and of one of which nothing is
    "nowhere": (lambda facts: facts.never(), False, False),
    "no place": (lambda facts: facts.placeless(), False, True),
    "full": (lambda facts: facts.full(), True, False),
    "ends on the day": (lambda facts: facts.ended(TODAY), False, False),
    "ended before": (lambda facts: facts.ended(TODAY + timedelta(days=1)), True, False),
    "demand, yes": (lambda facts: facts.answered(Demand.NOISE, Answer.YES), True, False),
    "demand, no": (lambda facts: facts.answered(Demand.NOISE, Answer.NO), False, False),
    "other demand, yes": (lambda facts: facts.answered(Demand.CROWDS, Answer.YES), False, False),
    "other demand, no": (lambda facts: facts.answered(Demand.CROWDS, Answer.NO), True, False),
    "support, yes": (lambda facts: facts.answered(Support.QUIET_PLACE, Answer.YES), True, False),
    "support, no": (lambda facts: facts.answered(Support.LIFT_OFFERED, Answer.NO), True, False),
    "other support, yes": (lambda facts: facts.answered(Support.LIFT_OFFERED, Answer.YES), False, False),
    "work untold": (lambda facts: facts.work_untold(), False, True),
    "work": (lambda facts: facts.work(Activity.SHOP), True, False),
    "other work": (lambda facts: facts.work(Activity.ANIMALS), False, False),
    "both settings": (lambda facts: facts.setting(Setting.BOTH), True, False),
    "indoors": (lambda facts: facts.setting(Setting.INDOOR), False, False),
    "setting untold": (lambda facts: facts.setting(Setting.UNKNOWN), False, True),
    "hours untold": (lambda facts: facts.hours_untold(), False, True),
    "as long": (lambda facts: facts.longer(8), False, False),
    "longer": (lambda facts: facts.longer(7.5), True, False),
    "times untold": (lambda facts: facts.times_untold(), False, True),
    "times that fit": (lambda facts: facts.fitting(FREE), True, False),
    "times that do not": (lambda facts: facts.fitting(week("tue 9-12")), False, False),
}


def of_orders(size: int) -> Columns:
    """Orders of which the above is known and orders of which nothing is, in turn."""
    listed = [make_order(id=f"o-{row}", **({"place": None} if row % 2 else KNOWN)) for row in range(size)]
    return Catalogue.from_orders(listed).columns


@pytest.mark.parametrize(("asked", "known", "silent"), TOLD.values(), ids=TOLD)
@pytest.mark.parametrize("size", [1, 9, 64, 130])
def test_a_fact_is_told_of_every_order_by_rows_and_packed(
    size: int, asked: Asked, known: bool, silent: bool
) -> None:
    orders = of_orders(size)
    expected = [silent if np.isnan(lat) else known for lat in orders.lat]
    packed, rows = PackedFacts(orders), FactsByRows(orders)
    for _ in "once", "again":
        assert list(rows.by_rows(asked(rows))) == list(packed.by_rows(asked(packed))) == expected
        assert rows.count(asked(rows)) == packed.count(asked(packed)) == sum(expected)
    assert packed.by_rows(packed.told(np.array(expected))).tolist() == expected


@pytest.mark.parametrize(("asked", "known", "silent"), TOLD.values(), ids=TOLD)
def test_a_fact_of_one_order_is_that_of_its_row(asked: Asked, known: bool, silent: bool) -> None:
    for order, expected in ((make_order(**KNOWN), known), (make_order(place=None), silent)):
        one = FactsOfOne(Catalogue.from_orders([order]).columns)
        assert [asked(one).tolist() for _ in ("once", "again")] == [[expected], [expected]]


def test_no_fact_is_taken_for_another_that_was_asked_for_before() -> None:
    orders = of_orders(9)
    packed, one = PackedFacts(orders), FactsOfOne(Catalogue.from_orders([make_order(**KNOWN)]).columns)
    for _ in "once", "again":
        for name, (asked, known, silent) in TOLD.items():
            expected = [silent if np.isnan(lat) else known for lat in orders.lat]
            assert packed.by_rows(asked(packed)).tolist() == expected, name
            assert asked(one).tolist() == [known], name


@given(catalogues())
def test_packed_facts_of_another_process_are_the_same(listed: list[JobOrder]) -> None:
    packed = PackedFacts(Catalogue.from_orders(listed).columns)
    sent = pickle.loads(pickle.dumps(packed))
    for asked, _, _ in TOLD.values():
        assert sent.by_rows(asked(sent)).tolist() == packed.by_rows(asked(packed)).tolist()


@pytest.mark.parametrize(
    "ask", [lambda facts: facts.full(), lambda facts: facts.longer(3)], ids=["one", "of many"]
)
def test_what_is_asked_often_is_read_out_once(ask: Asked) -> None:
    orders = of_orders(3)
    for facts, kept in (
        (PackedFacts(orders), True),
        (FactsOfOne(orders), True),
        (FactsByRows(orders), False),
    ):
        assert (ask(facts) is ask(facts)) == kept


def test_of_facts_without_end_the_latest_are_kept() -> None:
    packed = PackedFacts(of_orders(3))
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(MOST_FOR_NOW + 1)]
    first, *_, last = [packed.ended(day) for day in days]
    assert packed.ended(days[-1]) is last
    assert packed.ended(days[1]) is packed.ended(days[1])
    assert packed.ended(days[0]) is not first
    assert len(packed._for_now) == MOST_FOR_NOW
    assert packed.nbytes == 8 * MOST_FOR_NOW


def test_flags_by_rows_may_be_changed_at_will() -> None:
    for facts in (PackedFacts(of_orders(3)), FactsByRows(of_orders(3))):
        told = facts.full()
        flags = facts.by_rows(told)
        flags[:] = ~flags
        assert (facts.by_rows(told) != flags).all()


def test_the_weeks_of_people_are_told_apart() -> None:
    one = FactsOfOne(Catalogue.from_orders([make_order(times=["mon 9-12"])]).columns)
    assert [one.fitting(week(free)).tolist() for free in ("mon 9-12", "tue 9-12")] == [[True], [False]]
