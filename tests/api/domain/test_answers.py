from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.answers import as_in, fact_of, facts_of, given_in
from api.domain.records import CitizenRecord, EmployerRecord, JobOrderRecord, Place
from geo import Point
from matching.citizens import Needs
from matching.orders import Task
from matching.vocabulary import Answer, Demand

NINE = datetime(2026, 11, 22, 9, tzinfo=UTC)
YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


def order(version, **task):
    at = NINE + timedelta(minutes=version)
    return JobOrderRecord(
        id="o",
        municipality="0370",
        employer_id="e",
        title="",
        task=Task(**task),
        version=version,
        updated_at=at,
    )


def said_of_machines(*answers):
    """An order after each of these answers about machines."""
    told = ({} if one is UNKNOWN else {Demand.MACHINES: one} for one in answers)
    return [order(number, demands=demands) for number, demands in enumerate(told, start=1)]


@pytest.mark.parametrize(
    ("rule", "fact"),
    [
        ("avoids:machines", "machines"),
        ("needs:quiet_place", "quiet_place"),
        ("abilities:driving_licence", "driving_licence"),
        ("check:driving_licence", "driving_licence"),
        ("setting:indoor", "setting"),
        ("setting:outdoor", "setting"),
        ("attitude:green", "attitude"),
        ("max_hours", "max_hours"),
        ("place", "place"),
    ],
)
def test_rules_that_the_same_answer_settles_ask_for_one_fact(rule, fact):
    assert fact_of(rule) == fact


def test_an_answer_is_told_with_the_version_before_it():
    found = given_in(said_of_machines(UNKNOWN, NO))
    assert {fact: (one.back_to, one.at) for fact, one in found.items()} == {
        "machines": (1, NINE + timedelta(minutes=2))
    }


def test_what_stands_as_at_first_was_answered_by_nobody():
    assert given_in(said_of_machines(UNKNOWN, NO, UNKNOWN)) == {}
    assert given_in(said_of_machines(NO)) == {}


def test_of_several_answers_to_one_question_the_last_one_counts():
    assert given_in(said_of_machines(UNKNOWN, NO, YES))["machines"].back_to == 2


def test_an_answer_that_stands_again_leads_back_to_before_it_was_given_and_not_to_the_one_after():
    found = given_in(said_of_machines(UNKNOWN, NO, YES, NO))["machines"]
    assert (found.back_to, found.at) == (1, NINE + timedelta(minutes=2))
    assert given_in(said_of_machines(UNKNOWN, NO, YES, NO, UNKNOWN)) == {}


@given(st.lists(st.sampled_from([YES, NO, UNKNOWN]), min_size=1))
def test_an_answer_was_given_exactly_where_it_differs_from_the_first(answers):
    found = given_in(said_of_machines(*answers))
    assert ("machines" in found) == (answers[-1] is not answers[0])


def test_one_fact_is_put_back_and_nothing_beside_it():
    earlier = order(1, hours_per_week=3)
    now = order(2, hours_per_week=8, setting="outdoor", demands={"machines": "no"})
    back = as_in(now, earlier, "max_hours")
    assert back.task == replace(now.task, hours_per_week=3)
    assert "machines" not in facts_of(as_in(now, earlier, "machines"))
    assert as_in(now, earlier, "machines").task.hours_per_week == 8


def test_an_answer_of_the_workplace_and_its_place_are_put_back_alike():
    earlier = EmployerRecord(id="e", municipality="0370", name="")
    there = Place(postcode="4700", point=Point(55.23, 11.76))
    now = replace(earlier, place=there, supports={"quiet_place": YES})
    assert as_in(now, earlier, "place") == replace(now, place=Place())
    assert as_in(now, earlier, "quiet_place") == replace(now, supports={})


def test_what_a_citizen_can_is_put_back_and_no_other_need():
    earlier = CitizenRecord(id="c", municipality="0370", name="", anchors=())
    needs = Needs(abilities={"driving_licence": "no"}, avoids={"machines"})
    back = as_in(replace(earlier, needs=needs), earlier, "driving_licence")
    assert back.needs == Needs(avoids={"machines"})


def test_two_states_of_different_records_have_no_fact_in_common():
    citizen = CitizenRecord(id="c", municipality="0370", name="", anchors=())
    with pytest.raises(TypeError, match="no two states"):
        as_in(citizen, order(1), "machines")
