from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.due import Desk, DueKind, Staffed, Waiting, Whose, Why, in_order
from api.domain.working_days import Calendar, contact_deadline, working_days_left
from matching.times import DENMARK_TIME

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
moments = st.integers(-500, 500).map(lambda hours: NOW + timedelta(hours=hours))


def item(since=NOW, by=None, id_="a", kind=DueKind.REVIEW):
    return Waiting(kind=kind, id=id_, why=Why.YOUR_CITIZEN, since=since, by=by)


items_of_all_kinds = st.builds(
    item, moments, st.none() | moments, st.sampled_from("abc"), st.sampled_from(DueKind)
)


@given(st.lists(items_of_all_kinds))
def test_overdue_comes_first_then_the_nearest_deadline_then_what_weighs_most(items):
    found = in_order(items)
    assert sorted(map(repr, found)) == sorted(map(repr, items))
    for one, other in zip(found, found[1:], strict=False):
        assert one.overdue(NOW) >= other.overdue(NOW)
        if one.overdue(NOW) == other.overdue(NOW):
            assert one.by is not None or other.by is None
            assert one.by is None or other.by is None or one.by <= other.by
            weights = [list(DueKind).index(each.kind) for each in (one, other)]
            assert one.by != other.by or weights[0] <= weights[1]
            assert (one.by, one.kind) != (other.by, other.kind) or one.since <= other.since


def test_nothing_without_a_deadline_is_overdue():
    assert not item(since=NOW - timedelta(days=900)).overdue(NOW)


@pytest.mark.parametrize(("whose", "expected"), [(Whose.MINE, None), (Whose.MUNICIPALITY, Why.MUNICIPALITY)])
def test_what_is_nobody_s_is_only_the_municipality_s(whose, expected):
    desk = Desk(user_id="bodil", citizens={"anna"}, whose=whose)
    assert desk.of_proposal("bent", "carl") is expected
    assert desk.of_order("") is expected
    assert desk.of_contact("carl") is expected


@pytest.mark.parametrize("whose", Whose)
def test_what_stands_on_nobody_s_desk_stands_on_that_of_who_looks_after_it(whose):
    staffed = Staffed(users={"bodil", "carl"}, citizens={"anna"})
    desk = Desk(user_id="bodil", citizens=set(), whose=whose, staffed=staffed)
    others = Why.MUNICIPALITY if whose is Whose.MUNICIPALITY else None
    assert desk.of_proposal("bent", "gone") is Why.NOBODYS
    assert desk.of_order("gone") is desk.of_contact("") is Why.NOBODYS
    # one who is there is enough: the citizen's or the one who suggested
    assert desk.of_proposal("anna", "gone") is desk.of_proposal("bent", "carl") is others
    assert desk.of_order("carl") is desk.of_contact("carl") is others
    assert desk.of_order("bodil") is Why.YOUR_ORDER


def test_a_citizen_comes_before_who_made_the_suggestion():
    desk = Desk(user_id="bodil", citizens={"anna"})
    assert desk.of_proposal("anna", "bodil") is Why.YOUR_CITIZEN
    assert desk.of_proposal("bent", "bodil") is Why.YOUR_PROPOSAL
    assert desk.of_order("bodil") is Why.YOUR_ORDER
    assert desk.of_contact("bodil") is Why.YOUR_CONTACT


def test_a_caller_without_an_id_owns_nothing_that_nobody_owns():
    assert Desk(user_id="", citizens=set()).of_order("") is None


def at(day, hour=12):
    return datetime(2026, 11, day, hour, tzinfo=DENMARK_TIME)


@pytest.mark.parametrize(
    ("now", "deadline", "left"),
    [(at(25), at(25, 23), 0), (at(25), at(26), 1), (at(27), at(30), 1), (at(25), at(30), 3)],
    ids=["today", "tomorrow", "over a weekend", "three"],
)
def test_the_working_days_left_leave_out_weekends_and_today(now, deadline, left):
    assert working_days_left(now, deadline, Calendar()) == left


def test_a_day_off_of_the_municipality_s_own_is_not_left():
    calendar = Calendar(single=frozenset({date(2026, 11, 26)}))
    assert working_days_left(at(25), at(27), calendar) == 1


@given(st.integers(1, 20), st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)))
def test_as_many_working_days_are_left_as_the_deadline_was_given(days, moment):
    received = moment.replace(tzinfo=DENMARK_TIME)
    deadline = contact_deadline(received, days, Calendar())
    assert working_days_left(received, deadline, Calendar()) == days
