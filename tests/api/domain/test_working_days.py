"""Deadlines and card years, held to an oracle of their own over twelve years, and told in single days."""

import random
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.practice import Practice
from api.domain.working_days import Calendar, MonthDay, Pause, contact_deadline, day_of, start_of
from geo import Refused
from matching.cautions import expected_pay
from matching.orders import Task
from matching.times import DENMARK_TIME, parse_day
from tests.api.domain import working_day_oracle as oracle

FIRST, AFTER = datetime(2024, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
PLAIN = Practice().calendar
LOCAL_CLOSING = date(2027, 5, 7)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC))


def instants() -> list[int]:
    """100,000 moments of 2024 to 2035: the edges of every day and change of the clock, the rest at random."""
    first, after = int(FIRST.timestamp()), int(AFTER.timestamp())
    dice = random.Random(20261122)
    edges = []
    for year in range(2024, 2036):
        for turn in (*oracle.summer(year), oracle.day_number(year, 1, 1) * oracle.DAY - oracle.HOUR):
            edges += [turn + seconds for seconds in range(-7200, 7201, 60)]
    for number in range(oracle.day_number(2024, 1, 2), oracle.day_number(2035, 12, 30)):
        edges += [number * oracle.DAY - oracle.offset(number * oracle.DAY) + step for step in (-1, 0, 1)]
    known = [moment for moment in edges if first <= moment < after]
    return known + [dice.randrange(first, after) for _ in range(100_000 - len(known))]


def test_a_hundred_thousand_deadlines_are_those_of_the_oracle():
    found = instants()
    assert len(found) == 100_000
    wrong = []
    for seconds in found:
        moment = datetime.fromtimestamp(seconds, UTC)
        deadline = contact_deadline(moment, 3, PLAIN)
        if int(deadline.timestamp()) != oracle.deadline(seconds, 3) or deadline.second:
            wrong.append((moment, deadline))
    assert wrong == []


def weeks_paid(on: date) -> int:
    """How many weeks of the card year the product reckons a task without an end to be paid for."""
    return round(expected_pay(Task(hours_per_week=1, pay_dkk_per_hour=1), on))


def moments_of_another_card_year(day_in) -> list[datetime]:
    """The moments whose year or weeks left are not those of the oracle, when `day_in` tells their day."""
    weeks = cache(weeks_paid)
    wrong = []
    for seconds in instants():
        moment = datetime.fromtimestamp(seconds, UTC)
        day = day_in(moment)
        if (day.year, weeks(day)) != (oracle.card_year(seconds), oracle.weeks_left(seconds)):
            wrong.append(moment)
    return wrong


@pytest.mark.parametrize("day_in", [day_of, lambda moment: parse_day(moment, "on")], ids=["moment", "field"])
def test_the_card_year_and_its_weeks_at_a_hundred_thousand_moments_are_those_of_the_oracle(day_in):
    assert moments_of_another_card_year(day_in) == []


@pytest.mark.parametrize(
    "day_in",
    [
        lambda moment: moment.date(),
        lambda moment: day_of(moment) + timedelta(days=1),
        lambda moment: (moment + timedelta(hours=1)).date(),
    ],
    ids=["by UTC", "a day late", "without summer time"],
)
def test_a_card_year_reckoned_by_another_day_is_found_out_by_the_oracle(day_in):
    assert moments_of_another_card_year(day_in) != []


@given(
    moments,
    st.integers(1, 12),
    st.sets(st.dates(date(2024, 1, 1), date(2036, 12, 31)), max_size=40),
    st.sampled_from(["Europe/Copenhagen", "UTC", "America/Nuuk", "Pacific/Auckland"]),
)
def test_any_number_of_days_with_days_off_of_one_s_own_agrees_from_every_zone(moment, days, off, zone):
    calendar = Practice(extra_days_off=tuple(off)).calendar
    extra = {oracle.day_number(day.year, day.month, day.day) for day in off}
    found = contact_deadline(moment.astimezone(ZoneInfo(zone)), days, calendar)
    assert int(found.timestamp()) == oracle.deadline(int(moment.timestamp()), days, extra)
    assert found.astimezone(DENMARK_TIME).strftime("%H:%M:%S") == "23:59:00"


@given(moments, moments, st.integers(1, 5))
def test_who_receives_later_is_never_due_earlier(one, other, days):
    earlier, later = sorted((one, other))
    assert contact_deadline(earlier, days, PLAIN) <= contact_deadline(later, days, PLAIN)


@given(
    moments, st.timedeltas(timedelta(0), timedelta(days=20)), st.timedeltas(timedelta(0), timedelta(days=9))
)
def test_a_pause_never_brings_a_deadline_nearer_and_takes_out_its_own_days_only(received, starts, lasts):
    pause = Pause(since=received + starts, until=received + starts + lasts)
    without, paused = contact_deadline(received, 3, PLAIN), contact_deadline(received, 3, PLAIN, [pause])
    assert paused >= without
    nights = [pause.since + timedelta(days=n) for n in range(lasts.days + 2)]
    taken = sum(PLAIN.is_working_day(day_of(night)) for night in nights)
    most = contact_deadline(received, 3 + taken, PLAIN)
    assert paused <= most


def local(*clock: int) -> datetime:
    return datetime(*clock, tzinfo=DENMARK_TIME)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (
            local(2027, 3, 24, 10, 5),
            date(2027, 4, 1),
        ),  # Wednesday before Easter: Tuesday, Wednesday, Thursday
        (local(2026, 11, 20, 23, 59), date(2026, 11, 25)),  # Friday
        (local(2026, 11, 21, 0, 0), date(2026, 11, 25)),  # Saturday
        (local(2026, 12, 23, 9, 0), date(2026, 12, 30)),  # over Christmas: 28, 29, 30
        (local(2026, 12, 29, 9, 0), date(2027, 1, 5)),  # over New Year: 30, 4, 5
        (local(2024, 4, 25, 9, 0), date(2024, 4, 30)),  # Store Bededag is a working day from 2024
        (local(2026, 6, 3, 9, 0), date(2026, 6, 9)),  # 5 June is a Friday
        (local(2028, 6, 2, 9, 0), date(2028, 6, 8)),  # Whit Monday and 5 June are one day
    ],
)
def test_three_working_days_are(received, due):
    assert contact_deadline(received, 3, PLAIN).date() == due


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (datetime(2026, 11, 22, 22, 59, tzinfo=UTC), date(2026, 11, 25)),  # Sunday 23:59 in Denmark
        (datetime(2026, 11, 22, 23, 0, tzinfo=UTC), date(2026, 11, 26)),  # Monday 00:00 in Denmark
        (datetime(2027, 6, 27, 22, 0, tzinfo=UTC), date(2027, 7, 1)),  # Monday 00:00 in summer
    ],
)
def test_the_day_of_receipt_is_the_danish_one(received, due):
    assert contact_deadline(received, 3, PLAIN).date() == due


def test_a_day_off_of_the_municipality_s_own_does_not_count():
    received = local(2027, 5, 5, 9, 0)  # Wednesday; Thursday is Ascension Day
    assert contact_deadline(received, 1, PLAIN).date() == LOCAL_CLOSING
    closed = Practice(extra_days_off=(LOCAL_CLOSING,)).calendar
    assert contact_deadline(received, 1, closed).date() == date(2027, 5, 10)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (local(2026, 11, 27, 0, 1), local(2026, 11, 27, 23, 59), True),
        (local(2026, 11, 28, 10, 0), local(2026, 11, 30, 16, 0), True),  # a Saturday is done with on Monday
        (local(2026, 11, 27, 16, 0), local(2026, 11, 28, 10, 0), False),
        (local(2026, 11, 30, 16, 0), local(2026, 12, 1, 8, 0), False),
    ],
)
def test_a_day_off_belongs_to_the_working_day_after_it(one, other, same):
    assert PLAIN.in_one_working_day(one, other) is PLAIN.in_one_working_day(other, one) is same


def test_who_works_on_christmas_eve_is_due_on_it():
    received = local(2026, 12, 23, 9, 0)
    assert contact_deadline(received, 1, Practice(yearly_days_off=()).calendar).date() == date(2026, 12, 24)


def test_a_clock_that_stands_still_has_no_deadline_until_it_goes_on():
    received = local(2026, 11, 23, 9, 0)
    since = local(2026, 11, 24, 14, 0)
    assert contact_deadline(received, 3, PLAIN, [Pause(since=since)]) is None
    until = local(2026, 11, 26, 9, 0)
    paused = [Pause(since=since, until=until)]
    # Tuesday and Wednesday ended while it stood; Thursday, Friday and Monday count
    assert contact_deadline(received, 3, PLAIN, paused).date() == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("since", "until", "due"),
    [
        # it stood when Thursday ended, and ran when Thursday began
        (local(2026, 11, 26, 14, 0), local(2026, 11, 27, 9, 0), date(2026, 11, 27)),
        # it stood when Tuesday began, and ran when it ended
        (local(2026, 11, 22, 14, 0), local(2026, 11, 24, 9, 0), date(2026, 11, 26)),
        (local(2026, 11, 23, 10, 0), local(2026, 11, 24, 9, 0), date(2026, 11, 26)),
        # within a day, and on the last one
        (local(2026, 11, 24, 9, 0), local(2026, 11, 24, 16, 0), date(2026, 11, 26)),
        (local(2026, 11, 26, 0, 0), local(2026, 11, 26, 23, 59), date(2026, 11, 26)),
        # the whole of a day
        (local(2026, 11, 25, 0, 0), local(2026, 11, 26, 0, 0), date(2026, 11, 27)),
    ],
)
def test_a_pause_takes_out_the_days_that_ended_while_it_lasted(since, until, due):
    received = local(2026, 11, 23, 9, 0)  # Monday: Tuesday, Wednesday, Thursday
    assert contact_deadline(received, 3, PLAIN, [Pause(since=since, until=until)]).date() == due


def test_two_pauses_over_one_night_take_out_one_day():
    wednesday, thursday = local(2026, 11, 25, 9, 0), local(2026, 11, 26, 9, 0)
    over_the_night = [Pause(since=wednesday, until=thursday), Pause(since=wednesday, until=thursday)]
    assert contact_deadline(local(2026, 11, 23, 9, 0), 3, PLAIN, over_the_night).date() == date(2026, 11, 27)


def test_a_pause_after_the_deadline_moves_nothing():
    received = local(2026, 11, 23, 9, 0)
    late = Pause(since=local(2026, 11, 27, 9, 0))
    assert contact_deadline(received, 3, PLAIN, [late]) == local(2026, 11, 26, 23, 59)


def test_a_municipality_that_never_works_has_no_deadline():
    every_day = {MonthDay(1 + n // 31, 1 + n % 31) for n in range(12 * 31)}
    assert contact_deadline(local(2026, 11, 23, 9, 0), 3, Calendar(frozenset(every_day))) is None


def test_a_moment_without_a_zone_is_a_mistake():
    with pytest.raises(ValueError, match="time zone"):
        contact_deadline(datetime(2026, 11, 23), 3, PLAIN)


def test_a_day_ends_when_it_does_in_denmark():
    assert day_of(datetime(2026, 12, 31, 22, 59, tzinfo=UTC)) == date(2026, 12, 31)
    assert day_of(datetime(2026, 12, 31, 23, 0, tzinfo=UTC)) == date(2027, 1, 1)
    assert day_of(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == date(2027, 1, 1)


@given(st.dates(date(2024, 1, 1), date(2035, 12, 31)))
def test_a_day_starts_in_itself(day):
    assert day_of(start_of(day)) == day
    assert day_of(start_of(day) - timedelta(seconds=1)) == day - timedelta(days=1)


@pytest.mark.parametrize("text", ["12-32", "02-30", "24/12", "1-1", "", "24-12"])
def test_what_is_no_day_of_the_year_is_refused(text):
    with pytest.raises(Refused, match="day of the year"):
        MonthDay.parse(text, "yearly_days_off")
