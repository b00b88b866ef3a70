"""The calls that open something for most who wait: who is counted, who is named, what is written down."""

from dataclasses import replace
from datetime import date

import pytest

from api.casework import practices
from api.casework.catalogues import Catalogues
from api.casework.employers import answer
from api.casework.prospecting import Sought, first_calls
from api.casework.supply import Kind
from api.domain.records import AnchorRecord, IndustrySystem
from api.examples.industries import industries
from api.store import assignments, audit, citizens, employers, job_orders
from matching.citizens import Needs
from matching.industries import industry_of
from matching.vocabulary import AnchorKind, Answer
from tests.api.makers import make_citizen, make_employer, make_order

TODAY = date(2026, 12, 1)


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
    assert (call.employer_id, call.kind) == (town["called"].id, Kind.EMPLOYERS)
    assert (call.unlocks, call.reaches, found.waiting, found.served, found.at_most) == (2, 2, 2, 0, 2)
    assert call.ask_for == ("luge bede", "rive blade", "klippe hæk")
    assert calls(store, naestved, k=1, language="en").calls[0].ask_for[0] == "weed beds"


def test_only_citizens_open_to_the_caller_are_named_and_each_is_written_down(
    store, naestved, colleague, town
):
    found = calls(store, naestved, k=1)
    assert found.calls[0].citizens == (town["mine"].id,)
    assert calls(store, colleague, k=1).calls[0].citizens == ()
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
    assert [call.employer_id for call in found.calls] == [town["fresh"].id]
    assert found.resting == 1
    with store.unit() as unit:
        fresh = town["fresh"]
        employers.replace(unit, naestved, replace(fresh, last_contact_on=TODAY), fresh.version)
        unit.commit()
    again = calls(store, naestved)
    [call] = again.calls
    assert (call.employer_id, call.kind, call.ask_for) == (town["bar"].id, Kind.JOB_ORDERS, ())
    [question] = call.questions
    assert (question.about, question.unlocks_pairs, question.unlocks_people) == (
        "avoids:alcohol_present",
        2,
        2,
    )


def test_an_answer_that_puts_an_order_on_the_list_ends_the_wait(store, naestved, town):
    with store.unit() as unit:
        answer(unit, naestved, town["bar"].id, next(iter(town["mine"].needs.avoids)), Answer.NO)
        unit.commit()
    found = calls(store, naestved)
    assert (found.calls, found.waiting, found.served, found.at_most) == ((), 0, 2, 0)


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
