"""The calls that open something for most who wait: who is counted, who is named, what is written down."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from api.casework import contacts as contacts_desk
from api.casework import practices, prospecting, refusals
from api.casework.catalogues import Catalogues
from api.casework.contacts import NewContact
from api.casework.employers import answer
from api.casework.first_calls import first_calls
from api.casework.proposals import NewProposal, propose
from api.casework.prospecting import Sought
from api.casework.supply import Kind
from api.domain.contacts import ContactAbout, ContactKind, ContactReply
from api.domain.proposals import StartedFrom
from api.domain.records import AnchorRecord, IndustrySystem, OrderState
from api.examples.industries import industries
from api.store import assignments, audit, citizens, employers, job_orders
from matching.citizens import Needs
from matching.industries import industry_of
from matching.times import today_in_denmark
from matching.vocabulary import AnchorKind, Answer
from tests.api.makers import make_citizen, make_employer, make_order

TODAY = date(2026, 12, 1)
NOW = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture
def town(store, naestved):
    """Two citizens who avoid alcohol, a prospect who was called in November, another, and a bar's order."""
    sober = Needs(attitudes={"green": "gladly"}, avoids={"alcohol_present"})
    green = {"industry_code": "813000", "industry_system": IndustrySystem.DB07, "cvr": ""}
    with store.unit() as unit:
        mine = citizens.add(unit, naestved, make_citizen(naestved, needs=sober))
        other = citizens.add(unit, naestved, make_citizen(naestved, needs=sober, name="Bo Bæk"))
        assignments.assign(unit, naestved, mine.id, naestved.user_id)
        called = employers.add(unit, naestved, make_employer(naestved, id="a" * 32, **green))
        fresh = employers.add(
            unit, naestved, make_employer(naestved, id="b" * 32, last_contact_on=None, **green)
        )
        bar = employers.add(unit, naestved, make_employer(naestved, id="c" * 32, cvr="", name="Baren"))
        job_orders.add(unit, naestved, make_order(bar))
        unit.commit()
    return {"mine": mine, "other": other, "called": called, "fresh": fresh, "bar": bar}


def calls(store, caller, language="da", **sought):
    return first_calls(store, Catalogues(), caller, Sought(**sought), TODAY, language)


def test_the_call_that_opens_something_for_most_comes_first_with_what_to_say(store, naestved, town):
    found = calls(store, naestved, k=1)
    [call] = found.calls
    assert (call.employer.id, call.kind) == (town["called"].id, Kind.EMPLOYERS)
    assert (call.unlocks, call.reaches, call.others) == (2, 2, 1)
    assert (found.waiting, found.served, found.unlocked, found.at_most) == (2, 0, 2, 2)
    assert call.ask_for == ("luge bede", "rive blade", "klippe hæk")
    assert calls(store, naestved, k=1, language="en").calls[0].ask_for[0] == "weed beds"


def test_only_citizens_open_to_the_caller_are_named_and_each_is_written_down(
    store, naestved, colleague, town
):
    found = calls(store, naestved, k=1)
    assert found.calls[0].citizens == (town["mine"].id,)
    assert found.names == {town["mine"].id: "Anna Marie Holm"}
    theirs = calls(store, colleague, k=1)
    assert (theirs.calls[0].citizens, theirs.calls[0].others, theirs.names) == ((), 2, {})
    with store.unit(read_only=True) as unit:
        read, shown, of_colleague = audit.entries(unit, "0370", limit=1000)[-3:]
    assert (read.action, read.subject, read.details["considered"]) == ("calls_read", found.list_id, 2)
    assert (shown.action, shown.citizen_id, shown.subject) == ("call_shown", town["mine"].id, found.list_id)
    assert (of_colleague.action, of_colleague.citizen_id) == ("calls_read", None)


def test_a_prospect_rests_after_a_contact_but_an_order_may_always_be_asked_about(store, naestved, town):
    with store.unit() as unit:
        practices.change(unit, naestved, {"contact_window_days": 60}, None)
        unit.commit()
    found = calls(store, naestved)
    assert [call.employer.id for call in found.calls] == [town["fresh"].id]
    assert (found.resting, [call.employer.id for call in found.further]) == (1, [town["bar"].id])
    with store.unit() as unit:
        fresh = town["fresh"]
        employers.replace(unit, naestved, replace(fresh, last_contact_on=TODAY), fresh.version)
        unit.commit()
    again = calls(store, naestved)
    [call] = again.calls
    assert (call.employer.id, call.kind, call.ask_for) == (town["bar"].id, Kind.JOB_ORDERS, ())
    [question] = call.questions
    assert (question.about, question.unlocks_pairs) == ("avoids:alcohol_present", 2)


def test_an_answer_that_puts_an_order_on_the_list_ends_the_wait(store, naestved, town):
    with store.unit() as unit:
        answer(unit, naestved, town["bar"].id, next(iter(town["mine"].needs.avoids)), Answer.NO)
        unit.commit()
    found = calls(store, naestved)
    assert (found.calls, found.waiting, found.served, found.at_most) == ((), 0, 2, 0)


def test_a_task_that_is_suggested_ends_the_wait_as_well(store, naestved, town):
    with store.unit() as unit:
        [order] = job_orders.open_of(unit, "0370")
        new = NewProposal(citizen_id=town["mine"].id, order_id=order.id, started_from=StartedFrom.JOB_ORDER)
        propose(unit, naestved, new)
        unit.commit()
    found = calls(store, naestved)
    assert (found.waiting, found.served, found.calls[0].reaches) == (1, 1, 1)


def test_who_objects_to_being_ranked_or_is_not_able_now_is_not_reckoned_with(store, naestved, town):
    with store.unit() as unit:
        objects = replace(town["mine"], objects_to_ranking=True)
        citizens.replace(unit, naestved, objects, objects.version)
        away = replace(town["other"], not_able_until=TODAY + timedelta(days=1))
        citizens.replace(unit, naestved, away, away.version)
        unit.commit()
    found = calls(store, naestved)
    assert (found.calls, found.waiting, found.served) == ((), 0, 0)


def test_few_points_are_enough_for_few_and_no_task_is_worth_more_than_a_hundred(store, naestved, town):
    assert calls(store, naestved, least_points=0).waiting == 2
    found = calls(store, naestved, least_points=100)
    assert (found.waiting, found.calls, found.at_most) == (2, (), 0)


def test_where_one_call_reaches_everybody_the_next_ones_for_them_follow(store, naestved, town):
    found = calls(store, naestved)
    further = [(call.employer.id, call.reaches) for call in found.further]
    assert [call.employer.id for call in found.calls] == [town["called"].id]
    assert further == [(town["fresh"].id, 2), (town["bar"].id, 2)]
    assert calls(store, naestved, k=2).further == found.further[:1]
    assert calls(store, naestved, k=1).further == ()


def spoke_with(store, caller, employer, **said):
    with store.unit() as unit:
        contacts_desk.record(unit, caller, employer.id, NewContact(kind=ContactKind.CALL, **said))
        unit.commit()


def test_after_a_call_the_list_is_reckoned_anew(store, naestved, town):
    kept_in = Catalogues()

    def rung():
        today = today_in_denmark()
        return [one.employer.id for one in first_calls(store, kept_in, naestved, Sought(), today, "da").calls]

    with store.unit() as unit:
        practices.change(unit, naestved, {"contact_window_days": 10}, None)
        unit.commit()
    assert rung() == [town["called"].id]
    spoke_with(store, naestved, town["called"])
    assert rung() == [town["fresh"].id]
    spoke_with(store, naestved, town["fresh"], reply=ContactReply.NOT_ANSWERED)
    # nobody asks twice on one day about an order either
    assert rung() == [town["bar"].id]
    spoke_with(store, naestved, town["bar"], reply=ContactReply.NOT_ANSWERED)
    assert rung() == []


def test_an_order_that_its_employer_said_no_to_is_not_rung_about(store, naestved, town):
    with store.unit() as unit:
        [order] = job_orders.open_of(unit, "0370")
        unit.commit()
    spoke_with(
        store, naestved, town["bar"], about=ContactAbout.JOB_ORDER, order_id=order.id, reply=ContactReply.NO
    )
    with store.unit(read_only=True) as unit:
        assert refusals.of_everybody(unit, naestved).keys() == {order.id}
    found = calls(store, naestved)
    assert town["bar"].id not in {call.employer.id for call in (*found.calls, *found.further)}
    with store.unit() as unit:
        for free in (town["called"], town["fresh"]):
            employers.replace(unit, naestved, replace(free, last_contact_on=TODAY), free.version)
        unit.commit()
    assert calls(store, naestved).calls == ()


@pytest.mark.parametrize("state", [OrderState.FILLED, OrderState.RETURNED])
def test_a_no_to_an_order_that_nobody_can_be_suggested_for_now_takes_no_list_away(
    store, naestved, town, state
):
    said_no = NewContact(kind=ContactKind.CALL, reply=ContactReply.NO)
    with store.unit() as unit:
        order = job_orders.add(unit, naestved, make_order(town["bar"], state=state, clock_from=unit.at))
        contacts_desk.record(unit, naestved, town["bar"].id, replace(said_no, order_id=order.id))
        unit.commit()
    with store.unit(read_only=True) as unit:
        assert order.id in refusals.of_everybody(unit, naestved)
    assert calls(store, naestved, k=1).waiting == 2


def test_what_stands_on_the_same_is_reckoned_once(store, naestved, colleague, town, monkeypatch):
    reckoned = []

    def reckon(footing, before):
        reckoned.append(footing.sought)
        return prospecting.calls_on(footing, before)

    monkeypatch.setattr("api.casework.catalogues.calls_on", reckon)
    kept_in, few = Catalogues(), Sought(k=1)

    def look(who, sought):
        first_calls(store, kept_in, who, sought, today_in_denmark(), "da")

    for who, sought in ((naestved, Sought()), (colleague, Sought()), (naestved, few), (naestved, few)):
        look(who, sought)
    assert reckoned == [Sought(), few]
    with store.unit() as unit:
        practices.change(unit, naestved, {"contact_window_days": 60}, None)
        unit.commit()
    look(naestved, few)
    assert len(reckoned) == 3


def test_after_each_change_the_calls_are_those_that_a_new_process_would_reckon(store, naestved, town):
    kept_in = Catalogues()

    def answered(unit):
        answer(unit, naestved, town["bar"].id, next(iter(town["mine"].needs.avoids)), Answer.NO)

    def moved(unit):
        changed = replace(town["other"], needs=replace(town["other"].needs, attitudes={"green": "cannot"}))
        citizens.replace(unit, naestved, changed, changed.version)

    def more(unit):
        green = {"industry_code": "813000", "industry_system": IndustrySystem.DB07, "cvr": ""}
        firm = employers.add(unit, naestved, make_employer(naestved, last_contact_on=None, **green))
        job_orders.add(unit, naestved, make_order(town["called"]))
        citizens.add(unit, naestved, make_citizen(naestved, needs=town["mine"].needs, name="Karen"))
        rung = NewContact(kind=ContactKind.CALL, reply=ContactReply.YES)
        contacts_desk.record(unit, naestved, firm.id, rung)

    told = []
    for change in (more, moved, answered):
        with store.unit() as unit:
            change(unit)
            unit.commit()
        kept, anew = (
            replace(first_calls(store, each, naestved, Sought(), TODAY, "da"), list_id="", at=NOW)
            for each in (kept_in, Catalogues())
        )
        assert kept == anew
        told.append((kept.waiting, kept.served))
    assert told == [(3, 0), (3, 0), (1, 2)]


def test_nobody_of_another_municipality_is_called_or_counted(store, vejle, town):
    found = calls(store, vejle)
    assert (found.calls, found.waiting, found.served) == ((), 0, 0)


def test_a_citizen_without_a_known_place_is_not_counted(store, naestved, town):
    nowhere = (AnchorRecord(kind=AnchorKind.POSTAL_DISTRICT, postcode="0000"),)
    with store.unit() as unit:
        citizens.add(unit, naestved, make_citizen(naestved, anchors=nowhere))
        unit.commit()
    assert calls(store, naestved).waiting == 2


def test_every_example_employer_with_a_code_has_likely_work():
    codes = {kind.code for kind in industries().values() if kind.code}
    assert [code for code in sorted(codes) if industry_of(code, IndustrySystem.DB07) is None] == []
