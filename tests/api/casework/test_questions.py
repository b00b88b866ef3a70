"""The municipality's required answers, asked once: what is left to ask, as answers come in."""

from datetime import date

import pytest

from api.casework import citizens as desk
from api.casework import employers as employers_desk
from api.casework import job_orders, practices, questions
from api.casework.catalogues import Catalogues
from api.domain.records import OrderState
from api.store import assignments, citizens, employers
from api.store import job_orders as orders
from api.store.errors import Missing
from matching.citizens import Needs
from matching.orders import Task
from matching.vocabulary import Answer, Demand, Support
from tests.api.makers import make_citizen, make_employer, make_order


@pytest.fixture
def firm(store, naestved):
    """An employer who has answered nothing, with one order of which nothing is known."""
    with store.unit() as unit:
        found = employers.add(unit, naestved, make_employer(naestved, demands={}, supports={}))
        orders.add(unit, naestved, make_order(found, id="o-1", task=Task()))
        sober = Needs(avoids={"alcohol_present"})
        machines = Needs(avoids={"machines"})
        people = [make_citizen(naestved, needs=sober) for _ in range(2)]
        for known in ({"ready": False}, {"not_able_until": date(2999, 1, 1)}):
            people.append(make_citizen(naestved, needs=machines, **known))
        citizens.add_all(unit, naestved, people)
        for one in people:
            assignments.assign(unit, naestved, one.id, naestved.user_id)
        unit.commit()
    return found


def left(store, caller, firm):
    kept_in = Catalogues()
    with store.unit(read_only=True) as unit:
        of_order = questions.of_order(unit, caller, kept_in, "o-1")
        assert of_order == questions.of_employer(unit, caller, kept_in, firm.id)
    return [(one.about, one.order_id, one.matters_to) for one in of_order]


def test_what_is_answered_is_not_asked_again_and_what_matters_to_most_comes_first(store, naestved, firm):
    first, second, *others = left(store, naestved, firm)
    assert first == (Demand.ALCOHOL_PRESENT, None, 2)
    assert second == (Support.CONTACT_PERSON, None, 0)
    assert others == [(Demand.MACHINES, "o-1", 0), (Demand.HEAVY_LIFTING, "o-1", 0)]
    with store.unit() as unit:
        employers_desk.answer(unit, naestved, firm.id, Demand.ALCOHOL_PRESENT, Answer.NO)
        job_orders.answer(unit, naestved, "o-1", Demand.MACHINES, Answer.YES)
        unit.commit()
    assert [about for about, *_ in left(store, naestved, firm)] == [
        Support.CONTACT_PERSON,
        Demand.HEAVY_LIFTING,
    ]


def test_who_is_not_the_caller_s_work_neither_counts_nor_moves_a_question(store, naestved, colleague, firm):
    before = left(store, colleague, firm)
    assert {matters_to for *_, matters_to in before} == {0}
    with store.unit() as unit:
        lifting = make_citizen(naestved, needs=Needs(avoids={"heavy_lifting"}, prefers_not={"machines"}))
        citizens.add(unit, naestved, lifting)
        assignments.assign(unit, naestved, lifting.id, naestved.user_id)
        unit.commit()
    assert left(store, colleague, firm) == before
    assert (Demand.HEAVY_LIFTING, "o-1", 1) in left(store, naestved, firm)


def test_who_was_opened_with_a_reason_counts_as_long_as_that_lasts(store, naestved, colleague, firm):
    with store.unit() as unit:
        seen = make_citizen(naestved, needs=Needs(avoids={"heavy_lifting"}))
        citizens.add(unit, naestved, seen)
        desk.ask_access(unit, colleague, seen.id, "Ringer for en kollega, som er syg")
        unit.commit()
    assert (Demand.HEAVY_LIFTING, "o-1", 1) in left(store, colleague, firm)


def test_which_answers_are_required_is_the_municipality_s_own(store, naestved, firm):
    with store.unit() as unit:
        practices.change(unit, naestved, {"required_answers": ["noise"]}, None)
        unit.commit()
    assert left(store, naestved, firm) == [(Demand.NOISE, None, 0)]


def test_an_employer_without_an_order_that_waits_is_asked_for_the_workplace(store, naestved, firm):
    with store.unit() as unit:
        other = employers.add(unit, naestved, make_employer(naestved, demands={}, supports={}))
        orders.add(unit, naestved, make_order(other, state=OrderState.ENDED))
        unit.commit()
    with store.unit(read_only=True) as unit:
        found = questions.of_employer(unit, naestved, Catalogues(), other.id)
    assert len(found) == 4
    assert {one.order_id for one in found} == {None}


def test_another_municipality_s_records_do_not_exist(store, vejle, firm):
    with store.unit(read_only=True) as unit:
        for ask, id_ in ((questions.of_order, "o-1"), (questions.of_employer, firm.id)):
            with pytest.raises(Missing):
                ask(unit, vejle, Catalogues(), id_)


def test_what_candidates_wait_for_is_asked_beside_what_is_required_and_only_once(store, naestved, firm):
    also = [Demand.MACHINES, Demand.NOISE]
    with store.unit(read_only=True) as unit:
        found = questions.of_order(unit, naestved, Catalogues(), "o-1", also)
    assert [one.about for one in found].count(Demand.MACHINES) == 1
    assert Demand.NOISE in [one.about for one in found]
