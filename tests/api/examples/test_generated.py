"""Municipalities made up to any size: the same for a seed, sensible, apart from the written ones."""

import re
from collections import Counter
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.dk import cvr

from api.examples.generated import MOST, generate, municipalities_in_order
from api.examples.industries import industries, industry
from api.examples.municipality import ExampleMunicipality
from api.examples.numbers import cvr_number, p_number, phone_number
from api.examples.phrases import phrases
from api.examples.weeks import free_time, timetable
from geo import Mode, Refused, UnknownCode
from geo.gazetteer import Gazetteer
from geo.point import in_denmark
from matching.vocabulary import Activity, Answer, Demand, Support

Made = list[ExampleMunicipality]
SMALL = {"municipalities": 2, "citizens": 20, "employers": 30, "orders": 40}


def test_the_same_seed_makes_the_same_and_another_one_something_else(on: date):
    first = list(generate(7, **SMALL, on=on))
    assert list(generate(7, **SMALL, on=on)) == first
    other = list(generate(8, **SMALL, on=on))
    assert [order.text for order in other[0].job_orders] != [order.text for order in first[0].job_orders]


def test_a_municipality_is_the_same_however_many_others_are_made(on: date):
    alone = list(generate(7, **{**SMALL, "municipalities": 1}, on=on))
    assert alone[0] == next(generate(7, **SMALL, on=on))


def test_more_orders_leave_citizens_and_employers_as_they_were(on: date):
    few, many = (next(generate(7, **{**SMALL, "orders": orders}, on=on)) for orders in (10, 500))
    assert few.citizens == many.citizens
    assert few.employers == many.employers


def test_the_written_municipalities_come_first_and_then_the_others_by_code():
    codes = [row.code for row in municipalities_in_order()]
    assert codes[:3] == ["0630", "0661", "0370"]
    assert codes[3:] == sorted(codes[3:])
    assert len(codes) == len(set(codes)) == 98
    assert "0411" not in codes


def test_numbers_are_per_municipality(made: Made):
    assert [one.code for one in made] == ["0630", "0661", "0370", "0101", "0147"]
    for one in made:
        assert (len(one.citizens), len(one.employers), len(one.job_orders)) == (120, 400, 1200)
        assert len(one.centres) == 3
        assert len(one.users) == 7


def test_municipalities_are_made_when_they_are_asked_for(on: date):
    country = generate(7, municipalities=98, citizens=1, employers=MOST, orders=1, on=on)
    assert iter(country) is country


def test_every_municipality_can_be_made(on: date):
    country = list(generate(7, municipalities=98, citizens=2, employers=3, orders=4, on=on))
    assert [len(one.job_orders) for one in country] == [4] * 98
    companies = [employer.cvr for one in country for employer in one.employers]
    assert len(set(companies)) == len(companies)


def test_nothing_asked_for_makes_nothing(on: date):
    assert list(generate(7, municipalities=0, on=on)) == []
    (empty,) = generate(7, municipalities=1, citizens=0, employers=0, orders=0, on=on)
    assert (empty.citizens, empty.employers, empty.job_orders) == ((), (), ())


@pytest.mark.parametrize(
    ("field", "numbers"),
    [
        ("seed", {"seed": -1}),
        ("municipalities", {"municipalities": 99}),
        ("citizens", {"citizens": -1}),
        ("employers", {"employers": MOST + 1}),
        ("orders", {"orders": MOST + 1}),
        ("orders", {"employers": 0, "orders": 1}),
    ],
)
def test_numbers_that_cannot_be_made_are_refused_at_once(on: date, field: str, numbers: dict[str, int]):
    with pytest.raises(Refused) as refused:
        generate(**{"seed": 7, **numbers}, on=on)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert refused.value.said()


def test_ids_are_unique_and_apart_from_the_written_ones(made: Made, written: dict[str, ExampleMunicipality]):
    def ids(one: ExampleMunicipality) -> list[str]:
        return [row.id for rows in (one.centres, one.employers, one.job_orders, one.citizens) for row in rows]

    listed = [id for one in (*made, *written.values()) for id in ids(one)]
    assert len(set(listed)) == len(listed)


def test_employers_are_examples_with_numbers_of_their_own(
    made: Made, written: dict[str, ExampleMunicipality]
):
    employers = [employer for one in (*made, *written.values()) for employer in one.employers]
    assert all("Eksempel" in employer.name for employer in employers)
    assert all(cvr.is_valid(employer.cvr) for employer in employers)
    assert len({employer.p_number for employer in employers}) == len(employers)
    assert len({employer.cvr for employer in employers}) == len(employers)


def test_people_are_examples(made: Made):
    assert all(citizen.name.endswith(" Eksempel") for one in made for citizen in one.citizens)
    assert all(centre.name.endswith("(eksempel)") for one in made for centre in one.centres)


def test_places_lie_near_a_postal_district_of_the_municipality(made: Made):
    gazetteer = Gazetteer.shipped()
    for one in made:
        for row in (*one.employers, *one.centres):
            district = gazetteer.postal_district(row.place.postcode)
            assert district is not None
            assert district.largest_municipality == one.code
            if row.place.point:
                assert in_denmark(row.place.point.lat, row.place.point.lon)
                heart = gazetteer.namesake(district)
                assert row.place.point.distance_km(heart.point if heart else district.point) < 5.1


def test_places_are_known_by_address_mostly_and_some_not_at_all(made: Made):
    points = [employer.place.point for one in made for employer in one.employers]
    assert 0.03 < sum(point is None for point in points) / len(points) < 0.1
    streets = [bool(employer.place.house_number) for one in made for employer in one.employers]
    assert 0.7 < sum(streets) / len(streets) < 0.86


def test_all_activities_and_all_answers_occur(made: Made):
    tasks = [order.task for one in made for order in one.job_orders]
    assert {activity for task in tasks for activity in task.activities} == set(Activity)
    answered = Counter(item for task in tasks for item in (*task.demands.items(), *task.supports.items()))
    drawn = set(Demand) | set(Support)
    drawn -= {Demand.EARLY_START, Demand.EVENING_OR_NIGHT, Demand.ALL_WEATHER, Support.SHORT_SHIFTS}
    assert all(answered[code, answer] for code in drawn for answer in (Answer.YES, Answer.NO))


def test_a_good_part_is_unknown(made: Made):
    for one in made:
        employers = {employer.id: employer for employer in one.employers}
        for demand in (Demand.ALCOHOL_PRESENT, Demand.MACHINES, Demand.CROWDS):
            open_ones = [
                demand not in {**employers[order.employer_id].demands, **order.task.demands}
                for order in one.job_orders
            ]
            assert 0.2 < np.mean(open_ones) < 0.95


def test_figures_stay_within_what_the_desk_sees(made: Made, on: date):
    for order in (order for one in made for order in one.job_orders):
        task = order.task
        assert 1 <= order.places <= 3
        assert task.pay_dkk_per_hour is None or 130 <= task.pay_dkk_per_hour <= 175
        assert task.hours_per_week is None or 1 <= task.hours_per_week <= 10
        assert order.received_on is not None
        assert order.received_on <= on
        assert task.ends_on is None or task.ends_on > on


def test_needs_are_few_and_some_people_state_none(made: Made):
    needs = [citizen.needs for one in made for citizen in one.citizens]
    hard = [len(said.avoids) + len(said.needs) for said in needs]
    assert 0.5 < np.mean(hard) < 3
    assert 0 in hard
    assert {said.mode for said in needs} == set(Mode)
    assert all(said.avoids.isdisjoint(said.prefers_not) for said in needs)
    assert 0.1 < np.mean([said.max_hours_per_week is not None for said in needs]) < 0.4


def test_texts_are_nearly_all_distinct(made: Made):
    texts = [order.text for one in made for order in one.job_orders]
    assert len(set(texts)) > 0.99 * len(texts)


def test_what_a_text_says_is_what_the_task_holds(made: Made):
    words = phrases()
    sentences = {said: (code, answer) for code, pair in words.facts.items() for answer, said in pair.items()}
    heard = 0
    for order in (order for one in made for order in one.job_orders):
        task = order.task
        answers = {**task.demands, **task.supports}
        for sentence, (code, answer) in sentences.items():
            if sentence in order.text:
                heard += 1
                assert answers[code] == answer  # type: ignore[index]
        pay = re.search(r"(\d+) kr\. i timen", order.text)
        assert (float(pay[1]) if pay else None) == task.pay_dkk_per_hour
        assert order.times_text in order.text
        assert bool(order.times_text) == bool(task.times)
    assert heard > 2 * sum(len(one.job_orders) for one in made)


def test_no_text_has_a_gap_left_open(made: Made):
    assert not [
        order.text for one in made for order in one.job_orders if re.search(r"[{}]|  |\.\.", order.text)
    ]


def test_an_early_task_begins_before_eight_and_no_other_does(made: Made):
    for task in (order.task for one in made for order in one.job_orders if order.task.times):
        early = task.demands.get(Demand.EARLY_START) is Answer.YES
        assert all((slot.start < 8 * 60) == early for slot in task.times)


def test_short_shifts_last_two_hours_at_most(made: Made):
    short = [
        slot.end - slot.start
        for one in made
        for order in one.job_orders
        if order.task.supports.get(Support.SHORT_SHIFTS) is Answer.YES
        for slot in order.task.times
    ]
    assert short
    assert max(short) <= 120


def test_every_industry_has_a_task_and_a_title_of_its_own():
    titles = [row.title for row in industries().values()]
    assert len(set(titles)) == len(titles)
    assert [key for key in industries() if not phrases().tasks_in(key)] == []


def test_there_is_a_sentence_for_every_answer():
    facts = phrases().facts
    assert set(facts) == {*Demand, *Support}
    said = [sentence for pair in facts.values() for sentence in (pair["yes"], pair["no"])]
    assert len(set(said)) == 2 * len(facts)


def test_an_industry_that_is_not_known_is_refused():
    with pytest.raises(UnknownCode, match="bakry"):
        industry("bakry")


@given(st.integers(0, 9_999_999))
def test_a_company_number_has_a_right_check_digit_or_there_is_none(body: int):
    number = cvr_number(body)
    right = [digit for digit in "0123456789" if cvr.checksum(f"{body:07}{digit}") == 0]
    assert right == ([number[-1]] if number else [])


@given(st.integers(0, 99_999_999))
def test_workplace_and_telephone_numbers_have_their_length(serial: int):
    assert re.fullmatch(r"19\d{8}", p_number(serial))
    assert re.fullmatch(r"\+45 00( \d\d){3}", phone_number(serial))


@given(st.floats(0, 1, exclude_max=True), st.floats(0, 1, exclude_max=True), st.booleans())
def test_a_timetable_runs_on_one_or_two_working_days(which: float, long: float, early: bool):
    slots = timetable(which, long, early=early)
    assert 1 <= len({slot.day for slot in slots}) == len(slots) <= 2
    assert all(before.day != after.day for before, after in pairwise(slots))
    assert {slot.end - slot.start for slot in slots} <= {60, 120, 180, 240}
    assert {slot.start for slot in free_time(which, long)} == {9 * 60}
