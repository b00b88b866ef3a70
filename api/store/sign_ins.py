"""API tokens and browser sessions, each found by the hash of a secret that only its holder has.

A disabled user's are not found from the next request on.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, func, insert, or_, select, update

from api.domain.accounts import TokenRecord, UserRecord
from api.domain.caller import Caller
from api.store.ids import new_id
from api.store.paging import Page, page_of
from api.store.tables import SessionRow, TokenRow, UserRow
from api.store.unit import Unit
from api.store.users import record_of


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A browser session that was not ended, whose it is and when it was last seen; it may have run out."""

    municipality: str
    id: str
    user: UserRecord
    seen_at: datetime
    expires_at: datetime


def add_token(
    unit: Unit, user: UserRecord, label: str, secret_hash: str, expires_at: datetime | None
) -> TokenRecord:
    """Keep the hash of a token of a user."""
    token = TokenRecord(
        id=new_id(),
        municipality=user.municipality,
        user_id=user.id,
        label=label,
        created_at=unit.at,
        expires_at=expires_at,
    )
    row = {
        "municipality": token.municipality,
        "id": token.id,
        "user_id": token.user_id,
        "label": label,
        "secret_hash": secret_hash,
        "created_at": unit.at,
        "expires_at": expires_at,
    }
    unit.session.execute(insert(TokenRow), [row])
    return token


def user_of_token(unit: Unit, secret_hash: str) -> UserRecord | None:
    """Whose token this is, if it was not revoked, has not run out and its user is not disabled."""
    row = unit.session.scalar(_USER_OF_TOKEN, {"secret_hash": secret_hash, "at": unit.at})
    return record_of(row) if row else None


def page_of_tokens(
    unit: Unit, caller: Caller, user_id: str, after: str | None = None, limit: int = 50
) -> Page[TokenRecord]:
    """The tokens of one user of the caller's municipality, revoked ones included."""
    asked = select(TokenRow).where(
        TokenRow.municipality == caller.municipality,
        TokenRow.user_id == user_id,
        TokenRow.id > (after or ""),
    )
    rows = unit.session.scalars(asked.order_by(TokenRow.id).limit(limit + 1)).all()
    return page_of([_token(row) for row in rows], [row.id for row in rows], limit)


def revoke_token(unit: Unit, caller: Caller, token_id: str) -> bool:
    """Revoke a token of the caller's municipality; answers whether there was one to revoke."""
    revoked = unit.change(
        update(TokenRow)
        .where(
            TokenRow.municipality == caller.municipality,
            TokenRow.id == token_id,
            TokenRow.revoked_at.is_(None),
        )
        .values(revoked_at=unit.at)
    )
    return revoked > 0


def add_session(unit: Unit, user: UserRecord, secret_hash: str, expires_at: datetime) -> None:
    """Keep the hash of a browser's secret."""
    row = {
        "municipality": user.municipality,
        "id": new_id(),
        "user_id": user.id,
        "secret_hash": secret_hash,
        "created_at": unit.at,
        "seen_at": unit.at,
        "expires_at": expires_at,
    }
    unit.session.execute(insert(SessionRow), [row])


def find_session(unit: Unit, secret_hash: str) -> OpenSession | None:
    """The session of this secret, if it was not ended and its user is not disabled."""
    asked = (
        select(SessionRow, UserRow)
        .join(UserRow, (SessionRow.municipality == UserRow.municipality) & (SessionRow.user_id == UserRow.id))
        .where(
            SessionRow.secret_hash == secret_hash,
            SessionRow.ended_at.is_(None),
            UserRow.disabled_at.is_(None),
        )
    )
    found = unit.session.execute(asked).one_or_none()
    if found is None:
        return None
    row, user = found
    return OpenSession(row.municipality, row.id, record_of(user), row.seen_at, row.expires_at)


def touch_session(unit: Unit, session: OpenSession) -> None:
    """Record that the session was seen now."""
    theirs = (SessionRow.municipality == session.municipality, SessionRow.id == session.id)
    touched = update(SessionRow).where(*theirs, SessionRow.ended_at.is_(None)).values(seen_at=unit.at)
    unit.change(touched)


def end_session(unit: Unit, secret_hash: str) -> None:
    """End one session for good; nothing happens when there is none."""
    theirs = (SessionRow.secret_hash == secret_hash, SessionRow.ended_at.is_(None))
    ended = update(SessionRow).where(*theirs).values(ended_at=unit.at)
    unit.change(ended)


def end_all_sessions(unit: Unit, caller: Caller, user_id: str) -> int:
    """End every session of a user of the caller's municipality; answers how many there were."""
    theirs = (
        SessionRow.municipality == caller.municipality,
        SessionRow.user_id == user_id,
        SessionRow.ended_at.is_(None),
    )
    return unit.change(update(SessionRow).where(*theirs).values(ended_at=unit.at))


def end_other_sessions(unit: Unit, caller: Caller, secret_hash: str) -> int:
    """End the caller's sessions but the one of this secret; answers how many there were."""
    return unit.change(update(SessionRow).where(*_others(caller, secret_hash)).values(ended_at=unit.at))


def count_other_sessions(unit: Unit, caller: Caller, secret_hash: str, seen_after: datetime) -> int:
    """How many sessions of the caller's but this one are open and were seen since a moment."""
    live = (SessionRow.seen_at > seen_after, SessionRow.expires_at > unit.at)
    asked = select(func.count()).select_from(SessionRow).where(*_others(caller, secret_hash), *live)
    return unit.session.scalar(asked) or 0


def _others(caller: Caller, secret_hash: str) -> tuple[ColumnElement[bool], ...]:
    return (
        SessionRow.municipality == caller.municipality,
        SessionRow.user_id == caller.user_id,
        SessionRow.secret_hash != secret_hash,
        SessionRow.ended_at.is_(None),
    )


def _token(row: TokenRow) -> TokenRecord:
    return TokenRecord(
        id=row.id,
        municipality=row.municipality,
        user_id=row.user_id,
        label=row.label,
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
    )


# asked with every request, and building a statement costs more than asking it
_USER_OF_TOKEN = (
    select(UserRow)
    .join(TokenRow, (TokenRow.municipality == UserRow.municipality) & (TokenRow.user_id == UserRow.id))
    .where(
        TokenRow.secret_hash == bindparam("secret_hash"),
        TokenRow.revoked_at.is_(None),
        or_(TokenRow.expires_at.is_(None), TokenRow.expires_at > bindparam("at")),
        UserRow.disabled_at.is_(None),
    )
)
