"""How the questions of lists and job orders are answered, and how an answer is recorded and told.

Most questions are answered yes or no; hours, days, place and kind of work are written or chosen. An answer
about a task counts before the employer's own, which holds for every task there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Any

from fastapi import Form, Request

from api.casework import employers as employers_desk
from api.casework import job_orders as orders_desk
from api.domain.answers import PLACE, fact_of
from api.domain.caller import Caller
from api.domain.records import Place
from api.exchange import amounts
from api.exchange.firsts import address_line
from api.exchange.values import Given
from api.routes.addresses import ask
from api.routes.language import language_of, translator
from api.routes.units import store_of
from api.store import Unit
from geo import Precision, Refused
from geo.addresses import parse_address
from geo.errors import N_
from matching.language import Speech
from matching.reading import read_times
from matching.sentences import hours_text
from matching.vocabulary import Activity, Answer, Demand, Setting, Support, parse_code

About = Annotated[str, Form(max_length=60)]
Said = Annotated[str, Form(max_length=200)]
Version = Annotated[int, Form(ge=1, lt=2**63)]


def apart(about: str, answer: str) -> tuple[str, str]:
    """What an answer is about, and what it says.

    Where one form asks several questions, the button pressed tells both: "yes check:driving_licence".
    """
    said, _, asked = answer.partition(" ")
    return (about, answer) if about else (asked, said)


class Asked(StrEnum):
    """How a question is answered."""

    YES_NO = "yes_no"
    HOURS = "hours"
    SETTING = "setting"
    TIMES = "times"
    WORK = "work"
    PLACE = "place"
    ELSEWHERE = "elsewhere"


_OTHERS = {
    "max_hours": Asked.HOURS,
    "setting": Asked.SETTING,
    "availability": Asked.TIMES,
    "attitude": Asked.WORK,
    PLACE: Asked.PLACE,
}


CHOICES: Mapping[Asked, tuple[StrEnum, ...]] = {
    Asked.YES_NO: (Answer.YES, Answer.NO),
    Asked.SETTING: (Setting.INDOOR, Setting.OUTDOOR, Setting.BOTH),
    Asked.WORK: tuple(Activity),
}
"""What may be chosen; everything else is written."""

WRITTEN = (Asked.HOURS, Asked.TIMES)
"""What is written about a task, and may say nothing that can be kept."""


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Words that do not answer what was asked: of which record, about which fact, as typed, and why not.

    Of a call, `order_id` is the order that it was about.
    """

    of: str
    fact: str
    typed: str
    said: str
    order_id: str = ""


def asked_as(about: str) -> Asked:
    """How the question that a rule or a caution asks is answered."""
    family, _, code = about.partition(":")
    if code and family in ("avoids", "needs", "check"):
        return Asked.YES_NO
    return _OTHERS.get(family, Asked.ELSEWHERE)


def record_for_order(unit: Unit, caller: Caller, order_id: str, about: str, answer: str) -> None:
    """Record an answer about one task, however the question is answered; raises `Refused` for no answer."""
    kind = asked_as(about)
    if kind is Asked.YES_NO:
        orders_desk.answer(unit, caller, order_id, *_answered(about, answer))
    else:
        _change_task(unit, caller, order_id, _facts(kind, answer))


def record_written(
    request: Request, caller: Caller, order_id: str, about: str, answer: str
) -> NoAnswer | None:
    """The same in a unit of its own; words that tell of no hours or times come back with the reason."""
    try:
        with store_of(request).unit() as unit:
            record_for_order(unit, caller, order_id, about, answer)
            unit.commit()
    except Refused as refused:
        if asked_as(about) not in WRITTEN or refused.field not in ("answer", "hours_per_week"):
            raise
        return NoAnswer(order_id, fact_of(about), answer, _said(request, refused))
    return None


def record_for_employer(unit: Unit, caller: Caller, employer_id: str, about: str, answer: str) -> None:
    """Record an answer that holds for every task at an employer; raises `Refused` for no answer."""
    employers_desk.answer(unit, caller, employer_id, *_answered(about, answer))


def record_place(request: Request, caller: Caller, employer_id: str, text: str) -> NoAnswer | None:
    """Record where an employer is, from an address or a postcode on one line; in units of its own.

    None when it was kept; what tells of no place nearer than the municipality comes back with the reason.
    """
    try:
        _keep_place(request, caller, employer_id, text)
    except Refused as refused:
        if refused.field != "answer" and not refused.field.startswith("place."):
            raise
        return NoAnswer(employer_id, PLACE, text, _said(request, refused))
    return None


def said_of(value: object, speech: Speech) -> str:
    """An answer as people say it: yes, four hours a week, Friday 9-12, an address."""
    if isinstance(value, Place):
        return address_line(value) or speech.label(value.precision)
    if isinstance(value, Mapping):
        return ", ".join(speech.label(activity) for activity in value)
    if isinstance(value, tuple):
        return ", ".join(speech.slot(slot) for slot in value)
    if isinstance(value, float):
        return hours_text(value, speech)
    return speech.label(value if isinstance(value, Setting | Answer) else Answer.UNKNOWN)


def _said(request: Request, refused: Refused) -> str:
    return refused.said(translator(language_of(request.scope)))


def _keep_place(request: Request, caller: Caller, employer_id: str, text: str) -> None:
    with store_of(request).unit(read_only=True) as unit:
        before = employers_desk.read(unit, caller, employer_id)
    told = parse_address(text)
    address = {name: getattr(told, name) for name in ("street", "house_number", "postcode", "town")}
    after = replace(before, place=Place(**address))
    # the address service is asked before the unit that writes, which keeps nobody waiting
    answers = ask(request, caller, after, before.place)
    with store_of(request).unit() as unit:
        kept = employers_desk.change(unit, caller, before, after, {before.version}, answers)
        if kept.place.point is None or kept.place.precision is Precision.MUNICIPALITY:
            remedy = N_("Write a postcode or a town with it.")
            raise Refused("answer", N_("{value!r} cannot be placed."), remedy, value=text)
        unit.commit()


def _answered(about: str, answer: str) -> tuple[Demand | Support, Answer]:
    family, _, code = about.partition(":")
    said = parse_code(Answer, "answer", answer)
    if family == "needs":
        return parse_code(Support, "about", code), said
    return parse_code(Demand, "about", code), said


def _facts(kind: Asked, answer: str) -> Mapping[str, Any]:
    if kind is Asked.HOURS:
        hours = amounts.hours_per_week(Given.typed("hours_per_week", answer))
        return {"hours_per_week": hours}
    if kind is Asked.SETTING:
        return {"setting": parse_code(Setting, "setting", answer)}
    if kind is Asked.WORK:
        return {"activities": {parse_code(Activity, "answer", answer): 1.0}}
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
