"""No audit, no data: a row for every look at a citizen, committed before the answer leaves.

A denial is recorded and committed before it is raised. Rows hold ids, codes, counts and versions, never names
or texts; each is chained to the one before it, and `verify_chain` finds what was edited or taken away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from api.domain.accounts import AuditEntry, Outcome
from api.domain.caller import Caller, Channel, Role
from api.store import Unit
from api.store import audit as log


class Fault(StrEnum):
    """What is wrong with a row of the log."""

    MISSING = "missing"
    EDITED = "edited"


@dataclass(frozen=True, slots=True)
class ChainFault:
    """A row that is not there any more, or not as it was written."""

    seq: int
    fault: Fault


def record(
    unit: Unit,
    caller: Caller,
    action: str,
    *,
    citizen_id: str | None = None,
    subject: str = "",
    outcome: Outcome = Outcome.PERMITTED,
    details: Mapping[str, object] | None = None,
) -> None:
    """Add a row. `details` has to be JSON: ids, codes, counts and versions.

    The caller of this function commits the unit before anything is answered.
    """
    log.append(unit, [_entry(unit, caller, action, citizen_id, subject, outcome, details or {})])


def record_each(
    unit: Unit,
    caller: Caller,
    action: str,
    citizens: Sequence[tuple[str, Mapping[str, object]]],
    *,
    subject: str = "",
) -> None:
    """Add a row for each citizen of a list, with the details of each; the caller commits as for `record`."""
    entries = [
        _entry(unit, caller, action, citizen_id, subject, Outcome.PERMITTED, details)
        for citizen_id, details in citizens
    ]
    log.append(unit, entries)


def _entry(
    unit: Unit,
    caller: Caller,
    action: str,
    citizen_id: str | None,
    subject: str,
    outcome: Outcome,
    details: Mapping[str, object],
) -> AuditEntry:
    return AuditEntry(
        municipality=caller.municipality,
        seq=0,
        at=unit.at,
        user_id=caller.user_id,
        role=caller.role if caller.user_id else None,
        channel=caller.channel,
        action=action,
        citizen_id=citizen_id,
        subject=subject,
        outcome=outcome,
        details=details,
    )


def nobody(channel: Channel) -> Caller:
    """The caller of an attempt to sign in with a name that is nobody's; may do nothing, and has no role."""
    return Caller(user_id="", username="", municipality=log.NOWHERE, role=Role.OPERATOR, channel=channel)


def access_log(unit: Unit, caller: Caller, citizen_id: str) -> tuple[AuditEntry, ...]:
    """Who looked at one citizen of the caller's municipality, or tried to, in order."""
    return log.of_citizen(unit, caller.municipality, citizen_id)


def verify_chain(unit: Unit, municipality: str) -> tuple[ChainFault, ...]:
    """Every row that was edited or taken away; empty when the log is whole.

    Rows that were cut off together with the chain's end can only be found against a copy of that end.
    """
    ends = log.chain(unit, municipality)
    faults: list[ChainFault] = []
    seq, previous = ends.first_seq, ends.first_hash
    for entry, kept in log.links(unit, municipality):
        whole = entry.seq == seq + 1
        faults += [ChainFault(gone, Fault.MISSING) for gone in range(seq + 1, entry.seq)]
        # after a gap, what came before is not known, and the missing rows are reported already
        if whole and log.digest(previous, entry) != kept:
            faults.append(ChainFault(entry.seq, Fault.EDITED))
        seq, previous = entry.seq, kept
    faults += [ChainFault(gone, Fault.MISSING) for gone in range(seq + 1, ends.last_seq + 1)]
    if seq == ends.last_seq and previous != ends.last_hash:
        faults.append(ChainFault(seq, Fault.EDITED))
    return tuple(dict.fromkeys(faults))
