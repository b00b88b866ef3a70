"""Hours, pay, places, start, weekdays and clock times as they are told, and what is not told by them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import Refused
from matching.reading import read_task, read_times
from matching.times import Weekday

WORKDAYS = ["mon", "tue", "wed", "thu", "fri"]
EVERY_DAY = [str(day) for day in Weekday]


def on_each(days: list[str], *times: str) -> list[str]:
    return [f"{day} {time}" for day in days for time in times]


@pytest.mark.parametrize(
    ("cell", "weekdays", "slots"),
    [
        ("lør 14-16.30", ["sat"], ["sat 14-16:30"]),
        ("tor og fre 16.30-18.30", ["thu", "fri"], on_each(["thu", "fri"], "16:30-18:30")),
        ("hverdage 8-11 eller 12-15", WORKDAYS, on_each(WORKDAYS, "8-11", "12-15")),
        ("mandag-torsdag 8.30-10.30", WORKDAYS[:4], on_each(WORKDAYS[:4], "8:30-10:30")),
        ("dagligt 8.30-9.30", EVERY_DAY, on_each(EVERY_DAY, "8:30-9:30")),
        ("man-fre kl. 8.30-9.30", WORKDAYS, on_each(WORKDAYS, "8:30-9:30")),
        ("lør 9. januar 14-17 og 21-24", ["sat"], ["sat 14-17", "sat 21-24"]),
        ("MAN, ONS, FRE KL. 8:15-11:30", ["mon", "wed", "fri"], on_each(["mon", "wed", "fri"], "8:15-11:30")),
        ("tirs til lør 14-15", ["tue", "wed", "thu", "fri", "sat"], on_each(EVERY_DAY[1:6], "14-15")),
        ("søn.-tirs. 9-11", ["mon", "tue", "sun"], on_each(["mon", "tue", "sun"], "9-11")),
        ("ma-fr 8-10", WORKDAYS, on_each(WORKDAYS, "8-10")),
        (
            "man-ons 9-12, fre 12-14",
            ["mon", "tue", "wed", "fri"],
            [*on_each(WORKDAYS[:3], "9-12"), "fri 12-14"],
        ),
        ("9-11 mandag", ["mon"], ["mon 9-11"]),
        ("mellem kl. 9 og 11 om mandagen", ["mon"], ["mon 9-11"]),
        ("fra ni til elleve hver tirsdag", ["tue"], ["tue 9-11"]),
        (
            "hverdage undtagen onsdag 9-11",
            ["mon", "tue", "thu", "fri"],
            on_each(["mon", "tue", "thu", "fri"], "9-11"),
        ),
        ("2. torsdag i måneden 13-17", ["thu"], ["thu 13-17"]),
        ("weekenden 10-14", ["sat", "sun"], on_each(["sat", "sun"], "10-14")),
        ("fre 22-2", ["fri"], ["fri 22-24", "sat 0-2"]),
        ("natten til lørdag 22-6", ["sat"], ["fri 22-24", "sat 0-6"]),
        ("natten til lørdag", ["sat"], []),
        ("tirsdag formiddag, evt. torsdag", ["tue"], []),
        ("onsdag og søndag formiddag", ["wed", "sun"], []),
        ("lør 12. december fra 9", ["sat"], []),
        ("fredag 9-25", ["fri"], []),
        ("fredag 11-9", ["fri"], []),
        ("mandag 3-5 kasser", ["mon"], []),
        ("mandag 3.-5. maj", ["mon"], []),
        ("når det sner, fra kl. 5", [], []),
        ("ti formiddage i maj, aftales", [], []),
        ("ugerne 6-9, kl. 8-12", [], []),
        ("en fast dag, 9-13", [], []),
        ("man aftaler nærmere", [], []),
        ("efter aftale", [], []),
        ("", [], []),
    ],
)
def test_a_cell_of_days_and_times_is_read(cell: str, weekdays: list[str], slots: list[str]) -> None:
    read = read_times(cell)
    assert list(read.weekdays) == weekdays
    assert [str(slot) for slot in read.slots] == slots


def test_weekdays_and_slots_can_be_taken_apart() -> None:
    weekdays, slots, unread = read_times("fre 9-11")
    assert (weekdays, [str(slot) for slot in slots], unread) == ((Weekday.FRI,), ["fri 9-11"], ())


@pytest.mark.parametrize(
    ("cell", "shown"), [("lør 16-14", "16-14"), ("fredag 11-9", "11-9"), ("man kl. 14.30-9", "14.30-9")]
)
def test_hours_that_end_before_they_begin_are_shown_and_not_lost(cell: str, shown: str) -> None:
    assert [piece.text for piece in read_times(cell).unread] == [shown]
    assert read_times(cell).slots == ()
    assert read_task(cell).to_json()["unread"] == [[*read_times(cell).unread[0]]]


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("Luge bede fredag formiddag", ["formiddag"]),
        ("Luge bede tirsdag og torsdag eftermiddag", ["eftermiddag"]),
        ("Feje mandag morgen, luge onsdag 9-11", ["morgen"]),
        ("Luge bede fredag formiddag 9-11", []),
        ("Luge bede en formiddag", []),
        ("Luge bede fredag", []),
        ("Luge bede ikke fredag formiddag", []),
    ],
)
def test_a_part_of_a_day_without_a_clock_time_is_asked_about(told: str, asked: list[str]) -> None:
    assert [piece.text for piece in read_task(told).unread] == asked


def test_two_counts_in_a_row_are_shown_with_both_their_words() -> None:
    found = read_task("Luge bede, tre fire timer om ugen").hours_per_week
    assert found is not None
    assert found.evidence[0].text == "tre fire timer om ugen"


def test_two_shifts_of_some_hours_are_no_range() -> None:
    found = read_task("Luge bede, to tre timers vagter om ugen").hours_per_week
    assert found is None or found.evidence[0].text.startswith("tre timers")


@pytest.mark.parametrize(
    "cell", ["fre 22-2", "fre 9-11", "uge 30-28", "luge 5-3 bede", "Fredag. Vi er 8-6 mand"]
)
def test_what_is_no_time_or_a_possible_one_is_not_shown_as_unread(cell: str) -> None:
    assert read_times(cell).unread == ()


@pytest.mark.parametrize(
    ("told", "early", "evening"),
    [
        ("lørdag 5 til 8", "yes", "no"),
        ("dagligt 8.30-9.30", "no", "no"),
        ("når det sner, fra kl. 5", "yes", None),
        ("fredag eftermiddag fra kl. 5", None, None),
        ("fredag aften fra kl. 7", None, "yes"),
        ("kl. 6 om morgenen", "yes", None),
        ("færdig inden kl 7", None, None),
        ("tirsdag 2-4 om eftermiddagen", "no", "no"),
        ("Ring efter kl. 7", None, None),
        ("lør og søn kl. 4 til 7", "yes", "yes"),
    ],
)
def test_early_and_late_are_told_by_the_clock(told: str, early: str | None, evening: str | None) -> None:
    demands = read_task(told).demands
    assert (demands["early_start"].answer if "early_start" in demands else None) == early  # type: ignore[index]
    assert (demands["evening_or_night"].answer if "evening_or_night" in demands else None) == evening  # type: ignore[index]


def test_opening_hours_and_telephone_hours_are_no_times_of_the_task() -> None:
    assert read_task("Luge fredag. Ring mellem kl. 9 og 11.").times is None
    assert read_task("Luge fredag, butikken har åbent kl. 9-17").times is None


def test_man_is_a_pronoun_until_it_stands_among_days() -> None:
    assert read_task("Det skal man kunne, og så hjælper man og vi").weekdays is None
    assert read_times("man og ons").weekdays == ("mon", "wed")


@given(st.text(max_size=120))
@settings(deadline=None)
def test_any_cell_is_read_and_each_slot_lies_on_a_day(cell: str) -> None:
    read = read_times(cell)
    assert all(0 <= slot.start < slot.end <= 24 * 60 for slot in read.slots)
    assert bool(read.weekdays) or not read.slots


def test_a_far_too_long_cell_is_refused() -> None:
    with pytest.raises(Refused, match="20000"):
        read_times("fre " * 6000)


@pytest.mark.parametrize(
    ("told", "hours", "sure"),
    [
        ("2 timer om ugen", 2, 0.95),
        ("2,5 time ugentligt", 2.5, 0.95),
        ("tre fire timer om ugen", 4, 0.7),
        ("en to timer om ugen", 2, 0.7),
        ("to tre timer hver fredag", 3, 0.7),
        ("fire tre timer om ugen", 3, 0.95),
        ("10½ time om ugen", 10.5, 0.95),
        ("8t/uge", 8, 0.95),
        ("2 x 3 timer om ugen", 6, 0.95),
        ("4 t. om dagen mandag og tirsdag", 8, 0.95),
        ("halvanden time om ugen", 1.5, 0.95),
        ("en time hver fredag", 1, 0.95),
        ("2 timer om dagen mandag og onsdag", 4, 0.95),
        ("3 gange 2 timer om ugen", 6, 0.95),
        ("2 timer 3 gange om ugen", 6, 0.95),
        ("2 timer ad gangen, 2 gange om ugen", 4, 0.95),
        ("5-6 timer pr. uge", 6, 0.7),
        ("et par timer om ugen", 2, 0.7),
        ("2-3 timer om fredagen", 3, 0.6),
    ],
)
def test_hours_a_week_are_read(told: str, hours: float, sure: float) -> None:
    finding = read_task(told).hours_per_week
    assert finding is not None
    assert (finding.value, finding.confidence) == (hours, sure)


@pytest.mark.parametrize(
    "told",
    [
        "10 timer om måneden",
        "2-3 timer",
        "2 timer om dagen",
        "to gange om dagen, en halv time",
        "pauser så tit man vil",
        "2 timer ad gangen",
        "mandag og fredag 2 timer",
        "2 timer om ugen eller 4 timer om ugen",
        "pause hver time",
        "det læres på to timer",
        "900 timer om ugen",
        "140 kr. i timen",
    ],
)
def test_hours_of_another_kind_are_not_hours_a_week(told: str) -> None:
    assert read_task(told).hours_per_week is None


@pytest.mark.parametrize(
    ("told", "pay"),
    [
        ("140 i timen", 140),
        ("140 kr. i timen", 140),
        ("140 kr/t", 140),
        ("142,50 kr. i timen", 142.5),
        ("150kr./timen", 150),
        ("140,- pr. time", 140),
        ("timelønnen er 150,25 kr.", 150.25),
        ("155 kroner timen", 155),
        ("140-150 kr. i timen", 140),
    ],
)
def test_pay_by_the_hour_is_read(told: str, pay: float) -> None:
    finding = read_task(told).pay_dkk_per_hour
    assert finding is not None
    assert finding.value == pay


@pytest.mark.parametrize(
    "told",
    [
        "500 kr. for opgaven",
        "15 i timen",
        "1500 kr i timen",
        "140 kr. for 2 timer",
        "140 km i timen",
        "150 i timen, 160 i timen",
    ],
)
def test_other_sums_are_no_pay_by_the_hour(told: str) -> None:
    assert read_task(told).pay_dkk_per_hour is None


@pytest.mark.parametrize(
    ("told", "places"),
    [
        ("Luge, to mand", 2),
        ("2 personer til lageret", 2),
        ("Vi skal bruge 2 der kan slæbe grene", 2),
        ("Der er plads til to mere", 2),
        ("Vi søger to der kan male", 2),
        ("Der er plads til 4 personer", 4),
        ("Fire stærke til et dødsbo", 4),
    ],
)
def test_places_are_read_where_they_are_plainly_said(told: str, places: int) -> None:
    finding = read_task(told).places
    assert finding is not None
    assert (finding.value, type(finding.value)) == (places, int)


@pytest.mark.parametrize(
    "told",
    [
        "Lave mad til 30 personer",
        "Tre mand på hver bil",
        "Vi er to mand",
        "En til at feje",
        "Der er altid en mand i butikken",
    ],
)
def test_other_counts_of_people_are_no_places(told: str) -> None:
    assert read_task(told).places is None


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("fra 1. december", date(2026, 12, 1)),
        ("starter d. 3/1", date(2027, 1, 3)),
        ("starter 07-12-2026", date(2026, 12, 7)),
        ("fra den 15. marts 2027", date(2027, 3, 15)),
        ("starter 2026-12-01", date(2026, 12, 1)),
        ("lørdag den 12. december", date(2026, 12, 12)),
        ("Helst fra første december", date(2026, 12, 1)),
        ("fra den femtende marts 2027", date(2027, 3, 15)),
    ],
)
def test_the_start_is_the_next_such_day(told: str, day: date) -> None:
    finding = read_task(told, on=date(2026, 11, 22)).starts_on
    assert finding is not None
    assert finding.value == day


@pytest.mark.parametrize("told", ["fra på mandag", "starter 31-02-2027", "indtil 1. december", "snarest"])
def test_a_start_that_is_no_date_is_not_known(told: str) -> None:
    assert read_task(told, on=date(2026, 11, 22)).starts_on is None


def test_without_the_day_of_the_call_a_date_without_its_year_is_not_known() -> None:
    assert read_task("fra 1. december").starts_on is None
    assert read_task("fra 1. december 2026").starts_on is not None


@pytest.mark.parametrize(
    "text",
    [
        "Feje gårdsplads og luge bede, fredag 9-11, 2 timer om ugen, 140 kr. i timen",
        "Luge fra 9-11",
        "Luge fredag 9.10",
        "Starter fredag 9-11",
    ],
)
def test_hours_are_no_date_even_when_today_is_known(text):
    assert read_task(text, on=date(2026, 11, 22)).starts_on is None


@pytest.mark.parametrize(
    "text", ["Starter fredag den 9-12", "fredag d. 9-12", "fra den 9.12", "fredag 9/12", "fredag 9-12-2026"]
)
def test_a_day_and_month_that_can_be_no_hours_are_a_date(text):
    found = read_task(text, on=date(2026, 11, 22)).starts_on
    assert found is not None
    assert found.value == date(2026, 12, 9)


@pytest.mark.parametrize(
    "told",
    [
        "Lørdag den 5. december fra kl. 10 til 14, 4 timer",
        "Vi holder julemarked lørdag den 5. december kl. 10-14 og mangler en til opvask",
        "Opvask lørdag d. 5/12 kl. 9-12",
    ],
)
def test_what_is_done_in_a_day_ends_on_the_day_on_which_it_begins(told: str) -> None:
    reading = read_task(told, on=date(2026, 11, 23))
    assert reading.ends_on is not None
    assert reading.ends_on == reading.starts_on
    assert reading.ends_on.evidence[0].text.lower().startswith("lørdag d")
    assert reading.to_task().ends_on == date(2026, 12, 5)


@pytest.mark.parametrize(
    "told",
    [
        "Fra lørdag den 5. december kl. 10-14",
        "Vi starter op lørdag den 5. december kl. 10-14",
        "Lørdag den 5. december og derefter hver uge",
        "Hver lørdag 10-14, første gang lørdag den 5. december",
        "Lørdag den 5. december, 4 timer om ugen",
        "Lørdag den 5. og søndag den 6. december kl. 10-14",
        "Lørdag den 5. december til lørdag den 19. december",
        "Mandag og lørdag den 5. december",
        "Ring senest lørdag den 5. december",
        "Fredag den 5. december kl. 10-14",
        "Fra 1. december",
        "Lørdag 10-14",
    ],
)
def test_what_goes_on_or_may_go_on_has_no_last_day(told: str) -> None:
    assert read_task(told, on=date(2026, 11, 23)).ends_on is None
