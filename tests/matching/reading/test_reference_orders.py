"""The 63 job orders of the reference data, by number: our own labels of what their texts say.

The lexicon was written after they had been read, so this is a guard against going backwards and no measure of
how well new texts are read. A task of several kinds has every kind that a consultant could name as its main
one.
"""

import csv
import logging
from pathlib import Path

import pytest

from matching.reading import TaskReading, read_task, read_times

LOG = logging.getLogger(__name__)

MAIN = {
    "cleaning": (1, 49, 58, 59),
    "warehouse cleaning": (2,),
    "vehicles": (3, 34, 50),
    "kitchen": (4, 23, 31, 36, 39, 43, 48, 61),
    "green": (5, 32, 41, 44),
    "warehouse": (6, 10, 27, 38, 53, 56),
    "events": (7,),
    "animals": (8, 29, 45),
    "driving": (9, 42),
    "building_repair": (11, 18, 62),
    "shop recycling": (12,),
    "assembly": (13, 28),
    "caretaking": (14, 24),
    "driving warehouse": (15,),
    "farming_forestry": (16,),
    "shop": (17, 35, 37),
    "office": (19, 55, 63),
    "outdoor_upkeep": (20, 30, 47),
    "people_support": (21,),
    "laundry_textiles": (22, 57),
    "shop green": (25,),
    "caretaking building_repair crafts": (26,),
    "recycling": (33, 52),
    "crafts building_repair": (40,),
    "outdoor_upkeep shop": (46,),
    "recycling building_repair": (51,),
    "machine_work crafts": (54,),
    "outdoor_upkeep green": (60,),
}
YES = {
    "machines": (5,),
    "noise": (5, 22, 34, 48, 54),
    "heavy_lifting": (6,),
    "time_pressure": (4, 25, 34, 48),
    "long_standing": (4,),
    "evening_or_night": (7, 20, 48, 53),
    "early_start": (17, 27),
    "animals_present": (8, 16, 45),
    "working_alone": (19, 47),
    "reading_writing": (6, 19, 21, 37),
    "digital_tools": (19, 27, 55),
    "own_transport": (20,),
    "clean_record": (21, 55),
    "alcohol_present": (33, 37),
    "all_weather": (30, 46),
    "customer_contact": (35,),
    "food_hygiene": (43, 53),
    "children_present": (59,),
    "work_clothes": (2, 11, 17, 51),
    "lift_offered": (7, 41, 58),
    "contact_person": (47, 60),
    "extra_breaks": (22,),
    "short_shifts": (12,),
    "flexible_attendance": (28, 56),
    "companion_welcome": (40,),
    "same_day_pay": (48,),
}
NO = {
    "machines": (1, 16, 52, 57),
    "heights": (14, 18, 62),
    "driving_licence": (9, 24, 50),
    "time_pressure": (10, 13),
    "long_standing": (10, 19, 38, 56),
    "working_alone": (10, 24, 34, 38, 45, 58),
    "customer_contact": (1, 17, 61, 63),
    "noise": (19, 38, 43, 63),
    "children_present": (26,),
    "alcohol_present": (39,),
}
TIMED = 50
"""So many cells of "Dag og tid" name both days and clock times; the others name neither or one."""


@pytest.fixture(scope="module")
def orders(reference_data: Path) -> dict[int, dict[str, str]]:
    with (reference_data / "imports" / "jobordrer_naestved.csv").open(encoding="utf-8-sig") as file:
        return {int(row["Ordrenr"][-4:]): row for row in csv.DictReader(file, delimiter=";")}


@pytest.fixture(scope="module")
def readings(orders: dict[int, dict[str, str]]) -> dict[int, TaskReading]:
    return {number: read_task(order["Opgave"]) for number, order in orders.items()}


def test_the_main_activity_of_nearly_all_orders_is_one_a_consultant_would_name(
    readings: dict[int, TaskReading],
) -> None:
    wanted = {number: kinds.split() for kinds, numbers in MAIN.items() for number in numbers}
    assert sorted(wanted) == sorted(readings)
    wrong = {
        number: str(readings[number].main_activity)
        for number, kinds in wanted.items()
        if readings[number].main_activity not in kinds
    }
    LOG.info("main activity: %d of %d; wrong: %s", len(wanted) - len(wrong), len(wanted), wrong)
    assert len(wrong) <= 1


def test_plainly_stated_demands_and_supports_are_read_and_few_others(
    readings: dict[int, TaskReading],
) -> None:
    stated = {
        (number, code, answer)
        for answer, table in (("yes", YES), ("no", NO))
        for code, numbers in table.items()
        for number in numbers
    }
    read = {
        (number, str(code), str(finding.answer))
        for number, reading in readings.items()
        for code, finding in [*reading.demands.items(), *reading.supports.items()]
    }
    missed, beside = stated - read, read - stated
    recall, precision = 1 - len(missed) / len(stated), 1 - len(beside) / len(read)
    LOG.info("stated: recall %.2f, precision %.2f; missed %s; beside %s", recall, precision, missed, beside)
    assert recall >= 0.95
    assert precision >= 0.95


def test_days_and_times_are_read_where_both_are_told(orders: dict[int, dict[str, str]]) -> None:
    read = {number: read_times(order["Dag og tid"]) for number, order in orders.items()}
    timed = [number for number, told in read.items() if told.slots]
    assert len(timed) == TIMED
    assert [str(slot) for slot in read[7].slots] == ["sat 14-17", "sat 21-24"]
    assert [number for number, told in read.items() if told.weekdays and not told.slots] == [
        13,
        15,
        19,
        29,
        52,
    ]
    assert [number for number, told in read.items() if not told.weekdays] == [5, 16, 20, 28, 42, 49, 56, 62]
