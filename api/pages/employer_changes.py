"""What is changed at an employer: answers, contacts and reserved days, the place on the map, the address.

Whatever cannot be kept comes back with the page, as it was written. On what basis an employer may be
contacted first is changed in `employer_basis`.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from types import MappingProxyType
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.casework import contact_corrections as corrections
from api.casework import contacts as contact_desk
from api.casework import employers as desk
from api.casework import follow_ups, reservations
from api.casework.contacts import NewContact
from api.domain.caller import Caller
from api.domain.contacts import ContactAbout, ContactKind, ContactReply
from api.exchange.days import day_ahead, day_back
from api.exchange.values import Given
from api.pages.employer import SECTIONS, list_of_calls, not_kept
from api.pages.outcomes import noted
from api.pages.place_form import SentAddress, SentMark, refuse_unmoved
from api.pages.sign_in import local
from api.routes.addresses import ask
from api.routes.answers import Id
from api.routes.bodies import StrictRoute
from api.routes.guards import ContactsWrite, EmployersWrite
from api.routes.units import WriteUnit, store_of
from api.store import Unit
from api.store.errors import Missing
from geo import Refused
from matching.vocabulary import Answer, Demand, Support, parse_code

router = APIRouter(prefix="/employers/{employer_id}", include_in_schema=False, route_class=StrictRoute)

Day = Annotated[str, Form(max_length=40)]
Note = Annotated[str, Form(max_length=5000)]
Code = Annotated[str, Form(max_length=40)]
Seen = Annotated[int, Form(ge=1, lt=2**63)]
Back = Annotated[str, Form(max_length=1000)]


def kept(
    request: Request,
    caller: Caller,
    employer_id: str,
    done: tuple[str, str],
    typed: Mapping[str, str],
    change: Callable[[Unit], object],
    former: Mapping[str, str] = MappingProxyType({}),
) -> Response:
    """Make a change and lead back to where it is told, or show the page with what was typed and why not.

    `done` are the part of the page that the form stands in, and what has been done when it was kept;
    `former` is what an undo needs to know beside.
    """
    part, name = done
    try:
        with store_of(request).unit() as unit:
            change(unit)
            unit.commit()
    except Missing:
        raise
    except Refused as refused:
        return not_kept(request, caller, employer_id, part, refused, typed)
    return _back(employer_id, name, former)


@router.post("/answers")
def answer(request: Request, employer_id: Id, caller: EmployersWrite, about: Code, answer: Code) -> Response:
    """Record what holds for every task at the employer; `unknown` takes an answer back."""
    code = Support(about) if about in set(Support) else parse_code(Demand, "about", about)
    with store_of(request).unit() as unit:
        desk.answer(unit, caller, employer_id, code, parse_code(Answer, "answer", answer))
        unit.commit()
    return _back(employer_id, "answer")


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
    reply: Code = "",
    follow_up_on: Day = "",
    back: Back = "",
) -> Response:
    """Write a contact down, or say why it cannot be with everything that was written.

    It leads `back` to the list of calls that it was made from.
    """
    typed = {"kind": kind, "on": on, "about": about, "order_id": order_id, "by_employer": by_employer}
    typed |= {"note": note, "reply": reply, "follow_up_on": follow_up_on, "back": back}

    recorded: list[str] = []

    def record(unit: Unit) -> None:
        new = contact_desk.with_next_try(unit, caller, _contact(typed))
        recorded.append(contact_desk.record(unit, caller, employer_id, new).contact.id)

    answer = kept(request, caller, employer_id, ("contact", "contact"), typed, record)
    calls = list_of_calls(back)
    if not calls or answer.status_code != 303:
        return answer
    return RedirectResponse(noted(calls, recorded[-1], "called"), 303)


@router.post("/contacts/{contact_id}/settled")
def settle(
    employer_id: Id, contact_id: Id, caller: ContactsWrite, unit: WriteUnit, back: Back = ""
) -> Response:
    """Say that somebody has come back to a contact."""
    follow_ups.settle(unit, caller, employer_id, contact_id)
    return _followed_up(employer_id, contact_id, "settled", back)


@router.post("/contacts/{contact_id}/reopened")
def reopen(
    employer_id: Id, contact_id: Id, caller: ContactsWrite, unit: WriteUnit, back: Back = ""
) -> Response:
    """Take back that somebody has come back to a contact."""
    follow_ups.reopen(unit, caller, employer_id, contact_id)
    return _followed_up(employer_id, contact_id, "reopened", back)


@router.post("/contacts/{contact_id}/taken-back")
def take_back(employer_id: Id, contact_id: Id, caller: ContactsWrite, unit: WriteUnit) -> Response:
    """Take back a contact that was written down by mistake today."""
    corrections.take_back(unit, caller, employer_id, contact_id)
    return _back(employer_id, "contact-taken-back")


@router.post("/contacts/{contact_id}/note")
def correct_note(
    request: Request, employer_id: Id, contact_id: Id, caller: ContactsWrite, note: Note = ""
) -> Response:
    """Put another note in the place of a contact's own, or take it away."""

    def correct(unit: Unit) -> None:
        corrections.correct_note(unit, caller, employer_id, contact_id, note.strip())

    part = f"note-{contact_id}"
    return kept(request, caller, employer_id, (part, "note"), {"note": note}, correct)


@router.post("/contacts/{contact_id}/reply")
def correct_reply(
    request: Request,
    employer_id: Id,
    contact_id: Id,
    caller: ContactsWrite,
    reply: Code = "",
    follow_up_on: Day = "",
    was: Code = "",
    until: Day = "",
) -> Response:
    """Write down what the employer said, or put it right.

    `was` and `until` are what stood there, which the page can put back once; an undo sends neither.
    """

    def correct(unit: Unit) -> None:
        said = _reply(reply), day_ahead(Given.typed("follow_up_on", follow_up_on))
        corrections.correct_reply(unit, caller, employer_id, contact_id, *said)

    typed = {"reply": reply, "follow_up_on": follow_up_on}
    done = (f"reply-{contact_id}", "reply" if was else "reply-undone")
    former = {"of": contact_id, "was": was, "until": until} if was else {}
    return kept(request, caller, employer_id, done, typed, correct, former)


@router.post("/reservations")
def reserve(
    request: Request, employer_id: Id, caller: ContactsWrite, on: Day = "", reason: Note = ""
) -> Response:
    """Keep a day for a contact; where the limit stands against it, say the next free one."""

    def keep(unit: Unit) -> None:
        reservations.reserve(unit, caller, employer_id, day_ahead(Given.typed("on", on)), reason)

    return kept(request, caller, employer_id, ("reserve", "reserved"), {"on": on, "reason": reason}, keep)


@router.post("/reservations/{reservation_id}/given-back")
def give_back(request: Request, employer_id: Id, reservation_id: Id, caller: ContactsWrite) -> Response:
    """Free a reserved day."""
    with store_of(request).unit() as unit:
        reservations.give_back(unit, caller, employer_id, reservation_id)
        unit.commit()
    return _back(employer_id, "given-back")


@router.post("/mark")
def mark(
    request: Request,
    employer_id: Id,
    caller: EmployersWrite,
    seen: Seen,
    sent: Annotated[SentMark, Depends(SentMark)],
) -> Response:
    """Put the employer where somebody has marked it, on the map or by coordinates."""

    def put(unit: Unit) -> None:
        meant = sent.to_mark()
        refuse_unmoved(desk.read(unit, caller, employer_id).place, meant)
        desk.mark_by_hand(unit, caller, employer_id, meant, {seen})

    return kept(request, caller, employer_id, ("mark", "mark"), asdict(sent), put)


@router.post("/address")
def change_address(
    request: Request,
    employer_id: Id,
    caller: EmployersWrite,
    seen: Seen,
    sent: Annotated[SentAddress, Depends(SentAddress)],
) -> Response:
    """Write down where the employer is; the place is looked up for it."""
    with store_of(request).unit(read_only=True) as unit:
        before = desk.read(unit, caller, employer_id)
    after = replace(before, place=sent.to_place())
    # the address service is asked before the unit that writes, which keeps nobody waiting
    answers = ask(request, caller, after, before.place)

    def write(unit: Unit) -> None:
        desk.change(unit, caller, before, after, {seen}, answers)

    return kept(request, caller, employer_id, ("address", "address"), asdict(sent), write)


def _contact(typed: Mapping[str, str]) -> NewContact:
    return NewContact(
        kind=parse_code(ContactKind, "kind", typed["kind"]),
        on=day_back(Given.typed("on", typed["on"])),
        by_employer=typed["by_employer"] == "yes",
        about=_about(typed["about"], typed["order_id"]),
        order_id=typed["order_id"] or None,
        note=typed["note"],
        reply=_reply(typed["reply"]),
        follow_up_on=day_ahead(Given.typed("follow_up_on", typed["follow_up_on"])),
    )


def _reply(reply: str) -> ContactReply:
    return parse_code(ContactReply, "reply", reply) if reply else ContactReply.UNKNOWN


def _about(about: str, order_id: str) -> ContactAbout:
    if not about:
        return ContactAbout.JOB_ORDER if order_id else ContactAbout.NEW_WORK
    return parse_code(ContactAbout, "about", about)


def _followed_up(employer_id: str, contact_id: str, done: str, back: str) -> Response:
    """Back to the page that was pressed on, which tells of the contact; else to the employer's own."""
    if not back:
        return _back(employer_id, done)
    return RedirectResponse(noted(local(back), contact_id, "followed_up"), 303)


def _back(employer_id: str, done: str, former: Mapping[str, str] = MappingProxyType({})) -> Response:
    told = urlencode({"done": done, **former})
    return RedirectResponse(f"/employers/{employer_id}?{told}#{SECTIONS[done]}", 303)
