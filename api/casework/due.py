"""One list of what needs a person now, for whoever asks.

A consultant sees what is due about her citizens, her suggestions and the job orders she took down; who may
list others' citizens can ask for the whole municipality's, by initials. What is nobody's stands with those
who can make it somebody's. Every citizen on the list is written down as looked at.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from api.access.masking import MaskedCitizen, initials
from api.access.scopes import Scope, may, require
from api.casework import centres as centres_desk
from api.casework import citizens as citizens_desk
from api.casework import proposals as proposals_desk
from api.casework.due_sources import DEADLINES, SOURCES, Source
from api.casework.follow_ups import ToComeBackTo, to_come_back_to
from api.casework.keepers import Keeper, keepers
from api.casework.practices import practice_of
from api.casework.proposals import ProposalSeen
from api.domain.caller import Caller
from api.domain.due import Desk, DueKind, Staffed, Waiting, Whose, Why, in_order, place_of
from api.domain.parts import Part, Place, part_of
from api.domain.records import EmployerRecord, JobOrderRecord
from api.domain.working_days import Calendar, working_days_left
from api.store import Unit, assignments, citizens, employers, job_orders, proposals, users

MOST = 200
"""So many items are shown at most; the counts are of all."""


@dataclass(frozen=True, kw_only=True)
class Due:
    """An item with what people call it. `name` is None unless the citizen is open to the caller.

    `working_days_left` counts the working days after today up to the deadline, 0 for today; None without a
    deadline, or when it has passed. `proposal` is there where the item is about one, `contact` where it is
    to come back to one and the caller reads contacts. `keepers` have what is not on the caller's own desk.
    """

    waiting: Waiting
    overdue: bool
    working_days_left: int | None
    initials: str = ""
    name: str | None = None
    task: str = ""
    employer_id: str | None = None
    employer: str = ""
    centre: str = ""
    phone: str = ""
    proposal: ProposalSeen | None = None
    contact: ToComeBackTo | None = None
    keepers: tuple[Keeper, ...] = ()


@dataclass(frozen=True)
class _Called:
    """A citizen by initials, and by name where the citizen is open to the caller."""

    initials: str = ""
    name: str | None = None

    @classmethod
    def of(cls, citizen: citizens_desk.Listed) -> "_Called":
        if isinstance(citizen, MaskedCitizen):
            return cls(citizen.initials)
        return cls(initials(citizen.name), citizen.name)


_NOBODY = _Called()


@dataclass(frozen=True, kw_only=True)
class DueList:
    """A part of the items in the order in which they are taken up, and how many there are in all."""

    part: Part[Due]
    overdue: int
    counts: Mapping[DueKind, int]

    @property
    def items(self) -> tuple[Due, ...]:
        """Those of the part."""
        return self.part.rows

    @property
    def total(self) -> int:
        """How many there are in all."""
        return self.part.total


def due(
    unit: Unit, caller: Caller, whose: Whose = Whose.MINE, limit: int = MOST, after: Place | None = None
) -> DueList:
    """What needs the caller now, from the item after a place; an audit row for each citizen on the list.

    Raises `Denied` when somebody asks for the whole municipality who may not list its citizens.
    """
    if whose is Whose.MUNICIPALITY:
        require(caller, Scope.CITIZENS_LIST)
    found = in_order(_waiting(unit, caller, desk_of(unit, caller, whose), SOURCES))
    part = part_of(found, place_of, after, limit)
    return DueList(
        part=part.showing(tuple(_named(unit, caller, part.rows))),
        overdue=sum(item.overdue(unit.at) for item in found),
        counts=Counter(item.kind for item in found),
    )


def desk_of(unit: Unit, caller: Caller, whose: Whose) -> Desk:
    """Whose work the caller asks about; what is nobody's is on the desk of who can make it somebody's."""
    assigns = may(caller, Scope.CITIZENS_ASSIGN)
    return Desk(
        user_id=caller.user_id,
        citizens=citizens.assigned_to(unit, caller),
        whose=whose,
        staffed=_staffed(unit, caller) if assigns else None,
    )


def overdue(unit: Unit, caller: Caller) -> int:
    """How many deadlines have passed in the whole municipality; raises `Denied` as `due` does."""
    require(caller, Scope.CITIZENS_LIST)
    desk = Desk(user_id=caller.user_id, citizens=frozenset(), whose=Whose.MUNICIPALITY)
    return sum(item.overdue(unit.at) for item in _waiting(unit, caller, desk, DEADLINES))


def _waiting(
    unit: Unit, caller: Caller, desk: Desk, sources: Iterable[tuple[Scope, Source]]
) -> Iterator[Waiting]:
    for scope, source in sources:
        if may(caller, scope):
            yield from source(unit, caller, desk)


def _staffed(unit: Unit, caller: Caller) -> Staffed:
    return Staffed(users=users.present(unit, caller), citizens=citizens.of_somebody(unit, caller))


def _named(unit: Unit, caller: Caller, found: Sequence[Waiting]) -> Iterator[Due]:
    known = _Known.about(unit, caller, found)
    return (known.told(one) for one in found if known.still(one))


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What the items of a list are about, read once for all of them; everything by id."""

    at: datetime
    calendar: Calendar
    pairs: Mapping[str, ProposalSeen]
    orders: Mapping[str, JobOrderRecord]
    employers: Mapping[str, EmployerRecord]
    centres: Mapping[str, str]
    people: Mapping[str, _Called]
    contacts: Mapping[str, ToComeBackTo]
    keepers: Mapping[str, tuple[Keeper, ...]]

    @classmethod
    def about(cls, unit: Unit, caller: Caller, found: Sequence[Waiting]) -> "_Known":
        """Read with an audit row for each citizen."""
        about = proposals.some(unit, caller, [one.id for one in found if one.kind in _OF_PROPOSALS])
        listed = proposals_desk.listed(unit, caller, list(about.values()), "due_listed")
        orders = {one.order.id: one.order for one in listed}
        missing = {one.order_id for one in found if one.order_id} - set(orders)
        orders |= job_orders.some(unit, caller, missing)
        pairs = {one.proposal.id: one for one in listed}
        contacts = to_come_back_to(unit, caller, [one.id for one in found if one.kind is DueKind.CALL_BACK])
        works = {one.employer_id for one in orders.values()} | {one.employer_id for one in found}
        return cls(
            at=unit.at,
            calendar=practice_of(unit, caller.municipality).calendar,
            pairs=pairs,
            orders=orders,
            employers=employers.some(unit, caller, [id_ for id_ in works if id_]),
            centres=centres_desk.names_of(unit, caller) if any(one.centre_id for one in found) else {},
            people=_people(unit, caller, [one.id for one in found if one.kind is DueKind.START_CLOSED]),
            contacts=contacts,
            keepers=_kept_by(unit, caller, found, pairs, orders, contacts),
        )

    def still(self, one: Waiting) -> bool:
        """Whether it is open to the caller, and its citizen was not erased since it was found."""
        if one.kind is DueKind.START_CLOSED:
            return one.id in self.people
        return one.kind not in _OF_PROPOSALS or one.id in self.pairs

    def told(self, one: Waiting) -> Due:
        """An item with what people call it."""
        pair, order = self.pairs.get(one.id), self.orders.get(one.order_id or "")
        employer = self.employers.get((order.employer_id if order else one.employer_id) or "")
        late, who = one.overdue(self.at), self.people.get(one.id, _NOBODY)
        left = None if late or not one.by else working_days_left(self.at, one.by, self.calendar)
        return Due(
            waiting=one,
            overdue=late,
            working_days_left=left,
            initials=pair.initials if pair else who.initials,
            name=pair.name if pair else who.name,
            task=order.title if order else "",
            employer_id=employer.id if employer else None,
            employer=employer.name if employer else "",
            centre=self.centres.get(one.centre_id or "", ""),
            phone=employer.phone if employer else "",
            proposal=pair,
            contact=self.contacts.get(one.id),
            keepers=self.keepers.get(one.id, ()),
        )


def _kept_by(
    unit: Unit,
    caller: Caller,
    found: Iterable[Waiting],
    pairs: Mapping[str, ProposalSeen],
    orders: Mapping[str, JobOrderRecord],
    contacts: Mapping[str, ToComeBackTo],
) -> Mapping[str, tuple[Keeper, ...]]:
    """Who has each item that is not on the caller's own desk; whoever works with its citizen comes first.

    The row that is written of each citizen on the list stands for this look as well.
    """
    others = [one for one in found if one.why in (Why.MUNICIPALITY, Why.NOBODYS)]
    works = assignments.of_citizens(unit, caller, [one.citizen_id for one in others if one.citizen_id])
    asked: dict[str, tuple[str, ...]] = {}
    for one in others:
        if one.citizen_id:
            pair = pairs.get(one.id)
            asked[one.id] = works.get(one.citizen_id, ()) or ((pair.proposal.held_by,) if pair else ())
        elif one.id in contacts:
            asked[one.id] = (contacts[one.id].seen.contact.by,)
        elif order := orders.get(one.order_id or ""):
            asked[one.id] = (order.taken_by,)
    return keepers(unit, caller, asked) if asked else {}


def _people(unit: Unit, caller: Caller, citizen_ids: Sequence[str]) -> Mapping[str, _Called]:
    shown = citizens_desk.some(unit, caller, citizen_ids, "due_listed") if citizen_ids else {}
    return {id_: _Called.of(one) for id_, one in shown.items()}


_OF_PROPOSALS = (DueKind.PROPOSAL_DEADLINE, DueKind.AGREE_START, DueKind.BEGINNING, DueKind.REVIEW)
