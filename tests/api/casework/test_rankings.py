from dataclasses import replace
from datetime import date

import pytest

from api.casework import explanations, policies, rankings
from api.casework import job_orders as desk
from api.casework.catalogues import Catalogues
from api.casework.proposals import NewProposal, propose
from api.casework.rankings import Wanted
from api.domain.proposals import StartedFrom
from api.domain.records import OrderState
from api.store import assignments, audit, citizens, employers, job_orders
from api.store import proposals as proposals_store
from matching import Policy
from matching.citizens import Needs
from matching.orders import Task
from tests.api.makers import make_citizen, make_employer, make_order

ON = date(2026, 12, 1)


def test_reading_everybody_for_candidates_holds_no_writer_up(store, naestved, monkeypatch):
    with store.unit() as unit:
        person = citizens.add(unit, naestved, make_citizen(naestved))
        order = job_orders.add(
            unit, naestved, make_order(employers.add(unit, naestved, make_employer(naestved)))
        )
        unit.commit()
    everybody = citizens.wanting_work

    def while_somebody_writes(unit, caller):
        # raises `Busy` where the reading unit has locked the database
        with store.unit() as other:
            other.commit()
        return everybody(unit, caller)

    monkeypatch.setattr(citizens, "wanting_work", while_somebody_writes)
    listed = rankings.for_order(store, Catalogues(), naestved, order.id, 20, True, ON)
    assert listed.others == (person.id,)
    with store.unit(read_only=True) as unit:
        actions = [entry.action for entry in audit.entries(unit, naestved.municipality)]
    assert actions[0] == "candidates_read"


@pytest.fixture
def taken_down(store, naestved):
    """An order of which only words are known, one citizen who avoids machines and one without any need."""
    with store.unit() as unit:
        needs = {"careful": Needs(avoids={"machines"}), "anybody": Needs()}
        people = {name: make_citizen(naestved, needs=said) for name, said in needs.items()}
        citizens.add_all(unit, naestved, list(people.values()))
        for one in people.values():
            assignments.assign(unit, naestved, one.id, naestved.user_id)
        employer = employers.add(unit, naestved, make_employer(naestved, demands={}, supports={}))
        words = {"text": "Fræse kanter af med maskine", "received_on": None, "task": Task()}
        order = desk.register(unit, naestved, make_order(employer, state=OrderState.RECEIVED, **words))
        unit.commit()
    return order, {one.id: name for name, one in people.items()}


def ranked_for(store, caller, order, names):
    found = rankings.for_order(store, Catalogues(), caller, order.id, 20, True, ON)
    asked = {names[found.found.ids[index]] for index in found.asked}
    return {names[found.found.ids[index]] for index in found.shown}, asked, found


def test_an_order_of_which_only_words_are_known_ranks_and_every_need_hangs_on_an_answer(
    store, naestved, taken_down
):
    order, names = taken_down
    assert order.state is OrderState.RECEIVED
    fits, hangs, found = ranked_for(store, naestved, order, names)
    assert (fits, hangs) == ({"anybody"}, {"careful"})
    # the words say machine, and nobody has confirmed what they mean: that weighs nothing yet
    assert not found.left_out
    # the citizen is to be contacted within days of the call, whoever has read the words by then
    assert found.clock.contact_by is not None


def test_what_is_confirmed_of_the_words_counts_at_once(store, naestved, taken_down):
    order, names = taken_down
    told = Task(activities={"green": 1}, demands={"machines": "yes"})
    with store.unit() as unit:
        changed = replace(order, task=told, state=OrderState.OPEN)
        desk.change(unit, naestved, order, changed, {order.version})
        unit.commit()
    fits, hangs, found = ranked_for(store, naestved, order, names)
    assert (fits, hangs) == ({"anybody"}, set())
    assert {names[id_] for id_ in found.left_out} == {"careful"}


def test_the_log_names_the_open_suggestions_that_a_list_and_an_explanation_are_not_priced_for(
    store, naestved, colleague
):
    with store.unit() as unit:
        order = desk.register(
            unit, naestved, make_order(employers.add(unit, naestved, make_employer(naestved)))
        )
        anna, _bent = (suggested_by(unit, caller, order) for caller in (naestved, colleague))
        unit.commit()
    kept_in = Catalogues()
    rankings.for_citizen(store, kept_in, naestved, anna, Wanted(), ON)
    explanations.explained(store, kept_in, naestved, anna, order.id, ON, "da")
    rankings.for_order(store, kept_in, naestved, order.id, 20, True, ON)
    policies.compare(store, kept_in, naestved, Policy.default(), Policy.default(), 3, ON)
    with store.unit(read_only=True) as unit:
        rows = {row.action: row.details for row in audit.entries(unit, "0370", limit=1000)}
        made = {one.id for one in proposals_store.of_order(unit, naestved, order.id)}
    assert set(rows["policies_compared"]["open_proposals"]) == made
    for action in ("shortlist_read", "explanation_read"):
        assert rows[action]["own_proposals"] == [order.id]
        assert rows[action]["citizen_version"] == 1
    # of whom the list shows nothing the row tells nothing
    assert rows["candidates_read"]["suggested"] == [anna]


def test_where_nobody_is_suggested_the_log_names_nobody(store, naestved, taken_down):
    order, names = taken_down
    (first, *_) = names
    rankings.for_order(store, Catalogues(), naestved, order.id, 20, True, ON)
    explanations.explained(store, Catalogues(), naestved, first, order.id, ON, "da")
    with store.unit(read_only=True) as unit:
        rows = {row.action: row.details for row in audit.entries(unit, "0370", limit=1000)}
    assert (rows["candidates_read"]["suggested"], rows["explanation_read"]["own_proposals"]) == ([], [])


def suggested_by(unit, caller, order) -> str:
    """A citizen who is somebody's work and suggested for an order."""
    citizen = citizens.add(unit, caller, make_citizen(caller))
    assignments.assign(unit, caller, citizen.id, caller.user_id)
    new = NewProposal(citizen_id=citizen.id, order_id=order.id, started_from=StartedFrom.JOB_ORDER)
    propose(unit, caller, new)
    return citizen.id
