"""Changing one's own password: the old one is asked for, and a wrong one counts as one to sign in with.

So whoever sits down at an open browser cannot try more passwords there than on the page for signing in.
"""

from api.access import attempts, audit, passwords, sessions
from api.access.attempts import Attempt
from api.config import Settings
from api.domain.accounts import Outcome
from api.domain.caller import Caller
from api.store import Store, users
from geo.errors import N_, Refused


class WrongPassword(Refused):
    """The old password is not the caller's."""

    def __init__(self) -> None:
        """Nothing of what was typed is told."""
        super().__init__(
            "current", N_("The old password is not right."), N_("Write the one you signed in with.")
        )


def change(
    store: Store,
    settings: Settings,
    caller: Caller,
    current: str,
    new: str,
    *,
    secret: str = "",
    address: str = "",
) -> None:
    """Put another password and sign out of every browser but the one of `secret`; both are recorded.

    Raises `Refused` for a new one that is too short, too long or the old one, `WrongPassword`, which is
    recorded as well, and `TooManyAttempts`. The passwords are hashed between units, as that takes long.
    """
    attempt = Attempt(caller.username, address)
    attempts.refuse_too_soon(store, settings, attempt)
    if new == current:
        problem = N_("The new password is the old one.")
        raise Refused("password", problem, N_("Choose another."))
    hashed = passwords.hash_password(new)
    with store.unit() as unit:
        attempts.begin(unit, settings, attempt)
        found = users.with_password(unit, caller.username)
        unit.commit()
    right = passwords.matches(current, found[1] if found else None)
    with store.unit() as unit:
        # asked again: somebody may have been shut out, or given another one, while it was checked
        right = right and found is not None and users.password_held(unit, found[0]) == found[1]
        if right:
            attempts.succeeded(unit, attempt)
            users.set_password(unit, caller, caller.user_id, hashed)
            sessions.end_others(unit, caller, secret)
        outcome = Outcome.PERMITTED if right else Outcome.DENIED
        audit.record(unit, caller, "password_changed", subject=caller.user_id, outcome=outcome)
        unit.commit()
    if not right:
        raise WrongPassword
