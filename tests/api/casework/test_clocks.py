"""The contact clock of a job order as it is stopped and goes on at the desk."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest
import time_machine

from api.casework import clocks, due, order_lists, practices, proposals
from api.casework import job_orders as orders_desk
from api.casework.catalogues import Catalogues
from api.casework.errors import PausedAlready
from api.casework.returns import Returned, return_order
from api.domain.caller import Role
from api.domain.due import DueKind
from api.domain.moves import ReturnCause
from api.domain.proposals import StartedFrom
from api.domain.records import OrderState
from api.store import assignments, citizens, employers, job_orders
from geo import Refused
from matching.times import DENMARK_TIME
from tests.api.makers import make_citizen, make_employer, make_order

MONDAY = date(2026, 11, 23)


def on(day, hour):
    return datetime(2026, 11, day, hour, tzinfo=DENMARK_TIME)


@pytest.fixture
def unit(store, naestved):
    with time_machine.travel(on(23, 9), tick=False), store.unit() as unit:
        yield unit


@pytest.fixture
def order(unit, naestved):
    employer = employers.add(unit, naestved, make_employer(naestved))
    return orders_desk.register(unit, naestved, make_order(employer, received_on=MONDAY))


@pytest.mark.parametrize(
    ("stops", "goes_on", "due"),
    [
        (on(26, 14), on(27, 9), date(2026, 11, 27)),
        (on(23, 14), on(24, 9), date(2026, 11, 26)),
        (on(24, 9), on(24, 16), date(2026, 11, 26)),
        (on(24, 9), on(26, 9), date(2026, 11, 30)),
    ],
    ids=["over the last night", "over the day of receipt", "within a day", "over two nights"],
)
def test_the_days_that_end_while_the_clock_stands_still_do_not_count(
    unit, naestved, order, stops, goes_on, due
):
    assert clocks.clock_of(unit, naestved, order).contact_by.date() == date(2026, 11, 26)
    standing = clocks.pause(replace(unit, at=stops), naestved, order.id, "Virksomheden holder ferie")
    assert (standing.paused, standing.contact_by) == (True, None)
    running = clocks.resume(replace(unit, at=goes_on), naestved, order.id)
    assert running.paused is False
    assert running.contact_by.date() == due


def due_of(unit, caller, order):
    found = due.due(unit, caller).items
    return [one for one in found if (one.waiting.kind, one.waiting.id) == (DueKind.ORDER_DEADLINE, order.id)]


def test_a_deadline_that_was_missed_before_the_pause_stays_missed(unit, naestved, order):
    clocks.pause(replace(unit, at=on(27, 9)), naestved, order.id, "Virksomheden holder ferie")
    later = replace(unit, at=on(30, 9))
    assert clocks.clock_of(later, naestved, order).contact_by.date() == date(2026, 11, 26)
    assert [one.overdue for one in due_of(later, naestved, order)] == [True]


def test_a_clock_that_stands_still_is_not_stopped_once_more(unit, naestved, order):
    clocks.pause(replace(unit, at=on(26, 9)), naestved, order.id, "Virksomheden holder ferie")
    with pytest.raises(PausedAlready) as refused:
        clocks.pause(replace(unit, at=on(27, 9)), naestved, order.id, "Lukket")
    assert refused.value.facts["since"] == date(2026, 11, 26)
    clocks.resume(replace(unit, at=on(27, 10)), naestved, order.id)
    again = clocks.pause(replace(unit, at=on(27, 11)), naestved, order.id, "Lukket")
    assert [pause.reason for pause in again.pauses] == ["Virksomheden holder ferie", "Lukket"]


def test_an_order_that_is_paused_in_time_is_not_due(unit, naestved, order):
    clocks.pause(replace(unit, at=on(26, 23)), naestved, order.id, "Virksomheden holder ferie")
    assert due_of(replace(unit, at=on(30, 9)), naestved, order) == []


@pytest.mark.parametrize(
    ("at", "overdue"),
    [(time(23, 59), False), (time(23, 59, 59), False), (time(), True)],
    ids=["in the last minute", "in the last second", "on the day after"],
)
def test_a_deadline_lasts_until_the_day_is_over_wherever_it_is_told(unit, naestved, order, at, overdue):
    made = suggested(unit, naestved, order)
    day = date(2026, 11, 27) if overdue else date(2026, 11, 26)
    then = replace(unit, at=datetime.combine(day, at, DENMARK_TIME))
    [row] = order_lists.listed(then, naestved, order_lists.WAITING)[0]
    seen = proposals.read(then, naestved, made.id)
    [waits] = [one for one in due.due(then, naestved).items if one.waiting.id == made.id]
    assert {row.overdue, seen.overdue, waits.overdue, bool(due.overdue(then, naestved))} == {overdue}


@pytest.mark.parametrize("role", Role)
def test_why_a_clock_stands_still_is_told_to_those_alone_who_may_know_of_citizens(
    unit, naestved, order, role
):
    stood = clocks.pause(unit, naestved, order.id, "Hun er syg")
    asks = replace(naestved, role=role)
    [pause] = clocks.clock_of(unit, asks, job_orders.find(unit, naestved, order.id)).pauses
    assert pause.since == stood.pauses[0].since
    assert pause.reason == ("Hun er syg" if role in SEE_CITIZENS else "")


SEE_CITIZENS = (Role.CONSULTANT, Role.CASEWORKER, Role.COORDINATOR)


def moved(unit, caller, order, state):
    now = job_orders.find(unit, caller, order.id)
    return orders_desk.change(unit, caller, now, replace(now, state=state), {now.version})


def test_an_order_that_is_ended_has_no_clock_and_is_not_paused(unit, naestved, order):
    ended = moved(unit, naestved, order, OrderState.ENDED)
    assert clocks.clock_of(unit, naestved, ended) == clocks.Clock(None, False, ())
    with pytest.raises(Refused) as refusal:
        clocks.pause(unit, naestved, order.id, "Virksomheden holder ferie")
    assert refusal.value.field == "state"


def test_a_pause_that_an_order_was_ended_in_goes_on_when_it_is_opened_again(unit, naestved, order):
    clocks.pause(unit, naestved, order.id, "Virksomheden holder ferie")
    ended = moved(unit, naestved, order, OrderState.ENDED)
    assert not clocks.clock_of(unit, naestved, ended).paused
    opened = moved(unit, naestved, order, OrderState.OPEN)
    assert clocks.clock_of(unit, naestved, opened).paused


def test_the_pauses_of_an_order_that_is_ended_stay_told_but_for_the_one_that_goes_on(unit, naestved, order):
    clocks.pause(unit, naestved, order.id, "Virksomheden holder ferie")
    clocks.resume(replace(unit, at=on(24, 9)), naestved, order.id)
    clocks.pause(replace(unit, at=on(25, 9)), naestved, order.id, "Lukket")
    ended = moved(unit, naestved, order, OrderState.ENDED)
    told = clocks.clock_of(unit, naestved, ended)
    assert [pause.reason for pause in told.pauses] == ["Virksomheden holder ferie"]


SLOWER = {"contact_days": 5, "extra_days_off": ["2026-11-25"]}


def suggested(unit, caller, order):
    person = citizens.add(unit, caller, make_citizen(caller))
    assignments.assign(unit, caller, person.id, caller.user_id)
    new = proposals.NewProposal(citizen_id=person.id, order_id=order.id, started_from=StartedFrom.JOB_ORDER)
    return proposals.propose(unit, caller, new).proposal


def deadlines(unit, caller, order, *made):
    seen = [proposals.read(unit, caller, one.id).contact_by for one in made]
    current = orders_desk.read(unit, caller, order.id)
    return [one.date() for one in (clocks.clock_of(unit, caller, current).contact_by, *seen)]


def test_a_deadline_that_was_told_stays_when_the_practice_changes(unit, naestved, order):
    posting = job_orders.add(unit, naestved, replace(order, id="posting", reference="", clock_from=None))
    made = [suggested(unit, naestved, one) for one in (order, posting)]
    told = date(2026, 11, 26)
    assert deadlines(unit, naestved, order, *made) == [told] * 3
    practices.change(unit, naestved, SLOWER, None)
    assert deadlines(unit, naestved, order, *made) == [told] * 3
    waiting = [one.waiting for one in due.due(unit, naestved).items]
    assert {one.by.date() for one in waiting if one.id in {one.id for one in made}} == {told}


def test_what_begins_after_a_change_goes_by_the_new_practice(unit, naestved, order):
    practices.change(unit, naestved, SLOWER, None)
    new = orders_desk.register(
        unit, naestved, replace(order, id="new", reference="", clock_from=None, clock_practice=None)
    )
    # five working days after Monday, without Wednesday
    assert deadlines(unit, naestved, new, suggested(unit, naestved, new)) == [date(2026, 12, 1)] * 2
    assert deadlines(unit, naestved, order) == [date(2026, 11, 26)]


def test_a_return_starts_a_clock_by_the_practice_of_its_day(unit, naestved, order):
    practices.change(unit, naestved, SLOWER, None)
    kept = Catalogues().of(unit, naestved)
    back = return_order(unit, naestved, kept, order.id, Returned(cause=ReturnCause.NO_CANDIDATE))
    assert back.clock.contact_by.date() == date(2026, 12, 1)
