"""API tokens: random, shown once, kept as a hash, refused from the request after they are revoked."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from api.domain.accounts import TokenRecord, UserRecord
from api.domain.caller import Caller, Channel
from api.store import Page, Unit, sign_ins, users

PREFIX = "fm_"
"""Tells a leaked token to a secret scanner."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token; `secret` is not kept anywhere and cannot be shown again."""

    token: TokenRecord
    secret: str

    def __repr__(self) -> str:
        """The token without its secret, as a log may show it."""
        return f"Issued(token={self.token!r})"


def issue(unit: Unit, user: UserRecord, label: str = "", lasts: timedelta | None = None) -> Issued:
    """Give a user a token; without `lasts` it is good until it is revoked."""
    secret = new_secret(PREFIX)
    expires_at = None if lasts is None else unit.at + lasts
    return Issued(sign_ins.add_token(unit, user, label, hash_of(secret), expires_at), secret)


def resolve(unit: Unit, secret: str, channel: Channel = Channel.HTTP) -> Caller | None:
    """Who comes in with this token; None when it is unknown, revoked, run out, or its user disabled."""
    user = sign_ins.user_of_token(unit, hash_of(secret))
    return users.caller_of(user, channel) if user else None


def revoke(unit: Unit, caller: Caller, token_id: str) -> bool:
    """Revoke a token of the caller's municipality; answers whether there was one to revoke."""
    return sign_ins.revoke_token(unit, caller, token_id)


def page(
    unit: Unit, caller: Caller, user_id: str, after: str | None = None, limit: int = 50
) -> Page[TokenRecord]:
    """The tokens of a user, without their secrets."""
    return sign_ins.page_of_tokens(unit, caller, user_id, after, limit)


def new_secret(prefix: str = "") -> str:
    """256 random bits as text."""
    return prefix + secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """What is kept of a random secret. It is long and random, so that no slow hash is needed."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
