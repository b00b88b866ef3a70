"""One employer: what is known and who said it, its orders, every team's contacts and when the next may be."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Query, Request, Response

from api.access.scopes import Scope, may
from api.casework import contact_basis, reservations
from api.casework import contacts as contact_desk
from api.casework import employers as desk
from api.casework.contact_basis import BasisChange
from api.casework.contact_corrections import may_be_taken_back
from api.casework.contacts import ContactHistory
from api.casework.errors import ContactLimitReached
from api.casework.places import elsewhere
from api.casework.users import names_of
from api.casework.workplace_facts import Fact, facts_of, past_of
from api.domain.caller import Caller
from api.domain.contacts import ContactAbout, ContactKind, ContactReply, Reservation, WhyResting
from api.domain.records import ContactBasis, EmployerRecord, JobOrderRecord
from api.domain.working_days import day_of
from api.exchange.firsts import address_line
from api.pages.employer_map import marking_map
from api.pages.employer_parts import fitting_contacts, orders_of
from api.pages.part_by_weight import Part
from api.pages.place_form import MARKED_AS, meant
from api.pages.place_map import PlaceMap
from api.pages.rendering import render
from api.pages.sign_in import local
from api.routes.answers import Id
from api.routes.bodies import StrictRoute
from api.routes.cursors import Stretch, Stretched
from api.routes.guards import EmployersRead
from api.routes.language import language_of, translator
from api.routes.units import store_of
from api.store import Unit, centres
from api.store.errors import Stale
from geo import Precision, Refused
from matching.vocabulary import Answer

router = APIRouter(prefix="/employers/{employer_id}", include_in_schema=False, route_class=StrictRoute)
REPLIES = (ContactReply.UNKNOWN, *(reply for reply in ContactReply if reply is not ContactReply.UNKNOWN))
"""What can be chosen of, that nothing is written down first."""

SECTIONS = {
    "contact": "contacts",
    "contact-taken-back": "contacts",
    "settled": "contacts",
    "reopened": "contacts",
    "note": "contacts",
    "reply": "contacts",
    "reply-undone": "contacts",
    "reserved": "contacts",
    "given-back": "contacts",
    "basis": "basis",
    "basis-withdrawn": "basis",
    "basis-undone": "basis",
    "answer": "facts",
    "mark": "place",
    "address": "place",
}
"""What can have been done a moment ago, and the section that says so."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What was not kept, in which part of the page, and what had been written there."""

    part: str
    said: str
    typed: Mapping[str, str]
    next_free_on: date | None = None
    field: str = ""
    why: WhyResting | None = None


@dataclass(frozen=True, slots=True)
class FormerReply:
    """What stood in the place of a reply a moment ago, as the form that puts it back is sent."""

    contact_id: str
    reply: str
    follow_up_on: str


@dataclass(frozen=True, slots=True)
class ToWriteDown:
    """What the contact is about that the reader is about to write down, and which order, "" for none."""

    about: ContactAbout = ContactAbout.NEW_WORK
    order_id: str = ""


@dataclass(frozen=True, slots=True)
class EmployerPage:
    """An employer, and what of it the caller may see and do; `history` is None without sight of contacts.

    `slips` are the contacts that the caller may take back; `former` is what an undo of a reply puts back,
    `next_try` when somebody is contacted again who did not answer.
    """

    employer: EmployerRecord
    address: str
    bases: tuple[BasisChange, ...]
    facts: tuple[Fact, ...]
    orders: Part[JobOrderRecord]
    history: ContactHistory | None
    next: str | None
    names: Mapping[str, str]
    reserved: tuple[Reservation, ...]
    map: PlaceMap | None
    today: date
    writes: bool
    contacts: bool
    slips: frozenset[str]
    next_try: date | None
    done: str = ""
    back: str = ""
    former: FormerReply | None = None
    wrong: Wrong | None = None
    coming: ToWriteDown = ToWriteDown()
    kinds: tuple[ContactKind, ...] = tuple(ContactKind)
    abouts: tuple[ContactAbout, ...] = tuple(ContactAbout)
    replies: tuple[ContactReply, ...] = REPLIES
    grounds: tuple[ContactBasis, ...] = tuple(ContactBasis)
    precisions: tuple[Precision, ...] = MARKED_AS
    template: str = "employer.html"

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """The municipalities in which it lies, as it seems, where the caller's own is none of them."""
        return elsewhere(self.employer.place, self.employer.municipality)

    @property
    def known(self) -> tuple[Fact, ...]:
        """What somebody has answered."""
        return tuple(fact for fact in self.facts if fact.answer is not Answer.UNKNOWN)

    @property
    def unknown(self) -> tuple[Fact, ...]:
        """What nobody has answered."""
        return tuple(fact for fact in self.facts if fact.answer is Answer.UNKNOWN)

    @property
    def done_in(self) -> str:
        """The section in which something was done a moment ago; empty without any."""
        return SECTIONS.get(self.done, "")

    @property
    def rests(self) -> bool:
        """Whether the next contact has to wait."""
        return self.history is not None and self.history.state.next_free_on > self.today

    def is_wrong(self, part: str, name: str) -> bool:
        """Whether a field of a part is what kept it from being saved."""
        return self.wrong is not None and (self.wrong.part, self.wrong.field) == (part, name)

    def fault_at(self, part: str, name: str) -> str:
        """What is wrong with a field of a part, "" for nothing."""
        return self.wrong.said if self.wrong and self.is_wrong(part, name) else ""

    def typed(self, part: str, name: str, otherwise: str = "") -> str:
        """What had been written in a field of a part that was not kept."""
        return self.wrong.typed.get(name, "") if self.wrong and self.wrong.part == part else otherwise

    @property
    def leads_back(self) -> str:
        """The list that the reader came from to write a contact down, "" for none."""
        return list_of_calls(self.typed("contact", "back", self.back))

    @property
    def meant(self) -> Precision:
        """How precise a mark is until somebody says otherwise."""
        return meant(self.employer.place)


def list_of_calls(address: str) -> str:
    """The address where it is that of the list of calls, else ""."""
    return address if local(address) == address and urlsplit(address).path == "/calls" else ""


def _former(
    of: Annotated[str, Query(max_length=64)] = "",
    was: Annotated[str, Query(max_length=20)] = "",
    until: Annotated[str, Query(max_length=20)] = "",
) -> FormerReply | None:
    return FormerReply(of, was, until) if of and was in set(ContactReply) else None


def _coming(
    about: Annotated[str, Query(max_length=20)] = "", order: Annotated[str, Query(max_length=64)] = ""
) -> ToWriteDown:
    return ToWriteDown(ContactAbout(about), order) if about in set(ContactAbout) else ToWriteDown()


@router.get("")
def employer(
    request: Request,
    employer_id: Id,
    caller: EmployersRead,
    stretch: Stretched,
    former: Annotated[FormerReply | None, Depends(_former)],
    coming: Annotated[ToWriteDown, Depends(_coming)],
    done: str = "",
    back: Annotated[str, Query(max_length=200)] = "",
    orders: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """The employer as it is known now; `back` is the list of calls that the reader came from.

    `orders` is the part of its job orders that is shown.
    """
    told = done if done in SECTIONS else ""
    return _shown(
        request,
        caller,
        employer_id,
        stretch=stretch,
        orders=orders,
        done=told,
        former=former,
        back=back,
        coming=coming,
    )


def not_kept(
    request: Request,
    caller: Caller,
    employer_id: str,
    part: str,
    refused: Refused,
    typed: Mapping[str, str],
) -> Response:
    """The page again, saying at `part` what was not kept and why, with everything that had been written."""
    said = refused.said(translator(language_of(request.scope)))
    if isinstance(refused, ContactLimitReached):
        wrong = Wrong(part, said, typed, refused.next_free_on, "on", refused.why)
        return _shown(request, caller, employer_id, 409, wrong=wrong)
    status = 412 if isinstance(refused, Stale) else 422
    field = refused.field.removeprefix("place.")
    return _shown(request, caller, employer_id, status, wrong=Wrong(part, said, typed, field=field))


def _shown(
    request: Request,
    caller: Caller,
    employer_id: str,
    status: int = 200,
    *,
    stretch: Stretch | None = None,
    orders: int = 1,
    done: str = "",
    back: str = "",
    former: FormerReply | None = None,
    wrong: Wrong | None = None,
    coming: ToWriteDown = ToWriteDown(),
) -> Response:
    with store_of(request).unit() as unit:
        wanted = wrong.typed.get("order_id", "") if wrong else coming.order_id
        stretch = stretch or Stretch(f"/employers/{employer_id}")
        page = _page(unit, caller, employer_id, stretch, orders, wanted)
        # looks at the citizens whom contacts name are written down before anything is shown
        unit.commit()
    page = replace(page, done=done, back=back, former=former, wrong=wrong, coming=coming)
    return render(request, page, status)


def _page(
    unit: Unit, caller: Caller, employer_id: str, stretch: Stretch, orders: int, wanted: str
) -> EmployerPage:
    record = desk.read(unit, caller, employer_id)
    history: ContactHistory | None = None
    reserved: tuple[Reservation, ...] = ()
    if may(caller, Scope.CONTACTS_READ):
        most = fitting_contacts(unit, caller, employer_id, stretch.after_day)
        history = contact_desk.of_employer(unit, caller, employer_id, stretch.after_day, most)
        reserved, _, _ = reservations.of_employer(unit, caller, employer_id)
    known = centres.page(unit, caller, limit=200).items
    past = past_of(unit, caller, record)
    bases = contact_basis.changes(past)
    listed = [seen.contact for seen in history.items] if history else []
    people = [one.by for one in listed]
    return EmployerPage(
        employer=record,
        address=address_line(record.place),
        bases=bases,
        facts=facts_of(unit, caller, record, past),
        orders=orders_of(unit, caller, employer_id, orders, wanted),
        history=history,
        next=stretch.next(history.next) if history else None,
        names=names_of(unit, caller, [*people, *(one.by for one in reserved), *(one.by for one in bases)]),
        reserved=reserved,
        map=marking_map(known, record.place.point),
        today=day_of(unit.at),
        writes=may(caller, Scope.EMPLOYERS_WRITE),
        contacts=may(caller, Scope.CONTACTS_WRITE),
        slips=frozenset(one.id for one in listed if may_be_taken_back(unit, caller, one)),
        next_try=contact_desk.next_try(unit, caller),
    )
