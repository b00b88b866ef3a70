"""Scopes, masking, and sight of a citizen who is not one's work."""

from dataclasses import replace

import pytest

from api.access import audit, breaking_glass, masking
from api.access.masking import MaskedCitizen, initials
from api.access.scopes import GIVES, ROLES, Denied, Scope, may, require
from api.domain.caller import Caller, Channel, Role
from api.store import Store, access_grants, assignments, citizens
from api.store.errors import Missing
from geo import Refused
from tests.api.makers import make_citizen

SEES_CITIZENS = {Role.CONSULTANT, Role.CASEWORKER, Role.COORDINATOR, Role.CENTRE_STAFF}
OF_CITIZENS = {Scope.SHORTLISTS_READ, Scope.CANDIDATES_READ} | {
    scope for scope in Scope if scope.startswith("citizens:")
}


def caller_as(role: Role) -> Caller:
    return Caller("u-1", "bodil", "0370", role)


@pytest.mark.parametrize("role", Role)
def test_every_role_has_scopes_and_is_refused_all_others(role: Role):
    caller = caller_as(role)
    assert ROLES[role]
    for scope in Scope:
        if scope in ROLES[role]:
            require(caller, scope)
        else:
            with pytest.raises(Denied) as denied:
                require(caller, scope)
            assert denied.value.said().count(scope) == 1


@pytest.mark.parametrize("role", [role for role in Role if role not in SEES_CITIZENS])
def test_whoever_needs_no_citizen_sees_none(role: Role):
    assert ROLES[role] & OF_CITIZENS == frozenset()


def test_only_the_operator_makes_users_and_only_leaders_and_auditors_read_the_log():
    assert {role for role in Role if Scope.USERS_ADMIN in ROLES[role]} == {Role.OPERATOR}
    assert {role for role in Role if Scope.COLLEAGUES_WRITE in ROLES[role]} == {
        Role.OPERATOR,
        Role.COORDINATOR,
    }
    assert {role for role in Role if Scope.AUDIT_READ in ROLES[role]} == {Role.AUDITOR, Role.COORDINATOR}


def test_who_looks_after_the_log_and_who_runs_the_system_are_not_the_coordinators_to_choose():
    assert set(Role) - GIVES[Role.COORDINATOR] == {Role.AUDITOR, Role.OPERATOR}
    assert set(GIVES) == {role for role in Role if Scope.COLLEAGUES_WRITE in ROLES[role]}


def test_centre_staff_only_answer_what_became_of_a_proposal_and_list_nobody():
    scopes = ROLES[Role.CENTRE_STAFF]
    assert {scope for scope in scopes if not scope.endswith(":read")} == {Scope.PROPOSALS_ANSWER}
    assert Scope.CANDIDATES_READ not in scopes


def test_every_scope_belongs_to_some_role():
    assert frozenset().union(*ROLES.values()) == frozenset(Scope)


def test_nobody_may_do_nothing():
    nobody = audit.nobody(Channel.HTTP)
    assert [scope for scope in Scope if may(nobody, scope)] == []


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Anna Marie Holm", "A.M.H."),
        ("  anna   holm ", "A.H."),
        ("Åge Øst", "Å.Ø."),
        ("Lis-Mette O'Hara", "L.M.O.H."),
        ("Anna 2", "A."),
        ("Anna (kaldet Ninna)", "A.K.N."),
        ("", ""),
        ("123", ""),
    ],
)
def test_a_name_is_masked_to_its_initials(name: str, letters: str):
    assert initials(name) == letters


def test_a_masked_citizen_says_nothing_else(naestved: Caller):
    citizen = make_citizen(naestved, id="c-1")
    assert masking.masked(citizen) == MaskedCitizen("c-1", "A.M.H.")
    assert "Anna" not in repr(masking.masked(citizen))


def test_a_list_shows_ones_own_citizens_and_the_others_by_initials(store: Store, naestved: Caller):
    with store.unit() as unit:
        mine, other = citizens.add_all(unit, naestved, [make_citizen(naestved) for _ in range(2)])
        assignments.assign(unit, naestved, mine.id, naestved.user_id)
        people = [other, mine]
        assert masking.for_list(unit, naestved, people) == [masking.masked(other, nobodys=True), mine]
        staff = replace(naestved, role=Role.CENTRE_STAFF)
        assert masking.for_list(unit, staff, people) == [mine]


def test_breaking_the_glass_opens_one_citizen_and_is_recorded(store: Store, naestved: Caller):
    with store.unit() as unit:
        anna, bent = citizens.add_all(unit, naestved, [make_citizen(naestved) for _ in range(2)])
        grant = breaking_glass.open_citizen(unit, naestved, anna.id, " Anna  ringede,\nBodil er syg ")
        assert grant.reason == "Anna ringede, Bodil er syg"
        assert grant.expires_at - grant.granted_at == breaking_glass.LASTS
        assert citizens.may_open(unit, naestved, anna.id)
        assert not citizens.may_open(unit, naestved, bent.id)
        unit.commit()
        (entry,) = audit.access_log(unit, naestved, anna.id)
        assert (entry.action, entry.subject, entry.user_id) == ("break_glass", grant.id, naestved.user_id)
        assert "Bodil" not in repr(entry)


@pytest.mark.parametrize("reason", ["", "   \n ", "fordi", "x" * 1001])
def test_a_reason_that_says_nothing_opens_nobody(store: Store, naestved: Caller, reason: str):
    with store.unit() as unit:
        anna = citizens.add(unit, naestved, make_citizen(naestved))
        with pytest.raises(Refused, match="reason"):
            breaking_glass.open_citizen(unit, naestved, anna.id, reason)
        assert access_grants.of_citizen(unit, naestved, anna.id) == ()


def test_a_foreign_citizen_cannot_be_opened_and_looks_like_none_at_all(store, naestved, vejle):
    with store.unit() as unit:
        anna = citizens.add(unit, naestved, make_citizen(naestved))
        for citizen_id in (anna.id, "c-9"):
            with pytest.raises(Missing):
                breaking_glass.open_citizen(unit, vejle, citizen_id, "Jeg vil se, hvem det er")


@pytest.mark.parametrize("role", [Role.CENTRE_STAFF, Role.ANALYST, Role.AUDITOR, Role.OPERATOR])
def test_a_role_that_lists_no_citizens_breaks_no_glass(store: Store, naestved: Caller, role: Role):
    with store.unit() as unit:
        anna = citizens.add(unit, naestved, make_citizen(naestved))
        with pytest.raises(Denied):
            breaking_glass.open_citizen(unit, replace(naestved, role=role), anna.id, "Anna ringede til mig")
