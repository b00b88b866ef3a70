"""Silent job orders: which, since when, and what makes them heard of again."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from api.casework import contacts, job_orders, practices, proposals, silence
from api.casework.contacts import NewContact
from api.domain.caller import Caller
from api.domain.contacts import ContactKind
from api.domain.moves import STILL_WANTED, ProposalState
from api.domain.proposals import StartedFrom
from api.domain.records import EmployerRecord, JobOrderRecord, OrderState
from api.store import Store, assignments, audit, citizens, employers, moves
from api.store import job_orders as orders
from api.store.errors import Missing
from geo import Refused
from matching.vocabulary import Answer, Demand
from tests.api.makers import make_citizen, make_employer, make_order

RECEIVED = date(2026, 9, 1)
"""The day on which everything was taken in."""

TODAY = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def firm(store: Store, naestved: Caller) -> EmployerRecord:
    with store.unit() as unit:
        found = employers.add(unit, naestved, make_employer(naestved))
        unit.commit()
    return found


@pytest.fixture
def order(store: Store, naestved: Caller, firm: EmployerRecord) -> JobOrderRecord:
    """An order that was told on the telephone two months ago."""
    with time_machine.travel(datetime(2026, 9, 1, 8, tzinfo=UTC), tick=False), store.unit() as unit:
        new = make_order(firm, received_on=None, state=OrderState.RECEIVED)
        found = job_orders.register(unit, naestved, new)
        unit.commit()
    return found


def silent(store: Store, caller: Caller, on: date | None = None) -> list[tuple[str, date, int]]:
    with time_machine.travel(TODAY, tick=False), store.unit(read_only=True) as unit:
        return [(one.order.id, one.heard_on, one.days) for one in silence.silent_orders(unit, caller, on)]


def at(day: datetime, store: Store, act):
    with time_machine.travel(day, tick=False), store.unit() as unit:
        answer = act(unit)
        unit.commit()
    return answer


def test_an_order_of_which_nothing_was_heard_is_told_with_since_when(store, naestved, vejle, order, firm):
    assert silent(store, naestved) == [(order.id, RECEIVED, 62)]
    assert silent(store, vejle) == []
    with time_machine.travel(TODAY, tick=False), store.unit(read_only=True) as unit:
        [one] = silence.silent_orders(unit, naestved)
    assert (one.order.id, one.employer_name) == (order.id, firm.name)


@pytest.mark.parametrize(("days", "there"), [(29, []), (30, [30]), (31, [31])])
def test_it_is_silent_from_the_day_that_the_practice_says(store, naestved, order, days, there):
    found = silent(store, naestved, RECEIVED + timedelta(days=days))
    assert [since for _, _, since in found] == there


@pytest.mark.parametrize(("days", "there"), [(29, []), (30, [30]), (31, [31])])
def test_it_is_silent_as_long_after_somebody_has_spoken_with_the_employer(
    store, naestved, order, days, there
):
    spoken = datetime(2026, 10, 1, 8, tzinfo=UTC)
    at(spoken, store, lambda unit: speak(unit, naestved, order))
    found = silent(store, naestved, spoken.date() + timedelta(days=days))
    assert [since for _, _, since in found] == there


def test_the_number_of_days_is_the_municipality_s_own(store, naestved, order):
    at(TODAY, store, lambda unit: practices.change(unit, naestved, {"silence_days": 63}, None))
    assert silent(store, naestved) == []


def answer(unit, caller, order):
    job_orders.answer(unit, caller, order.id, Demand.MACHINES, Answer.YES)


def change(unit, caller, order):
    job_orders.change(unit, caller, order, replace(order, places=2), None)


def speak(unit, caller, order):
    new = NewContact(kind=ContactKind.CALL, order_id=order.id)
    contacts.record(unit, caller, order.employer_id, new)


def suggest(unit, caller, order):
    anna = citizens.add(unit, caller, make_citizen(caller))
    assignments.assign(unit, caller, anna.id, caller.user_id)
    new = proposals.NewProposal(citizen_id=anna.id, order_id=order.id, started_from=StartedFrom.JOB_ORDER)
    made = proposals.propose(unit, caller, new)
    proposals.record(unit, caller, made.proposal.id, proposals.CameOf(state=ProposalState.WITHDRAWN))


def ask(unit, caller, order):
    silence.still_wanted(unit, caller, order.id)


@pytest.mark.parametrize("sign", [answer, change, speak, suggest, ask], ids=lambda sign: sign.__name__)
def test_any_sign_of_life_ends_the_silence_until_it_is_silent_again(store, naestved, order, sign):
    at(TODAY - timedelta(days=10), store, lambda unit: sign(unit, naestved, order))
    assert silent(store, naestved) == []
    again = TODAY.date() + timedelta(days=20)
    assert [days for _, _, days in silent(store, naestved, again)] == [30]


def test_a_contact_about_something_else_is_no_word_of_the_order(store, naestved, order, firm):
    at(
        TODAY,
        store,
        lambda unit: contacts.record(unit, naestved, firm.id, NewContact(kind=ContactKind.CALL)),
    )
    assert len(silent(store, naestved)) == 1


@pytest.mark.parametrize("state", set(OrderState) - {OrderState.RECEIVED, OrderState.OPEN})
def test_what_is_filled_returned_or_ended_is_not_asked_about(store, naestved, firm, state):
    at(
        TODAY - timedelta(days=99),
        store,
        lambda unit: orders.add(unit, naestved, make_order(firm, state=state)),
    )
    assert silent(store, naestved) == []


def test_a_posting_of_a_list_counts_from_the_day_that_the_list_says(store, naestved, firm):
    def take_in(unit):
        for id_, received_on in (("old", RECEIVED), ("new", date(2026, 10, 20)), ("undated", None)):
            orders.add(unit, naestved, make_order(firm, id=id_, received_on=received_on))

    at(TODAY, store, take_in)
    assert silent(store, naestved) == [("old", RECEIVED, 62)]
    later = TODAY.date() + timedelta(days=30)
    assert silent(store, naestved, later) == [
        ("old", RECEIVED, 92),
        ("new", date(2026, 10, 20), 43),
        ("undated", TODAY.date(), 30),
    ]


def test_who_heard_that_it_is_still_wanted_stands_in_its_log(store, naestved, colleague, order):
    kept = at(
        TODAY,
        store,
        lambda unit: silence.still_wanted(unit, colleague, order.id, "Gerne efter jul, siger Bo"),
    )
    assert (kept.heard_on, kept.state) == (TODAY.date(), order.state)
    with store.unit(read_only=True) as unit:
        line = moves.of(unit, naestved, moves.OF_ORDERS, order.id)[-1]
        entry = audit.entries(unit, "0370", limit=1000)[-1]
    assert (line.by, line.at, line.cause) == (colleague.user_id, TODAY, STILL_WANTED)
    assert (line.before, line.after, line.note) == ("received", "received", "Gerne efter jul, siger Bo")
    assert (entry.action, entry.subject) == ("job_order_still_wanted", order.id)
    assert "jul" not in str(entry)


@pytest.mark.parametrize("state", [OrderState.FILLED, OrderState.ENDED])
def test_what_is_done_is_not_still_wanted(store, naestved, firm, state):
    done = at(TODAY, store, lambda unit: orders.add(unit, naestved, make_order(firm, state=state)))
    with store.unit() as unit, pytest.raises(Refused) as refused:
        silence.still_wanted(unit, naestved, done.id)
    assert refused.value.field == "state"


def test_another_municipality_s_order_is_not_there_to_be_wanted(store, vejle, order):
    with store.unit() as unit, pytest.raises(Missing):
        silence.still_wanted(unit, vejle, order.id)


def test_one_that_is_not_wanted_is_ended_and_told_no_more(store, naestved, order):
    def end(unit):
        job_orders.change(unit, naestved, order, replace(order, state=OrderState.ENDED), None)

    at(TODAY - timedelta(days=40), store, end)
    assert silent(store, naestved) == []


def test_one_order_is_told_as_it_is_among_all(store, naestved, order):
    with time_machine.travel(TODAY, tick=False), store.unit(read_only=True) as unit:
        assert (silence.of_order(unit, naestved, order),) == silence.silent_orders(unit, naestved)
    with time_machine.travel(TODAY - timedelta(days=40), tick=False), store.unit(read_only=True) as unit:
        assert silence.of_order(unit, naestved, order) is None
        assert silence.of_order(unit, naestved, replace(order, state=OrderState.ENDED)) is None
