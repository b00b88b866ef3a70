"""Contacts with employers: written down by every team, read as one history, few by the municipality's limit.

What has happened is always written down, also beyond the limit; a contact to come is reserved, within it. A
contact that names a citizen who is not open to the caller is shown by initials, without what was said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from api.access import audit
from api.access.masking import initials
from api.casework import citizens as citizens_desk
from api.casework import employers as employers_desk
from api.casework.practices import practice_of
from api.domain.caller import Caller
from api.domain.civil_numbers import refuse_civil_numbers
from api.domain.contacts import (
    REACHES_NOBODY,
    ContactAbout,
    ContactDays,
    ContactKind,
    ContactLimit,
    ContactReply,
    EmployerContact,
    Rest,
    WhyResting,
    require_follow_up,
)
from api.domain.plausible_days import require_not_far_off, require_not_long_ago
from api.domain.records import EmployerRecord
from api.domain.working_days import Calendar, day_of
from api.store import (
    Unit,
    citizens,
    contact_days,
    contacts,
    employers,
    job_orders,
    new_id,
    promises,
    reservations,
)
from api.store.errors import Missing
from geo import Refused
from geo.errors import N_


@dataclass(frozen=True, kw_only=True)
class NewContact:
    """A contact to write down; without `on` it was today.

    `team` is who made it, in their own word; without `order_id` and `citizen_id` it was about neither.
    `reservation_id` names the reserved day it uses up, else the caller's own nearest one is used up.
    """

    kind: ContactKind
    on: date | None = None
    by_employer: bool = False
    about: ContactAbout = ContactAbout.NEW_WORK
    order_id: str | None = None
    citizen_id: str | None = None
    team: str = ""
    note: str = ""
    reply: ContactReply = ContactReply.UNKNOWN
    follow_up_on: date | None = None
    reservation_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class ContactSeen:
    """A contact as far as it is open to the caller: what was said goes with the citizen, named by `initials`.

    Both are empty for a contact about nobody; `name` is None unless the citizen is open to the caller.
    `come_back_on` is when somebody came back to it, by a later contact or as they have said.
    """

    contact: EmployerContact
    initials: str = ""
    name: str | None = None
    come_back_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class LimitState:
    """How far the limit of contacts with an employer is used up.

    `taken` are the days that count: contacts of all teams within the window, and days reserved.
    `next_free_on` is the first day, from today, on which the employer may be contacted once more,
    `offered_on` the first such day on which people work. `why` says what keeps it from being today.
    """

    limit: ContactLimit
    taken: tuple[date, ...]
    next_free_on: date
    offered_on: date
    why: WhyResting | None


@dataclass(frozen=True, kw_only=True)
class ContactHistory:
    """The contacts with an employer, the latest first, with where the next ones go on and the limit."""

    items: tuple[ContactSeen, ...]
    next: contacts.Key | None
    state: LimitState


def record(unit: Unit, caller: Caller, employer_id: str, new: NewContact) -> ContactSeen:
    """Write a contact down; the employer's last contact and every list of employers follow.

    One that counts against the limit uses up a reserved day. Raises `Missing`, `NotYourWork` for a citizen
    who is not open to the caller, and `Refused` for a day to come or a year that is a slip, a follow-up
    before the contact, "not now" without one, an order that is not the employer's, and a civil registration
    number.
    """
    employer = employers.held(unit, caller, employer_id)
    contact = _contact(unit, caller, employer, new)
    contacts.add(unit, caller, contact)
    used_up = None
    if contact.counts:
        # the day that was reserved for this conversation is used up by the first contact of it
        if new.reservation_id is not None or not contact_days.is_counted(unit, caller, contact):
            used_up = use_up(unit, caller, contact, new.reservation_id)
        if employer.last_contact_on is None or employer.last_contact_on < contact.on:
            employers.replace(unit, caller, replace(employer, last_contact_on=contact.on), employer.version)
    details = {"contact": contact.id, "kind": str(contact.kind), "by_employer": contact.by_employer}
    details |= {"reservation": used_up} if used_up else {}
    audit.record(
        unit,
        caller,
        "contact_recorded",
        citizen_id=contact.citizen_id,
        subject=employer_id,
        details=details,
    )
    return _seen(unit, caller, [contact])[0]


def next_try(unit: Unit, caller: Caller, on: date | None = None) -> date | None:
    """The working day after a contact in vain, today's without a day; None where that is over already."""
    today = day_of(unit.at)
    following = next(practice_of(unit, caller.municipality).calendar.after(on or today), None)
    return following if following and following >= today else None


def with_next_try(unit: Unit, caller: Caller, new: NewContact) -> NewContact:
    """A contact as the pages write it down: who was not reached is tried again on the next working day.

    A day that was given stays, and what the employer began or can still be read waits for its answer.
    """
    missed = new.reply is ContactReply.NOT_ANSWERED and new.kind in REACHES_NOBODY and not new.by_employer
    if not missed or new.follow_up_on:
        return new
    return replace(new, follow_up_on=next_try(unit, caller, new.on))


def of_employer(
    unit: Unit, caller: Caller, employer_id: str, after: contacts.Key | None = None, limit: int = 50
) -> ContactHistory:
    """The history of an employer and how far the limit is used up; an audit row for each citizen named."""
    employer = employers_desk.read(unit, caller, employer_id)
    latest, next_key = contacts.of_employer(unit, caller, employer_id, after, limit)
    shown = listed(unit, caller, latest, "contact_listed")
    return ContactHistory(items=shown, next=next_key, state=state_of(unit, caller, employer))


def read(unit: Unit, caller: Caller, employer_id: str, contact_id: str) -> ContactSeen:
    """One contact with an employer; a look at the citizen it names is written down. Raises `Missing`."""
    return listed(unit, caller, [found(unit, caller, employer_id, contact_id)], "contact_read")[0]


def state_of(unit: Unit, caller: Caller, employer: EmployerRecord, on: date | None = None) -> LimitState:
    """How far an employer's limit is used up, and the first free day from `on` or today."""
    practice, today = practice_of(unit, caller.municipality), day_of(unit.at)
    limit = practice.limit
    days = contact_days.of(unit, caller.municipality, [employer.id]).get(employer.id, ContactDays())
    days = days.with_last(employer.last_contact_on)
    taken, day = days.taken(today), on or today
    rest = days.rest(limit, today, day)
    return LimitState(
        limit=limit,
        taken=tuple(day for day in taken if (today - day).days < limit.window_days),
        next_free_on=rest.until if rest else day,
        offered_on=_offered(days, limit, practice.calendar, today, day),
        why=rest.why if rest else None,
    )


def rests_of(
    unit: Unit, caller: Caller, days: Mapping[str, ContactDays], last_contacts: Mapping[str, date | None]
) -> dict[str, Rest]:
    """Until when contacts rest, by employer; who may be contacted today is left out.

    `last_contacts` are those that lists or people have told of, and say which employers are asked about.
    """
    limit, today = practice_of(unit, caller.municipality).limit, day_of(unit.at)
    known = {id_: days.get(id_, ContactDays()).with_last(last) for id_, last in last_contacts.items()}
    rests = {id_: each.rest(limit, today, today) for id_, each in known.items() if each != ContactDays()}
    return {id_: rest for id_, rest in rests.items() if rest}


def found(unit: Unit, caller: Caller, employer_id: str, contact_id: str) -> EmployerContact:
    """One contact with an employer, unmasked; raises `Missing`."""
    contact = contacts.find(unit, caller, contact_id)
    if contact is None or contact.employer_id != employer_id:
        raise Missing("contact", contact_id)
    return contact


def listed(
    unit: Unit, caller: Caller, known: Sequence[EmployerContact], action: str
) -> tuple[ContactSeen, ...]:
    """Contacts as far as they are open to the caller; an audit row for each citizen whom one names."""
    shown = _seen(unit, caller, known)
    looks = [
        (one.contact.citizen_id, {"contact": one.contact.id, "masked": one.name is None})
        for one in shown
        if one.contact.citizen_id is not None
    ]
    if looks:
        audit.record_each(unit, caller, action, looks)
    return shown


def _contact(unit: Unit, caller: Caller, employer: EmployerRecord, new: NewContact) -> EmployerContact:
    refuse_civil_numbers({"note": new.note, "team": new.team})
    on = new.on or day_of(unit.at)
    if on > day_of(unit.at):
        remedy = N_("Reserve a day for a contact to come.")
        raise Refused("on", N_("{value} is still to come."), remedy, value=on)
    require_not_long_ago("on", on, day_of(unit.at))
    require_follow_up(on, new.reply, new.follow_up_on)
    require_not_far_off("follow_up_on", new.follow_up_on, day_of(unit.at))
    _require_their_order(unit, caller, employer, new.order_id)
    if new.citizen_id is not None:
        citizens_desk.opened_and_held(unit, caller, new.citizen_id, "contact_recorded")
    return EmployerContact(
        id=new_id(),
        municipality=caller.municipality,
        employer_id=employer.id,
        kind=new.kind,
        on=on,
        by_employer=new.by_employer,
        about=new.about,
        order_id=new.order_id,
        citizen_id=new.citizen_id,
        team=new.team,
        note=new.note,
        reply=new.reply,
        by=caller.user_id,
        at=unit.at,
        follow_up_on=new.follow_up_on,
    )


def _require_their_order(unit: Unit, caller: Caller, employer: EmployerRecord, order_id: str | None) -> None:
    if order_id is None:
        return
    order = job_orders.find(unit, caller, order_id)
    if order is None or order.employer_id != employer.id:
        problem = N_("This employer has no job order {value!r}.")
        raise Refused("order_id", problem, N_("Choose one of the employer's orders."), value=order_id)


def _offered(days: ContactDays, limit: ContactLimit, calendar: Calendar, today: date, on: date) -> date:
    """The first working day from `on` that is free; the first of all where nobody ever works."""
    free = day = days.free_on(limit, today, on)
    while (working := calendar.working_day_of(day)) is not None:
        day = days.free_on(limit, today, working)
        if day == working:
            return day
    return free


def use_up(unit: Unit, caller: Caller, contact: EmployerContact, reservation_id: str | None) -> str | None:
    """Use up the day that was reserved for this contact: the one that is named, or the caller's own nearest.

    Answers which. Raises `Refused` for a name that is no reserved day of this employer's.
    """
    reserved, _ = reservations.of_employer(unit, caller, contact.employer_id)
    mine = [one for one in reserved if one.by == caller.user_id]
    if reservation_id is not None:
        mine = [one for one in reserved if one.id == reservation_id]
        if not mine:
            problem = N_("There is no reserved day {value!r} at this employer.")
            raise Refused("reservation_id", problem, N_("Leave it out."), value=reservation_id)
    if not mine:
        return None
    nearest = min(mine, key=lambda one: (abs((one.on - contact.on).days), one.on))
    reservations.use_up(unit, caller, nearest.id, contact)
    return nearest.id


def _seen(unit: Unit, caller: Caller, listed: Sequence[EmployerContact]) -> tuple[ContactSeen, ...]:
    people = citizens.some(unit, caller, [one.citizen_id for one in listed if one.citizen_id])
    opened = citizens.open_to(unit, caller, people)
    kept = promises.kept_on(unit, caller, [one.id for one in listed if one.follow_up_on])
    shown = []
    for one in (_of_nobody(one) if one.citizen_id not in {None, *people} else one for one in listed):
        citizen = people[one.citizen_id] if one.citizen_id else None
        is_open = citizen is None or citizen.id in opened
        shown.append(
            ContactSeen(
                contact=one if is_open else _masked(one),
                initials=initials(citizen.name) if citizen else "",
                name=citizen.name if citizen and is_open else None,
                come_back_on=day_of(one.settled_at) if one.settled_at else kept.get(one.id),
            )
        )
    return tuple(shown)


def _of_nobody(contact: EmployerContact) -> EmployerContact:
    """As erasing leaves it: whom it was about may have been erased after it was found."""
    return replace(_masked(contact), citizen_id=None)


def _masked(contact: EmployerContact) -> EmployerContact:
    return replace(contact, note="", reply=ContactReply.UNKNOWN)
