"""A centre that closes: nothing is deleted, no way starts there anew, and who starts there is asked."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.casework import centres as desk
from api.casework import citizens as citizens_desk
from api.casework import due as due_desk
from api.casework import practices, starts
from api.domain.due import DueKind, Whose, Why
from api.domain.records import AnchorRecord
from api.domain.working_days import day_of, end_of, start_of
from api.store import assignments, audit, centres, citizens
from api.store.errors import Missing, Stale
from geo import Refused
from matching.vocabulary import AnchorKind
from tests.api.makers import make_centre, make_citizen


@pytest.fixture
def unit(store, naestved, colleague, vejle):
    with store.unit() as unit:
        yield unit


@pytest.fixture
def centre(unit, naestved):
    return centres.add(unit, naestved, make_centre(naestved))


@pytest.fixture
def anna(unit, naestved, centre):
    """Somebody whose way starts at the centre, and who is the consultant's work."""
    citizen = citizens.add(unit, naestved, make_citizen(naestved, anchors=(at(centre),)))
    assignments.assign(unit, naestved, citizen.id, naestved.user_id)
    return citizen


def at(centre):
    return AnchorRecord(kind=AnchorKind.DROP_IN_CENTRE, centre_id=centre.id)


def closed(unit, caller, centre, day=None):
    return desk.close(unit, caller, centre.id, day or day_of(unit.at), None)


def waiting(unit, caller, whose=Whose.MINE):
    found = due_desk.due(unit, caller, whose).items
    return [one for one in found if one.waiting.kind is DueKind.START_CLOSED]


def test_a_centre_is_closed_from_a_day_and_open_on_the_day_before(unit, naestved, centre):
    kept = closed(unit, naestved, centre, date(2026, 12, 1))
    assert kept.closed_from == date(2026, 12, 1)
    assert [kept.closed_on(date(2026, 11, 30)), kept.closed_on(date(2026, 12, 1))] == [False, True]
    unit.commit()
    (row,) = [one for one in audit.entries(unit, "0370") if one.action == "centre_closed"]
    assert (row.subject, row.details) == (centre.id, {"version": 2, "valid_to": "2026-11-30"})


@pytest.mark.parametrize("day", [date.min, date(1990, 1, 1), date(2999, 1, 1), date.max])
def test_a_day_that_is_years_away_is_asked_about_and_closes_no_centre(unit, naestved, centre, day):
    with pytest.raises(Refused, match="closed_from: .* years .* Is the year right?"):
        closed(unit, naestved, centre, day)
    with pytest.raises(Refused, match="valid_to: .* years .* Is the year right?"):
        desk.change(unit, naestved, centre, replace(centre, valid_to=day), None)
    with pytest.raises(Refused, match="valid_to"):
        desk.register(unit, naestved, make_centre(naestved, name="Havnen", valid_to=day))
    assert centres.all_of(unit, "0370") == (centre,)


def test_a_closed_centre_is_opened_again(unit, naestved, centre):
    closed(unit, naestved, centre)
    kept = desk.reopen(unit, naestved, centre.id, {2})
    assert (kept.closed_from, kept.version) == (None, 3)
    unit.commit()
    assert audit.entries(unit, "0370")[-1].action == "centre_reopened"


def test_without_a_day_or_from_another_version_no_centre_is_closed(unit, naestved, vejle, centre):
    with pytest.raises(Refused) as refused:
        desk.close(unit, naestved, centre.id, None, None)
    assert refused.value.field == "closed_from"
    with pytest.raises(Stale):
        desk.close(unit, naestved, centre.id, date(2026, 12, 1), {7})
    with pytest.raises(Missing):
        desk.close(unit, vejle, centre.id, date(2026, 12, 1), None)
    assert centres.find(unit, naestved, centre.id) == centre


def test_who_starts_at_a_closed_centre_keeps_a_list(unit, naestved, centre, anna):
    closed(unit, naestved, centre)
    known = starts.starts_of(unit, "0370")
    assert [one.name for one in starts.citizen_of(anna, known).anchors] == [centre.name]


def test_no_way_starts_anew_at_a_closed_centre(unit, naestved, centre):
    closed(unit, naestved, centre)
    new = make_citizen(naestved, anchors=(at(centre),))
    with pytest.raises(Refused) as refused:
        citizens_desk.register(unit, naestved, new)
    assert refused.value.field == "anchors.0.centre_id"
    assert "is closed from" in refused.value.said()


def test_a_way_starts_at_a_centre_until_its_last_day(unit, naestved, centre):
    closed(unit, naestved, centre, day_of(unit.at) + timedelta(days=1))
    new = make_citizen(naestved, anchors=(at(centre),))
    assert citizens_desk.register(unit, naestved, new).anchors == (at(centre),)


def test_who_starts_at_a_closed_centre_is_changed_otherwise_and_undone(unit, naestved, centre, anna):
    closed(unit, naestved, centre)
    named = citizens_desk.change(unit, naestved, anna, replace(anna, name="Anna Holm"), None)
    moved = replace(named, anchors=make_citizen(naestved).anchors)
    citizens_desk.change(unit, naestved, named, moved, None)
    back = citizens_desk.put_back(unit, naestved, anna.id, named.version, None)
    assert back.anchors == (at(centre),)


def test_who_starts_at_a_closing_centre_is_due_until_another_start_is_chosen(unit, naestved, centre, anna):
    assert waiting(unit, naestved) == []
    day = day_of(unit.at) + timedelta(days=9)
    closed(unit, naestved, centre, day)
    (one,) = waiting(unit, naestved)
    assert (one.name, one.centre, one.waiting.why) == (anna.name, centre.name, Why.YOUR_CITIZEN)
    assert (one.waiting.by, one.overdue) == (start_of(day), False)
    unit.commit()
    (look,) = [row for row in audit.entries(unit, "0370") if row.action == "due_listed"]
    assert look.citizen_id == anna.id
    citizens_desk.change(unit, naestved, anna, replace(anna, anchors=make_citizen(naestved).anchors), None)
    assert waiting(unit, naestved) == []


WEDNESDAY = datetime(2026, 11, 18, 9, tzinfo=UTC)


@pytest.mark.parametrize("day", [date(2026, 11, 2), date(2026, 11, 18), date(2026, 11, 20)])
def test_a_closing_that_is_said_late_leaves_the_working_days_of_a_contact(unit, naestved, centre, anna, day):
    said = replace(unit, at=WEDNESDAY)
    closed(said, naestved, centre, day)
    (one,) = waiting(said, naestved)
    assert (one.waiting.by, one.overdue) == (end_of(date(2026, 11, 23)), False)
    (later,) = waiting(replace(unit, at=WEDNESDAY + timedelta(days=6)), naestved)
    assert later.overdue


def test_what_else_is_changed_of_a_closing_centre_gives_no_days_anew(unit, naestved, centre, anna):
    closed(replace(unit, at=WEDNESDAY), naestved, centre, date(2026, 11, 2))
    later = replace(unit, at=WEDNESDAY + timedelta(days=2))
    now = centres.find(later, naestved, centre.id)
    desk.change(later, naestved, now, replace(now, phone="55 55 12 12"), None)
    (one,) = waiting(later, naestved)
    assert (one.waiting.since, one.waiting.by) == (WEDNESDAY, end_of(date(2026, 11, 23)))


@pytest.mark.parametrize("opened_between", [False, True])
def test_a_closing_day_that_is_said_anew_counts_from_then(unit, naestved, centre, anna, opened_between):
    closed(replace(unit, at=WEDNESDAY), naestved, centre, date(2026, 11, 2))
    later = replace(unit, at=WEDNESDAY + timedelta(days=2))
    if opened_between:
        desk.reopen(later, naestved, centre.id, None)
    closed(later, naestved, centre, date(2026, 11, 2) if opened_between else date(2026, 11, 3))
    (one,) = waiting(later, naestved)
    assert (one.waiting.since, one.waiting.by) == (later.at, end_of(date(2026, 11, 25)))


def test_the_practice_says_how_many_working_days_a_late_closing_leaves(unit, naestved, centre, anna):
    practices.change(unit, naestved, {"contact_days": 1}, None)
    said = replace(unit, at=WEDNESDAY)
    closed(said, naestved, centre, date(2026, 11, 18))
    assert [one.waiting.by for one in waiting(said, naestved)] == [end_of(date(2026, 11, 19))]


def test_a_start_that_has_closed_is_no_longer_due_when_it_opens_again(unit, naestved, centre, anna):
    closed(unit, naestved, centre)
    assert [one.overdue for one in waiting(unit, naestved)] == [False]
    desk.reopen(unit, naestved, centre.id, None)
    assert waiting(unit, naestved) == []


def test_a_colleagues_citizen_is_due_to_the_municipality_by_initials_alone(
    unit, naestved, colleague, centre, anna
):
    closed(unit, naestved, centre)
    assert waiting(unit, colleague) == []
    (one,) = waiting(unit, colleague, Whose.MUNICIPALITY)
    assert (one.name, one.initials) == (None, "A.M.H.")


def test_those_who_start_at_a_centre_are_counted_in_full_and_shown_up_to_a_number(
    unit, naestved, vejle, centre, anna
):
    citizens.add(unit, naestved, make_citizen(naestved, anchors=(at(centre),)))
    citizens.add(unit, naestved, make_citizen(naestved))
    shown, total, following = citizens_desk.starting_from(unit, naestved, centre.id, 1)
    assert (len(shown), total) == (1, 2)
    (other,), total, end = citizens_desk.starting_from(unit, naestved, centre.id, 1, following)
    assert {other.id, shown[0].id} == citizens.starting_from(unit, naestved, [centre.id]).keys()
    assert (total, end) == (2, "")
    assert citizens_desk.starting_from(unit, vejle, centre.id, 9) == ([], 0, "")


@given(st.sets(st.text("abcd", min_size=1, max_size=3)), st.integers(1, 4), st.data())
def test_nobody_is_passed_over_where_who_was_shown_last_starts_elsewhere_meanwhile(ids, most, data):
    walked, after, there = set(), "", set(ids)
    while True:
        shown, following = citizens_desk.stretch_of(there, most, after)
        walked |= set(shown)
        if not following:
            break
        there -= data.draw(st.sets(st.sampled_from(shown)))
        after = following
    assert walked == ids
