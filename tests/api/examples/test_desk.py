"""What the example desks did lately: every state is there, at its time, and a page has something to show."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from api.casework import contacts as contacts_desk
from api.casework import seeding
from api.casework.catalogues import Catalogues
from api.casework.clocks import clocks_of
from api.casework.municipalities import caller_at
from api.casework.supply import Kind
from api.config import Settings
from api.domain.contacts import ContactAbout
from api.domain.moves import ProposalState
from api.domain.records import OrderState
from api.domain.working_days import day_of
from api.examples.desk import CALENDAR, Did, desk_of
from api.examples.written import WRITTEN, example_municipality
from api.store import Store, citizens, contacts, job_orders, moves, open_store, proposals
from geo import Point
from geo.errors import UnknownCode
from matching import Anchor, Citizen, shortlist

MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 22)
NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The three municipalities on a Monday, with what happened there."""
    settings = Settings(db=f"sqlite:///{tmp_path_factory.mktemp('desk')}/frikortmatch.db")
    with open_store(settings, create=True) as store, time_machine.travel(NOON, tick=False):
        examples = [example_municipality(code, MONDAY) for code in WRITTEN]
        list(seeding.seed(store, examples, desks={code: desk_of(code, MONDAY) for code in WRITTEN}))
        yield store


@pytest.mark.parametrize("code", WRITTEN)
def test_every_state_of_orders_and_proposals_is_there(seeded: Store, code: str):
    caller = caller_at(code)
    with seeded.unit(read_only=True) as unit:
        orders = job_orders.all_of(unit, code)
        made = proposals.in_states(unit, caller, ProposalState)
    states = Counter(order.state for order in orders)
    assert set(states) >= {OrderState.RECEIVED, OrderState.OPEN, OrderState.RETURNED, OrderState.ENDED}
    told = {one.state for one in made}
    assert told >= {ProposalState.PROPOSED, ProposalState.CONTACTED, ProposalState.ACCEPTED}
    assert told >= {ProposalState.DECLINED, ProposalState.NOT_ABLE_NOW}


@pytest.mark.parametrize("code", WRITTEN)
def test_somebody_who_has_said_yes_is_at_work(seeded: Store, code: str):
    with seeded.unit(read_only=True) as unit:
        said_yes = proposals.in_states(unit, caller_at(code), [ProposalState.ACCEPTED])
    assert any(one.began_on and one.began_on < MONDAY for one in said_yes)


@pytest.mark.parametrize("code", WRITTEN)
def test_something_is_overdue_something_due_today_and_a_clock_stands_still(seeded: Store, code: str):
    with seeded.unit(read_only=True) as unit:
        clocks = clocks_of(unit, caller_at(code), job_orders.all_of(unit, code))
    running = [clock for clock in clocks.values() if clock.running]
    days = {day_of(clock.contact_by) for clock in running if clock.contact_by}
    assert any(day < MONDAY for day in days)
    assert MONDAY in days
    assert any(day > MONDAY for day in days)
    assert any(clock.paused for clock in running)


@pytest.mark.parametrize("code", WRITTEN)
def test_everything_happened_on_a_working_day_before_and_in_this_order(seeded: Store, code: str):
    with seeded.unit(read_only=True) as unit:
        logs = [
            moves.of(unit, caller_at(code), moves.OF_ORDERS, order.id)
            for order in job_orders.all_of(unit, code)
        ]
    lines = [line for log in logs for line in log]
    assert lines
    assert all(line.at < NOON and CALENDAR.is_working_day(day_of(line.at)) for line in lines)
    assert all(list(log) == sorted(log, key=lambda line: line.at) for log in logs)


def test_who_is_not_able_now_is_asked_again_at_a_day_to_come(seeded: Store):
    with seeded.unit(read_only=True) as unit:
        resting = {
            record.id: record.not_able_until
            for code in WRITTEN
            for record in citizens.some(
                unit, caller_at(code), [each.id for each in example_municipality(code, MONDAY).citizens]
            ).values()
            if record.not_able_until
        }
    assert set(resting) == {"citizen-0630-13", "citizen-0661-05", "citizen-0370-13"}
    assert all(until > MONDAY for until in resting.values())


@pytest.mark.parametrize("code", WRITTEN)
def test_employers_were_spoken_with_are_to_be_come_back_to_and_rest(seeded: Store, code: str):
    caller = caller_at(code)
    called = [one for one in desk_of(code, MONDAY).happened if one.did is Did.CONTACT]
    with time_machine.travel(NOON, tick=False), seeded.unit() as unit:
        due = contacts.due(unit, caller, MONDAY + timedelta(days=1))
        abouts = {
            seen.contact.about
            for one in called
            for seen in contacts_desk.of_employer(unit, caller, one.employer_id).items
        }
        resting = [
            contacts_desk.of_employer(unit, caller, one.employer_id).state.next_free_on for one in called
        ]
    assert due
    assert abouts == set(ContactAbout) - {ContactAbout.OTHER}
    assert max(resting) > MONDAY


def test_every_citizen_can_be_reached_where_they_come(seeded: Store):
    people = [each for code in WRITTEN for each in example_municipality(code, MONDAY).citizens]
    assert all(each.chain[-1].centre_id == each.anchors[0].centre_id for each in people)
    assert len({link.number for each in people for link in each.chain if not link.centre_id}) == 15


@pytest.mark.parametrize("on", [MONDAY, SUNDAY, date(2027, 3, 30)], ids=["Monday", "Sunday", "after Easter"])
def test_days_are_counted_back_over_weekends_and_holidays(on: date):
    last = max(one.at for one in desk_of("0661", on).happened)
    yesterday = {MONDAY: date(2026, 11, 20), SUNDAY: date(2026, 11, 20)}.get(on, date(2027, 3, 24))
    assert day_of(last) == yesterday


def test_only_the_written_municipalities_have_a_desk():
    with pytest.raises(UnknownCode):
        desk_of("0101", MONDAY)


@pytest.mark.parametrize("code", WRITTEN)
def test_what_is_taken_down_is_an_order_of_the_municipality_s_own_file(code: str):
    desk, example = desk_of(code, MONDAY), example_municipality(code, MONDAY)
    orders, people = ({each.id for each in listed} for listed in (example.job_orders, example.citizens))
    assert desk.taken_down < orders
    assert {one.order_id for one in desk.happened if one.order_id} < orders
    assert {one.employer_id for one in desk.happened if one.employer_id} < {e.id for e in example.employers}
    assert {one.citizen_id for one in desk.happened if one.citizen_id} < people
    assert {Did.TAKE_DOWN, Did.PROPOSE, Did.RETURN, Did.PAUSE, Did.END} < {one.did for one in desk.happened}


@pytest.mark.parametrize(
    ("code", "employer", "said"),
    [
        ("0630", "employer-0630-28", "0 ja, 1 nej"),
        ("0661", "employer-0661-24", "1 ja, 0 nej"),
        ("0370", "employer-0370-24", "1 ja, 0 nej"),
        ("0370", "employer-0370-32", "0 ja, 1 nej"),
        ("0370", "employer-0370-01", None),
    ],
)
def test_a_list_says_truly_what_the_employers_have_answered(
    seeded: Store, code: str, employer: str, said: str | None
):
    told = "Ny virksomhed, ingen svar endnu" if said is None else f"Virksomhedens tidligere svar: {said}"
    with time_machine.travel(NOON, tick=False), seeded.unit(read_only=True) as unit:
        kept = Catalogues().of(unit, caller_at(code))
    [order] = [each for each in kept.supply.orders.values() if each.employer_id == employer][:1]
    somebody = Citizen(id="c-1", anchors=[Anchor(Point(55.23, 11.76), "drop_in_centre")])
    catalogue = kept.supply.catalogue(Kind.JOB_ORDERS)
    assert told in shortlist(somebody, catalogue, on=MONDAY).explain(order.id).reasons
