"""Signing in with a browser. A session ends when nothing was asked for a while, after some hours, or at once.

A session that has run out is ended when it is next seen, so that a clock that is set back does not revive it.
"""

from dataclasses import dataclass
from datetime import timedelta

from api.access import attempts, audit, passwords
from api.access.attempts import Attempt
from api.access.tokens import hash_of, new_secret
from api.config import Settings
from api.domain.accounts import Outcome, UserRecord
from api.domain.caller import Caller, Channel
from api.store import Store, Unit, drafts, sign_ins, users
from geo.errors import N_, Refused

SEEN_EVERY = timedelta(seconds=30)
"""A session's last sight is written at most this often: looking at pages should not wait for writers."""


class SignInRefused(Refused):
    """Username and password do not belong together; nothing more is said."""

    def __init__(self) -> None:
        """The same for an unknown name, a wrong password, one that has run out and a disabled user."""
        problem = N_("Username or password is not right.")
        super().__init__("password", problem, N_("Try again, or ask for a new password."))


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who signed in, and the secret for the browser's cookie, which is kept nowhere else."""

    caller: Caller
    secret: str

    def __repr__(self) -> str:
        """The caller without the secret, as a log may show it."""
        return f"SignedIn(caller={self.caller!r})"


def sign_in(
    store: Store, settings: Settings, username: str, password: str, address: str = "", older: str = ""
) -> SignedIn:
    """Sign in and record it; raises `SignInRefused`, which is recorded as well, or `TooManyAttempts`.

    `older` is the secret that the browser had: whoever is let in signs out of it.

    The password is checked between two units, as it takes a tenth of a second on purpose. An attempt that
    comes too soon is not recorded, so that nobody fills the log: the wrong one before it tells of the wait.
    """
    attempt = Attempt(username, address)
    attempts.refuse_too_soon(store, settings, attempt)
    with store.unit() as unit:
        wait = attempts.begin(unit, settings, attempt)
        found = users.with_password(unit, username)
        unit.commit()
    right = passwords.matches(password, found[1] if found else None)
    user = found[0] if found else None
    caller = users.caller_of(user, Channel.BROWSER) if user else audit.nobody(Channel.BROWSER)
    secret = new_secret()
    with store.unit() as unit:
        # asked again: the user may have been shut out, or given another password, while it was checked
        let_in = right and found is not None and _still_lets_in(unit, *found)
        if user is not None and let_in:
            sign_ins.add_session(unit, user, hash_of(secret), unit.at + settings.session_length)
            attempts.succeeded(unit, attempt)
            _leave(unit, older)
        outcome = Outcome.PERMITTED if let_in else Outcome.DENIED
        held = {"wait_seconds": int(wait.total_seconds())} if wait and not let_in else {}
        audit.record(unit, caller, "sign_in", outcome=outcome, details=held)
        unit.commit()
    if not let_in:
        raise SignInRefused
    return SignedIn(caller, secret)


def _still_lets_in(unit: Unit, user: UserRecord, password_hash: str) -> bool:
    ran_out = user.one_time_until is not None and unit.at >= user.one_time_until
    return not ran_out and users.password_held(unit, user) == password_hash


def resolve(store: Store, settings: Settings, secret: str) -> Caller | None:
    """Who comes in with this cookie; None when the session is unknown, ended or run out."""
    with store.unit(read_only=True) as unit:
        session = sign_ins.find_session(unit, hash_of(secret))
        if session is None:
            return None
        idle = unit.at - session.seen_at
        run_out = idle >= settings.session_idle or unit.at >= session.expires_at
    if run_out:
        with store.unit() as unit:
            sign_ins.end_session(unit, hash_of(secret))
            unit.commit()
        return None
    if idle >= SEEN_EVERY:
        with store.unit() as unit:
            sign_ins.touch_session(unit, session)
            unit.commit()
    return users.caller_of(session.user, Channel.BROWSER)


def sign_out(store: Store, secret: str) -> None:
    """End a session for good and record it; nothing happens when there is none.

    A call that is half taken down goes with it, unless it was put aside on purpose.
    """
    with store.unit() as unit:
        if session := sign_ins.find_session(unit, hash_of(secret)):
            drafts.drop_passing(unit, users.caller_of(session.user, Channel.BROWSER))
        _leave(unit, secret)
        unit.commit()


def others(unit: Unit, settings: Settings, caller: Caller, secret: str) -> int:
    """In how many browsers the caller is signed in beside the one of this secret."""
    return sign_ins.count_other_sessions(unit, caller, hash_of(secret), unit.at - settings.session_idle)


def end_others(unit: Unit, caller: Caller, secret: str) -> None:
    """Sign the caller out of every browser but the one of this secret, as when a tablet is lost."""
    ended = sign_ins.end_other_sessions(unit, caller, hash_of(secret))
    audit.record(unit, caller, "other_sessions_ended", details={"sessions": ended})


def _leave(unit: Unit, secret: str) -> None:
    session = sign_ins.find_session(unit, hash_of(secret))
    if session:
        sign_ins.end_session(unit, hash_of(secret))
        audit.record(unit, users.caller_of(session.user, Channel.BROWSER), "sign_out")
