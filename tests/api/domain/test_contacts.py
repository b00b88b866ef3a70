"""The limit of contacts, against every stretch of days counted one by one."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.contacts import (
    ContactDays,
    ContactKind,
    ContactLimit,
    ContactReply,
    EmployerContact,
    WhyResting,
    require_follow_up,
)
from geo import Refused

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
days = st.integers(-40, 40).map(lambda number: TODAY + timedelta(days=number))
limits = st.builds(ContactLimit, most=st.integers(1, 4), window_days=st.integers(1, 30))


def fullest(taken: list[date], window_days: int) -> int:
    """The most days of any stretch."""
    window = timedelta(days=window_days)
    return max((sum(start <= day < start + window for day in taken) for start in taken), default=0)


@given(st.lists(days, max_size=8), limits)
def test_the_next_free_day_is_the_first_on_which_no_new_stretch_is_too_full(taken, limit: ContactLimit):
    # what is too full already, by reasons given, may stay so as long as nothing is added to it
    def adds_to_a_full_stretch(day: date) -> bool:
        window = timedelta(days=limit.window_days)
        starts = [start for start in (*taken, day) if start <= day < start + window]
        return any(sum(start <= other < start + window for other in taken) >= limit.most for start in starts)

    free = limit.next_free_on(taken, TODAY)
    assert free >= TODAY
    assert not adds_to_a_full_stretch(free)
    between = (TODAY + timedelta(days=number) for number in range((free - TODAY).days))
    assert all(map(adds_to_a_full_stretch, between))


@given(st.integers(1, 12), limits)
def test_days_taken_one_after_another_never_break_the_limit(count: int, limit: ContactLimit):
    taken: list[date] = []
    for _ in range(count):
        taken.append(limit.next_free_on(taken, TODAY))
    assert fullest(taken, limit.window_days) <= limit.most


def test_a_reserved_day_counts_until_it_has_gone_by_unused():
    found = ContactDays(contacted=(date(2026, 11, 2),), reserved=(date(2026, 11, 20), TODAY))
    assert found.taken(TODAY) == (date(2026, 11, 2), TODAY)
    assert found.taken(date(2026, 11, 20)) == (date(2026, 11, 2), date(2026, 11, 20), TODAY)


def test_the_last_contact_that_a_list_tells_of_counts_once():
    found = ContactDays(contacted=(date(2026, 11, 10),))
    assert found.with_last(date(2026, 11, 10)) == found.with_last(None) == found
    assert found.with_last(date(2026, 11, 2)).contacted == (date(2026, 11, 2), date(2026, 11, 10))


@pytest.mark.parametrize(
    ("reply", "follow_up_on"),
    [(ContactReply.NOT_NOW, None), (ContactReply.NOT_NOW, date(2026, 11, 21)), (ContactReply.YES, date.min)],
    ids=["not now without a day", "a day before it", "a yes with a day before it"],
)
def test_when_to_come_back_is_refused_by_name(reply: ContactReply, follow_up_on: date | None):
    with pytest.raises(Refused) as refused:
        require_follow_up(TODAY, reply, follow_up_on)
    assert refused.value.field == "follow_up_on"


@pytest.mark.parametrize("reply", ContactReply)
def test_only_not_now_has_to_say_when(reply: ContactReply):
    require_follow_up(TODAY, reply, TODAY)
    if reply is not ContactReply.NOT_NOW:
        require_follow_up(TODAY, reply, None)


@pytest.mark.parametrize(
    ("days", "free", "why"),
    [
        (ContactDays(), 0, None),
        (ContactDays(contacted=(TODAY,)), 28, WhyResting.CONTACT_LIMIT),
        (ContactDays(back_on=TODAY + timedelta(days=90)), 90, WhyResting.EMPLOYER_ASKED),
        (ContactDays(back_on=TODAY), 0, None),
        (ContactDays(tried_on=TODAY), 1, WhyResting.NOT_ANSWERED),
        (ContactDays(tried_on=TODAY - timedelta(days=1)), 0, None),
        (
            ContactDays(contacted=(TODAY,), tried_on=TODAY, back_on=TODAY + timedelta(days=5)),
            5,
            WhyResting.EMPLOYER_ASKED,
        ),
        (ContactDays(contacted=(TODAY - timedelta(days=9),), back_on=TODAY - timedelta(days=2)), 0, None),
        (ContactDays(contacted=(TODAY,), back_on=TODAY - timedelta(days=2)), 28, WhyResting.CONTACT_LIMIT),
        (
            ContactDays(reserved=(TODAY + timedelta(days=5),), back_on=TODAY + timedelta(days=5)),
            33,
            WhyResting.CONTACT_LIMIT,
        ),
        (
            ContactDays(contacted=(TODAY,), back_on=TODAY + timedelta(days=40)),
            40,
            WhyResting.EMPLOYER_ASKED,
        ),
    ],
    ids=[
        "nothing",
        "contacted",
        "asked",
        "asked for today",
        "tried",
        "tried yesterday",
        "asked for within the window",
        "asked for lately",
        "asked for and contacted since",
        "asked for and reserved",
        "asked longest",
    ],
)
def test_an_employer_rests_for_as_long_as_anything_asks_for_it_and_for_that(days, free, why):
    asked = ContactLimit(), TODAY, TODAY
    assert days.free_on(*asked) == TODAY + timedelta(days=free)
    rest = days.rest(*asked)
    assert (rest and rest.why) == why


@given(
    st.builds(
        ContactDays,
        st.lists(days, max_size=4).map(tuple),
        st.lists(days, max_size=4).map(tuple),
        st.none() | days,
        st.none() | days,
    ),
    limits,
    days,
)
def test_there_is_a_reason_on_every_day_but_the_free_ones(found: ContactDays, limit: ContactLimit, on: date):
    free = found.free_on(limit, TODAY, on)
    assert free >= on
    rest = found.rest(limit, TODAY, on)
    assert rest is None if free == on else rest.until == free
    assert found.rest(limit, TODAY, free) is None


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ({}, True),
        ({"by_employer": True}, False),
        ({"reply": "not_answered"}, False),
        ({"reply": "not_answered", "kind": "visit"}, False),
        ({"reply": "not_answered", "kind": "letter"}, True),
        ({"reply": "not_answered", "kind": "mail"}, True),
        ({"reply": "not_answered", "citizen_id": "c-1"}, True),
        ({"reply": "no"}, True),
        ({"reply": "no", "by_employer": True}, False),
    ],
    ids=str,
)
def test_what_reached_nobody_or_was_begun_by_the_employer_does_not_count(said, counts):
    known = {"id": "k", "municipality": "0370", "employer_id": "e", "on": TODAY, "by": "u", "at": NOW}
    words = {
        "kind": ContactKind(said.get("kind", "call")),
        "reply": ContactReply(said.get("reply", "unknown")),
    }
    assert EmployerContact(**known | said | words).counts is counts
