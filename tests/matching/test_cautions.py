"""The warnings that move nothing: the pay of the year against its room, times that nobody has said."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.cautions import EarningsCaution, TimesCaution, cautions, expected_pay
from matching.ledger import Standing
from matching.registers import Timetables
from matching.times import Slot
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


def times_outside(availability: list[str], times: list[str]) -> list[str]:
    citizen, order = make_citizen(availability=availability), make_order(times=times)
    return [
        str(slot)
        for found in cautions(citizen, order, TODAY)
        if isinstance(found, TimesCaution)
        for slot in found.times
    ]


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

    citizen, order = make_citizen(availability=availability), make_order(times=times)
    found = [one for one in cautions(citizen, order, TODAY) if isinstance(one, TimesCaution)]
    missing = tuple(slot for slot in times if availability and not fits(slot))
    assert [one.times for one in found] == ([missing] if missing else [])


def test_times_that_do_not_fit_are_told_in_both_languages_and_move_nothing() -> None:
    said = make_citizen(availability=["mon 9-12", "tue 9-12", "wed 9-11"])
    order = make_order(times=["mon 9-12", "wed 9-12", "fri 9-12:30"])
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
