"""Passwords hashed as they are, but at the least cost; what a real one costs is tested where it is made."""

from collections.abc import Iterator

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from api.access import passwords

AS_SHIPPED = passwords._hasher
"""What makes the hasher that people's passwords are kept with."""


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """A hash in a fraction of a millisecond, in this process; a password still matches its own alone."""
    quick = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(passwords, "_hasher", lambda: quick)
        passwords._nobody.cache_clear()
        yield
    passwords._nobody.cache_clear()
