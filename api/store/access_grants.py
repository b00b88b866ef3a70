"""Sight of a citizen who is not one's work: with a reason, for a short time, and looked at afterwards."""

from datetime import timedelta

from sqlalchemy import ColumnElement, func, insert, select, update

from api.domain.accounts import AccessGrant
from api.domain.caller import Caller
from api.store.ids import new_id
from api.store.tables import GrantRow
from api.store.unit import Unit


def add(unit: Unit, caller: Caller, citizen_id: str, reason: str, lasts: timedelta) -> AccessGrant:
    """Let the caller see one citizen for a while; raises `Duplicate` when there is no such citizen."""
    grant = AccessGrant(
        id=new_id(),
        municipality=caller.municipality,
        citizen_id=citizen_id,
        user_id=caller.user_id,
        reason=reason,
        granted_at=unit.at,
        expires_at=unit.at + lasts,
    )
    row = {
        "municipality": grant.municipality,
        "id": grant.id,
        "citizen_id": grant.citizen_id,
        "user_id": grant.user_id,
        "reason": unit.keys.seal(reason, GrantRow.reason, grant.municipality, grant.id),
        "granted_at": grant.granted_at,
        "expires_at": grant.expires_at,
    }
    unit.session.execute(insert(GrantRow), [row])
    return grant


def of_citizen(unit: Unit, caller: Caller, citizen_id: str) -> tuple[AccessGrant, ...]:
    """All grants to see one citizen, oldest first."""
    asked = select(GrantRow).where(
        GrantRow.municipality == caller.municipality, GrantRow.citizen_id == citizen_id
    )
    return tuple(_record(unit, row) for row in unit.session.scalars(asked.order_by(GrantRow.id)))


def find(unit: Unit, caller: Caller, grant_id: str) -> AccessGrant | None:
    """One grant of the caller's municipality."""
    row = unit.session.scalar(
        select(GrantRow).where(GrantRow.municipality == caller.municipality, GrantRow.id == grant_id)
    )
    return _record(unit, row) if row else None


def unreviewed(unit: Unit, caller: Caller, after: str, limit: int) -> tuple[AccessGrant, ...]:
    """The next grants of the caller's municipality that nobody has looked at yet, by id: oldest first."""
    asked = select(GrantRow).where(*_open(caller), GrantRow.id > after).order_by(GrantRow.id).limit(limit)
    return tuple(_record(unit, row) for row in unit.session.scalars(asked))


def count_unreviewed(unit: Unit, caller: Caller, *, but_of: str = "", until: str = "") -> int:
    """How many there are in all, but for those of one user; with an id `until` it and those before it."""
    asked = select(func.count()).select_from(GrantRow).where(*_open(caller), GrantRow.user_id != but_of)
    return unit.session.scalar(asked.where(GrantRow.id <= until) if until else asked) or 0


def review(unit: Unit, caller: Caller, grant_id: str) -> bool:
    """Record that the caller looked at a grant; nobody reviews their own. Answers whether it was open."""
    reviewed = unit.change(
        update(GrantRow)
        .where(GrantRow.id == grant_id, GrantRow.user_id != caller.user_id, *_open(caller))
        .values(reviewed_at=unit.at, reviewed_by=caller.user_id)
    )
    return reviewed > 0


def take_back_review(unit: Unit, caller: Caller, grant_id: str) -> bool:
    """Open a grant again that the caller looked at; answers whether it was theirs to open."""
    opened = unit.change(
        update(GrantRow)
        .where(
            GrantRow.municipality == caller.municipality,
            GrantRow.id == grant_id,
            GrantRow.reviewed_by == caller.user_id,
        )
        .values(reviewed_at=None, reviewed_by=None)
    )
    return opened > 0


def _open(caller: Caller) -> tuple[ColumnElement[bool], ...]:
    return (
        GrantRow.municipality == caller.municipality,
        GrantRow.flagged.is_(True),
        GrantRow.reviewed_at.is_(None),
    )


def _record(unit: Unit, row: GrantRow) -> AccessGrant:
    return AccessGrant(
        id=row.id,
        municipality=row.municipality,
        citizen_id=row.citizen_id,
        user_id=row.user_id,
        reason=unit.keys.open(row.reason, GrantRow.reason, row.municipality, row.id),
        granted_at=row.granted_at,
        expires_at=row.expires_at,
        reviewed_at=row.reviewed_at,
        reviewed_by=row.reviewed_by,
    )
