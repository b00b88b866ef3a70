"""The warnings that move nothing: the pay of the year against its room, times that nobody has said."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.cautions import (
    EarningsCaution,
    PartOfTime,
    ShortOfHours,
    TimesCaution,
    cautions,
    expected_pay,
)
from matching.ledger import Standing
from matching.registers import Timetables
from matching.times import Slot, Weekday, merged, shared_minutes
from tests.matching.generated import any_slot
from tests.matching.makers import TODAY, make_citizen, make_list, make_order


def rules(room: float | None, **order: Any) -> list[str]:
    return [
        found.rule for found in cautions(make_citizen(earnings_room_dkk=room), make_order(**order), TODAY)
    ]


def test_an_order_that_would_pass_the_earnings_limit_carries_a_warning() -> None:
    assert rules(500, hours_per_week=8, pay_dkk_per_hour=150) == ["earnings_room"]


def test_an_order_within_the_room_carries_none() -> None:
    # 31 days from 1 December are begun weeks of 5: 5 x 8 x 150
    assert rules(6000, hours_per_week=8, pay_dkk_per_hour=150) == []
    assert rules(5999, hours_per_week=8, pay_dkk_per_hour=150) == ["earnings_room"]


@pytest.mark.parametrize("order", [{"hours_per_week": 8}, {"pay_dkk_per_hour": 150}, {}], ids=str)
def test_unknown_hours_or_pay_warn_of_nothing(order: dict[str, Any]) -> None:
    assert rules(0, **order) == []


def test_an_unknown_room_warns_of_nothing() -> None:
    assert rules(None, hours_per_week=37, pay_dkk_per_hour=200) == []


def test_no_room_left_warns_of_any_pay_but_not_of_none() -> None:
    assert rules(0, hours_per_week=1, pay_dkk_per_hour=1) == ["earnings_room"]
    assert rules(0, hours_per_week=1, pay_dkk_per_hour=0) == []


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "weeks"),
    [
        (None, None, 5),
        (None, TODAY, 1),
        (None, date(2026, 12, 7), 1),
        (None, date(2026, 12, 8), 2),
        (date(2026, 12, 28), None, 1),
        (date(2026, 12, 28), date(2027, 6, 1), 1),
        (date(2026, 1, 1), None, 5),
        (date(2027, 1, 1), None, 0),
        (date(2027, 2, 1), date(2027, 3, 1), 0),
    ],
    ids=str,
)
def test_pay_is_expected_from_the_later_of_today_and_the_start_to_the_end_or_the_year_s(
    starts_on: date | None, ends_on: date | None, weeks: int
) -> None:
    order = make_order(hours_per_week=2, pay_dkk_per_hour=140, starts_on=starts_on, ends_on=ends_on)
    assert expected_pay(order, TODAY) == weeks * 280


def test_the_room_is_full_again_on_the_first_of_january() -> None:
    order = make_order(hours_per_week=2, pay_dkk_per_hour=140, ends_on=date(2027, 1, 10))
    assert expected_pay(order, date(2026, 12, 31)) == 280
    assert expected_pay(order, date(2027, 1, 1)) == 560


def test_the_warning_says_what_is_expected_what_is_left_and_how_many_hours_that_is() -> None:
    order = make_order(hours_per_week=8, pay_dkk_per_hour=150)
    (found,) = cautions(make_citizen(earnings_room_dkk=1280), order, TODAY)
    assert found == EarningsCaution("earnings_room", 6000.0, 1280.0, 1280 / 150)


def test_a_warning_moves_nothing() -> None:
    order = make_order(hours_per_week=8, pay_dkk_per_hour=150)
    tight, wide = make_citizen(earnings_room_dkk=0), make_citizen(earnings_room_dkk=1e6)
    ledgers = [make_list(citizen, order).explain("o-1", language="en") for citizen in (tight, wide)]
    assert [ledger.standing for ledger in ledgers] == [Standing.RANKED] * 2
    assert ledgers[0].score == ledgers[1].score
    assert [len(ledger.warnings) for ledger in ledgers] == [1, 0]


def of_times(availability: Sequence[Slot | str], **order: Any) -> TimesCaution | None:
    citizen = make_citizen(availability=availability)
    found = cautions(citizen, make_order(**order), TODAY)
    return next((one for one in found if isinstance(one, TimesCaution)), None)


def times_outside(availability: list[str], times: list[str]) -> list[str]:
    found = of_times(availability, times=times)
    return [str(slot) for slot in found.times] if found else []


def test_the_times_that_the_citizen_has_not_said_are_named_and_no_other() -> None:
    said = ["mon 9-12", "tue 9-12", "wed 9-11"]
    assert times_outside(said, ["mon 9-12", "wed 9-12", "fri 9-12"]) == ["fri 9-12"]
    assert times_outside(said, ["mon 9-12", "wed 9-12"]) == []
    assert times_outside([], ["fri 9-12"]) == []
    assert times_outside(said, []) == []


@given(st.lists(any_slot, max_size=4), st.lists(any_slot, max_size=4))
def test_a_pair_is_told_of_times_if_and_only_if_one_of_them_overlaps_with_none_that_were_said(
    availability: list[Slot], times: list[Slot]
) -> None:
    def fits(slot: Slot) -> bool:
        # the register that the rule of the ranking asks, with this one time alone
        return bool(Timetables(((slot,),)).fitting(availability)[0])

    found = of_times(availability, times=times)
    missing = tuple(slot for slot in times if availability and not fits(slot))
    assert (found.times if found else ()) == missing


def test_a_time_that_is_longer_than_what_was_said_of_its_day_is_named_with_both() -> None:
    two_hours = of_times(["mon 9-10"], times=["mon 9-11"], hours_per_week=2)
    assert two_hours == TimesCaution(
        "outside_availability",
        (),
        (PartOfTime(Slot.parse("mon 9-11"), (Slot.parse("mon 9-10"),)),),
        ShortOfHours(1, 2),
    )
    assert of_times(["mon 9-10"], times=["mon 9-10"], hours_per_week=1) is None


def test_hours_that_do_not_fit_into_what_was_said_are_counted_together() -> None:
    found = of_times(["mon 9-10"], times=["mon 7-12", "tue 7-12"], hours_per_week=10)
    assert found is not None
    assert [str(slot) for slot in found.times] == ["tue 7-12"]
    assert [str(part.slot) for part in found.parts] == ["mon 7-12"]
    assert found.short == ShortOfHours(1, 10)


def test_a_task_whose_few_hours_fit_into_a_part_of_its_long_times_carries_no_caution() -> None:
    assert of_times(["mon 9-12"], times=["mon 8-16"], hours_per_week=2) is None
    assert of_times(["mon 9-12"], times=["mon 8-16"]) is not None  # nobody has said how many hours


any_hours = st.none() | st.floats(0.5, 40)


@given(st.lists(any_slot, max_size=4), any_hours)
def test_who_has_said_nothing_and_who_can_come_all_the_time_are_told_of_no_times(
    times: list[Slot], hours: float | None
) -> None:
    every_hour = [Slot(day, 0, 24 * 60) for day in Weekday]
    assert of_times([], times=times, hours_per_week=hours) is None
    assert of_times(every_hour, times=times, hours_per_week=hours) is None
    exactly = of_times(times, times=times, hours_per_week=hours)
    assert exactly is None


@given(
    st.lists(any_slot, min_size=1, max_size=3), st.lists(any_slot, max_size=3), st.lists(any_slot), any_hours
)
def test_more_time_never_brings_a_caution_and_never_leaves_less_of_the_hours(
    said: list[Slot], more: list[Slot], times: list[Slot], hours: float | None
) -> None:
    fewer = of_times(said, times=times, hours_per_week=hours)
    found = of_times([*said, *more], times=times, hours_per_week=hours)
    if found is None:
        return
    assert fewer is not None
    assert set(found.times) <= set(fewer.times)
    assert {part.slot for part in found.parts} <= {part.slot for part in fewer.parts} | set(fewer.times)
    if found.short:
        assert fewer.short is not None
        assert fewer.short.said <= found.short.said


@given(st.lists(any_slot, max_size=3), st.lists(any_slot, max_size=3))
def test_the_shared_time_is_the_minutes_that_lie_in_both(some: list[Slot], others: list[Slot]) -> None:
    def minutes(slots: list[Slot]) -> set[tuple[Weekday, int]]:
        return {(slot.day, minute) for slot in slots for minute in range(slot.start, slot.end)}

    assert shared_minutes(some, others) == len(minutes(some) & minutes(others))
    assert sum(slot.minutes for slot in merged(some)) == len(minutes(some))


def test_a_task_that_does_not_fit_the_hours_is_told_in_both_languages_and_moves_nothing() -> None:
    order = make_order(times=["mon 7-12", "tue 7-12"], hours_per_week=10)
    few, all_of_it = (
        make_citizen(availability=["mon 9-10"]),
        make_citizen(availability=["mon 7-12", "tue 7-12"]),
    )
    [danish] = make_list(few, order).explain("o-1", language="da").warnings
    assert danish.text == (
        "Noget af arbejdet ligger tir 7-12, og borgeren har ikke sagt, at den tid passer. "
        "Borgeren har kun sagt en del af tiden: man 7-12 (har sagt man 9-10). Det giver 1 af 10 timer om ugen"
    )
    told, silent = (make_list(who, order).explain("o-1", language="en") for who in (few, all_of_it))
    assert told.warnings[0].text == (
        "Some of the work is Tue 7-12, when the citizen has not said that they can come. "
        "The citizen has said only part of the time: Mon 7-12 (said Mon 9-10). "
        "The times said make 1 of 10 hours a week"
    )
    assert (told.standing, told.score, told.parts) == (silent.standing, silent.score, silent.parts)
    assert silent.warnings == ()


def test_times_that_do_not_fit_are_told_in_both_languages_and_move_nothing() -> None:
    said = make_citizen(availability=["mon 9-12", "tue 9-12", "wed 9-11"])
    order = make_order(times=["mon 9-12", "wed 9-11", "fri 9-12:30"], hours_per_week=4)
    told = {language: make_list(said, order).explain("o-1", language=language) for language in ("da", "en")}
    assert [(one.rule, one.text) for one in told["da"].warnings] == [
        (
            "outside_availability",
            "Noget af arbejdet ligger fre 9-12.30, og borgeren har ikke sagt, at den tid passer",
        )
    ]
    [english] = told["en"].warnings
    assert english.text == "Some of the work is Fri 9-12:30, when the citizen has not said that they can come"
    silent = make_list(make_citizen(), order).explain("o-1", language="en")
    assert (told["en"].standing, told["en"].score) == (silent.standing, silent.score)
    assert silent.warnings == ()
