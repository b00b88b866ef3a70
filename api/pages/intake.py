"""Taking a job order down while the employer is on the telephone: words first, the reading beside them.

Works by forms alone: a button reads, another finds the employer, the last one registers. Scripts only press
the first two while one types.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.access.scopes import Scope, may, require
from api.casework import contacts
from api.casework import employers as employers_desk
from api.casework import job_orders as desk
from api.casework.contacts import NewContact
from api.casework.employer_search import MOST, found_by
from api.casework.practices import practice_of
from api.casework.readings import reading_of
from api.domain.caller import Caller
from api.domain.contacts import BY_CHANNEL, ContactAbout
from api.domain.records import EmployerRecord, IntakeChannel, JobOrderRecord, Origin
from api.exchange import values
from api.exchange.values import Given
from api.pages import intake_form
from api.pages.citizen_questions import Choice, Question, capital
from api.pages.forms import Sent, Unacceptable, Values, Wrong, wrong_by_name
from api.pages.intake_chips import Chips, Desk, chips_of
from api.pages.intake_form import NEW_EMPLOYER
from api.pages.rendering import render
from api.pages.task_form import TASK
from api.routes.bodies import StrictRoute
from api.routes.guards import ContactsWrite, EmployersRead, JobOrdersWrite
from api.routes.idempotency import Once
from api.routes.language import Translate, label, language_of, translator
from api.routes.units import ReadUnit, WriteUnit
from api.schemas.job_orders import JobOrderCreate
from api.store import Unit, employers, new_id
from geo import Refused
from geo.errors import N_
from matching.language import speech
from matching.orders import TASK_FIELDS
from matching.reading import TaskReading
from matching.times import DENMARK_TIME
from matching.vocabulary import parse_code

router = APIRouter(prefix="/intake", include_in_schema=False, route_class=StrictRoute)
LABELS = {
    "name": N_("Name"),
    "cvr": N_("CVR number"),
    "phone": N_("Telephone"),
    "contact_person": N_("Contact person"),
    "street": N_("Street"),
    "house_number": N_("House number"),
    "postcode": N_("Postcode"),
    "town": N_("Town"),
}


@dataclass(frozen=True, slots=True)
class IntakePage:
    """The form; `found` are the employers that the words name, `chosen` the one whose order it is.

    `carried` is the field of a new employer in which words belong that name nobody; empty without such.
    `before` is what the reading puts into the fields, to tell later what the consultant has corrected.
    """

    text: Question
    title: Question
    find: Question
    found: tuple[EmployerRecord, ...]
    cut: bool
    carried: str
    chosen: EmployerRecord | None
    new: tuple[Question, ...]
    channel: Question
    origin: Question
    received_on: Question
    follow_up_on: Question
    noted: bool
    notes: bool
    chips: Chips
    before: Values
    token: str
    wrong: tuple[Wrong, ...]
    registers_employers: bool
    template: str = "intake.html"

    @property
    def chosen_id(self) -> str:
        """The id of the chosen employer; empty without one."""
        return self.chosen.id if self.chosen else ""


@router.get("")
def intake(
    request: Request, caller: JobOrdersWrite, _employers: EmployersRead, unit: ReadUnit, done: str = ""
) -> HTMLResponse:
    """The empty form; `done` says that a call about somebody employed has been written down."""
    return _shown(request, unit, caller, {}, noted=done == "employee")


@router.post("/reading")
def read_words(
    request: Request, caller: JobOrdersWrite, _employers: EmployersRead, unit: ReadUnit, sent: Sent
) -> HTMLResponse:
    """The form with what the words say, and the employers that are looked for."""
    return _shown(request, unit, caller, sent)


@router.post("/employee")
def about_an_employee(
    request: Request, caller: ContactsWrite, _orders: JobOrdersWrite, unit: WriteUnit, sent: Sent
) -> Response:
    """Write down that the employer called about somebody who works there already; no order comes of it."""
    translate = translator(language_of(request.scope))
    told = intake_form.sent(sent)
    try:
        if not told["employer_id"]:
            raise Refused("find", N_("It is not said who called."), N_("Choose the employer."))
        contacts.record(unit, caller, told["employer_id"], _contact(told))
    except Refused as refused:
        named = {"note": "text"}.get(refused.field, refused.field)
        place = named if named in {"text", *intake_form.CALL} else "find"
        return _shown(request, unit, caller, sent, (Wrong(place, refused.said(translate)),))
    return RedirectResponse("/intake?done=employee", 303)


def _contact(told: Values) -> NewContact:
    def day(name: str) -> date | None:
        return values.day(Given.typed(name, told[name]))

    channel = parse_code(IntakeChannel, "channel", told["channel"] or str(IntakeChannel.PHONE))
    return NewContact(
        kind=BY_CHANNEL[channel],
        on=day("received_on"),
        by_employer=True,
        about=ContactAbout.EMPLOYEE,
        note=told["text"],
        follow_up_on=day("follow_up_on"),
    )


@router.post("")
def register(
    request: Request, caller: JobOrdersWrite, _employers: EmployersRead, unit: WriteUnit, sent: Sent
) -> Response:
    """Take the order down with the task as it stands in the form, or say what is wrong with it."""
    translate = translator(language_of(request.scope))
    told = intake_form.sent(sent)
    reading = _reading(told)
    if intake_form.read_unseen(sent, intake_form.values_of(reading, speech(language_of(request.scope)))):
        look = translate(N_("Look at what was read here, and register then."))
        return _shown(
            request, unit, caller, sent, (Wrong("title", look), *intake_form.nobody_asks(told, translate))
        )

    def take_down() -> Response:
        order, new = intake_form.read_whole(told, reading, caller.municipality, translate)
        if new:
            require(caller, Scope.EMPLOYERS_WRITE)
        kept = _kept(unit, caller, order, new, translate)
        return RedirectResponse(f"/job-orders/{kept.id}?done=registered", 303)

    try:
        # whoever presses twice is led to the order of the first press
        return Once(intake_form.pressed(sent), "").answer(unit, caller, take_down)
    except Unacceptable as unacceptable:
        return _shown(request, unit, caller, sent, unacceptable.wrong)


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
        name = f"new.{refused.field}" if new and refused.field in NEW_EMPLOYER else refused.field
        place = {"employer_id": "find", "p_number": "new.cvr"}.get(name, name)
        raise Unacceptable((Wrong(place, refused.said(translate)),)) from None


def _shown(
    request: Request,
    unit: Unit,
    caller: Caller,
    sent: Values,
    wrong: tuple[Wrong, ...] = (),
    *,
    noted: bool = False,
) -> HTMLResponse:
    language = language_of(request.scope)
    said, translate = speech(language), translator(language)
    reading = _reading(intake_form.sent(sent))
    before = intake_form.values_of(reading, said)
    told = intake_form.filled(sent, before)
    chosen = employers.find(unit, caller, told["employer_id"]) if told["employer_id"] else None
    problems = wrong_by_name(wrong)
    required = practice_of(unit, caller.municipality).required_answers

    def field(name: str, text: str, choices: tuple[Choice, ...] = ()) -> Question:
        return Question(name, text, told[name], choices, problems.get(name, ""))

    found = found_by(unit, caller, told["find"]) if told["find"] else ()
    carried = "" if found or chosen or not told["find"] else intake_form.field_of(told["find"])
    if carried and not any(told[f"new.{name}"] for name in NEW_EMPLOYER):
        told[carried] = told["find"]
    page = IntakePage(
        text=field("text", translate(N_("Write what the employer says"))),
        title=field("title", translate(N_("In short"))),
        find=field("find", translate(N_("Who asks?"))),
        found=found,
        cut=len(found) == MOST,
        carried=carried,
        chosen=chosen,
        new=tuple(field(f"new.{name}", translate(LABELS[name])) for name in NEW_EMPLOYER),
        channel=replace(
            field("channel", translate(N_("Came in by")), _codes(language, "channel", IntakeChannel)),
            value=told["channel"] or str(IntakeChannel.PHONE),
        ),
        origin=replace(
            field("origin", translate(N_("Came about through")), _codes(language, "origin", Origin)),
            value=told["origin"] or str(Origin.EMPLOYER),
        ),
        received_on=replace(
            field("received_on", translate(N_("Received"))),
            value=told["received_on"] or f"{datetime.now(DENMARK_TIME):%d-%m-%Y}",
        ),
        follow_up_on=field("follow_up_on", translate(N_("Come back to it on"))),
        noted=noted,
        notes=may(caller, Scope.CONTACTS_WRITE),
        chips=chips_of(Desk(told, reading, required, chosen, problems, said, translate)),
        before={name: before.get(name, "") for name in TASK},
        token=sent.get(intake_form.TOKEN) or new_id(),
        wrong=wrong,
        registers_employers=may(caller, Scope.EMPLOYERS_WRITE),
    )
    return render(request, page, 422 if wrong else 200)


def _reading(told: Values) -> TaskReading:
    today = datetime.now(DENMARK_TIME).date()
    try:
        received = values.day(Given.typed("received_on", told["received_on"]))
    except Refused:
        received = None
    return reading_of(told["text"], "", received or today)


def _codes(language: Any, context: str, codes: Any) -> tuple[Choice, ...]:
    return tuple(Choice(str(code), capital(label(language, context, code))) for code in codes)
