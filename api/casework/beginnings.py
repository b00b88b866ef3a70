"""What follows a yes until somebody is at work: the first day is agreed on with the employer, and it begins.

Until either is written down, or the yes comes to nothing, it is due. An agreement with its terms is a record
of its own; this is what the desk has to know not to lose who has said yes from sight.
"""

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import date

from api.access import audit
from api.casework import citizens as citizens_desk
from api.casework.consequences import looks_again, waits_no_more
from api.casework.errors import NotAccepted
from api.casework.proposals import ProposalSeen, held_pair, seen_one
from api.domain.caller import Caller
from api.domain.civil_numbers import refuse_civil_numbers
from api.domain.moves import BEGUN, START_AGREED, ProposalState
from api.domain.plausible_days import require_not_far_off, require_not_long_ago
from api.domain.proposals import Proposal
from api.domain.records import CitizenRecord
from api.domain.working_days import day_of
from api.store import Unit, citizens, proposals
from geo import Refused
from geo.errors import N_


@dataclass(frozen=True, kw_only=True)
class Step:
    """A day to write down of somebody who has said yes, and what was noted with it."""

    on: date | None = None
    note: str = ""


def agree_start(
    unit: Unit, caller: Caller, proposal_id: str, step: Step, seen: Set[int] | None = None
) -> ProposalSeen:
    """Write down the first day of work, as it was agreed with the employer; another one takes its place.

    Raises as `proposals.record`, `NotAccepted`, and `Refused` without a day, for one that has been or that is
    years away, and once the work has begun.
    """
    before = _agreed(unit, caller, proposal_id, START_AGREED, step, seen)
    if before.began_on:
        problem = N_("It began on {value}.")
        raise Refused("starts_on", problem, N_("Undo that first."), value=before.began_on)
    if step.on is None:
        remedy = N_("Give the day on which the work begins.")
        raise Refused("starts_on", N_("A day is missing."), remedy)
    if step.on < day_of(unit.at):
        remedy = N_("Give today or a day to come, or record that it has begun.")
        raise Refused("starts_on", N_("{value} has been already."), remedy, value=step.on)
    require_not_far_off("starts_on", step.on, day_of(unit.at))
    return _kept(unit, caller, before, replace(before, starts_on=step.on), START_AGREED, step.note)


def begin(
    unit: Unit, caller: Caller, proposal_id: str, step: Step, seen: Set[int] | None = None
) -> ProposalSeen:
    """Write down that the work has begun: on a day, else on the one that was agreed on, else today.

    The citizen waits for nothing else until somebody says that they look for more.

    Raises as `agree_start`, and `Refused` for a day to come or years ago.
    """
    before = _agreed(unit, caller, proposal_id, BEGUN, step, seen)
    today = day_of(unit.at)
    agreed = before.starts_on if before.starts_on and before.starts_on <= today else today
    on = step.on or agreed
    if on > today:
        remedy = N_("Give the day on which it began, or no day for today.")
        raise Refused("began_on", N_("{value} is still to come."), remedy, value=on)
    require_not_long_ago("began_on", on, today)
    begun = _kept(unit, caller, before, replace(before, began_on=on), BEGUN, step.note)
    waits_no_more(unit, caller, before.citizen_id)
    return begun


def look_for_more(unit: Unit, caller: Caller, citizen_id: str) -> CitizenRecord:
    """Write down that a citizen who works looks for more: ready again, waiting from today on.

    Raises as `citizens.opened` does.
    """
    citizens_desk.opened(unit, caller, citizen_id, "citizen_changed")
    kept = looks_again(unit, caller, citizen_id)
    audit.record(unit, caller, "citizen_changed", citizen_id=kept.id, details={"version": kept.version})
    return kept


def _agreed(
    unit: Unit, caller: Caller, proposal_id: str, cause: str, step: Step, seen: Set[int] | None
) -> Proposal:
    refuse_civil_numbers({"note": step.note})
    before, _ = held_pair(unit, caller, proposal_id, f"proposal_{cause}", seen)
    if before.state is not ProposalState.ACCEPTED:
        raise NotAccepted(before.state)
    return before


def _kept(
    unit: Unit, caller: Caller, before: Proposal, after: Proposal, cause: str, note: str
) -> ProposalSeen:
    citizen = citizens.held(unit, caller, before.citizen_id)
    former = before.as_former(caller.user_id, citizen)
    kept = proposals.step(unit, caller, before, replace(after, former=former), cause, note)
    audit.record(unit, caller, f"proposal_{cause}", citizen_id=before.citizen_id, subject=before.id)
    return seen_one(unit, caller, kept)
