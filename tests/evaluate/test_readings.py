"""How readings are measured: on labels that are right or wrong by hand, and never more shown than sums."""

import json
from datetime import date

import pytest

from matching.reading import read_task
from matching.times import Slot, Weekday
from matching.vocabulary import Activity, Answer, Demand, Setting
from tests.evaluate import readings
from tests.evaluate.figures import Figure
from tests.evaluate.measures import calibration_error, share
from tests.evaluate.reading.labels import Label, Span
from tests.evaluate.readings import rightly_beside
from tests.evaluate.told import Told, statements, to_steer_by, works


def values(section: readings.Section) -> dict[str, float]:
    return {figure.name.strip(): figure.value for figure in section.figures}


def told(text: str, **said: object) -> Told:
    defaults: dict[str, object] = {"id": "1", "main": None, "setting": Setting.UNKNOWN}
    return Told(text, Label(**(defaults | said)))  # type: ignore[arg-type]


def test_what_is_read_as_it_is_labelled_is_right_and_the_rest_is_not() -> None:
    texts = [
        told("Luge bede", main=Activity.GREEN),
        told("Luge bede", main=Activity.CLEANING, further=(Activity.GREEN,)),
        told("Tak for sidst", main=Activity.GREEN),
        told("Luge bede"),
    ]
    both = readings.activities("three", texts).figures[-5:]
    assert [round(figure.value, 2) for figure in both[:4]] == [0.67, 0.5, 1.0, 1.0]
    assert "cleaning read as green 1" in readings.activities("three", texts).note


def test_statements_are_counted_by_polarity() -> None:
    texts = [
        told("Ingen tunge løft, der er støj", demands={Demand.HEAVY_LIFTING: "no", Demand.CROWDS: "yes"})
    ]
    counted = readings.statements("one", texts).figures
    assert [figure.value for figure in counted[:4]] == [0.0, 0.0, 1.0, 1.0]


def test_what_is_reckoned_from_the_clock_or_implied_counts_neither_way() -> None:
    at_ten = (Slot.parse("fri 10-12"),)
    by_the_clock = told("Feje fredag 10-12", weekdays=(Weekday.FRI,), times=at_ten)
    assert rightly_beside(by_the_clock.label, Demand.EARLY_START, Answer.NO)
    assert not rightly_beside(by_the_clock.label, Demand.EARLY_START, Answer.YES)
    assert not rightly_beside(told("Feje").label, Demand.EARLY_START, Answer.NO)
    dogs = told("Lufte hunde", implied=frozenset({Demand.ANIMALS_PRESENT})).label
    assert rightly_beside(dogs, Demand.ANIMALS_PRESENT, Answer.YES)
    assert not rightly_beside(dogs, Demand.ANIMALS_PRESENT, Answer.NO)
    said = told("Ikke før ti", demands={Demand.EARLY_START: Answer.NO}, times=at_ten, weekdays=(Weekday.FRI,))
    assert not rightly_beside(said.label, Demand.EARLY_START, Answer.NO)


def test_figures_are_right_within_what_was_told_or_when_rightly_open() -> None:
    texts = [
        told("Luge 2-3 timer om ugen", hours_per_week=Span(2, 3), setting=Setting.OUTDOOR),
        told("Luge", pay_dkk_per_hour=Span(140, 140), setting=Setting.INDOOR),
    ]
    counted = values(readings.figures("two", texts))
    assert counted["hours_per_week"] == 1.0
    assert counted["pay_dkk_per_hour"] == 0.5
    assert counted["where it is said or read (1)"] == 0.0
    assert counted["setting: right among those answered"] == 0.5


def test_a_start_that_nobody_told_is_wrong() -> None:
    texts = [told("Luge fra den 3. december"), told("Luge", starts_on=date(2026, 12, 3)), told("Luge")]
    assert values(readings.figures("three", texts))["starts_on"] == pytest.approx(1 / 3)


def test_no_text_is_shown_with_the_figures() -> None:
    text = "Luge et hemmeligt bed ved mandelæblerne"
    shown = [
        make("x", [told(text, main=Activity.OFFICE)]) for make in (readings.activities, readings.statements)
    ]
    assert "hemmelig" not in json.dumps([section.to_json() for section in shown], ensure_ascii=False)


def test_the_calibration_error_is_the_gap_between_confidence_and_truth() -> None:
    assert calibration_error([0.9, 0.9], [True, True]) == pytest.approx(0.1)
    assert calibration_error([0.5, 0.5], [True, False]) == pytest.approx(0.0)
    assert calibration_error([], []) == 0.0


def test_the_share_of_nothing_is_all_of_it() -> None:
    assert share([]) == 1.0
    assert share([True, False]) == 0.5


def test_the_texts_to_steer_by_are_a_hundred_and_say_every_demand_that_has_two_sides() -> None:
    steered = to_steer_by()
    assert len(steered) >= 100
    assert len({text for text, _ in steered}) == len(steered)
    assert {label.main for _, label in steered} == {*Activity, None}


def test_the_reading_keeps_its_targets_on_the_texts_to_steer_by() -> None:
    steered = to_steer_by()
    sections = [
        readings.activities("steer", steered),
        readings.statements("steer", steered),
        readings.figures("steer", steered),
    ]
    missed: list[Figure] = [
        figure for section in sections for figure in section.figures if figure.met is False
    ]
    assert [(figure.name, figure.said) for figure in missed] == []


def test_nearly_every_way_to_say_a_demand_or_support_is_read_as_it_is_meant() -> None:
    said = statements()
    read = {text: read_task(text) for text, _ in said}
    right = []
    for text, label in said:
        answers = {**read[text].demands, **read[text].supports}
        wanted = {**label.demands, **label.supports}
        right.append(all(code in answers and answers[code].answer == wanted[code] for code in wanted))
    assert len(said) >= 1500
    assert share(right) >= 0.95


def test_what_the_work_is_is_told_from_texts_that_point_elsewhere() -> None:
    told_works = works()
    assert len(told_works) >= 100
    answered, right, *_ = (figure.value for figure in readings.activities("works", told_works).figures[-5:])
    assert answered >= 0.85
    assert right >= 0.88
