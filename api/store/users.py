"""Users of a municipality. A username is unique in the installation, as it alone is typed to sign in."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import insert, select, update

from api.domain.accounts import UserRecord
from api.domain.caller import Caller, Channel, Role
from api.store.errors import Missing
from api.store.ids import new_id
from api.store.paging import Page, page_of
from api.store.tables import UserRow
from api.store.unit import Unit


def add(
    unit: Unit,
    municipality: str,
    username: str,
    role: Role,
    password_hash: str = "",
    name: str = "",
    one_time_until: datetime | None = None,
) -> UserRecord:
    """Add a user, who signs in by token alone when there is no password.

    Raises `Duplicate` when the username is taken or the municipality is not there.
    """
    user = UserRecord(
        id=new_id(),
        municipality=municipality,
        username=username,
        name=name,
        role=role,
        created_at=unit.at,
        one_time_until=one_time_until,
    )
    row = {
        "municipality": municipality,
        "id": user.id,
        "username": username,
        "name": user.name,
        "role": role,
        "password_hash": password_hash,
        "created_at": unit.at,
        "one_time_until": one_time_until,
    }
    unit.session.execute(insert(UserRow), [row])
    return user


def find(unit: Unit, municipality: str, user_id: str) -> UserRecord | None:
    """One user of a municipality, disabled ones included."""
    asked = select(UserRow).where(UserRow.municipality == municipality, UserRow.id == user_id)
    row = unit.session.scalar(asked)
    return record_of(row) if row else None


def held(unit: Unit, caller: Caller, user_id: str) -> UserRecord:
    """One user of the caller's municipality, whose row is locked until the unit ends; raises `Missing`."""
    asked = select(UserRow).where(UserRow.municipality == caller.municipality, UserRow.id == user_id)
    row = unit.session.scalar(asked.with_for_update())
    if row is None:
        raise Missing("user", user_id)
    return record_of(row)


def some(unit: Unit, caller: Caller, user_ids: Iterable[str]) -> tuple[UserRecord, ...]:
    """Those of the ids that are users of the caller's municipality, disabled ones included."""
    asked = select(UserRow).where(
        UserRow.municipality == caller.municipality, UserRow.id.in_(set(user_ids) - {""})
    )
    return tuple(record_of(row) for row in unit.session.scalars(asked))


def present(unit: Unit, caller: Caller) -> frozenset[str]:
    """The ids of those of the caller's municipality who are not shut out."""
    asked = select(UserRow.id).where(
        UserRow.municipality == caller.municipality, UserRow.disabled_at.is_(None)
    )
    return frozenset(unit.session.scalars(asked))


def shut_out(unit: Unit, caller: Caller) -> tuple[UserRecord, ...]:
    """Those of the caller's municipality who are shut out, in the order of their ids."""
    asked = select(UserRow).where(
        UserRow.municipality == caller.municipality, UserRow.disabled_at.is_not(None)
    )
    return tuple(record_of(row) for row in unit.session.scalars(asked.order_by(UserRow.id)))


def by_username(unit: Unit, username: str) -> UserRecord | None:
    """The user with this name, disabled ones included."""
    found = with_password(unit, username)
    return found[0] if found else None


def with_password(unit: Unit, username: str) -> tuple[UserRecord, str] | None:
    """The user with this name and the hash of the password, which is empty without one; None for nobody."""
    asked = select(UserRow).where(UserRow.username == username)
    row = unit.session.scalar(asked)
    return (record_of(row), row.password_hash) if row else None


def password_held(unit: Unit, user: UserRecord) -> str | None:
    """The hash of a user's password, locked until the unit ends; None for who is shut out or not there."""
    theirs = (UserRow.municipality == user.municipality, UserRow.id == user.id)
    asked = select(UserRow.password_hash).where(*theirs, UserRow.disabled_at.is_(None))
    return unit.session.scalar(asked.with_for_update())


def page(unit: Unit, caller: Caller, after: str | None = None, limit: int = 50) -> Page[UserRecord]:
    """The next users of the caller's municipality in the order of their ids."""
    asked = select(UserRow).where(UserRow.municipality == caller.municipality, UserRow.id > (after or ""))
    rows = unit.session.scalars(asked.order_by(UserRow.id).limit(limit + 1)).all()
    return page_of([record_of(row) for row in rows], [row.id for row in rows], limit)


def disable(unit: Unit, caller: Caller, user_id: str) -> None:
    """Shut a user out from the next request on; raises `Missing` when there is no such user."""
    _put(unit, caller, user_id, disabled_at=unit.at)


def enable(unit: Unit, caller: Caller, user_id: str) -> None:
    """Let a user in again; raises `Missing` when there is no such user."""
    _put(unit, caller, user_id, disabled_at=None)


def set_role(unit: Unit, caller: Caller, user_id: str, role: Role) -> None:
    """Put what a user does for the municipality; raises `Missing` when there is no such user."""
    _put(unit, caller, user_id, role=role)


def set_name(unit: Unit, caller: Caller, user_id: str, name: str) -> None:
    """Put what colleagues call a user; raises `Missing` when there is no such user."""
    _put(unit, caller, user_id, name=name)


def set_password(
    unit: Unit, caller: Caller, user_id: str, password_hash: str, one_time_until: datetime | None = None
) -> None:
    """Put a new password's hash, and until when it lets in if somebody else gave it; raises `Missing`."""
    _put(unit, caller, user_id, password_hash=password_hash, one_time_until=one_time_until)


def caller_of(user: UserRecord, channel: Channel) -> Caller:
    """The caller that a user is, by the way they came in."""
    return Caller(
        user_id=user.id,
        username=user.username,
        municipality=user.municipality,
        role=user.role,
        channel=channel,
        name=user.name,
        password_due=user.one_time_until is not None and channel is Channel.BROWSER,
    )


def record_of(row: UserRow) -> UserRecord:
    """What is known of a user, without the hash of the password."""
    return UserRecord(
        id=row.id,
        municipality=row.municipality,
        username=row.username,
        name=row.name,
        role=row.role,
        created_at=row.created_at,
        disabled_at=row.disabled_at,
        one_time_until=row.one_time_until,
    )


def _put(unit: Unit, caller: Caller, user_id: str, **values: object) -> None:
    theirs = (UserRow.municipality == caller.municipality, UserRow.id == user_id)
    if unit.change(update(UserRow).where(*theirs).values(**values)) == 0:
        raise Missing("user", user_id)
