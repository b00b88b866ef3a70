"""Employers who were contacted often enough, left out of the next list until they are free."""

from dataclasses import replace
from datetime import timedelta

import pytest

from api.casework import explanations, rankings, reservations
from api.casework.catalogues import Catalogues
from api.casework.prospecting import Sought, first_calls
from api.casework.rankings import Wanted
from api.casework.supply import Kind
from api.domain.caller import Caller
from api.domain.records import EmployerRecord
from api.store import Store, assignments, citizens, employers, job_orders
from geo import Point
from matching import Ledger
from matching.citizens import Needs
from matching.standing import Group
from matching.vocabulary import Answer, Demand
from tests.api.casework.test_contacts import MONTH, call, firm, reserve, today
from tests.api.makers import SQUARE, make_citizen, make_employer, make_order

__all__ = ["firm", "today"]

SOBER = dict.fromkeys((Demand.MACHINES, Demand.ALCOHOL_PRESENT), Answer.NO)
FARTHER = replace(SQUARE, point=Point(55.25, 11.78))


@pytest.fixture
def waiting(store: Store, naestved: Caller) -> str:
    """A citizen who waits for work."""
    with store.unit() as unit:
        anna = citizens.add(unit, naestved, make_citizen(naestved))
        assignments.assign(unit, naestved, anna.id, naestved.user_id)
        unit.commit()
    return anna.id


def test_a_contact_is_seen_in_the_next_list_and_in_the_next_calls_of_every_process(
    store, naestved, firm, today, waiting
):
    here, there = Catalogues(), Catalogues()
    wanted = Wanted(kind=Kind.EMPLOYERS)

    def listed(kept_in: Catalogues):
        return rankings.for_citizen(store, kept_in, naestved, waiting, wanted, today)

    def resting(kept_in: Catalogues) -> int:
        return first_calls(store, kept_in, naestved, Sought(), today, "da").resting

    for kept_in in (here, there):
        found = listed(kept_in)
        assert firm.id in found.found.ids
        assert (len(found.found.catalogue), found.resting, resting(kept_in)) == (1, {}, 0)
    kept = reserve(store, naestved, firm)
    for kept_in in (here, there):
        found = listed(kept_in)
        assert (len(found.found.catalogue), found.resting) == (0, {firm.id: today + MONTH})
        assert resting(kept_in) == 1
        totals = (found.found.items_total, found.found.ask_total, found.found.excluded_total)
        assert totals == (0, 0, 0)
    with store.unit() as unit:
        reservations.give_back(unit, naestved, firm.id, kept.id)
        unit.commit()
    assert [len(listed(kept_in).found.catalogue) for kept_in in (here, there)] == [1, 1]
    call(store, naestved, firm)
    assert [listed(kept_in).resting for kept_in in (here, there)] == [{firm.id: today + MONTH}] * 2
    # why it stands where it stands is told of an employer who rests, too
    ledger = explanations.explained(store, here, naestved, waiting, firm.id, today, "da")
    assert ledger.order_id == firm.id


def test_an_explanation_names_the_ranks_of_a_list_that_somebody_rests_from(store, naestved, today):
    with store.unit() as unit:
        careful = Needs(attitudes={"green": "gladly"}, avoids=SOBER.keys())
        anna = citizens.add(unit, naestved, make_citizen(naestved, needs=careful))
        assignments.assign(unit, naestved, anna.id, naestved.user_id)
        best, *others = [
            employers.add(unit, naestved, make_employer(naestved, last_contact_on=None, cvr="", **known))
            for known in (
                {"place": SQUARE, "demands": SOBER},
                {"place": FARTHER, "demands": SOBER},
                {"place": FARTHER, "demands": {}},
            )
        ]
        unit.commit()
    kept_in, wanted = Catalogues(), Wanted(kind=Kind.EMPLOYERS)

    def listed() -> dict[str, tuple[int | None, int | None]]:
        found = rankings.for_citizen(store, kept_in, naestved, anna.id, wanted, today).found
        rows = (*found.shown(), *found.shown(Group.ASKED))
        return {found.ids[row]: places_of(found.ledger(row, "da")) for row in rows}

    def told(of: list[EmployerRecord]) -> dict[str, tuple[int | None, int | None]]:
        asked = naestved, anna.id
        ledgers = (explanations.explained(store, kept_in, *asked, firm.id, today, "da") for firm in of)
        return {ledger.order_id: places_of(ledger) for ledger in ledgers}

    before = told([best, *others])
    assert list(before.values()) == [(1, None), (2, None), (None, 3)]
    assert before == listed()
    call(store, naestved, best)
    assert list(told(others).values()) == [(1, None), (None, 2)]
    assert told(others) == listed()
    # who rests itself is told of as if it did not
    assert told([best]) == {best.id: (1, None)}


def places_of(ledger: Ledger) -> tuple[int | None, int | None]:
    return ledger.rank, ledger.would_rank


def test_who_rests_comes_back_on_the_first_free_day(store, naestved, firm, today, waiting):
    call(store, naestved, firm)
    kept_in, wanted = Catalogues(), Wanted(kind=Kind.EMPLOYERS)
    for days, there in ((27, 0), (28, 1)):
        on = today + timedelta(days=days)
        found = rankings.for_citizen(store, kept_in, naestved, waiting, wanted, on)
        assert len(found.found.catalogue) == there


def test_an_order_may_be_asked_about_however_often_its_employer_was_contacted(
    store, naestved, firm, today, waiting
):
    call(store, naestved, firm)
    with store.unit() as unit:
        order = job_orders.add(unit, naestved, make_order(firm))
        unit.commit()
    found = rankings.for_citizen(store, Catalogues(), naestved, waiting, Wanted(), today)
    assert list(found.found.ids) == [order.id]
    assert found.resting == {}
