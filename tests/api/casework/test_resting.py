"""Employers who were contacted often enough, left out of the next list until they are free."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine

from api.casework import explanations, rankings, reservations
from api.casework.catalogues import Catalogues
from api.casework.due import due
from api.casework.errors import ContactLimitReached
from api.casework.rankings import Wanted
from api.casework.supply import Kind
from api.domain.caller import Caller
from api.domain.contacts import ContactKind, ContactReply, WhyResting
from api.domain.due import DueKind
from api.domain.records import EmployerRecord
from api.store import Store, assignments, citizens, employers, job_orders
from geo import Point
from matching import Ledger
from matching.citizens import Needs
from matching.standing import Group
from matching.vocabulary import Answer, Demand
from tests.api.casework.test_contacts import (
    MONTH,
    call,
    corrected,
    firm,
    history,
    log,
    reserve,
    taken_back,
    today,
)
from tests.api.makers import SQUARE, make_citizen, make_employer, make_order

__all__ = ["firm", "today"]

SOBER = dict.fromkeys((Demand.MACHINES, Demand.ALCOHOL_PRESENT), Answer.NO)
FARTHER = replace(SQUARE, point=Point(55.25, 11.78))


@pytest.fixture
def waiting(store: Store, naestved: Caller) -> str:
    """A citizen who waits for work."""
    with store.unit() as unit:
        anna = citizens.add(unit, naestved, make_citizen(naestved))
        assignments.assign(unit, naestved, anna.id, naestved.user_id)
        unit.commit()
    return anna.id


def test_a_contact_is_seen_in_the_next_list_of_every_process(store, naestved, firm, today, waiting):
    here, there = Catalogues(), Catalogues()
    wanted = Wanted(kind=Kind.EMPLOYERS)

    def listed(kept_in: Catalogues):
        return rankings.for_citizen(store, kept_in, naestved, waiting, wanted, today)

    for kept_in in (here, there):
        found = listed(kept_in)
        assert firm.id in found.found.ids
        assert (len(found.found.catalogue), found.resting) == (1, {})
    kept = reserve(store, naestved, firm)
    for kept_in in (here, there):
        found = listed(kept_in)
        assert (len(found.found.catalogue), found.resting) == (0, {firm.id: today + MONTH})
        totals = (found.found.items_total, found.found.ask_total, found.found.excluded_total)
        assert totals == (0, 0, 0)
    with store.unit() as unit:
        reservations.give_back(unit, naestved, firm.id, kept.id)
        unit.commit()
    assert [len(listed(kept_in).found.catalogue) for kept_in in (here, there)] == [1, 1]
    call(store, naestved, firm)
    assert [listed(kept_in).resting for kept_in in (here, there)] == [{firm.id: today + MONTH}] * 2
    # why it stands where it stands is told of an employer who rests, too
    ledger = explanations.explained(store, here, naestved, waiting, firm.id, today, "da").ledger
    assert ledger.order_id == firm.id


def test_an_explanation_names_the_ranks_of_a_list_that_somebody_rests_from(store, naestved, today):
    with store.unit() as unit:
        careful = Needs(attitudes={"green": "gladly"}, avoids=SOBER.keys())
        anna = citizens.add(unit, naestved, make_citizen(naestved, needs=careful))
        assignments.assign(unit, naestved, anna.id, naestved.user_id)
        best, *others = [
            employers.add(unit, naestved, make_employer(naestved, last_contact_on=None, cvr="", **known))
            for known in (
                {"place": SQUARE, "demands": SOBER},
                {"place": FARTHER, "demands": SOBER},
                {"place": FARTHER, "demands": {}},
            )
        ]
        unit.commit()
    kept_in, wanted = Catalogues(), Wanted(kind=Kind.EMPLOYERS)

    def listed() -> dict[str, tuple[int | None, int | None]]:
        found = rankings.for_citizen(store, kept_in, naestved, anna.id, wanted, today).found
        rows = (*found.shown(), *found.shown(Group.ASKED))
        return {found.ids[row]: places_of(found.ledger(row, "da")) for row in rows}

    def told(of: list[EmployerRecord]) -> dict[str, tuple[int | None, int | None]]:
        asked = naestved, anna.id
        ledgers = (explanations.explained(store, kept_in, *asked, firm.id, today, "da").ledger for firm in of)
        return {ledger.order_id: places_of(ledger) for ledger in ledgers}

    before = told([best, *others])
    assert list(before.values()) == [(1, None), (2, None), (None, 3)]
    assert before == listed()
    call(store, naestved, best)
    assert list(told(others).values()) == [(1, None), (None, 2)]
    assert told(others) == listed()
    # who rests itself is told of as if it did not
    assert told([best]) == {best.id: (1, None)}


def places_of(ledger: Ledger) -> tuple[int | None, int | None]:
    return ledger.rank, ledger.would_rank


def test_who_rests_comes_back_on_the_first_free_day(store, naestved, firm, today, waiting):
    call(store, naestved, firm)
    kept_in, wanted = Catalogues(), Wanted(kind=Kind.EMPLOYERS)
    for days, there in ((27, 0), (28, 1)):
        on = today + timedelta(days=days)
        found = rankings.for_citizen(store, kept_in, naestved, waiting, wanted, on)
        assert len(found.found.catalogue) == there


def test_an_order_may_be_asked_about_however_often_its_employer_was_contacted(
    store, naestved, firm, today, waiting
):
    call(store, naestved, firm)
    with store.unit() as unit:
        order = job_orders.add(unit, naestved, make_order(firm))
        unit.commit()
    found = rankings.for_citizen(store, Catalogues(), naestved, waiting, Wanted(), today)
    assert list(found.found.ids) == [order.id]
    assert found.resting == {}


SPRING = timedelta(days=120)


def rests(store: Store, caller: Caller, citizen_id: str, kept_in: Catalogues, on) -> dict[str, object]:
    """Who rests on the list of employers that the citizen gets, on which they then do not stand."""
    found = rankings.for_citizen(store, kept_in, caller, citizen_id, Wanted(kind=Kind.EMPLOYERS), on)
    assert len(found.found.catalogue) == 1 - len(found.resting)
    return dict(found.resting)


def test_who_said_not_now_rests_until_the_day_in_every_list_and_is_due_on_it(
    store, naestved, firm, today, waiting
):
    here, there = Catalogues(), Catalogues()
    assert rests(store, naestved, waiting, there, today) == {}
    call(store, naestved, firm, reply=ContactReply.NOT_NOW, follow_up_on=today + SPRING)
    for kept_in in (here, there):
        assert rests(store, naestved, waiting, kept_in, today) == {firm.id: today + SPRING}
    for days, there_again in ((119, False), (120, True)):
        on = today + timedelta(days=days)
        assert (rests(store, naestved, waiting, here, on) == {}) is there_again
    state = history(store, naestved, firm).state
    assert (state.next_free_on, state.why) == (today + SPRING, WhyResting.EMPLOYER_ASKED)
    with time_machine.travel(datetime.combine(today + SPRING, time(9), UTC), tick=False):
        with store.unit() as unit:
            assert [one.waiting.kind for one in due(unit, naestved).items] == [DueKind.CALL_BACK]
        assert history(store, naestved, firm).state.why is None
        assert rests(store, naestved, waiting, here, today + SPRING) == {}


def test_before_that_day_only_a_reason_reserves_one(store, naestved, firm, today):
    call(store, naestved, firm, by_employer=True, reply=ContactReply.NOT_NOW, follow_up_on=today + SPRING)
    with pytest.raises(ContactLimitReached) as reached:
        reserve(store, naestved, firm, on=today + timedelta(days=60))
    assert reached.value.why is WhyResting.EMPLOYER_ASKED
    assert reached.value.next_free_on >= today + SPRING
    early = reserve(store, naestved, firm, on=today + timedelta(days=60), reason="Grethe ringede selv")
    [entry] = log(store, "contact_reserved")
    assert early.reason
    assert entry.details["beyond_limit"]
    assert entry.details["why"] == "employer_asked"
    # what the employer begins, and what has happened, is written down at any time
    call(store, naestved, firm, by_employer=True)
    call(store, naestved, firm)
    assert history(store, naestved, firm).state.why is WhyResting.EMPLOYER_ASKED


@pytest.mark.parametrize("reply", [ContactReply.YES, ContactReply.NO])
def test_what_the_employer_says_later_takes_the_place_of_not_now(store, naestved, firm, today, reply):
    yesterday = today - timedelta(days=1)
    call(
        store,
        naestved,
        firm,
        on=yesterday,
        by_employer=True,
        reply=ContactReply.NOT_NOW,
        follow_up_on=today + SPRING,
    )
    for said in ({}, {"reply": ContactReply.NOT_ANSWERED}):
        call(store, naestved, firm, by_employer=True, **said)
        assert history(store, naestved, firm).state.why is WhyResting.EMPLOYER_ASKED
    call(store, naestved, firm, by_employer=True, reply=reply)
    assert history(store, naestved, firm).state.why is None


def test_not_now_put_right_or_taken_back_lets_the_employer_be_called(store, naestved, firm, today, waiting):
    said = {"by_employer": True, "reply": ContactReply.NOT_NOW, "follow_up_on": today + SPRING}
    kept_in = Catalogues()
    contact = call(store, naestved, firm, **said).contact
    assert rests(store, naestved, waiting, kept_in, today) == {firm.id: today + SPRING}
    corrected(store, naestved, contact, ContactReply.YES)
    assert rests(store, naestved, waiting, kept_in, today) == {}
    corrected(store, naestved, contact, ContactReply.NOT_NOW, today + timedelta(days=2))
    assert rests(store, naestved, waiting, kept_in, today) == {firm.id: today + timedelta(days=2)}
    taken_back(store, naestved, contact)
    assert rests(store, naestved, waiting, kept_in, today) == {}


def test_not_now_about_a_citizen_rests_nobody_as_it_is_not_everybody_s_to_know(
    store, naestved, firm, today, waiting
):
    said = {"by_employer": True, "reply": ContactReply.NOT_NOW, "follow_up_on": today + SPRING}
    call(store, naestved, firm, citizen_id=waiting, **said)
    assert history(store, naestved, firm).state.why is None


def test_a_call_that_nobody_answered_rests_the_employer_until_tomorrow_and_uses_up_nothing(
    store, naestved, colleague, firm, today, waiting
):
    kept_in, tomorrow = Catalogues(), today + timedelta(days=1)
    day = reserve(store, naestved, firm, on=today + timedelta(days=20))
    with store.unit() as unit:
        reservations.give_back(unit, naestved, firm.id, day.id)
        unit.commit()
    call(store, naestved, firm, reply=ContactReply.NOT_ANSWERED)
    state = history(store, naestved, firm).state
    assert (state.taken, state.next_free_on, state.why) == ((), tomorrow, WhyResting.NOT_ANSWERED)
    assert rests(store, naestved, waiting, kept_in, today) == {firm.id: tomorrow}
    assert rests(store, naestved, waiting, kept_in, tomorrow) == {}
    with store.unit(read_only=True) as unit:
        assert employers.find(unit, naestved, firm.id).last_contact_on is None
    kept = reserve(store, colleague, firm, on=today + timedelta(days=20))
    call(store, colleague, firm, reply=ContactReply.NOT_ANSWERED)
    with store.unit(read_only=True) as unit:
        assert reservations.of_employer(unit, naestved, firm.id)[0] == (kept,)


@pytest.mark.parametrize("kind", [ContactKind.LETTER, ContactKind.MAIL, ContactKind.EVENT])
def test_a_letter_that_nobody_answered_counts_all_the_same(store, naestved, firm, today, kind):
    call(store, naestved, firm, kind=kind, reply=ContactReply.NOT_ANSWERED)
    assert history(store, naestved, firm).state.why is WhyResting.CONTACT_LIMIT


def test_a_contact_put_right_counts_from_then_on_or_no_more(store, naestved, firm, today):
    def last() -> object:
        with store.unit(read_only=True) as unit:
            return employers.find(unit, naestved, firm.id).last_contact_on

    ago = today - timedelta(days=2)
    contact = call(store, naestved, firm, on=ago, reply=ContactReply.NOT_ANSWERED).contact
    kept = reserve(store, naestved, firm, on=today + timedelta(days=1))
    corrected(store, naestved, contact, ContactReply.YES)
    assert (history(store, naestved, firm).state.taken, last()) == ((ago,), ago)
    with store.unit(read_only=True) as unit:
        assert kept not in reservations.of_employer(unit, naestved, firm.id)[0]
    corrected(store, naestved, contact, ContactReply.NOT_ANSWERED)
    assert (history(store, naestved, firm).state.taken, last()) == ((), None)
    # a letter counts whatever is written down of the answer
    letter = call(store, naestved, firm, kind=ContactKind.LETTER).contact
    corrected(store, naestved, letter, ContactReply.NOT_ANSWERED)
    assert last() == today


def test_the_day_that_the_employer_gave_is_reserved_without_a_reason_within_the_window(
    store, naestved, colleague, firm, today
):
    given = today + timedelta(days=10)
    call(store, naestved, firm, reply=ContactReply.NOT_NOW, follow_up_on=given)
    with pytest.raises(ContactLimitReached) as early:
        reserve(store, naestved, firm, on=given - timedelta(days=1))
    assert early.value.why is WhyResting.EMPLOYER_ASKED
    # on the day, or the first one after it on which people work
    assert given <= early.value.next_free_on < given + timedelta(days=7)
    assert history(store, naestved, firm).state.next_free_on == given
    reserve(store, naestved, firm, on=given)
    (row,) = log(store, "contact_reserved")
    assert not row.details["beyond_limit"]
    # one contact is at the employer's wish, and counts for the next
    with pytest.raises(ContactLimitReached) as again:
        reserve(store, colleague, firm, on=given)
    assert again.value.why is WhyResting.CONTACT_LIMIT
    assert history(store, naestved, firm).state.taken == (today, given)


def test_a_day_that_went_by_without_a_contact_stays_at_the_employer_s_wish(
    store, naestved, firm, today, waiting
):
    given = today + timedelta(days=10)
    call(store, naestved, firm, reply=ContactReply.NOT_NOW, follow_up_on=given)
    kept_in = Catalogues()
    for days, resting in ((9, {firm.id: given}), (10, {}), (13, {})):
        on = today + timedelta(days=days)
        assert rests(store, naestved, waiting, kept_in, on) == resting
    with time_machine.travel(datetime.combine(given + timedelta(days=3), time(9), UTC), tick=False):
        assert history(store, naestved, firm).state.why is None
        call(store, naestved, firm)
        assert history(store, naestved, firm).state.why is WhyResting.CONTACT_LIMIT
