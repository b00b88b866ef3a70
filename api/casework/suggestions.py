"""What was suggested and is no deadline any more, so that nobody who was asked is lost from sight.

A citizen's own suggestions, and all those where the citizen was contacted and the answer is waited for.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime

from api.access.scopes import Scope, may, require
from api.casework import proposals as desk
from api.casework.due import desk_of
from api.casework.proposals import ProposalSeen
from api.domain.caller import Caller
from api.domain.due import Whose
from api.domain.moves import ProposalState
from api.domain.parts import Part, Place, part_of
from api.domain.proposals import Proposal
from api.domain.records import OrderState
from api.store import Unit, citizens, proposals

_READ = Scope.PROPOSALS_READ

LATEST = 3
"""So many suggestions that came to nothing are shown."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A task that a citizen has begun with, and the day."""

    task: str
    on: date


def of_citizen(unit: Unit, caller: Caller, citizen_id: str) -> tuple[ProposalSeen, ...]:
    """The suggestions of a citizen who was opened before: open ones, then accepted ones, then the latest few.

    Nothing for who does not read suggestions. Whoever opens the citizen writes the look down.
    """
    if not may(caller, _READ):
        return ()
    newest = sorted(desk.of_citizen(unit, caller, citizen_id).values(), key=_made, reverse=True)
    standing = sorted((one for one in newest if one.stands), key=lambda one: not one.is_open)
    closed = [one for one in newest if not one.stands]
    return tuple(desk.seen_by(unit, caller, [*standing, *closed[:LATEST]]))


def elsewhere(
    unit: Unit, caller: Caller, citizen_ids: Set[str], order_id: str | None
) -> Mapping[str, tuple[ProposalSeen, ...]]:
    """What the citizens are suggested for or have said yes to, besides an order and those that have ended.

    Of those alone who are open to the caller; whoever shows them as candidates has written the look down.
    """
    if not may(caller, _READ):
        return {}
    opened = citizens.open_to(unit, caller, citizen_ids)
    found: defaultdict[str, tuple[ProposalSeen, ...]] = defaultdict(tuple)
    for one in desk.seen_by(unit, caller, proposals.standing_of(unit, caller, opened)):
        if one.order.id != order_id and one.order.state is not OrderState.ENDED:
            found[one.proposal.citizen_id] += (one,)
    return found


def begun(unit: Unit, caller: Caller, citizen_ids: Set[str]) -> Mapping[str, tuple[Begun, ...]]:
    """Where the citizens have begun to work, of those who are open to the caller.

    Whoever lists them has written the look down.
    """
    if not may(caller, _READ):
        return {}
    standing = proposals.standing_of(unit, caller, citizens.open_to(unit, caller, citizen_ids))
    found: defaultdict[str, tuple[Begun, ...]] = defaultdict(tuple)
    for one in desk.seen_by(unit, caller, [one for one in standing if one.began_on]):
        found[one.proposal.citizen_id] += begun_of([one])
    return found


def begun_of(found: Iterable[ProposalSeen]) -> tuple[Begun, ...]:
    """Those of some suggestions with which somebody has begun."""
    return tuple(Begun(one.order.title, one.proposal.began_on) for one in found if one.proposal.began_on)


def waiting(unit: Unit, caller: Caller, citizen_ids: Set[str]) -> Set[str]:
    """Those of the citizens with a suggestion that is not answered; none for who reads none."""
    return proposals.proposed_citizens(unit, caller, citizen_ids) if may(caller, _READ) else frozenset()


def awaited(
    unit: Unit, caller: Caller, whose: Whose, limit: int, after: Place | None = None
) -> Part[ProposalSeen]:
    """Whose answer is waited for, of the caller's own or the whole municipality, longest since first.

    From the one after a place; an audit row for each shown. Raises `Denied` when somebody asks for the whole
    municipality who may not list its citizens.
    """
    if whose is Whose.MUNICIPALITY:
        require(caller, Scope.CITIZENS_LIST)
    own = desk_of(unit, caller, whose)
    contacted = proposals.in_states(unit, caller, [ProposalState.CONTACTED])
    found = [one for one in contacted if own.of_proposal(one.citizen_id, one.held_by)]
    part = part_of(sorted(found, key=_contacted), _contacted, after, limit)
    return part.showing(desk.listed(unit, caller, part.rows, "proposal_listed"))


def _contacted(proposal: Proposal) -> Place:
    since = proposal.contacted_at or proposal.created_at
    return since.astimezone(UTC).isoformat(timespec="microseconds"), proposal.id


def _made(proposal: Proposal) -> tuple[datetime, str]:
    return proposal.created_at, proposal.id
