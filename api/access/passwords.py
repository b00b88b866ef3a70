"""Passwords: argon2id through pwdlib, and the same time for a name that nobody has."""

import secrets
from functools import cache

from pwdlib import PasswordHash

from geo.errors import N_, Refused

SHORTEST, LONGEST = 12, 256
"""Characters of a password; the upper limit keeps hashing from being used as a burden."""


_LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that are taken for one another on paper, and without signs that a shell would read."""


def made_up() -> str:
    """A new password of the shortest length: some 70 bits, to be typed from a screen or a sheet."""
    return "".join(secrets.choice(_LETTERS) for _ in range(SHORTEST))


def hash_password(password: str) -> str:
    """The hash to keep; raises `Refused` for a password that is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        problem = N_("The password has {length} characters.")
        remedy = N_("Use {shortest} to {longest} characters.")
        raise Refused("password", problem, remedy, length=len(password), shortest=SHORTEST, longest=LONGEST)
    return _hasher().hash(password)


def matches(password: str, password_hash: str | None) -> bool:
    """Whether this is the password; takes as long when there is no hash to compare with."""
    nobody = _nobody()
    known = _hasher().verify(password[:LONGEST], password_hash or nobody)
    return known and bool(password_hash) and len(password) <= LONGEST


@cache
def _hasher() -> PasswordHash:
    return PasswordHash.recommended()


@cache
def _nobody() -> str:
    return _hasher().hash(secrets.token_urlsafe(32))
