from datetime import date

import pytest

from api.domain.practice import PRACTICE_FIELDS, CandidateOrder, Practice
from geo import Refused, UnknownCode


def test_what_a_municipality_does_not_say_has_a_default():
    practice = Practice.from_json({})
    assert practice == Practice()
    assert (practice.contact_days, practice.candidates_by) == (3, CandidateOrder.SCORE)
    assert [str(day) for day in practice.yearly_days_off] == ["06-05", "12-24", "12-31"]


def test_a_practice_reads_back_as_it_was_written():
    practice = Practice(
        contact_days=5,
        yearly_days_off=("05-01",),
        extra_days_off=("2027-05-07",),
        candidates_by="waiting_time",
        required_answers=("machines", "contact_person"),
    )
    assert practice.extra_days_off == (date(2027, 5, 7),)
    assert set(practice.to_json()) == set(PRACTICE_FIELDS)
    assert Practice.from_json(practice.to_json()) == practice


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"contact_days": 0}, "contact_days"),
        ({"contact_days": 400}, "contact_days"),
        ({"contact_limit": 1.5}, "contact_limit"),
        ({"extra_days_off": ["7. maj"]}, "extra_days_off"),
        ({"extra_days_off": [None]}, "extra_days_off"),
        ({"yearly_days_off": ["24-12"]}, "yearly_days_off"),
        ({"candidates_by": "age"}, "candidates_by"),
        ({"required_answers": ["diagnosis"]}, "required_answers"),
    ],
)
def test_what_cannot_be_a_practice_is_refused_by_name(said, field):
    with pytest.raises(Refused) as caught:
        Practice.from_json(said)
    assert caught.value.field == field


def test_an_unknown_field_is_refused_with_the_nearest_known_one():
    with pytest.raises(UnknownCode, match="contact_days"):
        Practice.from_json({"contact_day": 3})
