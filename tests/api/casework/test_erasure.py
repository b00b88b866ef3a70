"""A citizen is erased: nothing that is only about them is left, on either database, nor on any list."""

from datetime import date

import pytest
from sqlalchemy import select

from api.casework import citizens as citizens_desk
from api.casework import contacts as contacts_desk
from api.casework import job_orders as orders_desk
from api.casework import proposals as proposals_desk
from api.casework import rankings, reorderings
from api.casework.catalogues import Catalogues
from api.casework.erasure import Erased, erase
from api.domain.cafes import Told
from api.domain.contacts import ContactKind
from api.domain.proposals import StartedFrom
from api.store import assignments, audit, cafes, citizens, employers, idempotency, job_orders, new_id
from api.store.errors import Missing
from api.store.idempotency import GivenAnswer
from api.store.tables import Base, EmployerContactRow
from tests.api.makers import make_afternoon, make_cafe, make_citizen, make_employer, make_order

ON = date(2026, 12, 1)
LOGS = {"audit", "catalogue_change"}
"""What keeps the bare id: who looked and when, and that a list has to be made anew."""


@pytest.fixture
def world(store, naestved, colleague):
    """Two citizens; everything that can hang on a citizen hangs on the first."""
    with store.unit() as unit:
        anna, bent = (
            citizens.add(unit, naestved, make_citizen(naestved, name=name))
            for name in ("Anna Marie Holm", "Bent Holm")
        )
        employer = employers.add(unit, naestved, make_employer(naestved))
        order = orders_desk.register(unit, naestved, make_order(employer, received_on=None, places=2))
        for one in (anna, bent):
            assignments.assign(unit, naestved, one.id, naestved.user_id)
        citizens_desk.ask_access(unit, colleague, anna.id, "Ringer for en kollega, som er syg")
        new = proposals_desk.NewProposal(
            citizen_id=anna.id, order_id=order.id, started_from=StartedFrom.JOB_ORDER, note="Anna vil gerne"
        )
        proposals_desk.propose(unit, naestved, new)
        said = contacts_desk.NewContact(
            kind=ContactKind.CALL, order_id=order.id, citizen_id=anna.id, note="Anna kommer fredag"
        )
        contact = contacts_desk.record(unit, naestved, employer.id, said).contact
        told = {one.id: Told(order_id=order.id, slots={employer.id: 0}) for one in (anna, bent)}
        cafes.add(unit, naestved, make_cafe(naestved, now=make_afternoon(order), guests=told))
        for key, about in (("k-1", anna), ("k-2", bent)):
            given = GivenAnswer(request_hash="0", status=201, body=f'{{"id": "{about.id}"}}')
            idempotency.keep(unit, naestved, key, given)
        unit.commit()
    return anna, bent, employer, order, contact


def erased(store, caller, citizen_id):
    with store.unit() as unit:
        done = erase(unit, caller, citizen_id)
        unit.commit()
    return done


def where(store, word):
    """The tables in which a word stands in any column that is not sealed."""
    with store.unit(read_only=True) as unit:
        return {
            table.name
            for table in Base.metadata.sorted_tables
            for row in unit.session.execute(select(table))
            if any(word in str(value) for value in row)
        }


def test_nothing_of_a_citizen_is_left_but_the_log(store, naestved, world):
    anna, bent, *_ = world
    assert len(where(store, anna.id) - LOGS) > 5
    others = where(store, bent.id)
    assert erased(store, naestved, anna.id) == Erased(versions=1, proposals=1, contacts=1, answers=1)
    assert where(store, anna.id) == LOGS
    assert where(store, bent.id) == others
    with store.unit(read_only=True) as unit:
        assert citizens.version(unit, naestved, anna.id, 1) is None
        assert idempotency.find(unit, naestved, "k-2") is not None


def test_the_log_says_that_it_was_done_and_how_much_went_and_nothing_else(store, naestved, world):
    anna, *_ = world
    erased(store, naestved, anna.id)
    with store.unit(read_only=True) as unit:
        last = audit.of_citizen(unit, naestved.municipality, anna.id)[-1]
    assert (last.action, last.user_id) == ("citizen_erased", naestved.user_id)
    assert last.details == {"versions": 1, "proposals": 1, "contacts": 1, "answers": 1}


def test_a_contact_with_the_employer_stays_without_whom_it_was_about_and_what_was_said(
    store, naestved, world
):
    anna, _, employer, order, contact = world
    erased(store, naestved, anna.id)
    with store.unit(read_only=True) as unit:
        kept = contacts_desk.read(unit, naestved, employer.id, contact.id).contact
        row = unit.session.scalars(select(EmployerContactRow)).one()
    assert (kept.citizen_id, kept.note, row.citizen_id) == (None, "", None)
    assert (kept.on, kept.kind, kept.order_id) == (contact.on, contact.kind, order.id)


def test_every_process_drops_the_citizen_from_its_lists_and_the_load_of_what_was_suggested(
    store, naestved, world
):
    anna, bent, _, order, _ = world
    processes = Catalogues(), Catalogues()

    def listed(kept):
        found = rankings.for_order(store, kept, naestved, order.id, 20, True, ON).found
        return sorted([*found.ids, *found.first_rules])

    before = [set(listed(kept)) for kept in processes]
    assert before == [{anna.id, bent.id}] * 2
    with store.unit(read_only=True) as unit:
        assert job_orders.find(unit, naestved, order.id).open_proposals == 1
    erased(store, naestved, anna.id)
    assert [set(listed(kept)) for kept in processes] == [{bent.id}] * 2
    with store.unit(read_only=True) as unit:
        assert job_orders.find(unit, naestved, order.id).open_proposals == 0


def test_who_is_erased_is_not_there_any_more_and_cannot_be_erased_again(store, naestved, world):
    anna, *_ = world
    erased(store, naestved, anna.id)
    with store.unit(read_only=True) as unit:
        assert citizens.find(unit, naestved, anna.id) is None
    with pytest.raises(Missing):
        erased(store, naestved, anna.id)


def test_another_municipality_erases_nobody_here(store, naestved, vejle, world):
    anna, *_ = world
    before = where(store, anna.id)
    for citizen_id in (anna.id, new_id()):
        with pytest.raises(Missing):
            erased(store, vejle, citizen_id)
    assert where(store, anna.id) == before


def test_a_list_that_was_put_into_another_order_goes_with_its_citizen(store, naestved, world):
    anna, *_ = world
    shown = rankings.for_citizen(store, Catalogues(), naestved, anna.id, rankings.Wanted(), ON)
    with store.unit() as unit:
        reorderings.reorder(
            unit, naestved, shown.list_id, anna.id, shown=("a", "b"), order=("b", "a"), reason="Har talt med"
        )
        unit.commit()
    assert "list_reorder" in where(store, anna.id)
    erased(store, naestved, anna.id)
    assert where(store, anna.id) == LOGS
