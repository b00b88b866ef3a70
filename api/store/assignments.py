"""Whose work a citizen is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import aliased

from api.domain.caller import Caller
from api.store.ids import new_id
from api.store.tables import AssignmentRow
from api.store.unit import Unit
from api.store.versioned import chunks


def assign(unit: Unit, caller: Caller, citizen_id: str, user_id: str) -> None:
    """Make a citizen the work of a user of the same municipality; nothing happens when it is already.

    Raises `Duplicate` when there is no such citizen or user.
    """
    row = {
        "municipality": caller.municipality,
        "id": new_id(),
        "citizen_id": citizen_id,
        "user_id": user_id,
        "assigned_at": unit.at,
        "assigned_by": caller.user_id,
    }
    unit.add_unless_there(AssignmentRow, row)


def end(unit: Unit, caller: Caller, citizen_id: str, user_id: str) -> bool:
    """End an assignment; answers whether there was one."""
    ended = unit.change(
        update(AssignmentRow)
        .where(
            AssignmentRow.municipality == caller.municipality,
            AssignmentRow.citizen_id == citizen_id,
            AssignmentRow.user_id == user_id,
            AssignmentRow.ended_at.is_(None),
        )
        .values(ended_at=unit.at)
    )
    return ended > 0


def counts(unit: Unit, caller: Caller) -> dict[str, int]:
    """How many citizens are the work of each user now, by the user's id; who has none is not there."""
    asked = select(AssignmentRow.user_id, func.count()).where(
        AssignmentRow.municipality == caller.municipality, AssignmentRow.ended_at.is_(None)
    )
    found = unit.session.execute(asked.group_by(AssignmentRow.user_id))
    return {user_id: count for user_id, count in found}


@dataclass(frozen=True, kw_only=True)
class Spell:
    """A stretch in which a citizen is the work of a user; `ended_at` is None while it lasts."""

    user_id: str
    assigned_at: datetime
    assigned_by: str
    ended_at: datetime | None


def spells_of(unit: Unit, caller: Caller, citizen_id: str) -> tuple[Spell, ...]:
    """Whose work the citizen is and has been, the first one first."""
    columns = (AssignmentRow.user_id, AssignmentRow.assigned_at, AssignmentRow.assigned_by)
    asked = select(*columns, AssignmentRow.ended_at).where(
        AssignmentRow.municipality == caller.municipality, AssignmentRow.citizen_id == citizen_id
    )
    found = unit.session.execute(asked.order_by(AssignmentRow.assigned_at, AssignmentRow.id))
    return tuple(
        Spell(user_id=user_id, assigned_at=since, assigned_by=by, ended_at=until)
        for user_id, since, by, until in found
    )


def of_citizen(unit: Unit, caller: Caller, citizen_id: str) -> tuple[str, ...]:
    """The ids of the users whose work the citizen is now, longest assigned first."""
    asked = select(AssignmentRow.user_id).where(
        AssignmentRow.municipality == caller.municipality,
        AssignmentRow.citizen_id == citizen_id,
        AssignmentRow.ended_at.is_(None),
    )
    return tuple(unit.session.scalars(asked.order_by(AssignmentRow.assigned_at, AssignmentRow.id)))


def of_citizens(unit: Unit, caller: Caller, citizen_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The same for many citizens, by the citizen's id; who is nobody's work is not there."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for ids in chunks(citizen_ids):
        asked = select(AssignmentRow.citizen_id, AssignmentRow.user_id).where(
            AssignmentRow.municipality == caller.municipality,
            AssignmentRow.citizen_id.in_(ids),
            AssignmentRow.ended_at.is_(None),
        )
        for citizen_id, user_id in unit.session.execute(
            asked.order_by(AssignmentRow.assigned_at, AssignmentRow.id)
        ):
            found[citizen_id].append(user_id)
    return {citizen_id: tuple(user_ids) for citizen_id, user_ids in found.items()}


def of_user(unit: Unit, caller: Caller, user_id: str) -> frozenset[str]:
    """The ids of the citizens who are the work of a user now, shut out or not."""
    asked = select(AssignmentRow.citizen_id).where(
        AssignmentRow.municipality == caller.municipality,
        AssignmentRow.user_id == user_id,
        AssignmentRow.ended_at.is_(None),
    )
    return frozenset(unit.session.scalars(asked))


def ended_at(unit: Unit, caller: Caller, user_id: str, at: datetime) -> frozenset[str]:
    """The ids of the citizens who were taken from a user at a moment."""
    asked = select(AssignmentRow.citizen_id).where(
        AssignmentRow.municipality == caller.municipality,
        AssignmentRow.user_id == user_id,
        AssignmentRow.ended_at == at,
    )
    return frozenset(unit.session.scalars(asked))


def handed_on(unit: Unit, caller: Caller, user_id: str, at: datetime) -> dict[str, str]:
    """Whom a user's citizens were given to by the caller at a moment and still are, by the citizen's id.

    "" for who was that colleague's work before as well.
    """
    ended, given = aliased(AssignmentRow), aliased(AssignmentRow)
    to_whom = (
        (given.municipality == ended.municipality)
        & (given.citizen_id == ended.citizen_id)
        & (given.assigned_at == at)
    )
    asked = select(ended.citizen_id, given.user_id, given.assigned_by, given.ended_at).where(
        ended.municipality == caller.municipality, ended.user_id == user_id, ended.ended_at == at
    )
    again = of_user(unit, caller, user_id)
    return {
        citizen_id: to_id or ""
        for citizen_id, to_id, by, until in unit.session.execute(asked.outerjoin(given, to_whom))
        if citizen_id not in again and (to_id is None or (by == caller.user_id and until is None))
    }
