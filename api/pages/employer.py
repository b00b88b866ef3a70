"""One employer: what is known and who said it, its orders, every team's contacts and when the next may be."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.access.scopes import Scope, may
from api.casework import contacts as contact_desk
from api.casework import employers as desk
from api.casework import reservations
from api.casework.contacts import ContactHistory, NewContact
from api.casework.errors import ContactLimitReached
from api.casework.places import Mark
from api.casework.users import names_of
from api.casework.workplace_facts import Fact, facts_of
from api.domain.caller import Caller
from api.domain.contacts import ContactAbout, ContactKind, Reservation
from api.domain.records import EmployerRecord, JobOrderRecord
from api.exchange import values
from api.exchange.firsts import address_line
from api.exchange.values import Given
from api.pages.employer_map import marking_map
from api.pages.place_map import PlaceMap
from api.pages.rendering import render
from api.routes.addresses import ask
from api.routes.answers import Id
from api.routes.bodies import StrictRoute
from api.routes.cursors import Stretched, cursor_of_day
from api.routes.guards import ContactsWrite, EmployersRead, EmployersWrite
from api.routes.language import language_of, translator
from api.routes.units import store_of
from api.store import Unit, centres, job_orders
from api.store.errors import Missing, Stale
from geo import Point, Precision, Refused
from geo.errors import N_
from matching.times import DENMARK_TIME
from matching.vocabulary import Answer, Demand, Support, parse_code

router = APIRouter(prefix="/employers/{employer_id}", include_in_schema=False, route_class=StrictRoute)
LATEST = 20
"""Contacts that are shown at first."""

MARKED_AS = (Precision.ADDRESS, Precision.STREET, Precision.TOWN)
"""How precisely somebody can mean a mark on a map that shows no houses."""

Line = Annotated[str, Form(max_length=200)]
Day = Annotated[str, Form(max_length=20)]
Note = Annotated[str, Form(max_length=5000)]
Code = Annotated[str, Form(max_length=40)]


@dataclass(frozen=True, slots=True)
class Wrong:
    """What was not kept, in which part of the page, and what had been written there."""

    part: str
    said: str
    typed: Mapping[str, str]
    next_free_on: date | None = None


@dataclass(frozen=True, slots=True)
class EmployerPage:
    """An employer, and what of it the caller may see and do; `history` is None without sight of contacts."""

    employer: EmployerRecord
    address: str
    facts: tuple[Fact, ...]
    orders: tuple[JobOrderRecord, ...]
    history: ContactHistory | None
    next: str | None
    names: Mapping[str, str]
    reserved: tuple[Reservation, ...]
    map: PlaceMap | None
    today: date
    writes: bool
    contacts: bool
    done: str = ""
    wrong: Wrong | None = None
    kinds: tuple[ContactKind, ...] = tuple(ContactKind)
    abouts: tuple[ContactAbout, ...] = tuple(ContactAbout)
    precisions: tuple[Precision, ...] = MARKED_AS
    template: str = "employer.html"

    @property
    def known(self) -> tuple[Fact, ...]:
        """What somebody has answered."""
        return tuple(fact for fact in self.facts if fact.answer is not Answer.UNKNOWN)

    @property
    def unknown(self) -> tuple[Fact, ...]:
        """What nobody has answered."""
        return tuple(fact for fact in self.facts if fact.answer is Answer.UNKNOWN)

    @property
    def rests(self) -> bool:
        """Whether the next contact has to wait."""
        return self.history is not None and self.history.state.next_free_on > self.today

    def typed(self, part: str, name: str, otherwise: str = "") -> str:
        """What had been written in a field of a part that was not kept."""
        return self.wrong.typed.get(name, "") if self.wrong and self.wrong.part == part else otherwise

    @staticmethod
    def day_of(moment: datetime) -> date:
        """The day of a moment, as people here reckon it."""
        return moment.astimezone(DENMARK_TIME).date()


@router.get("")
def employer(
    request: Request, employer_id: Id, caller: EmployersRead, stretch: Stretched, done: str = ""
) -> Response:
    """The employer as it is known now."""
    after = stretch.after_day
    return _shown(request, caller, employer_id, after=after, done=done if done in _DONE else "")


_DONE = ("contact", "reserved", "given-back", "settled", "answer", "mark", "address")


@router.post("/answers")
def answer(request: Request, employer_id: Id, caller: EmployersWrite, about: Code, answer: Code) -> Response:
    """Record what holds for every task at the employer; `unknown` takes an answer back."""
    code = Support(about) if about in set(Support) else parse_code(Demand, "about", about)
    with store_of(request).unit() as unit:
        desk.answer(unit, caller, employer_id, code, parse_code(Answer, "answer", answer))
        unit.commit()
    return _back(employer_id, "answer", "facts")


@router.post("/contacts")
def record_contact(
    request: Request,
    employer_id: Id,
    caller: ContactsWrite,
    kind: Code,
    on: Day = "",
    about: Code = "",
    order_id: Annotated[str, Form(max_length=64)] = "",
    by_employer: Annotated[str, Form(max_length=3)] = "",
    note: Note = "",
    follow_up_on: Day = "",
) -> Response:
    """Write a contact down, or say why it cannot be with everything that was written."""
    typed = {"kind": kind, "on": on, "about": about, "order_id": order_id, "by_employer": by_employer}
    typed |= {"note": note, "follow_up_on": follow_up_on}
    try:
        new = NewContact(
            kind=parse_code(ContactKind, "kind", kind),
            on=_day("on", on),
            by_employer=by_employer == "yes",
            about=_about(about, order_id),
            order_id=order_id or None,
            note=note,
            follow_up_on=_day("follow_up_on", follow_up_on),
        )
        with store_of(request).unit() as unit:
            contact_desk.record(unit, caller, employer_id, new)
            unit.commit()
    except Missing:
        raise
    except Refused as refused:
        return _not_kept(request, caller, employer_id, "contact", refused, typed)
    return _back(employer_id, "contact", "contacts")


@router.post("/contacts/{contact_id}/settled")
def settle(request: Request, employer_id: Id, contact_id: Id, caller: ContactsWrite) -> Response:
    """Say that somebody has come back to a contact."""
    with store_of(request).unit() as unit:
        contact_desk.settle(unit, caller, employer_id, contact_id)
        unit.commit()
    return _back(employer_id, "settled", "contacts")


@router.post("/reservations")
def reserve(
    request: Request, employer_id: Id, caller: ContactsWrite, on: Day = "", reason: Note = ""
) -> Response:
    """Keep a day for a contact; where the limit stands against it, say the next free one."""
    typed = {"on": on, "reason": reason}
    try:
        day = _day("on", on)
        with store_of(request).unit() as unit:
            reservations.reserve(unit, caller, employer_id, day, reason)
            unit.commit()
    except Missing:
        raise
    except Refused as refused:
        return _not_kept(request, caller, employer_id, "reserve", refused, typed)
    return _back(employer_id, "reserved", "contacts")


@router.post("/reservations/{reservation_id}/given-back")
def give_back(request: Request, employer_id: Id, reservation_id: Id, caller: ContactsWrite) -> Response:
    """Free a reserved day."""
    with store_of(request).unit() as unit:
        reservations.give_back(unit, caller, employer_id, reservation_id)
        unit.commit()
    return _back(employer_id, "given-back", "contacts")


@router.post("/mark")
def mark(
    request: Request,
    employer_id: Id,
    caller: EmployersWrite,
    seen: Annotated[int, Form(ge=1)],
    lat: Day = "",
    lon: Day = "",
    precision: Code = str(Precision.ADDRESS),
) -> Response:
    """Put the employer where somebody has marked it, on the map or by coordinates."""
    typed = {"lat": lat, "lon": lon, "precision": precision}
    try:
        point = Point(_degrees("lat", lat), _degrees("lon", lon))
        meant = Mark(point=point, precision=parse_code(Precision, "precision", precision))
        with store_of(request).unit() as unit:
            desk.mark_by_hand(unit, caller, employer_id, meant, {seen})
            unit.commit()
    except (Missing, Stale):
        raise
    except Refused as refused:
        return _not_kept(request, caller, employer_id, "mark", refused, typed)
    return _back(employer_id, "mark", "place")


@router.post("/address")
def change_address(
    request: Request,
    employer_id: Id,
    caller: EmployersWrite,
    seen: Annotated[int, Form(ge=1)],
    street: Line = "",
    house_number: Line = "",
    postcode: Line = "",
    town: Line = "",
) -> Response:
    """Write down where the employer is; the place is looked up for it."""
    typed = {"street": street, "house_number": house_number, "postcode": postcode, "town": town}
    told = {name: " ".join(text.split()) for name, text in typed.items()}
    try:
        with store_of(request).unit(read_only=True) as unit:
            before = desk.read(unit, caller, employer_id)
        place = replace(before.place, point=None, **told)  # type: ignore[arg-type]
        after = replace(before, place=place)
        answers = ask(request, caller, after, before.place)
        with store_of(request).unit() as unit:
            desk.change(unit, caller, before, after, {seen}, answers)
            unit.commit()
    except (Missing, Stale):
        raise
    except Refused as refused:
        return _not_kept(request, caller, employer_id, "address", refused, typed)
    return _back(employer_id, "address", "place")


def _about(about: str, order_id: str) -> ContactAbout:
    if not about:
        return ContactAbout.JOB_ORDER if order_id else ContactAbout.NEW_WORK
    return parse_code(ContactAbout, "about", about)


def _day(field: str, text: str) -> date | None:
    return values.day(Given(field, text.strip(), lambda *_, **__: None))


def _degrees(field: str, text: str) -> float:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        remedy = N_("Write degrees like 55.2299, or mark the place on the map.")
        raise Refused(field, N_("{value!r} is not a coordinate."), remedy, value=text) from None


def _back(employer_id: str, done: str, part: str) -> Response:
    return RedirectResponse(f"/employers/{employer_id}?done={done}#{part}", 303)


def _not_kept(
    request: Request,
    caller: Caller,
    employer_id: str,
    part: str,
    refused: Refused,
    typed: Mapping[str, str],
) -> Response:
    said = refused.said(translator(language_of(request.scope)))
    if isinstance(refused, ContactLimitReached):
        wrong = Wrong(part, said, typed, refused.next_free_on)
        return _shown(request, caller, employer_id, 409, wrong=wrong)
    return _shown(request, caller, employer_id, 422, wrong=Wrong(part, said, typed))


def _shown(
    request: Request,
    caller: Caller,
    employer_id: str,
    status: int = 200,
    *,
    after: tuple[date, str] | None = None,
    done: str = "",
    wrong: Wrong | None = None,
) -> Response:
    with store_of(request).unit() as unit:
        page = _page(unit, caller, employer_id, after)
        # looks at the citizens whom contacts name are written down before anything is shown
        unit.commit()
    return render(request, replace(page, done=done, wrong=wrong), status)


def _page(unit: Unit, caller: Caller, employer_id: str, after: tuple[date, str] | None) -> EmployerPage:
    record = desk.read(unit, caller, employer_id)
    history: ContactHistory | None = None
    reserved: tuple[Reservation, ...] = ()
    if may(caller, Scope.CONTACTS_READ):
        history = contact_desk.of_employer(unit, caller, employer_id, after, LATEST)
        reserved, _, _ = reservations.of_employer(unit, caller, employer_id)
    known = centres.page(unit, caller, limit=200).items
    people = [seen.contact.by for seen in history.items] if history else []
    return EmployerPage(
        employer=record,
        address=address_line(record.place),
        facts=facts_of(unit, caller, record),
        orders=job_orders.of_employer(unit, caller, employer_id)[::-1],
        history=history,
        next=cursor_of_day(history.next) if history else None,
        names=names_of(unit, caller, [*people, *(one.by for one in reserved)]),
        reserved=reserved,
        map=marking_map(known, record.place.point),
        today=unit.at.astimezone(DENMARK_TIME).date(),
        writes=may(caller, Scope.EMPLOYERS_WRITE),
        contacts=may(caller, Scope.CONTACTS_WRITE),
    )
