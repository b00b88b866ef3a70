from datetime import date

import pytest

from api.exchange.files import read_table
from api.exchange.job_orders import read_job_orders, title_of
from api.exchange.refused_rows import refused_rows_csv
from matching.times import Slot
from matching.vocabulary import Activity, Answer, Demand, Setting, Support

BASE = {
    "Ordrenr": "JO-1",
    "Modtaget": "23-10-2026",
    "CVR-nr": "99003626",
    "P-nr": "1999000367",
    "Opgave": "Feje gårdsplads og luge bede. Vi har redskaber.",
    "Timer pr. uge": "2,5",
    "Timeløn": "150,00",
    "Dag og tid": "fre 9-11",
    "Antal pladser": "2",
    "Startdato": "05-12-2026",
    "Slutdato": "",
    "Kilde": "Hotline",
}


@pytest.fixture
def reading_of(table_of):
    """Rows as dictionaries, read as job orders for Næstved."""

    def read(*rows, **options):
        return read_job_orders(table_of(BASE, *rows), municipality="0370", **options)

    return read


def test_the_reference_orders_come_in_clean(reference_data):
    data = (reference_data / "imports" / "jobordrer_naestved.csv").read_bytes()
    reading = read_job_orders(read_table(data, "jobordrer_naestved.csv"), municipality="0370")
    told = [draft.record for draft in reading.drafts]
    orders = [keyed.order for keyed in told]
    assert reading.clean
    assert len(orders) == 63
    assert all(keyed.cvr and keyed.p_number for keyed in told)
    assert all(0 < len(order.title) <= 80 for order in orders)
    assert len({order.reference for order in orders}) == 63
    assert sum(order.task.hours_per_week is None for order in orders) == 3
    assert sum(order.task.pay_dkk_per_hour is None for order in orders) == 2
    assert sum(order.task.ends_on is None for order in orders) == 36
    assert sum(bool(order.task.activities) for order in orders) > 50
    assert sum(bool(order.task.times) for order in orders) > 40


def test_a_row_becomes_a_job_order_with_the_key_of_its_employer(reading_of):
    keyed = reading_of().drafts[0].record
    order, task = keyed.order, keyed.order.task
    assert (keyed.cvr, keyed.p_number, order.employer_id, order.id) == ("99003626", "1999000367", "", "")
    assert (order.title, order.text) == ("Feje gårdsplads og luge bede", BASE["Opgave"])
    assert (order.reference, order.source, order.received_on) == ("JO-1", "Hotline", date(2026, 10, 23))
    assert (order.places, order.times_text) == (2, "fre 9-11")
    assert (task.hours_per_week, task.pay_dkk_per_hour) == (2.5, 150)
    assert (task.starts_on, task.ends_on) == (date(2026, 12, 5), None)
    assert task.times == (Slot.parse("fri 9-11"),)
    assert {Activity.GREEN, Activity.OUTDOOR_UPKEEP} == set(task.activities)


def test_columns_go_before_what_the_text_says(reading_of):
    row = {
        "Opgave": "Slå græs med havetraktor, 4 timer om ugen, 140 kr. i timen",
        "setting": "inde",
        "activities": "cleaning, kitchen",
        "machines": "Nej",
        "work_clothes": "Ja",
    }
    task = reading_of(row).drafts[0].record.order.task
    assert (task.hours_per_week, task.pay_dkk_per_hour) == (2.5, 150)
    assert task.setting is Setting.INDOOR
    assert task.activities == {Activity.CLEANING: 0.5, Activity.KITCHEN: 0.5}
    assert task.demands[Demand.MACHINES] is Answer.NO
    assert task.supports[Support.WORK_CLOTHES] is Answer.YES


def test_what_no_column_says_is_read_out_of_the_text(reading_of):
    row = {
        "Opgave": "Slå græs med havetraktor, 4 timer om ugen, 140 kr. i timen",
        "Timer pr. uge": "",
        "Timeløn": "",
        "Dag og tid": "",
    }
    task = reading_of(row).drafts[0].record.order.task
    assert (task.hours_per_week, task.pay_dkk_per_hour) == (4, 140)
    assert task.demands[Demand.MACHINES] is Answer.YES


def test_a_start_told_in_the_text_is_reckoned_from_the_day_of_the_call(reading_of):
    row = {"Opgave": "Luge bede fra 1. december", "Startdato": "", "Slutdato": "31-12-2026"}
    assert reading_of(row).drafts[0].record.order.task.starts_on == date(2026, 12, 1)


def test_a_start_in_the_text_after_the_end_in_its_column_does_not_count(reading_of):
    row = {"Opgave": "Luge bede fra 1. december", "Startdato": "", "Slutdato": "20-11-2026"}
    task = reading_of(row).drafts[0].record.order.task
    assert (task.starts_on, task.ends_on) == (None, date(2026, 11, 20))


def test_texts_as_long_as_cells_may_be_are_read_or_refused_by_name(reading_of):
    reading = reading_of({"Opgave": "feje " * 2_000, "Dag og tid": "fre 9-11 " * 1_111})
    assert reading.clean or reading.refused[0].column


def test_what_nobody_says_stays_unknown(reading_of):
    row = dict.fromkeys(("Timer pr. uge", "Timeløn", "Dag og tid", "Antal pladser", "Startdato"), "")
    order = reading_of({**row, "Opgave": "Hjælpe til"}).drafts[0].record.order
    assert (order.task.hours_per_week, order.task.pay_dkk_per_hour, order.task.times) == (None, None, ())
    assert (order.task.setting, order.places, order.task.starts_on) == (Setting.UNKNOWN, 1, None)


@pytest.mark.parametrize(
    ("row", "column", "word"),
    [
        ({"Opgave": ""}, "Opgave", "what the task is"),
        ({"CVR-nr": "", "P-nr": ""}, "CVR-nr", "whose it is"),
        ({"Timeløn": "1.234"}, "Timeløn", "can mean 1234 or 1,234"),
        ({"Timer pr. uge": "200"}, "Timer pr. uge", "more hours than a week"),
        ({"Antal pladser": "0"}, "Antal pladser", "at least one place"),
        ({"Antal pladser": "1,5"}, "Antal pladser", "number of places"),
        ({"Slutdato": "01-12-2026"}, "Slutdato", "before the start"),
        ({"Startdato": "12-25-2026"}, "Startdato", "not a date"),
        ({"setting": "oppe"}, "setting", "not one of the words"),
        ({"activities": "gren"}, "activities", "Did you mean"),
    ],
)
def test_a_row_that_cannot_be_so_is_refused(reading_of, row, column, word):
    reading = reading_of(row)
    assert [(cell.row, cell.column) for cell in reading.refused] == [(2, column)]
    assert word in reading.refused[0].reason.said()
    assert reading.drafts == ()
    assert word in refused_rows_csv(reading).decode("utf-8-sig")


def test_the_same_order_twice_is_taken_once_and_another_under_its_number_is_refused(reading_of):
    assert len(reading_of({}, {}).drafts) == 1
    reading = reading_of({}, {"Timeløn": "160"})
    assert [draft.row for draft in reading.drafts] == [2]
    assert [(cell.row, cell.column) for cell in reading.refused] == [(3, "Ordrenr")]


def test_orders_without_a_number_are_told_by_what_was_said(reading_of):
    reading = reading_of({"Ordrenr": ""}, {"Ordrenr": ""}, {"Ordrenr": "", "Startdato": "06-12-2026"})
    assert [draft.row for draft in reading.drafts] == [2, 4]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Feje kl. 9 hver dag. Vi har koste.", "Feje kl. 9 hver dag"),
        ("Vaske op\nog tørre af", "Vaske op"),
        ("Har du tid? Kom og hjælp!", "Har du tid"),
        ("ord " * 40, ("ord " * 19).strip() + "…"),
        ("x" * 100, "x" * 79 + "…"),
    ],
)
def test_a_title_is_the_first_sentence_cut_at_a_word(text, title):
    assert title_of(text) == title
    assert len(title_of(text)) <= 80


def test_all_that_is_wrong_with_an_order_is_told_at_once(reading_of):
    reading = reading_of(
        {"Opgave": "", "CVR-nr": "", "P-nr": "", "Timeløn": "1.234", "Startdato": "i morgen"}
    )
    assert {cell.column for cell in reading.refused} == {"Opgave", "CVR-nr", "Timeløn", "Startdato"}
    assert all(cell.reason.remedy for cell in reading.refused)
    (aside,) = reading.set_aside
    assert not aside.record.says_whose


def test_an_order_of_a_broken_number_is_looked_for_under_no_other(reading_of):
    reading = reading_of({"CVR-nr": "1", "P-nr": ""})
    assert [cell.column for cell in reading.refused] == ["CVR-nr"]
    assert not reading.set_aside[0].record.says_whose


def test_kinds_of_work_are_read_as_people_call_them(reading_of):
    (draft,) = reading_of({"activities": "Grønt arbejde, Kontor, post og it", "setting": "Ude"}).drafts
    assert set(draft.record.order.task.activities) == {Activity.GREEN, Activity.OFFICE}
    assert draft.record.order.task.setting is Setting.OUTDOOR
