"""Putting a citizen's list into another order, with the reason: kept, audited, and shown with the next list.

It moves no score: the ranking stays what it is, and what a person thought of it stands beside it.
"""

from collections.abc import Sequence

from api.access import audit
from api.casework import citizens as citizens_desk
from api.domain.caller import Caller
from api.domain.civil_numbers import refuse_civil_numbers
from api.domain.reordering import Reordered, require_reordered
from api.store import Unit, new_id, reorderings
from api.store.errors import Missing

_READ = "shortlist_read"


def reorder(
    unit: Unit,
    caller: Caller,
    list_id: str,
    citizen_id: str,
    *,
    shown: Sequence[str],
    order: Sequence[str],
    reason: str,
) -> Reordered:
    """Keep the order that a person gives to a list they were shown.

    Raises as `citizens.opened` does, `Missing` for a list that was not made for this citizen and caller, and
    `Refused` for an order that does not hold what was shown.
    """
    citizens_desk.opened_and_held(unit, caller, citizen_id, "list_reordered")
    _require_shown(unit, caller, list_id, citizen_id)
    require_reordered(shown, order)
    refuse_civil_numbers({"reason": reason})
    kept = reorderings.add(
        unit,
        caller,
        Reordered(
            id=new_id(),
            municipality=caller.municipality,
            list_id=list_id,
            citizen_id=citizen_id,
            shown=tuple(shown),
            order=tuple(order),
            reason=reason,
            by=caller.user_id,
            at=unit.at,
        ),
    )
    details = {"reordering": kept.id, "shown": list(shown), "order": list(order)}
    audit.record(unit, caller, "list_reordered", citizen_id=citizen_id, subject=list_id, details=details)
    return kept


def _require_shown(unit: Unit, caller: Caller, list_id: str, citizen_id: str) -> None:
    read = (entry for entry in audit.access_log(unit, caller, citizen_id) if entry.action == _READ)
    if not any(entry.subject == list_id and entry.user_id == caller.user_id for entry in read):
        raise Missing("list", list_id)


def repeated(unit: Unit, caller: Caller, list_id: str, citizen_id: str) -> None:
    """Write down that the answer to a reordering is given once more; raises as `citizens.opened` does."""
    citizens_desk.opened(unit, caller, citizen_id, "list_reordering_repeated")
    audit.record(unit, caller, "list_reordering_repeated", citizen_id=citizen_id, subject=list_id)


def latest_of(unit: Unit, caller: Caller, citizen_id: str) -> Reordered | None:
    """The last order that somebody gave a list of a citizen, for whom the citizen was opened before."""
    return reorderings.latest_of(unit, caller, citizen_id)
