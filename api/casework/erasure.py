"""Erasing a citizen (GDPR art. 17): what is about them goes, from every table and list.

The log keeps who looked and when, by the id alone. Contacts with employers stay as contacts, without whom
they were about and what was said. What somebody wrote about orders or employers is not searched for names.
"""

from collections.abc import Mapping, Set
from dataclasses import asdict, dataclass

from api.access import audit
from api.casework.citizens import opened
from api.casework.consequences import weigh
from api.casework.errors import NotAsRegistered
from api.domain.caller import Caller
from api.domain.records import JobOrderRecord, RecordKind
from api.store import Unit, changes, citizens, contacts, idempotency, job_orders, proposals, versions


@dataclass(frozen=True, kw_only=True)
class Erased:
    """How much of each there was."""

    versions: int
    proposals: int
    contacts: int
    answers: int


def erase(unit: Unit, caller: Caller, citizen_id: str) -> Erased:
    """Erase a citizen of the caller's municipality, and write down that it was done; raises `Missing`."""
    code = caller.municipality
    # an answer that is being given may name the citizen, and would be kept after all others are gone
    idempotency.none_meanwhile(unit, code)
    # orders before citizens, as everywhere: two units that wait for each other would never end
    held = _weighed(unit, caller, citizen_id, frozenset())
    # from here on nobody adds anything about the citizen; for what was added until now there is one more look
    citizens.held(unit, caller, citizen_id)
    held |= _weighed(unit, caller, citizen_id, held.keys())
    suggested = proposals.of_citizen(unit, caller, citizen_id)
    kept = versions.count(unit, code, RecordKind.CITIZEN, citizen_id)
    unnamed = contacts.forget_whom(unit, caller, citizen_id)
    citizens.erase(unit, caller, citizen_id)
    # what an employer said to a suggestion goes with it, and every list has to feel that
    changes.note(unit, code, RecordKind.JOB_ORDER, sorted({one.order_id for one in suggested} - held.keys()))
    answers = idempotency.forget_about(unit, code, citizen_id)
    for order in held.values():
        weigh(unit, caller, order)
    erased = Erased(versions=kept, proposals=len(suggested), contacts=unnamed, answers=answers)
    details: Mapping[str, object] = asdict(erased)
    audit.record(unit, caller, "citizen_erased", citizen_id=citizen_id, details=details)
    return erased


def _weighed(unit: Unit, caller: Caller, citizen_id: str, besides: Set[str]) -> dict[str, JobOrderRecord]:
    """The orders, by id and held, of whose load the citizen's open suggestions are a part."""
    open_ids = {one.order_id for one in proposals.of_citizen(unit, caller, citizen_id) if one.is_open}
    return {id_: job_orders.held(unit, caller, id_) for id_ in sorted(open_ids - besides)}


def take_back(unit: Unit, caller: Caller, citizen_id: str) -> Erased:
    """Undo a registration of the caller's own, which erases the citizen.

    Raises as `opened` does, and `NotAsRegistered` once there is more of the citizen than what was registered.
    """
    record = opened(unit, caller, citizen_id, "citizen_erased")
    made = versions.made(unit, caller.municipality, RecordKind.CITIZEN, citizen_id, 1)
    registered = made is not None and made[0] == caller.user_id
    if record.version > 1 or not registered or proposals.of_citizen(unit, caller, citizen_id):
        raise NotAsRegistered(citizen_id)
    return erase(unit, caller, citizen_id)
