"""Times of the week as said on the telephone, when they overlap enough, and days."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given

from geo import Refused
from matching.registers import Timetables
from matching.times import Slot, Weekday, parse_day, parse_slots
from tests.matching.generated import slots


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("fri 9-12", Slot(Weekday.FRI, 540, 720)),
        ("mon 10-14:30", Slot(Weekday.MON, 600, 870)),
        ("Sun 0-24", Slot(Weekday.SUN, 0, 1440)),
        (" tue 08.15 – 9 ", Slot(Weekday.TUE, 495, 540)),
    ],
)
def test_a_time_of_the_week_is_read(text: str, slot: Slot) -> None:
    assert Slot.parse(text) == slot


@pytest.mark.parametrize(
    "text",
    ["", "fri", "9-12", "fri 9", "fri 12-9", "fri 9-9", "fri 9-25", "fri 9:75-12", "fri 22-2", "fri 9-12 x"],
)
def test_what_is_no_time_of_the_week_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Refused, match=r"times: .*(fri 9-12|fri 22-24)"):
        Slot.parse(text)


def test_a_weekday_that_is_misspelt_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refused, match="Did you mean 'fri'"):
        Slot.parse("frid 9-12")


@given(slots())
def test_a_slot_is_written_as_it_is_read(slot: Slot) -> None:
    assert Slot.parse(str(slot)) == slot


@pytest.mark.parametrize(
    ("free", "task", "fits"),
    [
        ("fri 9-12", "fri 11-15", True),
        ("fri 9-12", "fri 11:01-15", False),
        ("fri 9-12", "thu 9-12", False),
        ("fri 9-12", "fri 9:30-10", True),
        ("fri 9-9:30", "fri 9-12", False),
        ("fri 9-9:30", "fri 9-9:30", True),
        ("fri 9-9:30", "fri 9-9:31", False),
        ("fri 9-10", "fri 8-12", True),
    ],
)
def test_an_overlap_of_an_hour_or_of_a_shorter_task_counts(free: str, task: str, fits: bool) -> None:
    timetables = Timetables(((), parse_slots([task], "times")))
    assert list(timetables.fitting(parse_slots(free, "availability"))) == [False, fits]


def test_one_fitting_time_among_several_is_enough() -> None:
    timetables = Timetables(((), parse_slots(["tue 9-12", "fri 9-10"], "b")))
    assert list(timetables.fitting(parse_slots(["mon 9-10", "fri 9-12"], "a"))) == [False, True]


@pytest.mark.parametrize("values", [None, 5, [5], [None]], ids=str)
def test_what_is_no_list_of_times_is_refused(values: object) -> None:
    with pytest.raises(Refused, match="availability"):
        parse_slots(values, "availability")


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (None, None),
        (date(2026, 12, 1), date(2026, 12, 1)),
        ("2026-12-01", date(2026, 12, 1)),
        ("2026-12-01 00:00:00", date(2026, 12, 1)),
        (datetime(2026, 12, 1, 9), date(2026, 12, 1)),
        (datetime(2026, 12, 1, 23, 30, tzinfo=UTC), date(2026, 12, 2)),
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), date(2026, 7, 2)),
    ],
    ids=str,
)
def test_a_day_is_read_as_it_is_in_denmark(value: object, day: date | None) -> None:
    assert parse_day(value, "waiting_since") == day


@pytest.mark.parametrize(
    "value",
    ["01-12-2026", "2026", "2026-12", "2026-W48", "2026W48", "2026-02-30", "", 20261201, float("nan"), True],
)
def test_what_is_no_day_is_refused_and_not_guessed(value: object) -> None:
    with pytest.raises(Refused, match=r"waiting_since: .*2026-12-01"):
        parse_day(value, "waiting_since")
