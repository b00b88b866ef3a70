"""Whether a step that is put back whole was the caller's, and was put back already: the log tells.

Each such step writes one row about its subject, and whoever puts it back names its moment.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from api.domain.accounts import AuditEntry
from api.domain.caller import Caller
from api.store import Unit, audit

_TICK = timedelta(microseconds=1)


def step_at(unit: Unit, caller: Caller, action: str, subject: str, at: datetime) -> AuditEntry | None:
    """The row of what the caller did to a subject at a moment; None where it was another's."""
    found = audit.by_user(unit, caller, [action], at, at + _TICK)
    return next((one for one in found if one.subject == subject), None)


def last_step(unit: Unit, caller: Caller, action: str, subject: str, since: datetime) -> AuditEntry | None:
    """The row of what the caller did to a subject last, since a moment."""
    found = audit.by_user(unit, caller, [action], since, unit.at)
    return next((one for one in reversed(found) if one.subject == subject), None)


def naming(at: datetime) -> Mapping[str, str]:
    """What the row of putting back says of the step that it puts back."""
    return {"done_at": at.astimezone(UTC).isoformat()}


def is_put_back(unit: Unit, caller: Caller, action: str, subject: str, at: datetime) -> bool:
    """Whether the caller has put back already, by `action`, what was done to a subject at a moment."""
    found = audit.by_user(unit, caller, [action], at, unit.at + _TICK)
    return any(one.subject == subject and naming(at).items() <= one.details.items() for one in found)
