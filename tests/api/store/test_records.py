"""What centres, employers and job orders have in common, and what each has of its own."""

from dataclasses import replace

import pytest

from api.domain.caller import Caller
from api.domain.records import Change, JobOrderRecord, OrderState, Place, RecordKind
from api.store import Store, centres, changes, employers, job_orders
from api.store.errors import Duplicate, Missing, Stale
from matching.vocabulary import Answer, Demand
from tests.api.makers import make_centre, make_employer, make_order

WORDS = ["centre", "employer", "job_order"]


@pytest.fixture
def words(store: Store, naestved: Caller):
    """Per word: its queries, and a maker of records for a caller."""
    owners = {}

    def order(caller: Caller, **known) -> JobOrderRecord:
        return make_order(owners[caller.municipality], **known)

    def owning(*callers: Caller):
        with store.unit() as unit:
            for caller in callers:
                owners[caller.municipality] = employers.add(unit, caller, make_employer(caller))
            unit.commit()
        return {
            "centre": (centres, make_centre),
            "employer": (employers, make_employer),
            "job_order": (job_orders, order),
        }

    return owning


@pytest.mark.parametrize("word", WORDS)
def test_a_record_comes_back_as_it_was_put_in(store: Store, naestved: Caller, words, word: str):
    queries, make = words(naestved)[word]
    with store.unit() as unit:
        put = queries.add(unit, naestved, make(naestved))
        assert queries.find(unit, naestved, put.id) == put
        assert queries.version(unit, naestved, put.id, 1) == put
        assert put in queries.page(unit, naestved).items
        assert put in queries.all_of(unit, "0370")
        assert queries.find(unit, naestved, "o-9") is None


@pytest.mark.parametrize("word", ["centre", "employer"])
def test_an_unknown_place_stays_unknown(store: Store, naestved: Caller, words, word: str):
    queries, make = words(naestved)[word]
    with store.unit() as unit:
        put = queries.add(unit, naestved, make(naestved, place=Place()))
        assert queries.find(unit, naestved, put.id).place.point is None


@pytest.mark.parametrize("word", WORDS)
def test_another_municipalitys_record_does_not_exist(store, naestved, vejle, words, word: str):
    queries, make = words(naestved, vejle)[word]
    with store.unit() as unit:
        put = queries.add(unit, naestved, make(naestved))
        assert queries.find(unit, vejle, put.id) is None
        assert queries.version(unit, vejle, put.id, 1) is None
        assert put not in queries.page(unit, vejle).items
        assert put not in queries.all_of(unit, "0630")
        with pytest.raises(Missing):
            queries.replace(unit, vejle, put, 1)
        with pytest.raises(Missing):
            queries.add(unit, vejle, make(naestved))


@pytest.mark.parametrize("word", WORDS)
def test_a_change_makes_a_version_and_a_stale_one_is_refused(store, naestved, words, word: str):
    queries, make = words(naestved)[word]
    with store.unit() as unit:
        first = queries.add(unit, naestved, make(naestved))
        second = queries.replace(unit, naestved, first, 1)
        assert second.version == 2
        assert queries.version(unit, naestved, first.id, 2) == second
        with pytest.raises(Stale) as stale:
            queries.replace(unit, naestved, first, 1)
        assert stale.value.current == second
        with pytest.raises(Missing):
            queries.replace(unit, naestved, replace(first, id="o-9"), 1)


@pytest.mark.parametrize("word", WORDS)
def test_an_id_is_taken_once(store: Store, naestved: Caller, words, word: str):
    queries, make = words(naestved)[word]
    with store.unit() as unit:
        put = queries.add(unit, naestved, make(naestved))
        with pytest.raises(Duplicate):
            queries.add(unit, naestved, put)


@pytest.mark.parametrize("word", WORDS)
def test_many_are_added_with_a_version_and_a_change_each(store, naestved, words, word: str):
    queries, make = words(naestved)[word]
    with store.unit() as unit:
        before = changes.seq(unit, "0370")
        put = queries.add_all(unit, naestved, [make(naestved) for _ in range(5)])
        assert [queries.version(unit, naestved, record.id, 1) for record in put] == list(put)
        unit.commit()
        noted = changes.since(unit, "0370", before)
    kind = RecordKind(word)
    wanted = [Change(seq=before + i, kind=kind, record_id=record.id) for i, record in enumerate(put, 1)]
    assert list(noted) == wanted


@pytest.mark.parametrize("word", WORDS)
def test_adding_none_changes_nothing(store: Store, naestved: Caller, words, word: str):
    queries, _ = words(naestved)[word]
    with store.unit() as unit:
        before = changes.seq(unit, "0370")
        assert queries.add_all(unit, naestved, []) == ()
        unit.commit()
        assert changes.seq(unit, "0370") == before


def test_two_workplaces_of_a_municipality_never_share_a_p_number(
    store: Store, naestved: Caller, vejle: Caller
):
    with store.unit() as unit:
        here = employers.add(unit, naestved, make_employer(naestved, p_number="1234567890"))
        there = employers.add(unit, vejle, make_employer(vejle, p_number="1234567890"))
        assert employers.by_p_number(unit, naestved, "1234567890") == here
        assert employers.by_p_number(unit, vejle, "1234567890") == there
        with pytest.raises(Duplicate):
            employers.add(unit, naestved, make_employer(naestved, p_number="1234567890"))


def test_workplaces_without_a_p_number_are_not_the_same(store: Store, naestved: Caller):
    with store.unit() as unit:
        one, other = employers.add_all(unit, naestved, [make_employer(naestved) for _ in range(2)])
        assert employers.by_p_number(unit, naestved, "") is None
        assert {found.id for found in employers.all_of(unit, "0370")} == {one.id, other.id}


def test_some_employers_are_found_by_their_ids_and_others_left_out(store, naestved, vejle):
    with store.unit() as unit:
        here = employers.add(unit, naestved, make_employer(naestved))
        there = employers.add(unit, vejle, make_employer(vejle))
        assert employers.some(unit, naestved, [here.id, there.id, "e-9"]) == {here.id: here}


def test_an_answer_that_is_unknown_is_not_kept_as_no(store: Store, naestved: Caller):
    known = {Demand.MACHINES: Answer.NO, Demand.CROWDS: Answer.UNKNOWN}
    with store.unit() as unit:
        put = employers.add(unit, naestved, make_employer(naestved, demands=known))
        found = employers.find(unit, naestved, put.id)
    assert found.demands == {Demand.MACHINES: Answer.NO}


def test_a_job_order_needs_an_employer_of_its_own_municipality(store, naestved, vejle):
    with store.unit() as unit:
        employer = employers.add(unit, naestved, make_employer(naestved))
        foreign = make_order(employer, municipality="0630")
        with pytest.raises(Duplicate):
            job_orders.add(unit, vejle, foreign)


def test_a_reference_is_used_once_in_a_municipality_and_the_empty_one_says_nothing(store, naestved, vejle):
    with store.unit() as unit:
        here = employers.add(unit, naestved, make_employer(naestved))
        there = employers.add(unit, vejle, make_employer(vejle))
        put = job_orders.add(unit, naestved, make_order(here, reference="J-1"))
        job_orders.add(unit, vejle, make_order(there, reference="J-1"))
        job_orders.add_all(unit, naestved, [make_order(here), make_order(here)])
        assert job_orders.find(unit, naestved, put.id) == put
        with pytest.raises(Duplicate):
            job_orders.add(unit, naestved, make_order(here, reference="J-1"))


def test_only_orders_that_can_be_suggested_are_open(store: Store, naestved: Caller):
    with store.unit() as unit:
        employer = employers.add(unit, naestved, make_employer(naestved))
        orders = [make_order(employer, state=state) for state in OrderState]
        put = job_orders.add_all(unit, naestved, orders)
        found = job_orders.open_of(unit, "0370")
        assert {order.state for order in found} == {OrderState.RECEIVED, OrderState.OPEN}
        assert job_orders.of_employer(unit, naestved, employer.id) == tuple(sorted(put, key=lambda o: o.id))
        assert set(job_orders.some(unit, naestved, [put[0].id])) == {put[0].id}


def test_changes_are_numbered_without_a_gap_and_undone_with_their_unit(store, naestved, vejle):
    with store.unit() as unit:
        employers.add(unit, naestved, make_employer(naestved))
    with store.unit() as unit:
        assert changes.seq(unit, "0370") == 0
        for _ in range(2):
            employers.add(unit, naestved, make_employer(naestved))
        employers.add(unit, vejle, make_employer(vejle))
        unit.commit()
        assert [change.seq for change in changes.since(unit, "0370", 0)] == [1, 2]
        assert changes.since(unit, "0370", 2) == ()
        assert (changes.seq(unit, "0370"), changes.seq(unit, "0630"), changes.seq(unit, "9999")) == (2, 1, 0)
