"""Taking a job order down while the employer is on the telephone: words first, the reading beside them.

Works by forms alone: a button reads, another finds the employer, the last one registers. Scripts only press
the first two while one types.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.access.scopes import Scope, require
from api.casework import contacts, drafts, follow_ups
from api.casework import employers as employers_desk
from api.casework import job_orders as desk
from api.casework.contacts import NewContact
from api.casework.employer_search import near_by
from api.domain.caller import Caller
from api.domain.contacts import BY_CHANNEL, ContactAbout
from api.domain.records import EmployerRecord, IntakeChannel, JobOrderRecord
from api.exchange.days import day_ahead, day_back
from api.exchange.values import Given
from api.pages import intake_form
from api.pages.call_draft import begun_calls, fields_of
from api.pages.forms import Unacceptable, Values, Wrong
from api.pages.intake_form import NEW_EMPLOYER, Bounded
from api.pages.intake_page import page_of, reading_in
from api.pages.rendering import render
from api.routes.bodies import StrictRoute
from api.routes.guards import ContactsWrite, EmployersRead, JobOrdersWrite
from api.routes.idempotency import Once
from api.routes.language import Translate, language_of, translator
from api.routes.units import ReadUnit, store_of
from api.schemas.job_orders import JobOrderCreate
from api.store import Unit, new_id
from geo import Refused
from geo.errors import N_
from matching.language import speech
from matching.orders import TASK_FIELDS
from matching.vocabulary import parse_code

router = APIRouter(prefix="/intake", include_in_schema=False, route_class=StrictRoute)


@router.get("")
def intake(
    request: Request,
    caller: JobOrdersWrite,
    _employers: EmployersRead,
    unit: ReadUnit,
    called: Annotated[str, Query(max_length=64)] = "",
    draft: Annotated[str, Query(max_length=64)] = "",
) -> HTMLResponse:
    """The empty form, or one that was broken off, named by `draft`.

    `called` is the call about somebody employed that has been written down a moment ago.
    """
    sent = fields_of(unit, caller, draft) if draft else {}
    page = page_of(unit, caller, sent, language_of(request.scope))
    others = tuple(one for one in begun_calls(unit, caller) if one.form != page.token)
    return render(
        request, replace(page, noted=follow_ups.of(unit, caller, called) if called else None, begun=others)
    )


@router.post("/reading")
def read_words(
    request: Request, caller: JobOrdersWrite, _employers: EmployersRead, unit: ReadUnit, sent: Bounded
) -> HTMLResponse:
    """The form with what the words say, and the employers that are looked for."""
    return _shown(request, unit, caller, sent)


@router.post("/employee")
def about_an_employee(
    request: Request, caller: ContactsWrite, _orders: JobOrdersWrite, sent: Bounded
) -> Response:
    """Write down that the employer called about somebody who works there already; no order comes of it."""
    translate = translator(language_of(request.scope))
    told = intake_form.sent(sent)

    def write_down(unit: Unit) -> Response:
        contact_id = _call_kept(unit, caller, told, sent, translate)
        return RedirectResponse(f"/intake?called={contact_id}", 303)

    return _taken_down(request, caller, sent, write_down)


def _taken_down(request: Request, caller: Caller, sent: Values, keep: Callable[[Unit], Response]) -> Response:
    """What `keep` answers, once however often it is pressed; the form again with what is wrong."""
    # what is turned away may have written something before it was, so the unit is this form's own
    store = store_of(request)
    try:
        with store.unit() as unit:
            answer = Once(intake_form.pressed(sent), "").answer(unit, caller, lambda: keep(unit))
            if form := sent.get(intake_form.TOKEN):
                drafts.written_down(unit, caller, form)
            unit.commit()
            return answer
    except Unacceptable as unacceptable:
        with store.unit(read_only=True) as unit:
            return _shown(request, unit, caller, sent, unacceptable.wrong)


def _call_kept(unit: Unit, caller: Caller, told: Values, sent: Values, translate: Translate) -> str:
    """The id of the call, written down with its employer, who may be new; raises `Unacceptable`."""
    employer_id = told["employer_id"] or new_id()
    new = intake_form.new_employer(told, employer_id, caller.municipality, translate)
    if not told["employer_id"] and not new:
        remedy = N_("Choose the employer, or write down a new one.")
        nobody = Refused("find", N_("It is not said who called."), remedy)
        raise Unacceptable((Wrong("find", nobody.said(translate)),))
    if new:
        require(caller, Scope.EMPLOYERS_WRITE)
        _require_told(unit, caller, new, sent, translate)
    try:
        if new:
            employers_desk.register(unit, caller, new)
        return contacts.record(unit, caller, employer_id, _contact(told)).contact.id
    except Refused as refused:
        named = "text" if refused.field == "note" else _place_of(refused, new)
        place = named if named in {"text", *intake_form.CALL} else "find"
        raise Unacceptable((Wrong(place, refused.said(translate)),)) from None


def _contact(told: Values) -> NewContact:
    channel = parse_code(IntakeChannel, "channel", told["channel"] or str(IntakeChannel.PHONE))
    return NewContact(
        kind=BY_CHANNEL[channel],
        on=day_back(Given.typed("received_on", told["received_on"])),
        by_employer=True,
        about=ContactAbout.EMPLOYEE,
        note=told["text"],
        follow_up_on=day_ahead(Given.typed("follow_up_on", told["follow_up_on"])),
    )


@router.post("")
def register(request: Request, caller: JobOrdersWrite, _employers: EmployersRead, sent: Bounded) -> Response:
    """Take the order down with the task as it stands in the form, or say what is wrong with it."""
    translate = translator(language_of(request.scope))
    told = intake_form.sent(sent)
    reading = reading_in(told)
    if intake_form.read_unseen(sent, intake_form.values_of(reading, speech(language_of(request.scope)))):
        look = translate(N_("Look at what was read here, and register then."))
        wrong = (Wrong("title", look), *intake_form.nobody_asks(told, translate))
        with store_of(request).unit(read_only=True) as unit:
            return _shown(request, unit, caller, sent, wrong)

    def take_down(unit: Unit) -> Response:
        order, new = intake_form.read_whole(told, reading, caller.municipality, translate)
        if new:
            require(caller, Scope.EMPLOYERS_WRITE)
            _require_told(unit, caller, new, sent, translate)
        kept = _kept(unit, caller, order, new, translate)
        return RedirectResponse(f"/job-orders/{kept.id}?done=registered", 303)

    # whoever presses twice is led to the order of the first press
    return _taken_down(request, caller, sent, take_down)


def _require_told(
    unit: Unit, caller: Caller, new: EmployerRecord, sent: Values, translate: Translate
) -> None:
    """Say once, before anything is stored, whose name is near to that of a new employer."""
    offered = sent.get(intake_form.TOLD_NEAR, "").split()
    alike = [one.name for one in near_by(unit, caller, new.name) if one.id not in offered]
    if alike:
        said = translate(N_("There is already {names}. Choose it above, or register again if it is another."))
        raise Unacceptable((Wrong("new.name", said.format(names=", ".join(alike))),))


def _kept(
    unit: Unit, caller: Caller, order: JobOrderCreate, new: EmployerRecord | None, translate: Translate
) -> JobOrderRecord:
    try:
        if new:
            employers_desk.register(unit, caller, new)
        plain = {
            name: getattr(order, name) for name in JobOrderCreate.model_fields if name not in TASK_FIELDS
        }
        fields: dict[str, Any] = {**plain, "state": order.begins, "task": order.to_task()}
        return desk.register(
            unit, caller, JobOrderRecord(id=new_id(), municipality=caller.municipality, **fields)
        )
    except Refused as refused:
        raise Unacceptable((Wrong(_place_of(refused, new), refused.said(translate)),)) from None


def _place_of(refused: Refused, new: EmployerRecord | None) -> str:
    """The field of the form that a refusal of the desk is about."""
    name = f"new.{refused.field}" if new and refused.field in NEW_EMPLOYER else refused.field
    return {"employer_id": "find", "p_number": "new.cvr"}.get(name, name)


def _shown(
    request: Request,
    unit: Unit,
    caller: Caller,
    sent: Values,
    wrong: tuple[Wrong, ...] = (),
) -> HTMLResponse:
    page = page_of(unit, caller, sent, language_of(request.scope), wrong)
    return render(request, page, 422 if wrong else 200)
