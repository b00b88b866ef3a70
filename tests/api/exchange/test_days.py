from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from api.exchange import days, values
from api.exchange.days import day_ahead, day_back, day_near
from api.exchange.values import Given
from geo import Refused

MONDAY = date(2026, 11, 23)
WEEKDAYS = {
    number: words
    for number, words in enumerate(
        ["mandag monday man", "tirsdag tuesday tirs", "onsdag wednesday ons", "torsdag thursday tors"]
        + ["fredag friday fre", "lørdag saturday lør", "søndag sunday søn"]
    )
}
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def said(read, text, today=MONDAY):
    with time_machine.travel(f"{today:%Y-%m-%d}T12:00:00+00:00", tick=False):
        return read(Given.typed("field", text))


def refusal(read, text, today=MONDAY):
    with pytest.raises(Refused) as refused:
        said(read, text, today)
    return refused.value.said()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("i dag", "2026-11-23"),
        ("I morgen", "2026-11-24"),
        ("imorgen", "2026-11-24"),
        ("i overmorgen", "2026-11-25"),
        ("tomorrow", "2026-11-24"),
        ("tirsdag", "2026-11-24"),
        ("på fredag", "2026-11-27"),
        ("On Friday", "2026-11-27"),
        ("mandag", "2026-11-30"),
        ("tors.", "2026-11-26"),
        ("24-11", "2026-11-24"),
        ("23/11", "2026-11-23"),
        ("1/12", "2026-12-01"),
        ("1.12", "2026-12-01"),
        ("1.12.", "2026-12-01"),
        ("d. 1/12", "2026-12-01"),
        ("1. december", "2026-12-01"),
        ("den 1. dec.", "2026-12-01"),
        ("1 December", "2026-12-01"),
        ("1st of December", "2026-12-01"),
        ("December 1, 2026", "2026-12-01"),
        ("1. juni", "2027-06-01"),
        ("1 October 2027", "2027-10-01"),
        ("tirsdag den 1. december", "2026-12-01"),
        ("tirsdag 01-12-2026", "2026-12-01"),
        ("om en uge", "2026-11-30"),
        ("om 14 dage", "2026-12-07"),
        ("in two weeks", "2026-12-07"),
        ("om en måned", "2026-12-23"),
    ],
)
def test_days_to_come_as_people_say_them(text, meant):
    assert said(day_ahead, text) == date.fromisoformat(meant)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("i går", "2026-11-22"),
        ("yesterday", "2026-11-22"),
        ("fredag", "2026-11-20"),
        ("i fredags", "2026-11-20"),
        ("1/11", "2026-11-01"),
        ("23-11", "2026-11-23"),
        ("1. marts", "2026-03-01"),
        ("for en uge siden", "2026-11-16"),
        ("2 weeks ago", "2026-11-09"),
    ],
)
def test_a_field_for_what_has_been_looks_back(text, meant):
    assert said(day_back, text) == date.fromisoformat(meant)


def test_a_month_that_is_too_short_ends_before():
    assert said(day_ahead, "om en måned", date(2027, 1, 31)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("read", "text", "both"),
    [
        (day_ahead, "20-11", ("2026-11-20", "2027-11-20")),
        (day_back, "1/12", ("2025-12-01", "2026-12-01")),
        (day_near, "1. juni", ("2026-06-01", "2027-06-01")),
        (day_ahead, "næste fredag", ("2026-11-27", "2026-12-04")),
        (day_ahead, "next Friday", ("2026-11-27", "2026-12-04")),
    ],
)
def test_what_can_mean_two_days_is_refused_with_both(read, text, both):
    assert all(day in refusal(read, text) for day in both)


def test_next_friday_is_a_day_where_only_one_can_be_meant():
    assert said(day_ahead, "next Friday", date(2026, 11, 28)) == date(2026, 12, 4)
    assert said(day_back, "sidste fredag", MONDAY) == date(2026, 11, 20)


def test_a_date_with_another_days_name_is_told():
    assert "another day of the week" in refusal(day_ahead, "mandag den 1. december")


@pytest.mark.parametrize(
    "text", ["snart", "uge 49", "32/12", "31. februar", "1/13", "næste uge", "den 1.", "om lidt", "29/2"]
)
def test_what_says_no_day_is_refused(text):
    assert "is not a date" in refusal(day_ahead, text)


def test_a_blank_is_no_day():
    assert said(day_ahead, " ") is None


@given(day=DAYS, today=DAYS, form=st.sampled_from(["%d-%m-%Y", "%d.%m.%Y", "%d/%m-%y", "%Y-%m-%d"]))
def test_every_whole_date_is_read_as_it_is_in_a_file(day, today, form):
    for read in (day_ahead, day_back, day_near):
        assert said(read, day.strftime(form), today) == values.day(Given.typed("field", day.strftime(form)))


@given(today=DAYS, weekday=st.sampled_from(sorted(WEEKDAYS)), form=st.sampled_from(["{}", "på {}", "on {}"]))
def test_every_weekday_is_within_the_seven_days_after_today(today, weekday, form):
    for word in WEEKDAYS[weekday].split():
        found = said(day_ahead, form.format(word), today)
        assert found.weekday() == weekday
        assert timedelta() < found - today <= timedelta(days=7)


@given(today=DAYS, day=st.integers(1, 28), month=st.integers(1, 12))
def test_a_date_without_a_year_is_on_the_side_of_the_field_or_asked_about(today, day, month):
    for read, sign in ((day_ahead, 1), (day_back, -1)):
        found, both = read_or_both(read, f"{day}/{month}", today)
        assert (found is None) is bool(both)
        if both:
            assert min(abs((one - today).days) for one in both) <= days.SLIP_DAYS
        else:
            assert (found.day, found.month) == (day, month)
            assert sign * (found - today).days >= 0


def read_or_both(read, text, today):
    try:
        return said(read, text, today), ()
    except Refused as refused:
        return None, (refused.facts["one"], refused.facts["other"])


@given(text=st.text(max_size=40))
def test_whatever_is_typed_is_a_day_or_refused(text):
    try:
        found = said(day_ahead, text)
    except Refused:
        return
    assert found is None or 1950 <= found.year <= 2100
