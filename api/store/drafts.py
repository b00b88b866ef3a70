"""Calls that are half taken down, which nobody sees but who typed them. What was typed is sealed."""

import json
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select

from api.domain.caller import Caller
from api.domain.drafts import KEPT_FOR, CallDraft
from api.store.tables import CallDraftRow
from api.store.unit import Unit


def of(unit: Unit, caller: Caller) -> tuple[CallDraft, ...]:
    """The caller's drafts that have not expired, the latest first; calls written down meanwhile too."""
    asked = select(CallDraftRow).where(*_theirs(caller), CallDraftRow.expires_at > unit.at)
    asked = asked.order_by(CallDraftRow.since.desc(), CallDraftRow.form)
    return tuple(_draft(unit, row) for row in unit.session.scalars(asked))


def put(unit: Unit, caller: Caller, draft: CallDraft) -> None:
    """Keep what stands in a form by now; what has expired, of anybody, goes."""
    # what a browser sends in a row may be answered at once
    unit.take_turns(f"call draft {caller.municipality} {caller.user_id}")
    unit.change(delete(CallDraftRow).where(CallDraftRow.expires_at <= unit.at))
    drop(unit, caller, draft.form)
    cell = (caller.municipality, caller.user_id, draft.form)
    row: dict[str, Any] = {
        "municipality": caller.municipality,
        "by": caller.user_id,
        "form": draft.form,
        "since": draft.since,
        "expires_at": draft.since + KEPT_FOR,
        "kept": draft.kept,
        "content": unit.keys.seal(json.dumps(dict(draft.fields)), CallDraftRow.content, *cell),
    }
    unit.session.execute(insert(CallDraftRow), [row])


def drop(unit: Unit, caller: Caller, form: str) -> None:
    """Forget what was typed into a form."""
    unit.change(delete(CallDraftRow).where(*_theirs(caller), CallDraftRow.form == form))


def drop_passing(unit: Unit, caller: Caller) -> None:
    """Forget everything that the caller has not put aside on purpose."""
    unit.change(delete(CallDraftRow).where(*_theirs(caller), CallDraftRow.kept.is_(False)))


def _theirs(caller: Caller) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return CallDraftRow.municipality == caller.municipality, CallDraftRow.by == caller.user_id


def _draft(unit: Unit, row: CallDraftRow) -> CallDraft:
    cell = (row.municipality, row.by, row.form)
    fields = json.loads(unit.keys.open(row.content, CallDraftRow.content, *cell))
    return CallDraft(form=row.form, fields=fields, since=row.since, kept=row.kept)
