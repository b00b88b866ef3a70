"""Answers given to requests with an Idempotency-Key, kept in the unit that did the work.

The same key and request get the same answer again, for a day; a key belongs to one user.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from api.domain.caller import Caller
from api.store.tables import AnswerRow
from api.store.unit import Unit

KEPT_FOR = timedelta(hours=24)
"""How long a request may come again: as long as an upload waits for its next step."""


@dataclass(frozen=True, kw_only=True)
class GivenAnswer:
    """What was asked, as a hash, and what was answered."""

    request_hash: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""


def find(unit: Unit, caller: Caller, key: str) -> GivenAnswer | None:
    """The answer that this user got for this key; waits for a request with it that is being answered."""
    unit.take_turns(_answers(caller.municipality), shared=True)
    unit.take_turns(f"idempotency {caller.municipality} {caller.user_id} {key}")
    asked = select(AnswerRow).where(
        AnswerRow.municipality == caller.municipality,
        AnswerRow.user_id == caller.user_id,
        AnswerRow.key == key,
        AnswerRow.at >= unit.at - KEPT_FOR,
    )
    row = unit.session.scalar(asked)
    if row is None:
        return None
    body = unit.keys.open(row.body, AnswerRow.body, row.municipality, row.user_id, row.key)
    return GivenAnswer(request_hash=row.request_hash, status=row.status, headers=row.headers, body=body)


def keep(unit: Unit, caller: Caller, key: str, answer: GivenAnswer) -> None:
    """Keep an answer; raises `Duplicate` when another request with this key was faster.

    Those that were kept for long enough go.
    """
    forget_before(unit, caller.municipality, unit.at - KEPT_FOR)
    cell = (caller.municipality, caller.user_id, key)
    row = {
        "municipality": caller.municipality,
        "user_id": caller.user_id,
        "key": key,
        "request_hash": answer.request_hash,
        "status": answer.status,
        "headers": dict(answer.headers),
        "body": unit.keys.seal(answer.body, AnswerRow.body, *cell),
        "at": unit.at,
    }
    unit.session.execute(insert(AnswerRow), [row])


def none_meanwhile(unit: Unit, municipality: str) -> None:
    """Wait for the answers that are being given, and let none be given before this unit ends.

    Comes before anything else that the unit waits for: an answer may wait for the same.
    """
    unit.take_turns(_answers(municipality))


def _answers(municipality: str) -> str:
    return f"answers {municipality}"


def forget_about(unit: Unit, municipality: str, record_id: str) -> int:
    """Remove the answers of a municipality that speak of a record; answers how many there were."""
    about = _about(unit, municipality, record_id)
    for row in about:
        theirs = (AnswerRow.municipality == municipality, AnswerRow.user_id == row.user_id)
        unit.change(delete(AnswerRow).where(*theirs, AnswerRow.key == row.key))
    return len(about)


def moments_about(unit: Unit, municipality: str, record_id: str) -> tuple[datetime, ...]:
    """When the answers were given that speak of a record, the first one first."""
    return tuple(sorted(row.at for row in _about(unit, municipality, record_id)))


def _about(unit: Unit, municipality: str, record_id: str) -> list[AnswerRow]:
    rows = unit.session.scalars(select(AnswerRow).where(AnswerRow.municipality == municipality))
    return [row for row in rows if record_id in _said(unit, row)]


def _said(unit: Unit, row: AnswerRow) -> str:
    body = unit.keys.open(row.body, AnswerRow.body, row.municipality, row.user_id, row.key)
    return " ".join((body, *map(str, row.headers.values())))


def forget_before(unit: Unit, municipality: str, moment: datetime) -> int:
    """Remove the answers of a municipality given before a moment; answers how many there were."""
    old = delete(AnswerRow).where(AnswerRow.municipality == municipality, AnswerRow.at < moment)
    return unit.change(old)
