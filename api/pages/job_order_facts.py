"""The task of a job order corrected afterwards, in the form in which it was taken down.

Who has the form open while somebody else corrects the same order sees both versions and chooses.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.casework import employers as employers_desk
from api.casework import job_orders as desk
from api.casework.practices import practice_of
from api.casework.readings import made_ready, reading_of
from api.casework.versions import others_since, own_since
from api.domain.caller import Caller
from api.domain.records import EmployerRecord, JobOrderRecord, RecordKind
from api.pages.citizen_questions import Question
from api.pages.conflict import OWN_CHANGE, ConflictPage, conflict_of
from api.pages.forms import Sent, Told, Unacceptable, Values, Wrong, seen_in, wrong_by_name
from api.pages.intake_chips import Chips, Desk, chips_of_order
from api.pages.rendering import render
from api.pages.task_form import sent_task, task_body, values_of_order, wrong_in
from api.routes.answers import Id
from api.routes.bodies import StrictRoute
from api.routes.guards import JobOrdersWrite
from api.routes.language import Translate, language_of, translator
from api.routes.units import ReadUnit, WriteUnit
from api.schemas.job_orders import JobOrderCreate
from api.store import Unit
from api.store.errors import Missing, Stale
from geo.errors import N_
from matching.language import Speech, speech

router = APIRouter(prefix="/job-orders/{order_id}/facts", include_in_schema=False, route_class=StrictRoute)


@dataclass(frozen=True, slots=True)
class FactsPage:
    """The form with the order in it, and the version that it was filled in from."""

    id: str
    name: str
    employer: EmployerRecord
    title: Question
    text: Question
    chips: Chips
    version: int
    wrong: tuple[Wrong, ...] = ()
    template: str = "job_order_facts.html"


@router.get("")
def facts(request: Request, order_id: Id, caller: JobOrdersWrite, unit: ReadUnit) -> Response:
    """The order as it is known, to be corrected."""
    order = desk.read(unit, caller, order_id)
    told = values_of_order(order, _speech(request))
    return render(request, _page(request, unit, caller, order, told))


@router.post("", dependencies=[Depends(made_ready)])
def correct(request: Request, order_id: Id, caller: JobOrdersWrite, unit: WriteUnit, sent: Sent) -> Response:
    """Keep what the form says: all of it, or nothing with a sentence why."""
    now = desk.read(unit, caller, order_id)
    told, seen = sent_task(sent), seen_in(sent)
    try:
        after = _corrected(now, told, translator(language_of(request.scope)))
    except Unacceptable as unacceptable:
        page = _page(request, unit, caller, now, told, unacceptable.wrong)
        return render(request, replace(page, version=seen or now.version), 422)
    if after == now:
        return RedirectResponse(f"/job-orders/{order_id}", 303)
    base = _version(unit, caller, order_id, seen)
    try:
        kept = desk.change(unit, caller, now, after, {_stands_on(now, base, _speech(request))})
    except Stale:
        since = (unit, caller, RecordKind.JOB_ORDER, order_id, seen)
        both = _conflict(request, unit, caller, now, told, base, own_since(*since))
        return render(request, replace(both, by=others_since(*since)), 412)
    return RedirectResponse(f"/job-orders/{order_id}?done=corrected&back={kept.version - 1}", 303)


@router.post("/undo")
def undo(
    order_id: Id,
    caller: JobOrdersWrite,
    unit: WriteUnit,
    version: Annotated[int, Form(ge=1, lt=2**63)],
    seen: Annotated[int, Form(ge=1, lt=2**63)],
) -> Response:
    """Put the task back as at an earlier version."""
    desk.put_back(unit, caller, order_id, version, {seen})
    return RedirectResponse(f"/job-orders/{order_id}?done=undone", 303)


def _corrected(now: JobOrderRecord, told: Values, translate: Translate) -> JobOrderRecord:
    """The order with what the form says; raises `Unacceptable`. The schema that the API reads decides."""
    form = Told(told, translate)
    shares = {str(code): share for code, share in now.task.activities.items()}
    body = {**task_body(form, shares), "employer_id": now.employer_id}
    order = form.checked(JobOrderCreate, body, lambda one: wrong_in(one, translate), JobOrderCreate.to_task)
    if order is None or form.wrong:
        raise Unacceptable(tuple(form.wrong))
    return replace(now, title=order.title, text=order.text, places=order.places, task=order.to_task())


def _version(unit: Unit, caller: Caller, order_id: str, version: int) -> JobOrderRecord | None:
    try:
        return desk.at_version(unit, caller, order_id, version)
    except Missing:
        return None


def _stands_on(now: JobOrderRecord, base: JobOrderRecord | None, said: Speech) -> int:
    """The version that the form may replace: a suggestion, say, changes nothing of what the form shows."""
    if base is None:
        return 0
    return now.version if values_of_order(base, said) == values_of_order(now, said) else base.version


def _conflict(
    request: Request,
    unit: Unit,
    caller: Caller,
    now: JobOrderRecord,
    told: Values,
    base: JobOrderRecord | None,
    own: bool,
) -> ConflictPage:
    said = _speech(request)
    heading = OWN_CHANGE if own else N_("Somebody else has corrected this job order in the meantime")
    return conflict_of(
        address=f"/job-orders/{now.id}",
        form=f"/job-orders/{now.id}/facts",
        name=now.title,
        heading=translator(language_of(request.scope))(heading),
        version=now.version,
        base=values_of_order(base, said) if base else {},
        theirs=_asked(_page(request, unit, caller, now, values_of_order(now, said))),
        mine=_asked(_page(request, unit, caller, now, told)),
        own=own,
    )


def _asked(page: FactsPage) -> Mapping[str, Question]:
    """Every question of the form, by the name of its field."""
    asked = (page.title, page.text, *(chip.question for chip in page.chips.whole))
    return {question.name: question for question in asked}


def _page(
    request: Request,
    unit: Unit,
    caller: Caller,
    order: JobOrderRecord,
    told: Values,
    wrong: tuple[Wrong, ...] = (),
) -> FactsPage:
    said, translate = _speech(request), translator(language_of(request.scope))
    employer = employers_desk.read(unit, caller, order.employer_id)
    problems = wrong_by_name(wrong)
    required = practice_of(unit, caller.municipality).required_answers
    reading = reading_of(order.text, order.times_text, order.received_on)

    def field(name: str, text: str) -> Question:
        return Question(name, text, told[name], (), problems.get(name, ""))

    return FactsPage(
        id=order.id,
        name=order.title,
        employer=employer,
        title=field("title", translate(N_("In short"))),
        text=field("text", translate(N_("What the employer said"))),
        chips=chips_of_order(Desk(told, reading, required, employer, problems, said, translate)),
        version=order.version,
        wrong=wrong,
    )


def _speech(request: Request) -> Speech:
    return speech(language_of(request.scope))
