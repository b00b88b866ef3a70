"""What is answered on the page of a job order: by the employer, and by the candidates who hang on themselves.

The candidates move at once. Each answer is told where the questions stand, and taken back there by one press.
"""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.casework import answers as answers_desk
from api.casework import job_orders as desk
from api.domain.answers import fact_of
from api.pages.answers import (
    About,
    Said,
    Version,
    record_for_employer,
    record_place,
    record_written,
)
from api.pages.job_order import not_heard
from api.routes.answers import Id
from api.routes.bodies import StrictRoute
from api.routes.guards import CitizensWrite, EmployersWrite, JobOrdersRead, JobOrdersWrite
from api.routes.units import WriteUnit, store_of

router = APIRouter(prefix="/job-orders/{order_id}", include_in_schema=False, route_class=StrictRoute)
CitizenId = Annotated[str, Form(max_length=64)]


@router.post("/answers")
def answer(
    request: Request, order_id: Id, caller: JobOrdersWrite, _orders: JobOrdersRead, about: About, answer: Said
) -> Response:
    """Record what the employer answered about this order.

    Words that tell of no hours or times stay in their field, with the reason.
    """
    if no_answer := record_written(request, caller, order_id, about, answer):
        return not_heard(request, caller, order_id, no_answer)
    return _back(order_id, of=order_id)


@router.post("/answers/undo")
def take_back(
    order_id: Id, caller: JobOrdersWrite, unit: WriteUnit, about: About, version: Version, seen: Version
) -> Response:
    """Let an answer about this order be what it was before it was given."""
    answers_desk.take_back_of_order(unit, caller, order_id, fact_of(about), version, seen)
    return _back(order_id)


@router.post("/workplace-answers")
def answer_for_workplace(
    order_id: Id, caller: EmployersWrite, unit: WriteUnit, about: About, answer: Said
) -> Response:
    """Record what the employer answered for every task there."""
    order = desk.read(unit, caller, order_id)
    record_for_employer(unit, caller, order.employer_id, about, answer)
    return _back(order_id, of=order.employer_id)


@router.post("/workplace-answers/undo")
def take_back_for_workplace(
    order_id: Id, caller: EmployersWrite, unit: WriteUnit, about: About, version: Version, seen: Version
) -> Response:
    """Let an answer for every task there be what it was before it was given, the place among them."""
    order = desk.read(unit, caller, order_id)
    answers_desk.take_back_of_employer(unit, caller, order.employer_id, fact_of(about), version, seen)
    return _back(order_id)


@router.post("/place")
def answer_place(
    request: Request, order_id: Id, caller: EmployersWrite, _orders: JobOrdersRead, answer: Said
) -> Response:
    """Record where the work is, from an address or a postcode; it is the employer's place.

    Words that tell of no place stay in their field, with the reason.
    """
    with store_of(request).unit(read_only=True) as unit:
        order = desk.read(unit, caller, order_id)
    if no_answer := record_place(request, caller, order.employer_id, answer):
        return not_heard(request, caller, order_id, no_answer)
    return _back(order_id, of=order.employer_id)


@router.post("/abilities")
def answer_for_citizen(
    order_id: Id, caller: CitizensWrite, unit: WriteUnit, citizen_id: CitizenId, about: About, answer: Said
) -> Response:
    """Record whether a candidate has what the work requires."""
    desk.read(unit, caller, order_id)
    answers_desk.answer_of_citizen(unit, caller, citizen_id, fact_of(about), answer)
    return _back(order_id, of=citizen_id)


@router.post("/abilities/undo")
def take_back_of_citizen(
    order_id: Id,
    caller: CitizensWrite,
    unit: WriteUnit,
    citizen_id: CitizenId,
    about: About,
    version: Version,
    seen: Version,
) -> Response:
    """Let what a candidate can be what it was before it was answered."""
    desk.read(unit, caller, order_id)
    answers_desk.take_back_of_citizen(unit, caller, citizen_id, fact_of(about), version, seen)
    return _back(order_id)


def _back(order_id: str, of: str = "") -> Response:
    """The page at its questions; `of` is the record whose last change was the answer, none after an undo."""
    told = {"done": "answered", "of": of} if of else {"done": "taken-back"}
    return RedirectResponse(f"/job-orders/{order_id}?{urlencode(told)}#questions", 303)
