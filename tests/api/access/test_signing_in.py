"""Passwords, tokens and browser sessions."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from api.access import own_password, passwords, sessions, tokens
from api.access.one_time import OneTime
from api.access.sessions import SignInRefused
from api.casework import users as casework
from api.config import Settings
from api.domain.accounts import Outcome, UserRecord
from api.domain.caller import Caller, Channel, Role
from api.domain.records import Municipality
from api.store import Store, audit, municipalities, users
from geo import Refused
from tests.api.hashing import AS_SHIPPED

PASSWORD = "blå cykel ved åen"


@pytest.fixture(scope="module")
def password_hash() -> str:
    return passwords.hash_password(PASSWORD)


@pytest.fixture
def anna(store: Store, password_hash: str) -> UserRecord:
    with store.unit() as unit:
        municipalities.add(unit, Municipality(code="0661", name="Holstebro"))
        user = users.add(unit, "0661", "anna", Role.COORDINATOR, password_hash)
        unit.commit()
    return user


@pytest.fixture
def signed_in(store: Store, settings: Settings, anna: UserRecord) -> sessions.SignedIn:
    return sessions.sign_in(store, settings, "anna", PASSWORD)


@pytest.fixture
def now(store: Store) -> Iterator[time_machine.Traveller]:
    with store.unit(read_only=True) as unit:
        at = unit.at
    with time_machine.travel(at, tick=False) as clock:
        yield clock


def test_a_password_matches_its_own_hash_alone(password_hash: str):
    assert passwords.matches(PASSWORD, password_hash)
    assert not passwords.matches(PASSWORD + " ", password_hash)
    assert PASSWORD not in password_hash
    assert passwords.hash_password(PASSWORD) != password_hash


def test_a_password_is_kept_by_argon2id_at_the_cost_that_is_recommended(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(passwords, "_hasher", AS_SHIPPED)
    kept = passwords.hash_password(PASSWORD)
    assert kept.split("$")[1:4] == ["argon2id", "v=19", "m=65536,t=3,p=4"]
    assert passwords.matches(PASSWORD, kept)
    assert not passwords.matches(PASSWORD + " ", kept)


@pytest.mark.parametrize("nothing", [None, ""])
def test_no_password_matches_a_user_without_one(nothing: str | None):
    assert not passwords.matches("", nothing)
    assert not passwords.matches(PASSWORD, nothing)


def test_an_unknown_user_costs_a_hash_as_a_known_one_does(password_hash, monkeypatch: pytest.MonkeyPatch):
    passwords.matches("x", None)
    hasher, asked = passwords._hasher(), []
    monkeypatch.setattr(type(hasher), "verify", lambda self, word, known: asked.append(known) or False)
    for known in (password_hash, None):
        passwords.matches("x", known)
    assert len(asked) == 2
    # the same parameters, and so the same work
    assert asked[0].split("$")[:4] == asked[1].split("$")[:4]


@pytest.mark.parametrize("password", ["", "x" * 11, "x" * 257])
def test_a_password_that_is_too_short_or_too_long_is_refused_and_not_shown(password: str):
    with pytest.raises(Refused) as refused:
        passwords.hash_password(password)
    assert "12 to 256" in refused.value.said()
    assert not password or password not in str(refused.value)


def test_a_long_password_does_not_match_by_its_beginning():
    kept = passwords.hash_password("x" * 256)
    assert passwords.matches("x" * 256, kept)
    assert not passwords.matches("x" * 257, kept)


def test_a_token_lets_its_user_in_until_it_is_revoked(store: Store, anna: UserRecord):
    with store.unit() as unit:
        issued = tokens.issue(unit, anna, "laptop")
        caller = tokens.resolve(unit, issued.secret)
        assert caller == users.caller_of(anna, Channel.HTTP)
        assert tokens.resolve(unit, issued.secret + "x") is None
        assert tokens.page(unit, caller, anna.id).items == (issued.token,)
        assert tokens.revoke(unit, caller, issued.token.id)
        assert not tokens.revoke(unit, caller, issued.token.id)
        assert tokens.resolve(unit, issued.secret) is None


def test_a_token_runs_out(store: Store, anna: UserRecord, now: time_machine.Traveller):
    with store.unit() as unit:
        issued = tokens.issue(unit, anna, lasts=timedelta(days=1))
        unit.commit()
    for hours, good in [(23, True), (2, False)]:
        now.shift(timedelta(hours=hours))
        with store.unit(read_only=True) as unit:
            assert (tokens.resolve(unit, issued.secret) is not None) is good


def test_another_municipality_neither_sees_nor_revokes_a_token(store, anna: UserRecord, vejle: Caller):
    with store.unit() as unit:
        issued = tokens.issue(unit, anna)
        assert tokens.page(unit, vejle, anna.id).items == ()
        assert not tokens.revoke(unit, vejle, issued.token.id)
        assert tokens.resolve(unit, issued.secret) is not None


def test_a_disabled_users_token_and_sessions_are_refused_from_the_next_request_on(
    store: Store, settings: Settings, anna: UserRecord, signed_in: sessions.SignedIn
):
    with store.unit() as unit:
        issued = tokens.issue(unit, anna)
        users.disable(unit, signed_in.caller, anna.id)
        assert tokens.resolve(unit, issued.secret) is None
        unit.commit()
    assert sessions.resolve(store, settings, signed_in.secret) is None
    with pytest.raises(SignInRefused):
        sessions.sign_in(store, settings, "anna", PASSWORD)


def meanwhile(store, user, monkeypatch):
    """Somebody gives the user another password while the old one is being checked."""
    matches = passwords.matches

    def slowly(password, known):
        right = matches(password, known)
        with store.unit() as unit:
            boss = replace(users.caller_of(user, Channel.BROWSER), user_id="boss")
            casework.give_password(unit, boss, user, OneTime("", "$other$"))
            unit.commit()
        return right

    monkeypatch.setattr(passwords, "matches", slowly)


def test_an_old_password_lets_nobody_in_that_was_replaced_while_it_was_checked(
    store, settings, anna, monkeypatch
):
    meanwhile(store, anna, monkeypatch)
    with pytest.raises(SignInRefused):
        sessions.sign_in(store, settings, "anna", PASSWORD)


def test_a_given_password_is_not_overwritten_from_a_session_that_it_ended(
    store, settings, anna, signed_in, monkeypatch
):
    meanwhile(store, anna, monkeypatch)
    with pytest.raises(own_password.WrongPassword):
        own_password.change(store, settings, signed_in.caller, PASSWORD, "grøn kano under broen")
    with store.unit(read_only=True) as unit:
        assert users.with_password(unit, "anna")[1] == "$other$"


def test_a_given_password_lets_in_until_its_last_day_is_over(store, settings, anna, now):
    given = OneTime.made()
    with store.unit() as unit:
        caller = users.caller_of(anna, Channel.COMMAND_LINE)
        casework.give_password(unit, caller, anna, given)
        until = users.find(unit, anna.municipality, anna.id).one_time_until
        last = until - unit.at
        unit.commit()
    now.shift(last - timedelta(minutes=1))
    signed_in = sessions.sign_in(store, settings, "anna", given.secret)
    assert sessions.resolve(store, settings, signed_in.secret).password_due
    now.shift(timedelta(minutes=2))
    with pytest.raises(SignInRefused):
        sessions.sign_in(store, settings, "anna", given.secret)


def test_secrets_are_long_never_stored_and_never_shown(store, anna: UserRecord, signed_in):
    with store.unit() as unit:
        issued = tokens.issue(unit, anna)
        unit.commit()
    assert issued.secret.startswith("fm_")
    assert len(issued.secret) >= 43
    for secret, shown in [(issued.secret, repr(issued)), (signed_in.secret, repr(signed_in))]:
        assert secret not in shown
        assert tokens.hash_of(secret) not in shown


def test_whoever_signs_in_comes_back_with_their_cookie(store, settings, anna: UserRecord, signed_in):
    assert signed_in.caller == users.caller_of(anna, Channel.BROWSER)
    assert sessions.resolve(store, settings, signed_in.secret) == signed_in.caller
    assert sessions.resolve(store, settings, "") is None
    assert sessions.sign_in(store, settings, "anna", PASSWORD).secret != signed_in.secret


@pytest.mark.parametrize(("name", "password"), [("anna", "wrong password"), ("nobody", PASSWORD), ("", "")])
def test_a_wrong_name_and_a_wrong_password_are_refused_with_the_same_words(
    store: Store, settings: Settings, anna: UserRecord, name: str, password: str
):
    with pytest.raises(SignInRefused) as refused:
        sessions.sign_in(store, settings, name, password)
    assert str(refused.value) == str(SignInRefused())


def test_signing_in_and_failing_to_are_recorded_without_what_was_typed(store, settings, anna: UserRecord):
    sessions.sign_in(store, settings, "anna", PASSWORD)
    for name in ("anna", "my password by mistake"):
        with pytest.raises(SignInRefused):
            sessions.sign_in(store, settings, name, "wrong password")
    with store.unit(read_only=True) as unit:
        known, unknown = audit.entries(unit, "0661"), audit.entries(unit, audit.NOWHERE)
    assert [entry.outcome for entry in known] == [Outcome.PERMITTED, Outcome.DENIED]
    assert {entry.user_id for entry in known} == {anna.id}
    assert [(entry.outcome, entry.user_id, entry.role) for entry in unknown] == [(Outcome.DENIED, "", None)]
    assert "mistake" not in repr(unknown)


def test_a_session_ends_when_nothing_was_asked_for_ten_minutes(store, settings, anna, now):
    signed_in = sessions.sign_in(store, settings, "anna", PASSWORD)
    for _ in range(3):
        now.shift(timedelta(minutes=9))
        assert sessions.resolve(store, settings, signed_in.secret) == signed_in.caller
    now.shift(timedelta(minutes=10))
    assert sessions.resolve(store, settings, signed_in.secret) is None


def test_a_session_ends_after_eight_hours_however_busy_it_is(store, settings, anna, now):
    signed_in = sessions.sign_in(store, settings, "anna", PASSWORD)
    for _ in range(59):
        now.shift(timedelta(minutes=8))
        assert sessions.resolve(store, settings, signed_in.secret) is not None
    now.shift(timedelta(minutes=8))
    assert sessions.resolve(store, settings, signed_in.secret) is None


def test_an_ended_session_does_not_revive_when_the_clock_is_set_back(store, settings, anna, now):
    signed_in = sessions.sign_in(store, settings, "anna", PASSWORD)
    now.shift(timedelta(minutes=10))
    assert sessions.resolve(store, settings, signed_in.secret) is None
    now.shift(timedelta(minutes=-10))
    assert sessions.resolve(store, settings, signed_in.secret) is None


def test_signing_out_ends_one_session_and_is_recorded_once(store, settings, anna, signed_in):
    other = sessions.sign_in(store, settings, "anna", PASSWORD)
    for secret in (signed_in.secret, signed_in.secret, "unknown", ""):
        sessions.sign_out(store, secret)
    assert sessions.resolve(store, settings, signed_in.secret) is None
    assert sessions.resolve(store, settings, other.secret) is not None
    assert _recorded(store).count(("sign_out", anna.id)) == 1


def test_a_lost_tablet_is_signed_out_from_another_browser(store, settings, anna, signed_in, vejle):
    lost = sessions.sign_in(store, settings, "anna", PASSWORD)
    with store.unit() as unit:
        assert sessions.others(unit, settings, signed_in.caller, signed_in.secret) == 1
        assert sessions.others(unit, settings, vejle, signed_in.secret) == 0
        sessions.end_others(unit, vejle, "")
        unit.commit()
    assert sessions.resolve(store, settings, lost.secret) is not None
    with store.unit() as unit:
        sessions.end_others(unit, signed_in.caller, signed_in.secret)
        unit.commit()
    assert sessions.resolve(store, settings, lost.secret) is None
    assert sessions.resolve(store, settings, signed_in.secret) is not None
    assert ("other_sessions_ended", anna.id) in _recorded(store)


def test_signing_in_again_in_a_browser_ends_the_session_it_had(store, settings, anna, signed_in):
    with pytest.raises(SignInRefused):
        sessions.sign_in(store, settings, "anna", "wrong password", older=signed_in.secret)
    assert sessions.resolve(store, settings, signed_in.secret) is not None
    again = sessions.sign_in(store, settings, "anna", PASSWORD, older=signed_in.secret)
    assert sessions.resolve(store, settings, signed_in.secret) is None
    assert sessions.resolve(store, settings, again.secret) is not None
    assert _recorded(store)[-2:] == [("sign_out", anna.id), ("sign_in", anna.id)]


def _recorded(store: Store) -> list[tuple[str, str]]:
    with store.unit(read_only=True) as unit:
        return [(entry.action, entry.user_id) for entry in audit.entries(unit, "0661")]


def test_a_made_up_password_can_be_typed_as_it_stands():
    made = {passwords.made_up() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(r"[a-zA-Z2-9]{12}", one) for one in made)
    assert not any(set(one) & set("lIO01o") for one in made)
