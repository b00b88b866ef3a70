"""What somebody has done in a week, for themselves alone: read out of the log, and no measure of anybody.

A citizen is named where open to the caller now; what has been erased since keeps its line without a name.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from api.access import audit
from api.domain.accounts import AuditEntry
from api.domain.caller import Caller
from api.domain.moves import ProposalState
from api.domain.working_days import day_of, start_of
from api.store import Unit, citizens, employers, job_orders, proposals
from api.store import audit as log
from geo import Refused
from geo.errors import N_
from matching.vocabulary import Answer


class Act(StrEnum):
    """What can be done, as the page counts it."""

    SUGGESTED = N_("suggested")
    CAME_OF_IT = N_("what came of a suggestion")
    CONTACTED = N_("contact with an employer")
    TAKEN_DOWN = N_("job order taken down")
    RETURNED = N_("job order sent back")
    ANSWERED = N_("answer of an employer")
    REGISTERED = N_("citizen registered")


ACTS = {
    "proposal_made": Act.SUGGESTED,
    **{f"proposal_{state}": Act.CAME_OF_IT for state in ProposalState if state is not ProposalState.PROPOSED},
    "contact_recorded": Act.CONTACTED,
    "job_order_registered": Act.TAKEN_DOWN,
    "job_order_returned": Act.RETURNED,
    "job_order_answered": Act.ANSWERED,
    "employer_answered": Act.ANSWERED,
    "citizen_registered": Act.REGISTERED,
}
"""The actions of the log that are told."""

_TAKING_BACK = ("proposal_taken_back", "contact_taken_back", "job_order_reopened", "citizen_erased")

_OF_EMPLOYER = ("contact_recorded", "employer_answered")


@dataclass(frozen=True, kw_only=True)
class Done:
    """One act: what it was about, where that stands, and whom, where open to the caller.

    `state` is what came of a suggestion.
    """

    at: datetime
    act: Act
    about: str
    address: str
    citizen_id: str = ""
    citizen: str = ""
    state: str = ""


@dataclass(frozen=True, kw_only=True)
class Week:
    """A week from its Monday on, what was done on each day of it, and how often each act.

    `is_first` says that nothing was done in any week before.
    """

    monday: date
    days: Mapping[date, Sequence[Done]]
    counts: Mapping[Act, int]
    is_first: bool

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)


def monday_of(week: str, today: date) -> date:
    """The Monday of a week like 2026-W47, of today's without one; raises `Refused`."""
    if not week:
        return today - timedelta(days=today.weekday())
    try:
        year, _, number = week.partition("-W")
        return date.fromisocalendar(int(year), int(number), 1)
    except ValueError:
        problem, remedy = N_("There is no week {value}."), N_("Write year and week like 2026-W47.")
        raise Refused("week", problem, remedy, value=week) from None


def own_week(unit: Unit, caller: Caller, monday: date) -> Week:
    """What the caller has done in the week; an audit row for each citizen who is named."""
    since, until = start_of(monday), start_of(monday + timedelta(days=7))
    entries = log.by_user(unit, caller, (*ACTS, *_TAKING_BACK), since, until)
    done = _told(unit, caller, _standing(entries))
    days: dict[date, list[Done]] = {}
    for one in done:
        days.setdefault(day_of(one.at), []).append(one)
    is_first = not log.is_begun(unit, caller, ACTS, since)
    return Week(monday=monday, days=days, counts=Counter(one.act for one in done), is_first=is_first)


def _standing(entries: Iterable[AuditEntry]) -> list[AuditEntry]:
    """The acts without those that were taken back on the same day."""
    kept: list[AuditEntry] = []
    for one in entries:
        undone = next((other for other in reversed(kept) if _takes_back(one, other)), None)
        if undone:
            kept.remove(undone)
        elif one.action not in _TAKING_BACK:
            kept.append(one)
    return kept


def _takes_back(back: AuditEntry, done: AuditEntry) -> bool:
    """Whether a row of the log takes an earlier one of the same day back."""
    if day_of(back.at) != day_of(done.at) or (back.subject, back.citizen_id) != (
        done.subject,
        done.citizen_id,
    ):
        return False
    match back.action:
        case "proposal_taken_back":
            before = back.details.get("before")
            # an order that is opened again takes back what went with it, and says no more of it
            if before is None:
                return done.action in ("proposal_withdrawn", "proposal_not_able_now")
            made = "made" if before == ProposalState.PROPOSED else before
            return before != back.details["after"] and done.action == f"proposal_{made}"
        case "contact_taken_back":
            return done.action == "contact_recorded" and back.details["contact"] == done.details["contact"]
        case "job_order_reopened":
            return done.action == "job_order_returned"
        case "citizen_erased":
            return done.action == "citizen_registered"
    # an answer that is unknown again
    unsaid = back.details.get("answer") == Answer.UNKNOWN and ACTS[back.action] is Act.ANSWERED
    return unsaid and done.action == back.action and back.details["about"] == done.details["about"]


def _told(unit: Unit, caller: Caller, entries: Sequence[AuditEntry]) -> list[Done]:
    pairs = proposals.some(unit, caller, {one.subject for one in entries})
    wanted = {one.order_id for one in pairs.values()} | {one.subject for one in entries}
    orders = job_orders.some(unit, caller, wanted)
    firms = employers.some(unit, caller, {one.subject for one in entries if one.action in _OF_EMPLOYER})
    names = _names(unit, caller, {one.citizen_id for one in entries if one.citizen_id})
    told = []
    for one in entries:
        pair = pairs.get(one.subject)
        order = orders.get(pair.order_id if pair else one.subject)
        firm = firms.get(one.subject)
        address = f"/job-orders/{order.id}" if order else f"/employers/{firm.id}" if firm else ""
        known = one.citizen_id if one.citizen_id in names else None
        told.append(
            Done(
                at=one.at,
                act=ACTS[one.action],
                about=order.title if order else firm.name if firm else "",
                address=address,
                citizen_id=known or "",
                citizen=names.get(known, "") if known else "",
                state=one.action.removeprefix("proposal_") if ACTS[one.action] is Act.CAME_OF_IT else "",
            )
        )
    return told


def _names(unit: Unit, caller: Caller, citizen_ids: set[str]) -> dict[str, str]:
    found = citizens.some(unit, caller, sorted(citizens.open_to(unit, caller, citizen_ids)))
    looks = [(id_, {"version": record.version, "masked": False}) for id_, record in found.items()]
    audit.record_each(unit, caller, "citizen_listed", looks)
    return {id_: record.name for id_, record in found.items()}
