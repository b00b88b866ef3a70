"""A password that somebody else gives: shown once, kept as a hash, and good only to choose another with.

It stops after some days, so that a note in a drawer lets nobody in (ASVS 5.0, 6.4.1). Until its owner has
chosen another it can be used again: whoever closes the browser too early is not left outside.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from api.access import passwords
from api.domain.working_days import day_of, end_of
from geo.errors import N_, Refused

LASTS_DAYS = 7
"""So many days after the one on which it was given, until midnight."""


@dataclass(frozen=True, slots=True)
class OneTime:
    """A new password and what is kept of it; `secret` is nowhere else and cannot be shown again."""

    secret: str
    hashed: str

    def __repr__(self) -> str:
        """Nothing of the password, as a log may show it."""
        return "OneTime()"

    @classmethod
    def made(cls) -> Self:
        """Make one up; before a unit that writes, as the hash takes a tenth of a second on purpose."""
        secret = passwords.made_up()
        return cls(secret, passwords.hash_password(secret))


class PasswordDue(Refused):
    """Anything else from who has signed in with a password that somebody else gave."""

    def __init__(self) -> None:
        """The way out is to choose one's own."""
        problem = N_("You have signed in with a password that somebody gave you.")
        super().__init__("password", problem, N_("Choose your own first, under Your access."))


def lets_in_until(at: datetime) -> datetime:
    """When a password that is given at a moment stops letting in."""
    return end_of(day_of(at) + timedelta(days=LASTS_DAYS))
