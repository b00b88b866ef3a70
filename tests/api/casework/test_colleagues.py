"""Who looks after colleagues, what they may change, and what is written down of it, on both databases."""

from dataclasses import replace

import pytest

from api.access.one_time import LASTS_DAYS, OneTime
from api.casework import colleagues as desk
from api.domain.caller import Channel, Role
from api.domain.working_days import day_of
from api.store import assignments, audit, citizens, sign_ins, users
from api.store.errors import Missing, Stale
from geo import Refused
from tests.api.makers import make_citizen


@pytest.fixture
def unit(store, naestved, colleague, vejle):
    with store.unit() as unit:
        yield unit


@pytest.fixture
def boss(unit):
    """Næstved's coordinator."""
    return users.caller_of(users.add(unit, "0370", "boss", Role.COORDINATOR), "http")


def rows(unit):
    """What stands in the log, which is written as a unit commits."""
    unit.commit()
    return [(one.action, one.subject, dict(one.details)) for one in audit.entries(unit, "0370")]


def test_a_name_a_role_and_access_are_changed_each_with_its_row_in_the_log(unit, boss, colleague):
    kept = desk.change(unit, boss, colleague.user_id, None, name="Ole Lund", role=Role.CASEWORKER)
    assert (kept.called, kept.role) == ("Ole Lund", Role.CASEWORKER)
    assert desk.change(unit, boss, colleague.user_id, None, disabled=True).disabled_at
    assert desk.change(unit, boss, colleague.user_id, None, disabled=False).disabled_at is None
    roles = {"before": "consultant", "after": "caseworker"}
    assert rows(unit) == [
        ("user_renamed", colleague.user_id, {}),
        ("user_role_changed", colleague.user_id, roles),
        ("user_disabled", colleague.user_id, {}),
        ("user_enabled", colleague.user_id, {}),
    ]


def test_what_is_as_it_was_is_not_written_down(unit, boss, colleague):
    before = desk.read(unit, boss, colleague.user_id)
    again = desk.change(unit, boss, before.id, {before.version}, name="", role=before.role, disabled=False)
    assert (again, rows(unit)) == (before, [])


def test_a_change_of_another_state_than_the_one_seen_is_refused(unit, boss, colleague):
    seen = desk.read(unit, boss, colleague.user_id).version
    desk.change(unit, boss, colleague.user_id, {seen}, name="Ole Lund")
    with pytest.raises(Stale):
        desk.change(unit, boss, colleague.user_id, {seen}, role=Role.ANALYST)
    assert desk.read(unit, boss, colleague.user_id).role is Role.CONSULTANT


def test_a_state_that_comes_back_is_the_same_version(unit, boss, colleague):
    first = desk.read(unit, boss, colleague.user_id).version
    other = desk.change(unit, boss, colleague.user_id, None, name="Ole Lund").version
    assert other != first
    assert desk.change(unit, boss, colleague.user_id, None, name="").version == first


@pytest.mark.parametrize("said", [{"role": Role.ANALYST}, {"disabled": True}])
def test_nobody_changes_their_own_role_or_shuts_themselves_out(unit, boss, said):
    with pytest.raises(Refused) as refused:
        desk.change(unit, boss, boss.user_id, None, **said)
    assert refused.value.field == next(iter(said))
    assert "own role" in refused.value.said()
    assert desk.change(unit, boss, boss.user_id, None, name="Bodil Boss").name == "Bodil Boss"


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.AUDITOR])
def test_a_coordinator_neither_makes_nor_changes_an_operator_or_an_auditor(unit, boss, colleague, role):
    other = users.add(unit, "0370", "other", role)
    for user_id, said in (
        (colleague.user_id, {"role": role}),
        (other.id, {"role": Role.CONSULTANT}),
        (other.id, {"disabled": True}),
    ):
        with pytest.raises(Refused, match="runs the system"):
            desk.change(unit, boss, user_id, None, **said)
    operator = replace(boss, user_id="somebody", role=Role.OPERATOR)
    assert desk.change(unit, operator, other.id, None, role=Role.CONSULTANT).role is Role.CONSULTANT


def test_who_works_with_citizens_is_given_no_role_that_sees_none(unit, boss, colleague):
    citizen = citizens.add(unit, colleague, make_citizen(colleague))
    assignments.assign(unit, boss, citizen.id, colleague.user_id)
    assert assignments.counts(unit, boss) == {colleague.user_id: 1}
    with pytest.raises(Refused) as refused:
        desk.change(unit, boss, colleague.user_id, None, role=Role.ANALYST)
    assert refused.value.field == "role"
    assignments.end(unit, boss, citizen.id, colleague.user_id)
    assert assignments.counts(unit, boss) == {}
    assert desk.change(unit, boss, colleague.user_id, None, role=Role.ANALYST).role is Role.ANALYST


def test_somebody_of_another_municipality_is_not_there(unit, boss, vejle):
    with pytest.raises(Missing):
        desk.read(unit, boss, vejle.user_id)
    with pytest.raises(Missing):
        desk.change(unit, boss, vejle.user_id, None, name="X")


GIVEN = OneTime("hemmelig-1234", "$hash$")


def test_who_is_added_has_a_given_password_for_some_days_in_a_browser_alone(unit, boss):
    added = desk.add(unit, boss, "ida", Role.CASEWORKER, "Ida Lund", GIVEN)
    assert (added.called, added.role, added.municipality) == ("Ida Lund", Role.CASEWORKER, "0370")
    assert (day_of(added.one_time_until) - day_of(unit.at)).days == LASTS_DAYS
    assert users.with_password(unit, "ida") == (added, GIVEN.hashed)
    assert users.caller_of(added, Channel.BROWSER).password_due
    assert not users.caller_of(added, Channel.HTTP).password_due
    assert rows(unit) == [("user_added", added.id, {"role": "caseworker", "one_time": True})]


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.AUDITOR])
def test_a_coordinator_adds_nobody_who_looks_after_the_coordinator(unit, boss, role):
    with pytest.raises(Refused, match="runs the system"):
        desk.add(unit, boss, "ida", role, "", GIVEN)
    assert users.by_username(unit, "ida") is None
    operator = replace(boss, user_id="somebody", role=Role.OPERATOR)
    assert desk.add(unit, operator, "ida", role, "", GIVEN).role is role


def test_a_given_password_ends_every_session_of_one_colleague_and_is_written_down(unit, boss, colleague):
    for number, whose in enumerate((colleague.user_id, colleague.user_id, boss.user_id)):
        user = desk.read(unit, boss, whose)
        sign_ins.add_session(unit, user, f"{number:064}", unit.at.replace(year=2090))
    seen = desk.read(unit, boss, colleague.user_id).version
    after, ended = desk.give_password(unit, boss, colleague.user_id, {seen}, GIVEN)
    assert (ended, after.version == seen) == (2, False)
    assert sign_ins.find_session(unit, f"{0:064}") is None
    assert sign_ins.find_session(unit, f"{2:064}") is not None
    with pytest.raises(Stale):
        desk.give_password(unit, boss, colleague.user_id, {seen}, GIVEN)
    details = {"sessions": 2, "until": day_of(after.one_time_until).isoformat()}
    assert rows(unit) == [("password_given", colleague.user_id, details)]


def test_a_password_is_given_to_nobody_elses_colleague_and_not_to_oneself(unit, boss, colleague, vejle):
    with pytest.raises(Missing):
        desk.give_password(unit, boss, vejle.user_id, None, GIVEN)
    with pytest.raises(Refused, match="gives themselves"):
        desk.give_password(unit, boss, boss.user_id, None, GIVEN)
    for role in (Role.OPERATOR, Role.AUDITOR):
        other = users.add(unit, "0370", str(role), role, "$theirs$")
        with pytest.raises(Refused, match="runs the system"):
            desk.give_password(unit, boss, other.id, None, GIVEN)
        assert users.with_password(unit, str(role)) == (other, "$theirs$")
    desk.change(unit, boss, colleague.user_id, None, disabled=True)
    with pytest.raises(Refused, match="disabled"):
        desk.give_password(unit, boss, colleague.user_id, None, GIVEN)
