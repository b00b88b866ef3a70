"""A call that is broken off half-way is not lost: what was typed waits for who typed it, a day at most."""

from collections.abc import Mapping
from dataclasses import replace

from api.domain.caller import Caller
from api.domain.civil_numbers import refuse_civil_numbers
from api.domain.drafts import CallDraft
from api.store import Unit, drafts


def begun(unit: Unit, caller: Caller) -> tuple[CallDraft, ...]:
    """The calls that the caller has begun and not written down, the latest first."""
    return tuple(draft for draft in drafts.of(unit, caller) if draft.fields)


def save(unit: Unit, caller: Caller, form: str, fields: Mapping[str, str], *, kept: bool) -> bool:
    """Keep what stands in a form by now; answers False where that call is written down already.

    `kept` puts it aside on purpose, which stays so. Raises `Refused` for a civil registration number.
    """
    refuse_civil_numbers(fields)
    before = _before(unit, caller, form)
    if before and not before.fields:
        return False
    draft = before or CallDraft(form=form, fields={}, since=unit.at)
    drafts.put(unit, caller, replace(draft, fields=fields, kept=kept or draft.kept))
    return True


def written_down(unit: Unit, caller: Caller, form: str) -> None:
    """Forget what was typed, as the call is written down; what a browser sends late of it is not kept."""
    draft = _before(unit, caller, form) or CallDraft(form=form, fields={}, since=unit.at)
    drafts.put(unit, caller, replace(draft, fields={}))


def drop(unit: Unit, caller: Caller, form: str) -> None:
    """Throw it away."""
    drafts.drop(unit, caller, form)


def _before(unit: Unit, caller: Caller, form: str) -> CallDraft | None:
    return next((draft for draft in drafts.of(unit, caller) if draft.form == form), None)
