"""The named versions of a municipality's ranking numbers; the one adopted last counts."""

from pydantic import TypeAdapter
from sqlalchemy import bindparam, insert, select, update

from api.domain.caller import Caller
from api.domain.records import PolicyRecord, RecordKind
from api.store import changes, versions
from api.store.errors import Missing
from api.store.tables import PolicyRow
from api.store.unit import Unit


def current(unit: Unit, municipality: str) -> PolicyRecord | None:
    """The policy adopted last; None when the municipality has adopted none, and the shipped one counts."""
    row = unit.session.scalar(_CURRENT, {"municipality": municipality})
    return _record(row) if row else None


def find(unit: Unit, municipality: str, version: str) -> PolicyRecord | None:
    """One version by its name, adopted or not."""
    asked = select(PolicyRow).where(PolicyRow.municipality == municipality, PolicyRow.version == version)
    row = unit.session.scalar(asked)
    return _record(row) if row else None


def add(unit: Unit, caller: Caller, version: str, text: str) -> PolicyRecord:
    """Keep a new version, which counts for nothing yet; raises `Duplicate` when its name is taken.

    A version's text never changes: a change is a new version.
    """
    policy = PolicyRecord(
        municipality=caller.municipality,
        version=version,
        text=text,
        created_by=caller.user_id,
        created_at=unit.at,
    )
    row = {
        "municipality": policy.municipality,
        "version": policy.version,
        "text": policy.text,
        "created_by": policy.created_by,
        "created_at": policy.created_at,
    }
    unit.session.execute(insert(PolicyRow), [row])
    return policy


def adopt(unit: Unit, caller: Caller, version: str) -> PolicyRecord:
    """Let a version count from now on, in the caller's name; raises `Missing` when it is not there."""
    unit.change(
        update(PolicyRow)
        .where(PolicyRow.municipality == caller.municipality, PolicyRow.version == version)
        .values(adopted_by=caller.user_id, adopted_at=unit.at)
    )
    policy = find(unit, caller.municipality, version)
    if policy is None:
        raise Missing("policy", version)
    _keep_adoption(unit, policy)
    changes.note(unit, caller.municipality, RecordKind.POLICY, [version])
    return policy


def _keep_adoption(unit: Unit, policy: PolicyRecord) -> None:
    earlier = versions.count(unit, policy.municipality, RecordKind.POLICY, policy.version)
    body = _BODY.dump_json(policy).decode()
    kept = (policy.version, earlier + 1, body)
    versions.keep(unit, policy.municipality, str(policy.adopted_by), RecordKind.POLICY, [kept])


def _record(row: PolicyRow) -> PolicyRecord:
    return PolicyRecord(
        municipality=row.municipality,
        version=row.version,
        text=row.text,
        created_by=row.created_by,
        created_at=row.created_at,
        adopted_by=row.adopted_by,
        adopted_at=row.adopted_at,
    )


_BODY = TypeAdapter(PolicyRecord)


# asked before every list, and building a statement costs more than asking it
_CURRENT = (
    select(PolicyRow)
    .where(PolicyRow.municipality == bindparam("municipality"), PolicyRow.adopted_at.is_not(None))
    .order_by(PolicyRow.adopted_at.desc(), PolicyRow.version.desc())
    .limit(1)
)
