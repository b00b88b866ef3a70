"""On what basis an employer may be contacted first: written down, taken back, put back, and its history.

An employer's versions are kept for ever, so that the history needs no table of its own: a version in which
the basis stands otherwise than in the one before is a change of it.
"""

import json
from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from datetime import datetime

from api.access import audit
from api.casework import employers as desk
from api.casework.versions import require_seen
from api.domain.caller import Caller
from api.domain.civil_numbers import refuse_civil_numbers
from api.domain.records import ContactBasis, EmployerRecord
from api.store import Unit, employers
from api.store.errors import Missing
from api.store.versions import Kept


@dataclass(frozen=True, slots=True)
class BasisChange:
    """What the basis came to be in one version of the employer; None when it was taken back.

    `by` is a user's id; `before` the version before it, which an undo puts back, 0 for the first.
    """

    basis: ContactBasis | None
    note: str
    at: datetime
    by: str
    version: int
    before: int


def record(
    unit: Unit,
    caller: Caller,
    employer_id: str,
    basis: ContactBasis | None,
    note: str,
    seen: Set[int] | None,
) -> EmployerRecord:
    """Write down on what basis the employer may be contacted first; None takes it back, with a reason.

    Raises `Missing`, `Stale`, and `Refused` for a civil registration number in the note. CVR-loven §§ 19 and
    22 ask for a basis where the register forbids advertising.
    """
    return _kept(unit, caller, desk.read(unit, caller, employer_id), basis, note, seen)


def put_back(
    unit: Unit, caller: Caller, employer_id: str, version: int, seen: Set[int] | None
) -> EmployerRecord:
    """Undo: the basis as at an earlier version, and nothing else of it; raises as `record` does."""
    now = desk.read(unit, caller, employer_id)
    before = employers.version(unit, caller, employer_id, version)
    if before is None:
        raise Missing("version", str(version))
    return _kept(unit, caller, now, before.contact_basis, before.contact_basis_note, seen)


def changes(past: Iterable[Kept]) -> tuple[BasisChange, ...]:
    """Every change of the basis in the versions of an employer, the latest first."""
    found: list[BasisChange] = []
    stood, before = (None, ""), 0
    for kept in past:
        body = json.loads(kept.body)
        now = (body["contact_basis"], body["contact_basis_note"])
        if now != stood:
            basis = ContactBasis(now[0]) if now[0] else None
            found.append(BasisChange(basis, now[1], kept.at, kept.by, kept.version, before))
        stood, before = now, kept.version
    return tuple(reversed(found))


def _kept(
    unit: Unit,
    caller: Caller,
    before: EmployerRecord,
    basis: ContactBasis | None,
    note: str,
    seen: Set[int] | None,
) -> EmployerRecord:
    refuse_civil_numbers({"note": note})
    expected = require_seen("employer", before, seen)
    after = replace(before, contact_basis=basis, contact_basis_note=note)
    if after == before:
        return before
    kept = employers.replace(unit, caller, after, expected)
    action = "contact_basis_recorded" if basis else "contact_basis_withdrawn"
    details = {"basis": str(basis or ""), "version": kept.version}
    audit.record(unit, caller, action, subject=kept.id, details=details)
    return kept
