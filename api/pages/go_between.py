"""Who makes the contact with a citizen who is somebody else's work: the colleagues, and which way that is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.access.scopes import Scope, may
from api.casework import assignments
from api.casework.proposals import ProposalSeen
from api.domain.accounts import UserRecord
from api.domain.caller import Caller, Role
from api.domain.moves import ProposalState
from api.domain.records import Through
from api.store import Unit, users
from api.store.errors import Missing

WAYS: Mapping[Role, Through] = {
    Role.CASEWORKER: Through.CASEWORKER,
    Role.CENTRE_STAFF: Through.DROP_IN_CENTRE,
}
"""Through whom a citizen is reached by a colleague of a role; by any other it is through others."""


@dataclass(frozen=True, slots=True)
class GoBetween:
    """What the colleagues are called whose work a citizen is, and the way that the first of them is.

    Who is shut out is nobody to ask; `names` is "" where nobody else works with the citizen.
    """

    names: str
    through: Through


def go_betweens(unit: Unit, caller: Caller, found: Iterable[ProposalSeen]) -> Mapping[str, GoBetween]:
    """Whom to ask, by the citizen's id: of those whom the caller has suggested and may not open.

    Of those alone who are still to be spoken with; every look at whose work a citizen is is written down.
    """
    if not may(caller, Scope.CITIZENS_LIST):
        return {}
    theirs = {one.proposal.citizen_id for one in found if _is_to_ask(caller, one)}
    assigned = {id_: _assigned(unit, caller, id_) for id_ in sorted(theirs)}
    known = {
        one.id: one for one in users.some(unit, caller, {i for ids in assigned.values() for i in ids or ()})
    }
    asked = {
        citizen_id: [known[id_] for id_ in ids if id_ in known and not known[id_].disabled_at]
        for citizen_id, ids in assigned.items()
        if ids is not None
    }
    return {
        citizen_id: GoBetween(", ".join(one.called for one in people), _way(people))
        for citizen_id, people in asked.items()
    }


def _assigned(unit: Unit, caller: Caller, citizen_id: str) -> tuple[str, ...] | None:
    try:
        return assignments.assigned(unit, caller, citizen_id)
    except Missing:  # erased since the suggestion was found
        return None


def _way(people: Sequence[UserRecord]) -> Through:
    return WAYS.get(people[0].role, Through.OTHER) if people else Through.OTHER


def _is_to_ask(caller: Caller, seen: ProposalSeen) -> bool:
    one = seen.proposal
    is_mine = bool(caller.user_id) and caller.user_id == one.held_by
    awaited = one.state is ProposalState.CONTACTED
    return is_mine and not seen.open and not awaited and (one.is_pending or one.review_on is not None)
