from dataclasses import replace
from importlib import resources

import pytest

from api.casework import catalogues as kept_catalogues
from api.casework import following
from api.casework.catalogues import Catalogues
from api.casework.supply import Kind
from api.domain.records import ContactBasis, OrderState
from api.store import changes, citizens, employers, job_orders, policies
from matching.vocabulary import Answer, Demand
from tests.api.makers import make_citizen, make_employer, make_order
from tests.api.store.test_query_counts import counted


def stored(store, caller, **known):
    with store.unit() as unit:
        employer = employers.add(unit, caller, make_employer(caller, **known))
        order = job_orders.add(unit, caller, make_order(employer))
        unit.commit()
    return employer, order


def kept(store, catalogues, caller):
    with store.unit(read_only=True) as unit:
        return catalogues.of(unit, caller)


def test_a_catalogue_is_kept_while_nothing_changes(store, naestved):
    stored(store, naestved)
    catalogues = Catalogues()
    assert kept(store, catalogues, naestved) is kept(store, catalogues, naestved)


def test_a_change_that_no_catalogue_holds_builds_none_anew(store, naestved):
    _, order = stored(store, naestved)
    catalogues = Catalogues()
    before = kept(store, catalogues, naestved)
    built = before.supply.catalogue(Kind.JOB_ORDERS)
    with store.unit() as unit:
        citizens.add(unit, naestved, make_citizen(naestved))
        unit.commit()
    after = kept(store, catalogues, naestved)
    assert after.seq > before.seq
    assert after.supply.catalogue(Kind.JOB_ORDERS) is built
    with store.unit() as unit:
        job_orders.replace(unit, naestved, replace(order, title="Rive blade"), order.version)
        unit.commit()
    assert kept(store, catalogues, naestved).supply.catalogue(Kind.JOB_ORDERS) is not built


def test_a_change_is_seen_at_the_next_look_by_every_process(store, naestved):
    _, order = stored(store, naestved)
    here, there = Catalogues(), Catalogues()
    for catalogues in (here, there):
        assert order.id in kept(store, catalogues, naestved).supply.catalogue(Kind.JOB_ORDERS)
    with store.unit() as unit:
        ended = job_orders.find(unit, naestved, order.id)
        job_orders.replace(unit, naestved, replace(ended, state=OrderState.ENDED), ended.version)
        unit.commit()
    for catalogues in (here, there):
        assert order.id not in kept(store, catalogues, naestved).supply.catalogue(Kind.JOB_ORDERS)


def test_an_order_carries_its_own_answers_and_then_its_employer_s(store, naestved):
    answers = {Demand.MACHINES: Answer.YES, Demand.NOISE: Answer.YES}
    _, order = stored(store, naestved, demands=answers)
    found = kept(store, Catalogues(), naestved).supply.catalogue(Kind.JOB_ORDERS).order(order.id)
    by_its_times = {Demand.EARLY_START: Answer.NO, Demand.EVENING_OR_NIGHT: Answer.NO}
    assert found.demands == {Demand.MACHINES: Answer.NO, Demand.NOISE: Answer.YES, **by_its_times}


def test_who_must_not_be_called_first_is_counted_and_left_out(store, naestved):
    for protected, basis in (
        (Answer.NO, None),
        (Answer.YES, ContactBasis.CONSENT),
        (Answer.YES, None),
        (Answer.UNKNOWN, None),
    ):
        with store.unit() as unit:
            firm = make_employer(naestved, advertising_protected=protected, contact_basis=basis, cvr="")
            employers.add(unit, naestved, firm)
            unit.commit()
    found = kept(store, Catalogues(), naestved).supply
    assert (len(found.catalogue(Kind.EMPLOYERS)), found.silent_employers) == (2, 2)


def test_an_employer_is_a_prospect_from_the_day_its_orders_have_ended(store, naestved):
    employer, order = stored(store, naestved)
    catalogues = Catalogues()
    assert employer.id not in kept(store, catalogues, naestved).supply.catalogue(Kind.EMPLOYERS)
    with store.unit() as unit:
        job_orders.replace(unit, naestved, replace(order, state=OrderState.ENDED), order.version)
        unit.commit()
    found = kept(store, catalogues, naestved).supply
    assert found.catalogue(Kind.EMPLOYERS).order(employer.id).activities == {
        "green": 0.7,
        "outdoor_upkeep": 0.3,
    }
    assert list(found.prospects) == [employer.id]


def test_municipalities_have_catalogues_of_their_own(store, naestved, vejle):
    _, order = stored(store, naestved)
    assert order.id not in kept(store, Catalogues(), vejle).supply.catalogue(Kind.JOB_ORDERS)


@pytest.mark.parametrize("most", [500, 0], ids=["change by change", "all anew"])
def test_what_is_kept_is_what_would_be_read_anew(store, naestved, most, monkeypatch):
    monkeypatch.setattr(following, "MOST_CHANGES", most)
    employer, order = stored(store, naestved)
    catalogues = Catalogues()
    kept(store, catalogues, naestved)
    with store.unit() as unit:
        employers.replace(unit, naestved, replace(employer, supports={}, name="Nyt navn"), employer.version)
        job_orders.replace(unit, naestved, replace(order, title="Rive blade"), order.version)
        job_orders.add(unit, naestved, make_order(employer))
        job_orders.add(unit, naestved, make_order(employer, state=OrderState.ENDED))
        unit.commit()
    followed, anew = kept(store, catalogues, naestved), kept(store, Catalogues(), naestved)
    assert followed.seq == anew.seq
    assert followed.supply.employers == anew.supply.employers
    assert followed.supply.orders == anew.supply.orders
    assert followed.supply.prospects == anew.supply.prospects
    assert len(followed.supply.orders) == 2


def test_who_sees_less_than_is_kept_already_gets_what_is_kept(store, naestved):
    employer, _ = stored(store, naestved)
    catalogues = Catalogues()
    with store.unit(read_only=True) as early:
        assert changes.seq(early, "0370") == 2
        with store.unit() as unit:
            added = job_orders.add(unit, naestved, make_order(employer))
            unit.commit()
        newest = kept(store, catalogues, naestved)
        assert catalogues.of(early, naestved) is newest
    assert added.id in newest.supply.catalogue(Kind.JOB_ORDERS)


def test_a_policy_that_is_adopted_counts_from_the_next_look(store, naestved):
    stored(store, naestved)
    catalogues = Catalogues()
    before = kept(store, catalogues, naestved).policy
    text = (resources.files("matching") / "policy.toml").read_text("utf-8")
    with store.unit() as unit:
        policies.add(unit, naestved, "2027-1", text.replace(before.version, "2027-1"))
        policies.adopt(unit, naestved, "2027-1")
        unit.commit()
    after = kept(store, catalogues, naestved).policy
    assert (before.version, after.version) == ("2026-1", "2027-1")


def test_what_was_read_ahead_is_what_is_asked_for(store, naestved, vejle):
    stored(store, naestved)
    catalogues = Catalogues()
    catalogues.read_ahead(store)
    with store.unit(read_only=True) as unit, counted(store) as statements:
        catalogues.of(unit, naestved)
        catalogues.of(unit, vejle)
    assert not any("FROM employer" in statement for statement in statements)


def test_of_many_municipalities_none_is_read_ahead(store, naestved, vejle, monkeypatch):
    stored(store, naestved)
    monkeypatch.setattr(kept_catalogues, "FEW", 1)
    catalogues = Catalogues()
    catalogues.read_ahead(store)
    with store.unit(read_only=True) as unit, counted(store) as statements:
        catalogues.of(unit, naestved)
    assert any("FROM employer" in statement for statement in statements)
