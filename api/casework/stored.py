"""All that is stored about one citizen, for the citizen to read (GDPR art. 15).

Whoever prints it has the citizen open. What they have no scope for is left out and said to be: `None`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from api.access import audit
from api.access.scopes import Scope, may
from api.casework import citizens as citizens_desk
from api.casework.centres import names_of as centres_of
from api.casework.users import names_of
from api.domain.accounts import AccessGrant, AuditEntry, Outcome
from api.domain.cafes import KeptCafe
from api.domain.caller import Caller, Role
from api.domain.contacts import EmployerContact
from api.domain.moves import Move
from api.domain.proposals import Proposal
from api.domain.records import CitizenRecord, RecordKind
from api.domain.reordering import Reordered
from api.domain.working_days import day_of
from api.store import (
    Unit,
    access_grants,
    assignments,
    cafes,
    citizens,
    contacts,
    employers,
    idempotency,
    job_orders,
    moves,
    proposals,
    reorderings,
    versions,
)
from api.store.assignments import Spell

TABLES = {
    "citizen": "record",
    "citizen_anchor": "record",
    "record_version": "states",
    "citizen_assignment": "spells",
    "access_grant": "grants",
    "proposal": "suggested",
    "proposal_move": "suggested",
    "employer_contact": "contacts",
    "list_reorder": "reorderings",
    "cafe_guest": "cafes",
    "idempotency": "answers",
    "audit": "looks",
}
"""Every table that holds something of a citizen, and where it is told.

A test holds it to what erasing empties.
"""


@dataclass(frozen=True, kw_only=True)
class State:
    """The citizen as kept at one moment, and by whom (a user's id)."""

    at: datetime
    by: str
    record: CitizenRecord


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """A suggestion with its job order's title and employer, and its log, oldest first."""

    proposal: Proposal
    title: str
    employer: str
    log: Sequence[Move]


@dataclass(frozen=True, kw_only=True)
class Talked:
    """A contact with an employer about the citizen."""

    contact: EmployerContact
    employer: str


@dataclass(frozen=True, kw_only=True)
class Looks:
    """How often somebody of a role saw the citizen on a day; `who` is "" for who does not read the log."""

    on: date
    role: Role | None
    who: str
    times: int
    refused: bool


@dataclass(frozen=True, kw_only=True)
class Stored:
    """All of it; `people` are the users by id, as they are called, and `centres` the centres by id."""

    record: CitizenRecord
    states: Sequence[State]
    spells: Sequence[Spell]
    grants: Sequence[AccessGrant]
    suggested: Sequence[Suggested] | None
    contacts: Sequence[Talked] | None
    reorderings: Sequence[Reordered]
    cafes: Sequence[KeptCafe]
    answers: Sequence[datetime]
    looks: Sequence[Looks]
    people: Mapping[str, str]
    centres: Mapping[str, str]


def stored(unit: Unit, caller: Caller, citizen_id: str) -> Stored:
    """All that is stored, with an audit row for the look; raises as `citizens.opened` does."""
    record = citizens_desk.opened(unit, caller, citizen_id, "citizen_stored_read")
    seen = {"version": record.version}
    audit.record(unit, caller, "citizen_stored_read", citizen_id=citizen_id, details=seen)
    log = audit.access_log(unit, caller, citizen_id)
    people = _people(unit, caller, citizen_id, log)
    return Stored(
        record=record,
        states=_states(unit, caller, citizen_id),
        spells=assignments.spells_of(unit, caller, citizen_id),
        grants=access_grants.of_citizen(unit, caller, citizen_id),
        suggested=_suggested(unit, caller, citizen_id) if may(caller, Scope.PROPOSALS_READ) else None,
        contacts=_contacts(unit, caller, citizen_id) if may(caller, Scope.CONTACTS_READ) else None,
        reorderings=reorderings.all_of(unit, caller, citizen_id),
        cafes=cafes.with_guest(unit, caller, citizen_id),
        answers=idempotency.moments_about(unit, caller.municipality, citizen_id),
        looks=_looks(log, people if may(caller, Scope.AUDIT_READ) else {}),
        people=people,
        centres=centres_of(unit, caller),
    )


def _states(unit: Unit, caller: Caller, citizen_id: str) -> list[State]:
    found = []
    for kept in versions.all_of(unit, caller.municipality, RecordKind.CITIZEN, citizen_id):
        if record := citizens.version(unit, caller, citizen_id, kept.version):
            found.append(State(at=kept.at, by=kept.by, record=record))
    return found


def _suggested(unit: Unit, caller: Caller, citizen_id: str) -> list[Suggested]:
    made = proposals.of_citizen(unit, caller, citizen_id)
    orders = job_orders.some(unit, caller, {one.order_id for one in made})
    firms = employers.some(unit, caller, {one.employer_id for one in orders.values()})
    return [
        Suggested(
            proposal=one,
            title=orders[one.order_id].title,
            employer=firms[orders[one.order_id].employer_id].name,
            log=moves.of(unit, caller, moves.OF_PROPOSALS, one.id),
        )
        for one in made
    ]


def _contacts(unit: Unit, caller: Caller, citizen_id: str) -> list[Talked]:
    found = contacts.about_citizen(unit, caller, citizen_id)
    firms = employers.some(unit, caller, {one.employer_id for one in found})
    return [Talked(contact=one, employer=firms[one.employer_id].name) for one in found]


def _looks(log: Sequence[AuditEntry], people: Mapping[str, str]) -> list[Looks]:
    counted = Counter(
        (day_of(one.at), one.role, people.get(one.user_id, ""), one.outcome is Outcome.DENIED) for one in log
    )
    latest = sorted(counted.items(), key=lambda each: (each[0][0], str(each[0][1:])), reverse=True)
    return [
        Looks(on=on, role=role, who=who, times=times, refused=refused)
        for (on, role, who, refused), times in latest
    ]


def _people(unit: Unit, caller: Caller, citizen_id: str, log: Sequence[AuditEntry]) -> dict[str, str]:
    # whoever has changed, suggested or been given anything about a citizen has a row in its log
    worked = {spell.user_id for spell in assignments.spells_of(unit, caller, citizen_id)}
    made = versions.all_of(unit, caller.municipality, RecordKind.CITIZEN, citizen_id)
    return names_of(unit, caller, {one.user_id for one in log} | worked | {one.by for one in made})
