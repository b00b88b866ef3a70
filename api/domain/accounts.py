"""Who can sign in, with what, whom they were let see, and what is written down of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from api.domain.caller import Channel, Role
from api.domain.names import visible


@dataclass(frozen=True, kw_only=True)
class UserRecord:
    """Somebody who can sign in; the password's hash is not part of what is known of them.

    `name` is the person's own, empty where nobody has said it. `one_time_until` is set while the password is
    one that somebody else gave: until then it lets its owner in, to choose another and for nothing else.
    """

    id: str
    municipality: str
    username: str
    role: Role
    name: str = ""
    created_at: datetime | None = None
    disabled_at: datetime | None = None
    one_time_until: datetime | None = None

    def __post_init__(self) -> None:
        """Whatever brings a name, what nobody sees is no part of it."""
        object.__setattr__(self, "name", visible(self.name))

    @property
    def called(self) -> str:
        """What colleagues read: the person's name, or the user name where that is all that is known."""
        return self.name or self.username

    @property
    def version(self) -> int:
        """A number that tells this state from others: by name, role, access and a given password."""
        said = "\n".join((self.name, self.role, str(self.disabled_at), str(self.one_time_until)))
        return int.from_bytes(sha256(said.encode()).digest()[:4], "big") % _VERSIONS


_VERSIONS = 10**9
"""Versions have nine digits at most."""


@dataclass(frozen=True, kw_only=True)
class TokenRecord:
    """An API token as its owner sees it afterwards; the token itself is shown once."""

    id: str
    municipality: str
    user_id: str
    label: str
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class AccessGrant:
    """Sight of a citizen who is not the user's work, with the reason given, until it expires."""

    id: str
    municipality: str
    citizen_id: str
    user_id: str
    reason: str
    granted_at: datetime
    expires_at: datetime
    reviewed_at: datetime | None = None
    reviewed_by: str | None = None


class Outcome(StrEnum):
    """Whether somebody was let through."""

    PERMITTED = "permitted"
    DENIED = "denied"


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """A row of the audit log. `details` holds ids, codes, counts and versions, never names or texts."""

    municipality: str
    seq: int
    at: datetime
    user_id: str
    role: Role | None
    channel: Channel
    action: str
    citizen_id: str | None
    subject: str
    outcome: Outcome
    details: Mapping[str, object]
