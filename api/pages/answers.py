"""What an employer answers on the phone, taken down from a list; the list moves at once.

Most questions are answered yes or no; hours, place of work and days are written or chosen. An answer about a
task counts before the employer's own, which holds for every task there.
"""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from api.casework import citizens as citizens_desk
from api.casework import employers as employers_desk
from api.casework import job_orders as orders_desk
from api.domain.caller import Caller
from api.exchange import values
from api.exchange.values import Given
from api.routes.answers import Id
from api.routes.bodies import StrictRoute
from api.routes.guards import EmployersWrite, JobOrdersWrite
from api.routes.units import WriteUnit
from api.store import Unit
from geo import Refused
from geo.errors import N_
from matching.reading import read_times
from matching.vocabulary import Answer, Demand, Setting, Support, parse_code

router = APIRouter(prefix="/citizens/{citizen_id}", include_in_schema=False, route_class=StrictRoute)
About = Annotated[str, Form(max_length=60)]
Said = Annotated[str, Form(max_length=200)]


class Asked(StrEnum):
    """How a question is answered."""

    YES_NO = "yes_no"
    HOURS = "hours"
    SETTING = "setting"
    TIMES = "times"
    ELSEWHERE = "elsewhere"


_OTHERS = {"max_hours": Asked.HOURS, "setting": Asked.SETTING, "availability": Asked.TIMES}


def asked_as(about: str) -> Asked:
    """How the question that a rule asks is answered."""
    family, _, code = about.partition(":")
    if code and family in ("avoids", "needs"):
        return Asked.YES_NO
    return _OTHERS.get(family, Asked.ELSEWHERE)


@router.post("/answers/job-orders/{order_id}")
def answer_for_order(
    citizen_id: Id, order_id: Id, caller: JobOrdersWrite, unit: WriteUnit, about: About, answer: Said
) -> Response:
    """Record what was answered about one task, and show the call sheet anew."""
    citizens_desk.opened(unit, caller, citizen_id, "shortlist_read")
    record_for_order(unit, caller, order_id, about, answer)
    return _back(citizen_id, {"moved": order_id})


def record_for_order(unit: Unit, caller: Caller, order_id: str, about: str, answer: str) -> None:
    """Record an answer about one task, however the question is answered; raises `Refused` for no answer."""
    kind = asked_as(about)
    if kind is Asked.YES_NO:
        orders_desk.answer(unit, caller, order_id, *_answered(about, answer))
    else:
        _change_task(unit, caller, order_id, _facts(kind, answer))


@router.post("/answers/employers/{employer_id}")
def answer_for_employer(
    citizen_id: Id, employer_id: Id, caller: EmployersWrite, unit: WriteUnit, about: About, answer: Said
) -> Response:
    """Record what holds for every task at an employer, and show the call sheet anew."""
    citizens_desk.opened(unit, caller, citizen_id, "shortlist_read")
    record_for_employer(unit, caller, employer_id, about, answer)
    return _back(citizen_id, {"moved": employer_id})


def record_for_employer(unit: Unit, caller: Caller, employer_id: str, about: str, answer: str) -> None:
    """Record an answer that holds for every task at an employer; raises `Refused` for no answer."""
    employers_desk.answer(unit, caller, employer_id, *_answered(about, answer))


def _answered(about: str, answer: str) -> tuple[Demand | Support, Answer]:
    family, _, code = about.partition(":")
    said = parse_code(Answer, "answer", answer)
    if family == "needs":
        return parse_code(Support, "about", code), said
    return parse_code(Demand, "about", code), said


def _facts(kind: Asked, answer: str) -> Mapping[str, Any]:
    if kind is Asked.HOURS:
        hours = values.hours_per_week(Given("hours_per_week", answer, lambda *_, **__: None))
        return {"hours_per_week": hours}
    if kind is Asked.SETTING:
        return {"setting": parse_code(Setting, "setting", answer)}
    if kind is Asked.TIMES and (slots := read_times(answer).slots):
        return {"times": slots}
    raise Refused(
        "answer",
        N_("{value!r} does not answer this."),
        N_("Write days and hours: Friday 9-12."),
        value=answer,
    )


def _change_task(unit: Unit, caller: Caller, order_id: str, facts: Mapping[str, Any]) -> None:
    before = orders_desk.read(unit, caller, order_id)
    after = replace(before, task=replace(before.task, **facts))
    orders_desk.change(unit, caller, before, after, {before.version})


def _back(citizen_id: str, told: Mapping[str, str]) -> Response:
    return RedirectResponse(f"/citizens/{citizen_id}/call-sheet?{urlencode(told)}", 303)
